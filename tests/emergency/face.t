#!/usr/bin/perl
# Her face beside her name, so that a crew is sure that it is she: only where crews were
# agreed to, only while she is open, small, and from the copy while MariaDB is away.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Faults;
use Tomozuna::Patient;
use Tomozuna::Picture;
use Tomozuna::Test;

my ($crew, $dispatcher, $nurse, $doctor, $outsider) = map { person($_) } qw(crew dispatcher nurse doctor outsider);
my ($patient, $other) = map { scalar new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician') } 1 .. 2;
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient));
my ($at, $face) = ("/patients/$patient/portrait", "/emergency/$patient/face");
my $small = jpeg(said => 0);
sub set { return $nurse->post_files($at, { agreed => 1, portrait => ['顔.jpg', 'image/jpeg', jpeg()], thumbnail => ['小.jpg', 'image/jpeg', $small], @_ })->status }
sub faced { my $s = $crew->get("/emergency/$patient")->json; return $s->{identity}{face} ? 1 : 0 }
sub copied { return wait_for(sub { !db('SELECT COUNT(*) FROM care_followed WHERE subject_id = ? AND follower_id = (SELECT id FROM care_follower ORDER BY seen_at DESC LIMIT 1)', $id) }, $_[0]) }

my $stopped;

# ---- agreed for the team is not agreed for crews ----

is($crew->get($face)->status, 404, 'who has nobody open sees no face');
is($crew->post('/emergency/open', { patient => $patient, reason => 'unconscious' })->status, 201, 'opened');
is($crew->get($face)->status . faced(), '4040', 'nobody has set one');
unlike($crew->page("/emergency/$patient")->text, qr/crew-face/, '  and the page has no place for it');
is(set(), 201, 'the nurse sets one, for the team');
is($crew->get($face)->status . faced(), '4040', '  which is not for crews');
like($doctor->page("/patients/$patient")->text, qr/救急隊には見えません/, '  as her page says');
is($outsider->post("$at/crews", { crews => 1 })->status, 404, 'a stranger cannot say so');
is($nurse->post("$at/crews", { crews => 1 })->status, 204, 'her word on crews, without a new picture');
like($doctor->page("/patients/$patient")->text, qr/救急隊にも見えます/, '  as her page says');

# ---- what the crew gets ----

is(faced(), 1, 'the summary has it at the next request');
my $got = $crew->get($face);
is($got->status . ' ' . $got->header('content-type') . ' ' . $got->header('cache-control'), '200 image/jpeg no-store', 'the crew gets it, and keeps nothing');
is(length $got->body <= 16_384 && $got->body =~ /\A\xff\xd8/, 1, '  small');
like($crew->page("/emergency/$patient")->text, qr{<img class="crew-face" src="$face" width="64" height="64"}, '  beside her name, of fixed size');
is($dispatcher->get($face)->status, 404, 'the dispatcher has not opened her');
is($nurse->get($face)->status =~ /\A40[34]\z/, 1, '  and it is no way in for others');
is($crew->get("/emergency/$other/face")->status, 404, 'another\'s neither');
is($crew->get($at)->status, 404, 'the large one is the team\'s');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/emergency/{patient}/face" AND status = 200 AND subject_id = ?', $id) }, 30), 'each look is in the trail');

# ---- without MariaDB ----

ok(copied(60), 'the copy has it');
is($crew->get($face)->body, $got->body, 'read while the copy is current: the same');
$stopped = stopped(pid_of('mariadbd'));
my $away = $crew->get("/emergency/$patient")->json;
ok($away->{as_of}, 'MariaDB hangs: the copy answers');
ok($away->{identity}{face}, '  and knows of the face');
is($crew->get($face)->body, $got->body, '  and has it');
undef $stopped;
ok(wait_for(sub { !$crew->get("/emergency/$patient")->json->{as_of} }, 30), 'MariaDB is back');

# ---- taken back ----

is($nurse->post("$at/crews", { crews => 0 })->status, 204, 'crews no more');
is($crew->get($face)->status . faced(), '4040', '  at the next request');
is($nurse->post("$at/crews", { crews => 1 })->status, 204, 'and again');
is(set(crews => 1), 201, 'a new one, with both words');
is(faced(), 1, '  stands there');
is($nurse->post("$at/remove", {})->status, 204, 'taken away');
is($crew->get($face)->status . faced(), '4040', '  for crews, too');
ok(copied(60), 'the copy follows');
$stopped = stopped(pid_of('mariadbd'));
is($crew->get($face)->status, 404, '  and has none any more');
undef $stopped;
ok(wait_for(sub { !$crew->get("/emergency/$patient")->json->{as_of} }, 30), 'MariaDB is back');
$crew->post("/emergency/$patient/stop", {});
is($crew->get($face)->status, 404, 'after the end there is nobody');

done_testing;
