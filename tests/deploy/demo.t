#!/usr/bin/perl
# What deploy/demo promises to scripts and to the machine that it runs on.
use strict;
use warnings;
use FindBin;
use Test::More;
use Tomozuna::Test;

my $demo = "$FindBin::Bin/../../deploy/demo";
my $state = demo('STATE');

my %said = qx($demo env) =~ /^export (TOMOZUNA_\w+)=(.*)$/mg;
ok(length $said{"TOMOZUNA_$_"}, "env has TOMOZUNA_$_")
    for qw(URL OPEN_URL CA PEOPLE BIN DB_SOCKET REDIS_SOCKET MAILBOX SMS_LOG RUN);
is($said{"TOMOZUNA_$_"}, demo($_), "  the same as ours: $_") for qw(URL RUN DB_SOCKET);
for my $name (qw(doctor nurse pharmacist caremanager helper officer disasterofficer clerk crew dispatcher
    secretary member1 member2 member3 member4 member5 manager operator privacy relative outsider lost carenurse hospitaldesk)) {
    is(scalar(grep { -s demo('PEOPLE') . "/$name.$_" } qw(crt key p12 password pin)), 5, "$name has all five files");
}
ok(length slurp(demo('PEOPLE') . '/nurse.password') >= 16, 'a password of 15 characters or more');
like(slurp(demo('PEOPLE') . '/nurse.pin'), qr/\A\d{6}\n\z/, 'a PIN of six digits');
is(system("openssl pkcs12 -in $said{TOMOZUNA_PEOPLE}/nurse.p12 -passin file:$said{TOMOZUNA_PEOPLE}/nurse.password -noout 2>/dev/null"), 0,
    'the p12 opens with the password');

my @secret = qx(find $state -perm /077 -type f \\( -name '*.key' -o -name '*-password' -o -name '*.p12' -o -name key \\));
is_deeply(\@secret, [], 'keys and passwords are their owner\'s alone');

ok(pid_of($_), "$_ runs") for qw(mariadbd redis-server bearerbox smsbox nginx smsc mailbox);

# Whatever our processes listen on is loopback.
my %ours = map { $_ => 1 } map { slurp($_) =~ /\A(\d+)/ } glob "$state/held/*[!m]";
my (@listener, @wide);
for my $line (qx(ss -Hltnp)) {
    my ($address) = (split ' ', $line)[3];
    next if !grep { $ours{$_} || $ours{ parent($_) } } $line =~ /pid=(\d+)/g;
    push @listener, $address;
    push @wide, $address if $address !~ /\A(?:127\.|\[::1\])/;
}
sub parent { my ($pid) = @_; return -e "/proc/$pid/status" && slurp("/proc/$pid/status") =~ /^PPid:\s*(\d+)/m ? $1 : 0 }
cmp_ok(scalar @listener, '>=', 7, 'our listeners: ' . @listener);
is_deeply(\@wide, [], 'none beyond loopback');

my %must = (
    character_set_server => 'utf8mb4', innodb_snapshot_isolation => 'ON', innodb_rollback_on_timeout => 'ON',
    sync_binlog => 1, log_bin => 'ON', innodb_flush_log_at_trx_commit => 1, local_infile => 'OFF',
    innodb_lock_wait_timeout => 1, idle_transaction_timeout => 30, max_password_errors => 10,
    skip_name_resolve => 'ON', general_log => 'OFF', slow_query_log => 'OFF', skip_networking => 'ON',
    innodb_print_all_deadlocks => 'OFF', time_zone => '+00:00', tx_isolation => 'REPEATABLE-READ',
    innodb_strict_mode => 'ON', binlog_format => 'ROW',
);
my %is = map { $_->{Variable_name} => $_->{Value} } db_rows('SHOW GLOBAL VARIABLES');
is($is{$_}, $must{$_}, "MariaDB: $_") for sort keys %must;
cmp_ok($is{max_statement_time}, '>', 0, 'MariaDB: max_statement_time');
like($is{sql_mode}, qr/STRICT_ALL_TABLES/, 'MariaDB: sql_mode');
like($is{secure_file_priv}, qr/\A\Q$state\E/, 'MariaDB: secure_file_priv');
is_deeply([db("SELECT CONCAT(User, '\@', Host) FROM mysql.global_priv WHERE User = '' OR Host <> 'localhost'")], [],
    'MariaDB: nobody without a name or from elsewhere');

sub redis { my $out = qx(redis-cli -s $said{TOMOZUNA_REDIS_SOCKET} @_ 2>&1); chomp $out; return $out }
is(redis('set test:a 1 ex 5'), 'OK', 'Redis: a program may write');
like(redis($_), qr/NOPERM|unknown command|not allowed/i, "Redis: not $_")
    for 'config get dir', 'eval "return 1" 0', 'debug sleep 0', 'module list', 'shutdown nosave', 'save', 'replicaof no one', 'acl list';

# A second run starts nothing and stops nothing.
my %before = map { $_ => pid_of($_) } qw(mariadbd redis-server bearerbox nginx);
is(system("$demo >/dev/null 2>&1"), 0, 'a second run is content');
is_deeply({ map { $_ => pid_of($_) } keys %before }, \%before, '  and restarts nothing');
kill_program('redis-server');
wait_for(sub { !pid_of('redis-server') }, 5);
is(system("$demo >/dev/null 2>&1"), 0, 'a third run, after Redis was killed');
isnt(pid_of('redis-server') // 0, $before{'redis-server'}, '  starts Redis');
is(pid_of('mariadbd'), $before{mariadbd}, '  and nothing else');
done_testing;
