package Tomozuna::Faults;

# Load with a ledger, and the checker that looks afterwards whether what clients
# were told is so. For tests/recovery (short) and tests/faults (long).
#
#   my $load = load(workers => 4);          # nurses writing, doctors reading
#   ... break something ...
#   my $told = $load->stop;                 # the ledger, as a list of hashes
#   check_ledger($load);                    # A1, A2 as tests
#
# The ledger is one append-only file outside of the system: a line a try, written
# when the answer is there, in one write. What a client was told is what stands
# there, whatever the system says later.

use strict;
use warnings;
use utf8;
use Exporter 'import';
use Fcntl ();
use File::Temp ();
use IO::Socket::UNIX;
use JSON::PP ();
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Test;

our @EXPORT = qw(heavy load check_ledger check_audit audit_from usage check_usage revive health healthy
    metric back_within stopped access_from note_numbers patient_of slow_clients);

# ---- how much ----

# heavy(4, 10): the second in the long campaign, else the first.
sub heavy { my ($short, $long) = @_; return $ENV{TOMOZUNA_HEAVY} ? $long : $short }

# One line of numbers for the campaign's table.
sub note_numbers {
    my ($format, @values) = @_;
    my $text = sprintf $format, @values;
    note "NUMBERS $text";
    return;
}

# ---- load ----

# Each worker is a process of its own, with a connection of its own and a session
# shared per person. It writes an entry, under a key, until it is told that the
# entry is stored; every third time it reads instead. Options: workers, who
# (names), patient, pause (seconds between two), write (0: reading only),
# urgent, timeout.
sub load {
    my (%o) = @_;
    my $folder = File::Temp->newdir('ledgerXXXXX', TMPDIR => 1);
    my $self = bless { folder => $folder, ledger => "$folder/ledger", run => sprintf('f%08x', rand 2**32), pid => [],
        audit => audit_from(), %o }, __PACKAGE__;
    my @who = @{ $o{who} // [qw(nurse doctor)] };
    my %signed = map { $_ => person($_) } @who;
    die "sign-in: " . join(',', map { $_->{signed_in}->status } values %signed) . "\n"
        if grep { $_->{signed_in}->status != 303 } values %signed;
    $self->{patient} //= patient_of($signed{ $who[0] });
    for my $n (1 .. $o{workers} // 4) {
        my $pid = fork // die "fork: $!\n";
        if (!$pid) {
            my $ok = eval { $self->work($n, $who[$n % @who], $signed{ $who[$n % @who] }); 1 };
            warn $@ if !$ok;
            require POSIX;
            POSIX::_exit($ok ? 0 : 1);
        }
        push @{ $self->{pid} }, $pid;
    }
    sleep 0.3;
    return $self;
}

sub patient_of { my ($client) = @_; return $client->get('/patients')->json->{patients}[0]{id} }

# A connection of this process's own, with the session that the parent has.
sub own_connection {
    my ($self, $name, $signed) = @_;
    my $client = client(device => $name, timeout => $self->{timeout} // 20);
    $client->{cookie} = { %{ $signed->{cookie} } };
    return $client;
}

sub work {
    my ($self, $n, $name, $signed) = @_;
    my $client = $self->own_connection($name, $signed);
    my $count = 0;
    $SIG{PIPE} = 'IGNORE';
    while (!-e "$self->{folder}/stop") {
        $count++;
        if ($count % 3 == 0 || ($self->{write} // 1) == 0) { $self->read_page($client) }
        else { $self->write_entry($client, "$self->{run}-$n-$count") }
        sleep($self->{pause} // 0.01);
    }
    return;
}

sub read_page {
    my ($self, $client) = @_;
    my $began = time;
    my $answer = $client->get("/timeline/$self->{patient}");
    $self->tell(op => 'read', status => $answer->status, began => $began, answer => $answer);
    return;
}

# The same key again until it is settled or the load ends: as a browser does
# whose user presses the button once more.
sub write_entry {
    my ($self, $client, $key) = @_;
    while (1) {
        my $began = time;
        my $answer = $client->post("/timeline/$self->{patient}",
            { body => "障害試験 $key", $self->{urgent} ? (urgent => 1) : () }, 'idempotency-key' => $key);
        $self->tell(op => 'write', key => $key, status => $answer->status, began => $began,
            id => $answer->json->{id}, answer => $answer);
        return if $answer->status < 500 || -e "$self->{folder}/stop";
        sleep 0.15;
    }
}

sub tell {
    my ($self, %line) = @_;
    my $answer = delete $line{answer};
    $line{at} = time;
    $line{took} = $line{at} - $line{began};
    if ($line{status} >= 500) {
        $line{retry_after} = $answer->header('retry-after');
        $line{said} = substr $answer->body, 0, 200;
    }
    sysopen my $out, $self->{ledger}, Fcntl::O_WRONLY() | Fcntl::O_APPEND() | Fcntl::O_CREAT() or die "ledger: $!\n";
    syswrite $out, JSON::PP->new->canonical->utf8->encode(\%line) . "\n";
    return;
}

# Ends the load and returns the ledger. Workers finish what they are at.
sub stop {
    my ($self) = @_;
    return $self->told if !@{ $self->{pid} };
    spew("$self->{folder}/stop", '');
    waitpid $_, 0 for @{ $self->{pid} };
    $self->{pid} = [];
    return $self->told;
}

sub told {
    my ($self) = @_;
    return map { JSON::PP::decode_json($_) } split /\n/, -e $self->{ledger} ? slurp($self->{ledger}, 1) : '';
}

sub DESTROY {
    my ($self) = @_;
    return if !@{ $self->{pid} };
    spew("$self->{folder}/stop", '');
    waitpid $_, 0 for @{ $self->{pid} };
    return;
}

# ---- the checker ----

# A1: every write that was acknowledged is stored. A2: no key has two effects; a
# write that was refused for good has none. Returns a summary of the ledger.
sub check_ledger {
    my ($load, $what) = @_;
    $what //= 'ledger';
    my @told = $load->stop;
    my (%acked, %status, %refused);
    for my $t (@told) {
        $status{ $t->{status} }++;
        next if $t->{op} ne 'write';
        $acked{ $t->{key} }{ $t->{id} // '' } = 1 if $t->{status} == 201;
        $refused{ $t->{key} } = $t->{status} if $t->{status} >= 400 && $t->{status} < 500;
    }
    my (%stored, %ref);
    for my $row (db_rows("SELECT body, LOWER(HEX(ref)) AS ref FROM timeline_entry WHERE body LIKE ?", "障害試験 $load->{run}-%")) {
        my ($key) = $row->{body} =~ /(\S+)\z/;
        $stored{$key}++;
        $ref{$key} = $row->{ref};
    }
    my @lost = grep { !$stored{$_} } keys %acked;
    my @twice = grep { $stored{$_} > 1 } keys %stored;
    my @other = grep { keys %{ $acked{$_} } != 1 || !$acked{$_}{ $ref{$_} // '-' } } grep { $stored{$_} } keys %acked;
    my @refused = grep { $stored{$_} && !$acked{$_} } keys %refused;
    cmp_ok(scalar keys %acked, '>', 0, "$what: " . keys(%acked) . ' writes were acknowledged') if ($load->{write} // 1);
    is_deeply(\@lost, [], "$what: A1 each of them is stored");
    is_deeply(\@twice, [], "$what: A2 no key has two effects");
    is_deeply(\@other, [], "$what: A2 every try of a key was told the same id");
    is_deeply(\@refused, [], "$what: nothing that was refused is stored");
    return { told => \@told, acked => scalar keys %acked, status => \%status, stored => scalar keys %stored };
}

sub audit_from { return db('SELECT COALESCE(MAX(id), 0) FROM lib_audit') }

# The access log's length now; a line a request, written by nginx.
sub access_from { return -s demo('LOG') . '/nginx-access.log' }

# A4: each request that nginx saw answered by a program, in this slice of its
# log, has a row, and the chain of seals holds.
sub check_audit {
    my ($from, $since, $what) = @_;
    my %served;
    open my $in, '<', demo('LOG') . '/nginx-access.log' or die "access log: $!\n";
    seek $in, $from, 0;
    while (<$in>) {
        my (undef, $id, $door, undef, $method, $uri, undef, $status) = split;
        $served{ uc $id } = "$uri $status"
            if $door eq 'professional' && $uri =~ m{\A/(?:timeline|patients)/} && $status < 400;
    }
    my $have = sub { my %row = map { $_ => 1 } db("SELECT HEX(request) FROM lib_audit WHERE id > $since");
        return [grep { !$row{$_} } keys %served] };
    my $missing = $have->();
    wait_for(sub { $missing = $have->(); !@$missing }, 15) if @$missing;    # journals are shipped within 5 s
    is(scalar @$missing, 0, "$what: A4 each of " . keys(%served) . ' served requests has its audit row')
        or diag join "\n", map { "$_ $served{$_}" } @$missing[0 .. ($#$missing < 9 ? $#$missing : 9)];
    return;
}

# ---- A6: descriptors and memory ----

sub usage_of {
    my ($pid) = @_;
    opendir my $fds, "/proc/$pid/fd" or return;
    my $n = grep { !/\A\./ } readdir $fds;
    my ($rss) = slurp("/proc/$pid/status") =~ /^VmRSS:\s+(\d+)/m;
    my ($threads) = slurp("/proc/$pid/status") =~ /^Threads:\s+(\d+)/m;
    my $sanitized = slurp("/proc/$pid/maps") =~ /libasan/;
    return { pid => $pid, fd => $n, rss => $rss, threads => $threads, sanitized => $sanitized };
}

sub usage {
    my (@names) = @_;
    return { map { my $pid = pid_of("tomozuna-$_"); $_ => ($pid ? usage_of($pid) : undef) } @names };
}

# Only what lived through it can have leaked. Five in a hundred; descriptors up to
# three a thread (epoll, MariaDB, Redis), which each takes when it first needs them.
sub check_usage {
    my ($before, $what) = @_;
    for my $name (sort keys %$before) {
        my $was = $before->{$name} or next;
        my $is = usage_of($was->{pid}) or next;
        my $most = $was->{threads} * 3 + 12;
        $most = $was->{fd} * 1.05 if $was->{fd} * 1.05 > $most;
        cmp_ok($is->{fd}, '<=', $most, "$what: A6 $name: descriptors $was->{fd} -> $is->{fd}");
        # The address sanitizer keeps what was freed, to find its use.
        cmp_ok($is->{rss}, '<=', $was->{rss} * 1.05 + 2048, "$what: A6 $name: memory $was->{rss} -> $is->{rss} kB")
            if !$is->{sanitized};
        is($is->{threads}, $was->{threads}, "$what: $name: as many threads as before");
    }
    return;
}

# ---- servers and programs ----

# Starts what is dead, by the functions of deploy/demo (deploy/lib/*.sh), such as
# revive('mariadb_up'); without a name all of them, by deploy/demo itself.
sub revive {
    my (@step) = @_;
    my $log = demo('LOG') . '/revive.log';
    local $ENV{TOMOZUNA_BUILT} = 1;
    my $what = @step ? 'for part in "$ROOT"/deploy/lib/*.sh; do . "$part"; done; place_find; state_lock; '
        . join '; ', @step : '"$ROOT/deploy/demo"';
    return system('env', 'ROOT=' . root(), 'bash', '-c', "set -eu; exec >>'$log' 2>&1; $what") == 0;
}

sub root {
    require Cwd;
    return Cwd::realpath(__FILE__) =~ s{/tests/lib/Tomozuna/Faults\.pm\z}{}r;
}

sub health { my ($module) = @_; return client(door => 'loopback', timeout => 5)->get("/$module/health") }

sub healthy {
    my ($seconds, @modules) = @_;
    @modules = qw(identity patient timeline) if !@modules;
    return wait_for(sub { !grep { health($_)->status != 200 } @modules }, $seconds);
}

# A counter of a program, such as metric('timeline', 'db_again').
sub metric {
    my ($module, $name) = @_;
    my $text = client(door => 'loopback')->get("/$module/metrics")->text;
    return $text =~ /^tomozuna_${name}_total\{[^}]*\} (\S+)/m ? $1 : undef;
}

# Stops a process for as long as the object lives.
sub stopped { my ($pid) = @_; kill STOP => $pid; return bless { pid => $pid }, 'Tomozuna::Faults::Stopped' }

# Seconds from the last failure in the ledger after `from` to the first success.
sub back_within {
    my ($from, @told) = @_;
    my @ok = sort { $a <=> $b } map { $_->{at} } grep { $_->{began} >= $from && $_->{status} < 400 } @told;
    return @ok ? $ok[0] - $from : 9999;
}

# ---- clients that take their time ----

# Connections to a door that send a byte now and then; close them when done.
sub slow_clients {
    my ($n, $name, @parts) = @_;
    require IO::Socket::SSL;
    my @socket;
    for (1 .. $n) {
        my $s = IO::Socket::SSL->new(PeerAddr => '127.0.0.1', PeerPort => demo('PORT'), SSL_ca_file => demo('CA'),
            SSL_hostname => 'localhost', SSL_verifycn_name => 'localhost', SSL_cert_file => demo('PEOPLE') . "/$name.crt",
            SSL_key_file => demo('PEOPLE') . "/$name.key") or next;
        print {$s} @parts;
        push @socket, $s;
    }
    return @socket;
}

package Tomozuna::Faults::Stopped;
sub DESTROY { kill CONT => $_[0]{pid} }

1;
