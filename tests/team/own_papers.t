#!/usr/bin/perl
# Leaving a team ended access to one's own photos, papers and measurings: only the words of
# entries stayed. What the office's own staff wrote stays whole, and nothing else of anybody.
use strict;
use warnings;
use utf8;
use File::Temp;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Picture;
use Tomozuna::Team;
use Tomozuna::Test;

my %who = map { $_ => person($_) } qw(doctor nurse pharmacist outsider manager);
my ($doctor, $nurse) = @who{qw(doctor nurse)};
my $p = managed_patient('pharmacist', doctor => 'attending_physician', nurse => 'visiting_nurse', pharmacist => 'pharmacist');
my $key = patient_key($p);
db('UPDATE care_patient SET address = "そのときの町1", phone = "0000-00-0000" WHERE id = ?', $key);
my ($own, $record) = ("/timeline/$p/own", "/record/$p/own");
my $folder = File::Temp->newdir;
sub pdf { my ($answer) = @_; open my $out, '>:raw', "$folder/a.pdf" or die; print {$out} $answer->body; close $out; return Encode::decode('UTF-8', scalar `pdftotext -layout $folder/a.pdf - 2>/dev/null`) }
sub leave { my ($who) = @_; my $ref = db('SELECT LOWER(HEX(t.ref)) FROM care_team t JOIN care_user u ON u.id = t.user_id WHERE t.patient_id = ? AND u.login = ? AND t.left_at IS NULL', $key, $who); return $who{$who}->post("/team/$p/$ref/leave", {})->status }
sub file_of { my ($who, $n) = @_; my ($e) = grep { @{ $_->{attachments} } } @{ $who->get($own)->json->{entries} }; return $e && "$own/$e->{id}/files/$e->{attachments}[$n]{id}" }
sub own { my ($who) = @_; return $who->get($record)->json }

# ---- what each writes ----

is($nurse->post_files("/timeline/$p", { body => '右のかかと', attachment => [['かかと.jpg', 'image/jpeg', jpeg()], ['紙.pdf', 'application/pdf', "%PDF-1.4\nx\n%%EOF\n"]] })->status, 201, 'the nurse writes with a photo and a paper');
is($doctor->post_files("/timeline/$p", { body => '胸の写真', attachment => ['胸.jpg', 'image/jpeg', jpeg()] })->status, 201, 'so does the doctor');
my ($theirs) = grep { $_->{body} eq '胸の写真' } @{ $nurse->get("/timeline/$p")->json->{entries} };
my ($of_nurse) = grep { $_->{body} eq '右のかかと' } @{ $nurse->get("/timeline/$p")->json->{entries} };
is($nurse->post("/record/$p/vital_signs", { pulse => 71, note => '看護が測った' })->status, 201, 'the nurse measures');
is($doctor->post("/record/$p/vital_signs", { pulse => 82, note => '医師が測った' })->status, 201, 'so does the doctor');
my ($station) = @{ $doctor->get("/record/$p/papers")->json->{stations} };
my $order = $doctor->post("/record/$p/papers/nursing_order", { station => $station->{id}, valid_from => day(0), valid_to => day(100), diagnoses => '慢性心不全' })->json->{id};
is($doctor->get($record)->status, 200, 'whoever is of the team has the page, too');

# ---- who has left reads her office's own, whole ----

is(leave('nurse'), 204, 'the nurse leaves');
is($nurse->get("/timeline/$p")->status, 404, '  and sees the page no more');
is($nurse->get("/timeline/$p/$of_nurse->{id}/files/$of_nurse->{attachments}[0]{id}")->status, 404, '  nor a file by its old address');
my $photo = file_of($nurse, 0);
my $got = $nurse->get($photo);
is($got->status . ' ' . $got->type, '200 image/jpeg', 'her photo opens');
like($nurse->get(file_of($nurse, 1) . '?save=1')->header('content-disposition'), qr/\Aattachment; /, '  and her paper');
like($nurse->page($own)->text, qr{<img class="large" src="\Q$photo\E"}, '  the page has the photo, to be printed');
is_deeply([map { $_->{note} } @{ own($nurse)->{rows} }], ['看護が測った'], 'what she measured, and nothing else');
is_deeply(own($nurse)->{papers}, [], 'an order to her office is the doctor\'s paper, not hers');
like($nurse->page($record)->text, qr/看護が測った/, '  as a page, to be printed');
is($nurse->get("$record/$order", accept => '*/*')->status, 404, '  nor does it open');
is($nurse->get("$own/$theirs->{id}/files/$theirs->{attachments}[0]{id}")->status, 404, "another office's photo does not open");
is($nurse->get("$own/$theirs->{id}/files/" . $of_nurse->{attachments}[0]{id})->status, 404, '  nor hers under another entry');
is($who{manager}->get($photo)->status, 200, 'the manager of her office opens the photo');
is_deeply([map { $_->{note} } @{ own($who{manager})->{rows} }], ['看護が測った'], '  and reads what was measured');
is($who{outsider}->get($_)->status, 404, 'an outsider does not') for $photo, $own, $record, "$record/$order";

# ---- what was issued says what it said ----

is(leave('doctor'), 204, 'the doctor leaves');
db('UPDATE care_patient SET address = "引っ越した町2", phone = "0000-11-1111" WHERE id = ?', $key);
is_deeply([map { "$_->{id} $_->{kind}" } @{ own($doctor)->{papers} }], ["$order nursing_order"], 'he finds the order that he issued');
my $text = pdf($doctor->get("$record/$order", accept => '*/*'));
like($text, qr/慢性心不全/, '  and prints it');
like($text, qr/そのときの町1/, '  with the address of its day');
unlike($text, qr/引っ越した町2/, '  and not the one that he may not know');
db('UPDATE record_paper SET subject_person = NULL, subject_address = NULL, issuer_office_id = 0 WHERE patient_id = ?', $key);
$text = pdf($doctor->get("$record/$order", accept => '*/*'));
like($text, qr/試験/, 'a paper of before has her name');
unlike($text, qr/引っ越した町2/, '  and no address');
is_deeply([map { $_->{note} } @{ own($doctor)->{rows} }], ['医師が測った'], 'and his measuring');

# ---- withdrawn is withdrawn; younger than her leaving is not hers ----

my $colleague = 'INSERT INTO record_vital_sign (patient_id, ref, measured_at, pulse, note, written_at, written_by, writer_name, writer_profession, writer_office_id)
    SELECT ?, RANDOM_BYTES(16), UTC_TIMESTAMP(3), 60, "あとで", UTC_TIMESTAMP(3) + INTERVAL 1 MINUTE, u.id, "x", "040", f.office_id FROM care_user u JOIN care_staff f ON f.user_id = u.id WHERE u.login = "manager"';
db($colleague, $key);
is_deeply([map { $_->{note} } @{ own($nurse)->{rows} }], ['看護が測った'], 'what a colleague measures later is not for who has left');
is_deeply([map { $_->{note} } @{ own($who{manager})->{rows} }], ['あとで', '看護が測った'], '  but for the manager');
db('UPDATE timeline_entry SET gone = "withdrawn", gone_at = UTC_TIMESTAMP(3), gone_reason = "x" WHERE patient_id = ? AND ref = ?', $key, unhex($of_nurse->{id}));
is($nurse->get($photo)->status, 404, 'the photo of a withdrawn entry does not open');

done_testing;
