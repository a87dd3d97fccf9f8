#!/usr/bin/perl
# slowhttptest against the open door: headers, bodies and readers that take their
# time hold no FastCGI thread.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Test;

plan skip_all => 'slowhttptest is not installed' if !grep { -x "$_/slowhttptest" } split /:/, $ENV{PATH};
my $nurse = person('nurse');
my $patient = patient_of($nurse);
my %way = (headers => ['-H'], body => ['-B', '-s', '8192'], reader => ['-X', '-w', '1', '-y', '32', '-n', '2', '-z', '8', '-k', '3']);
for my $way (sort keys %way) {
    my $pid = fork // die;
    if (!$pid) {
        open STDOUT, '>', '/dev/null';
        exec 'slowhttptest', @{ $way{$way} }, '-c', heavy(100, 500), '-r', 200, '-i', 5, '-l', heavy(5, 20), '-u', demo('OPEN_URL') . '/sign-in';
    }
    sleep 2;
    my (@took, $bad);
    my $end = time + heavy(3, 16);
    while (time < $end) {
        my $at = time;
        $bad++ if $nurse->get("/timeline/$patient")->status != 200;
        $bad++ if nobody_at('open')->get('/sign-in')->status != 200;
        push @took, time - $at;
        sleep 0.05;
    }
    waitpid $pid, 0;
    @took = sort { $a <=> $b } @took;
    ok(!$bad, "slow $way: others are served");
    cmp_ok($took[ $#took * 0.99 ], '<', 1, sprintf '  within %.0f ms (p99)', $took[ $#took * 0.99 ] * 1000);
    note_numbers('%d slow %s: others p50 %.0f ms, p99 %.0f ms', heavy(100, 500), $way, $took[ $#took / 2 ] * 1000, $took[ $#took * 0.99 ] * 1000);
}
done_testing;
