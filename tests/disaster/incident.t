#!/usr/bin/perl
# An incident: prepared by a bulletin or by hand, opened by an officer for some districts
# and hours, closed by itself; who sees what of it.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Incident;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($officer, $crew, $nurse, $outsider) = map { person($_) } qw(disasterofficer crew nurse outsider);
my ($here, $there) = map { new_district("試験$_$$") } qw(北 南);
my $hers = register_patient(new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician'), $here, lives_alone => 1);
my $others = register_patient(new_patient(outsider => 'visiting_nurse'), $here);
my $away = register_patient(new_patient(nurse => 'visiting_nurse'), $there);

sub names { my ($who, $incident) = @_; my %is = ($hers => 'hers', $others => 'others', $away => 'away');
    return join ' ', sort map { $is{ $_->{id} } // 'somebody' } @{ $who->get("/disaster/$incident")->json->{people} // [] } }
sub row_of { my ($incident) = @_; return (db_rows('SELECT * FROM disaster_incident WHERE ref = ?', unhex($incident)))[0] }
sub opened { my ($incident) = @_; return scalar db('SELECT COUNT(*) FROM care_incident WHERE ref = ? AND opened_at <= UTC_TIMESTAMP(3) AND closed_at > UTC_TIMESTAMP(3)', unhex($incident)) }

# ---- prepared, and nobody in it ----

is($nurse->post('/disaster', { kind => 'flood', title => 'x' })->status, 403, 'a nurse prepares none');
my $incident = new_incident($officer);
is($officer->get("/disaster/$incident")->status, 200, 'an officer prepares one and enters');
is(scalar @{ $officer->get("/disaster/$incident")->json->{people} }, 0, '  nobody is on its list');
is($_->get("/disaster/$incident")->status, 404, "$_->{name} does not know of it") for $crew, $nurse, $outsider;
is($officer->get("/disaster/$incident/$_")->status, 404, "  nor is there a $_ yet") for qw(map paper counts);

# ---- opened ----

my %open = (basis => '停電が長びく', area => $here, secrecy => 1);
is($officer->post("/disaster/$incident/open", { %open, basis => '' })->json->{error}{field}, 'basis', 'opening wants a reason');
is($officer->post("/disaster/$incident/open", { %open, secrecy => 0 })->json->{error}{field}, 'secrecy', '  and the duty of secrecy');
is($officer->post("/disaster/$incident/open", { %open, area => [] })->json->{error}{field}, 'area', '  and a district');
is($officer->post("/disaster/$incident/open", { %open, area => 'cd' x 16 })->status, 400, '  that there is');
is($officer->post("/disaster/$incident/open", { %open, hours => 169 })->status, 400, '  for a week at most');
is(row_of($incident)->{opened_at}, undef, '  else it stays shut');
is($nurse->post("/disaster/$incident/open", \%open)->status, 403, 'nobody else opens it');
is($officer->post("/disaster/$incident/open", \%open)->status, 201, 'opened');
is($officer->post("/disaster/$incident/open", \%open)->status, 409, '  once');
is(db('SELECT TIMESTAMPDIFF(HOUR, opened_at, until) FROM disaster_incident WHERE ref = ?', unhex($incident)) + 0, 72, '  for 72 hours');
is(opened($incident), 1, '  and the officers of the teams read meanwhile');
is(join(' ', db('SELECT LOWER(HEX(p.ref)) FROM care_incident_patient q JOIN care_incident i ON i.id = q.incident_id JOIN care_patient p ON p.id = q.patient_id WHERE i.ref = ? ORDER BY 1', unhex($incident))),
    join(' ', sort $hers, $others), '  of whoever is on the list and of nobody else');
is(names($officer, $incident), 'hers others', 'an officer sees the districts that were opened, no other');
is(names($nurse, $incident), 'hers', 'a nurse whom she looks after');
is(names($outsider, $incident), 'others', '  as does her colleague elsewhere');
is(names($crew, $incident), '', 'a support body nobody yet');
ok($crew->get("/disaster/$incident")->json->{accepts}, '  before it accepts the duty of secrecy');
is($crew->post('/disaster/secrecy', { incident => $incident })->status, 204, 'it accepts');
is(names($crew, $incident), 'hers others', '  and sees them');
is($nurse->get("/disaster/$incident/people/$others")->status, 404, 'another team\'s person is not there');
is($crew->get("/disaster/$incident/people/$others")->status, 200, '  for a support body she is');
is($crew->get("/disaster/$incident/people/$away")->status, 404, '  but not of a district that is shut');
is(scalar db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.kind = "disaster" AND n.cause = ? AND u.login = "nurse"', unhex($incident)) > 0, 1, 'the teams are told');
is(scalar db('SELECT COUNT(*) FROM lib_event WHERE topic = "disaster.opened" AND about = ?', unhex($incident)), 1, '  and other modules');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/disaster/{incident}" AND purpose = "DISASTER" AND subjects LIKE CONCAT("%", (SELECT id FROM care_patient WHERE ref = ?), "%")', unhex($others)) > 1 }, 20), 'every view is in the trail');
is($officer->get("/disaster/$incident/map")->status, 200, 'the map');
is($officer->page("/disaster/$incident/map")->status, 200, '  as a page');

my $late = register_patient(new_patient(nurse => 'visiting_nurse'), $here);
db('UPDATE disaster_registration SET resident_number = NULL WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($late));
is($officer->post('/disaster/register/refresh', {})->status, 201, 'the register changes meanwhile');
my ($new) = grep { $_->{id} eq $late } @{ $officer->get("/disaster/$incident")->json->{people} };
is($new->{number}, 3, '  who comes later has the next number');

# ---- its end ----

is($officer->post("/disaster/$incident/lengthen", { hours => 24, reason => '復旧しない' })->status, 204, 'lengthened, with a reason');
is(db('SELECT TIMESTAMPDIFF(HOUR, opened_at, until) FROM disaster_incident WHERE ref = ?', unhex($incident)) + 0, 96, '  to 96 hours');
db('UPDATE disaster_incident SET until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE ref = ?', unhex($incident));
is($_->get("/disaster/$incident")->status, 404, "after its time it is shut to $_->{name}") for $crew, $nurse;
is($officer->get("/disaster/$incident")->status, 200, '  an officer sees that it was');
is(names($officer, $incident), '', '  and nobody of it');
is($officer->get("/disaster/$incident/people/$hers")->status, 404, '  not by a person\'s page');
is($officer->post("/disaster/$incident/status", { patient => $hers, status => 'safe' })->status, 404, '  nor by writing');
my $second = new_incident($officer);
open_incident($officer, $second, $here);
is($officer->post("/disaster/$second/close", {})->status, 204, 'another is closed before its time');
is(opened($second), 0, '  for the teams\' officers, too');
is($nurse->get("/disaster/$second")->status, 404, '  and for everybody');
my $third = new_incident($officer);
is($officer->post("/disaster/$third/discard", {})->status, 204, 'one that was not needed is put away');
is($officer->get("/disaster/$third")->status, 404, '  and gone');

# ---- drills ----

my $drill = new_incident($officer, drill => 1);
open_incident($officer, $drill, $here);
is(names($nurse, $drill), 'hers somebody', 'a drill has a list');
is(scalar db('SELECT COUNT(*) FROM care_notice WHERE cause = ?', unhex($drill)), 0, '  and tells nobody');
is(scalar db('SELECT drill FROM care_incident WHERE ref = ?', unhex($drill)), 1, '  and opens no team to its officers');
like($officer->page("/disaster/$drill")->text, qr/訓練/, '  and says so');
is($officer->post("/disaster/$drill/close", {})->status, 204, '  closed');

# ---- what a bulletin proposes ----

sub proposed { return scalar db('SELECT COUNT(*) FROM disaster_incident WHERE bulletin = ?', unhex($_[0])) }
db('UPDATE disaster_incident SET discarded_at = UTC_TIMESTAMP(3) WHERE opened_at IS NULL AND discarded_at IS NULL AND bulletin IS NOT NULL');
my $bulletin = bulletin('bulletin.issued', topic => 'flood');
ok(wait_for(sub { proposed($bulletin) }, 20), 'a severe bulletin prepares a room');
my ($room) = db_rows('SELECT LOWER(HEX(ref)) AS ref, kind, opened_at, drill FROM disaster_incident WHERE bulletin = ?', unhex($bulletin));
is("$room->{kind} $room->{drill}", 'flood 0', '  of its kind');
is($room->{opened_at}, undef, '  and never opens it');
is(scalar @{ $officer->get("/disaster/$room->{ref}")->json->{people} }, 0, '  nobody is shown');
is(scalar db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.cause = ? AND u.login = "disasterofficer"', unhex($room->{ref})) > 0, 1, '  the officers are told');
my $again = bulletin('bulletin.updated', topic => 'flood');
my $mild = bulletin('bulletin.issued', topic => 'landslide', severity => 'moderate');
my $exercise = bulletin('bulletin.issued', topic => 'tsunami', status => 'exercise');
my $power = bulletin('bulletin.issued', topic => 'outage', severity => 'moderate');
ok(wait_for(sub { proposed($power) }, 20), 'a power cut prepares one, however mild');
is(proposed($again), 0, 'a second word of the same kind none');
is(proposed($mild), 0, 'one that is not severe none');
is(proposed($exercise), 0, 'a 訓練 telegram none');
ok((grep { $_->{id} eq $exercise } @{ $officer->get('/disaster')->json->{exercises} }), '  but an officer may make a drill of it');
Tomozuna::Incident::event('bulletin.retracted', $bulletin);
ok(wait_for(sub { db('SELECT COUNT(*) FROM disaster_incident WHERE bulletin = ? AND discarded_at IS NOT NULL', unhex($bulletin)) }, 20), '取消 takes away what nobody has opened');
done_testing;
