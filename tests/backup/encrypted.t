#!/usr/bin/perl
# A database whose files and log are encrypted: the log cannot be read offline, so it
# is received from the server; backup and restore are handed the key. And without the
# key there is nothing to be had.
use strict;
use warnings;
use utf8;
use FindBin;
use File::Temp 'tempdir';
use Test::More;
use Time::HiRes 'sleep';

my $backup = "$FindBin::Bin/../../deploy/backup/backup";
plan skip_all => 'no file_key_management here' if !glob '/usr/lib/mysql/plugin/file_key_management.so';
my $dir = tempdir('tomozuna-enc-XXXXXX', TMPDIR => 1, CLEANUP => 1);
chmod 0755, $dir;
my $me = getpwuid $>;
my $as = $> == 0 ? 'mysql' : $me;
my %pid;

sub spew { my ($name, $text) = @_; open my $out, '>', "$dir/$name" or die "$name: $!"; print {$out} $text; close $out; chmod 0644, "$dir/$name"; return }
sub run { my @command = @_; my $said = qx(@command 2>&1); return wantarray ? ($? >> 8, $said) : $? ? die("@command: $said") : $said }
sub sql { return split /\n/, scalar run('mariadb', '--no-defaults', '-BN', '-S', "$dir/sock", '-u', $me, 'tomozuna', '-e', "\"$_[0]\"") }
sub start {
    my ($name, @command) = @_;
    my $pid = fork // die;
    if (!$pid) { open STDIN, '<', '/dev/null'; open STDOUT, '>>', "$dir/$name.log"; open STDERR, '>&', \*STDOUT; exec @command or exit 127 }
    return $pid{$name} = $pid;
}
sub stop { my ($name, $signal) = @_; my $pid = delete $pid{$name} or return; kill $signal // 'TERM', $pid; waitpid $pid, 0; return }
END { my $status = $?; stop($_, 'KILL') for keys %pid; $? = $status }
sub wait_for { my ($code) = @_; for (1 .. 1200) { my $v = eval { $code->() }; return $v if $v; sleep 0.05 } return }

spew('keys', '1;' . '5a' x 32 . "\n");
spew('enc.cnf', <<"END");
[mariadbd]
plugin_load_add=file_key_management
loose_file_key_management_filename=$dir/keys
loose_file_key_management_encryption_algorithm=AES_CTR
innodb_encrypt_tables=FORCE
innodb_encrypt_log=ON
innodb_encryption_threads=1
encrypt_binlog=ON
encrypt_tmp_files=ON
END
run("mkdir $dir/data $dir/target $dir/files; echo x >$dir/files/x" . ($> == 0 ? "; chown mysql: $dir/data" : ''));
run('mariadb-install-db', "--defaults-file=$dir/enc.cnf", "--user=$as", "--datadir=$dir/data", "--tmpdir=$dir/data", '--skip-test-db',
    '--auth-root-authentication-method=socket', "--auth-root-socket-user=$me");
start('mariadbd', ($> == 0 ? '/usr/sbin/mariadbd' : 'mariadbd'), "--defaults-file=$dir/enc.cnf", "--user=$as", "--datadir=$dir/data", "--tmpdir=$dir/data", "--socket=$dir/data/sock",
    "--pid-file=$dir/data/pid", '--skip-networking', '--log-bin=binlog', '--sync-binlog=1', '--innodb-buffer-pool-size=32M', '--server-id=1');
symlink "$dir/data/sock", "$dir/sock";
ok wait_for(sub { run('mariadb', '--no-defaults', '-S', "$dir/sock", '-u', $me, '-e', '"CREATE DATABASE IF NOT EXISTS tomozuna"'); 1 }), 'a server that encrypts';
sql("CREATE TABLE note (id INT PRIMARY KEY AUTO_INCREMENT, body VARCHAR(200)) ENGINE=InnoDB; INSERT INTO note (body) SELECT CONCAT('what-was-before ', seq) FROM seq_1_to_500");

local @ENV{qw(BACKUP_TARGET BACKUP_SPOOL BACKUP_RECIPIENTS BACKUP_IDENTITY BACKUP_SAFE_KEY BACKUP_FILES BACKUP_SOCKET BACKUP_LOG_SECONDS BACKUP_DEFAULTS TOMOZUNA_DB_ADMIN)}
    = ("directory $dir/target", "$dir/spool", map({ "$dir/k/$_" } qw(recipients server safe)), "$dir/files", "$dir/sock", 1, "$dir/enc.cnf", $me);
run($backup, 'keys');
my ($status, $said) = run($backup, 'run');
is $status, 0, 'a backup of it' or diag $said;
start('follow', $backup, 'follow');
sql("INSERT INTO note (body) SELECT CONCAT('what-came-after ', seq) FROM seq_1_to_50");
my ($position) = map { (split /\t/)[1] } sql('SHOW MASTER STATUS');
ok wait_for(sub { grep { -s $_ >= $position - 200 } glob "$dir/spool/log/run-*/binlog.*" }), 'the log comes in';
sleep 2;
my ($sum) = sql("SELECT SUM(CRC32(CONCAT_WS('/', CRC32(CAST(id AS BINARY)), CRC32(CAST(body AS BINARY))))) FROM note");
stop('follow');
my ($clear) = run("grep -rlE 'what-was-before|what-came-after' $dir/data || true");
is $clear, 0, 'grep runs';
is scalar(run("grep -rlE 'what-was-before|what-came-after' $dir/data || true")), '', 'on its disk nothing is in clear';
stop('mariadbd', 'KILL');

($status, $said) = do { local $ENV{BACKUP_DEFAULTS} = ''; run($backup, 'restore', '--to', "$dir/again") };
isnt $status, 0, 'without the key there is nothing to be had';
ok !-e "$dir/again", '  and nothing half done';
($status, $said) = run($backup, 'restore', '--to', "$dir/again");
is $status, 0, 'restored, with the key' or diag $said;
my ($report) = glob "$dir/spool/restored-*Z.txt";
open my $in, '<', $report or die "$report: $!";
my ($line) = grep { /^note / } <$in>;
is $line, "note 550 $sum\n", 'rows and checksum are those of before';
is scalar(run("grep -rlE 'what-was-before|what-came-after' $dir/again || true")), '', 'and nothing of it is in clear';
done_testing;
