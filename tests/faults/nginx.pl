#!/usr/bin/perl
# nginx reads its settings again every second, and its workers are killed: no
# wrong answer; what was on a killed worker's connections is tried again.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Test;

my $master = pid_of('nginx');
sub workers { return split ' ', slurp("/proc/$master/task/$master/children") }

sub campaign {
    my ($what, $each, $often, $may_fail) = @_;
    my $access = access_from();
    my $load = load(workers => 6);
    for (1 .. heavy(3, $often)) { sleep 1; $each->() }
    sleep 1;
    my $sum = check_ledger($load, $what);
    check_audit($access, $load->{audit}, $what);
    my @failed = grep { $_->{status} >= 400 } @{ $sum->{told} };
    my %status;
    $status{ $_->{status} }++ for @failed;
    cmp_ok(scalar @failed, '<=', $may_fail * heavy(3, $often), "$what: " . @failed . ' of ' . @{ $sum->{told} } . ' requests failed');
    is_deeply([grep { !/\A(?:503|599)\z/ } keys %status], [], "$what: cut off or 503, nothing else");
    note_numbers('%s: %d times, %d requests, %d cut off', $what, heavy(3, $often), scalar @{ $sum->{told} }, scalar @failed);
}

# A connection that is idle at the instant of the reload is closed: six at most.
campaign('reload', sub { kill HUP => $master }, 30, 6);
campaign('worker killed', sub { my @w = workers(); kill KILL => $w[rand @w] if @w }, 20, 6);
is(pid_of('nginx'), $master, 'the master lived through it');
done_testing;
