# The hello program on a unix socket, and a small FastCGI client: enough to say
# what a web server says, and what it never would.
package Hello;
use strict;
use warnings;
use Fcntl;
use File::Temp qw(tempdir);
use IO::Select;
use IO::Socket::UNIX;
use POSIX qw(:sys_wait_h);
use Time::HiRes qw(sleep time);

$SIG{PIPE} = 'IGNORE';
$ENV{TOMOZUNA_STRICT} = 1;	# a key that a page misses is a failure

use constant { T_BEGIN => 1, T_END => 3, T_PARAMS => 4, T_STDIN => 5,
	T_STDOUT => 6, T_GET_VALUES => 9 };

sub program {
	my @at = map { "$_/tests/hello/tomozuna-hello" }
	    grep { defined } $ENV{TOMOZUNA_BUILD}, '.', '..';
	return $ENV{TOMOZUNA_HELLO} // (grep { -x } @at)[0];
}

# Settings, sockets and journal in a folder of their own. `settings` adds lines.
sub start {
	my ($class, %o) = @_;
	my $dir = $o{dir} // tempdir(CLEANUP => 1);
	my $self = bless { dir => $dir, socket => "$dir/hello.sock" }, $class;

	mkdir "$dir/journal";
	$self->file('key', '07' x 32 . "\n");
	$self->file('hello.conf', <<"END" . ($o{settings} // ''));
run_dir = $dir
journal_dir = $dir/journal
key_file = $dir/key
db_socket = $dir/db.sock
origin = https://care.example
open_origin = https://family.example
threads = 4
db_user = hello
body_max_bytes = 4096
END
	$self->run;
	return $self;
}

sub file {
	my ($self, $name, $text) = @_;
	open my $f, '>', "$self->{dir}/$name" or die $!;
	print $f $text;
	close $f or die $!;
	chmod 0600, "$self->{dir}/$name";
}

# The listener outlives the program, as a supervisor's would.
sub run {
	my ($self) = @_;
	$self->{listener} //= IO::Socket::UNIX->new(Local => $self->{socket},
	    Listen => 4096) or die $!;
	my $pid = fork // die $!;
	if ($pid == 0) {
		open STDIN, '<&', $self->{listener} or die $!;
		open STDERR, '>>', "$self->{dir}/log" or die $!;
		open STDOUT, '>&', \*STDERR or die $!;
		exec(program(), '--config', "$self->{dir}/hello.conf")
		    or POSIX::_exit(127);
	}
	$self->{pid} = $pid;
}

# The exit status, within so many seconds; -1 when it goes on.
sub wait_exit {
	my ($self, $s) = @_;
	my $until = time + $s;
	while (time < $until) {
		if (waitpid($self->{pid}, WNOHANG) == $self->{pid}) {
			$self->{pid} = 0;
			return $?;
		}
		sleep 0.02;
	}
	return -1;
}

sub stop {
	my ($self) = @_;
	kill 'TERM', $self->{pid};
	return $self->wait_exit(10);
}

sub DESTROY {
	my ($self) = @_;
	local ($?, $!);
	$self->mariadb_kill;
	return if !$self->{pid};
	kill 'KILL', $self->{pid};
	waitpid $self->{pid}, 0;
}

sub log_text {
	my ($self) = @_;
	open my $f, '<', "$self->{dir}/log" or return '';
	local $/;
	return <$f>;
}

# ---- MariaDB ----

my $server = '/usr/sbin/mariadbd';

sub has_mariadb { return -x $server && -x '/usr/bin/mariadb-install-db' }

# A server of its own, and in it what the program stands on.
sub mariadb {
	my ($self, $root) = @_;
	my @user = $> == 0 ? '--user=root' : ();
	system("mariadb-install-db --no-defaults --datadir=$self->{dir}/data --tmpdir=$self->{dir} " .
	    "--auth-root-authentication-method=normal --skip-test-db @user " .
	    ">$self->{dir}/install.log 2>&1") == 0 or die 'install-db';
	$self->mariadb_run;
	$self->sql('CREATE DATABASE tomozuna CHARACTER SET utf8mb4');
	$self->sql($_) for map { slurp($_) } "$root/db/lib/0001-lib.sql",
	    "$root/tests/hello/0001-visit.sql";
	# Locked until it has all its rights: the program is knocking already,
	# and a right that is missing is drift.
	$self->sql("CREATE USER hello\@localhost ACCOUNT LOCK");
	for (map { slurp($_) } "$root/db/lib/grants.sql",
	    "$root/tests/hello/grants.sql") {
		s/\@account\@/hello\@localhost/g;
		$self->sql($_);
	}
	$self->sql("ALTER USER hello\@localhost ACCOUNT UNLOCK");
}

sub mariadb_run {
	my ($self) = @_;
	my @user = $> == 0 ? '--user=root' : ();
	my $pid = fork // die $!;
	if ($pid == 0) {
		open STDERR, '>>', "$self->{dir}/db.log";
		open STDOUT, '>&', \*STDERR;
		exec($server, '--no-defaults', "--datadir=$self->{dir}/data",
		    "--tmpdir=$self->{dir}",
		    "--socket=$self->{dir}/db.sock", '--skip-networking',
		    '--innodb-buffer-pool-size=32M', @user)
		    or POSIX::_exit(127);
	}
	$self->{db_pid} = $pid;
	for (1 .. 200) {
		return if $self->sql('SELECT 1', 1) eq '1';
		sleep 0.1;
	}
	die 'MariaDB does not start';
}

sub mariadb_kill {
	my ($self) = @_;
	return if !$self->{db_pid};
	kill 'KILL', $self->{db_pid};
	waitpid $self->{db_pid}, 0;
	$self->{db_pid} = 0;
}

sub slurp { open my $f, '<', $_[0] or die "$_[0]: $!"; local $/; return <$f> }

# Runs statements as the administrator; what they print.
sub sql {
	my ($self, $text, $quiet) = @_;
	my $db = $text =~ /^CREATE DATABASE/ || $quiet ? '' : 'tomozuna';
	$self->file('statement.sql', $text);
	my $out = `mariadb --no-defaults --socket=$self->{dir}/db.sock -uroot --batch --skip-column-names $db <$self->{dir}/statement.sql 2>&1`;
	die "$text: $out" if $? && !$quiet;
	chomp $out;
	return $out;
}

# ---- FastCGI ----

sub record {
	my ($type, $content) = @_;
	return pack('CCnnCC', 1, $type, 1, length $content, 0, 0) . $content;
}

sub begin { return record(T_BEGIN, pack('nCx5', 1, $_[0] // 0)) }

sub pair {
	my ($name, $value) = @_;
	return join('', map { length() < 128 ? chr length :
	    pack('N', length() | 0x80000000) } $name, $value) . $name . $value;
}

my $serial = 0;

sub params {
	my (%p) = @_;
	my @extra = @{ delete $p{extra} // [] };
	my %all = (REQUEST_METHOD => 'GET', DOCUMENT_URI => '/hello',
	    QUERY_STRING => '', CONTENT_TYPE => '', CONTENT_LENGTH => '',
	    REMOTE_ADDR => '192.0.2.1', TOMOZUNA_DOOR => 'open',
	    TOMOZUNA_REQUEST_ID => sprintf('%032x', ++$serial),
	    TOMOZUNA_CERTIFICATE => '', TOMOZUNA_VERIFY => 'NONE', %p);
	my @pairs = map { defined $all{$_} ? pair($_, $all{$_}) : () }
	    sort keys %all;
	return record(T_PARAMS, join '', @pairs, map { pair(@$_) } @extra) .
	    record(T_PARAMS, '');
}

sub body { return ($_[0] eq '' ? '' : record(T_STDIN, $_[0])) . record(T_STDIN, '') }

sub connect {
	my ($self) = @_;
	return IO::Socket::UNIX->new(Peer => $self->{socket}) // die $!;
}

# All that comes until the other side closes, or for so many seconds.
sub drain {
	my ($c, $s) = @_;
	my ($all, $until) = ('', time + ($s // 10));
	my $select = IO::Select->new($c);
	while ($select->can_read($until - time)) {
		last if !sysread $c, $all, 65536, length $all;
	}
	return $all;
}

# Reads from many at once, as a web server does: each is closed at its end.
# The answers' statuses, each with how often it came.
sub gather {
	my ($s, @c) = @_;
	my ($select, $until) = (IO::Select->new(@c), time + $s);
	my (%got, %count);
	while ($select->count && time < $until) {
		for my $c ($select->can_read($until - time)) {
			my $n = sysread $c, $got{$c}, 65536,
			    length($got{$c} // '');
			my $a = answer($got{$c} // '');
			next if $n && !$a->{ends};
			$count{$a->{status}}++;
			$select->remove($c);
			close $c;
		}
	}
	return \%count;
}

# Status, headers and body of the answers in a stream of records.
sub answer {
	my ($bytes) = @_;
	my ($out, $ends) = ('', 0);
	while (length $bytes >= 8) {
		my (undef, $type, undef, $n, $pad) = unpack 'CCnnC', $bytes;
		$out .= substr $bytes, 8, $n if $type == T_STDOUT;
		$ends++ if $type == T_END;
		$bytes = substr $bytes, 8 + $n + $pad;
	}
	my ($head, $body) = split /\r\n\r\n/, $out, 2;
	my %h = map { /^([^:]+): (.*)$/ ? (lc $1, $2) : () }
	    split /\r\n/, $head // '';
	return { status => 0 + ($h{status} // 0), head => \%h,
	    body => $body // '', ends => $ends, raw => $out };
}

sub send_raw {
	my ($self, $bytes, $s) = @_;
	my $c = $self->connect;
	syswrite $c, $bytes;
	return answer(drain($c, $s));
}

sub get {
	my ($self, $path, %p) = @_;
	my ($uri, $query) = split /\?/, $path, 2;
	return $self->send_raw(begin() . params(DOCUMENT_URI => $uri,
	    QUERY_STRING => $query // '', %p) . body(''));
}

sub post {
	my ($self, $path, $body, %p) = @_;
	return $self->send_raw(begin() . params(DOCUMENT_URI => $path,
	    REQUEST_METHOD => 'POST', CONTENT_LENGTH => length $body,
	    CONTENT_TYPE => 'application/x-www-form-urlencoded',
	    HTTP_ORIGIN => 'https://family.example', %p) . body($body));
}

# Waits until it answers at all.
sub ready {
	my ($self) = @_;
	for (1 .. 50) {
		return 1 if $self->send_raw(begin() . params(
		    DOCUMENT_URI => '/none') . body(''), 1)->{status} == 404;
		return 0 if $self->wait_exit(0.05) != -1;
	}
	return 0;
}

1;
