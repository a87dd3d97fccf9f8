#!/usr/bin/perl
# Shelters and how they stand; how offices stand: quick first, corrected later, by proxy.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Incident;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($officer, $crew, $nurse, $outsider) = map { person($_) } qw(disasterofficer crew nurse outsider);
my ($town) = db('SELECT m.municipality FROM care_network_municipality m JOIN care_user u ON u.network_id = m.network_id WHERE u.login = "nurse" LIMIT 1');
my ($nurses) = db('SELECT LOWER(HEX(o.ref)) FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = "nurse" AND f.left_at IS NULL LIMIT 1');
my %words = (name => "試験福祉避難所$$", welfare => 1, municipality => $town, address => '試験町1', targets => 'elderly', capacity => 40, family_most => 1,
    generator => 1, designated_on => '2021-05-20', office => $nurses);
sub of_ours { my ($r) = @_; return grep { $_->{name} =~ /$$\z/ } @{ $r->json->{shelters} } }

# ---- what there is ----

is($nurse->post('/disaster/shelters', \%words)->status, 403, 'a nurse registers none');
is($officer->post('/disaster/shelters', { %words, capacity => 0 })->json->{error}{field}, 'capacity', 'a shelter has room for somebody');
is($officer->post('/disaster/shelters', { %words, municipality => '99999' })->status, 409, '  and is in one of our towns');
my $made = $officer->post('/disaster/shelters', \%words);
is($made->status, 201, 'registered');
my $welfare = $made->json->{id};
my $school = $officer->post('/disaster/shelters', { name => "試験小学校$$", municipality => $town, address => '試験町2', capacity => 300 })->json->{id};
my ($kept) = grep { $_->{id} eq $welfare } of_ours($nurse->get('/disaster/shelters'));
is(join(' ', @{$kept}{qw(capacity family_most designated_on targets)}), '40 1 2021-05-20 elderly', '  everybody reads of it');
is($officer->page('/disaster/shelters')->status, 200, '  on a page');
is($officer->post("/disaster/shelters/$welfare", { %words, capacity => 30 })->status, 204, 'changed');
is((grep { $_->{id} eq $welfare } of_ours($nurse->get('/disaster/shelters')))[0]{capacity}, 30, '  it is');

# ---- how they stand ----

my $district = new_district("試験避$$");
my $her = register_patient(new_patient(nurse => 'visiting_nurse'), $district);
my $incident = new_incident($officer, drill => 1);
my $stand = "/disaster/$incident/shelters";
is($nurse->get($stand)->status, 404, 'before it is opened nobody says anything');
open_incident($officer, $incident, $district);
my %now = map { $_->{id} => $_ } of_ours($nurse->get($stand));
is("$now{$welfare}{state} $now{$welfare}{people}", 'not_open 0', 'none is open yet');
ok($now{$welfare}{may} && !$now{$school}{may}, 'an office speaks for the one that it runs');
is($nurse->post($stand, { shelter => $school, state => 'open' })->status, 404, '  for no other');
is($outsider->post($stand, { shelter => $welfare, state => 'open' })->status, 404, '  and nobody else for it');
is($nurse->post($stand, { shelter => $welfare, state => 'open', people => 12, note => '発電機を動かした' })->status, 201, 'it is open');
is($crew->post($stand, { shelter => $school, state => 'preparing' })->status, 201, 'a support body speaks for any');
is($officer->post($stand, { shelter => $welfare, state => 'full', people => 30 })->status, 201, 'so does an officer');
%now = map { $_->{id} => $_ } of_ours($outsider->get($stand));
is("$now{$welfare}{state} $now{$welfare}{people} $now{$school}{state}", 'full 30 preparing', 'the newest counts, for everybody');
is(scalar db('SELECT COUNT(*) FROM disaster_shelter_word w JOIN disaster_shelter h ON h.id = w.shelter_id WHERE h.ref = ?', unhex($welfare)), 2, '  what was said before stays');
is($nurse->page($stand)->status, 200, '  on a page');
my $second = new_incident($officer);
open_incident($officer, $second, $district);
%now = map { $_->{id} => $_ } of_ours($nurse->get("/disaster/$second/shelters"));
is($now{$welfare}{state}, 'not_open', 'what a drill says is not said in earnest');

# ---- offices ----

my $offices = "/disaster/$incident/offices";
sub stands { my ($who) = @_; my ($o) = grep { $_->{id} eq $nurses } @{ $who->get($offices)->json->{offices} }; return $o }
sub say_it { my ($who, %with) = @_; my $r = $who->post($offices, \%with); return $r->status . ' ' . ($r->json->{error}{field} // '') }
is(scalar @{ $nurse->get($offices)->json->{offices} }, 1, 'an office sees its own');
cmp_ok(scalar @{ $officer->get($offices)->json->{offices} }, '>', 5, '  an officer all of them');
is(stands($officer)->{service}, undef, 'nothing is heard of it yet');
is(say_it($nurse, service => 'reduced', quick => 1), '201 ', 'a quick word says no more than that');
is(join(' ', @{ stands($officer) }{qw(service damage quick times)}), 'reduced unknown ' . JSON::PP::true() . ' 1', '  and is one');
is(say_it($nurse, service => 'reduced'), '400 damage', 'to correct it says what is damaged');
is(say_it($nurse, service => 'stopped', damage => 'heavy', hurt => 2, needs => ['power', 'water'], note => '屋根が落ちた'), '201 ', 'corrected');
is(join(' ', @{ stands($officer) }{qw(service damage hurt needs times)}), 'stopped heavy 2 water,power 2', '  the newest counts');
is(say_it($outsider, office => $nurses, service => 'normal', quick => 1), '404 ', 'nobody speaks for another office');
is(say_it($officer, office => $nurses, service => 'normal', quick => 1), '400 told_by', 'an officer who rang it up says who told her');
is(say_it($officer, office => $nurses, service => 'normal', damage => 'slight', told_by => '試験所長'), '201 ', 'by proxy');
is(join(' ', @{ stands($nurse) }{qw(service told_by times)}), 'normal 試験所長 3', '  and the office sees that');
ok((grep { $_->{id} eq $incident } @{ $outsider->get('/disaster')->json->{places} }), 'everybody finds where to say it');
is($_->page($offices)->status, 200, "  $_->{name} on a page") for $nurse, $officer;
$officer->post("/disaster/$incident/close", {});
is(say_it($nurse, service => 'normal', quick => 1), '404 ', 'after its end no more');

is($nurse->post("/disaster/shelters/$school/end", {})->status, 403, 'a nurse takes none away');
is($officer->post("/disaster/shelters/$_/end", {})->status, 204, 'no shelter any more') for $school, $welfare;
is(scalar of_ours($nurse->get('/disaster/shelters')), 0, '  nor listed');
done_testing;
END {
    local $?;
    db("DELETE w FROM disaster_shelter_word w JOIN disaster_shelter h ON h.id = w.shelter_id WHERE h.ref = ?", unhex($_)) for grep { defined } $welfare, $school;
    db('DELETE FROM disaster_shelter WHERE ref = ?', unhex($_)) for grep { defined } $welfare, $school;
    db('DELETE r FROM disaster_office_report r JOIN disaster_incident i ON i.id = r.incident_id WHERE i.ref = ?', unhex($incident)) if $incident;
}
