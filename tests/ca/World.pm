package World;

# An installation of its own for one test, in a folder that goes with it: a
# MariaDB on a unix socket, migrated; the authorities; settings for tomozuna and
# tomozuna-ca; an nginx that asks for certificates. What was started is stopped
# by its number.

use strict;
use warnings;
use Cwd 'realpath';
use File::Basename 'dirname';
use File::Temp 'tempdir';
use IO::Socket::INET;

our $ROOT = realpath(dirname(__FILE__) . '/../..');
require "$ROOT/tests/standin/Testbed.pm";
Testbed->import('wait_for');

# A built program, or undef: modules are looked for where make runs.
sub program {
    my ($path) = @_;
    my ($found) = grep { -x } map { "$_/$path" } grep { defined } $ENV{TOMOZUNA_BUILD}, '.', "$ROOT/build", $ROOT;
    return defined $found ? realpath($found) : undef;
}

sub new {
    my ($class) = @_;
    my $dir = tempdir('tomozuna-XXXXXX', TMPDIR => 1, CLEANUP => 1);
    my $self = bless { dir => $dir, pids => {}, owner => $$ }, $class;
    mkdir "$dir/$_" for qw(conf people run);
    $self->start_mariadb;
    $self->run("$ROOT/db/migrate", '--socket', "$dir/db.sock", '--credentials', "$dir/conf");
    $self->spew('conf/key', '5a' x 32 . "\n");
    $self->{port} = free_port();
    $self->settings;
    return $self;
}

sub free_port {
    my $s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 1) or die "no port: $!";
    return $s->sockport;
}

sub spew {
    my ($self, $name, $text) = @_;
    open my $out, '>', "$self->{dir}/$name" or die "$name: $!";
    print {$out} $text;
    close $out or die "$name: $!";
    chmod 0600, "$self->{dir}/$name";
    return;
}

sub slurp {
    my ($self, $name) = @_;
    open my $in, '<', "$self->{dir}/$name" or return '';
    local $/;
    return scalar <$in>;
}

# Runs to the end: output and errors together; dies unless it succeeds.
sub run {
    my ($self, @command) = @_;
    my ($status, $out) = $self->try(@command);
    die "@command: $out" if $status;
    return $out;
}

# The same, with the exit status in front.
sub try {
    my ($self, @command) = @_;
    my $pid = open my $out, '-|';
    die "fork: $!" if !defined $pid;
    if (!$pid) {
        open STDERR, '>&', \*STDOUT;
        open STDIN, '<', $self->{stdin} // '/dev/null';
        exec @command or exit 127;
    }
    local $/;
    my $text = <$out>;
    close $out;
    return ($? >> 8, $text);
}

# ---- processes ----

sub start {
    my ($self, $name, @command) = @_;
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        open STDIN, '<', '/dev/null';
        open STDOUT, '>>', "$self->{dir}/$name.log";
        open STDERR, '>&', \*STDOUT;
        exec @command or exit 127;
    }
    return $self->{pids}{$name} = $pid;
}

sub stop {
    my ($self, $name) = @_;
    my $pid = delete $self->{pids}{$name} or return;
    kill TERM => $pid;
    waitpid $pid, 0;
    return $?;
}

sub DESTROY {
    my ($self) = @_;
    return if $$ != $self->{owner};
    local $?;
    $self->stop($_) for sort { ($a eq 'mariadbd') <=> ($b eq 'mariadbd') } keys %{ $self->{pids} };
    return;
}

# ---- MariaDB ----

sub start_mariadb {
    my ($self) = @_;
    my $dir = $self->{dir};
    my @as = $> == 0 ? ('--user=root') : ();
    $self->{admin} = getpwuid $>;
    $ENV{TOMOZUNA_DB_ADMIN} = $self->{admin};
    $self->run('mariadb-install-db', '--no-defaults', @as, "--datadir=$dir/db", "--tmpdir=$dir", '--skip-test-db',
        '--auth-root-authentication-method=socket', "--auth-root-socket-user=$self->{admin}");
    $self->start('mariadbd', $> == 0 ? '/usr/sbin/mariadbd' : 'mariadbd', '--no-defaults', @as, "--datadir=$dir/db", "--tmpdir=$dir/db",
        "--socket=$dir/db.sock", '--skip-networking', '--local-infile=0', '--innodb-buffer-pool-size=32M');
    wait_for(30, sub { ($self->try('mariadb', '--no-defaults', '-S', "$dir/db.sock", '-e', 'DO 0'))[0] == 0 })
        or die 'no MariaDB: ' . $self->slurp('mariadbd.log');
    return;
}

# Rows of a statement, as tab-separated lines; the first one in scalar context.
sub sql {
    my ($self, $text) = @_;
    my @line = split /\n/, $self->run('mariadb', '--no-defaults', '-S', "$self->{dir}/db.sock", '-BN', 'tomozuna',
        '-e', $text);
    return wantarray ? @line : $line[0];
}

# ---- programs ----

sub settings {
    my ($self, %ca) = @_;
    my $dir = $self->{dir};
    my $common = "run_dir = $dir/run\njournal_dir = $dir/run\nkey_file = $dir/conf/key\ndb_socket = $dir/db.sock\n"
        . "origin = https://localhost:$self->{port}\nopen_origin = https://localhost:1\n";
    $self->spew('conf/admin.conf', $common . "db_user = tomozuna_admin\ndb_password_file = admin-db-password\n"
        . "folders = $dir\nnotices =\nhead_file = $dir/run/heads\ncertificates = $dir/ca/door.crt\n");
    my $nginx = "/usr/sbin/nginx -e $dir/nginx.err -p $dir/run/ -c $dir/conf/nginx.conf";
    my %all = (ca_key_file => "$dir/ca/people-ca.key", ca_certificate_file => "$dir/ca/people-ca.crt",
        crl_file => "$dir/ca/people.crl", crl_check_command => "$nginx -t", crl_reload_command => "$nginx -s reload",
        probe_url => "https://localhost:$self->{port}/", probe_door_ca => "$dir/ca/server-ca.crt", %ca);
    $self->spew('conf/ca.conf', $common . "db_user = tomozuna_ca\ndb_password_file = ca-db-password\n"
        . join '', map { "$_ = $all{$_}\n" } sort keys %all);
    return;
}

sub tomozuna {
    my ($self, @arguments) = @_;
    return $self->try(program('deploy/tomozuna/tomozuna'), '--config', "$self->{dir}/conf/admin.conf", @arguments);
}

# The same, and it has to succeed; its output without the line end.
sub admin {
    my ($self, @arguments) = @_;
    my ($status, $out) = $self->tomozuna(@arguments);
    die "tomozuna @arguments: $out" if $status;
    $out =~ s/\s+\z//;
    return $out;
}

sub make_authorities {
    my ($self) = @_;
    $self->run(program('gateways/ca/tomozuna-ca'), 'init', "$self->{dir}/ca", 'localhost', '127.0.0.1');
    return;
}

sub start_ca {
    my ($self) = @_;
    return $self->start('ca', program('gateways/ca/tomozuna-ca'), '--config', "$self->{dir}/conf/ca.conf");
}

sub start_nginx {
    my ($self) = @_;
    my $dir = $self->{dir};
    my $user = $> == 0 ? 'user root;' : '';
    $self->spew('conf/nginx.conf', <<"END");
$user
pid $dir/run/nginx.pid;
events {}
http {
	access_log off;
	client_body_temp_path $dir/run/body; proxy_temp_path $dir/run/proxy; fastcgi_temp_path $dir/run/fastcgi;
	uwsgi_temp_path $dir/run/uwsgi; scgi_temp_path $dir/run/scgi;
	ssl_session_cache off; ssl_session_tickets off;
	server {
		listen 127.0.0.1:$self->{port} ssl;
		ssl_certificate $dir/ca/door.crt; ssl_certificate_key $dir/ca/door.key;
		ssl_verify_client on; ssl_client_certificate $dir/ca/people-ca.crt; ssl_crl $dir/ca/people.crl;
		location / { return 200 "in"; }
	}
}
END
    $self->start('nginx', '/usr/sbin/nginx', '-e', "$dir/nginx.err", '-p', "$dir/run/", '-c', "$dir/conf/nginx.conf",
        '-g', 'daemon off;');
    return wait_for(10, sub { $self->door('door', 'ca') });
}

# The door's HTTP status for a pair of files, 0 when nobody answers.
sub door {
    my ($self, $name, $folder) = @_;
    my $pair = "$self->{dir}/" . ($folder // 'people') . "/$name";
    my ($status, $out) = $self->try('curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', '--cacert',
        "$self->{dir}/ca/server-ca.crt", '--cert', "$pair.crt", '--key', "$pair.key", "https://localhost:$self->{port}/");
    return $status ? 0 : 0 + $out;
}

1;
