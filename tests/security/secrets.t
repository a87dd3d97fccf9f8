#!/usr/bin/perl
# Passwords and PINs under an idempotency key that somebody else knows: he planted
# it in the form of a shared PC. Each wrong one counts all the same, and no answer
# tells right from wrong but the handler's own.
use strict;
use warnings;
use utf8;
use Digest::SHA qw(sha256_hex);
use Test::More;
use Tomozuna::Test;

my $key = sprintf 'planted-%08x%08x', rand 2**32, rand 2**32;
db('DELETE FROM care_attempt');
my $nurse = person('nurse', signed_in => 0);
my %in = (login => 'nurse', idempotency_key => $key);
is($nurse->post_form('/sign-in', { %in, password => $nurse->{password} })->status, 303, 'the nurse signs in');

my $thief = person('nurse', signed_in => 0);
my @status = map { $thief->post_form('/sign-in', { %in, password => "wrong-$_" })->status } 1 .. 4;
is("@status", '400 400 400 429', 'wrong passwords are wrong, and then too many');
my $late = $thief->post_form('/sign-in', { %in, password => $nurse->{password} });
is($late->status, 429, 'the right one has to wait like them');
db('DELETE FROM care_attempt');

is($nurse->unlock->status, 303, 'the nurse unlocks');
is($nurse->post_form('/unlock', { pin => $nurse->{pin}, idempotency_key => $key })->status, 303, '  and once more, under a key');
my $wrong = $nurse->{pin} eq '000000' ? '111111' : '000000';
@status = map { $nurse->post_form('/unlock', { pin => $wrong, idempotency_key => $key })->status } 1 .. 6;
is("@status", '400 400 400 400 400 401', 'the fifth wrong PIN, and the session has ended');
is($nurse->post_form('/unlock', { pin => $nurse->{pin}, idempotency_key => $key })->status, 401, '  for the right one, too');
ok(db('SELECT ended_at IS NOT NULL FROM care_session WHERE token = ?',
    unhex(sha256_hex($nurse->{cookie}{'__Host-tomozuna'}))), '  in the database');
done_testing;
