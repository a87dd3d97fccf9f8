#!/usr/bin/perl
# Her face on her pages: set by whoever of the team writes care, cleaned and sealed, seen by
# the team alone, gone when another takes its place, when it is taken away and with her.
use strict;
use warnings;
use utf8;
use POSIX ();
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Picture;
use Tomozuna::Team;
use Tomozuna::Test;

my %who = map { $_ => person($_) } qw(doctor nurse officer outsider);
my $nurse = $who{nurse};
my $patient = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse', officer => 'officer');
db('UPDATE care_consent SET officer = 1 WHERE patient_id = ?', patient_key($patient));
my $other = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse');
my ($home, $at) = ("/patients/$patient", "/patients/$patient/portrait");
sub put_in { my ($by, %with) = @_; return $who{$by}->post_files($at, { agreed => 1, portrait => ['顔.jpg', 'image/jpeg', jpeg()], %with }) }
sub small { return thumbnail => ['thumbnail.jpg', 'image/jpeg', jpeg(said => 0)] }
sub rows { my ($where) = @_; return scalar db("SELECT COUNT(*) FROM patient_portrait WHERE patient_id = ? AND $where", patient_key($patient)) }
sub files { return scalar db('SELECT COUNT(*) FROM care_file WHERE kept_at IS NOT NULL AND patient_id = ?', patient_key($patient)) }
sub chunks { return scalar db('SELECT COUNT(*) FROM care_file_chunk c JOIN care_file f ON f.id = c.file_id WHERE f.kept_at IS NOT NULL AND f.patient_id = ?', patient_key($patient)) }

# ---- set ----

is($nurse->get($at)->status, 404, 'nobody has set one');
is($nurse->get($home)->json->{portrait}, undef, '  as her page says');
my $strip = qr{<img src="$at/thumbnail"};
unlike($nurse->page($home)->text, $strip, '  and the head of her pages has none');
is(why(put_in('nurse', agreed => 0)), 'agreed missing', 'none without her word');
is(why($nurse->post_files($at, { agreed => 1 })), 'portrait missing', '  nor without a picture');
is(why(put_in('nurse', portrait => ['顔.pdf', 'application/pdf', "%PDF-1.4\n%%EOF\n"])), 'portrait file_type', '  nor of a paper');
is(put_in('officer')->status, 403, 'who writes no care sets none');
is(put_in('outsider')->status, 404, 'a stranger knows of nobody');
is(rows('TRUE'), 0, 'nothing came of these');
is(put_in('nurse', small())->status, 201, 'the nurse sets one');
my $got = $who{doctor}->get($at);
is($got->status . ' ' . $got->header('content-type'), '200 image/jpeg', 'the doctor sees it');
is($got->header('cache-control'), 'no-store', '  nothing is kept');
is(index($got->body, MARK), -1, '  it does not say where it was taken');
is($who{officer}->get($at)->status, 200, 'so does the rest of the team');
is($who{outsider}->get($at)->status, 404, 'a stranger does not');
is($nurse->get("/patients/$other/portrait")->status, 404, 'nor is it on another\'s page');
is(nobody_at('open')->get($at)->status =~ /\A40[134]\z/, 1, 'nor at the open door');
is(scalar db('SELECT COUNT(*) FROM care_file_chunk c JOIN care_file f ON f.id = c.file_id WHERE f.patient_id = ? AND LOCATE(X\'ffd8ff\', sealed) = 1', patient_key($patient)), 0, 'no chunk is a picture in clear');
my $said = $nurse->get($home)->json;
is($said->{portrait}{set_name}, db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "nurse"'), 'her page says who set it');
for my $page ($home, "/timeline/$patient", "/record/$patient", "/team/$patient") {
    like($who{doctor}->page($page)->text, $strip, "$page has it at its head");
}
unlike($who{doctor}->page("/timeline/$other")->text, qr{/portrait/thumbnail}, 'the pages of others have none');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/patients/{patient}/portrait" AND method = "GET" AND status = 200
    AND user_id = (SELECT id FROM care_user WHERE login = "doctor") AND subject_id = ?', patient_key($patient)) > 0 }, 60), 'each look is in the audit trail');

# ---- another instead, and none ----

my $was = $got->header('etag');
is(files(), 2, 'a picture and a small one');
is(put_in('doctor')->status, 201, 'without script another comes without a small one');
isnt($nurse->get($at)->header('etag'), $was, '  and takes its place');
is($nurse->get("$at/thumbnail")->status, 404, '  the small one of before is not shown for it');
unlike($nurse->page($home)->text, $strip, '  nor stands anything at the head');
ok(wait_for(sub { files() == 1 }, 120), 'what it took the place of goes');
is(rows('ended_name IS NOT NULL AND file_id IS NULL'), 1, '  who had set and ended it stays');
is($who{officer}->post("$at/remove", {})->status, 403, 'who writes no care takes none away');
is($nurse->post("$at/remove", {})->status, 204, 'the nurse takes it away');
is($nurse->get($at)->status, 404, '  then there is none');
is($nurse->post("$at/remove", {})->status, 404, '  to take away');
ok(wait_for(sub { files() + chunks() == 0 }, 120), '  and nothing of it is left');

# ---- two at a time ----

my @pair;
for my $by (qw(nurse doctor)) {
    push @pair, my $pid = fork // die;
    next if $pid;
    my $tab = client(device => $by);
    $tab->{cookie} = $who{$by}{cookie};
    $who{$by} = $tab;
    put_in($by, small());
    POSIX::_exit(0);
}
waitpid $_, 0 for @pair;
is(rows('ended_at IS NULL'), 1, 'of two at a time one is current');

# ---- the end ----

is(scalar db('SELECT COUNT(*) FROM patient_portrait p JOIN care_file f ON f.id = p.file_id WHERE p.patient_id = ? AND f.patient_id <> p.patient_id', patient_key($patient)), 0,
    'it is a file of hers: deletion and export take it with her');
is($who{doctor}->get($at)->status, 200, 'it is there');
my ($share) = grep { $_->{purpose} eq 'share_team' } @{ $who{doctor}->get("/team/$patient/consents")->json->{consents} };
my $consent = "/team/$patient/consents/$share->{id}";
is($who{doctor}->post("$consent/withdraw", { withdrawn_by => '本人', withdrawn_relation => '本人', people => $who{doctor}->get($consent)->json->{people} })->status, 204, 'she withdraws her consent');
is($nurse->get($_)->status, 404, "then $_ is nobody's") for $at, "$at/thumbnail";
done_testing;
