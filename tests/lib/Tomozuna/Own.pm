package Tomozuna::Own;

# One more of a program of the demo, beside the demo's own: on a socket and with a
# journal of its own, with the same database, under other circumstances.
#
#   my $own = Tomozuna::Own->start('timeline', under => [qw(strace -f -o x -e ...)], env => { TZ => 'Asia/Tokyo' });
#   $own->ready(20);                                  # it answers
#   $own->get($nurse, "/timeline/$patient");          # { status, head, body }; status 0: no answer
#   $own->post($nurse, "/timeline/$patient", { body => 'x' }, $key);
#   $own->end('TERM');                                # its exit status, as of waitpid
#
# The socket and the journal outlive the program: start it again by $own->run(...).
# A gateway is started just so; it has no socket to be asked at.

use strict;
use warnings;
use utf8;
use Encode ();
use File::Temp ();
use FindBin;
use IO::Socket::UNIX;
use POSIX ();
use Time::HiRes qw(sleep time);
use lib "$FindBin::RealBin/../lib";
use Hello;
use Tomozuna::Test;

sub start {
    my ($class, $name, %o) = @_;
    my $dir = File::Temp->newdir('ownXXXXX', TMPDIR => 1);
    my $self = bless { name => $name, dir => $dir, socket => "$dir/sock", serial => 0, pid => 0, owner => $$ }, $class;
    my $conf = slurp(demo('CONF') . "/$name.conf");
    $conf =~ s{^include (?!/)}{include @{[demo('CONF')]}/}mg;
    $conf =~ s/^journal_dir = .*/journal_dir = $dir\/journal/m;
    spew("$dir/$name.conf", $conf);
    mkdir "$dir/journal", 0700;
    chmod 0755, "$dir";
    $self->{listener} = IO::Socket::UNIX->new(Local => $self->{socket}, Listen => 64) or die "$self->{socket}: $!\n";
    $self->run(%o);
    return $self;
}

# `under`: a command that runs it; `env`: variables for it.
sub run {
    my ($self, %o) = @_;
    delete $self->{status};
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        open STDIN, '<&', $self->{listener} or POSIX::_exit(126);
        open STDERR, '>>', "$self->{dir}/log" or POSIX::_exit(126);
        open STDOUT, '>&', \*STDERR or POSIX::_exit(126);
        %ENV = (%ENV, CREDENTIALS_DIRECTORY => demo('CREDENTIALS'), %{ $o{env} // {} });
        exec @{ $o{under} // [] }, demo('BIN') . "/tomozuna-$self->{name}", '--config', "$self->{dir}/$self->{name}.conf"
            or POSIX::_exit(127);
    }
    $self->{pid} = $pid;
    return;
}

# Its own process, also below what it runs under.
sub program_pid {
    my ($self) = @_;
    my ($child) = slurp("/proc/$self->{pid}/task/$self->{pid}/children") =~ /(\d+)/;
    return slurp("/proc/$self->{pid}/comm") =~ /\Atomozuna/ || !$child ? $self->{pid} : $child;
}

sub alive {
    my ($self) = @_;
    return 0 if !$self->{pid};
    return 1 if waitpid($self->{pid}, POSIX::WNOHANG()) == 0;
    @$self{qw(pid status)} = (0, $?);
    return 0;
}

# Sends a signal if it goes on, and waits; its status as of waitpid, or undef when it
# goes on for half a minute.
sub end {
    my ($self, $signal) = @_;
    kill $signal, $self->program_pid if $signal && $self->alive;
    return wait_for(sub { !$self->alive }, 30) ? $self->{status} : undef;
}

sub head_of {
    my ($self, $person) = @_;
    my $certificate = slurp(demo('PEOPLE') . "/$person->{device}.crt") =~ s/([^A-Za-z0-9])/sprintf '%%%02X', ord $1/ger;
    $self->{request} = sprintf '%08x%08x%016x', rand 2**32, time, ++$self->{serial};
    return (TOMOZUNA_DOOR => 'professional', TOMOZUNA_VERIFY => 'SUCCESS', TOMOZUNA_CERTIFICATE => $certificate,
        TOMOZUNA_REQUEST_ID => $self->{request}, HTTP_ACCEPT => 'application/json', HTTP_ORIGIN => demo('URL'),
        HTTP_COOKIE => join '; ', map { "$_=$person->{cookie}{$_}" } keys %{ $person->{cookie} });
}

# `request` is the number of the last, as the audit has it.
sub request { return $_[0]{request} }

sub talk {
    my ($self, $method, $path, $body, %p) = @_;
    return { status => 0 } if !$self->alive;
    my $socket = IO::Socket::UNIX->new(Peer => $self->{socket}) or return { status => 0 };
    local $SIG{PIPE} = 'IGNORE';
    syswrite $socket, Hello::begin() . Hello::params(REQUEST_METHOD => $method, DOCUMENT_URI => $path, %p) . Hello::body($body);
    return Hello::answer(Hello::drain($socket, 20));
}

sub get { my ($self, $person, $path) = @_; return $self->talk('GET', $path, '', $self->head_of($person)) }

sub post {
    my ($self, $person, $path, $form, $key) = @_;
    my $body = join '&', map { my ($n, $v) = ($_, Encode::encode('UTF-8', $form->{$_})); s/([^A-Za-z0-9])/sprintf '%%%02X', ord $1/ge for $n, $v; "$n=$v" } sort keys %$form;
    return $self->talk('POST', $path, $body, $self->head_of($person), CONTENT_LENGTH => length $body,
        CONTENT_TYPE => 'application/x-www-form-urlencoded', $key ? (HTTP_IDEMPOTENCY_KEY => $key) : ());
}

# Waits until it answers at all; 0 when it has ended, or does not.
sub ready {
    my ($self, $seconds) = @_;
    my $until = time + $seconds;
    while (time < $until) {
        return 0 if !$self->alive;
        local $SIG{PIPE} = 'IGNORE';
        my $socket = IO::Socket::UNIX->new(Peer => $self->{socket}) or return 0;
        syswrite $socket, Hello::begin() . Hello::params(DOCUMENT_URI => '/none') . Hello::body('');
        my $answer = Hello::answer(Hello::drain($socket, 1));
        return 1 if $answer->{status};
        sleep 0.1;
    }
    return 0;
}

sub DESTROY {
    my ($self) = @_;
    return if !$self->{pid} || $self->{owner} != $$;
    local ($?, $!);
    kill KILL => grep { $_ } eval { $self->program_pid }, $self->{pid};
    waitpid $self->{pid}, 0;
    return;
}

1;
