#!/usr/bin/perl
# The report of an adverse event: its form, the paper, and the alarm when a day has gone
# without one.
use strict;
use warnings;
use utf8;
use Encode qw(decode);
use File::Temp ();
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($nurse, $doctor, $helper, $outsider, $clerk) = map { person($_) } qw(nurse doctor helper outsider clerk);
my $p = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
db('UPDATE care_patient SET address = "見本坂1-1" WHERE id = ?', $id);
my $today = db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR)');
my $at = "/vaccination/$p";

sub code { my ($answer) = @_; return $answer->status . ' ' . ($answer->json->{error}{code} // '') }
sub notices { return scalar db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.kind = "adverse_report" AND u.login = ? AND n.cause = ?', $_[0], unhex($_[1])) }
sub alarms { return scalar db('SELECT COUNT(*) FROM vaccination_alarm WHERE patient_id = ?', $id) }

# A dose of ours, and what began an hour after it.
db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, product, product_name, programme, dose_number, given_on, given_at, lot_number, site, route, dose_ml, place, office_id, recorded_at, recorded_by, writer_name, writer_profession, writer_office)
    SELECT ?, RANDOM_BYTES(16), "influenza", "インフルエンザ", "influenza_ha", "インフルエンザHA", "influenza_routine", 3, DATE(UTC_TIMESTAMP(3) - INTERVAL 39 HOUR), UTC_TIMESTAMP(3) - INTERVAL 48 HOUR, "0077", "left_arm", "sc", 0.5, "自宅",
    MIN(f.office_id), UTC_TIMESTAMP(3) - INTERVAL 48 HOUR, 1, "試験", "040", "x" FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "nurse"', $id);
my ($dose, $given) = split / /, db('SELECT CONCAT(LOWER(HEX(ref)), " ", DATE(given_at + INTERVAL 9 HOUR)) FROM care_immunization WHERE patient_id = ?', $id);
db('UPDATE care_immunization SET given_on = ? WHERE patient_id = ?', $given, $id);
my $hour = db('SELECT HOUR(given_at + INTERVAL 9 HOUR) FROM care_immunization WHERE patient_id = ?', $id);
my $made = $nurse->post("$at/doses/$dose/adverse_events", { event => 'anaphylaxis', began_on => $given, began_hour => $hour, note => '顔色が悪い' });
ok($made->json->{due_report}, 'within its window a report is due');
my $event = $made->json->{id};
my $report = "$at/adverse_events/$event";

# ---- the form ----

my %form = (reporter => 'attending', reporter_name => '試験 医師', course => "接種30分後に顔面蒼白。\nアドレナリン0.3mg筋注。", severity => 'hospital', hospital => '見本病院',
    admitted_on => $given, outcome => 'improved', causality => 'related', before_note => '卵でじんましん', opinion => 'なし');
is($nurse->get($report)->json->{event}{name}, 'アナフィラキシー', 'the page of the event');
is($doctor->get("$report/paper", accept => '*/*')->status, 404, '  has no paper before it is filled in');
is($helper->post("$report/form", \%form)->status, 403, 'a helper reports nothing');
is($outsider->get($report)->status, 404, '  and who is not of the team knows of nothing');
is($doctor->post("$report/form", { %form, admitted_on => '' })->json->{error}{field}, 'admitted_on', 'in hospital: since when');
is($doctor->post("$report/form", { %form, admitted_on => '2020-01-01' })->json->{error}{field}, 'admitted_on', '  not before the dose');
is($doctor->post("$report/form", { %form, outcome => 'died' })->json->{error}{field}, 'outcome', 'who died was not in hospital alone');
is($doctor->post("$report/form", { %form, course => '' })->json->{error}{field}, 'course', 'what happened is asked');
is($nurse->post("$report/form", \%form)->status, 201, 'a nurse prepares it');
is($doctor->post("$report/form", { %form, severity => 'death_feared' })->status, 201, '  and the doctor changes it');
is($doctor->get($report)->json->{report}{severity}, 'death_feared', '  the newest is the form');
is(scalar db('SELECT COUNT(*) FROM vaccination_report WHERE patient_id = ?', $id), 2, '  and the older one stays');
my $paper = $doctor->get("$report/paper", accept => '*/*');
is($paper->status . ' ' . $paper->header('content-type'), '200 application/pdf', 'the report as PDF');
my $file = File::Temp->new(SUFFIX => '.pdf');
print {$file} $paper->body;
close $file;
my $text = decode('UTF-8', scalar qx(pdftotext -layout $file -)) =~ s/\s+/ /gr;
like($text, qr/$_/, "  with $_") for '副反応疑い報告書', '見本坂1-1', '1940年|昭和15年', 'インフルエンザHA', '0077', '各社', '3回目', '0\.50 mL', '皮下', '左上腕', '定期接種', 'アナフィラキシー',
    '死亡につながるおそれ', '軽快', '関連あり', '見本病院', '試験 医師（主治医）', '顔面蒼白', '卵でじんましん', 'PMDA|医薬品医療機器総合機構';

# ---- the alarm ----

sub listed { my ($who, $where) = @_; return grep { $_->{id} eq $event } @{ $who->get($where)->json->{unreported} } }
is(scalar(listed($nurse, '/vaccination')), 1, 'who looks after her sees that it waits');
my ($row) = listed($clerk, '/vaccination/desk/reports');
is("$row->{vaccine_name} " . ($row->{event} // '-') . ' ' . ($row->{late} ? 1 : 0), 'インフルエンザ - 0', 'the desk hears that a report waits, not of what');
is($nurse->get('/vaccination/desk/reports')->status, 403, '  and nobody else asks there');
is(alarms(), 0, 'within a day nobody is alarmed');
db('UPDATE care_adverse_event SET recorded_at = UTC_TIMESTAMP(3) - INTERVAL 25 HOUR WHERE patient_id = ?', $id);
ok(wait_for(sub { alarms() == 1 }, 120), 'after 24 hours without a number there is an alarm');
is(join(' ', map { notices($_, $event) } qw(clerk doctor nurse helper outsider)), '1 1 0 0 0', '  for the desk and the doctor');
is_deeply([marks($p)], ['doctor question'], '  who has a badge');
ok($_->{late}, 'the lists say that it is late') for listed($clerk, '/vaccination/desk/reports'), listed($doctor, '/vaccination');
cmp_ok($clerk->get('/vaccination/desk')->json->{late_reports}, '>', 0, '  the desk counts it');
is($helper->post("$report/report", { reference => 'X' })->status, 403, 'a helper gives no number');
is($doctor->post("$report/report", { reference => 'TEST-1' })->status, 204, 'reported');
is_deeply([marks($p)], [], '  the badge goes');
is(scalar(listed($clerk, '/vaccination/desk/reports')), 0, '  and the desk waits no more');
is($doctor->post("$report/report", { reference => 'TEST-2' })->status, 404, '  once');

# What is outside of its window, of another dose, or of a dose that was never given, alarms nobody.
db('INSERT INTO care_adverse_event (patient_id, ref, immunization_id, code, name, began_at, due_report, recorded_at, recorded_by, writer_name, writer_profession)
    SELECT patient_id, RANDOM_BYTES(16), immunization_id, "other", "発熱", began_at, 0, recorded_at, 1, "x", "040" FROM care_adverse_event WHERE patient_id = ?', $id);
db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, given_on, recorded_at, recorded_by, writer_name, writer_profession, writer_office, ended_at, end_reason)
    VALUES (?, RANDOM_BYTES(16), "covid19", "x", "2026-01-01", UTC_TIMESTAMP(3), 1, "x", "040", "x", UTC_TIMESTAMP(3), "mistake")', $id);
db('INSERT INTO care_adverse_event (patient_id, ref, immunization_id, code, name, began_at, due_report, recorded_at, recorded_by, writer_name, writer_profession)
    SELECT patient_id, RANDOM_BYTES(16), id, "other", "発熱", UTC_TIMESTAMP(3), 1, UTC_TIMESTAMP(3) - INTERVAL 3 DAY, 1, "x", "040" FROM care_immunization WHERE patient_id = ? AND end_reason = "mistake"', $id);
my $ticks = db('SELECT COUNT(*) FROM vaccination_alarm');
# Another event that is alarmed of proves that the program has looked since.
my $other = new_patient(doctor => 'attending_physician');
my $other_id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($other));
db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, given_on, recorded_at, recorded_by, writer_name, writer_profession, writer_office)
    VALUES (?, RANDOM_BYTES(16), "covid19", "x", "2026-01-01", UTC_TIMESTAMP(3), 1, "x", "040", "x")', $other_id);
db('INSERT INTO care_adverse_event (patient_id, ref, immunization_id, code, name, began_at, due_report, recorded_at, recorded_by, writer_name, writer_profession)
    SELECT patient_id, RANDOM_BYTES(16), id, "other", "x", UTC_TIMESTAMP(3), 1, UTC_TIMESTAMP(3) - INTERVAL 3 DAY, 1, "x", "040" FROM care_immunization WHERE patient_id = ?', $other_id);
ok(wait_for(sub { db('SELECT COUNT(*) FROM vaccination_alarm WHERE patient_id = ?', $other_id) == 1 }, 120), 'a dose given elsewhere alarms, too');
is(alarms(), 1, '  while what needs no report alarms nobody');

is($_->[0]->page($_->[1])->status, 200, "page $_->[1]") for [$doctor, $report], [$helper, $report], [$clerk, '/vaccination/desk/reports'], [$clerk, '/vaccination/desk'], [$doctor, '/vaccination'];
END { local $?; db('DELETE FROM care_notice WHERE kind = "adverse_report" AND state = "queued"') if $id }

done_testing;
