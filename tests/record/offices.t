#!/usr/bin/perl
# The directory of offices, corrected by each office itself; and reminders.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($manager, $nurse, $doctor, $caremanager) = map { person($_) } qw(manager nurse doctor caremanager);
my $list = $nurse->get('/offices')->json;
is(scalar @{ $list->{offices} }, scalar db('SELECT COUNT(*) FROM care_office WHERE closed_at IS NULL'), 'all offices of the network');
my ($own) = grep { $_->{own} } @{ $list->{offices} };
my ($other) = grep { !$_->{own} } @{ $list->{offices} };
cmp_ok(scalar @{ $list->{pins} }, '>', 10, 'with places on the map');
my $was = $manager->get("/offices/$own->{id}")->json;
my %new = (map { $_ => $was->{$_} // '' } qw(phone fax address lat lon hours services));
is($nurse->post("/offices/$own->{id}", { %new, hours => '24時間' })->status, 403, 'a nurse corrects none');
is($manager->post("/offices/$other->{id}", { %new })->status, 403, 'a manager no other');
is($manager->post("/offices/$own->{id}", { %new, lat => '91' })->json->{error}{field}, 'lat', 'no place off the earth');
is($manager->post("/offices/$own->{id}", { %new, lon => '1e3' })->json->{error}{field}, 'lon', '  nor in letters');
is($manager->post("/offices/$own->{id}", { %new, hours => '平日9時〜18時', services => '看取り、点滴' })->status, 204, 'her own');
my $now = $doctor->get("/offices/$own->{id}")->json;
is("$now->{hours} $now->{services}", '平日9時〜18時 看取り、点滴', '  as everybody sees');
ok($now->{corrected_at} && $now->{corrected_name}, '  with who confirmed it and when');
is($doctor->get('/offices/' . 'ab' x 16)->status, 404, 'no other office');
unlike($nurse->page("/offices/$own->{id}")->text, qr/このとおり保存する/, 'no form for who may not');
$manager->post("/offices/$own->{id}", \%new);

# ---- 60 days before a care level ends ----

my $p = new_patient(caremanager => 'care_manager', nurse => 'visiting_nurse');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
sub level {
    my ($days) = @_;
    my $to = db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR + INTERVAL ? DAY)', $days);
    return $nurse->post("/record/$p/care_level", { care_level => 'care2', valid_from => '2025-12-01', valid_to => $to })->json->{id};
}
my $far = level(61);
my $near = level(60);
ok(wait_for(sub { grep { $_ eq 'caremanager unread' } marks($p) }, 150), 'the care manager is told 60 days before');
is_deeply([marks($p)], ['caremanager unread'], '  nobody else');
is(scalar db('SELECT COUNT(*) FROM care_notice WHERE cause = ? AND kind = "expiry"', unhex($near)), 1, '  by a mail');
is(scalar db('SELECT COUNT(*) FROM care_notice WHERE cause = ?', unhex($far)), 0, '  not 61 days before');
is($caremanager->post("/record/$p/seen", {})->status, 204, 'she has seen it');
is_deeply([marks($p)], [], '  and it waits no more');

# ---- nobody to tell, and nobody left to tell it of ----

my $waiting = new_patient(nurse => 'visiting_nurse');
my $over = new_patient(caremanager => 'care_manager', nurse => 'visiting_nurse');
sub level_of {
    my ($of, $days) = @_;
    my $to = db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR + INTERVAL ? DAY)', $days);
    return $nurse->post("/record/$of/care_level", { care_level => 'care2', valid_from => '2025-12-01', valid_to => $to })->json->{id};
}
my $ended = level_of($over, 90);
db('UPDATE care_episode e JOIN care_patient p ON p.id = e.patient_id SET e.ended_at = UTC_TIMESTAMP(3), e.closes_at = UTC_TIMESTAMP(3) + INTERVAL 30 DAY WHERE p.ref = ?', unhex($over));
db('UPDATE care_level SET valid_to = valid_to - INTERVAL 60 DAY WHERE ref = ?', unhex($ended));
my $held = level_of($waiting, 30);
my $told = level(59);
sub reminded { return scalar db('SELECT COUNT(*) FROM record_reminder WHERE ref = ?', unhex($_[0])) }
ok(wait_for(sub { reminded($told) }, 150), 'another is told');
is(reminded($held), 0, 'a team without a care manager is not done with it');
db('INSERT INTO care_team (ref, patient_id, episode_id, office_id, user_id, team_role, joined_at)
    SELECT RANDOM_BYTES(16), p.id, e.id, f.office_id, u.id, "care_manager", UTC_TIMESTAMP(3)
      FROM care_patient p JOIN care_episode e ON e.patient_id = p.id JOIN care_user u ON u.login = "caremanager"
      JOIN care_staff f ON f.user_id = u.id WHERE p.ref = ?', unhex($waiting));
ok(wait_for(sub { grep { $_ eq 'caremanager unread' } marks($waiting) }, 150), '  who joins is told');
is(reminded($ended), 0, 'nobody is reminded of who has died');

done_testing;
