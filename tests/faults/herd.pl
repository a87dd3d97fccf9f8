#!/usr/bin/perl
# A thundering herd: what the programs keep for all (in Redis, and of themselves)
# goes away again and again under many readers at once. Nothing of it is filled
# by a request, so MariaDB is asked no more than before and nobody waits.
use strict;
use warnings;
use utf8;
use IO::Socket::UNIX;
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Test;

my @programs = qw(timeline patient identity);
my $seconds = heavy(6, 30);

# One connection: a new process each time would wait behind the readers.
my $redis = IO::Socket::UNIX->new(Peer => demo('REDIS_SOCKET')) or die "Redis: $!\n";
sub redis { syswrite $redis, "$_[0]\r\n"; return scalar readline $redis }

# Readers for some seconds while `during` is done again and again: statements a
# page, and the times of all pages, in order.
sub readers {
    my ($during) = @_;
    my $load = load(workers => heavy(40, 200), who => [qw(nurse doctor helper pharmacist)], write => 0, pause => 0, timeout => 60);
    sleep 1;
    my ($at, $before, $times) = (time, status('QUESTIONS'), 0);
    while (time < $at + $seconds) {
        $during->();
        $times++;
        sleep 0.02;
    }
    my $statements = status('QUESTIONS') - $before;
    my $until = time;
    my @told = grep { $_->{at} >= $at && $_->{at} <= $until } $load->stop;
    is(scalar(grep { $_->{status} != 200 } @told), 0, scalar(@told) . ' pages, each whole');
    return { pages => scalar @told, a_page => $statements / (@told || 1), times => $times, took => [sort { $a <=> $b } map { $_->{took} } @told] };
}
sub status { return (db('SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = ?', $_[0]))[0] }
sub p99 { my ($x) = @_; return $x->{took}[ $#{ $x->{took} } * 0.99 ] }

my $calm = readers(sub { return });
my $herd = readers(sub { redis('FLUSHALL') });
cmp_ok($herd->{times}, '>', 20, "emptied $herd->{times} times");
cmp_ok($calm->{a_page}, '>', 0.5, sprintf 'a page takes %.2f statements', $calm->{a_page});
cmp_ok($herd->{a_page}, '<', $calm->{a_page} * 1.2 + 0.1, sprintf '  and %.2f when all that is kept goes away: no fill', $herd->{a_page});
cmp_ok(p99($herd), '<', 2 * p99($calm) + 0.2, sprintf 'p99 %.0f ms instead of %.0f ms', 1000 * p99($herd), 1000 * p99($calm));

# The rate of a search is counted in Redis: many at once after its key is gone are
# one count, not one each.
my $nurse = person('nurse');
redis('FLUSHALL');
my $from = time;
my @pid = map {
    my $pid = fork // die;
    if (!$pid) {
        my $mine = client(device => 'nurse');
        $mine->{cookie} = { %{ $nurse->{cookie} } };
        my $ok = 0;
        for (1 .. 10) { $ok++ if $mine->post('/patients/search', { q => 'あ' })->status == 200 }
        require POSIX;
        POSIX::_exit($ok);
    }
    $pid
} 1 .. 8;
my $let = 0;
for (@pid) { waitpid $_, 0; $let += $? >> 8 }
is($let, time - $from < 55 ? 60 : $let, "eighty searches at once after the count was lost: $let let in, as many as a minute has");
redis('FLUSHALL');
ok(healthy(5, @programs), 'well again');
note_numbers('%d readers, Redis emptied %d times: %.2f statements a page instead of %.2f, p99 %.0f ms instead of %.0f ms',
    heavy(40, 200), $herd->{times}, $herd->{a_page}, $calm->{a_page}, 1000 * p99($herd), 1000 * p99($calm));
done_testing;
