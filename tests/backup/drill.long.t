#!/usr/bin/perl
# The restore drill: people write, the machine loses the disk of its database in
# the middle of that, and everything that was confirmed comes back: counts,
# checksums, audit chain. Then an accident is undone to the second before.
use strict;
use warnings;
use utf8;
use FindBin;
use IPC::Open2;
use Test::More;
use Time::HiRes qw(time sleep);
use Tomozuna::Backup;
use Tomozuna::Test;

my $root = "$FindBin::Bin/../..";
my $data = "$ENV{TOMOZUNA_STATE}/db/data";
my $place = backup_place();
my $nurse = person('nurse');
my ($patient) = map { $_->{id} } @{ $nurse->get('/patients')->json->{patients} };

# Writes a note and remembers what was confirmed.
my @confirmed;
sub write_note {
    my ($who) = @_;
    my $made = $who->post("/timeline/$patient", { body => '復旧訓練 ' . @confirmed });
    push @confirmed, $made->json->{id} if $made->status == 201;
    return $made->status == 201;
}

my $began = time;
my $said = tomozuna_ok($place, 'backup', 'run');
my $took = time - $began;
like $said, qr/\[1\/4\] copying the database.*\[4\/4\]/s, 'a backup says how far it is';
follow($place);
write_note($nurse) for 1 .. 25;
is scalar @confirmed, 25, 'notes are written behind the backup';

# ---- the second before ----

# A lock over everything, so that what is measured is what is lost.
my $pid = open2(my $out, my $in, 'mariadb', '--no-defaults', '-nBN', '-S', demo('DB_SOCKET'), '-u', scalar getpwuid($>),
    demo('DB_NAME'));
my $ask = sub {
    my ($sql) = @_;
    print {$in} "$sql; SELECT 'that is all';\n";
    $in->flush;
    my @row;
    while (my $line = <$out>) {
        chomp $line;
        return @row if $line eq 'that is all';
        push @row, $line;
    }
    return @row;
};
$ask->('SET max_statement_time = 0');
$ask->('FLUSH TABLES WITH READ LOCK');
my @table = $ask->('SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = "BASE TABLE" ORDER BY table_name');
# A checksum of each row, added up; CHECKSUM TABLE says another number after a restart (deploy/backup/lib/prove.sh).
sub sum_of {
    my ($t) = @_;
    my @column = $ask->("SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '$t' ORDER BY ordinal_position");
    my $row = join ', ', map { "COALESCE(CRC32(CAST(`$_` AS BINARY)), '-')" } @column;
    return join ' ', map { split /\t/ } $ask->("SELECT COUNT(*), COALESCE(SUM(CRC32(CONCAT_WS('/', $row))), 0) FROM `$t`");
}
my %before = map { $_ => sum_of($_) } @table;
my $besides = q{SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = DATABASE()),
    (SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema = DATABASE()),
    (SELECT COUNT(*) FROM information_schema.views WHERE table_schema = DATABASE()),
    (SELECT COUNT(*) FROM mysql.global_priv), (SELECT COUNT(*) FROM mysql.tables_priv), (SELECT COUNT(*) FROM mysql.columns_priv)) AS counts} =~ s/\s+/ /gr;
my ($others) = $ask->($besides);
cmp_ok scalar @table, '>', 30, 'all tables are measured';
my ($file, $position) = split /\t/, ($ask->('SHOW MASTER STATUS'))[0];
ok wait_for(sub { grep { -s $_ >= $position } glob "$place->{dir}/spool/log/run-*/$file" }, 60), 'the log is here to the last byte';
follow_end($place);

# ---- the loss ----

my $lost = time;
kill KILL => pid_of('mariadbd');
close $in;
waitpid $pid, 0;
system 'rm', '-rf', $data;
ok !-e $data, 'the disk of the database is gone';
isnt $nurse->get("/timeline/$patient")->status, 200, 'and the service with it';

my ($status, $refused) = tomozuna($place, 'restore', '--to', $place->{dir});
isnt $status, 0, 'restore does not write where there is something';
like $refused, qr/holds something.*mv /s, '  and says how to go on';

$began = time;
($status, $said) = tomozuna($place, 'restore', '--to', $data, '--at', 'last');
my $restored = time - $began;
is $status, 0, 'restored' or diag $said;
like $said, qr/\[7\/7\] handing over/, 'it says how far it is';
system("$root/deploy/demo >$place->{dir}/demo.log 2>&1") == 0 or diag 'the demo does not start';
ok wait_for(sub { person('doctor')->get("/timeline/$patient")->status == 200 }, 60), 'people work again';
my $again = time - $lost;

# ---- all of it ----

my ($report) = glob "$place->{dir}/spool/restored-*Z.txt";
my %after = map { /\A(\S+) (.*)\z/ ? ($1 => $2) : () } split /\n/, slurp($report);
is_deeply \%after, \%before, 'every table has the rows and the checksum that it had';
is db($besides), $others, 'triggers, routines, views, accounts and rights, too';
my %there = map { $_ => 1 } db('SELECT LOWER(HEX(ref)) FROM timeline_entry WHERE body LIKE "復旧訓練 %"');
is_deeply [grep { !$there{$_} } @confirmed], [], 'no confirmed note is lost';
my $chain = '';
ok wait_for(sub { ($status, $chain) = tomozuna($place, 'audit', 'verify'); $status == 0 }, 60), 'the audit chain is whole'
    or diag $chain;
like $chain, qr/ 0 findings/, '  without a finding';
my ($newest) = db('SHOW BINARY LOGS');
my ($old, $new) = map { /\.(\d+)\z/ ? $1 : 0 } $file, $newest;
cmp_ok $new, '>', $old, 'the log goes on under names that were never used';

# ---- an accident, undone to the second before ----

tomozuna_ok($place, 'backup', 'run');
follow($place);
my $doctor = person('doctor');
ok write_note($doctor), 'a note behind the new backup';
my $rows = db('SELECT COUNT(*) FROM timeline_entry');
my $second = db('SELECT UNIX_TIMESTAMP()');
ok wait_for(sub { db('SELECT UNIX_TIMESTAMP()') > $second + 1 }, 10), 'a second passes';
my $last = $confirmed[-1];
db('DELETE FROM timeline_entry WHERE ref = ?', unhex($last));
my ($f, $p) = do { my ($row) = db_rows('SHOW MASTER STATUS'); @$row{qw(File Position)} };
ok wait_for(sub { grep { -s $_ >= $p } glob "$place->{dir}/spool/log/run-*/$f" }, 60), 'the accident is in the log';
follow_end($place);
my $at = $second + 1;
($status, $said) = tomozuna($place, 'restore', '--to', "$place->{dir}/before", '--at', "\@$at");
is $status, 0, 'restored to an instant' or diag $said;
($report) = sort { -M $a <=> -M $b } glob "$place->{dir}/spool/restored-*Z.txt";
like slurp($report), qr/^timeline_entry $rows /m, 'as if it had not happened';
($status, $said) = tomozuna($place, 'restore', '--to', "$place->{dir}/long-ago", '--at', '2020-01-01T00:00:00Z');
isnt $status, 0, 'before the first backup there is nothing';
like $said, qr/no set/, '  which it says';
db('INSERT INTO timeline_entry SELECT * FROM timeline_entry WHERE 1 = 0');

diag sprintf 'backup %.1f s; restore %.1f s; from the loss to the first page %.1f s; %d tables, %d rows equal', $took,
    $restored, $again, scalar keys %after, eval { my $n = 0; $n += (split / /)[0] for values %after; $n };
done_testing;
