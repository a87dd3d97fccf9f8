#!/usr/bin/perl
# A vaccination at the kitchen table, from the plan to the record: each step, what it
# refuses by name, two people at once, a browser closed anywhere, and who is told.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Picture;
use Tomozuna::Test;

my ($nurse, $doctor, $helper, $clerk, $outsider) = map { person($_) } qw(nurse doctor helper clerk outsider);
my $p = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
my $at = "/vaccination/$p";
my @question = qw(leaflet illness immunosuppressed bleeding doctor_agreed recent_illness unwell convulsion severe_allergy
    component_allergy past_reaction fainting pregnant recent_vaccine has_question);
my %form = (temperature => '36.4', (map { $_ => 'no' } @question), wish => 'wishes', signer => 'self');
my %dose = (product => 'influenza_ha', lot_number => 'TEST01', expires_on => '2199-03-31', site => 'left_arm', route => 'sc', dose_ml => '0.5');

sub code { my ($answer) = @_; return $answer->status . ' ' . ($answer->json->{error}{code} // '') }

sub planned {
    my ($vaccine) = @_;
    my $made = $nurse->post("$at/visits", { vaccine => $vaccine });
    return $made->status == 201 ? "$at/visits/" . $made->json->{id} : undef;
}

sub judge {
    my ($visit, %value) = @_;
    return $doctor->post("$visit/judgement", { form => $doctor->get($visit)->json->{form}{id}, judgement => 'possible', mode => 'present', explained => 1, %value });
}

# ---- the plan ----

is($nurse->post("$at/visits", { vaccine => 'smallpox' })->json->{error}{field}, 'vaccine', 'a vaccine that the schedule does not know');
is($outsider->post("$at/visits", { vaccine => 'influenza' })->status, 404, 'others know of no such patient');
my $visit = planned('influenza');
ok($visit, 'planned');
is(code($nurse->post("$at/visits", { vaccine => 'influenza' })), '409 conflict', '  once: the second plan for the same vaccine is refused');
is($nurse->get($visit)->json->{visit}{state}, 'planned', '  and waits for the form');
ok((grep { $_->{patient} eq $p } @{ $nurse->get('/vaccination')->json->{visits} }), '  on the working list');
is_deeply([grep { $_->{patient} eq $p } @{ $outsider->get('/vaccination')->json->{visits} }], [], '  of nobody else');

# ---- the form ----

is(code($helper->post("$visit/screening", \%form)), '400 clerk', 'a helper screens nobody');
is($nurse->post("$visit/screening", { %form, temperature => 'あつい' })->json->{error}{field}, 'temperature', 'a temperature is a number');
is($nurse->post("$visit/screening", { %form, temperature => '64.3' })->json->{error}{code}, 'out_of_range', '  of somebody alive');
my %half = (temperature => '36.4', leaflet => 'no', illness => 'yes', signer => 'self');
is($nurse->post("$visit/screening", \%half)->json->{state}, 'planned', 'half a form is stored');
my ($leaflet, $fainting) = map { my $q = $_; grep { $_->{code} eq $q } @{ $nurse->get($visit)->json->{questions} } } qw(leaflet fainting);
ok($leaflet->{no} && $fainting->{not_asked}, '  and goes on where it was, in any browser');
is_deeply([map { $_->{code} } @{ $nurse->get($visit)->json->{stops} }], [qw(unanswered not_wished)], '  which says what is open');
is($nurse->post("$visit/screening", { %form, signer => 'other' })->json->{state}, 'planned', 'signed by another without saying who');
is_deeply([map { $_->{code} } @{ $nurse->get($visit)->json->{stops} }], [qw(no_signer intent)], '  is open too');
is(code(judge($visit)), '409 conflict', 'no doctor judges half a form');
is($nurse->post("$visit/screening", { %form, temperature => '37.5', bleeding => 'yes' })->json->{state}, 'screened', 'complete, it waits for the doctor');
is_deeply([marks($p)], ['doctor question'], '  who is told');

# ---- the doctor ----

is(code($nurse->post("$visit/judgement", { form => $nurse->get($visit)->json->{form}{id}, judgement => 'possible', mode => 'present', explained => 1 })), '400 not_a_doctor', 'a nurse does not judge');
is(code(judge($visit, remark => '主治医と相談ずみ')), '400 fever', 'fever stops the doctor');
is(code($nurse->post("$visit/dose", \%dose)), '400 fever', '  and the dose');
is($nurse->post("$visit/screening", { %form, temperature => '３６．９', bleeding => 'yes' })->json->{state}, 'screened', 'it is measured again');
is(code(judge($visit)), '400 no_remark', 'a yes wants a remark');
is(code(judge($visit, remark => '圧迫する', explained => 0)), '400 not_explained', 'what was not explained');
is(code(judge($visit, remark => '圧迫する', mode => 'remote')), '400 remote', 'from a distance, where the town does not allow it');
is(code(judge($visit, remark => '圧迫する', form => 'ab' x 16)), '409 conflict', 'a form that is not the newest');
is(code($nurse->post("$visit/dose", \%dose)), '400 not_judged', 'no dose before the doctor');
is(judge($visit, remark => '圧迫する')->status, 201, 'possible');
is_deeply([marks($p)], [], '  waits for the doctor no more');
is($nurse->get($visit)->json->{visit}{state}, 'eligible', '  and for the dose');
like($doctor->get($visit)->json->{judgement}{remark}, qr/圧迫/, '  with the remark');

# ---- the dose ----

my %bad = (
    lot_expired => { expires_on => '2020-01-01' }, wrong_route => { route => 'im' }, wrong_amount => { dose_ml => '0.25' },
    no_product => { product => 'comirnaty' },
);
is(code($nurse->post("$visit/dose", { %dose, %{ $bad{$_} } })), "400 $_", "refused by name: $_") for sort keys %bad;
is($nurse->post("$visit/dose", { %dose, dose_ml => '5' })->json->{error}{field}, 'dose_ml', 'an amount that is none');
is($nurse->post("$visit/dose", { %dose, programme => 'covid19_routine' })->json->{error}{field}, 'programme', 'another vaccine\'s programme');
db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, product, given_on, recorded_at, recorded_by, writer_name, writer_profession, writer_office)
    VALUES (?, RANDOM_BYTES(16), "influenza", "x", "influenza_ha", DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR), UTC_TIMESTAMP(3), 1, "x", "040", "x")', $id);
is(code($nurse->post("$visit/dose", \%dose)), '400 same_day', 'a dose of the same day');
db('DELETE FROM care_immunization WHERE patient_id = ?', $id);
my $given = $nurse->post("$visit/dose", \%dose);
is($given->status . ' ' . ($given->json->{wait_minutes} // ''), '201 15', 'given: a quarter of an hour to wait');
is(code($doctor->post("$visit/dose", \%dose)), '400 same_day', 'the second who records the same dose');
is(scalar db('SELECT COUNT(*) FROM care_immunization WHERE patient_id = ?', $id), 1, '  leaves one');
my $now = $nurse->get($visit)->json;
is($now->{visit}{state}, 'waiting', 'the waiting period runs');
ok($now->{seconds_left} > 800 && $now->{seconds_left} <= 900, '  by the server\'s clock, whoever opens the page');
is("$now->{immunization}{lot_number} $now->{immunization}{dose_ml} $now->{immunization}{site}", 'TEST01 0.50 left_arm', '  with what was given');
is($now->{immunization}{doctor_name}, db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "doctor"'), '  on whose word');
like($nurse->page($visit)->text, qr/data-seconds="\d+"/, '  the page has the clock');
unlike($helper->page($visit)->text, qr/観察を終えて/, '  and no button for who may not close it');

# ---- the end of it ----

my %end = (watched_by => '試験 花', condition_after => 'well');
is(code($helper->post("$visit/close", \%end)), '400 clerk', 'a helper ends no waiting period');
is(code($nurse->post("$visit/close", \%end)), '400 too_soon', 'nor a nurse, early');
is(code($nurse->post("$visit/close", { %end, watched_by => '', early_reason => '救急車' })), '400 no_watcher', 'nor without anybody who watched');
db('UPDATE vaccination_visit SET wait_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE patient_id = ?', $id);
is($nurse->post("$visit/close", \%end)->status, 204, 'when the time is over, complete');
is(code($nurse->post("$visit/close", \%end)), '409 conflict', '  once');
is($nurse->get($visit)->json->{visit}{state}, 'completed', '  and it says so');
my ($listed) = grep { $_->{id} eq $p } @{ $nurse->get('/patients')->json->{patients} };
is($listed->{immunized_on}, $now->{immunization}{given_on}, 'the list of patients has the icon');
ok(wait_for(sub { entries_of($p) == 1 }, 60), 'one entry on the timeline');
my ($entry) = @{ $doctor->get("/timeline/$p")->json->{entries} };
is($entry->{body}, 'ワクチン接種記録が追加されました', '  which says no more than that');
is_deeply([marks($p)], ['doctor unread', 'helper unread'], '  and the team is told');
my ($due) = grep { $_->{vaccine} eq 'influenza' } @{ $nurse->get($at)->json->{recommendations} };
is($due->{state}, 'later', 'the next one is due next season');
like($due->{due_on}, qr/\A\d{4}-10-01\z/, '  from October');

# ---- thirty minutes, and a dose of which half an hour ago was not told ----

my $second = planned('covid19');
$nurse->post("$second/screening", { %form, severe_allergy => 'yes' });
is(judge($second, remark => 'エビで。30分みる')->status, 201, 'a severe allergy once, with the doctor\'s remark');
my %comirnaty = (%dose, product => 'comirnaty', route => 'im', dose_ml => '0.3');
is(code($nurse->post("$second/dose", { %comirnaty, minutes_ago => 5 })), '400 before_judged', 'no dose is older than the doctor\'s word');
db('UPDATE vaccination_judgement SET judged_at = judged_at - INTERVAL 10 MINUTE WHERE patient_id = ?', $id);
$given = $nurse->post("$second/dose", { %comirnaty, minutes_ago => 5 });
is($given->json->{wait_minutes}, 30, 'waits half an hour');
ok($nurse->get($second)->json->{seconds_left} <= 25 * 60, '  from the dose, not from its writing');
is($nurse->post("$second/close", { %end, condition_after => 'adverse', early_reason => '救急車で運んだ' })->status, 204, 'with a reason it ends early');
my $one = $nurse->get($second)->json->{immunization}{id};

# ---- what came after, and what that stops ----

my $adverse = "$at/doses/$one/adverse_events";
my ($today, $hour) = split / /, db('SELECT DATE_FORMAT(UTC_TIMESTAMP() + INTERVAL 9 HOUR, "%Y-%m-%d %H")');
is($nurse->post($adverse, { event => 'plague', began_on => $today, began_hour => $hour })->json->{error}{field}, 'event', 'an event that nobody codes');
is($nurse->post($adverse, { event => 'anaphylaxis', began_on => '2199-01-01', began_hour => 1 })->json->{error}{code}, 'in_future', '  nor one to come');
my $told = $nurse->post($adverse, { event => 'anaphylaxis', began_on => $today, began_hour => $hour });
is($told->status . ' ' . ($told->json->{due_report} ? 'due' : ''), '201 due', 'anaphylaxis within four hours is to be reported');
is($helper->post("$at/adverse_events/" . $told->json->{id} . '/report', { reference => 'R-1' })->status, 403, '  by whom');
is($nurse->post("$at/adverse_events/" . $told->json->{id} . '/report', { reference => 'R-1' })->status, 204, '  is reported');
is($nurse->post("$at/adverse_events/" . $told->json->{id} . '/report', { reference => 'R-2' })->status, 404, '  once');
my $third = planned('zoster');
$nurse->post("$third/screening", \%form);
is(code(judge($third)), '400 contradicted', '"never unwell afterwards" is contradicted by the record');
is(judge($third, reason => '別のワクチン、本人と家族が希望')->status, 201, '  until a reason is given');
is(code($nurse->post("$third/dose", { %dose, product => 'zoster_live', programme => 'zoster_routine' })), '400 wrong_age', 'not of the programme by her age');
$nurse->post("$third/screening", { %form, immunosuppressed => 'yes' });
is(judge($third, reason => '理由', remark => '所見')->status, 201, 'immunosuppressed: possible with one that is not live');
is(code($nurse->post("$third/dose", { %dose, product => 'zoster_live' })), '400 live_immunosuppressed', '  the live one is not, for any reason');
is($nurse->post("$third/dose", { %dose, product => 'shingrix', route => 'im' })->json->{wait_minutes}, 30, '  the other one is, and after anaphylaxis waits half an hour');

# ---- anaphylaxis after this product; an event that was none ----

my $again = planned('covid19');
db('UPDATE care_immunization SET given_on = given_on - INTERVAL 1 YEAR WHERE patient_id = ? AND vaccine = "covid19"', $id);
$nurse->post("$again/screening", { %form, past_reaction => 'unknown' });
is(code(judge($again, remark => '家族もわからない')), '400 past_event', 'whoever does not know is answered by the record');
is(judge($again, remark => '家族もわからない', reason => 'ほかの製品で')->status, 201, '  until a reason is given');
is(code($nurse->post("$again/dose", \%comirnaty)), '400 recorded_anaphylaxis', 'what anaphylaxis followed is never given again');
my $event = "$at/adverse_events/" . $told->json->{id} . '/mistake';
is($helper->post($event, { reason => 'x' })->status, 403, 'an event is struck by who may screen');
is($nurse->post($event, {})->json->{error}{field}, 'reason', '  for a reason');
is($nurse->post($event, { reason => '隣の人のことだった' })->status, 204, '  as a row of its own');
is($nurse->post($event, { reason => 'x' })->status, 404, '  once');
is(scalar db('SELECT CONCAT(struck, " ", reason) FROM vaccination_strike WHERE patient_id = ?', $id), 'adverse_event 隣の人のことだった', '  which keeps why');
is($nurse->post("$again/dose", \%comirnaty)->status, 201, '  and stops nobody any more');

# ---- none was given ----

my $fourth = planned('pneumococcal');
is($nurse->post("$fourth/not_given", { reason => 'absent', note => 'デイサービス' })->status, 204, 'nobody at home');
my ($row) = grep { $_->{patient} eq $p && $_->{state} eq 'not_given' } @{ $nurse->get('/vaccination')->json->{visits} };
is($row->{reason}, 'absent', '  stays on the working list, with why');
$fourth = planned('pneumococcal');
ok(!(grep { $_->{patient} eq $p && $_->{state} eq 'not_given' } @{ $nurse->get('/vaccination')->json->{visits} }), '  until it is planned again');
$nurse->post("$fourth/screening", \%form);
is(judge($fourth, judgement => 'deferred')->json->{error}{field}, 'remark', 'a deferral wants a reason');
is(judge($fourth, judgement => 'deferred', remark => '退院したばかり')->status, 201, 'deferred by the doctor');
is($nurse->get($fourth)->json->{not_given}{reason}, 'deferral', '  is said as that');
is(code($nurse->post("$fourth/screening", \%form)), '409 conflict', '  and that visit is over');
my $slip = planned('pneumococcal');
is($nurse->post("$slip/cancel", {})->status, 204, 'a plan that was a slip is cancelled');

# ---- a welfare volunteer reads nothing medical ----

{
    my $was = db('SELECT f.profession FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "helper"');
    my $as = sub { db('UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.profession = ? WHERE u.login = "helper"', $_[0]) };
    $as->('333');
    is($helper->get($_)->status, 403, "none of $_") for $at, $visit, "$at/doses/$one";
    is_deeply($helper->get('/vaccination')->json->{visits}, [], '  nor a line of the list');
    my ($seen) = grep { $_->{id} eq $p } @{ $helper->get('/patients')->json->{patients} };
    is($seen->{immunized_on}, undef, '  nor the icon');
    $as->($was);
}

# ---- photos ----

is($nurse->post_files("$visit/papers", { kind => 'form', photo => ['a.txt', 'text/plain', '予診票'] })->status, 415, 'a photo is a picture');
is($nurse->post_files("$visit/papers", { kind => 'voucher', photo => ['券.jpg', 'image/jpeg', jpeg()] })->status, 204, 'the voucher is kept as a photo');
my ($paper) = @{ $doctor->get($visit)->json->{papers} };
is($paper->{kind}, 'voucher', '  that says what it shows');
is($doctor->get("$visit/papers/$paper->{id}")->header('content-type'), 'image/jpeg', '  the doctor opens it');
is($doctor->get("$second/papers/$paper->{id}")->status, 404, '  under its own visit only');
is($outsider->get("$visit/papers/$paper->{id}")->status, 404, '  and others never');
ok(wait_for(sub { entries_of($p) == 2 }, 60), 'both doses that were closed have their entry');

done_testing;
