#!/usr/bin/perl
# The register: who is in it, from where, who may read it before anything has happened.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Incident;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($officer, $crew, $nurse) = map { person($_) } qw(disasterofficer crew nurse);
my $network = db('SELECT network_id FROM care_user WHERE login = "nurse"');
my @before = db('SELECT CONCAT(criterion, " ", threshold) FROM disaster_criterion WHERE network_id = ? ORDER BY 1', $network);
my $supply = db('SELECT peacetime_supply FROM disaster_town WHERE network_id = ?', $network);
db('DELETE FROM disaster_secrecy WHERE incident_id = 0');
END {
    local $?;
    if ($network) {
        db('UPDATE disaster_town SET peacetime_supply = ? WHERE network_id = ?', $supply // 'consent', $network);
        db('DELETE FROM disaster_criterion WHERE network_id = ?', $network);
        db('INSERT INTO disaster_criterion VALUES (?, ?, ?)', $network, split ' ') for @before;
        my @id = db('SELECT patient_id FROM disaster_registration WHERE resident_number LIKE "8800%"');
        for my $id (@id) {
            db("DELETE FROM $_ WHERE patient_id = ?", $id) for qw(disaster_registration_change disaster_registration emergency_due emergency_name emergency_phone emergency_address);
            db('DELETE FROM care_patient WHERE id = ? AND NOT EXISTS (SELECT 1 FROM care_consent c WHERE c.patient_id = care_patient.id)', $id);
        }
    }
}

sub people { my ($who, $query) = @_; return @{ $who->get('/disaster/register' . ($query // ''))->json->{people} // [] } }
sub number { my ($n) = @_; return "8800$n" }

# ---- who may read ----

is(join(' ', map { $_->{lawful} ? 1 : 0, $_->{registered}, scalar @{ $_->{people} } } $nurse->get('/disaster/register')->json), '0 0 0', 'a nurse has no register');
is($nurse->post('/disaster/secrecy', {})->status, 404, '  and nothing to accept');
my $answer = $officer->get('/disaster/register');
is($answer->status, 200, 'an officer of the town has one');
is(scalar @{ $answer->json->{people} }, 0, '  of which she sees nobody');
cmp_ok($answer->json->{registered}, '>', 11, '  but how many');
is($officer->post('/disaster/secrecy', {})->status, 204, 'she accepts the duty of secrecy');
cmp_ok(scalar people($officer), '>', 11, '  and sees them');
is($officer->post('/disaster/secrecy', {})->status, 204, 'accepting twice is once');

my $district = new_district("試験地区$$");
my %patient = map { $_ => register_patient(new_patient(nurse => 'visiting_nurse'), $district, note => $_) } qw(agreed silent objects);
db('INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, given_on)
    SELECT RANDOM_BYTES(16), id, "disaster_peacetime_supply", "written", "試験", "本人", "2026-01-01" FROM care_patient WHERE ref = ?', unhex($patient{agreed}));
db('UPDATE disaster_registration g JOIN care_patient p ON p.id = g.patient_id SET g.objects = 1 WHERE p.ref = ?', unhex($patient{objects}));
$crew->post('/disaster/secrecy', {});
for my $case (['consent', 'agreed'], ['opt_out_ordinance', 'agreed silent'], ['ordinance', 'agreed objects silent']) {
    is($officer->post('/disaster/town/supply', { supply => $case->[0] })->status, 204, "the town's ground is $case->[0]");
    is(join(' ', sort map { $_->{note} } people($crew, "?district=$district")), $case->[1], '  so a support body reads: ' . $case->[1]);
    is(scalar people($officer, "?district=$district"), 3, '  and an officer everybody');
}
my ($body) = grep { $_->{office} eq 'むつみ消防署' } @{ $officer->get('/disaster/town')->json->{support_bodies} };
is($officer->post("/disaster/town/support_bodies/$body->{id}/end", {})->status, 204, 'the fire station is taken from the list');
is(join(' ', map { $_->{lawful} ? 1 : 0, $_->{registered}, scalar @{ $_->{people} } } $crew->get('/disaster/register')->json), '0 0 0', '  and reads nothing more');
my ($office) = grep { $_->{name} eq 'むつみ消防署' } @{ $officer->get('/disaster/town')->json->{offices} };
is($officer->post('/disaster/town/support_bodies', { office => $office->{id}, district => $district })->status, 201, 'named for one district');
is(join(' ', map { $_->{note} } grep { !$_->{note} || !$patient{ $_->{note} } } people($crew)), '', '  it reads nobody of another');
db('DELETE b FROM disaster_support_body b JOIN disaster_district d ON d.id = b.district_id WHERE d.ref = ?', unhex($district));
db('UPDATE disaster_support_body SET ended_at = NULL WHERE ref = ?', unhex($body->{id}));
is($officer->post('/disaster/town/support_bodies', { office => 'cd' x 16 })->status, 404, 'an office that is none is none');

ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/disaster/register" AND purpose = "DISASTER" AND subjects LIKE CONCAT("%", (SELECT id FROM care_patient WHERE ref = ?), "%")', unhex($patient{silent})) }, 20),
    'every view is in the trail, with whom it showed');

# ---- what is changed by hand ----

my ($one) = grep { ($_->{note} // '') eq 'silent' } people($officer, "?district=$district");
is($officer->post("/disaster/register/$one->{id}", { note => '鍵は右の箱', mayor => 1, objects => 1 })->status, 204, 'a note, an objection');
($one) = grep { $_->{id} eq $one->{id} } people($officer, "?district=$district");
ok($one->{note} eq '鍵は右の箱' && $one->{objects}, '  are kept');
is($officer->post("/disaster/register/$one->{id}", { mayor => 0 })->status, 204, 'the mayor sees no need any more');
is(scalar(grep { $_->{id} eq $one->{id} } people($officer, "?district=$district")), 0, '  and nothing else speaks for her: she leaves');
is($crew->post("/disaster/register/$one->{id}", { mayor => 1 })->status, 403, 'a support body changes nothing');
is(scalar db('SELECT COUNT(*) FROM disaster_registration_change c JOIN care_patient p ON p.id = c.patient_id WHERE p.ref = ?', unhex($patient{silent})), 3, 'each change is a row');

# ---- in bulk ----

my $head = '宛名番号,姓,名,姓かな,名かな,生年月日,性別,住所,電話番号,要介護度,独居,身体障害,療育,精神障害,難病,緯度,経度,異動';
my $known = new_patient(nurse => 'visiting_nurse');
db('UPDATE care_patient SET family = "転記", kana_family = "てんき", kana_folded = "てんきたろう" WHERE ref = ?', unhex($known));
my @rows = ($head,
    number(1) . ",試験,一郎,しけん,いちろう,1940-05-06,1,試験地区${$}1-1,000-000-0001,要介護4,,,,,,33.545,137.505,",
    number(2) . ",試験,二郎,しけん,じろう,1950-05-06,1,試験地区${$}1-2,,要介護1,,,,,,,,",
    number(3) . ",転記,太郎,てんき,たろう,1940-01-02,1,試験地区${$}1-3,,,1,,,,,,,",
    number(4) . ',,,,,,,,,,,,,,,,,転入');
$officer->post('/disaster/town/criteria', { care_level => 3, lives_alone => 75, physical_disability => 2 });
my $patients = db('SELECT COUNT(*) FROM care_patient');
my $plan = $officer->post('/disaster/register/read', { rows => join "\n", @rows });
is($plan->status, 200, 'what lines would change');
is(join(' ', map { "$_ " . $plan->json->{$_} } qw(added changed ended unchanged faults)), 'added 2 changed 0 ended 0 unchanged 1 faults 1', '  two come, one meets no criterion, one cannot be read');
is($plan->json->{lines}[-1]{line}, 5, '  which says its line');
is(scalar db('SELECT COUNT(*) FROM disaster_registration WHERE resident_number LIKE "8800%"'), 0, '  nothing is written yet');
my $done = $officer->post('/disaster/register/import', { rows => join "\n", @rows });
is($done->json->{added}, 2, 'then it is');
is(scalar db('SELECT COUNT(*) FROM care_patient'), $patients + 1, 'whom care knows (by reading and birth date) is not doubled');
is(scalar db('SELECT COUNT(*) FROM disaster_registration g JOIN care_patient p ON p.id = g.patient_id WHERE p.ref = ?', unhex($known)), 1, '  she is linked with her team');
my ($first) = db_rows('SELECT * FROM disaster_registration WHERE resident_number = ?', number(1) . '');
is("$first->{reasons} $first->{latitude} " . ($first->{district_id} == db('SELECT id FROM disaster_district WHERE ref = ?', unhex($district))), 'care_level 33545000 1', 'reason, place and district');
is($officer->post('/disaster/register/import', { rows => join "\n", @rows })->json->{unchanged}, 3, 'the same again changes nothing');
$rows[1] =~ s/1-1/7-7/;
$rows[3] = number(3) . ',,,,,,,,,,,,,,,,,死亡';
my $moved = $officer->post('/disaster/register/import', { rows => join "\n", @rows })->json;
is("$moved->{changed} $moved->{ended}", '1 1', 'an address that changed, one who died');
is(scalar db('SELECT end_reason FROM disaster_registration WHERE resident_number = ?', number(3) . ''), 'deceased', '  is out, and why');
like(scalar db('SELECT words FROM disaster_registration_change WHERE patient_id = ? ORDER BY id DESC LIMIT 1', $first->{patient_id}), qr/1-1/, '  the old address stays in the change');
is($officer->post('/disaster/register/read', { rows => '姓,名' })->json->{head_fault}, '1行目に「宛名番号」がありません', 'without numbers: nothing');

# ---- by the criteria alone ----

my $ventilated = new_patient(nurse => 'visiting_nurse');
equip($ventilated, '人工呼吸器', 6);
$officer->post('/disaster/town/criteria', { care_level => 3, lives_alone => 75, power_dependent => 1, physical_disability => 2, mental_disability => 2, intellectual_disability => 1, intractable_disease => 1 });
is($officer->post('/disaster/register/refresh', {})->status, 201, 'the criteria take whom care knows');
is(scalar db('SELECT reasons FROM disaster_registration g JOIN care_patient p ON p.id = g.patient_id WHERE p.ref = ?', unhex($ventilated)), 'power_dependent', '  who breathes by machine is in');
db('UPDATE care_equipment SET ended_at = UTC_TIMESTAMP(3) WHERE patient_id = ?', scalar db('SELECT id FROM care_patient WHERE ref = ?', unhex($ventilated)));
$officer->post('/disaster/register/refresh', {});
is(scalar db('SELECT end_reason FROM disaster_registration g JOIN care_patient p ON p.id = g.patient_id WHERE p.ref = ?', unhex($ventilated)), 'criteria', '  and out when nothing speaks for it');
is($officer->post('/disaster/town/criteria', { care_level => 6 })->status, 400, 'there is no level 6');
done_testing;
