#!/usr/bin/perl
# What a session lives through: idling, the PIN, twelve hours, another device.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Routes;
use Tomozuna::Test;

my $patient = db('SELECT LOWER(HEX(ref)) FROM care_patient WHERE insured_number = "9950000001"');

# ---- idling ----

my $nurse = person('nurse');
is($nurse->get('/patients')->status, 200, 'the nurse works');
session_set($nurse, 'seen_at = UTC_TIMESTAMP(3) - INTERVAL 14 MINUTE');
is($nurse->get('/patients')->status, 200, '14 minutes of idling are no idling');
ok(wait_for(sub { db('SELECT seen_at > UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE FROM care_session WHERE token = ?', unhex(session_name($nurse))) }, 3),
    '  and she has been seen');
my $seen = db('SELECT seen_at FROM care_session WHERE token = ?', unhex(session_name($nurse)));
$nurse->get('/patients') for 1 .. 3;
select undef, undef, undef, 0.2;
is(scalar db('SELECT seen_at FROM care_session WHERE token = ?', unhex(session_name($nurse))), $seen, '  which is noted once a minute');

sub idle { session_set($_[0], 'seen_at = UTC_TIMESTAMP(3) - INTERVAL 16 MINUTE'); return }

idle($nurse);
is($nurse->get('/patients')->status, 401, 'after 16 minutes: 401');
my $page = $nurse->page("/timeline/$patient");
is($page->status, 303, '  a page');
is($page->header('location'), '/unlock', '  leads to the PIN');
is($nurse->get('/patients')->status, 401, '  looking does not wake it');
my $unlock = $nurse->page('/unlock');
is($unlock->status, 200, 'the page of the PIN');
like($unlock->text, qr/name="pin"/, '  asks for it');
unlike($unlock->text, qr{href="/patients/[0-9a-f]}, '  and shows no patient');

my $lost = $nurse->post_form("/timeline/$patient", { body => '書きかけの<b>記録', kind => 'observation', urgent => 1 },
    'idempotency-key' => 'draft-of-an-idle-page');
is($lost->status, 401, 'a form of the idle page: 401');
like($lost->text, qr/書きかけの&lt;b&gt;記録/, '  nothing typed is lost');
is(scalar db('SELECT COUNT(*) FROM timeline_entry WHERE body LIKE "書きかけの%"'), 0, '  nothing is stored');

is($nurse->unlock('000000')->status, 400, 'a wrong PIN') if $nurse->{pin} ne '000000';
is($nurse->get('/patients')->status, 401, '  opens nothing');
my $opened = $nurse->unlock;
is($opened->status, 303, 'the right PIN');
is($nurse->get('/patients')->status, 200, '  opens the page again');
is(scalar db('SELECT pin_failures FROM care_session WHERE token = ?', unhex(session_name($nurse))), 0, '  and forgives');

my $wrong_pin = $nurse->{pin} eq '123456' ? '654321' : '123456';
idle($nurse);
for (1 .. 4) { is($nurse->unlock($wrong_pin)->status, 400, "wrong PIN $_") }
is($nurse->unlock->status, 303, 'four wrong ones and a right one');
idle($nurse);
for (1 .. 5) { $nurse->post('/unlock', { pin => $wrong_pin }, 'idempotency-key' => 'one-key-for-all-five') }
is($nurse->post('/unlock', { pin => $nurse->{pin} })->status, 401, 'five wrong ones end the session, with one key or with five');
is($nurse->get('/patients')->status, 401, '  for everything');
is($nurse->sign_in->status, 303, '  and one signs in anew');

idle($nurse);
for my $bad ('12345', '1234567', '', 'abcdef', '１２３４５６', "12345\n") {
    is($nurse->post('/unlock', { pin => $bad })->json->{error}{field} // '', 'pin', 'a PIN of another form is refused by name');
}
$nurse->unlock;

{
    my $many = person('nurse');
    idle($many);
    my @child = map { my $pid = fork // die; if (!$pid) {
        my $one = client(device => 'nurse');
        $one->{cookie} = $many->{cookie};
        $one->post('/unlock', { pin => $wrong_pin });
        require POSIX; POSIX::_exit(0);
    } $pid } 1 .. 8;
    waitpid $_, 0 for @child;
    is($many->post('/unlock', { pin => $many->{pin} })->status, 401, 'wrong PINs at the same time are all counted');
}

# ---- twelve hours ----

session_set($nurse, 'created_at = UTC_TIMESTAMP(3) - INTERVAL 719 MINUTE');
is($nurse->get('/patients')->status, 200, 'a minute short of twelve hours');
session_set($nurse, 'created_at = UTC_TIMESTAMP(3) - INTERVAL 721 MINUTE');
is($nurse->get('/patients')->status, 401, 'a minute past');
is($nurse->page('/patients')->header('location'), '/sign-in', '  leads to sign-in, not to the PIN');
is($nurse->post('/unlock', { pin => $nurse->{pin} })->status, 401, '  where no PIN helps');
$nurse->sign_in;

# ---- another device, another door ----

my $thief = client(device => 'doctor');
$thief->{cookie} = { %{ $nurse->{cookie} } };
is($thief->get('/patients')->status, 401, 'a stolen cookie on another device');
is($thief->post('/sign-out', {})->status, 401, '  cannot even end the session');
is($nurse->get('/patients')->status, 200, '  which goes on where it belongs');
my $same_office = client(device => 'manager');
$same_office->{cookie} = { %{ $nurse->{cookie} } };
is($same_office->get('/patients')->status, 401, 'nor on another device of the office');
my $open = client(door => 'open', headers => { cookie => join '; ', map { "$_=$nurse->{cookie}{'__Host-tomozuna'}" } '__Host-tomozuna', '__Host-tomozuna-open' });
is($open->get('/patients')->status, 404, 'nor at the open door');
for my $bad ('', 'x', 'ab' x 70, 'ab' x 31 . 'a"', "'; DROP TABLE care_session; --", ('../' x 22) . 'x') {
    my $odd = client(device => 'nurse', headers => { cookie => "__Host-tomozuna=$bad" });
    is($odd->get('/patients')->status, 401, 'a cookie of another form is no session');
}

# ---- signing out ----

my $other = person('nurse');
my $kept = { %{ $nurse->{cookie} } };
my $out = $nurse->sign_out;
is($out->status, 303, 'signed out');
like($out->header('set-cookie'), qr/\A__Host-tomozuna=; .*Max-Age=0/, '  the cookie is taken away');
$nurse->{cookie} = $kept;
is($nurse->get('/patients')->status, 401, '  and worth nothing');
is($nurse->post('/unlock', { pin => $nurse->{pin} })->status, 401, '  no PIN wakes it');
is($other->get('/patients')->status, 200, 'her other session goes on');

# ---- language ----

is($other->post('/account/language', { lang => 'en' })->status, 204, 'English, please');
like($other->page('/account')->text, qr/<html lang="en">/, '  the pages are');
is($other->get('/timeline/' . 'ab' x 16)->json->{error}{message}, 'Not found.', '  and the messages');
is($other->post('/account/language', { lang => 'fr' })->json->{error}{code}, 'not_a_choice', 'no other language');
is($other->post_form('/account/language', { lang => 'ja' })->header('location'), '/account', 'back again');
like($other->page('/account', 'accept-language' => 'en')->text, qr/<html lang="ja">/, "one's own choice before the browser's");
like(client(device => 'nurse')->page('/sign-in', 'accept-language' => 'en-GB,en;q=0.8')->text, qr/<html lang="en">/, "without one the browser's");

done_testing;
