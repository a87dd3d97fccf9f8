#!/usr/bin/perl
# The supervisor: a killed program comes back, nobody who waits on its socket is
# lost, TERM ends both, and no child outlives it.
use strict;
use warnings;
use File::Temp ();
use FindBin;
use IO::Socket::UNIX;
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Test qw(wait_for soon slurp spew);

my $dir = File::Temp->newdir('superXXXXX', TMPDIR => 1);
my $supervise = "$FindBin::Bin/../../deploy/supervise";
my ($sock, $pidfile, $log) = ("$dir/s", "$dir/pid", "$dir/log");

# Answers each connection on descriptor 0 with its number and ends on TERM.
spew("$dir/program", <<'PERL');
use strict; use IO::Socket::UNIX;
$SIG{TERM} = sub { sleep 1 if -e "$ARGV[0]/slow"; exit 0 };
exit 1 if -e "$ARGV[0]/bad";
my $listener = IO::Socket::UNIX->new_from_fd(0, 'r+') or die "no descriptor 0: $!\n";
while (1) { my $peer = $listener->accept or next; my $line = <$peer>; print {$peer} "$$\n" }
PERL

sub start {
    my $pid = fork // die;
    return $pid if $pid;
    open STDIN, '<', '/dev/null';
    exec 'spawn-fcgi', '-n', '-s', $sock, '-M', '0660', '-b', '4096', '--',
        $supervise, 'test', $pidfile, $log, '--', $^X, "$dir/program", "$dir";
}

sub ask {
    my $peer = IO::Socket::UNIX->new(Peer => $sock) or return '';
    local $SIG{PIPE} = 'IGNORE';
    print {$peer} "who\n";
    $peer->flush;
    local $SIG{ALRM} = sub { close $peer };
    my $line = <$peer> // '';
    chomp $line;
    return $line;
}

sub number { return -s $pidfile ? slurp($pidfile) + 0 : 0 }
sub gone { my ($pid) = @_; return !-e "/proc/$pid" || slurp("/proc/$pid/stat") =~ /\) Z / }

my $supervisor = start();
END { kill TERM => $supervisor if $supervisor }
ok(wait_for(sub { number() }, 5), 'the program serves');
my $first = ask();
is($first, number(), 'the pid file has its number');

# What a dying program has accepted is lost; it may do that until it is gone.
kill KILL => $first;
wait_for(sub { gone($first) }, 5);
my $began = time;
my $second = ask();
soon(time - $began, 1, 'one who connects while it is away waits for the next');
isnt($second, $first, '  and is served by another');
ok(wait_for(sub { number() == $second }, 5), '  whose number the pid file has');    # it may answer a moment before

# Twenty who wait in the queue while it dies.
kill STOP => $second;
wait_for(sub { slurp("/proc/$second/stat") =~ /\) T / }, 5);
my @waiting = map { my $peer = IO::Socket::UNIX->new(Peer => $sock); print {$peer} "who\n"; $peer->flush; $peer } 1 .. 20;
kill KILL => $second;
my %served;
$served{ readline($_) // 'lost' }++ for @waiting;
is_deeply([values %served], [20], 'all twenty who waited are served by the next')
    or diag explain \%served;

spew("$dir/bad", '');
kill KILL => wait_for(sub { number() }, 5);    # 0 would be the test itself
sleep 3;
my $ends = () = slurp($log) =~ /ended with status 1/g;
cmp_ok($ends, '>=', 2, 'one that cannot start is tried again');
cmp_ok($ends, '<=', 8, '  less and less often');
unlink "$dir/bad";
ok(wait_for(sub { number() && ask() }, 10), '  for ever');

spew("$dir/slow", '');
my $last = number();
kill TERM => $supervisor;
sleep 0.3;
ok(!gone($last), 'TERM: the program may finish');
waitpid $supervisor, 0;
is($?, 0, '  and the supervisor waits for it');
ok(gone($last), '  nothing is left');
ok(!-e $pidfile, '  no pid file either');
unlink "$dir/slow";

$supervisor = start();
ok(wait_for(sub { number() && ask() }, 5), 'started again on the same path');
$last = number();
kill KILL => $supervisor;
waitpid $supervisor, 0;
undef $supervisor;
ok(wait_for(sub { gone($last) }, 5), 'a killed supervisor takes its program along');
done_testing;
