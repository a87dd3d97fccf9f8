#!/usr/bin/perl
# What a program does when it gets no descriptors, no disk, and peers that say
# nothing: 503 at worst, and it recovers without a restart.
use strict;
use warnings;
use utf8;
use File::Temp ();
use FindBin;
use lib "$FindBin::RealBin/../lib";
use Hello;
use IO::Socket::UNIX;
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Test;

my $nurse = person('nurse');
my $patient = patient_of($nurse);
my $pid = pid_of('tomozuna-timeline');
my $timeline = demo('RUN') . '/timeline.sock';

# ---- descriptors ----

# Only a process's own user may do this to it.
sub nofile {
    my ($soft) = @_;
    my ($hard) = slurp("/proc/$pid/limits") =~ /^Max open files\s+\d+\s+(\d+)/m;
    my $user = getpwuid((stat "/proc/$pid")[4]);
    return system(($> == 0 ? ('runuser', '-u', $user, '--') : ()), 'prlimit', '--pid', $pid, "--nofile=$soft:$hard") == 0;
}

subtest 'no descriptor is left' => sub {
    my ($limit) = slurp("/proc/$pid/limits") =~ /^Max open files\s+(\d+)/m;
    # Just above the one that it keeps for this.
    my ($kept) = sort { $b <=> $a } grep { $_ > 2 && readlink("/proc/$pid/fd/$_") eq '/dev/null' } map { m{/(\d+)\z} } glob "/proc/$pid/fd/*";
    ok($kept && nofile($kept + 1), 'not a descriptor more than ' . ($kept + 1));
    my $load = load(workers => 12, timeout => 15);
    sleep 2;
    my @meanwhile = $load->told;
    ok(nofile($limit), 'lifted');
    my $at = time;
    sleep 1.5;
    my $sum = check_ledger($load, 'descriptors');
    my @told = @{ $sum->{told} };
    my @refused = grep { $_->{status} >= 400 } @told;
    is(scalar(grep { $_->{status} != 503 } @refused), 0, 'refusals are 503: ' . @refused);
    cmp_ok(scalar @refused, '>', 0, '  there were some');
    soon(back_within($at, @told), 2, 'served again by itself');
    is(pid_of('tomozuna-timeline'), $pid, 'by the same process');
    my ($slowest) = sort { $b <=> $a } map { $_->{took} } @told;
    soon($slowest, 3, sprintf 'nobody waited longer than %.1f s', $slowest);
    note_numbers('no descriptor for 2 s: %d requests, %d refused (503), longest wait %.1f s', scalar @told,
        scalar @refused, $slowest);
};

# ---- peers on the program's own socket: nobody but nginx may connect to it ----

subtest 'silent and slow peers' => sub {
    my @silent = map { IO::Socket::UNIX->new(Peer => $timeline) } 1 .. 8;
    my @half = map { IO::Socket::UNIX->new(Peer => $timeline) } 1 .. 6;
    syswrite $_, substr(Hello::begin() . Hello::params(), 0, 40) for @half;
    sleep 0.3;
    my $from = time;
    is($nurse->get("/timeline/$patient")->status, 200, 'fourteen who say nothing: others are served');
    soon(time - $from, 1, sprintf '  after %.0f ms', (time - $from) * 1000);
    return if !heavy(0, 1);
    push @silent, map { IO::Socket::UNIX->new(Peer => $timeline) } 1 .. 40;
    $from = time;
    is($nurse->get("/timeline/$patient")->status, 200, 'fifty-four: served in the end');
    my $took = time - $from;
    soon($took, 25, sprintf '  after %.1f s', $took);
    note_numbers('54 silent peers on the socket itself: served after %.1f s', $took);
};

# ---- slow clients at the door ----

subtest 'slow clients' => sub {
    my @slow = slow_clients(heavy(40, 400), 'member1', "POST /timeline/$patient HTTP/1.1\r\nHost: localhost\r\n"
        . "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nbody=");
    push @slow, slow_clients(heavy(20, 200), 'member2', "GET /timeline/$patient HTTP/1.1\r\nHost: loc");
    cmp_ok(scalar @slow, '>', heavy(40, 400), @slow . ' connections that never finish their request');
    my @took;
    for (1 .. heavy(15, 100)) {
        my $from = time;
        is($nurse->get("/timeline/$patient")->status, 200, 'served') or last;
        push @took, time - $from;
        for my $s (@slow[0 .. 4]) { print {$s} 'x' }
    }
    my $worst = (sort { $a <=> $b } @took)[-1];
    soon($worst, 1, sprintf 'the longest wait was %.0f ms', $worst * 1000);
    note_numbers('%d slow clients: the others waited %.0f ms at most', scalar @slow, $worst * 1000);
};

# ---- the journal's disk: a program of our own on a small disk ----

sub start_own {
    my ($dir) = @_;
    my $conf = slurp(demo('CONF') . '/timeline.conf');
    $conf =~ s{^include \S+}{include @{[demo('CONF')]}/tomozuna.conf}m;
    $conf =~ s/^journal_dir = .*/journal_dir = $dir\/journal/m;
    spew("$dir/timeline.conf", $conf);
    chmod 0755, $dir;
    mkdir "$dir/journal";
    my $listener = IO::Socket::UNIX->new(Local => "$dir/sock", Listen => 64) or die "$dir/sock: $!\n";
    my $program = fork // die;
    return $program if $program;
    open STDIN, '<&', $listener or die;
    open STDERR, '>>', "$dir/log" or die;
    $ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
    exec 'unshare', '-m', 'sh', '-c', "mount -t tmpfs -o size=20m,mode=0700 tmpfs $dir/journal && echo ready >$dir/ready"
        . " && exec \$0 --config $dir/timeline.conf", demo('BIN') . '/tomozuna-timeline';
}

SKIP: {
    skip 'only root may mount a small disk', 1 if $> != 0;
    subtest 'the disk of the journal is full' => sub {
        my $dir = File::Temp->newdir('fullXXXXX', TMPDIR => 1);
        my $program = start_own("$dir");
        my $inside = sub { return system("nsenter -t $program -m sh -c '$_[0]' 2>/dev/null") == 0 };
        my $certificate = slurp(demo('PEOPLE') . '/nurse.crt') =~ s/([^A-Za-z0-9])/sprintf '%%%02X', ord $1/ger;
        my $cookie = join '; ', map { "$_=$nurse->{cookie}{$_}" } keys %{ $nurse->{cookie} };
        my $own = bless { socket => "$dir/sock", pid => 0 }, 'Hello';
        my $ask = sub { return $own->get("/timeline/$patient", TOMOZUNA_DOOR => 'professional', TOMOZUNA_VERIFY => 'SUCCESS',
            TOMOZUNA_CERTIFICATE => $certificate, HTTP_COOKIE => $cookie, HTTP_ACCEPT => 'application/json') };
        my $said = sub { my ($want, $s) = @_; return wait_for(sub { ($ask->()->{status} // 0) == $want }, $s) };
        wait_for(sub { -e "$dir/ready" }, 5);
        sleep 0.5;
        ok($said->(200, 10), 'it serves') or diag slurp("$dir/log");
        # The journal's files have their room beforehand: take that away, too.
        ok($inside->("fallocate -p -o 8192 -l 30m $dir/journal/*.journal && rm -f $dir/journal/*.spare"), 'the journal loses its room');
        # A spare that was made meanwhile would be room, too.
        ok($inside->("for i in 1 2 3 4 5 6 7 8 9; do rm -f $dir/journal/*.spare; cat /dev/zero >>$dir/journal/fill;"
            . " [ -e $dir/journal/*.spare ] || break; done; ! echo full >>$dir/journal/fill"), 'its disk is full');
        ok($said->(503, 30), 'nothing is shown that cannot be audited') or diag slurp("$dir/log");
        my @next = map { $ask->() } 1 .. 20;
        is(join(',', map { $_->{status} } @next), join(',', (503) x 20), '  nor at the next requests');
        my $refused = $next[0];
        ok($refused->{head}{'retry-after'}, '  it says when to come back');
        ok($refused->{body} !~ /entries/, '  and shows nothing');
        ok($inside->("rm $dir/journal/fill"), 'room again');
        ok($said->(200, 5), 'it serves again, by itself') or diag slurp("$dir/log");
        is(waitpid($program, 1), 0, '  the same process');
        kill TERM => $program;
        waitpid $program, 0;
        is($?, 0, 'ends as asked');
    };
}
is($nurse->get("/timeline/$patient")->status, 200, 'everything is well again');
done_testing;
