#!/usr/bin/perl
# Signing in: the cookie, what is said of a wrong password, and how long one waits.
use strict;
use warnings;
use utf8;
use Digest::SHA qw(sha256_hex);
use Test::More;
use Time::HiRes qw(time);
use Tomozuna::Test;

sub forget { db('DELETE FROM care_attempt'); return }
sub travel { db("UPDATE care_attempt SET last_at = last_at - INTERVAL $_[0] SECOND"); return }
END { local $?; forget() if $ENV{TOMOZUNA_DB_SOCKET} }
forget();

# ---- the cookie ----

my $nurse = person('nurse', signed_in => 0);
my $answer = $nurse->sign_in;
is($answer->status, 303, 'signed in');
is($answer->header('location'), '/patients', '  and sent on');
my $cookie = $answer->header('set-cookie');
like($cookie, qr/\A__Host-tomozuna=[0-9a-f]{64}; /, 'a cookie of 256 bits that belongs to this door alone');
is_deeply([sort map { lc } (split /; */, $cookie)[1 .. 4]], ['httponly', 'path=/', 'samesite=lax', 'secure'],
    '  Secure, HttpOnly, SameSite, Path, and gone with the browser');
unlike($cookie, qr/domain|max-age|expires/i, '  of no domain, without an age of its own');
my $token = $nurse->{cookie}{'__Host-tomozuna'};
is(scalar db('SELECT COUNT(*) FROM care_session WHERE token = ?', unhex(sha256_hex($token))), 1, 'only its hash is stored');
is(scalar db('SELECT COUNT(*) FROM care_session WHERE token = ?', unhex(substr $token, 0, 64)), 0, '  not itself');

{
    my $fixed = person('nurse', signed_in => 0);
    $fixed->{cookie}{'__Host-tomozuna'} = 'ab' x 32;
    $fixed->sign_in;
    isnt($fixed->{cookie}{'__Host-tomozuna'}, 'ab' x 32, 'a cookie brought along is not taken for a session');
    isnt($fixed->{cookie}{'__Host-tomozuna'}, $token, '  and each sign-in has its own');
}
{
    my $json = person('nurse', signed_in => 0);
    my $told = $json->post('/sign-in', { login => 'nurse', password => $json->{password} });
    is($told->status, 204, 'as JSON: 204');
    unlike($told->body . ($told->header('location') // ''), qr/[0-9a-f]{64}/, '  and the token is in the cookie only');
    is($json->get('/patients')->status, 200, '  which works');
}
like(nobody_at('professional')->get('/sign-in')->status, qr/\A400\z/, 'without a device there is no page to sign in on');
is(client(device => 'nurse')->get('/sign-in', accept => 'text/html')->status, 200, 'with one there is');

# ---- wrong: one answer, whatever is wrong ----

sub try {
    my ($client, $login, $password, %header) = @_;
    return $client->post('/sign-in', { login => $login, password => $password }, %header);
}

my $device = client(device => 'nurse');
my %said;
for my $case (['a wrong password', 'nurse'], ['an unknown login', 'nobody-here'], ["another office's user", 'doctor'],
    ['a suspended user', 'lost'], ['a login in capitals', 'NURSE'], ['a user without a password', 'mutsumi6']) {
    my ($what, $login) = @$case;
    forget();
    db('UPDATE care_user SET suspended_at = UTC_TIMESTAMP(3) WHERE login = "lost"') if $what =~ /suspended/;
    my $password = $what =~ /suspended|another|capitals/ ? person($login eq 'NURSE' ? 'nurse' : $login, signed_in => 0)->{password} : 'x' x 20;
    my $told = try($device, $login, $password);
    db('UPDATE care_user SET suspended_at = NULL WHERE login = "lost"') if $what =~ /suspended/;
    is($told->status, 400, "$what: 400");
    ok(!$told->header('set-cookie'), '  no cookie');
    $said{ $told->body }++;
}
is(scalar keys %said, 1, 'and all of them in the same words') or diag(join "\n", keys %said);
is_deeply((values %said)[0] && do { require JSON::PP; my $e = JSON::PP::decode_json((keys %said)[0])->{error}; [@$e{qw(code field)}] },
    ['wrong_password', 'password'], '  which name the field');

sub median { my @s = sort { $a <=> $b } @_; return $s[@s / 2] }
my %took;
for (1 .. 7) {
    for my $login ('nurse', 'nobody-here') {
        forget();
        my $from = time;
        try($device, $login, 'y' x 20);
        push @{ $took{$login} }, time - $from;
    }
}
my ($known, $unknown) = map { median(@{ $took{$_} }) } 'nurse', 'nobody-here';
ok($unknown > $known / 2 && $unknown < $known * 2, sprintf 'as slow for an unknown login: %.0f and %.0f ms', $known * 1000, $unknown * 1000);

{
    forget();
    my $page = try($device, 'nurse"><i>', 'S3cret-never-shown', accept => 'text/html');
    is($page->status, 400, 'as a page');
    like($page->text, qr/value="nurse&quot;&gt;&lt;i&gt;"/, '  the login is still there, as text');
    unlike($page->text, qr/S3cret-never-shown/, '  the password is not');
}

# ---- waiting: from the third on, and a stop at the tenth ----

forget();
my @wait = (0, 0, 1, 2, 4, 8, 16, 32, 64, 900);      # after so many failures
for my $failure (1 .. 10) {
    is(try($device, 'nurse', 'z' x 20)->status, 400, "wrong for the $failure. time");
    my $wait = $wait[$failure - 1];
    next if !$wait;
    my $soon = try($device, 'nurse', $nurse->{password});
    is($soon->status, 429, '  then even the right one has to wait');
    ok($soon->header('retry-after') >= $wait - 1 && $soon->header('retry-after') <= $wait, "  for $wait s")
        or diag($soon->header('retry-after'));
    ok(!$soon->header('set-cookie'), '  and gets no session');
    travel($wait + 1) if $failure < 10;
}
travel(800);
is(try($device, 'nurse', $nurse->{password})->status, 429, 'stopped for a quarter of an hour');
is(try(client(device => 'manager'), 'nurse', $nurse->{password})->status, 429, '  on another device of her office too');
my $colleague = person('manager', device => 'nurse', signed_in => 0);
is(try($colleague, 'manager', $colleague->{password})->status, 429, '  and for others on that device');
is(try(client(device => 'manager'), 'manager', $colleague->{password})->status, 204, '  but not for others elsewhere');
travel(101);
is(try($device, 'nurse', $nurse->{password})->status, 204, 'afterwards it works');
is(scalar db('SELECT COUNT(*) FROM care_attempt'), 0, '  and all is forgiven');

forget();
for my $n (1 .. 10) { try($device, "nobody-$n", 'z' x 20); travel(65) if $n < 10 }
is(try($device, 'nurse', $nurse->{password})->status, 429, 'ten names on one device stop the device');
is(try(client(device => 'manager'), 'nurse', $nurse->{password})->status, 204, '  and not the user');

forget();
nobody_at('professional')->post('/sign-in', { login => 'nurse', password => 'z' }) for 1 .. 12;
client(device => 'lost')->post('/sign-in', { login => 'nurse', password => 'z' }) for 1 .. 3;
is(scalar db('SELECT COUNT(*) FROM care_attempt'), 0, 'who has no device locks nobody out');

# The same wrong form again, with its key: it is counted each time.
forget();
try($device, 'nurse', 'z' x 20, 'idempotency-key' => 'the-same-key-again') for 1 .. 3;
is(scalar db('SELECT MAX(failures) FROM care_attempt'), 3, 'a repeated key does not hide a try');

# Many at once are all counted.
forget();
my @child = map { my $pid = fork // die; if (!$pid) { try(client(device => 'nurse'), 'nurse', 'z' x 20); require POSIX; POSIX::_exit(0) } $pid } 1 .. 6;
waitpid $_, 0 for @child;
cmp_ok(scalar db('SELECT MAX(failures) FROM care_attempt'), '>=', 3, 'tries at the same time are counted');
travel(-60);    # however long those took
is(try($device, 'nurse', $nurse->{password})->status, 429, '  and one has to wait after them');

done_testing;
