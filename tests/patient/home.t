#!/usr/bin/perl
# The first page: where somebody goes today, and whose page she had open last, of
# patients whose team she is of at this moment.
use strict;
use warnings;
use utf8;
use POSIX qw(strftime);
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my %person = map { $_ => person($_) } qw(nurse doctor outsider);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $other = new_patient(nurse => 'visiting_nurse');
my %key = map { $_ => scalar db('SELECT id FROM care_user WHERE login = ?', $_) } keys %person;
my %id = map { $_ => scalar db('SELECT LOWER(HEX(ref)) FROM care_user WHERE login = ?', $_) } keys %person;

sub home { return $person{$_[0]}->get('/patients')->json }
sub goes { my ($who, $of) = @_; return grep { $_->{patient_id} eq $of } @{ home($who)->{visits} } }
sub opened { return map { $_->{id} } @{ home($_[0])->{opened_patients} } }

# ---- visits ----

my $today = strftime '%Y-%m-%d', gmtime(time + 9 * 3600);
my $tomorrow = strftime '%Y-%m-%d', gmtime(time + 33 * 3600);
sub plans { my ($day, $begins, $ends, @who) = @_; my %visitor; @visitor{map { "visitor$_" } 1 .. @who} = map { $id{$_} } @who; return $person{nurse}->post("/record/$patient/visits", { day => $day, begins => $begins, ends => $ends, kind => 'nursing', %visitor }) }
my $plan = plans($today, '00:00', '00:01', 'nurse');
is($plan->status, 201, 'a visit today') or diag($plan->text);
is(plans($today, '23:58', '23:59', qw(nurse doctor))->status, 201, '  another, of two');
is(plans($tomorrow, '10:00', '10:40', 'nurse')->status, 201, '  and one tomorrow');
my @hers = goes('nurse', $patient);
is_deeply([map { $_->{kind} } @hers], [qw(nursing nursing)], 'today\'s are shown, in order') or diag(explain(\@hers));
is_deeply([map { $_->{over} ? 1 : 0 } @hers], [1, 0], '  with those that are over');
is(scalar goes('doctor', $patient), 1, '  to whoever goes');
is(scalar goes('outsider', $patient), 0, '  and nobody else');
my $page = $person{nurse}->page('/patients')->text;
like($page, qr/今日の訪問.*?0:00〜0:01.*?訪問看護.*?終わりました/s, '  in words');
my ($visit) = db('SELECT LOWER(HEX(ref)) FROM record_visit WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?) AND cancelled_at IS NULL ORDER BY starts_at LIMIT 1', unhex($patient));
is($person{nurse}->post("/record/$patient/visits/$visit/cancel", {})->status, 204, 'cancelled');
is(scalar goes('nurse', $patient), 1, '  it is gone');
is_deeply($person{nurse}->post('/patients/search', { q => 'んんんん' })->json->{visits}, [], 'beside what was searched for there are none');

# ---- opened last ----

sub opens { my ($who, $of, $below) = @_; return is($person{$who}->get(($below // '/timeline') . "/$of")->status, 200, "$who opens a page") }
opens(nurse => $patient);
opens(nurse => $other, '/patients');
ok(wait_for(sub { join(' ', (opened('nurse'))[0, 1]) eq "$other $patient" }, 20), 'those opened last come first, by whichever page');
opens(nurse => $patient);
ok(wait_for(sub { join(' ', (opened('nurse'))[0, 1]) eq "$patient $other" }, 20), '  each once');
cmp_ok(scalar(opened('nurse')), '<=', 5, '  and not many');
my $at = db('SELECT at FROM care_opened WHERE user_id = ? AND patient_id = (SELECT id FROM care_patient WHERE ref = ?)', $key{nurse}, unhex($patient));
opens(nurse => $patient);
$person{nurse}->get("/timeline/$other/state");
$person{nurse}->post("/timeline/$other", { body => 'ひらかずに書く' });
sleep 1;
is(scalar db('SELECT at FROM care_opened WHERE user_id = ? AND patient_id = (SELECT id FROM care_patient WHERE ref = ?)', $key{nurse}, unhex($patient)), $at, 'the same one again is not written again');
is((opened('nurse'))[0], $patient, '  and what no page shows is no opening');
is($person{outsider}->get("/timeline/$patient")->status, 404, 'who may not open it');
sleep 1;
ok(!(grep { $_ eq $patient } opened('outsider')), '  has not');
ok(!(grep { $_ eq $patient } opened('doctor')), 'what one opened the other has not');
like($person{nurse}->page('/patients')->text, qr/最近ひらいた方/, 'the page says it in words');

# ---- of no team any more ----

db('UPDATE care_team SET left_at = UTC_TIMESTAMP(3) WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?) AND user_id = ?', unhex($patient), $key{nurse});
is(scalar goes('nurse', $patient), 0, 'who has left the team has no visit there');
ok(!(grep { $_ eq $patient } opened('nurse')), '  nor the page that she had open');

done_testing;
