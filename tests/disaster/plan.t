#!/usr/bin/perl
# Evacuation plans: who writes and reads them, whose consent each state wants, and that
# whoever looks for somebody in an incident sees the way out.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Incident;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($officer, $nurse, $outsider) = map { person($_) } qw(disasterofficer nurse outsider);
my $district = new_district("試験計$$");
my ($her, $plain) = map { register_patient(new_patient(nurse => 'visiting_nurse'), $district) } 1 .. 2;
my $plan = "/disaster/of/$her/plan";
my $next_year = db('SELECT DATE_ADD(CONVERT_TZ(UTC_TIMESTAMP(), "+00:00", "+09:00"), INTERVAL 200 DAY)') =~ s/ .*//r;
my %words = (state => 'agreed', agreed_by => '本人', supporter => '試験隣人', supporter_phone => '0532-00-0003', shelter => '試験体育館', route => "橋を\n渡らない",
    transport => 'wheelchair', medicine_days => 3, review_on => $next_year);
sub write_plan { my ($by, %with) = @_; return $by->post($plan, { %words, %with }) }
sub field { my ($r) = @_; return $r->status . ' ' . ($r->json->{error}{field} // '') }
sub plans { return scalar db('SELECT COUNT(*) FROM disaster_plan n JOIN care_patient p ON p.id = n.patient_id WHERE p.ref = ?', unhex($her)) }

is($nurse->get($plan)->json->{plan}, undef, 'there is none yet');
is($outsider->get($plan)->status, 404, 'a stranger learns nothing');
is(write_plan($outsider)->status, 404, '  nor writes any');
is(field(write_plan($nurse, agreed_by => '')), '400 agreed_by', 'agreed, but by whom');
is(field(write_plan($nurse, state => 'provided')), '400 supporter_agreed', 'to be given out it wants the supporter\'s word, too');
is(field(write_plan($nurse, review_on => $_)), '400 review_on', "a review on $_ is none within a year") for '2001-01-01', '2199-01-01';
is(plans(), 0, 'nothing of that is kept');
is(write_plan($nurse)->status, 201, 'written');
my $kept = $nurse->get($plan)->json;
is(join(' ', @{ $kept->{plan} }{qw(state supporter shelter route transport medicine_days review_on)}), "agreed 試験隣人 試験体育館 橋を\n渡らない wheelchair 3 $next_year", '  in all its parts');
is($kept->{registered}{address}, '試験町1', '  with what the law wants of her herself');
ok(!$kept->{plan}{due}, '  and not due');
is($nurse->page($plan)->status, 200, '  to be printed');
is(write_plan($nurse, state => 'provided', supporter_agreed => 1, shelter => '試験公民館')->status, 201, 'written anew');
is(plans(), 2, '  what was before stays');
is($nurse->get("/disaster/of/$her")->json->{plan}{shelter}, '試験公民館', '  the newest counts');
db('UPDATE disaster_plan n JOIN care_patient p ON p.id = n.patient_id SET n.review_on = "2020-01-01" WHERE p.ref = ?', unhex($her));
ok($nurse->get($plan)->json->{plan}{due}, 'after its day it wants a review');

# ---- in an incident ----

my $incident = new_incident($officer, drill => 1);
is($officer->get("/disaster/of/$her/plan")->status, 404, 'an officer who is of no team reads no plan by itself');
open_incident($officer, $incident, $district);
is($officer->get("/disaster/$incident/people/$her")->json->{way_out}{shelter}, '試験公民館', 'but that of whom she looks for');
is($officer->get("/disaster/$incident/people/$plain")->json->{way_out}, undef, '  where there is one');
is($officer->page("/disaster/$incident/people/$her")->status, 200, '  on the page');
is(write_plan($nurse, state => 'revoked')->status, 201, 'it is withdrawn');
is($officer->get("/disaster/$incident/people/$her")->json->{way_out}, undef, '  and shown no more');

# ---- which are due, and whoever is of no team ----

$officer->post('/disaster/secrecy', {});
my $lonely = register_patient(new_patient(nurse => 'visiting_nurse'), $district, reasons => 'power_dependent');
db('DELETE t FROM care_team_now t JOIN care_patient p ON p.id = t.patient_id WHERE p.ref = ?', unhex($lonely));
my ($registration, $with_team) = map { db('SELECT LOWER(HEX(g.ref)) FROM disaster_registration g JOIN care_patient p ON p.id = g.patient_id WHERE p.ref = ?', unhex($_)) } $lonely, $plain;
my $due = '/disaster/register/plans';
sub due { return map { $_->{id} } @{ $officer->get("$due?district=$district")->json->{people} } }
is($nurse->get($due)->status, 403, 'which plans are due is an officer\'s to see');
is((due())[0], $registration, 'who needs power and has no plan stands first');
ok((grep { $_ eq $with_team } due()), '  whoever else has none, too');
is($officer->page($due)->status, 200, '  on a page');
is($officer->get("/disaster/register/$with_team/plan")->status, 404, 'a team\'s plan is not an officer\'s to write');
my $alone = "/disaster/register/$registration/plan";
is($officer->post($alone, { %words })->status, 201, 'that of whoever is of no team is');
is($officer->get($alone)->json->{plan}{shelter}, '試験体育館', '  and stands there');
is($officer->page($alone)->status, 200, '  on a page');
ok(!(grep { $_ eq $registration } due()), '  and is due no more');
done_testing;
