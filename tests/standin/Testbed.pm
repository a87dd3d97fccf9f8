package Testbed;

# For the tests of this folder: free ports, processes that end with the test, waiting.

use strict;
use warnings;
use Exporter 'import';
use IO::Socket::INET;
use Time::HiRes qw(sleep time);

our @EXPORT_OK = qw(free_port start stop wait_for answers slurp spew);

my ($owner, %running) = ($$);

# Ports stay taken until all are known, so that no two are the same.
my @taken;

sub free_port {
    my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 1) or die "no free port: $!\n";
    push @taken, $socket;
    return $socket->sockport;
}

sub start {
    my ($errors, @command) = @_;
    @taken = ();
    my $pid = fork // die "fork: $!\n";
    return ($running{$pid} = $pid) if $pid;
    open STDOUT, '>>', $errors or die "$errors: $!\n";
    open STDERR, '>&', \*STDOUT or die "$errors: $!\n";
    $ENV{PATH} = ($ENV{PATH} // '/usr/bin') . ':/usr/sbin';
    return $command[0]->() if ref $command[0];
    exec @command or die "$command[0]: $!\n";
}

# Its exit status; a process that does not heed TERM within three seconds is killed.
sub stop {
    my ($pid) = @_;
    kill TERM => $pid;
    my $gone = wait_for(3, sub { waitpid($pid, 1) == $pid });
    my $status = $?;
    kill(KILL => $pid), waitpid $pid, 0 if !$gone;
    delete $running{$pid};
    return $gone ? $status : -1;
}

# What the code returned once it was true; nothing when the time is over, of
# which a busy machine gets five times as much.
sub wait_for {
    my ($seconds, $code) = @_;
    my $end = time + 5 * $seconds;
    while (1) {
        my $value = $code->();
        return $value if $value;
        return if time > $end;
        sleep 0.02;
    }
}

sub answers {
    my ($port) = @_;
    return wait_for(10, sub { IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port) });
}

sub slurp {
    my ($path) = @_;
    open my $file, '<:raw', $path or return '';
    local $/;
    return <$file> // '';
}

sub spew {
    my ($path, $octets) = @_;
    open my $file, '>:raw', "$path.new" or die "$path: $!\n";
    print {$file} $octets;
    close $file or die "$path: $!\n";
    rename "$path.new", $path or die "$path: $!\n";
    return;
}

END {
    local $?;
    stop($_) for $$ == $owner ? sort { $b <=> $a } keys %running : ();
}

1;
