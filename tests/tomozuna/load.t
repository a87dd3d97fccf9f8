#!/usr/bin/perl
# The town in the database is the town of the files.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../ca";
use Test::More;
use World;

plan skip_all => 'tomozuna is not built' if !World::program('deploy/tomozuna/tomozuna');

my $w = World->new;
my $dir = $w->{dir};
my $lines = sub { scalar(() = $w->slurp("town/$_[0].tsv") =~ /\n/g) - 1 };
$w->run("$World::ROOT/deploy/town/make", '--out', "$dir/town", '--now', '2026-11-22T06:00:00Z', '--patients', 12);
my @load = ("$World::ROOT/deploy/town/load", '--from', "$dir/town", '--people', "$dir/people", '--socket', "$dir/db.sock",
    '--tomozuna', World::program('deploy/tomozuna/tomozuna'));
my $out = $w->run(@load);
for my $pair (qw(office/care_office user/care_user patient/care_patient team/care_team entry/timeline_entry
    medication/care_medication equipment/care_equipment emergency_contact/care_emergency_contact)) {
    my ($file, $table) = split m{/}, $pair;
    is $w->sql("SELECT COUNT(*) FROM $table"), $lines->($file), "$table: as many rows as lines";
}
like $w->run(@load), qr/there already/, 'a second run does nothing';
is $w->sql('SELECT COUNT(*) FROM care_user WHERE password_hash IS NOT NULL'), 24, 'the demo people have passwords';
is $w->sql('SELECT COUNT(*) FROM care_device'), 23, 'and a device each, but the relative';
is +(stat "$dir/people/nurse.password")[2] & 0777, 0600, 'the password\'s file is the owner\'s';
like $w->slurp('people/nurse.pin'), qr/\A\d{6}\n\z/, 'a PIN';
my @pair = map { [split /\t/] } $w->sql('SELECT CONCAT(kana_family, kana_given), kana_folded FROM care_patient ORDER BY id');
$w->spew('kana', join '', map { "$_->[0]\n" } @pair);
$w->{stdin} = "$dir/kana";
is $w->run(World::program('deploy/tomozuna/tomozuna'), 'kana'), join('', map { "$_->[1]\n" } @pair), 'readings are folded';
is $w->sql('SELECT COUNT(*) FROM timeline_entry e WHERE read_by <> (SELECT COUNT(*) FROM timeline_receipt r
    WHERE r.patient_id = e.patient_id AND r.entry_id = e.id AND r.user_id <> e.author_id)'), 0, 'read_by is what receipts say';
is $w->sql('SELECT COUNT(*) FROM timeline_entry e WHERE acknowledged_by <> (SELECT COUNT(*) FROM timeline_receipt r
    WHERE r.patient_id = e.patient_id AND r.entry_id = e.id AND r.user_id <> e.author_id AND r.acknowledged_at IS NOT NULL)'), 0,
    'so is acknowledged_by';
is $w->sql("SELECT COUNT(*) FROM timeline_entry e
    WHERE LENGTH(readers) - LENGTH(REPLACE(readers, ',', '')) - 1 <> read_by
       OR LENGTH(acknowledgers) - LENGTH(REPLACE(acknowledgers, ',', '')) - 1 <> acknowledged_by
       OR EXISTS (SELECT 1 FROM timeline_receipt r WHERE r.patient_id = e.patient_id AND r.entry_id = e.id
           AND r.user_id <> e.author_id AND NOT LOCATE(CONCAT(',', r.user_id, ','), e.readers))"), 0, 'and who they are';
is $w->sql("SELECT COUNT(*) FROM timeline_entry e JOIN care_team t ON t.patient_id = e.patient_id AND t.left_at IS NULL
      AND t.team_role NOT IN ('officer', 'welfare_volunteer')
    JOIN care_staff f ON f.office_id = t.office_id AND (t.user_id = 0 OR t.user_id = f.user_id) AND f.user_id <> e.author_id
    LEFT JOIN timeline_receipt r ON r.patient_id = e.patient_id AND r.entry_id = e.id AND r.user_id = f.user_id
    LEFT JOIN care_mark m ON m.ref = e.ref AND m.user_id = f.user_id AND m.kind = 'unread'
    WHERE e.written_at >= '2026-10-24' AND (r.user_id IS NULL) <> (m.user_id IS NOT NULL)"), 0, 'who has not read has a mark';
is $w->sql("SELECT COUNT(*) FROM timeline_entry e JOIN timeline_entry p ON p.id = e.reply_to AND p.patient_id <> e.patient_id"), 0,
    'replies stay with their patient';
cmp_ok $w->sql("SELECT COUNT(*) FROM care_mark WHERE kind = 'urgent'"), '>', 0, 'something urgent waits';

done_testing;
