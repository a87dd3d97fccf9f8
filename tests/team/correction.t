#!/usr/bin/perl
# A patient's own data could not be corrected at all: a wrong birth date stayed for ever. Who
# corrects it, what is asked before, what stays of what was.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my %who = map { $_ => person($_) } qw(doctor nurse outsider officer manager);
my $doctor = $who{doctor};
my $p = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse');
my $key = patient_key($p);
my $home = "/team/$p/person";
db('UPDATE care_patient SET address = "古い町1", phone = "0000-00-0000" WHERE id = ?', $key);
sub row { my ($r) = db_rows('SELECT family, given, kana_family, kana_given, kana_folded, sex, birth_date, COALESCE(address, "-") AS address, COALESCE(phone, "-") AS phone, COALESCE(insurer_number, "-") AS insurer_number, COALESCE(insured_number, "-") AS insured_number, lives_alone FROM care_patient WHERE id = ?', $key); return $r }
my $was = row();
my %same = ((map { $_ => $was->{$_} } qw(family given kana_family kana_given sex birth_date address phone)), reason => '保険証で確かめた');
sub newest { my $n = $doctor->get($home)->json->{newest}; return defined $n ? (was => $n) : () }
sub make { my (%with) = @_; return $doctor->post($home, { %same, newest(), %with }) }
sub trail { return map { join ' ', $_->{field}, $_->{was} // '-', $_->{became} // '-' } reverse @{ $doctor->get($home)->json->{corrections} } }

# ---- who ----

is($doctor->get($home)->status, 200, 'whoever acts for the managing office corrects');
is($who{$_}->get($home)->status, 404, "not $_") for qw(nurse outsider officer manager);
is($who{$_}->post($home, \%same)->status, 404, "  nor by a press: $_") for qw(nurse outsider officer);
is_deeply(row(), $was, '  and nothing is changed');
db('UPDATE care_patient SET managing_office_id = NULL WHERE id = ?', $key);
is($who{officer}->get($home)->status, 200, 'of whom no office manages, an officer of the town does');
sub found { return grep { $_->{id} eq $p } @{ ($_[1] // $who{officer})->post('/team/unmanaged', $_[0])->json->{people} // [] } }
is(scalar found({ birth_date => $same{birth_date} }), 1, '  and finds her by her birth date');
is(scalar found({ birth_date => '1901-01-01' }), 0, '  not by another');
is($doctor->post('/team/unmanaged', { birth_date => $same{birth_date} })->status, 403, '  nobody else');
is(why($who{officer}->post('/team/unmanaged', {})), 'birth_date missing', '  nor everybody at once');
is(why($who{officer}->post('/team/unmanaged', { birth_date => 'x' })), 'birth_date malformed', '  nor by no day');
like($who{officer}->page('/team')->text, qr{action="/team/unmanaged"}, '  from the page of registration');
like($who{officer}->post_form('/team/unmanaged', { birth_date => $same{birth_date} })->text, qr{href="/team/$p/person"}, '  where a link leads to her');
unlike($who{officer}->page($home)->text, qr{/team/$p/consents}, '  and none to consents that are not for her');
is($who{$_}->get($home)->status, 404, "  and nobody else: $_") for qw(doctor nurse);
db('UPDATE care_patient SET managing_office_id = (SELECT f.office_id FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "doctor") WHERE id = ?', $key);

# ---- what would change, and then does ----

my $check = $doctor->post("$home/check", { %same, birth_date => 'S15.1.3', address => '' });
is_deeply([map { "$_->{field} $_->{was} " . ($_->{became} // '-') } @{ $check->json->{changes} }], ['birth_date 1940-01-02 1940-01-03', 'address 古い町1 -'], 'the check says what would change');
is_deeply(row(), $was, '  and changes nothing');
like($doctor->page($home)->text, qr/value="1940-01-02"/, 'the form has what stands');
my @sound = split //, 'あいうえおかきくけこさしすせそなにぬねの';
my $marry = 'けっこん' . join '', map { $sound[rand @sound] } 1 .. 6;
is(make(family => '結婚', kana_family => $marry, birth_date => 'S15.1.3', address => '新しい町2', lives_alone => 1)->status, 201, 'corrected');
my $is = row();
is("$is->{family} $is->{kana_family} $is->{birth_date} $is->{address} $is->{lives_alone}", "結婚 $marry 1940-01-03 新しい町2 1", '  every word of it');
like($is->{kana_folded}, qr/たろう\z/, '  and found by her new reading');
isnt($is->{kana_folded}, $was->{kana_folded}, '  which is not the old one');
is_deeply([sort(trail())], [sort('family ' . "$was->{family} 結婚", "kana_family $was->{kana_family} $marry", 'birth_date 1940-01-02 1940-01-03', 'address 古い町1 新しい町2', 'lives_alone 0 1')], 'what it was stays');
my ($first) = @{ $doctor->get($home)->json->{corrections} };
is("$first->{reason} $first->{name}", '保険証で確かめた ' . db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "doctor"'), '  with why and by whom');
like($doctor->page($home)->text, qr/古い町1/, '  on the page');
is($who{nurse}->get("/patients/$p")->json->{birth_date}, '1940-01-03', 'the team sees it at once') or diag(explain($who{nurse}->get("/patients/$p")->json));
is(scalar db('SELECT COUNT(*) FROM lib_event WHERE patient_id = ? AND topic = "team.person_corrected"', $key), 1, '  others are told');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE subject_id = ? AND route = "/team/{patient}/person" AND method = "POST" AND status IN (201, 303)', $key) == 1 }, 20), '  and the trail has it');

%same = (%same, map { $_ => row()->{$_} } qw(family given kana_family kana_given birth_date address phone));
$same{lives_alone} = 1;
is(make()->status, 201, 'nothing changed');
is(scalar(my @t = trail()), 5, '  leaves no trace');

# ---- what is refused ----

my $other = managed_patient('doctor', doctor => 'attending_physician');
my $b = db('SELECT kana_given FROM care_patient WHERE ref = ?', unhex($other));
is(why(make(kana_family => 'しけん', kana_given => $b, birth_date => '1940-01-02')), 'anyway confirm', 'who becomes like another has to be looked at');
my ($alike) = grep { ($_->{id} // '') eq $other } @{ $doctor->post("$home/check", { %same, kana_family => 'しけん', birth_date => '1940-01-02' })->json->{alike} };
ok($alike && $alike->{same_name}, '  the check shows whom');
ok(!(grep { ($_->{id} // '') eq $p } @{ $doctor->post("$home/check", { %same, given => '次郎', kana_given => 'じろう' })->json->{alike} }), '  never herself');
is(make(kana_family => 'しけん', birth_date => '1940-01-02', anyway => 1)->status, 201, '  then it may be');
db('UPDATE care_patient SET insurer_number = "999995", insured_number = "H999999991" WHERE ref = ?', unhex($other));
my %mine = (insurer_number => '999995', insured_number => 'H999999991');
SKIP: {
    my $said = why(make(%mine));
    skip "the insurer's number is none", 1 if $said =~ /check_digit/;
    is($said, 'insured_number exists', "another's number is refused");
}
db('UPDATE care_patient SET insurer_number = "000000", insured_number = "X000000001" WHERE id = ?', $key);
is(make(insurer_number => '000000', insured_number => 'X000000001', phone => '0000-22-2222')->status, 201, 'a number that stands is no obstacle to another correction');
is(why(make(insurer_number => '000000', insured_number => 'X000000002')), 'insured_number malformed', '  a new one is looked at');
is(row()->{phone}, '0000-22-2222', '  (the phone number is corrected)');
for my $case (['no reason', 'reason missing', reason => ''], ['born tomorrow', 'birth_date out_of_range', birth_date => day(1)], ['no reading', 'kana_family missing', kana_family => ''], ['what the record changes', 'care_level unknown', care_level => 'care1']) {
    my ($what, $want, @with) = @$case;
    is(why(make(insurer_number => '000000', insured_number => 'X000000001', @with)), $want, "refused: $what");
}
my %stale = newest();
is(make(insurer_number => '000000', insured_number => 'X000000001', phone => '0000-33-3333')->status, 201, 'somebody corrects');
is($doctor->post($home, { %same, %stale, insurer_number => '000000', insured_number => 'X000000001', phone => '0000-44-4444' })->status, 409, '  whose form is older changes nothing');
is(row()->{phone}, '0000-33-3333', '  it stays');

done_testing;
