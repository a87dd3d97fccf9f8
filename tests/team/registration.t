#!/usr/bin/perl
# Registering a patient, and being told that she is here already.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Test;

my ($doctor, $nurse, $outsider, $officer) = map { person($_) } qw(doctor nurse outsider officer);
my $network = db('SELECT MIN(id) FROM care_network');
my @made;

END {
    local $?;
    db("DELETE FROM $_ WHERE patient_id IN (SELECT id FROM care_patient WHERE family LIKE '試登%')") for qw(care_team care_episode care_consent);
    db('DELETE FROM care_patient WHERE family LIKE "試登%"');
    db('UPDATE care_network SET registers = "office"');
}

my %base = (family => '試登録', given => '花子', kana_family => 'しとうろく', kana_given => 'はなこ', sex => 'female', birth_date => 'S10.3.3');
sub check { my ($who, %with) = @_; redis_flush(); return $who->post('/team/check', { %base, %with }) }
sub add { my ($who, %with) = @_; redis_flush(); return $who->post('/team/new', { %base, %with }) }
sub redis_flush { system("redis-cli -s @{[demo(q(REDIS_SOCKET))]} flushall >/dev/null") == 0 or diag('no cache') if -S demo('REDIS_SOCKET'); return }
sub why { my ($answer) = @_; my $e = $answer->json->{error} // return $answer->status; return "$e->{field} $e->{code}" }
sub alike { my ($answer) = @_; return [map { my $a = $_; join ' ', grep { $a->{$_} } qw(same_number same_name same_birth) } @{ $answer->json->{alike} }] }

# ---- the first one ----

is_deeply(check($nurse)->json->{alike}, [], 'nobody like her');
my $made = add($nurse, insurer_number => '231001', insured_number => 'Ｈ００００００００１', lives_alone => 1, care_level => 'care2', address => '架空県');
is($made->status, 201, 'registered');
my $id = $made->json->{id};
my ($row) = db_rows('SELECT p.id, p.birth_date, p.insured_number, p.kana_folded, p.care_level, p.lives_alone, p.registered_by, o.name AS office FROM care_patient p JOIN care_office o ON o.id = p.managing_office_id WHERE p.ref = ?', unhex($id));
is($row->{birth_date}, '1935-03-03', 'wareki was read');
is($row->{insured_number}, 'H000000001', 'wide characters are narrow');
is($row->{kana_folded}, 'しとうろく' . 'はなこ', 'the reading is folded');
is("$row->{care_level} $row->{lives_alone} $row->{registered_by}", 'care2 1 ' . db('SELECT id FROM care_user WHERE login = "nurse"'), 'and the rest');
is(scalar db('SELECT COUNT(*) FROM care_episode WHERE patient_id = ?', $row->{id}), 0, 'no page is open without consent');
is($nurse->get("/patients/$id")->status, 404, '  not even for who registered her');
is($nurse->get("/team/$id/consents")->status, 200, '  who can go on to consent');
is(person('manager')->get("/team/$id/consents")->status, 200, '  as can the manager of the same office');
is($doctor->get("/team/$id/consents")->status, 404, '  and nobody else');
is_deeply([map { $_->{id} } grep { $_->{id} eq $id } @{ $nurse->get('/team')->json->{drafts} }], [$id], '  and finds her again');
is_deeply([grep { $_->{id} eq $id } @{ $doctor->get('/team')->json->{drafts} }], [], '  which others do not');
is($nurse->post_form('/team/new', { %base, given => '次子', kana_given => 'つぎこ', birth_date => '1950-01-01' })->header('location') // '', '/team/'
    . db('SELECT LOWER(HEX(ref)) FROM care_patient WHERE family = "試登録" AND given = "次子"') . '/consents', 'a form goes on to consent');

# ---- doubles ----

for my $case (
    ['the same', [], ['same_name same_birth']],
    ['in katakana', [kana_family => 'シトウロク', kana_given => 'ハナコ'], ['same_name same_birth']],
    ['married: another family name', [kana_family => 'べつ', family => '別'], ['same_birth']],
    ['another given name, same day', [kana_given => 'はなえ', given => '花江'], ['same_birth']],
    ['another birthday', [birth_date => '1935-03-04'], ['same_name']],
    ['the number alone', [kana_family => 'べつ', kana_given => 'ひと', birth_date => '1950-02-02', insurer_number => '231001', insured_number => 'H000000001'], ['same_number']],
    ['nobody', [kana_family => 'べつ', kana_given => 'ひと', birth_date => '1950-02-02'], []],
) {
    my ($what, $with, $want) = @$case;
    is_deeply(alike(check($doctor, @$with)), $want, "$what");
}
my ($seen) = @{ check($doctor)->json->{alike} };
is_deeply([@$seen{qw(id name kana birth_date)}], [undef, '', '', undef], "of another's patient nothing is told");
is($seen->{office}, $row->{office}, '  but whom to ask');
is(why(add($doctor)), 'anyway confirm', 'who is like another is not added without a second look');
is(why(add($doctor, insurer_number => '231001', insured_number => 'H000000001', anyway => 1)), 'insured_number exists', 'the same number is the same person, whatever one says');
is(add($doctor, anyway => 1)->status, 201, 'after a second look she is');
my $page = $doctor->post_form('/team/check', { %base });
like($page->text, qr/読みが同じ/, 'the page says what is alike');
like($page->text, qr/\Q$row->{office}\E/, '  and whom to ask');
unlike($page->text, qr{href="/timeline/$id"}, '  with no way in');
my $of_hers = db('SELECT COUNT(*) FROM lib_audit WHERE route = "/team/check"');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/team/check"') > $of_hers - 1 }, 20), 'looking for doubles is in the trail');

# ---- what is wrong ----

for my $case (
    ['a month that is none', 'birth_date malformed', birth_date => '1935-13-01'],
    ['tomorrow', 'birth_date out_of_range', birth_date => '2090-01-01'],
    ['of the time of Meiji 1', 'birth_date out_of_range', birth_date => '1868-10-23'],
    ['a reading of signs', 'kana_given malformed', kana_given => '・・'],
    ['a wrong check digit', 'insurer_number check_digit', insurer_number => '231002', insured_number => '0000000002'],
    ['a municipality code for an insurer number', 'insurer_number check_digit', insurer_number => '131016', insured_number => '0000000002'],
    ['an insured number too short', 'insured_number malformed', insurer_number => '231001', insured_number => '123'],
    ['letters in it', 'insured_number malformed', insurer_number => '231001', insured_number => 'X000000001'],
    ['an insured number without insurer', 'insurer_number missing', insured_number => '0000000002'],
    ['no name', 'family missing', family => ''],
    ['a name too long', 'given too_long', given => 'あ' x 41],
    ['no sex', 'sex missing', sex => ''],
    ['another sex', 'sex not_a_choice', sex => 'x'],
    ['another level', 'care_level not_a_choice', care_level => 'care9'],
    ['control characters', 'family control', family => "a\x01b"],
    ['an input of nobody', 'managing_office unknown', managing_office => 1],
) {
    my ($what, $want, @with) = @$case;
    is(why(add($nurse, @with)), $want, $what);
    is(why(check($nurse, @with)), $want, '  when checking too') if $want !~ /unknown/;
}

# ---- who may ----

db('UPDATE care_network SET registers = "officer"');
is(add($nurse, kana_given => 'さんこ', given => '三子', birth_date => '1950-03-01')->status, 403, 'where only the town registers, a nurse does not');
is($nurse->get('/team/new')->status, 403, '  nor sees the form');
is(add($officer, kana_given => 'さんこ', given => '三子', birth_date => '1950-03-01')->status, 201, '  but its officer');
db('UPDATE care_network SET registers = "office"');

# ---- pressing twice ----

my $before = db('SELECT COUNT(*) FROM care_patient');
my %four = (%base, given => '四子', kana_given => 'よんこ', birth_date => '1951-04-04');
my @twice = map { $nurse->post('/team/new', \%four, 'idempotency-key' => 'r' x 20) } 1 .. 2;
is_deeply([map { $_->status . $_->json->{id} } @twice], [($twice[0]->status . $twice[0]->json->{id}) x 2], 'pressed twice: the same answer');
is(scalar db('SELECT COUNT(*) FROM care_patient'), $before + 1, '  and one patient');

done_testing;
