#!/usr/bin/perl
# The town draws: districts, hazard areas, where shelters are; what an incident's map makes of it.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Incident;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($officer, $nurse, $outsider) = map { person($_) } qw(disasterofficer nurse outsider);
my $square = '33.542,137.500 33.542,137.512 33.552,137.512 33.552,137.500';
my $areas = '/disaster/town/areas';
sub drawn { my ($list, $id) = @_; return (grep { $_->{id} eq $id } @{ $officer->get($areas)->json->{$list} })[0] }

is($nurse->get($areas)->status, 403, 'a nurse draws nothing');
is($nurse->post('/disaster/town/hazards', { kind => 'flood', name => 'x', outline => $square })->status, 403, '  no hazard area either');

# ---- districts ----

my $name = "試験字$$";
my $her = new_patient(nurse => 'visiting_nurse');
db('UPDATE care_patient SET care_level = "care5" WHERE ref = ?', unhex($her));
register_patient($her, new_district("仮$$"), address => "むつみ町${name}3-1", latitude => 33545000, longitude => 137505000);
db('UPDATE disaster_registration g JOIN care_patient p ON p.id = g.patient_id SET g.district_id = 0 WHERE p.ref = ?', unhex($her));
is($officer->post('/disaster/town/districts', { name => $name, outline => '33.5,137.5 33.6,137.6' })->json->{error}{field}, 'outline', 'two corners are no area');
my $made = $officer->post('/disaster/town/districts', { name => $name, outline => $square });
is($made->status, 201, 'a district is drawn');
my $district = $made->json->{id};
is(drawn('districts', $district)->{people}, 1, '  whose name stands in her address lives there');
is($officer->post('/disaster/town/districts', { name => $name })->status, 409, '  no second of that name');
is($officer->post("/disaster/town/districts/$district", { name => $name, outline => "33.542,137.500\n33.542,137.513\n33.552,137.513" })->status, 204, 'it is drawn anew');
like(drawn('districts', $district)->{points}, qr/\A\S+ \S+ \S+\z/, '  with three corners, one a line');
is($officer->post('/disaster/town/districts/' . 'a' x 32, { name => 'x' })->status, 409, 'none is where there is none');

# ---- hazard areas ----

is($officer->post('/disaster/town/hazards', { kind => 'flood', name => "試験の浸水$$" })->json->{error}{field}, 'outline', 'a hazard area without corners is none');
my $hazard = $officer->post('/disaster/town/hazards', { kind => 'flood', name => "試験の浸水$$", outline => '33.60,137.60 33.60,137.61 33.61,137.61' })->json->{id};
my $incident = new_incident($officer, drill => 1);
open_incident($officer, $incident, $district);
sub inside { my $m = $officer->get("/disaster/$incident/map?hazard=$hazard")->json; return ((grep { $_->{id} eq $hazard } @{ $m->{hazards} })[0]{people} // 'none') . ' ' . join ' ', map { $_->{id} } @{ $m->{inside} } }
is(inside(), '0 ', 'she lives outside');
is($officer->post("/disaster/town/hazards/$hazard", { kind => 'landslide', name => "試験の崖$$", outline => $square })->status, 204, 'it is drawn anew, around her house');
is(inside(), "1 $her", '  and the map of the incident lists her');
is(drawn('hazards', $hazard)->{kind}, 'landslide', '  of its new kind');

# ---- shelters ----

my ($town) = db('SELECT m.municipality FROM care_network_municipality m JOIN care_user u ON u.network_id = m.network_id WHERE u.login = "nurse" LIMIT 1');
my $shelter = $officer->post('/disaster/shelters', { name => "試験公民館$$", municipality => $town, address => '試験町2', capacity => 30 })->json->{id};
is(drawn('shelters', $shelter)->{place}, undef, 'a shelter is on no map yet');
is($officer->post("/disaster/shelters/$shelter/place", { place => '33.5' })->json->{error}{field}, 'place', 'half a place is none');
is($nurse->post("/disaster/shelters/$shelter/place", { place => '33.545,137.506' })->status, 403, 'a nurse puts it nowhere');
is($officer->post("/disaster/shelters/$shelter/place", { place => '33.545, 137.506' })->status, 204, 'it is put on the map');
is(drawn('shelters', $shelter)->{place}, '33.545000,137.506000', '  where it was said');
$officer->post("/disaster/$incident/shelters", { shelter => $shelter, state => 'open', people => 3 });
my ($mark) = grep { $_->{id} eq $shelter } @{ $nurse->get("/disaster/$incident/map")->json->{shelters} };
ok($mark->{takes} && $mark->{people} == 3 && $mark->{x} > 0 && $mark->{y} > 0, 'an incident\'s map has it, open, and how many are there, for a nurse, too');
like($nurse->page("/disaster/$incident/map")->text, qr/class="shelter takes"/, '  on a page');
is($outsider->get("/disaster/$incident/map")->status, 404, '  not for a stranger');
like($nurse->page("/disaster/$incident/people/$her")->text, qr/<option value="試験公民館$$">/, 'a place to name is offered');
is($officer->post("/disaster/shelters/$shelter/place", {})->status, 204, 'taken off the map');
is(drawn('shelters', $shelter)->{x}, undef, '  it is');
is($officer->page($areas)->status, 200, 'all of it on a page');
is($officer->post("/disaster/town/hazards/$hazard/end", {})->status, 204, 'a hazard area ends');
is(drawn('hazards', $hazard), undef, '  and is gone');

END {
    local $?;
    db('DELETE FROM disaster_hazard WHERE name LIKE ?', "試験の%$$");
    if ($shelter) {
        db('DELETE w FROM disaster_shelter_word w JOIN disaster_shelter h ON h.id = w.shelter_id WHERE h.ref = ?', unhex($shelter));
        db('DELETE FROM disaster_shelter WHERE ref = ?', unhex($shelter));
    }
    db('DELETE g FROM disaster_registration g JOIN disaster_district d ON d.id = g.district_id WHERE d.name = ?', $name) if $name;
    db('DELETE FROM disaster_district WHERE name = ?', $name) if $name;
}

done_testing();
