#!/usr/bin/perl
# A program on a host of its own: the doors' host and the program's are two addresses of
# the loopback here, and what leads from one to the other is what tomozuna-link makes.
# The program has no other way to MariaDB, nginx none to the program.
use strict;
use warnings;
use utf8;
use File::Copy 'copy';
use File::Temp ();
use FindBin;
use IO::Socket::INET;
use JSON::PP;
use POSIX ();
use Test::More;
use Tomozuna::Own;
use Tomozuna::Test;

my $stream = '/usr/lib/nginx/modules/ngx_stream_module.so';
plan skip_all => 'libnginx-mod-stream is not here' if !-e $stream;

my $link = "$FindBin::Bin/../../deploy/link";
my $dir = File::Temp->newdir('linkXXXXX', TMPDIR => 1);
chmod 0755, "$dir";
my (%pid, %port);
END { kill TERM => $_ for values %pid; waitpid $_, 0 for values %pid }

sub free_port {
    my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => $_[0], LocalPort => 0) or die "$_[0]: $!\n";
    return $s->sockport;
}

# tomozuna-link on one of the two hosts.
sub on {
    my ($host, @words) = @_;
    local @ENV{qw(TOMOZUNA_LINK_FOLDER TOMOZUNA_LINK_RUN TOMOZUNA_LINK_KEY)} = ("$dir/$host", "$dir/$host/run", "$dir/$host/own.key");
    my $said = qx('$link' @words 2>&1);
    return ($? >> 8, $said);
}

sub serve {
    my ($host) = @_;
    my ($status, $said) = on($host, 'settings');
    return diag($said) if $status;
    spew("$dir/$host/nginx.conf", ($> ? '' : "user root;\n") . $said);
    stop($host);
    $pid{$host} = fork // die;
    if (!$pid{$host}) {
        open STDERR, '>>', "$dir/$host/log";
        exec 'nginx', '-e', 'stderr', '-c', "$dir/$host/nginx.conf", '-g', 'daemon off;' or POSIX::_exit(127);
    }
    return wait_for(sub { -e "$dir/$host/run/nginx.pid" }, 20);
}

sub stop {
    my ($host) = @_;
    my $pid = delete $pid{$host} // return;
    kill TERM => $pid;
    waitpid $pid, 0;
    unlink glob "$dir/$host/run/*";
    return;
}

# ---- two hosts, each with the other's certificate ----

for my $host (qw(town crew stranger)) {
    mkdir "$dir/$host";
    mkdir "$dir/$host/run";
    my ($status, $said) = on($host, 'key', "$host.example");
    is($status, 0, "$host has a key") or diag $said;
    is((stat "$dir/$host/own.key")[2] & 07777, 0600, '  of its own');
}
is((on('town', 'key', 'town.example'))[0], 1, 'a key is not overwritten');
copy("$dir/crew/own.crt", "$dir/town/crew.example.crt");
copy("$dir/town/own.crt", "$dir/crew/town.example.crt");
copy("$dir/town/own.crt", "$dir/stranger/town.example.crt");

# The crews' host has the program, the town's has MariaDB and the doors.
my $own = Tomozuna::Own->start('emergency');
$own->end('TERM');
my $conf = slurp("$own->{dir}/emergency.conf");
spew("$own->{dir}/emergency.conf", "$conf\ndb_socket = $dir/crew/run/mariadb.sock\n");
my $program = $own->{socket};
%port = (db => free_port('127.0.0.2'), emergency => free_port('127.0.0.3'));
spew("$dir/town/links", "# MariaDB for the crews' host\ngive 127.0.0.2:$port{db} @{[demo('DB_SOCKET')]} crew.example\n"
    . "take $dir/town/run/emergency.sock 127.0.0.3:$port{emergency} crew.example\n");
spew("$dir/crew/links", "give 127.0.0.3:$port{emergency} $program town.example\n\ntake $dir/crew/run/mariadb.sock 127.0.0.2:$port{db} town.example\n");
ok(serve('town') && serve('crew'), 'links on both hosts') or BAIL_OUT(slurp("$dir/town/log") . slurp("$dir/crew/log"));

# ---- a crew's request, there and back ----

$own->run;
ok($own->ready(30), 'the program answers on its host') or diag slurp("$own->{dir}/log");
my $crew = person('crew');
$own->{socket} = "$dir/town/run/emergency.sock";
my $answer = $own->get($crew, '/emergency');
is($answer->{status}, 200, 'the town\'s nginx would find it, and it MariaDB') or diag explain $answer;
is($own->get(person('nurse'), '/emergency')->{status}, 403, '  who is no crew is known as such');

# What doctor says of the town's links: id and first words.
sub doctor {
    spew("$dir/admin.conf", 'include ' . demo('CONF') . "/admin.conf\nlink_folder = $dir/town\n");
    local $ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
    my $said = decode_json(qx(@{[demo('BIN')]}/tomozuna --config $dir/admin.conf doctor --json));
    return map { $_->{id} } grep { $_->{id} =~ /^link/ } @{ $said->{findings} };
}
is_deeply([sort { $a cmp $b } doctor()], [qw(link.certificate_fine link.certificate_fine link.fine)], 'doctor tries the link, and knows both certificates');
is(scalar db('SELECT @@skip_networking'), 1, '  which listens to no network');

# ---- who else comes there ----

my $greeting = qr/mysql_native_password|MariaDB/;
sub tls {
    my ($port, $address, @more) = @_;
    return scalar qx(sleep 2 | timeout 20 openssl s_client -connect $address:$port @more 2>&1);
}
like(tls($port{db}, '127.0.0.2', "-cert $dir/crew/own.crt -key $dir/crew/own.key -CAfile $dir/town/own.crt -tls1_3"), $greeting,
    'the crews\' host is let in to MariaDB');
unlike(tls($port{db}, '127.0.0.2', '-tls1_3'), $greeting, 'nobody without a certificate');
unlike(tls($port{db}, '127.0.0.2', "-cert $dir/stranger/own.crt -key $dir/stranger/own.key"), $greeting, '  nor with one of a stranger\'s');
unlike(tls($port{db}, '127.0.0.2', map { ("-cert $_/nurse.crt", "-key $_/nurse.key") } demo('PEOPLE')), $greeting, '  nor with a device\'s');
unlike(tls($port{db}, '127.0.0.2', "-cert $dir/crew/own.crt -key $dir/crew/own.key -tls1_2"), $greeting, '  nor with an older TLS');
my $plain = IO::Socket::INET->new(PeerAddr => '127.0.0.2', PeerPort => $port{db}, Timeout => 5);
my $got = '';
if ($plain) { local $SIG{ALRM} = sub { close $plain }; syswrite $plain, "x\n" x 20; alarm 5; sysread $plain, $got, 1000; alarm 0 }
unlike($got // '', $greeting, '  nor in the clear');

# ---- another host in its place ----

stop('crew');
is($own->get($crew, '/emergency')->{status} // 0, 0, 'the link is away: no answer');
ok((grep { $_ eq 'link.away' } doctor()), '  which doctor says');
mkdir "$dir/false";
mkdir "$dir/false/run";
copy("$dir/stranger/$_", "$dir/false/$_") for qw(own.key own.crt town.example.crt);
spew("$dir/false/links", "give 127.0.0.3:$port{emergency} $program town.example\n");
ok(serve('false'), 'a stranger listens there, and leads to the same program');
is($own->get($crew, '/emergency')->{status} // 0, 0, '  and is told nothing');
like(slurp("$dir/town/log"), qr/upstream SSL certificate verify error/, '  because of its certificate');
stop('false');
ok(serve('crew'), 'the right one is back');
ok(wait_for(sub { ($own->get($crew, '/emergency')->{status} // 0) == 200 }, 30), '  and answers');

# ---- what it refuses to be told ----

for my $line ('give 127.0.0.2:1 relative/path crew.example', 'give 127.0.0.2 /x crew.example', 'give 127.0.0.2:1 /x nobody.example',
    'give 127.0.0.2:1 /x;y crew.example', 'take /x {}:1 crew.example', 'lend 127.0.0.2:1 /x crew.example', 'give 127.0.0.2:1 /x crew.example more') {
    spew("$dir/town/links", "$line\n");
    my ($status, $said) = on('town', 'settings');
    is($status, 1, "refused: $line") or diag $said;
}

# ---- tomozuna-setup on the program's host ----

my $away = "$dir/away";
mkdir "$away$_" for '', qw(/conf /conf/credentials /libexec /share /share/templates);
spew("$away/setup", slurp("$FindBin::Bin/../../deploy/setup") =~ s/\@(CONF|LIBEXEC|SHARE)\@/"$away\/" . lc $1/ger =~ s/\@RUN\@/$away\/run/gr);
copy("$FindBin::Bin/../../conf/redis.conf.in", "$away/share/templates/redis.conf.in");
spew("$away/libexec/tomozuna-emergency", '');
chmod 0755, "$away/libexec/tomozuna-emergency";
spew("$away/conf/tomozuna.conf", "db_socket = $away/none\norigin = https://tomozuna.example\nopen_origin = https://open.tomozuna.example\n");
sub away { my $said = qx(sh '$away/setup' --no-start --away care.town.example open.town.example 2>&1); return ($? >> 8, $said) }
for my $secret (qw(key emergency-db-password)) {
    my ($status, $said) = away();
    is($status, 1, "without $secret it goes no further");
    like($said, qr{bring \S+/credentials/$secret from the host of the database}, '  and says what to bring');
    ok(!-e "$away/conf/credentials/$secret", '  makes none of its own');
    spew("$away/conf/credentials/$secret", "x\n");
}
my ($status, $said) = away();
is($status, 0, 'with both it is done') or diag $said;
unlike($said, qr/tomozuna-nginx|tomozuna-crl/, '  without doors');
like(slurp("$away/conf/credentials/redis.conf"), qr/[0-9a-f]{48}/, '  the cache has a secret of its own');
like(slurp("$away/conf/tomozuna.conf"), qr{^origin = https://care\.town\.example$}m, '  the doors are known');
is((stat "$away/conf/credentials/emergency-db-password")[2] & 077, 0, '  what was brought is root\'s alone');
done_testing;
