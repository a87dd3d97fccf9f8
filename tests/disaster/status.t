#!/usr/bin/perl
# What is said of somebody: append-only, conflicts shown, late words in their place; who is
# next and why; lists for paper and what comes back.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Incident;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($officer, $nurse, $doctor, $outsider) = map { person($_) } qw(disasterofficer nurse doctor outsider);
my $district = new_district("試験$$");
my %team = (nurse => 'visiting_nurse', doctor => 'attending_physician');
my %who = map { $_ => new_patient(%team) } qw(ventilator concentrator mattress alone care5 care1);
my %name = reverse %who;
register_patient($who{ventilator}, $district);
register_patient($who{concentrator}, $district);
register_patient($who{mattress}, $district);
register_patient($who{alone}, $district, lives_alone => 1);
register_patient($who{care5}, $district, care_level => 'care5');
register_patient($who{care1}, $district, care_level => 'care1');
equip($who{ventilator}, '人工呼吸器', 4);
equip($who{concentrator}, '酸素濃縮器', 1.5);
equip($who{mattress}, 'エアマットレス', 0);
my $incident = new_incident($officer);
open_incident($officer, $incident, $district);

sub room { return $officer->get("/disaster/$incident")->json }
sub next_in_line { return join ' ', map { $name{ $_->{id} } } @{ room()->{people} } }
sub counts { my $c = $officer->get("/disaster/$incident/counts")->json->{counts}; return "$c->{help} $c->{unknown} $c->{done}" }
sub mark { my ($by, $whom, $status, %with) = @_; return $by->post("/disaster/$incident/status", { patient => $who{$whom}, status => $status, %with }) }
sub now { my ($whom) = @_; return (db_rows('SELECT p.* FROM disaster_person p JOIN care_patient c ON c.id = p.patient_id JOIN disaster_incident i ON i.id = p.incident_id
    WHERE c.ref = ? AND i.ref = ?', unhex($who{$whom}), unhex($incident)))[0] }

# ---- who is next, and why ----

like(next_in_line(), qr/\A(?:ventilator|concentrator|mattress) (?:ventilator|concentrator|mattress) (?:ventilator|concentrator|mattress) alone care5 care1\z/,
    'who needs power first, then who lives alone, then by care level');
is($officer->post("/disaster/$incident/outage", { area => $district, minutes_ago => 60 })->status, 204, 'the district is without power for an hour');
is(next_in_line(), 'concentrator ventilator mattress alone care5 care1', 'the battery that ends first is next; a mattress is no battery of life');
my ($first) = @{ room()->{people} };
is("$first->{hours_left} $first->{equipment} $first->{tier}", '0 酸素濃縮器 1', '  and says why');
cmp_ok($first->{minutes_left}, '<=', 30, '  it has half an hour left');
is($nurse->post("/disaster/$incident/outage", { area => $district })->status, 403, 'a nurse does not say where power is');
$officer->post("/disaster/$incident/outage", {});
is(scalar(grep { $_->{battery_until} } @{ room()->{people} }), 0, 'power is back: no battery counts');

# ---- who sees to her ----

is($nurse->post("/disaster/$incident/take", { patient => $who{alone} })->status, 204, 'somebody sees to her');
my ($taken) = grep { $_->{id} eq $who{alone} } @{ room()->{people} };
is($taken->{assignee_name}, db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "nurse"'), '  by name');
is($taken->{assigned_minutes}, 30, '  for half an hour');
db('UPDATE disaster_person SET assigned_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE assignee_id > 0');
is((grep { $_->{id} eq $who{alone} } @{ room()->{people} })[0]{assignee_name}, undef, '  and no longer');
is($outsider->post("/disaster/$incident/take", { patient => $who{alone} })->status, 404, 'a stranger sees to nobody');

# ---- what is said ----

is(counts(), '0 6 0', 'nobody has said anything');
is(mark($nurse, 'care1', 'safe', place_kind => 'home', needs => ['water', 'food'], method => 'visit', note => '水が出ない')->status, 201, 'the nurse has seen her');
is(counts(), '0 5 1', '  the counts say so');
is(join(' ', @{ (db_rows('SELECT status, place_kind, needs, method FROM disaster_safety_status s JOIN care_patient p ON p.id = s.patient_id WHERE p.ref = ?', unhex($who{care1})))[0] }{qw(status place_kind needs method)}),
    'safe home water,food visit', '  in all its parts');
is(mark($outsider, 'care1', 'safe')->status, 404, 'a stranger says nothing');
is(mark($nurse, 'care1', 'fine')->status, 400, 'nor anybody what is no word');
is(mark($nurse, 'alone', 'contacting')->status, 201, 'calling');
is(now('alone')->{waits} . (now('alone')->{assignee_id} > 0), 21, '  is no answer yet, but somebody is at it');
is(mark($nurse, 'alone', 'rescue_needed')->status, 201, 'she needs help');
is(counts(), '1 4 1', '  and waits for it');
is(now('alone')->{assignee_id}, 0, '  nobody has to call her any more');

# ---- what somebody lacks ----

my ($hers) = grep { $_->{id} eq $who{care1} } @{ $officer->get("/disaster/$incident?show=lacking")->json->{people} };
is("$hers->{need}{water}$hers->{need}{oxygen} $hers->{status}", '10 safe', 'who is safe and lacks water is found among those who lack something');
like($officer->page("/disaster/$incident?show=lacking")->text, qr/足りないもの.*水/s, '  on a page');
is(mark($doctor, 'care1', 'safe', needs => ['oxygen'], method => 'visit')->status, 201, 'a doctor finds that she lacks oxygen, too');
is(counts(), '2 4 0', '  and she waits for help, however safe she is');
like($nurse->page("/disaster/$incident/people/$who{care1}")->text, qr/name="met"/, '  her page asks whether it has arrived');
is(mark($nurse, 'care1', 'safe', method => 'call')->status, 201, 'a word that speaks of nothing lacking');
is(now('care1')->{needs}, 'water,food,oxygen', '  takes nothing away');
is(mark($nurse, 'care1', 'safe', met => 1)->status, 201, 'who says that it has arrived');
is(now('care1')->{needs} . now('care1')->{waits}, '3', '  does');
is(counts(), '1 4 1', '  and the counts say so');
is(scalar db('SELECT COUNT(*) FROM disaster_safety_status s JOIN care_patient p ON p.id = s.patient_id WHERE p.ref = ? AND s.met', unhex($who{care1})), 1, '  by a row of its own');

# ---- two who say otherwise ----

is(mark($nurse, 'care5', 'safe')->status, 201, 'one says safe');
is(mark($doctor, 'care5', 'injured')->status, 201, 'another says injured');
is(now('care5')->{conflict} . now('care5')->{waits}, 11, '  both are shown, with those who need help');
my ($both) = grep { $_->{id} eq $who{care5} } @{ room()->{help} };
is(join(' ', sort map { $_->{status} } @{ $both->{said} }), 'injured safe', '  by what each said');
is(mark($nurse, 'care5', 'safe', settles => 1)->status, 201, 'who knows of both settles it');
is(now('care5')->{conflict} . now('care5')->{status}, '0safe', '  and it is settled');
is(said($who{care5}), 3, 'nothing that was said is gone');
is(mark($nurse, 'care5', 'evacuated')->status, 201, 'the same person may go on');
is(now('care5')->{conflict}, 0, '  without contradicting herself');
is(mark($doctor, 'ventilator', 'safe', seconds_ago => 7200)->status, 201, 'said two hours ago');
is(mark($nurse, 'ventilator', 'hospital')->status, 201, 'otherwise now');
is(now('ventilator')->{conflict} . now('ventilator')->{status}, '0hospital', '  is no conflict but news');
is(mark($doctor, 'ventilator', 'injured', seconds_ago => 3600)->status, 201, 'a late word of an hour ago');
is(now('ventilator')->{status}, 'hospital', '  is no news, and stands in its place');
is(said($who{ventilator}), 3, '  but is kept');
is(mark($nurse, 'mattress', 'safe', seconds_ago => 260_000)->status, 400, 'nothing is three days late');

# ---- once, whatever happens to the line ----

my %key = ('idempotency-key' => 'ab' x 16);
my $before = said($who{mattress});
my @answer = map { $nurse->post("/disaster/$incident/status", { patient => $who{mattress}, status => 'safe', seconds_ago => 5 }, %key) } 1 .. 2;
is(join(' ', map { $_->status } @answer), '201 201', 'the same press twice');
is(said($who{mattress}), $before + 1, '  is one word');
is($nurse->post("/disaster/$incident/status", { patient => $who{mattress}, status => 'safe', seconds_ago => 9 }, %key)->status, 409, 'with other seconds it is known to have arrived');
is(said($who{mattress}), $before + 1, '  and still one');

# ---- paper ----

my $paper = $officer->get("/disaster/$incident/paper?district=$district")->json;
is(join(' ', map { $_->{number} } @{ $paper->{people} }), '1 2 3 4 5 6', 'a list by number');
my %number = map { $name{ $_->{id} } => $_->{number} } @{ $paper->{people} };
my $typed = $officer->post("/disaster/$incident/paper", { rows => "$number{concentrator} 避難\n$number{alone}、無事\n99 無事\nx\n$number{care1} たぶん" });
is($typed->json->{taken}, 2, 'what comes back is typed by number and word');
is(join(' ', map { $_->{line} } @{ $typed->json->{refused} }), '3 4 5', '  what cannot be read comes back with its line');
is(now('concentrator')->{status} . ' ' . now('alone')->{status}, 'evacuated safe', '  and counts');
is($officer->page("/disaster/$incident/paper")->status, 200, 'to be printed');
is($nurse->post("/disaster/$incident/paper", { rows => "$number{care1} 入院" })->json->{taken}, 1, 'whoever sees the list may type of it');
is($outsider->get("/disaster/$incident/paper")->status, 404, 'a stranger prints nothing');

# ---- the map ----

db('UPDATE disaster_registration g JOIN care_patient p ON p.id = g.patient_id SET g.latitude = 33545000, g.longitude = 137505000 WHERE p.ref = ?', unhex($who{alone}));
my $hazard = join '', map { sprintf '%08x', rand 2**32 } 1 .. 4;
db('INSERT INTO disaster_hazard (ref, network_id, kind, name, outline) SELECT ?, network_id, "flood", "試験", "33.542,137.500 33.542,137.512 33.552,137.512 33.552,137.500" FROM disaster_incident WHERE ref = ?', unhex($hazard), unhex($incident));
my $map = $officer->get("/disaster/$incident/map?hazard=$hazard")->json;
db('DELETE FROM disaster_hazard WHERE ref = ?', unhex($hazard));
is(join(' ', map { $name{ $_->{id} } } @{ $map->{inside} }), 'alone', 'a hazard area lists who is inside');
is($map->{unplaced}, 5, '  and says of how many nobody knows where');
is($officer->page("/disaster/$incident/people/$who{care5}")->status, 200, 'a page of one person');
is(scalar @{ $nurse->get("/disaster/$incident/people/$who{care5}")->json->{said} }, 4, '  has all that was said');

# ---- afterwards ----

my $report = $officer->get("/disaster/$incident/report")->json;
is(join(' ', map { "$_->{percent}:$_->{people}" } @{ $report->{shares} }), '50:3 90:6 100:6', 'of six people 50 % are three');
is(join(' ', map { $_->{reached} ? 1 : 0 } @{ $report->{shares} }), '1 1 1', '  all were heard of');
db('DELETE s FROM disaster_safety_status s JOIN care_patient p ON p.id = s.patient_id WHERE p.ref = ?', unhex($who{mattress}));
is(join(' ', map { $_->{reached} ? 1 : 0 } @{ $officer->get("/disaster/$incident/report")->json->{shares} }), '1 0 0', '  of one there is no word: 90 and 100 % are not reached');
$officer->post("/disaster/$incident/close", {});
is($officer->page("/disaster/$incident/report")->status, 200, 'when it is over the numbers stay');
unlike($officer->page("/disaster/$incident/report")->text, qr/試験\d/, '  without a name');
is($nurse->get("/disaster/$incident/report")->status, 404, '  for an officer alone');
done_testing;
