#!/usr/bin/perl
# The summary: what stands in it, that unknown looks unknown, who is called first.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($crew, $nurse, $doctor) = map { person($_) } qw(crew nurse doctor);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient));
is($crew->post('/emergency/open', { patient => $patient, reason => 'unconscious' })->status, 201, 'opened');
sub summary { return $crew->get("/emergency/$patient")->json }

# ---- nothing asked is not nothing ----

my $s = summary();
is($s->{$_}{state}, 'not_asked', "$_: nobody has asked") for qw(allergies equipment advance_directives health_conditions medications blood_thinners infection);
like($s->{radio}{alerts}, qr/服薬未確認/, 'the radio line says that medication is unknown');
like($s->{radio}{alerts}, qr/アレルギー未確認/, '  and allergies');
my $page = $crew->page("/emergency/$patient")->text;
like($page, qr/アレルギー：まだ聞いていない/, 'the red band says so too');
unlike($page, qr/アレルギーなし/, '  and never that there are none');

is($s->{blood_group}{state}, 'not_asked', 'blood group: nobody has asked');
is($nurse->post("/record/$patient/fields", { field => 'blood_group', state => 'present', value => 'B型' })->status, 204, '  the nurse notes it');
$s = summary();
is("$s->{blood_group}{state} $s->{blood_group}{value} $s->{blood_group}{freshness}", 'present B型 fresh', '  as of today');
is($s->{blood_group}{confirmed_by}, db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "nurse"'), '  by whom');
like($crew->page("/emergency/$patient")->text, qr/B型.{0,300}輸血の前に、病院で必ず検査します/s, '  and it is never for a transfusion');
$doctor->post("/record/$patient/confirm", { field => $_, state => 'none' }) for qw(allergies medications equipment);
$s = summary();
is($s->{$_}{state}, 'none', "$_: asked, and there is none") for qw(allergies medications blood_thinners equipment);
is($s->{allergies}{freshness}, 'fresh', '  as of today');
like($s->{radio}{alerts}, qr/抗血栓薬なし　アレルギーなし/, 'the radio line says so');

# ---- facts ----

$doctor->post("/record/$patient/medications", { name => 'フロセミド', dose => '20mg', blood_thinner => 0 });
$s = summary();
is($s->{blood_thinners}{state}, 'unmarked', 'a list that marks no blood thinner does not say that there is none');
like($s->{radio}{alerts}, qr/抗血栓薬の記録なし/, '  nor does the radio line');
like($crew->page("/emergency/$patient")->text, qr/抗血栓薬の記録なし/, '  nor the red band');
$doctor->post("/record/$patient/allergies", { substance => 'ペニシリン', reaction => '呼吸困難', category => 'medication' });
$doctor->post("/record/$patient/medications", { name => 'エドキサバン', dose => '30mg', blood_thinner => 1 });
$nurse->post("/record/$patient/equipment", { name => '在宅酸素', settings => '2L', power_dependent => 1, battery_minutes => 120 });
$doctor->post("/record/$patient/health_conditions", { name => '心房細動', past => 0 });
$doctor->post("/record/$patient/health_conditions", { name => '大腿骨頸部骨折', past => 1 });
$doctor->post("/record/$patient/advance_directives", { summary => '自宅で', author => '田所', stated_on => '2026-09-10', resuscitation => 'not_wanted', place => '冷蔵庫の横' });
$nurse->post("/record/$patient/fields", { field => 'communication', state => 'present', value => '右耳が遠い' });
$nurse->post("/record/$patient/vital_signs", { temperature => '37.8', spo2 => '93', systolic => '128', diastolic => '70' });
$s = summary();
is_deeply([map { $_->{name} } @{ $s->{blood_thinners}{items} }], ['エドキサバン'], 'blood thinners apart');
is(scalar @{ $s->{medications}{items} }, 2, '  of all medications');
like($s->{radio}{who}, qr/男性　心房細動\z/, 'the first line: who, and with what');
is($s->{radio}{alerts}, '抗血栓薬（エドキサバン）　ペニシリン禁　在宅酸素2L　蘇生を望まないと書面あり', 'the second: what must not be overlooked');
is($s->{advance_directives}{items}[0]{place}, '冷蔵庫の横', 'where the directive is');
is($s->{attending_physician}{name}, db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "doctor"'), 'beside it the attending physician');
ok($s->{attending_physician}{phone}, '  with a number');
is((grep { $_->{field} eq 'communication' } @{ $s->{usual} })[0]{value}, '右耳が遠い', 'how she usually is');
is_deeply([map { $_->{value} } @{ $s->{vital_sign}{values} }], ['37.8', '128', '70', '93'], 'values as last measured');
db('UPDATE care_allergy SET confirmed_at = confirmed_at - INTERVAL 200 DAY WHERE patient_id = ?', $id);
db('UPDATE care_field SET confirmed_at = confirmed_at - INTERVAL 400 DAY WHERE patient_id = ?', $id);
$s = summary();
is("$s->{allergies}{items}[0]{freshness} $s->{allergies}{items}[0]{days}", 'stale 200', 'half a year old: stale');
is((grep { $_->{field} eq 'communication' } @{ $s->{usual} })[0]{freshness}, 'old', 'a year old: old');

# ---- entries: for the whole team, of her body, as they hold now ----

my %entry = (
    '両足のむくみが強い'   => { kind => 'observation' },
    '散歩が好き'           => { kind => 'daily_life' },
    '医師だけに見せる'     => { kind => 'observation', audience => 'professions', profession => '010' },
    '取り消したもの'       => { kind => 'observation' },
);
for my $body (sort keys %entry) {
    my $made = $nurse->post("/timeline/$patient", { body => $body, %{ $entry{$body} } });
    is($made->status, 201, "$body is written");
    is($nurse->post("/timeline/$patient/" . $made->json->{id} . '/withdraw', { reason => 'まちがい' })->status < 300, 1, '  and withdrawn') if $body =~ /取り消し/;
}
is_deeply([map { $_->{text} } @{ summary()->{entries} }], ['両足のむくみが強い'], 'the crew reads what concerns her now, and nothing else');

# ---- who can be called now ----

sub contact {
    my ($position, $name, $hours, $key) = @_;
    my $made = $nurse->post("/record/$patient/emergency_contacts", { name => $name, relation => '子', phone => "090-0000-771$position", hours => $hours, position => $position, key_person => $key ? 1 : 0 });
    is($made->status, 201, "$name is a contact");
    return $made->json->{id};
}
my %contact = (never => contact(1, '試験一', '99時'), always => contact(2, '試験二', '24時間'), key => contact(3, '試験三', '24時間', 1));
db('UPDATE care_emergency_contact SET hours = IF(WEEKDAY(UTC_TIMESTAMP() + INTERVAL 9 HOUR) IN (2, 3), "月火", "水木") WHERE patient_id = ? AND position = 1', $id);
sub family { return join ' ', map { substr $_->{name}, -1 } grep { !$_->{office} } @{ summary()->{callees} } }
is(family(), '三 二 一', 'whose hours are now first, key person before the others');
my $calls = "/emergency/$patient/calls";
is($crew->post($calls, { callee => $contact{key}, result => 'no_answer' })->status, 204, 'no answer');
is(family(), '二 三 一', '  puts her behind her equals');
is($crew->post($calls, { callee => $contact{key}, result => 'answered' })->status, 204, 'then she answers');
is(family(), '三 二 一', '  and is first again');
is($crew->post($calls, { callee => 'ab' x 16, result => 'answered' })->status, 404, 'nobody who is not hers');
ok((grep { $_->{office} && $_->{on_duty} } @{ summary()->{callees} }), 'offices of the team stand there, with who is on duty');

# ---- talk ----

is($nurse->post("/emergency/$patient/answers", { body => 'かぎは右' })->status, 201, 'the team answers');
is(summary()->{answers}[0]{text}, 'かぎは右', '  and the crew reads it');
is($crew->post("/emergency/$patient/reports", { kind => 'departed', hospital => 'むつみ総合病院' })->status, 201, 'the crew reports');
is($nurse->get("/emergency/$patient/openings")->json->{openings}[0]{reports}[0]{hospital}, 'むつみ総合病院', '  and the team reads it');
is($nurse->get("/emergency/$patient/openings")->json->{openings}[0]{answers}[0]{body}, 'かぎは右', '  beside its own word');
is(person('outsider')->post("/emergency/$patient/answers", { body => 'x' })->status, 404, 'a stranger cannot speak to the crew');
like($crew->page("/emergency/$patient/handover")->text, qr/MIST.*エドキサバン/s, 'the hand-over has it on paper');

# ---- doses, and what came after one ----

is(summary()->{immunizations}{state}, 'not_asked', 'no dose is known, which is not that there was none');
my $dose = $nurse->post("/vaccination/$patient", { vaccine => 'covid19', given_on => '2026-10-20', product => 'comirnaty', lot_number => 'TEST01' })->json->{id};
is($nurse->post("/vaccination/$patient/doses/$dose/adverse_events", { event => 'anaphylaxis', began_on => '2026-10-20', began_hour => 10 })->status, 201, 'a dose, and what came after it');
my ($seen) = @{ summary()->{immunizations}{items} };
is("$seen->{product_name} $seen->{given_on} $seen->{adverse_events}", 'コミナティ 2026-10-20 アナフィラキシー', '  stand in the summary');
like($crew->page("/emergency/$patient")->text, qr/コミナティ.*アナフィラキシー/s, '  and on its page');
$nurse->post("/vaccination/$patient/doses/$dose/mistake", { reason => '別の人' });
is_deeply(summary()->{immunizations}{items}, [], '  but none that was a mistake');

my $quiet = new_patient(nurse => 'visiting_nurse');
is($nurse->post("/emergency/$quiet/answers", { body => 'x' })->status, 404, 'where nobody was called there is nobody to answer');
done_testing;
