#!/usr/bin/perl
# The end of keeping: nobody goes before her time, all of her goes then, from every
# table, and a proof stays that does not tell who she was.
use strict;
use warnings;
use utf8;
use Digest::SHA qw(sha256_hex);
use Encode qw(encode);
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my ($doctor, $nurse) = map { person($_) } qw(doctor nurse);
my $patient = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse');
my $other = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse');
my $key = patient_key($patient);
$ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
sub admin { my (@with) = @_; my ($status, @said) = program('tomozuna', '--config', demo('CONF') . '/admin.conf', 'retention', @with); return wantarray ? ($status, join '', grep { defined } @said) : $status }
sub refused { my ($why, @with) = @_; my ($status, $said) = admin(@with); isnt($status, 0, "refused: @with"); like($said, $why, '  and why'); return }
sub due { return scalar grep { /$patient/ } split /\n/, (admin('list'))[1] }

$nurse->post("/timeline/$_", { body => '記録', urgent => 1 }) for $patient, $other;
$doctor->post("/team/$patient/proxies", { kind => 'family', name => 'x', relation => 'x', scope => 'x', valid_from => day(0), ends_on => day(9) });
db('INSERT INTO care_allergy (ref, patient_id, substance) VALUES (RANDOM_BYTES(16), ?, "そば")', $key);

is(due(), 0, 'who is looked after is not due');
refused(qr/--yes/, 'delete', $patient);
refused(qr/time has not come/, 'delete', $patient, '--yes');
refused(qr/32 hexadecimal/, 'delete', 'x', '--yes');
is($doctor->post("/team/$patient/end", { reason => 'deceased', ended_on => day(0) })->status, 204, 'she dies');
refused(qr/time has not come/, 'delete', $patient, '--yes');
like(scalar `mariadb --socket=@{[demo('DB_SOCKET')]} @{[demo('DB_NAME')]} -e "CALL admin_delete_patient(X'$patient')" 2>&1`, qr/her time has not come/, 'the database itself refuses');
db('UPDATE care_episode SET keep_until = DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR) + INTERVAL 1 DAY WHERE patient_id = ?', $key);
is(due(), 0, 'on the last day of keeping she is not due');
db('UPDATE care_episode SET keep_until = DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR) WHERE patient_id = ?', $key);
is(due(), 0, 'on the day after she is not: he who looked after her keeps his own record from when the team wrote no more');
sub line { my ($p, $line) = @_; return scalar db('SELECT COALESCE(until, "-") FROM admin_keeping WHERE patient_id = ? AND line = ?', patient_key($p), $line) }
is(line($patient, 'medical'), scalar db('SELECT DATE(closes_at + INTERVAL 9 HOUR) + INTERVAL 5 YEAR + INTERVAL 1 DAY FROM care_episode WHERE patient_id = ?', $key), "  a doctor's record: five years of its own");
like((admin('lines', $patient))[1], qr/^medical +\d{4}-\d\d-\d\d$/m, '  as the command says');
db('UPDATE care_episode SET closes_at = closes_at - INTERVAL 6 YEAR WHERE patient_id = ?', $key);
is(due(), 1, '  then she is due');
is(admin('hold', $patient, day(0), '--reason', '裁判'), 0, 'held until today');
is(due(), 0, '  she is not due');
refused(qr/time has not come/, 'delete', $patient, '--yes');
db('DELETE FROM admin_hold WHERE patient_id = ?', $key);
# ---- vaccination: five years after her death, and not before it is known ----

sub dose { my ($p) = @_; return db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, given_on, recorded_at, recorded_by, writer_name, writer_profession, writer_office)
    VALUES (?, RANDOM_BYTES(16), "influenza", "x", "2016-11-01", UTC_TIMESTAMP(3), 1, "x", "010", "x")', patient_key($p)) }
dose($patient);
is(due(), 0, 'with a dose she is kept five years from her death');
is(line($patient, 'vaccination'), scalar db('SELECT whereabouts_since + INTERVAL 5 YEAR + INTERVAL 1 DAY FROM care_patient WHERE id = ?', $key), '  from the day after');
db('UPDATE care_patient SET whereabouts_since = whereabouts_since - INTERVAL 6 YEAR WHERE id = ?', $key);
is(due(), 1, '  which has passed');
db('UPDATE care_patient SET whereabouts = "moved" WHERE id = ?', $key);
is(due(), 0, '  of whom nobody knows that she died has no day');
refused(qr/time has not come/, 'delete', $patient, '--yes');
db('UPDATE care_patient SET whereabouts = "deceased" WHERE id = ?', $key);
is(scalar db('SELECT admin_years_after("2024-02-29", 5)'), '2029-03-02', 'five years from 29 February end with 1 March');

# ---- whoever never had an episode ----

{
    my $known = managed_patient('doctor');
    my $k = patient_key($known);
    db("DELETE FROM $_ WHERE patient_id = ?", $k) for qw(care_consent care_episode);
    my $is_due = sub { return scalar db('SELECT COUNT(*) FROM admin_deletable WHERE patient_id = ?', $k) };
    db('UPDATE care_patient SET registered_at = UTC_TIMESTAMP(3) - INTERVAL 4 YEAR WHERE id = ?', $k);
    is($is_due->(), 0, 'a person without an episode is kept five years');
    db('UPDATE care_patient SET registered_at = UTC_TIMESTAMP(3) - INTERVAL 6 YEAR WHERE id = ?', $k);
    is($is_due->(), 1, '  and is due after them, who never was');
    db('INSERT INTO disaster_registration (patient_id, ref, network_id, family, given, kana_family, kana_given, birth_date, sex, address, reasons, registered_at, changed_at)
        SELECT id, RANDOM_BYTES(16), network_id, family, given, kana_family, kana_given, birth_date, sex, "x", "mayor", UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM care_patient WHERE id = ?', $k);
    is($is_due->(), 0, '  not while the town has her in its register');
    db('UPDATE disaster_registration SET ended_at = UTC_TIMESTAMP(3) WHERE patient_id = ?', $k);
    db('INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, given_on, recorded_at) VALUES (RANDOM_BYTES(16), ?, "emergency", "written", "x", "本人", "2018-01-01", "2018-01-01")', $k);
    is($is_due->(), 0, '  nor while a consent of hers holds');
    db('UPDATE care_consent SET withdrawn_at = UTC_TIMESTAMP(3) - INTERVAL 1 YEAR WHERE patient_id = ?', $k);
    is($is_due->(), 0, '  nor soon after it');
    db('UPDATE care_consent SET withdrawn_at = UTC_TIMESTAMP(3) - INTERVAL 6 YEAR WHERE patient_id = ?', $k);
    is($is_due->(), 1, '  then she is');
    ok(wait_for(sub { !db('SELECT COUNT(*) FROM emergency_due WHERE patient_id = ?', $k) }, 30), '  (nothing of her is still being made)');
    # A copy that follows her is being told of all this: then the command says "try again".
    ok(wait_for(sub { my ($went) = admin('delete', $known, '--yes'); $went == 0 }, 60), '  deleted');
    is(scalar db('SELECT COUNT(*) FROM admin_deletion WHERE patient_key = ? AND row_counts LIKE "%disaster_registration=1%"', $k), 1, '  with a proof');
}
refused(qr/no such patient/, 'hold', 'ab' x 16, day(0), '--reason', 'x');
refused(qr/YYYY-MM-DD/, 'hold', $patient, 'tomorrow', '--reason', 'x');

# ---- no table is forgotten ----

my @hers = db('SELECT c.TABLE_NAME FROM information_schema.COLUMNS c JOIN information_schema.TABLES t USING (TABLE_SCHEMA, TABLE_NAME)
    WHERE c.TABLE_SCHEMA = DATABASE() AND c.COLUMN_NAME = "patient_id" AND t.TABLE_TYPE = "BASE TABLE" AND c.TABLE_NAME NOT LIKE "lib\_%"');
cmp_ok(scalar @hers, '>', 12, 'tables name her');
my $hers = join ',', map { "'$_'" } @hers;
my @pieces = db("SELECT DISTINCT TABLE_NAME FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE()
    AND REFERENCED_TABLE_NAME IN ($hers) AND TABLE_NAME NOT IN ($hers) ORDER BY 1");
my $list = join ',', map { "'$_'" } @pieces, 'care_patient';
my $all = join ',', map { "'$_'" } @hers, @pieces, 'care_patient';
is_deeply([db("SELECT CONCAT(k.TABLE_NAME, ' -> ', k.REFERENCED_TABLE_NAME) FROM information_schema.KEY_COLUMN_USAGE k
    JOIN information_schema.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_SCHEMA = k.TABLE_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME
    WHERE k.TABLE_SCHEMA = DATABASE() AND k.REFERENCED_TABLE_NAME IN ($list) AND k.TABLE_NAME NOT IN ($all)")], [],
    'no table points to her or to a piece of hers but those that go');
# What finds her for a crew is made some seconds after she was written down.
ok(wait_for(sub { !db('SELECT COUNT(*) FROM emergency_due') }, 30), 'nothing of her is still being made') if grep { $_ eq 'emergency_due' } @hers;
my %before = map { $_ => scalar db("SELECT COUNT(*) FROM $_ WHERE patient_id = ?", $key) } @hers;
my %others = map { $_ => scalar db("SELECT COUNT(*) FROM $_ WHERE patient_id <> ?", $key) } @hers;
my $person = db('SELECT CONCAT_WS("|", family, given, kana_family, kana_given, birth_date, COALESCE(insurer_number, ""), COALESCE(insured_number, "")) FROM care_patient WHERE id = ?', $key);
my $trail = db('SELECT COUNT(*) FROM lib_audit WHERE subject_id = ?', $key) // 0;

my $newest = db('SELECT MAX(id) FROM lib_audit');
# Whoever makes something of all patients meanwhile may be the one who goes on.
my ($status, $said);
wait_for(sub { ($status, $said) = admin('delete', $patient, '--yes'); $said !~ /try again/ }, 10);
is($status, 0, 'her time has come: deleted') or diag($said);
is_deeply([grep { db("SELECT COUNT(*) FROM $_ WHERE patient_id = ?", $key) } @hers], [], '  from every table');
is(scalar db('SELECT COUNT(*) FROM care_patient WHERE id = ?', $key), 0, '  and herself');
is_deeply({ map { $_ => scalar db("SELECT COUNT(*) FROM $_ WHERE patient_id <> ?", $key) } @hers }, \%others, '  and nobody else');
is(sees($nurse, $other), 1, '  who is looked after as before');
is($nurse->get("/timeline/$patient/own")->status, 404, 'nothing of her is left to read');
is($doctor->get("/team/$patient/consents")->status, 404, '  for anybody');

# ---- the proof ----

my ($proof) = db_rows('SELECT LOWER(HEX(ref)) AS ref, patient_key, LOWER(HEX(person)) AS person, HEX(salt) AS salt, row_counts, HEX(head) AS head, id, network_id, HEX(person) AS raw, kept_until FROM admin_deletion WHERE patient_key = ?', $key);
is($proof->{ref}, $patient, 'a proof stays');
is($proof->{person}, sha256_hex(encode('UTF-8', "$proof->{salt}|$person")), '  by which who knows her can tell that it was she');
$before{$_} = 0 for qw(care_consent_now care_team_now record_summary_now emergency_open_now meeting_calendar);     # went with what they follow from
# Tables in the order of the database: to it a line under comes behind the letters.
is($proof->{row_counts}, join('', (map { "$_=0 " } @pieces), map { "$_=$before{$_} " } sort { uc $a cmp uc $b } keys %before), '  with how much of her there was, table by table') or diag(explain(\%before));
unlike(join(' ', values %$proof), qr/試験|しけん/, '  and no name');
my $previous = db('SELECT HEX(head) FROM admin_deletion WHERE id < ? ORDER BY id DESC LIMIT 1', $proof->{id}) // '00' x 32;
is(lc $proof->{head}, sha256_hex(encode('UTF-8', $previous . uc($patient) . "$proof->{network_id}|$key|$proof->{salt}$proof->{raw}$proof->{kept_until}$proof->{row_counts}")), '  chained to the one before');
like((admin('proofs'))[1], qr/$patient/, '  and shown');
is(scalar db('SELECT COUNT(*) FROM lib_audit WHERE program = "tomozuna" AND route = "retention delete" AND id > ?', $newest), 1, 'the deletion is in the trail');
refused(qr/time has not come/, 'delete', $patient, '--yes');

done_testing;
