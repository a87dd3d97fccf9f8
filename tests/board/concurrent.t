#!/usr/bin/perl
# Five members propose for 46 applications, all at the same time: every proposal is there.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Board;
use Tomozuna::Test;

use constant APPLICATIONS => 46;

my @login = map { "member$_" } 1 .. 5;
my $sitting = new_sitting('prereview_open', 30, @login);
my @application = map { add_application($sitting, {}, 'care2', 600) } 1 .. APPLICATIONS;
my @level = qw(support1 care1 care2 care3 care4 care5);
sub wanted { my ($who, $n) = @_; return ($level[($who + $n) % @level], 3 + ($who * 3 + $n) % 10) }

# A process a member, each going through the list from another place.
my @child;
for my $who (0 .. $#login) {
    my $client = person($login[$who]);
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        my $bad = 0;
        for my $k (0 .. APPLICATIONS - 1) {
            my $n = ($k + $who * 9) % APPLICATIONS;
            my ($level, $months) = wanted($who, $n);
            my $path = "/board/applications/$application[$n]";
            $bad += $client->post("$path/read", {})->status != 204;
            $bad += $client->post("$path/proposal", { act => 'keep', level => $level })->status != 204 if $n % 8 == 0;
            $bad += $client->post("$path/proposal", { act => 'propose', level => $level, months => $months, comment => "委員$who 第$n" })->status != 204;
        }
        require POSIX;
        POSIX::_exit($bad ? 1 : 0);
    }
    push @child, $pid;
}
for my $i (0 .. $#child) {
    waitpid $child[$i], 0;
    is($?, 0, "$login[$i] was answered rightly each time");
}
my %wanted = map { my $who = $_; map { ("$login[$who] $application[$_]" => join ' ', wanted($who, $_), "委員$who 第$_", 1) } 0 .. APPLICATIONS - 1 } 0 .. $#login;
my %there = map { split /=/, $_, 2 } db('SELECT CONCAT(u.login, " ", LOWER(HEX(a.ref)), "=", CONCAT_WS(" ", p.level, p.months, p.comment, p.done))
    FROM board_proposal p JOIN board_application a ON a.id = p.application_id JOIN care_user u ON u.id = p.user_id WHERE p.sitting_id = ?', sitting_key($sitting));
is(scalar keys %there, @login * APPLICATIONS, @login * APPLICATIONS . ' proposals');
is_deeply(\%there, \%wanted, '  each as it was made');
is(scalar db('SELECT COUNT(*) FROM board_reading WHERE sitting_id = ?', sitting_key($sitting)), @login * APPLICATIONS, '  and each reading');
done_testing;
