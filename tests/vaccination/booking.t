#!/usr/bin/perl
# A booking by telephone: the town's desk takes it, the clinic answers, the desk confirms and
# posts a card; each sees where it stands, and nobody else anything.
use strict;
use warnings;
use utf8;
use Encode qw(decode);
use File::Temp ();
use POSIX qw(strftime);
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($clerk, $doctor, $nurse, $outsider) = map { person($_) } qw(clerk doctor nurse outsider);
my $p = new_patient();
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
db('UPDATE care_patient SET kana_family = "みほんざか", kana_folded = "みほんざかたろう", phone = "0000-00-0000", address = "見本坂1-1", birth_date = "1941-05-10" WHERE id = ?', $id);
my $desk = '/vaccination/desk';
my $clinic = db(q(SELECT LOWER(HEX(o.ref)) FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = "doctor" ORDER BY o.id LIMIT 1));
my %call = (vaccine => 'influenza', clinic => $clinic, place => 'clinic', caller => '試験 花', caller_relation => '長女', caller_phone => '0000-00-0001',
    wanted_1 => '2199-01-10', wanted_2 => '2199-01-11', wanted_note => '午前');

sub code { my ($answer) = @_; return $answer->status . ' ' . ($answer->json->{error}{code} // '') }
sub state_of { my ($b) = @_; return db('SELECT state FROM vaccination_booking WHERE ref = ?', unhex($b)) }
sub told { return scalar db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.kind = "booking" AND u.login = ?', $_[0]) }

# ---- whom the desk speaks with ----

is($_->get($desk)->status, 403, 'the desk is the clerk\'s alone') for $doctor, $outsider;
my $found = $clerk->post("$desk/find", { q => 'みほんざか' })->json->{residents};
ok((grep { $_->{id} eq $p } @$found), 'found by her reading');
ok((grep { $_->{id} eq $p } @{ $clerk->post("$desk/find", { q => $_ })->json->{residents} }), "  by her birth date, written $_") for '1941-05-10', '１９４１０５１０', '1941/5/10';
is(code($clerk->post("$desk/find", { q => '!!' })), '400 malformed', '  what is neither is said so');
is($clerk->get("$desk/" . 'ab' x 16)->status, 404, 'somebody of whom nobody knows');
is($clerk->get("/vaccination/$p")->status, 404, 'a clerk is of no team by that');
my $person = $clerk->get("$desk/$p")->json;
is("$person->{resident}{phone}", '0000-00-0000', 'the desk sees whom to ring');
ok((grep { $_->{vaccine} eq 'influenza' } @{ $person->{recommendations} }), '  and what is due');

# ---- taken, offered, confirmed ----

is($clerk->post("$desk/$p/bookings", { %call, vaccine => 'smallpox' })->json->{error}{field}, 'vaccine', 'a vaccine of the schedule');
is($clerk->post("$desk/$p/bookings", { %call, clinic => 'ab' x 16 })->json->{error}{field}, 'clinic', 'a clinic of the network');
is($clerk->post("$desk/$p/bookings", { %call, wanted_2 => '2026-01-01' })->json->{error}{field}, 'wanted_2', 'a day to come');
my $before = told('doctor');
my $made = $clerk->post("$desk/$p/bookings", \%call);
is($made->status, 201, 'taken by telephone');
my $b = $made->json->{id};
is(code($clerk->post("$desk/$p/bookings", \%call)), '409 conflict', '  once for a vaccine');
is(told('doctor') - $before, 1, '  the clinic is told by mail');
my ($asked) = grep { $_->{id} eq $b } @{ $doctor->get('/vaccination/bookings')->json->{bookings} };
is("$asked->{state} $asked->{wanted_1} $asked->{wanted_note}", 'requested 2199-01-10 午前', '  and sees what is wanted');
ok(!(grep { $_->{id} eq $b } @{ $outsider->get('/vaccination/bookings')->json->{bookings} }), '  no other office does');
is($outsider->post("/vaccination/bookings/$b/offer", { offered_on => '2199-01-10', offered_time => '09:30' })->status, 404, '  nor answers');
is(code($clerk->post("$desk/$p/bookings/$b/confirm", {})), '409 conflict', 'what was not offered is not booked');
is($clerk->get("$desk/$p/bookings/$b/card", accept => '*/*')->status, 409, '  and has no card');
is($doctor->post("/vaccination/bookings/$b/offer", { offered_on => '2199-01-10', offered_time => '9時半' })->json->{error}{field}, 'offered_time', 'a time is a time');
is($doctor->post("/vaccination/bookings/$b/offer", { offered_on => '2026-01-01', offered_time => '9:30' })->json->{error}{field}, 'offered_on', '  to come');
$before = told('clerk');
is($doctor->post("/vaccination/bookings/$b/offer", { offered_on => '2199-01-10', offered_time => '９:30', offer_note => '保険証は要りません' })->status, 204, 'offered');
is(told('clerk') - $before, 1, '  the desk is told');
is($doctor->post("/vaccination/bookings/$b/done", {})->status, 409, '  not done before it is booked');
is($clerk->post("$desk/$p/bookings/$b/again", { note => '通院の日' })->status, 204, 'the day does not suit: asked anew');
is($doctor->post("/vaccination/bookings/$b/offer", { offered_on => '2199-01-11', offered_time => '14:00', offer_note => '保険証は要りません' })->status, 204, '  another is offered');
is($clerk->post("$desk/$p/bookings/$b/confirm", {})->status, 204, '  and booked');
my ($line) = grep { $_->{id} eq $b } @{ $clerk->get($desk)->json->{bookings} };
is(join(' ', map { $_->{state} } @{ $line->{steps} }), 'requested offered requested offered booked', 'the desk sees every step');
is("$line->{offered_on} $line->{offered_time}", '2199-01-11 14:00', '  and when it is');

# ---- the card ----

my $card = $clerk->get("$desk/$p/bookings/$b/card", accept => '*/*');
is($card->status . ' ' . $card->header('content-type'), '200 application/pdf', 'a card to post');
my $file = File::Temp->new(SUFFIX => '.pdf');
print {$file} $card->body;
close $file;
my $text = decode('UTF-8', scalar qx(pdftotext -layout $file -));
like($text, qr/$_/, "  with $_") for '見本坂1-1', '様', 'インフルエンザ', '1月11日（金）\s*14:00', '保険証は要りません';
is($doctor->get("$desk/$p/bookings/$b/card", accept => '*/*')->status, 403, '  for the desk alone');

# ---- done, and cancelled ----

is($doctor->post("/vaccination/bookings/$b/done", {})->status, 204, 'given: done');
is(code($clerk->post("$desk/$p/bookings/$b/cancel", { note => '遅い' })), '409 conflict', '  which is the end of it');
$b = $clerk->post("$desk/$p/bookings", { %call, vaccine => 'covid19' })->json->{id};
is($doctor->post("/vaccination/bookings/$b/decline", { note => '在庫がない' })->status, 204, 'a clinic that cannot says why');
is(state_of($b), 'cancelled', '  and it is cancelled');
$b = $clerk->post("$desk/$p/bookings", { %call, vaccine => 'covid19' })->json->{id};
is($clerk->post("$desk/$p/bookings/$b/cancel", { note => '入院した' })->status, 204, 'the desk cancels what the caller takes back');

# ---- a dose of a visit of that clinic is the end of its booking ----

db('INSERT INTO care_team (ref, patient_id, episode_id, office_id, user_id, team_role, joined_at)
    SELECT RANDOM_BYTES(16), e.patient_id, e.id, f.office_id, u.id, "attending_physician", UTC_TIMESTAMP(3)
      FROM care_episode e, care_user u JOIN care_staff f ON f.user_id = u.id WHERE e.patient_id = ? AND u.login = "doctor" ORDER BY f.office_id LIMIT 1', $id);
$b = $clerk->post("$desk/$p/bookings", { %call, place => 'home' })->json->{id};
$doctor->post("/vaccination/bookings/$b/offer", { offered_on => strftime('%Y-%m-%d', gmtime(time + 9 * 3600)), offered_time => '23:59' });
$clerk->post("$desk/$p/bookings/$b/confirm", {});
my $at = "/vaccination/$p/visits";
my $visit = "$at/" . $doctor->post($at, { vaccine => 'influenza' })->json->{id};
my @question = qw(leaflet illness immunosuppressed bleeding doctor_agreed recent_illness unwell convulsion severe_allergy
    component_allergy past_reaction fainting pregnant recent_vaccine has_question);
$doctor->post("$visit/screening", { temperature => '36.4', (map { $_ => 'no' } @question), wish => 'wishes', signer => 'self' });
$doctor->post("$visit/judgement", { form => $doctor->get($visit)->json->{form}{id}, judgement => 'possible', mode => 'present', explained => 1 });
is($doctor->post("$visit/dose", { product => 'influenza_ha', lot_number => 'TEST01', expires_on => '2199-03-31', site => 'left_arm', route => 'sc', dose_ml => '0.5' })->status, 201, 'given at home');
is(state_of($b), 'done', '  the booking of that clinic is done');

# ---- every page of it ----

for my $page ($desk, "$desk/$p", "$desk/due", '/vaccination/bookings', '/vaccination/due', '/vaccination') {
    my $who = $page =~ m{/desk} ? $clerk : $doctor;
    is($who->page($page)->status, 200, "page $page");
}
is($clerk->post("$desk/find", { q => 'みほんざか' }, accept => 'text/html')->status, 200, 'page of who was found');

done_testing;
