#!/usr/bin/perl
# What a person is handed on request (開示請求), read back without any of our code and
# compared with the database: nothing is missing, nothing is anybody else's, who
# looked is there, and the handing out is on record.
use strict;
use warnings;
use utf8;
use Encode ();
use FindBin;
use File::Temp 'tempdir';
use JSON::PP;
use Test::More;
use Tomozuna::Backup;
use Tomozuna::Test;

my $dir = tempdir(CLEANUP => 1);
my $place = { conf => demo('CONF') . '/admin.conf' };

# ---- a person with everything, and words that are awkward in files ----

my $nurse = person('nurse');
my ($patient) = map { $_->{id} } @{ $nurse->get('/patients')->json->{patients} };
my $key = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient));
my @odd = (qq{=HYPERLINK("http://x.example")}, qq{"引用符", コンマ\n改行}, q{'始まり}, '@SUM(1)', '髙﨑𠮷野　全角の空白', "-1\n+2");
for my $text (@odd) {
    is $nurse->post("/timeline/$patient", { body => $text })->status, 201, 'an awkward note';
}
db('DELETE FROM care_equipment WHERE name = "輸出の試し"');
db('INSERT INTO care_equipment (ref, patient_id, name, power_dependent, battery_hours) VALUES (RANDOM_BYTES(16), ?, "輸出の試し", 1, 4.5)', $key);
db('INSERT INTO care_advance_directive (ref, patient_id, summary, author, stated_on)
    SELECT RANDOM_BYTES(16), ?, "輸出の試し", "主治医", "2026-04-01" FROM DUAL
    WHERE NOT EXISTS (SELECT 1 FROM care_advance_directive WHERE patient_id = ?)', $key, $key);
db('INSERT INTO care_proxy (ref, patient_id, kind, name, relation, phone, scope, valid_from, ends_on, recorded_at, recorded_by)
    VALUES (RANDOM_BYTES(16), ?, "guardian", "輸出の試し", "成年後見人", "000-000-0000", "財産管理", "2026-04-01", "2027-03-31", UTC_TIMESTAMP(3), 0)', $key);
END { db('DELETE FROM care_proxy WHERE name = "輸出の試し"') if $key }
END { db('DELETE FROM care_equipment WHERE name = "輸出の試し"') if $key }

# Others look: a page, a list, and one who may not.
my $doctor = person('doctor');
is $doctor->get("/patients/$patient")->status, 200, 'the doctor looks at her page';
is person('outsider')->get("/patients/$patient")->status, 404, 'an outsider is refused';
my $reads = sub { scalar db('SELECT COUNT(*) FROM lib_audit WHERE subject_id = ? OR JSON_CONTAINS(subjects, ?)', $key, "$key") };
my $shipped = $reads->();
ok wait_for(sub { db('SELECT COUNT(*) FROM lib_audit a JOIN care_user u ON u.id = a.user_id WHERE u.login = "doctor" AND a.subject_id = ?
    AND a.at > UTC_TIMESTAMP(3) - INTERVAL 60 SECOND', $key) }, 30), 'which is in the trail';

# ---- handing it out ----

my $said = tomozuna_ok($place, 'export', 'person', $patient, '--to', "$dir/person");
like $said, qr/: \d+ resources, \d+ rows/, 'exported';
my %file = map { m{([^/]+)\z} ? ($1 => $_) : () } glob "$dir/person/*";
is_deeply [grep { (stat $file{$_})[2] & 077 } sort keys %file], [], 'nobody else may read it';
is +(stat "$dir/person")[2] & 077, 0, '  nor the folder';
my ($status, $why) = tomozuna($place, 'export', 'person', $patient, '--to', "$dir/person");
is $status, 1, 'nothing is overwritten';
like $why, qr/not there/, '  which it says';
is +(tomozuna($place, 'export', 'person', '0' x 32, '--to', "$dir/nobody"))[0], 1, 'nobody is nobody';
ok !-e "$dir/nobody", '  and leaves no folder';
my ($deed) = db_rows('SELECT route, purpose, subject_id FROM lib_audit WHERE route LIKE "export %" ORDER BY id DESC LIMIT 1');
is_deeply $deed, { route => 'export person', purpose => 'PATRQT', subject_id => $key }, 'the handing out is on record, with whose it was';

# ---- CSV, read by the rules of RFC 4180 ----

sub csv {
    my ($name) = @_;
    my $text = slurp($name);
    $text =~ s/\A\x{feff}// or fail "$name lacks the mark for Excel";
    my (@row, @cell);
    while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n)/gc) {
        my ($quoted, $plain, $end) = ($1, $2, $3);
        $quoted =~ s/""/"/g if defined $quoted;
        push @cell, $quoted // ($plain eq '' ? undef : $plain);
        push(@row, [@cell]), @cell = () if $end ne ',';
    }
    is pos($text) // 0, length $text, "$name is CSV to its end";
    my $head = shift @row;
    return map { my %r; @r{@$head} = @$_; \%r } @row;
}
my %csv = map { /\A(.*)\.csv\z/ ? ($1 => [csv($file{$_})]) : () } sort keys %file;
my @formula = grep { /\A[=+\-@]/ } map { grep { defined } values %$_ } map { @$_ } values %csv;
is_deeply [grep { !/\A-?\d+\z/ } @formula], [], 'no cell is a formula';
for my $row (map { @$_ } values %csv) {
    for my $cell (values %$row) {
        $cell =~ s/\A'// if defined $cell;
    }
}

# Table => file, and the columns that must be equal.
my %TABLE = (
    care_episode => 'episode', care_team => 'team', care_consent => 'consent', care_allergy => 'allergy',
    care_health_condition => 'health_condition', care_medication => 'medication', care_equipment => 'equipment',
    care_advance_directive => 'advance_directive', care_emergency_contact => 'emergency_contact',
    care_proxy => 'proxy', care_invitation => 'invitation', care_handover => 'handover', timeline_entry => 'entry',
);
for my $table (sort keys %TABLE) {
    my @want = db_rows("SELECT * FROM $table WHERE patient_id = ? ORDER BY id", $key);
    my @is = @{ $csv{ $TABLE{$table} } };
    my %by_id = map { $_->{id} => $_ } @is;
    is scalar @is, scalar @want, "$table: all rows";
    my @differ;
    my @refs = db("SELECT LOWER(HEX(ref)) FROM $table WHERE patient_id = ? ORDER BY id", $key);
    for my $i (0 .. $#want) {
        my $row = $by_id{ $refs[$i] } or push(@differ, $refs[$i]), next;
        for my $column (grep { !/\A(?:id|reply_to|confirmed_by)\z/ && exists $row->{$_} } keys %{ $want[$i] }) {
            my ($x, $y) = ($want[$i]{$column}, $row->{$column});
            $x =~ s/\A(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3})\z/${1}T${2}Z/ if defined $x;
            push @differ, "$refs[$i] $column: " . ($x // "(none)") . " " . ($y // "(none)") if ($x // '(none)') ne ($y // '(none)');
        }
    }
    is_deeply \@differ, [], '  each as it is';
}
my ($self) = @{ $csv{patient} };
my ($row) = db_rows('SELECT family, given, kana_family, birth_date, address, insured_number FROM care_patient WHERE id = ?', $key);
is_deeply { map { $_ => $self->{$_} } keys %$row }, $row, 'herself';
is_deeply [grep { my $t = $_; !grep { $_->{body} eq $t } @{ $csv{entry} } } @odd], [], 'awkward notes come back to the letter';
is scalar @{ $csv{receipt} }, db('SELECT COUNT(*) FROM timeline_receipt WHERE patient_id = ?', $key), 'who has read, all of it';

# ---- who looked ----

my $all = $reads->();
my @access = @{ $csv{access} };
cmp_ok scalar @access, '>=', $shipped, 'who looked: at least what was in the trail before';
cmp_ok scalar @access, '<=', $all, '  and no more than there is';
my ($name) = db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "doctor"');
ok +(grep { ($_->{user} // '') eq $name && $_->{route} eq '/patients/{patient}' && $_->{at} =~ /Z\z/ } @access), 'the doctor, by name, with the instant';
ok +(grep { $_->{list} } @access), 'lists that showed her';
ok +(grep { $_->{route} eq 'export person' } @access), 'and this export itself';

# ---- completeness: whatever hangs on a patient is exported, or somebody said why not ----

my %NOT = (
    care_consent_now => 'derived from care_consent', care_team_now => 'derived from care_team',
    care_mark => 'what waits for a user: of no meaning outside',
    lib_event => 'messages between programs; what they tell of is exported',
    timeline_receipt => 'exported as receipt.csv, by entry',
);
my @hangs = db('SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name = "patient_id"
    AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = "BASE TABLE")');
is_deeply [grep { !$TABLE{$_} && !$NOT{$_} } sort @hangs], [], 'no table of a patient is forgotten';

# ---- nothing of anybody else ----

my $everything = join '', map { slurp($_) } values %file;
is_deeply [grep { index($everything, $_) >= 0 } db('SELECT LOWER(HEX(ref)) FROM care_patient WHERE id <> ?', $key)], [], 'no other patient';
is_deeply [grep { index($everything, $_) >= 0 } db('SELECT LOWER(HEX(ref)) FROM timeline_entry WHERE patient_id <> ? LIMIT 5000', $key)], [], 'nor an entry of one';
unlike $everything, qr/\$y\$/, 'no secret of anybody';

# ---- FHIR ----

my $bundle = decode_json(Encode::encode('UTF-8', slurp($file{'bundle.json'})));
is "$bundle->{resourceType} $bundle->{type}", 'Bundle collection', 'a bundle';
my @resource = map { $_->{resource} } @{ $bundle->{entry} };
my %kind;
push @{ $kind{ $_->{resourceType} } }, $_ for @resource;
is scalar @{ $kind{Patient} }, 1, 'one patient';
is $kind{Patient}[0]{birthDate}, $row->{birth_date}, '  with her birthday';
is_deeply [map { $_->{extension}[0]{valueCode} } @{ $kind{Patient}[0]{name} }], [qw(IDE SYL)], '  in both writings';
my %FHIR = (
    EpisodeOfCare => 'episode', RelatedPerson => 'proxy', CareTeam => 'team', Consent => 'consent', AllergyIntolerance => 'allergy', Condition => 'health_condition',
    MedicationStatement => 'medication', DeviceUseStatement => 'equipment', DocumentReference => 'advance_directive',
    Communication => 'entry', AuditEvent => 'access',
);
is scalar @{ $kind{$_} // [] }, scalar @{ $csv{ $FHIR{$_} } }, "as many $_ as there are" for sort keys %FHIR;
is_deeply [grep { !$FHIR{$_} && $_ ne 'Patient' } sort keys %kind], [], 'and nothing else';
my %body = map { $_->{id} => $_->{payload}[0]{contentString} } @{ $kind{Communication} };
is_deeply \%body, { map { $_->{id} => $_->{body} } @{ $csv{entry} } }, 'notes are the same in both';
my %there = map { ("$_->{resourceType}/$_->{id}" => 1) } @resource;
my %seen;
is_deeply [grep { $seen{"$_->{resourceType}/$_->{id}"}++ } @resource], [], 'each id once';
my @lost;
sub follow_references {
    my ($node) = @_;
    if (ref $node eq 'HASH') {
        push @lost, $node->{reference} if exists $node->{reference} && !$there{ $node->{reference} };
        follow_references($_) for values %$node;
    } elsif (ref $node eq 'ARRAY') {
        follow_references($_) for @$node;
    }
    return;
}
follow_references(\@resource);
is_deeply \@lost, [], 'each reference leads somewhere';
my $schema = ($ENV{TOMOZUNA_REALDATA} // "$FindBin::Bin/../../../shared/realdata") . '/fhir/schema/fhir.schema.json';
SKIP: {
    skip 'no real documents here', 1 if !-e $schema;
    skip 'no python3-jsonschema here', 1 if system('python3 -c "import jsonschema" 2>/dev/null') != 0;
    my $complaint = `python3 $FindBin::Bin/check_fhir.py $schema $file{'bundle.json'} 2>&1`;
    is $?, 0, 'FHIR R4\'s own schema has no complaint' or diag $complaint;
}

# ---- a network ----

my $code = db('SELECT n.code FROM care_network n JOIN care_patient p ON p.network_id = n.id WHERE p.id = ?', $key);
tomozuna_ok($place, 'export', 'network', $code, '--to', "$dir/network");
my @folder = glob "$dir/network/patient/*";
is scalar @folder, db('SELECT COUNT(*) FROM care_patient p JOIN care_network n ON n.id = p.network_id WHERE n.code = ?', $code), 'a folder a patient';
is_deeply [grep { !eval { decode_json(Encode::encode('UTF-8', slurp("$_/bundle.json"))) } } @folder], [], 'each with a bundle';
for my $pair ([office => 'care_office'], [user => 'care_user'], [device => 'care_device']) {
    my @is = csv("$dir/network/$pair->[0].csv");
    is scalar @is, db("SELECT COUNT(*) FROM $pair->[1]"), "all of $pair->[1]" if $pair->[0] ne 'x';
}
unlike slurp("$dir/network/user.csv"), qr/\$y\$|password|pin_hash/, 'no secret goes along';
is +(tomozuna($place, 'export', 'network', '990000', '--to', "$dir/none"))[0], 1, 'a network that is not there';
done_testing;
