#!/usr/bin/perl
# A program is killed or told to end while people work: what was acknowledged
# stays, the rest is tried again, and hardly anybody notices.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Test;

my @bad = (500, 502, 504, 599);     # what no client may ever be told

sub failed { my ($from, $to, @told) = @_; return grep { $_->{at} >= $from && $_->{began} <= $to && $_->{status} >= 400 } @told }

# Signals the timeline again and again under load; returns the instants.
sub signals {
    my ($signal, $times) = @_;
    my @at;
    for (1 .. $times) {
        # One that ends within a second of its start three times in a row is
        # started more slowly, on purpose.
        sleep 1.25;
        wait_for(sub { pid_of('tomozuna-timeline') }, 5);
        push @at, time;
        kill_program('tomozuna-timeline', $signal);
    }
    sleep 1.5;
    return @at;
}

sub clean {
    my ($load, $what) = @_;
    my ($log, $row) = @$load{qw(access audit)};
    my $sum = check_ledger($load, $what);
    check_audit($log, $row, $what);
    my @told = @{ $sum->{told} };
    my %said;
    $said{ $_->{status} }++ for grep { my $s = $_->{status}; grep { $s == $_ } @bad } @told;
    is_deeply(\%said, {}, "$what: failures are 503 only");
    is(scalar(grep { $_->{status} == 503 && !$_->{retry_after} } @told), 0, "$what: each says when to come back");
    return @told;
}

my $access = access_from();
subtest 'SIGKILL under load' => sub {
    my $load = load(workers => 4, access => $access);
    my @at = signals('KILL', heavy(3, 40));
    my @told = clean($load, 'SIGKILL');
    my @took = sort { $a <=> $b } map { back_within($_, @told) } @at;
    my $failed = grep { $_->{status} >= 400 } @told;
    soon($took[-1], heavy(2, 2), sprintf 'served again %.0f ms after the kill at most', $took[-1] * 1000);
    soon($took[ $#took / 2 ], 1, sprintf '  usually after %.0f ms', $took[ $#took / 2 ] * 1000);
    cmp_ok($failed, '<=', 4 * @at, "$failed of " . @told . ' requests failed: no more than were in flight');
    note_numbers('%d kills, %d requests, %d failed, back after %.0f ms (median), %.0f ms (worst)', scalar @at,
        scalar @told, $failed, $took[ $#took / 2 ] * 1000, $took[-1] * 1000);
};

$access = access_from();
subtest 'SIGTERM under load' => sub {
    my $load = load(workers => 4, access => $access);
    my @at = signals('TERM', heavy(3, 40));
    my @told = clean($load, 'SIGTERM');
    is(scalar(grep { $_->{status} >= 400 } @told), 0, 'not one of ' . @told . ' requests failed');
    my ($slowest) = sort { $b <=> $a } map { $_->{took} } @told;
    soon($slowest, 3, sprintf 'the longest wait was %.0f ms', $slowest * 1000);
    note_numbers('%d stops, %d requests, 0 failed, longest wait %.0f ms', scalar @at, scalar @told, $slowest * 1000);
};

# A signal in the midst of a write must not end a page early.
subtest 'a storm of signals' => sub {
    my $doctor = person('doctor');
    my $patient = patient_of($doctor);
    my $pid = pid_of('tomozuna-timeline');
    my $storm = fork // die;
    if (!$storm) {
        my $end = time + heavy(2, 20);
        while (time < $end) { kill $_ => $pid for qw(ALRM USR1 USR2 HUP PIPE WINCH CHLD URG); sleep 0.002 }
        require POSIX;
        POSIX::_exit(0);
    }
    my ($pages, $cut, $bad) = (0, 0, 0);
    while (waitpid($storm, 1) == 0) {
        my $page = $doctor->page("/timeline/$patient");
        $pages++;
        $bad++ if $page->status != 200;
        $cut++ if $page->text !~ m{</html>\s*\z};
    }
    cmp_ok($pages, '>', 20, "$pages pages were asked for");
    is($bad, 0, 'each was answered');
    is($cut, 0, 'none was cut off');
    is(pid_of('tomozuna-timeline'), $pid, 'the program lived through it');
    note_numbers('%d pages under 8 signals every 2 ms: 0 cut off', $pages);
};

ok(healthy(10), 'everything is well again');
done_testing;
