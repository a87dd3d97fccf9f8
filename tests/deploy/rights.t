#!/usr/bin/perl
# Rights of an account that change while its program works: what stays is never
# missing for an instant, what comes is there, what was taken out of grants.sql goes.
# And migrations that db/migrate refuses.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../ca";
use Test::More;
use World;

plan skip_all => 'nothing is built' if !World::program('deploy/tomozuna/tomozuna');
my $w = World->new;
my $dir = $w->{dir};
system("cp -r '$World::ROOT/db' '$dir/db-next'") == 0 or die;
my $grants = "db-next/timeline/grants.sql";
my $today = $w->slurp($grants);
my @migrate = ("$dir/db-next/migrate", '--socket', "$dir/db.sock", '--credentials', "$dir/conf", 'timeline');
my $rights = sub { return join "\n", sort map { s/ IDENTIFIED .*//r } $w->sql("SHOW GRANTS FOR tomozuna_timeline\@localhost") };
# Columns in no order.
my $plain = sub { return $_[0] =~ s/\(([^()]*)\)/'(' . join(',', sort split m{\s*,\s*}, $1) . ')'/ger };
$w->run(@migrate);
my $before = $plain->($rights->());

# ---- somebody who works meanwhile, and needs rights of each kind ----

my $told = "$dir/told";
my $pid = fork // die "fork: $!\n";
if (!$pid) {
    open STDOUT, '>', $told;
    open STDERR, '>&', \*STDOUT;
    # One connection, as a program has it; --force goes on after an error.
    open my $to, '|-', 'mariadb', '--no-defaults', '-N', '--force', '--unbuffered', '-S', "$dir/db.sock", '-u', 'tomozuna_timeline',
        '-p' . $w->slurp("conf/timeline-db-password") =~ s/\s+//gr, 'tomozuna' or die;
    print {$to} "SELECT COUNT(ref) FROM timeline_entry; SELECT COUNT(*) FROM timeline_receipt; UPDATE timeline_entry SET read_by = 0 WHERE id = -1; SELECT 'well';\n"
        while !-e "$dir/stop";
    close $to;
    require POSIX;
    POSIX::_exit(0);
}
select undef, undef, undef, 0.5;

# ---- there and back, as upgrades and rollbacks do ----

my $more = $today . "GRANT SELECT (reach, kind) ON timeline_entry TO \@account\@;\nGRANT SELECT ON care_incident TO \@account\@;\n";
my ($with, $without);
for my $round (1 .. 3) {
    $w->spew($grants, $more);
    $w->run(@migrate);
    $with = $rights->();
    $w->spew($grants, $today);
    $w->run(@migrate);
    $without = $plain->($rights->());
}
$w->spew("stop", "");
waitpid $pid, 0;
like $with, qr/`care_incident`/, 'a right to a table comes';
like $with, qr/SELECT \([^)]*`?reach`?/, '  and one to a column';
is $without, $before, 'what was taken out goes, and nothing else';
is_deeply [$w->sql("SELECT user FROM mysql.user WHERE user LIKE '%\\_next'")], [], 'no other account is left';
my $said = $w->slurp("told");
cmp_ok scalar(() = $said =~ /^well$/mg), '>', 50, 'somebody has worked all the time';
is_deeply [grep { /ERROR/ } split /\n/, $said], [], '  and never lacked a right';

# ---- files that no run may take ----

my $applied = sub { return join ' ', $w->sql('SELECT folder, number, checksum FROM lib_migration WHERE number > 0 ORDER BY 1, 2') };
my $were = $applied->();
my $refused = sub { my $said = qx(@migrate 2>&1); return ($? != 0 && $applied->() eq $were, $said) };
$w->spew('db-next/timeline/0001-twice.sql', "CREATE TABLE timeline_twice (id INT NOT NULL PRIMARY KEY);\n");
my ($held, $why) = $refused->();
ok $held && $why =~ m{two files are timeline/0001}, 'two files of one number are refused' or diag $why;
is_deeply [$w->sql("SHOW TABLES LIKE 'timeline_twice'")], [], '  before either is read';
unlink "$dir/db-next/timeline/0001-twice.sql";
$w->spew('db-next/timeline/9001-half.sql', "CREATE TABLE timeline_half (id INT NOT NULL PRIMARY KEY);\nNONSENSE;\n");
($held, $why) = $refused->();
ok $held, 'one that fails half-way is not remembered' or diag $why;
unlink "$dir/db-next/timeline/9001-half.sql";
my ($first) = map { m{([^/]+)\z} } sort glob "$dir/db-next/timeline/0001-*.sql";
$w->spew("db-next/timeline/$first", $w->slurp("db-next/timeline/$first") . "-- more\n");
($held, $why) = $refused->();
ok $held && $why =~ /\Q$first\E was changed after/, 'one that was changed after it was applied is refused' or diag $why;
done_testing;
