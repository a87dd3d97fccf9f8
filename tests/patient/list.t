#!/usr/bin/perl
# The list of one's own patients, the search in it, and the basic record.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Test;

my $nurse = person('nurse');
my $nurse_id = db('SELECT id FROM care_user WHERE login = "nurse"');
my $office = db('SELECT office_id FROM care_staff WHERE user_id = ?', $nurse_id);

# ---- the list ----

my $list = $nurse->get('/patients')->json;
my @mine = @{ $list->{patients} };
is_deeply([sort map { $_->{id} } @mine], [sort(db('SELECT DISTINCT LOWER(HEX(p.ref)) FROM care_patient p JOIN care_team t ON t.patient_id = p.id
    WHERE t.office_id = ? AND t.user_id IN (0, ?) AND t.left_at IS NULL', $office, $nurse_id))], 'the patients of her teams, each once');
my @stand_in = @{ $list->{stand_in_patients} };
is_deeply([sort map { $_->{id} } @stand_in], [sort(db('SELECT DISTINCT LOWER(HEX(p.ref)) FROM care_patient p JOIN care_team t ON t.patient_id = p.id
    WHERE t.office_id = ? AND t.left_at IS NULL AND p.id NOT IN (SELECT patient_id FROM care_team WHERE office_id = ? AND user_id IN (0, ?) AND left_at IS NULL)',
    $office, $office, $nurse_id))], 'on duty: those of her colleagues, apart');
cmp_ok(scalar @stand_in, '>', 0, '  of whom there are some');

for my $p (@mine, @stand_in) {
    my @lack = grep { !exists $p->{$_} } qw(id name kana birth_date age whereabouts unread urgent open_questions);
    is_deeply(\@lack, [], 'the shape of the contract') or last;
    like($p->{id}, qr/\A[0-9a-f]{32}\z/, '  id') or last;
    like($p->{birth_date}, qr/\A\d{4}-\d\d-\d\d\z/, '  birth_date') or last;
    like(join(' ', @$p{qw(age unread urgent open_questions)}), qr/\A\d+ \d+ \d+ \d+\z/, '  numbers') or last;
}
sub rank { my ($p) = @_; return join ' ', map { sprintf '%06d', 999_999 - $p->{$_} } qw(urgent open_questions mentions unread) }
my @ranks = map { rank($_) } @mine;
is_deeply(\@ranks, [sort @ranks], 'most pressing first');

sub age {
    my ($born) = @_;
    my ($y, $m, $d) = split /-/, $born;
    my ($day, $month, $year) = (gmtime(time + 9 * 3600))[3, 4, 5];
    return $year + 1900 - $y - ((sprintf '%02d%02d', $month + 1, $day) lt sprintf('%02d%02d', $m, $d) ? 1 : 0);
}
my @tell = grep { abs($_->{age} - age($_->{birth_date})) > 1 } @mine;
is_deeply(\@tell, [], 'ages are ages');

is($nurse->post('/account/duty', { on_duty => 0 })->status, 204, 'off duty');
is_deeply($nurse->get('/patients')->json->{stand_in_patients}, [], '  she stands in for nobody');
is(scalar @{ $nurse->get('/patients')->json->{patients} }, scalar @mine, '  and has her own');
$nurse->post('/account/duty', { on_duty => 1, pin => $nurse->{pin} });

is_deeply([map { $_->{status} } person('manager')->get('/patients')], [200], 'the manager, of no team');
is_deeply(person('manager')->get('/patients')->json->{patients}, [], '  has none');
my $none = person('clerk')->get('/patients')->json;
is_deeply([@$none{qw(patients stand_in_patients)}], [[], []], 'nor the clerk, and lists stay lists');
ok(!$none->{more}, '  with nothing left out');

my $page = $nurse->page('/patients')->text;
like($page, qr/\Q$_->{name}\E/, "the page names $_->{name}") for $mine[0], $stand_in[0];
cmp_ok(index($page, $mine[-1]{name}), '<', index($page, $stand_in[0]{name}), '  her own before her colleagues\'');

# ---- searching ----

sub found {
    my ($who, $q) = @_;
    my $answer = $who->post('/patients/search', { q => $q });
    return 'status ' . $answer->status if $answer->status != 200;
    my $json = $answer->json;
    return join ' ', sort map { $_->{name} } @{ $json->{patients} }, @{ $json->{stand_in_patients} };
}
my $uk = join ' ', sort '鵜飼 正二', '鵜飼 静江';
my $kan = '神﨑 トミ';
for my $case (
    ['かんざき', $kan], ['カンザキ', $kan, 'katakana'], ['ｶﾝｻﾞｷ', $kan, 'half-width'], ['かんざきとみ', $kan, 'both names'],
    ['かんざき とみ', $kan, 'with a blank'], ['カンザキ　トミ', $kan, 'with a wide blank'], ['うかい', $uk, 'two of them'], ['うか', $uk, 'a beginning'],
    ['ウカイシヨウジ', '鵜飼 正二', 'small kana or not'], ['神﨑', $kan, 'the written name'], ['トミ', $kan, 'the written given name'], ['鵜飼', $uk, 'a written family name'],
    ['1931-11-30', $kan, 'a birth date'], ['1931/11/30', $kan, 'with strokes'], ['1931年11月30日', $kan, 'in words'], ['昭和6年11月30日', $kan, 'wareki'],
    ['S6.11.30', $kan, 'wareki, short'], ['昭和６年１１月３０日', $kan, 'wide digits'], ['9950000005', $kan, 'an insured number'],
    ['9950000013', '', "an outsider's number"], ['おさかべ', '', "an outsider's patient"], ['刑部', '', 'by the written name'], ['1949-03-17', '', 'by the birth date'],
    ['んざき', '', 'the middle of a reading is no beginning'], ['%', '', 'no pattern'], ['_', '', 'no pattern either'], ["' OR 1=1 --", '', 'no SQL'],
    ['\\', '', 'a backslash'], ['存在しない名前', '', 'nobody'], ['0000000000', '', 'no number'], ['9950000005 ', $kan, 'a trailing blank'],
) {
    my ($q, $want, $why) = @$case;
    is(found($nurse, $q), $want, "$q" . ($why ? " ($why)" : q()));
}
like(found(person('outsider'), '刑部'), qr/刑部|\A\z/, 'the outsider searches among hers');
is(found(person('outsider'), '9950000005'), '', '  and does not find the nurse\'s');
isnt(found(person('outsider'), '9950000013'), '', '  but her own');
is($nurse->post('/patients/search', { q => '' })->json->{error}{field}, 'q', 'an empty search names its field');
is($nurse->post('/patients/search', { q => 'あ' x 61 })->json->{error}{code}, 'too_long', 'a long one too');
my $shown = $nurse->post_form('/patients/search', { q => '"><script>' });
is($shown->status, 200, 'a search as a form shows its answer');
like($shown->text, qr/value="&quot;&gt;&lt;script&gt;"/, '  and what was searched, as text');
is($nurse->get('/patients?q=%E3%81%8B')->status, 400, 'no names in a URL');

# ---- the record ----

my ($tomi) = grep { $_->{name} eq $kan } @mine;
my $record = $nurse->get("/patients/$tomi->{id}")->json;
is($record->{id}, $tomi->{id}, 'the record');
is($record->{$_}, $tomi->{$_}, "  has the same $_") for qw(name kana birth_date age whereabouts);
is_deeply([grep { !exists $record->{$_} } qw(sex address phone insurer_number insured_number care_level lives_alone team consents
    allergies health_conditions medications equipment advance_directives emergency_contacts)], [], '  and all its sections');
is_deeply([grep { my $m = $_; grep { !exists $m->{$_} } qw(office user profession team_role on_duty since) } @{ $record->{team} }], [], 'the team has the shape of the contract');
like($record->{team}[0]{since}, qr/\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z\z/, '  with instants in UTC');
is_deeply([sort map { $_->{substance} } @{ $record->{allergies} }], [sort(db('SELECT a.substance FROM care_allergy a JOIN care_patient p ON p.id = a.patient_id
    WHERE p.ref = ? AND a.ended_at IS NULL', unhex($tomi->{id})))], 'the allergies that are true now');
is(scalar @{ $record->{consents} }, scalar db('SELECT COUNT(*) FROM care_consent c JOIN care_patient p ON p.id = c.patient_id WHERE p.ref = ?', unhex($tomi->{id})), 'the consents');
my $record_page = $nurse->page("/patients/$tomi->{id}");
is($record_page->status, 200, 'the page');
like($record_page->text, qr/\Q$_\E/, "  says $_") for $kan, $record->{allergies}[0]{substance}, $record->{emergency_contacts}[0]{phone};
unlike($record_page->text =~ m{<title>(.*?)</title>}s ? $1 : $kan, qr/神﨑|トミ/, '  but not in the title, which histories keep');

# ---- another network ----

my $far = db('SELECT COALESCE(MAX(id), 0) + 1000 FROM care_network');
my @undo = ("DELETE FROM care_consent WHERE patient_id = $far", "DELETE FROM care_team WHERE episode_id = $far", "DELETE FROM care_episode WHERE id = $far", "DELETE FROM care_patient WHERE id = $far",
    "DELETE FROM care_office WHERE id = $far", "DELETE FROM care_network WHERE id = $far");
END { db($_) for @undo }
db("INSERT INTO care_network (id, ref, code, nickname, colour, sender, phone) VALUES ($far, RANDOM_BYTES(16), '990099', '隣町', '#123456', '隣町', '000-000-0000')");
db("INSERT INTO care_office (id, ref, network_id, kind, name) VALUES ($far, RANDOM_BYTES(16), $far, 'clinic', '隣町の医院')");
db("INSERT INTO care_patient (id, ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date, insured_number)
    VALUES ($far, RANDOM_BYTES(16), $far, '隣町', '花子', 'かんざき', 'はなこ', 'かんざきはなこ', 'female', '1931-11-30', '9950000005')");
db("INSERT INTO care_episode (id, ref, patient_id, opened_at) VALUES ($far, RANDOM_BYTES(16), $far, UTC_TIMESTAMP(3))");
db("INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, given_on)
    VALUES (RANDOM_BYTES(16), $far, 'share_team', 'written', '本人', '本人', '2026-01-01')");
db("INSERT INTO care_team (ref, patient_id, episode_id, office_id, user_id, team_role, joined_at)
    VALUES (RANDOM_BYTES(16), $far, $far, $far, 0, 'attending_physician', UTC_TIMESTAMP(3))");
my $far_ref = db("SELECT LOWER(HEX(ref)) FROM care_patient WHERE id = $far");
is(found($nurse, $_), $kan, "another network's patient is not found by $_") for 'かんざき', '1931-11-30', '9950000005';
is(found($nurse, '隣町'), '', '  nor by the written name');
is($nurse->get("/patients/$far_ref")->status, 404, '  nor opened');
unlike($nurse->page('/patients')->text, qr/隣町/, '  nor listed');
is(person('operator')->get("/patients/$far_ref")->status, 404, '  not by the operator either');

# ---- leaving a team ----

my $team = db('SELECT t.id FROM care_team t JOIN care_patient p ON p.id = t.patient_id WHERE p.ref = ? AND t.user_id = ?', unhex($tomi->{id}), $nurse_id);
db('UPDATE care_team SET left_at = UTC_TIMESTAMP(3) WHERE id = ?', $team);
my %after = map { $_->{id} => 1 } @{ $nurse->get('/patients')->json->{patients} };
my $opened = $nurse->get("/patients/$tomi->{id}")->status;
my $hits = found($nurse, 'かんざき');
db('UPDATE care_team SET left_at = NULL WHERE id = ?', $team);
ok(!$after{ $tomi->{id} }, 'who left the team has her no longer');
is($opened, 404, '  and opens nothing');
is($hits, '', '  and finds nothing');
is($nurse->get("/patients/$tomi->{id}")->status, 200, 'back in the team she does');

done_testing;
