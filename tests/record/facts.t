#!/usr/bin/perl
# The facts of the record: three states, who confirmed them and when, corrections
# as new rows, and who may write which.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($nurse, $doctor, $helper, $outsider) = map { person($_) } qw(nurse doctor helper outsider);
my $p = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));

sub record { my ($who) = @_; return ($who // $nurse)->get("/record/$p")->json }
sub strip { return scalar db('SELECT COALESCE(strip_allergies, "nobody asked") FROM care_patient WHERE id = ?', $id) }

# ---- three states ----

my @section = qw(allergies medications equipment health_conditions advance_directives emergency_contacts);
is_deeply([map { record()->{$_}{state} } @section], [('not_asked') x 6], 'of a new patient nobody has asked anything');
is_deeply([grep { $_->{state} ne 'not_asked' } @{ record()->{fields} }], [], '  nor a field');
is(strip(), 'nobody asked', '  and the strip says so');
like($nurse->page("/record/$p")->text, qr/アレルギー：記録なし（ないとは限りません）/, '  in words');

is($nurse->post("/record/$p/confirm", { field => 'allergies', state => 'none' })->status, 204, 'asked: there is none');
my $none = record()->{allergies};
is("$none->{state} $none->{confirmed_by} $none->{profession} $none->{freshness}", 'none ' . record_name('nurse') . ' 看護師 fresh', '  with who and when');
is(strip(), 'none', '  the strip tells none');
like($nurse->page("/timeline/$p")->text, qr/アレルギーなし（確認済み）/, '  on other pages too');

sub record_name { my ($login) = @_; return scalar db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = ?', $login) }

# ---- adding and correcting ----

my $egg = $nurse->post("/record/$p/allergies", { substance => '卵', reaction => 'じんましん', category => 'food', criticality => 'low' });
is($egg->status, 201, 'an allergy');
is(strip(), '卵', '  stands in the strip');
is(record()->{allergies}{state}, 'present', '  present');
my $shrimp = $doctor->post("/record/$p/allergies", { substance => 'えび' });
is($shrimp->status, 201, 'the doctor adds another');
my %by = map { $_->{substance} => $_->{confirmed_by} } @{ record()->{allergies}{items} };
is_deeply(\%by, { '卵' => record_name('nurse'), 'えび' => record_name('doctor') }, '  which confirms only itself');
is($doctor->post("/record/$p/confirm", { field => 'allergies', state => 'present' })->status, 204, 'the doctor confirms all');
is_deeply([map { $_->{confirmed_by} } @{ record()->{allergies}{items} }], [(record_name('doctor')) x 2], '  so both are confirmed by him');
is($nurse->post("/record/$p/confirm", { field => 'allergies', state => 'none' })->status, 409, 'nobody can say none while there are some');

my $fixed = $nurse->post("/record/$p/allergies", { substance => '鶏卵', replaces => $egg->json->{id} });
is($fixed->status, 201, 'a correction');
is_deeply([db('SELECT CONCAT_WS(" ", a.substance, a.end_reason, b.substance) FROM care_allergy a JOIN care_allergy b ON b.replaces = a.id
    WHERE a.patient_id = ?', $id)], ['卵 replaced 鶏卵'], '  is a row that names the one it replaces, whose words stay');
is(strip(), 'えび、鶏卵', '  and only the new one holds');
is($doctor->post("/record/$p/allergies", { substance => '生卵', replaces => $egg->json->{id} })->status, 404, 'what was replaced cannot be again');
is(scalar db('SELECT COUNT(*) FROM care_allergy WHERE patient_id = ?', $id), 3, '  and nothing was written');

is($nurse->post("/record/$p/allergies/" . $fixed->json->{id} . '/end', { reason => 'mistake' })->status, 204, 'one was a mistake');
is($nurse->post("/record/$p/allergies/" . $fixed->json->{id} . '/end', { reason => 'ended' })->status, 404, '  which ends once');
is($nurse->post("/record/$p/allergies/" . $shrimp->json->{id} . '/end', { reason => 'ended' })->status, 204, 'the other has passed');
is(record()->{allergies}{state}, 'not_asked', 'with the last one gone, nobody has said that there are none');
is(strip(), 'nobody asked', '  in the strip too');
like($nurse->page("/record/$p/allergies")->text, qr/鶏卵.*まちがい/s, '  and what was is still to be read');

# ---- every kind ----

my %kind = (
    health_conditions  => [{ name => '心不全', since => '2019年', facility => 'むつみ内科' }, name => '慢性心不全'],
    medications        => [{ name => 'ワルファリン錠1mg', dose => '2錠', dosage => '1日1回 夕食後', blood_thinner => 1, dispensed_on => '2026-10-01' }, dose => '3錠'],
    equipment          => [{ name => '在宅酸素', power_dependent => 1, battery_minutes => 390, settings => '2L/分', supplier_phone => '000-111-2222' }, settings => '3L/分'],
    advance_directives => [{ summary => '家で過ごしたい', author => '長女 花子', stated_on => '2026-05-01', place => '仏壇の引き出し', resuscitation => 'not_wanted' }, place => '金庫'],
    emergency_contacts => [{ name => '花子', relation => '長女', phone => '090-0000-0001', position => 1, key_person => 1 }, hours => '夜'],
);
for my $kind (sort keys %kind) {
    my ($in, $key, $other) = @{ $kind{$kind} };
    my $made = $doctor->post("/record/$p/$kind", $in);
    is($made->status, 201, "$kind: added");
    my ($item) = @{ record()->{$kind}{items} };
    is($item->{id}, $made->json->{id}, '  on the record');
    my %want = (%$in, $key => $other);
    is($doctor->post("/record/$p/$kind", { %want, replaces => $item->{id} })->status, 201, '  corrected');
    is(scalar @{ record()->{$kind}{items} }, 1, '  one holds');
    my ($now, $was) = @{ $doctor->get("/record/$p/$kind")->json->{items} };
    is("$now->{$key} " . ($was->{$key} // ''), "$other " . ($in->{$key} // ''), '  the old one is kept as it was');
    is($was->{end_reason}, 'replaced', '  and says why it ended');
}
is($doctor->get("/record/$p")->json->{equipment}{items}[0]{battery_hours}, '6.5', 'hours of a battery');
is(scalar db('SELECT strip_blood_thinner FROM care_patient WHERE id = ?', $id), 1, 'a blood thinner is in the strip');

# ---- fields, and two who correct at once ----

my %mobility = (field => 'mobility', state => 'present', value => '歩行器');
is($helper->post("/record/$p/fields", \%mobility)->status, 204, 'the helper says how she moves');
my ($field) = grep { $_->{field} eq 'mobility' } @{ $nurse->get("/record/$p/fields")->json->{fields} };
is("$field->{state} $field->{value}", 'present 歩行器', '  and all read it');
is($nurse->post("/record/$p/fields", { %mobility, value => '杖' })->status, 409, 'a form that had not seen it is refused');
is($nurse->post("/record/$p/fields", { %mobility, value => '杖', replaces => $field->{id} })->status, 204, '  one that has is taken');
is($helper->post("/record/$p/fields", { %mobility, value => '車いす', replaces => $field->{id} })->status, 409, '  and the next that saw the old one is not');
is($nurse->post("/record/$p/fields", { field => 'eating', state => 'present' })->json->{error}{field}, 'value', 'present asks for what');
is($nurse->post("/record/$p/confirm", { field => 'mobility', state => 'present' })->status, 204, 'still right');
is((grep { $_->{field} eq 'mobility' } @{ record()->{fields} })[0]{value}, '杖', '  keeps the words');

# ---- who may ----

is($helper->post("/record/$p/$_->[0]", $_->[1])->status, 403, "a helper does not write $_->[0]")
    for ['allergies', { substance => 'x' }], ['medications', { name => 'x' }], ['health_conditions', { name => 'x' }],
    ['confirm', { field => 'medications', state => 'none' }], ['fields', { field => 'infection', state => 'none' }];
unlike($helper->page("/record/$p/allergies")->text, qr/足して保存する/, '  and sees no form for it');
is($helper->post("/record/$p/emergency_contacts", { name => '隣', relation => '隣人', phone => '000-000-0000', position => 2 })->status, 201, 'but contacts');
is($outsider->get("/record/$p")->status, 404, 'for others there is no such record');
is($outsider->post("/record/$p/allergies", { substance => 'x' })->status, 404, '  to write either');
{
    my $other = new_patient(outsider => 'visiting_nurse');
    my $theirs = $outsider->post("/record/$other/allergies", { substance => 'そば' })->json->{id};
    is($nurse->post("/record/$p/allergies/$theirs/end", { reason => 'ended' })->status, 404, "another patient's fact is none of this one's");
    is($nurse->post("/record/$p/allergies", { substance => 'x', replaces => $theirs })->status, 404, '  to correct neither');
}

# ---- since I last looked ----

my $before = record($helper)->{changes};
cmp_ok(scalar @$before, '>', 3, 'what others changed is listed');
is_deeply([grep { $_->{confirmed_by} eq record_name('helper') } @$before], [], '  not what she did herself');
is($helper->post("/record/$p/seen", {})->status, 204, 'she has seen it');
is_deeply(record($helper)->{changes}, [], '  and it is gone');
$nurse->post("/record/$p/fields", { field => 'bathing', state => 'none' });
is_deeply([map { "$_->{section} $_->{act}" } @{ record($helper)->{changes} }], ['bathing added'], '  but for what is new');

# ---- whereabouts and care level ----

is($helper->post("/record/$p/whereabouts", { whereabouts => 'hospital', since => '2026-11-20', place => 'むつみ病院' })->status, 201, 'in hospital');
is($nurse->get('/patients')->json->{patients} ? scalar db('SELECT CONCAT(whereabouts, " ", whereabouts_since) FROM care_patient WHERE id = ?', $id) : '', 'hospital 2026-11-20', '  the list and the strip have it');
is(record()->{whereabouts}{place}, 'むつみ病院', '  and where');
is_deeply([db('SELECT sentence_ja FROM lib_event WHERE patient_id = ? AND topic = "record.whereabouts_changed"', $id)], ['入院しました'], '  other modules are told');
is($helper->post("/record/$p/whereabouts", { whereabouts => 'home', since => '2099-01-01' })->json->{error}{field}, 'since', 'nobody moves in the future');

is($nurse->post("/record/$p/care_level", { care_level => 'care3' })->json->{error}{field}, 'valid_from', 'a level has a time');
is($nurse->post("/record/$p/care_level", { care_level => 'care3', valid_from => '2026-12-01', valid_to => '2025-12-01' })->json->{error}{field}, 'valid_to', '  that runs forward');
my $soon = db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR + INTERVAL 40 DAY)');
is($nurse->post("/record/$p/care_level", { care_level => 'care3', valid_from => '2025-01-01', valid_to => $soon })->status, 201, 'care level 3');
my $level = record()->{care_level};
is("$level->{care_level} $level->{days_left} $level->{expiry}", 'care3 40 near', '  which ends in 40 days, and says so');
is(scalar db('SELECT care_level FROM care_patient WHERE id = ?', $id), 'care3', '  in the strip too');

# ---- old ones look old ----

db('UPDATE care_equipment SET confirmed_at = UTC_TIMESTAMP(3) - INTERVAL 400 DAY WHERE patient_id = ?', $id);
is(record()->{equipment}{items}[0]{freshness}, 'old', 'what was confirmed more than a year ago is old');
like($nurse->page("/record/$p")->text, qr/1年より前/, '  in words');

done_testing;
