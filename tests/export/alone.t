#!/usr/bin/perl
# An installation without the timeline: its table is not asked for, and is as soon as
# the module comes.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../ca";
use Test::More;
use World;

plan skip_all => 'tomozuna is not built' if !World::program('deploy/tomozuna/tomozuna');
my $w = World->new;
my @migrate = ("$World::ROOT/db/migrate", '--socket', "$w->{dir}/db.sock", '--database', 'small', '--credentials', "$w->{dir}/conf");
my $may = sub { scalar grep { /`small`\.`timeline_entry`/ } $w->sql("SHOW GRANTS FOR tomozuna_export\@localhost") };

$w->run(@migrate, 'export');
is $may->(), 0, 'the account is there without rights on what is not';
cmp_ok scalar(grep { /`small`\.`care_patient`/ } $w->sql("SHOW GRANTS FOR tomozuna_export\@localhost")), '>', 0, '  and with those on what is';

# A patient of that small installation.
$w->spew('conf/admin.conf', $w->slurp('conf/admin.conf') . "db_name = small\nexport_password_file = export-db-password\n");
$w->sql("INSERT INTO small.care_network (ref, code, nickname, colour, sender, phone) VALUES (RANDOM_BYTES(16), '994014', 'x', '#2f6b4f', 'x', '0')");
$w->sql("INSERT INTO small.care_patient (ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date)
    SELECT UNHEX(REPEAT('ab', 16)), id, 'a', 'b', 'c', 'd', 'cd', 'female', '1940-01-01' FROM small.care_network");
$w->run(@migrate, 'ca', 'admin');
my ($status, $said) = $w->tomozuna('export', 'person', 'ab' x 16, '--to', "$w->{dir}/small");
is $status, 0, 'a person is exported' or diag $said;
ok -s "$w->{dir}/small/patient.csv" && !-e "$w->{dir}/small/entry.csv", 'without a timeline';

$w->run(@migrate, 'timeline');
is $may->(), 1, 'the module comes, and with it the right to read it';
($status, $said) = $w->tomozuna('export', 'person', 'ab' x 16, '--to', "$w->{dir}/large");
is $status, 0, 'a person is exported' or diag $said;
ok -s "$w->{dir}/large/entry.csv", 'with a timeline';
done_testing;
