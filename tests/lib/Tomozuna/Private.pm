package Tomozuna::Private;

# A world of its own for one test of a gateway: a MariaDB on a unix socket in a
# folder that goes with the test, migrated, with one network, one office, some
# users, and a patient whose name must appear nowhere. Everything on loopback;
# what was started is stopped by its pid.

use strict;
use warnings;
use utf8;
use Cwd 'realpath';
use Encode ();
use File::Basename 'dirname';
use File::Temp 'tempdir';
use IO::Socket::UNIX;
use Exporter 'import';

our ($ROOT, $CANARY);
BEGIN {
    $ROOT = realpath(dirname(__FILE__) . '/../../..');
    $CANARY = '金糸雀沢';
    require "$ROOT/tests/standin/Testbed.pm";
    Testbed->import(qw(free_port start stop wait_for answers slurp spew));
}
our @EXPORT_OK = qw(free_port start stop wait_for answers slurp spew $CANARY $ROOT);

# So that what was started ends with the test.
$SIG{$_} = sub { exit 1 } for qw(INT TERM);

# The built program, or undef.
sub program {
    my ($name) = @_;
    my ($found) = grep { -x } map { "$_/gateways/$name/tomozuna-$name" }
        grep { defined } $ENV{TOMOZUNA_BUILD}, "$ROOT/build", $ROOT;
    return $found;
}

# The folders of db/ that it needs.
sub new {
    my ($class, @folders) = @_;
    my $dir = tempdir('tomozuna-XXXXXX', TMPDIR => 1, CLEANUP => 1);
    my $self = bless { dir => $dir, socket => "$dir/mariadb.sock", listener => {}, setting => {}, pid => {} }, $class;
    mkdir "$dir/$_" for qw(db conf run);
    chmod 0777, $dir;                         # MariaDB runs as another user when we are root
    $self->start_mariadb;
    my $out = `'$ROOT/db/migrate' --socket $self->{socket} --credentials $dir/conf @folders 2>&1`;
    die "migrate: $out" if $?;
    spew("$dir/conf/key", '5a' x 32 . "\n");
    $self->settle;
    return $self;
}

sub start_mariadb {
    my ($self) = @_;
    my $dir = $self->{dir};
    my @as = $> == 0 ? ('--user=mysql') : ();
    if (!-d "$dir/db/mysql") {
        chown((getpwnam 'mysql')[2, 3], "$dir/db") if $> == 0;
        system("mariadb-install-db --no-defaults @as --datadir=$dir/db --tmpdir=$dir/db --auth-root-authentication-method=normal"
            . " --skip-test-db >$dir/install.log 2>&1") == 0 or die slurp("$dir/install.log");
    }
    $self->{mariadb} = start("$dir/mariadb.err", 'mariadbd', '--no-defaults', @as, "--datadir=$dir/db", "--tmpdir=$dir/db",
        "--socket=$self->{socket}", '--skip-networking', '--innodb-buffer-pool-size=32M',
        '--character-set-server=utf8mb4');
    wait_for(20, sub { system("mariadb --no-defaults -S $self->{socket} -uroot -e 'DO 0' >/dev/null 2>&1") == 0 })
        or die 'no MariaDB: ' . slurp("$dir/mariadb.err");
    return;
}

# Statements as root; the rows, tab-separated, as a list of lines.
sub sql {
    my ($self, $text) = @_;
    spew("$self->{dir}/conf/statement.sql", Encode::encode('UTF-8', $text));
    my $out = `mariadb --no-defaults -S $self->{socket} -uroot --default-character-set=utf8mb4 -BN tomozuna <$self->{dir}/conf/statement.sql 2>&1`;
    die $out if $?;
    return split /\n/, Encode::decode('UTF-8', $out);
}

sub value { my ($self, $text) = @_; return ($self->sql($text))[0] }

# Users 1 doctor, 2 nurse (on duty), 3 helper, 4 manager of the office.
sub settle {
    my ($self) = @_;
    $self->sql(qq{
        INSERT INTO care_network (id, ref, code, nickname, colour, sender, phone)
        VALUES (1, RANDOM_BYTES(16), '999997', 'つながり帳', '#336699', 'あさひ町つながり帳', '0000-00-0000');
        INSERT INTO care_office (id, ref, network_id, kind, name)
        VALUES (1, RANDOM_BYTES(16), 1, 'visiting_nurse', 'みどり訪問看護');
        INSERT INTO care_user (id, ref, network_id, login, family, given, kana_family, kana_given, mail, mobile)
        VALUES (1, RANDOM_BYTES(16), 1, 'doctor', '試', '一', 'シ', 'イチ', 'doctor\@tomozuna.example', '+819000000001'),
               (2, RANDOM_BYTES(16), 1, 'nurse', '試', '二', 'シ', 'ニ', 'nurse\@tomozuna.example', '+819000000002'),
               (3, RANDOM_BYTES(16), 1, 'helper', '試', '三', 'シ', 'サン', 'helper\@tomozuna.example', '+819000000003'),
               (4, RANDOM_BYTES(16), 1, 'manager', '試', '四', 'シ', 'シ', 'manager\@tomozuna.example', NULL);
        INSERT INTO care_staff (user_id, office_id, profession, office_manager, on_duty)
        VALUES (1, 1, '301', 0, 0), (2, 1, '302', 0, 1), (3, 1, '303', 0, 0), (4, 1, '304', 1, 0);
        INSERT INTO care_patient (id, ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date)
        VALUES (1, RANDOM_BYTES(16), 1, '$CANARY', '$CANARY', 'カナリ', 'カナリ', 'カナリカナリ', 'female', '1940-01-01');
    });
    return;
}

# Queues one notice, with columns by name; returns its ref.
sub notice {
    my ($self, %set) = @_;
    my $ref = join '', map { sprintf '%02x', rand 256 } 1 .. 16;
    %set = (channel => 'sms', kind => 'urgent_entry', priority => 0, user_id => 2, %set);
    my @name = sort keys %set;
    $self->sql("INSERT INTO care_notice (ref, network_id, cause, request, due_at, created_at, " . join(', ', @name)
        . ") VALUES (UNHEX('$ref'), 1, RANDOM_BYTES(16), RANDOM_BYTES(16), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), "
        . join(', ', map { "'$set{$_}'" } @name) . ')');
    return $ref;
}

sub state_of {
    my ($self, $ref) = @_;
    return $self->value("SELECT state FROM care_notice WHERE ref = UNHEX('$ref')");
}

# True once the notice is in one of the states, as in "sent|delivered".
sub becomes {
    my ($self, $ref, $states, $seconds) = @_;
    return wait_for($seconds // 10, sub { $self->state_of($ref) =~ /\A(?:$states)\z/ });
}

# Whether all that was queued has met its end, within some seconds.
sub quiet {
    my ($self, $seconds) = @_;
    return wait_for($seconds, sub { !$self->value("SELECT COUNT(*) FROM care_notice WHERE state IN ('queued', 'sending')") });
}

# Starts a gateway on RUN/NAME.sock; {setting}{NAME} and the arguments are its
# settings. Returns its pid.
sub gateway {
    my ($self, $name, %setting) = @_;
    my $dir = $self->{dir};
    my %all = (run_dir => "$dir/run", journal_dir => $dir, key_file => "$dir/conf/key", db_socket => $self->{socket},
        db_user => "tomozuna_$name", db_password_file => "$dir/conf/$name-db-password", notices_dir => "$ROOT/conf/notices",
        origin => 'https://care.example', open_origin => 'https://family.example', %{ $self->{setting}{$name} // {} }, %setting);
    spew("$dir/conf/$name.conf", join q(), map { "$_ = $all{$_}\n" } grep { defined $all{$_} } sort keys %all);
    my $socket = $self->{listener}{$name} //= IO::Socket::UNIX->new(Local => "$dir/run/$name.sock", Listen => 64);
    chmod 0666, "$dir/run/$name.sock";
    return $self->{pid}{$name} = start("$dir/$name.log", sub {
        open STDIN, '<&', $socket or die $!;
        exec program($name), '--config', "$dir/conf/$name.conf" or die $!;
    });
}

# Its exit status, when no other signal than TERM is wanted.
sub stop_gateway {
    my ($self, $name, $signal) = @_;
    my $pid = delete $self->{pid}{$name} // return;
    kill $signal => $pid if $signal;
    return stop($pid);
}

# The states of notices: "delivered 3, unknown 1".
sub summary {
    my ($self, $where) = @_;
    $where //= 1;
    return join ', ', map { tr/\t/ /r }
        $self->sql("SELECT state, COUNT(*) FROM care_notice WHERE $where GROUP BY state ORDER BY CONCAT(state)");
}

# Files in which the patient's name stands: what left, and what was logged.
sub canary_seen {
    my ($self) = @_;
    my $bytes = Encode::encode('UTF-8', $CANARY);
    return grep { -f && index(slurp($_), $bytes) >= 0 } glob("$self->{dir}/* $self->{dir}/mailbox/*.txt");
}

1;
