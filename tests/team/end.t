#!/usr/bin/perl
# The end: death, discharge, a move; thirty days of writing; a mistake taken back.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my ($doctor, $nurse, $outsider) = map { person($_) } qw(doctor nurse outsider);
my $patient = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse');
my $home = "/team/$patient";
db('UPDATE care_episode SET opened_at = UTC_TIMESTAMP(3) - INTERVAL 100 DAY WHERE patient_id = ?', patient_key($patient));
sub end_it { my (%with) = @_; return $doctor->post("$home/end", { reason => 'deceased', ended_on => day(0), %with }) }
sub episode { return $doctor->get("$home/consents")->json->{episode} }
sub listed { my ($who) = @_; my $l = $who->get('/patients')->json; return scalar grep { $_->{id} eq $patient } @{ $l->{patients} }, @{ $l->{stand_in_patients} } }

sub told { return scalar db('SELECT COUNT(*) FROM lib_event WHERE patient_id = ? AND topic = ?', patient_key($patient), $_[0]) }

for my $case (
    ['tomorrow', 'ended_on in_future', ended_on => day(1)],
    ['before it began', 'ended_on out_of_range', ended_on => day(-101)],
    ['for no reason', 'reason missing', reason => ''],
    ['because of consent', 'reason not_a_choice', reason => 'consent_withdrawn'],
    ['on no day', 'ended_on malformed', ended_on => '2026-13-01'],
) {
    my ($what, $want, @with) = @$case;
    is(why(end_it(@with)), $want, "no end $what");
}
is($nurse->post("$home/end", { reason => 'moved', ended_on => day(0) })->status, 404, 'a member does not end it');
is($doctor->post("$home/undo-end", {})->status, 409, 'nothing to take back');
is(end_it()->status, 204, 'she died');
is($doctor->get("/patients/$patient")->json->{whereabouts}, 'deceased', '  and the strip says so');
my $e = episode();
is($e->{end_reason}, 'deceased', '  as does the page');
is($e->{closes_at}, scalar db('SELECT DATE_FORMAT(TIMESTAMP(?) + INTERVAL 31 DAY - INTERVAL 9 HOUR, "%Y-%m-%dT%H:%i:%s.000Z")', day(0)), 'thirty whole days, from the day after');
is(substr($e->{keep_until}, 0, 4), substr(day(0), 0, 4) + 5, 'kept for five years');
is(end_it()->status, 409, 'she dies once');
is(sees($_, $patient), 1, 'the team still sees the page') for $doctor, $nurse;
is($nurse->post("/timeline/$patient", { body => 'お見送り' })->status, 201, '  and writes');
is(told('record.whereabouts_changed'), 1, '  others are told where she is');
is($doctor->post("$home/undo-end", {})->status, 204, 'it was another one: taken back');
is(episode()->{ended_at}, undef, '  as if it had not been');
is($doctor->get("/patients/$patient")->json->{whereabouts}, 'home', '  the strip says that she is at home, not that she died');
is(told('record.whereabouts_changed'), 2, '  and others are told');
is(end_it(reason => 'discharge', ended_on => day(-30))->status, 204, 'discharged thirty days ago');
is(sees($nurse, $patient), 1, '  today is the last day');
db('UPDATE care_episode SET closes_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE patient_id = ?', patient_key($patient));
is(sees($_, $patient), 0, 'a second after it the page is closed') for $doctor, $nurse;
ok(episode()->{closed}, '  and says so');
is($doctor->post("$home/undo-end", {})->status, 409, '  what is closed is not taken back');
is($nurse->get("/timeline/$patient/own")->status, 200, 'an office still reads its own');
is($outsider->get("/timeline/$patient/own")->status, 404, '  and others nothing');
ok((grep { $_->{id} eq $patient } @{ $doctor->get('/team')->json->{drafts} }), 'whoever manages her finds her among closed pages');
is($doctor->post("$home/consents", { purpose => 'share_team', form => 'oral_recorded', signed_by => 'self', explainer => 'x', given_on => day(0), team_role => 'attending_physician' })->status, 201, 'she comes back and agrees');
is(listed($doctor), 1, '  the doctor sees her');
is(listed($nurse), 0, '  who was of the team before does not, until asked');

my $network = db('SELECT network_id FROM care_user WHERE login = "doctor"');
db('UPDATE care_network SET keep_years = 10 WHERE id = ?', $network);
is(end_it(reason => 'moved')->status, 204, 'moved away');
is(substr(episode()->{keep_until}, 0, 4), substr(day(0), 0, 4) + 10, 'a network may keep longer');
$doctor->post("$home/undo-end", {});
db('UPDATE care_network SET keep_years = 2 WHERE id = ?', $network);
end_it(reason => 'moved');
is(substr(episode()->{keep_until}, 0, 4), substr(day(0), 0, 4) + 5, '  but not shorter than the law');
db('UPDATE care_network SET keep_years = 5 WHERE id = ?', $network);

# ---- a death or a move written in the record ends it, too ----

{
    my $q = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse');
    db('UPDATE care_episode SET opened_at = UTC_TIMESTAMP(3) - INTERVAL 100 DAY WHERE patient_id = ?', patient_key($q));
    my $of = sub { return $doctor->get("/team/$q/consents")->json->{episode} };
    my $moves = sub { return $nurse->post("/record/$q/whereabouts", { whereabouts => $_[0], since => day($_[1]), place => '試験病院' })->status };
    is($moves->('hospital', -9), 201, 'she goes to hospital');
    is($moves->('deceased', -2), 201, '  and dies there: the nurse writes it');
    ok(wait_for(sub { $of->()->{ended_at} }, 60), '  the episode ends');
    is($of->()->{end_reason}, 'deceased', '  because she died');
    is($of->()->{closes_at}, scalar db('SELECT DATE_FORMAT(TIMESTAMP(?) + INTERVAL 31 DAY - INTERVAL 9 HOUR, "%Y-%m-%dT%H:%i:%s.000Z")', day(-2)), '  thirty days from that day');
    is(substr($of->()->{keep_until}, 0, 4), substr(day(-2), 0, 4) + 5, '  and keeping begins');
    is($nurse->post("/timeline/$q", { body => 'お見送り' })->status, 201, '  the team writes');
    is($doctor->post("/team/$q/undo-end", {})->status, 204, 'taken back by the managing office');
    is($doctor->get("/patients/$q")->json->{whereabouts}, 'hospital', '  she is where she was');
    ok(stays_false(sub { $of->()->{ended_at} }, 5), '  and nothing ends again');
    is($moves->('moved', -1), 201, 'she moves away');
    ok(wait_for(sub { ($of->()->{end_reason} // '') eq 'moved' }, 60), '  the episode ends');
    is($moves->('home', -1), 201, '  no, she is at home');
    ok(wait_for(sub { !$of->()->{ended_at} }, 60), '  and it goes on');
    is($doctor->post("/team/$q/end", { reason => 'discharge', ended_on => day(0) })->status, 204, 'care ends with her at home');
    is($moves->('facility', 0), 201, '  where she is then');
    ok(stays_false(sub { !$of->()->{ended_at} }, 5), '  opens nothing');
}

done_testing;
