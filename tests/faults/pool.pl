#!/usr/bin/perl
# A thousand at once while MariaDB hangs: the queue is bounded, people are sent away
# with 503, health answers, and nothing of it is left.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Test;

my @programs = qw(identity patient timeline);
{ my $warm = load(workers => 24, write => 0); sleep 2; $warm->stop }
my $before = usage(@programs);
my $load = load(workers => heavy(40, 1000), write => 0, timeout => 60, pause => 0.2);
sleep 3;
my $pid = pid_of('mariadbd');
kill STOP => $pid;
my $from = time;
my @health;
for (1 .. heavy(4, 60)) {
    sleep 0.5;
    my $at = time;
    push @health, [health('timeline')->status, time - $at];
}
kill CONT => $pid;
my $to = time;
sleep 4;
my @told = $load->stop;
my @refused = grep { $_->{status} >= 400 } @told;
is(scalar(grep { $_->{status} != 503 } @refused), 0, 'refusals are 503: ' . @refused);
is(scalar(grep { !$_->{retry_after} } @refused), 0, '  each with Retry-After');
my @wait = sort { $a <=> $b } map { $_->{took} } @told;
cmp_ok($wait[-1], '<', 12, sprintf 'the longest wait was %.1f s', $wait[-1]);
cmp_ok($wait[ $#wait * 0.9 ], '<', 4, sprintf '  nine in ten waited less than %.1f s', $wait[ $#wait * 0.9 ]);
my ($slowest) = sort { $b <=> $a } map { $_->[1] } @health;
cmp_ok($slowest, '<', 8, sprintf 'health answered after %.1f s at most', $slowest);
cmp_ok(back_within($to, @told), '<', 2, 'served again at once');
ok(healthy(5, @programs), 'well again');
check_usage($before, 'afterwards');
note_numbers('%d clients, MariaDB hung %.0f s: %d requests, %d refused (503), longest wait %.1f s, health at worst %.1f s',
    heavy(40, 1000), $to - $from, scalar @told, scalar @refused, $wait[-1], $slowest);
done_testing;
