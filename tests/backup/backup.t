#!/usr/bin/perl
# Backups: what is refused, what a target may do wrong, what is kept, and that
# nothing leaves this machine in clear.
use strict;
use warnings;
use utf8;
use File::Temp 'tempdir';
use POSIX ();
use Test::More;
use Tomozuna::Backup;
use Tomozuna::Test;

my $place = backup_place();
my $dir = $place->{dir};
my $there = sub { sort map { m{([^/]+)\z} } glob "$dir/target/*" };
my $refused = sub {
    my ($why, @words) = @_;
    my ($status, $said) = tomozuna($place, @words);
    isnt $status, 0, "refused: @words";
    like $said, $why, '  and says why';
};

# ---- keys ----

$refused->(qr/never overwritten/, 'backup', 'keys');
is +(stat "$dir/keys/server.key")[2] & 077, 0, 'a private key is nobody else\'s';
my @key = grep { /\Aage1/ } split /\n/, slurp("$dir/keys/recipients");
is scalar @key, 2, 'sealed to two keys: the server\'s and the safe\'s';

# ---- a set ----

tomozuna_ok($place, 'backup', 'run');
my ($id) = map { /\A(.*)-manifest\z/ } $there->();
is_deeply [$there->()], ["$id-database.age", "$id-files.age", "$id-manifest"], 'a set is database, files and manifest';
my $clear = grep { slurp($_, 1) =~ /timeline_entry|BEGIN .*KEY/ } glob "$dir/target/*";
is $clear, 0, 'nothing of it is in clear';
like tomozuna_ok($place, 'backup', 'list'), qr/^\Q$id\E .*from binlog\.\d+$/m, 'it is listed';
my ($at, $name, $bytes) = split ' ', slurp("$dir/spool/state/full");
is $name, $id, 'doctor can see it';
cmp_ok $bytes, '>', 1_000_000, '  with its size';

# ---- the files, with the key from the safe ----

tomozuna_ok($place, 'backup', 'files', '--to', "$dir/files", '--identity', "$dir/keys/safe.key");
my $back = "$dir/files" . demo('CREDENTIALS');
is slurp("$back/key"), slurp(demo('CREDENTIALS') . '/key'), 'the safe\'s key opens them; the master key is among them';
ok -s "$dir/files$ENV{TOMOZUNA_STATE}/journal/seal/heads", 'and the heads of the audit trail';
ok !-e "$dir/files$ENV{TOMOZUNA_STATE}/journal/emergency/copy", 'not the local copy, which fills itself anew';
ok -e "$ENV{TOMOZUNA_STATE}/journal/emergency/copy/data.mdb", '  though there is one';
ok -s "$dir/files$ENV{TOMOZUNA_STATE}/ca/people-ca.key", 'and the authority';
is +(stat "$back/key")[2] & 077, 0, 'as closed as it was';
$refused->(qr/empty folder/, 'backup', 'files', '--to', "$dir/files");

# ---- keys that do not fit, things that were changed ----

my $foreign = backup_place();
$refused->(qr/FAILED/, 'restore', '--to', "$dir/r", '--identity', "$foreign->{dir}/keys/safe.key");
ok !-e "$dir/r" && !-e "$dir/r.restoring", 'and leaves nothing half done';
$refused->(qr/no private key/, 'restore', '--to', "$dir/r", '--identity', "$dir/nothing");
my $change = sub {
    my ($file, $code) = @_;
    my $was = slurp($file, 1);
    chmod 0600, $file;
    local $_ = $was;
    $code->();
    spew($file, $_);
    return sub { spew($file, $was) };
};
my $undo = $change->("$dir/target/$id-database.age", sub { substr($_, 100_000, 1) ^= "\x01" });
$refused->(qr/FAILED/, 'restore', '--to', "$dir/r");
$undo->();
$undo = $change->("$dir/target/$id-manifest", sub { s/position=\d+/position=4/ });
$refused->(qr/not the one that was written here/, 'restore', '--to', "$dir/r");
$undo->();
rename "$dir/target/$id-manifest", "$dir/aside";
$refused->(qr/no set/, 'restore', '--to', "$dir/r");
rename "$dir/aside", "$dir/target/$id-manifest";

# ---- targets ----

my $hooks = 0;

sub target {
    my ($text) = @_;
    my $program = "$dir/hook" . ++$hooks;
    spew($program, "#!/bin/sh\nreal='$FindBin::Bin/../../deploy/backup/targets/directory'\n$text\nexec \"\$real\" \"\$@\"\n");
    chmod 0755, $program;
    my $conf = "$dir/admin.conf";
    my $text_was = slurp($conf);
    spew($conf, "$text_was\nbackup_target = $program $dir/target\n");
    return sub { spew($conf, $text_was) };
}
use FindBin;
$undo = target('if [ "$2" = get ]; then "$real" "$@" | tr a b; exit; fi');
$refused->(qr/came back from the target as something else/, 'backup', 'run');
$undo->();
is_deeply [$there->()], ["$id-database.age", "$id-files.age", "$id-manifest"], 'a run that fails leaves nothing at the target';
like slurp("$dir/spool/state/failed"), qr/\A\d+ \d{8}T/, '  and a note for doctor';
$undo = target('if [ "$2" = put ]; then cat >/dev/null; exit 1; fi');
$refused->(qr/FAILED/, 'backup', 'run');
$undo->();
$undo = target('if [ "$2" = remove ]; then echo "append-only" >&2; exit 1; fi');
tomozuna_ok($place, 'backup', 'run');
is scalar(grep { /-manifest/ } $there->()), 2, 'a target that removes nothing will do';
$undo->();
is POSIX::WEXITSTATUS(system "echo x | $FindBin::Bin/../../deploy/backup/targets/directory $dir/target put $id-manifest 2>/dev/null"), 1,
    'a folder overwrites nothing';
is POSIX::WEXITSTATUS(system "echo x | $FindBin::Bin/../../deploy/backup/targets/directory $dir/target put ../out 2>/dev/null"), 1,
    'nor leaves itself';

SKIP: {
    my ($server) = grep { -x } qw(/usr/lib/openssh/sftp-server /usr/lib/sftp-server);
    skip 'no sftp-server here', 6 if !defined $server;
    mkdir "$dir/far";
    my $sftp = "$FindBin::Bin/../../deploy/backup/targets/sftp";
    my $far = ":$dir/far -D $server";
    my $run = sub { my ($in, @w) = @_; my $q = join ' ', map { "'$_'" } $sftp, $far, @w; return (scalar(`printf '%s' '$in' | $q 2>/dev/null`), $? >> 8) };
    is +($run->('one', 'put', 'a.age'))[1], 0, 'sftp puts';
    is +($run->('', 'get', 'a.age'))[0], 'one', '  gets';
    like +($run->('', 'list'))[0], qr/^a\.age 3$/m, '  lists';
    isnt +($run->('two', 'put', 'a.age'))[1], 0, '  refuses a name that is there';
    is +($run->('', 'get', 'a.age'))[0], 'one', '  which stays as it was';
    is +($run->('', 'remove', 'a.age'))[1], 0, '  removes';
}

# ---- the log: pieces, whole files, holes ----

follow($place);
my $nurse = person('nurse');
my ($patient) = map { $_->{id} } @{ $nurse->get('/patients')->json->{patients} };
my $piece = sub { grep { /\Alog-.*-\d{12}-\d{12}\.age\z/ } $there->() };
ok wait_for(sub { $nurse->post("/timeline/$patient", { body => '控えの試し' }); $piece->() >= 2 }, 60), 'changes leave in pieces';
db('FLUSH BINARY LOGS');
ok wait_for(sub { grep { /-whole\.age\z/ } $there->() }, 60), 'a file that is full goes whole';
db('FLUSH BINARY LOGS');
ok wait_for(sub { (grep { /-whole\.age\z/ } $there->()) >= 2 && slurp("$dir/spool/state/log") =~ /\A\d+ \S+ \d+\n\z/ }, 60), 'and the next';
$refused->(qr/another .*follow. is at work/, 'backup', 'follow');
is follow_end($place), 0, 'it ends in order when told to';
my $gone = (grep { /-whole\.age\z/ } $there->())[-1];
system 'rm', '-rf', "$dir/spool/log";
unlink "$dir/target/$gone";
$refused->(qr/hole/, 'restore', '--to', "$dir/r");
like +(tomozuna($place, 'backup', 'list'))[1], qr/^log: binlog\.\d+ to binlog\.\d+$/m, 'list tells how far the log reaches';

# ---- what is kept ----

my $kept = tempdir(CLEANUP => 1);
my $old = sub { POSIX::strftime('%Y%m%dT030000Z', gmtime(time - 86400 * $_[0])) };
my @age = (1, 2, 20, 34, 50, 51, 52, 100, 101, 500);
for my $set (map { $old->($_) } @age) {
    spew("$kept/$set-manifest", "set=$set\ntaken=1\nbinlog=binlog.000005\nposition=4\n");
    spew("$kept/$set-$_.age", 'x') for qw(database files);
}
spew("$kept/log-binlog.00000$_-whole.age", 'x') for 4, 5, 6;
spew("$dir/admin.conf", slurp("$dir/admin.conf") . "backup_target = directory $kept\n");
tomozuna_ok($place, 'backup', 'prune');
my %left = map { m{/(\d{8}T\d{6}Z)-manifest\z} ? ($1 => 1) : () } glob "$kept/*";
is_deeply [map { $left{$old->($_)} ? 1 : 0 } 1, 2, 20, 34, 500], [1, 1, 1, 1, 0], 'all of 35 days stay, none of beyond a year';
my %month;
$month{substr $_, 0, 6}++ for grep { $_ lt $old->(36) } keys %left;
is_deeply [grep { $_ != 1 } values %month], [], 'before that one a month';
cmp_ok scalar keys %month, '>=', 1, '  and that one at least';
is_deeply [map { m{log-(.*)-whole} } sort glob "$kept/log-*"], ['binlog.000005', 'binlog.000006'], 'a log that no set needs goes';

done_testing;
