#!/usr/bin/perl
# The ledger of those who live alone: who enters whom, what the officer and the crew see.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($crew, $nurse, $officer, $outsider) = map { person($_) } qw(crew nurse officer outsider);
my $patient = new_patient(nurse => 'visiting_nurse');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient));
my $path = "/emergency/$patient/alone";
my %entry = (keyholder => '隣の試験さん', keyholder_phone => '000-444-5555', watcher => '配食 週3回', agreed_by => '本人', agreed_relation => '本人');
sub entry { return db('SELECT LOWER(HEX(ref)) FROM emergency_alone WHERE open_patient = ?', $id) // '' }
sub ledger { my $ref = entry(); my ($row) = grep { $_->{id} eq $ref } map { @{ $_->{people} } } pages(); return $row }
sub pages { my @p = $officer->get('/emergency/alone')->json; push @p, $officer->get("/emergency/alone?after=$p[-1]{after}")->json while $p[-1]{after}; return @p }
sub counted { return $officer->get('/emergency/alone')->json->{counted} }

my $missing = counted()->{missing};
db('UPDATE care_patient SET lives_alone = 1 WHERE id = ?', $id);
is(counted()->{missing}, $missing + 1, 'who lives alone and stands nowhere is counted');
is(ledger(), undef, '  and not named');
is($outsider->post($path, \%entry)->status, 404, 'nobody but her team enters her');
is($officer->post($path, \%entry)->status, 404, '  nor the town');
is($nurse->post($path, { %entry, agreed_by => undef })->json->{error}{field}, 'agreed_by', '  nor anybody without her word');
is($nurse->post($path, \%entry)->status, 201, 'her nurse does');
my $row = ledger();
is("$row->{keyholder} $row->{keyholder_phone} $row->{watcher} $row->{contacts}", '隣の試験さん 000-444-5555 配食 週3回 0', 'the officer reads it');
is(counted()->{missing}, $missing, '  and she is missing no more');
is($nurse->get('/emergency/alone')->status, 403, 'nobody but officers reads the ledger');
is($crew->get('/emergency/alone')->status, 403, '  nor a crew');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/emergency/alone" AND JSON_CONTAINS(subjects, ?)', "$id") }, 20), 'whom it named is in the trail');

# ---- a crew at the door ----

$crew->post('/emergency/open', { patient => $patient, reason => 'unconscious' });
my $s = $crew->get("/emergency/$patient")->json->{alone};
is("$s->{keyholder} $s->{keyholder_phone} $s->{freshness}", '隣の試験さん 000-444-5555 fresh', 'a crew reads who has the key');
like($crew->page("/emergency/$patient")->text, qr/かぎをあずかる人.*隣の試験さん/s, '  in the summary');

# ---- kept current ----

is($nurse->post($path, { %entry, keyholder => '民生委員' })->status, 201, 'written anew');
is($crew->get("/emergency/$patient")->json->{alone}{keyholder}, '民生委員', '  the newest holds');
db('UPDATE emergency_alone SET confirmed_at = confirmed_at - INTERVAL 400 DAY WHERE patient_id = ?', $id);
ok(ledger()->{old}, 'after a year it is old');
cmp_ok(counted()->{old}, '>', 0, '  and counted');
my $old = entry();
is($officer->post("/emergency/alone/$old", {})->status, 204, 'the officer asks: still so');
ok(!ledger()->{old}, '  and it is as of today');
is(ledger()->{keyholder}, '民生委員', '  the same words');
is($officer->post("/emergency/alone/$old", {})->status, 404, '  what was written anew since is not confirmed unseen');
is($nurse->post('/emergency/alone/' . entry(), {})->status, 403, '  which nobody else says');
my $last = entry();
is($nurse->post("$path/end", { reason => 'with_family' })->status, 204, 'she lives with her family');
is(ledger(), undef, '  and is in the ledger no more');
is($nurse->post("$path/end", { reason => 'with_family' })->status, 404, '  once');
is($officer->post("/emergency/alone/$last", {})->status, 404, '  nor confirmed');
is($crew->get("/emergency/$patient")->json->{alone}, undef, '  nor in the summary');
is(scalar db('SELECT COUNT(*) FROM emergency_alone WHERE patient_id = ?', $id), 3, 'each word is kept');

done_testing;
