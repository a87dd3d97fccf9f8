#!/usr/bin/perl
# The image of a signed consent: in with the consent or later, sealed, seen by whoever
# may read the consent and by nobody else, gone when the patient's time is over.
use strict;
use warnings;
use utf8;
use Digest::SHA qw(sha256_hex);
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Picture;
use Tomozuna::Team;
use Tomozuna::Test;

my %who = map { $_ => person($_) } qw(doctor nurse pharmacist outsider officer manager);
my $doctor = $who{doctor};
my $patient = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse', officer => 'officer');
my $other = managed_patient('doctor', doctor => 'attending_physician');
my $home = "/team/$patient/consents";
my %base = (purpose => 'research', form => 'written', signed_by => 'self', explainer => '試験', given_on => day(0));
my $paper = "%PDF-1.4\n" . 'SIGNED-CLEAR' x 9_000 . "\n%%EOF\n";
sub listed { my ($id) = @_; my ($c) = grep { $_->{id} eq $id } @{ $doctor->get($home)->json->{consents} }; return $c }
sub consents { return scalar db('SELECT COUNT(*) FROM care_consent WHERE patient_id = ?', patient_key($patient)) }
sub of_patient { return scalar db('SELECT COUNT(*) FROM care_file WHERE kept_at IS NOT NULL AND patient_id = ?', patient_key($patient)) }
sub put_image { my ($consent, %with) = @_; return $doctor->post_files("$home/$consent/image", {%with}) }

# ---- with the consent ----

my $made = $doctor->post_files($home, { %base, image => ['同意書.jpg', 'image/jpeg', jpeg()] });
is($made->status, 201, 'a consent with a photo of what was signed') or diag($made->body);
my $consent = $made->json->{id};
like(listed($consent)->{image}, qr/\A[0-9a-f]{32}\z/, '  has it');
my $got = $doctor->get("$home/$consent/image");
is($got->status . ' ' . $got->header('content-type'), '200 image/jpeg', '  the managing office opens it');
is($got->header('cache-control'), 'no-store', '  nothing is kept');
is(index($got->body, MARK), -1, '  it does not say where it was taken');
is(listed($consent)->{document_hash}, sha256_hex($got->body), '  of which the consent has the hash');
like($doctor->page($home)->text, qr{href="$home/$consent/image"}, '  the page leads to it');
is(scalar db('SELECT patient_id FROM care_file WHERE ref = ?', unhex(listed($consent)->{image})), patient_key($patient), '  it is a file of the patient');
is(consents(), 2, 'one consent more');
is($who{$_}->get("$home/$consent/image")->status, 404, "$_ does not see it") for qw(nurse pharmacist outsider officer manager);

# ---- a network that opens pages by what was signed, and nothing else ----

my %share = (%base, purpose => 'share_team');
db('UPDATE care_network SET consent_image = 1');
END { local $?; db('UPDATE care_network SET consent_image = 0') }
is($doctor->post($home, { %share })->json->{error}{field}, 'image', 'no consent to share without its image, where the network asks for it');
like($doctor->page($home)->text, qr/必ずつけてください/, '  as the form says');
is($doctor->post($home, \%base)->status, 201, '  other purposes do not need one');
is($doctor->post_files($home, { %share, image => ['同意書.jpg', 'image/jpeg', jpeg()] })->status, 201, '  with it');
db('UPDATE care_network SET consent_image = 0');
is($doctor->post($home, { %share })->status, 201, 'elsewhere it may follow later');

is(nobody_at('open')->get("$home/$consent/image")->status =~ /\A40[134]\z/, 1, 'nor does the open door');
is($doctor->get("/team/$other/consents/$consent/image")->status, 404, 'nor is it found at another patient');
my ($entry) = $who{nurse}->post("/timeline/$patient", { body => '記録' })->json->{id};
is($doctor->get("/timeline/$patient/$entry/files/" . listed($consent)->{image})->status, 404, 'nor by the door of the timeline');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/team/{patient}/consents/{consent}/image" AND method = "GET" AND status = 200
    AND user_id = (SELECT id FROM care_user WHERE login = "doctor") AND subject_id = ?', patient_key($patient)) > 0 }, 60), 'each look is in the audit trail');

# ---- later, and another instead of it ----

my $bare = $doctor->post($home, {%base})->json->{id};
is(listed($bare)->{image}, undef, 'a consent without one');
is($doctor->get("$home/$bare/image")->status, 404, '  shows none');
is(why(put_image($bare)), 'image missing', '  and wants one where one is to be added');
is(put_image($bare, image => ['同意書.pdf', 'application/pdf', $paper])->status, 204, 'a paper is added later');
is(sha256_hex($doctor->get("$home/$bare/image")->body), sha256_hex($paper), '  and comes back as it was');
is(scalar db('SELECT COUNT(*) FROM care_file_chunk WHERE LOCATE("SIGNED-CLEAR", sealed) > 0'), 0, '  no chunk is clear text');
my $first = listed($bare)->{image};
my $kept = of_patient();
is(put_image($bare, image => ['b.png', 'image/png', png()])->status, 409, 'another one does not take its place unnoticed');
is(put_image($bare, image => ['b.png', 'image/png', png()], was => 'ab' x 16)->status, 409, '  nor instead of one that it never had');
is(of_patient(), $kept, '  and nothing is kept of either');
is(put_image($bare, image => ['b.png', 'image/png', png()], was => $first)->status, 204, 'but by naming the one it replaces');
is(listed($bare)->{document_hash}, sha256_hex($doctor->get("$home/$bare/image")->body), '  the hash with it');
isnt(listed($bare)->{image}, $first, '  which is not shown any more');
is($doctor->get("$home/$bare/image")->header('content-type'), 'image/png', '  but the new one');
is(of_patient(), $kept + 1, '  and stays stored');
is(why(put_image($bare, image => ['a.txt', 'text/plain', 'name: nobody'], was => listed($bare)->{image})), 'image file_type', 'a text is no image');
is($who{$_}->post_files("$home/$bare/image", { image => ['b.png', 'image/png', png()], was => listed($bare)->{image} })->status, 404, "$_ replaces nothing") for qw(nurse outsider officer manager);

# ---- what it goes with ----

is($doctor->post("$home/$bare/withdraw", { withdrawn_by => '本人', withdrawn_relation => '本人' })->status, 204, 'the consent is withdrawn');
is($doctor->get("$home/$bare/image")->status, 200, '  and what was signed can still be read by who keeps the papers');
is(put_image($consent, image => ['x.png', 'image/png', substr(png(), 0, 60)], was => listed($consent)->{image})->status, 400, 'a damaged picture is refused');
is($doctor->get("$home/$consent/image")->header('content-type'), 'image/jpeg', '  and the one before stays');
cmp_ok(scalar db('SELECT COUNT(*) FROM care_file_chunk c JOIN care_file f ON f.id = c.file_id WHERE f.patient_id = ?', patient_key($patient)), '>=', 3,
    'all of it names the patient, with whom it goes (deletion.t)');
done_testing;
