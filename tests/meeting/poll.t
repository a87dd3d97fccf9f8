#!/usr/bin/perl
# Dates put to the team: who is asked, who answers, and that the meeting is set from what they said.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my ($manager, $nurse, $doctor, $outsider) = map { person($_) } qw(caremanager nurse doctor outsider);
my $p = new_patient(caremanager => 'care_manager', nurse => 'visiting_nurse', doctor => 'attending_physician');
my %what = (kind => 'care_conference', title => '試験の日程', day => day(5), begins => '14:00', ends => '15:00', presence => 'none');
# The demo's own tomozuna-meet keeps away: no meeting of this test is any provider's.
db('UPDATE meeting_provider SET pause_until = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR');
END { local $?; db('UPDATE meeting_provider SET pause_until = NULL') }

sub made { my (%in) = @_; return $manager->post("/meeting/of/$p", { %what, %in })->json->{id} }
sub seen { my ($who, $id) = @_; return $who->get("/meeting/$id")->json }
sub offer { my ($id, %in) = @_; return $manager->post("/meeting/$id/dates", { day => day(6), begins => '10:00', ends => '11:00', %in }) }
sub waiting { my ($who, $id) = @_; return scalar db('SELECT COUNT(*) FROM care_mark k JOIN care_user u ON u.id = k.user_id WHERE u.login = ? AND k.module = "meeting" AND k.ref = ?', $who, unhex($id)) }

my $id = made();
is($nurse->get("/meeting/$id")->status, 404, 'a draft is its maker\'s');
is(offer($id, begins => '25:00')->json->{error}{field}, 'begins', 'no such time');
is(offer($id)->status, 201, 'dates are put to the team');
is($manager->get("/meeting/$id")->json->{meeting}{phase}, 'polling', '  and it is being asked');
is(offer($id)->status, 409, '  each once');
is(offer($id, day => day(7))->status, 201, '  one more');
my @date = @{ seen($nurse, $id)->{dates} };
is(join(' ', map { $_->{starts_at} } @date), join(' ', sort map { $_->{starts_at} } @date), 'the team sees them in order');
is(scalar @date, 3, '  the draft\'s own time among them');
is(scalar(grep { $_->{best} } @date), 0, '  none of which suits best yet');
is(join(' ', map { waiting($_, $id) } qw(nurse doctor caremanager outsider)), '1 1 0 0', '  with a mark for each who is asked');
is($outsider->get("/meeting/$id")->status, 404, '  and nobody else');
ok((grep { $_->{id} eq $id } @{ $nurse->get('/meeting')->json->{meetings} }), '  it is in her calendar');
ok((grep { $_->{id} eq $id } @{ $nurse->get("/meeting/of/$p")->json->{meetings} }), '  and on the patient\'s page');
is($nurse->post("/meeting/$id/dates", { day => day(8), begins => '10:00', ends => '11:00' })->status, 403, 'only who holds it puts dates');

is($nurse->post("/meeting/$id/vote", { fits => $date[1]{id}, perhaps => $date[0]{id} })->status, 204, 'the nurse answers');
is(waiting('nurse', $id), 0, '  and waits for nothing more');
is($doctor->post("/meeting/$id/vote", { fits => $date[1]{id} })->status, 204, 'the doctor');
is($doctor->post("/meeting/$id/vote", { fits => $date[2]{id}, perhaps => $date[1]{id} })->status, 204, '  thinks again');
is($manager->post("/meeting/$id/vote", { fits => $date[1]{id} })->status, 204, 'and who holds it');
is($outsider->post("/meeting/$id/vote", { fits => $date[1]{id} })->status, 404, 'nobody else');
is($nurse->post("/meeting/$id/vote", { fits => 'x' })->status, 400, 'what is no date');
my @now = @{ seen($nurse, $id)->{dates} };
is_deeply([map { "$_->{fits} $_->{perhaps} $_->{unfit}" } @now], ['0 1 2', '2 1 0', '1 0 2'], 'counted');
is_deeply([map { $_->{own} } @now], ['perhaps', 'fits', 'unfit'], '  with one\'s own');
is_deeply([map { $_->{best} ? 1 : 0 } @now], [0, 1, 0], '  and which suits best');
is(scalar @{ $now[1]{votes} }, 3, '  and who said what');

is($manager->post("/meeting/$id/invite", {})->status, 409, 'no invitation without a date');
is($nurse->post("/meeting/$id/take", { date => $date[1]{id} })->status, 403, 'only who holds it decides');
is($manager->post("/meeting/$id/take", { date => 'cd' x 16 })->status, 409, 'on one of them');
is($manager->post("/meeting/$id/take", { date => $date[1]{id} })->status, 204, 'it is decided');
my $set = seen($manager, $id);
is($set->{meeting}{starts_at}, $date[1]{starts_at}, '  it is then');
like($set->{meeting}{phase}, qr/\A(?:preparing|refused)\z/, '  the provider is asked');
is($set->{accepted}, 2, '  who said so comes');
is((grep { ($_->{profession_code} // '') eq '010' } @{ $set->{invited} })[0]{response}, 'tentative', '  who would rather not may');
is(join(' ', map { waiting($_, $id) } qw(nurse doctor)), '0 0', '  and nobody is asked any more');
is(scalar @{ $set->{dates} }, 0, '  no dates are shown');
is($nurse->post("/meeting/$id/vote", { fits => $date[1]{id} })->status, 404, '  and no answer counts: it is a draft until the provider has it');
is(offer($id)->status, 409, '  nor another date');

my $family = made(presence => 'family');
offer($family);
my ($first) = @{ seen($manager, $family)->{dates} };
is($manager->post("/meeting/$family/take", { date => $first->{id} })->status, 204, 'with family the date is taken');
is(seen($manager, $family)->{meeting}{phase}, 'draft', '  and nothing leaves before the consent');

my $off = made();
offer($off);
is($manager->post("/meeting/$off/cancel", {})->status, 204, 'cancelled while asking');
is(seen($manager, $off)->{meeting}{phase}, 'cancelled', '  it is off');
is($nurse->post("/meeting/$off/vote", { fits => $first->{id} })->status, 409, '  and nobody answers');

my $many = made();
offer($many, day => day(10 + $_)) for 1 .. 9;
is(offer($many, day => day(30))->status, 409, 'ten dates and no more');
done_testing;
