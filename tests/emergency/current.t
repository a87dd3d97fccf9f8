#!/usr/bin/perl
# While MariaDB answers, a summary is read from the local copy where that has taken all that
# is committed of her: never a word behind, and never when it is not sure.
use strict;
use warnings;
use utf8;
use POSIX ();
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($crew, $nurse, $doctor) = map { person($_) } qw(crew nurse doctor);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient));
my ($nurse_id, $given) = map { ($_->{id}, $_->{given}) } db_rows('SELECT id, given FROM care_user WHERE login = "nurse"');
END { local $?; db('UPDATE care_user SET given = ? WHERE id = ?', $given, $nurse_id) if $nurse_id }
is($crew->post('/emergency/open', { patient => $patient, reason => 'unconscious' })->status, 201, 'opened');
sub summary { return $crew->get("/emergency/$patient")->json }
sub nurse_of { my ($s) = @_; return join ' ', map { $_->{person} // '' } grep { $_->{office} } @{ $s->{callees} } }
# Of the copy that is kept now: one that is gone is written to for a while.
sub copied { my ($seconds) = @_; return wait_for(sub { !db('SELECT COUNT(*) FROM care_followed WHERE subject_id = ? AND follower_id = (SELECT id FROM care_follower ORDER BY seen_at DESC LIMIT 1)', $id) }, $seconds // 30) }

# ---- never a word behind ----

for my $n (1 .. 12) {
    is($doctor->post("/record/$patient/allergies", { substance => "試薬$n", category => 'medication' })->status, 201, "fact $n");
    is(scalar @{ summary()->{allergies}{items} }, $n, '  stands in the summary at the next request');
    ok(copied(), '  the copy has it') if $n % 3 == 0;
    is(scalar @{ summary()->{allergies}{items} }, $n, '  and stays') if $n % 3 == 0;
}
$crew->post("/emergency/$patient/reports", { kind => 'on_scene' });
is(summary()->{reports}[0]{text}, 'on_scene', 'so does what the crew says');
$nurse->post("/emergency/$patient/answers", { body => '右耳が遠い' });
is(summary()->{answers}[0]{text}, '右耳が遠い', '  and what the team answers');
ok(copied(), 'the copy has both');
db('UPDATE care_patient SET phone = "000-555-0001" WHERE id = ?', $id);
is(summary()->{identity}{phone}, '000-555-0001', 'so does who she is');
ok(copied(), '  and it in the copy');
is($crew->post("/emergency/$patient/dispatch", { dispatch_number => 'D-77' })->status, 204, 'what the opening says');
is(summary()->{opening}{dispatch_number}, 'D-77', '  needs no copy');
is($crew->post("/emergency/$patient/extend", {})->status, 204, 'its longer hour');
cmp_ok(summary()->{opening}{minutes}, '>', 60, '  neither');
is($crew->post("/emergency/$patient/stop", {})->status, 204, 'ended');
is($crew->get("/emergency/$patient")->status, 404, '  it is shut');
is($crew->post('/emergency/open', { patient => $patient, reason => 'disaster' })->status, 201, '  and opened anew');
is(summary()->{opening}{reason}, 'disaster', '  the newest opening counts');
is(scalar db('SELECT COUNT(*) FROM emergency_open_now WHERE patient_id = ?', $id), 1, '  and is the only one of now');

# ---- it is the copy that is read: a user's name is all that it need not follow ----

ok(copied(30), 'the copy has it all');
my $from_copy = 0;
for my $try (1 .. 20) {
    copied();
    my $before = nurse_of(summary());
    db('UPDATE care_user SET given = ? WHERE id = ?', "別名$try", $nurse_id);
    my $after = nurse_of(summary());
    last if $from_copy = $after eq $before && $after !~ /別名$try/;
}
ok($from_copy, 'what MariaDB alone has is not seen');
$crew->post("/emergency/$patient/reports", { kind => 'closed' });
like(nurse_of(summary()), qr/別名/, '  but as soon as something of hers changes, MariaDB is asked');

# ---- nobody waits for another whose change takes long ----

{
    my $other = db('SELECT id FROM care_patient WHERE ref = ?', unhex(scalar new_patient(nurse => 'visiting_nurse')));
    my $long = fork // die "fork: $!\n";
    if (!$long) {
        open STDERR, '>', '/dev/null';      # it is cut off
        eval { db("CALL care_follow($other); START TRANSACTION; CALL care_follow($other); DO SLEEP(20); ROLLBACK") };
        POSIX::_exit(0);
    }
    ok(wait_for(sub { db('SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO = "DO SLEEP(20)"') }, 10), 'another is being changed for long');
    my ($as_of, $meetings) = (client(door => 'loopback')->get('/emergency/health')->json->{copy_as_of}, db('SELECT MAX(meetings) FROM care_follower'));
    is($doctor->post("/record/$patient/allergies", { substance => '試薬末', category => 'medication' })->status, 201, '  a fact of hers');
    ok(copied(), '  is copied');
    ok(wait_for(sub { (client(door => 'loopback')->get('/emergency/health')->json->{copy_as_of} // '') gt $as_of }, 15), '  and the copy stays current');
    is(scalar db('SELECT MAX(meetings) FROM care_follower'), $meetings, '  without beginning anew');
    db('KILL ' . db('SELECT ID FROM information_schema.PROCESSLIST WHERE INFO = "DO SLEEP(20)"'));
    waitpid $long, 0;
}

# ---- not of a copy that the database does not know ----

copied();
db('UPDATE care_follower SET meetings = meetings - 1 WHERE module = "emergency"');
db('UPDATE care_user SET given = "他名" WHERE id = ?', $nurse_id);
like(nurse_of(summary()), qr/他名/, 'after a restore the copy is not relied on');
db('UPDATE care_follower SET meetings = meetings + 1 WHERE module = "emergency"');
is($crew->post("/emergency/$patient/stop", {})->status, 204, 'ended');
is($crew->get("/emergency/$patient")->status, 404, '  it is shut at the next request, whatever the copy has');

done_testing;
