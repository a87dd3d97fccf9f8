#!/usr/bin/perl
# doctor for people and for machines, and the page that is red or green: both
# languages, exit status by severity, the next step, and a database that is away.
use strict;
use warnings;
use utf8;
use FindBin;
use lib "$FindBin::Bin/../ca";
use JSON::PP;
use Test::More;
use World;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);
plan skip_all => 'tomozuna is not built' if !World::program('deploy/tomozuna/tomozuna');

# ---- the catalogue: nothing is said in one language alone, or without a next step ----

open my $in, '<:utf8', "$World::ROOT/deploy/tomozuna/doctor_sayings.c" or die $!;
my $words = do { local $/; <$in> };
my %seen;
my ($n, @bad) = 0;
while ($words =~ /\{ "([\w.]+)", (FINE|LOOK|WRONG),\s*\{(.*?)\},\s*\{(.*?)\} \}/gs) {
    my ($id, $severity, $ja, $en) = ($1, $2, $3, $4);
    my @ja = $ja =~ /"((?:[^"\\]|\\.)*)"/g;
    my @en = $en =~ /"((?:[^"\\]|\\.)*)"/g;
    $n++;
    push @bad, "$id stands twice" if $seen{$id}++;
    push @bad, "$id: three texts each" if @ja != 3 || @en != 3;
    push @bad, "$id: no Japanese" if "@ja" !~ /[ぁ-んァ-ヶ一-龠]/;
    push @bad, "$id: Japanese in English" if "@en" =~ /[ぁ-んァ-ヶ一-龠]/;
    push @bad, "$id: a next step exactly when something is wrong" if ($severity eq 'FINE') != ($ja[2] eq '') || ($ja[2] eq '') != ($en[2] eq '');
}
cmp_ok $n, '>', 60, "$n sayings";
is_deeply \@bad, [], 'each in both languages, with a next step unless all is fine';

# ---- for machines ----

my $w = World->new;
my $dir = $w->{dir};
$w->sql("SET GLOBAL innodb_flush_log_at_trx_commit = 0");
my ($status, $said) = $w->tomozuna('doctor', '--json');
is $status, 2, 'status 2: something is wrong';
my $all = decode_json($said);
is $all->{state}, 'wrong', 'JSON says so';
my ($flush) = grep { $_->{id} eq 'settings.flush' } @{ $all->{findings} };
like $flush->{ja}{todo}, qr/1 にします/, 'with what to do, in Japanese';
like $flush->{en}{todo}, qr/set it to 1/, '  and in English';
is scalar(grep { $_->{state} eq 'wrong' } @{ $all->{findings} }), $all->{wrong}, 'and counts';
like +($w->tomozuna('doctor', '--metrics'))[1], qr/^tomozuna_finding\{id="settings\.flush",state="wrong",about=""\} 1$/m, 'and Prometheus';
my ($ja) = ($w->tomozuna('doctor', '--lang', 'ja'))[1];
utf8::decode($ja);
like $ja, qr/^異常\s+データベースの設定\s+innodb_flush/m, 'a table in Japanese';
is +($w->tomozuna('doctor', '--lang', 'fr'))[0], 1, 'no other language';

# ---- the page ----

mkdir "$dir/watch";
$w->admin('watch', "$dir/watch", '--once');
my $page = $w->slurp('watch/status.html');
utf8::decode($page);
like $page, qr/<body class="wrong">/, 'red';
like $page, qr/異常があります/, '  in words, not by colour alone';
like $page, qr/次にすること：<\/b>1 にします/, '  with the next step';
is_deeply [map { (stat "$dir/watch/$_")[2] & 0777 } qw(status.html status.json metrics)], [0644, 0644, 0644], 'nginx may read it';
is_deeply [glob "$dir/watch/*.new"], [], 'nothing half written';
$w->spew('conf/odd<b>.crt', 'none');
$w->spew('conf/admin.conf', $w->slurp('conf/admin.conf') . "certificates = $dir/conf/odd<b>.crt\n");
$w->admin('watch', "$dir/watch", '--once');
like $w->slurp('watch/status.html'), qr/odd&lt;b&gt;\.crt/, 'what it names is escaped';
like $w->slurp('watch/metrics'), qr/about="\Q$dir\E\/conf\/odd<b>\.crt"/, '  and whole in the metrics';

# ---- backups, as doctor sees them ----

sub backups {
    my (%note) = @_;
    $w->run('rm', '-rf', "$dir/spool");
    $w->run('mkdir', '-p', "$dir/spool/state");
    $w->spew("spool/state/$_", $note{$_}) for keys %note;
    my $json = decode_json(($w->tomozuna('doctor', '--json'))[1]);
    return join ' ', sort grep { /\Abackup\./ && $_ ne 'backup.same_disk' } map { $_->{id} } @{ $json->{findings} };
}
is backups(), 'backup.off', 'no target';
$w->spew('conf/admin.conf', $w->slurp('conf/admin.conf') . "backup_target = directory $dir\nbackup_spool = $dir/spool\nbackup_safe_key = $dir/none\n");
my ($now, $old) = (time, time - 40 * 3600);
is backups(), 'backup.never', 'never made';
is backups(full => "$now X 5000000 3\n", log => "$now b 4\n", verified => "$now X 9\n"), 'backup.fine backup.log_fine backup.proved', 'all well';
is backups(full => "$old X 5000000 3\n", log => "$now b 4\n", verified => "$now X 9\n"), 'backup.log_fine backup.old backup.proved', 'too old';
is backups(full => "$now X 5000000 3\n"), 'backup.fine backup.log_old backup.unproved', 'nobody follows, nobody tried';
is backups(full => "$old X 5000000 3\n", failed => "$now Y\n", log => "$now b 4\n"), 'backup.failed backup.log_fine backup.old backup.unproved', 'the last one failed';
is backups(full => "rubbish\n"), 'backup.never', 'a note that is none';

# ---- without a database ----

$w->stop('mariadbd');
$w->admin('watch', "$dir/watch", '--once');
$page = $w->slurp('watch/status.html');
utf8::decode($page);
like $page, qr/データベース（MariaDB） – 応答がありません/, 'the page is there when the database is not';
like $w->slurp('watch/metrics'), qr/^tomozuna_database_up 0$/m, 'so are the numbers';
($status) = $w->tomozuna('watch', "$dir/nowhere", '--once');
is $status, 1, 'a folder that is not there is said';

done_testing;
