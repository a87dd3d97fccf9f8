#!/usr/bin/perl
# MariaDB hangs, is stopped, is killed: 503 with a time to come back, no pile-up,
# and all goes on by itself. A COMMIT of unknown outcome is settled by its key.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Test;

my @programs = qw(identity patient timeline);

sub refusals {
    my ($what, @told) = @_;
    my @refused = grep { $_->{status} >= 400 } @told;
    my %status;
    $status{ $_->{status} }++ for @refused;
    is_deeply([grep { $_ != 503 } keys %status], [], "$what: " . @refused . ' refusals, all of them 503')
        or diag explain \%status;
    is(scalar(grep { !$_->{retry_after} } @refused), 0, "$what: each with Retry-After");
    return @refused;
}

# Not a thread more than before, and nobody waits longer than one time-out.
sub stop_for {
    my ($seconds) = @_;
    my $what = "hung for $seconds s";
    my $access = access_from();
    my $load = load(workers => 20);
    my $pid = pid_of('mariadbd');
    kill STOP => $pid;
    my $from = time;
    sleep $seconds - 1;
    my $health = health('timeline');
    is($health->status, 503, "$what: health says so");
    sleep 0.3;
    my $page = client(device => 'nurse')->page("/timeline/$load->{patient}");
    is($page->status, 503, "$what: a page, too");
    like($page->text, qr/<html/, '  in words for people');
    ok($page->header('retry-after'), '  and with Retry-After');
    sleep 0.5;
    kill CONT => $pid;
    my $to = time;
    sleep 2.5;
    my $sum = check_ledger($load, $what);
    check_audit($access, $load->{audit}, $what);
    my @told = @{ $sum->{told} };
    my @refused = refusals($what, @told);
    cmp_ok(scalar @refused, '>', 0, "$what: there were refusals") if $seconds >= 4;
    my ($slowest) = sort { $b <=> $a } map { $_->{took} } @told;
    soon($slowest, 6, sprintf '%s: the longest wait for an answer was %.1f s', $what, $slowest);
    my $back = back_within($to, @told);
    soon($back, 2, sprintf '%s: served again after %.0f ms', $what, $back * 1000);
    note_numbers('hung %d s: %d requests, %d refused (503), longest wait %.1f s, back after %.0f ms',
        $seconds, scalar @told, scalar @refused, $slowest, $back * 1000);
    return;
}

# Ends the server by a signal, starts it again, with people at work all the time.
sub restart_by {
    my ($signal) = @_;
    my $what = "SIG$signal";
    my $access = access_from();
    my $load = load(workers => 4);
    sleep 0.3 + rand 0.4;
    my $pid = pid_of('mariadbd');
    kill $signal => $pid;
    ok(wait_for(sub { !pid_of('mariadbd') }, 30), "$what: the server is gone");
    sleep 0.5;
    ok(revive('mariadb_up'), "$what: and started again");
    my $to = time;
    sleep 1.5;
    my $sum = check_ledger($load, $what);
    check_audit($access, $load->{audit}, $what);
    my $after = load(workers => 12, write => 0);
    sleep 0.7;
    my @after = $after->stop;
    is(scalar(grep { $_->{status} >= 400 } @after), 0, "$what: and nothing is left of it: " . @after . ' pages, none refused');
    my @refused = refusals($what, @{ $sum->{told} });
    soon(back_within($to, @{ $sum->{told} }), 2, "$what: served again at once");
    my $unsettled = grep { ($_->{said} // '') =~ /unsettled/ } @refused;
    note_numbers('%s: %d acknowledged, %d refused (503), %d told "unsettled", 0 lost, 0 twice', $what, $sum->{acked},
        scalar @refused, $unsettled);
    return;
}

# By then every thread of theirs has had its connections.
subtest 'hangs' => sub { stop_for(heavy(5, 10)) };
my $before = usage(@programs);
subtest 'hangs for long' => sub { stop_for($ENV{TOMOZUNA_DB_HANGS} // 60) } if heavy(0, 1);
subtest 'SIGTERM' => sub { restart_by('TERM') };
for my $round (1 .. $ENV{TOMOZUNA_DB_KILLS} // heavy(1, 10)) {
    subtest "SIGKILL, round $round" => sub { restart_by('KILL') };
}
ok(healthy(10, @programs), 'everything is well again');
check_usage($before, 'afterwards');
done_testing;
