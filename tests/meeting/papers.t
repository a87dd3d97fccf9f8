#!/usr/bin/perl
# Papers of a meeting: whose they are, and that they go when their owner said so; reminders; courses.
use strict;
use warnings;
use utf8;
use Encode ();
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my ($manager, $nurse, $doctor, $outsider) = map { person($_) } qw(caremanager nurse doctor outsider);
my $p = new_patient(caremanager => 'care_manager', nurse => 'visiting_nurse', doctor => 'attending_physician');
db('UPDATE meeting_provider SET pause_until = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR');
END { local $?; db('UPDATE meeting_provider SET pause_until = NULL') }

my @made;
END { local $?; for my $id (@made) { db("DELETE x FROM $_ x JOIN meeting_meeting m ON m.id = x.meeting_id WHERE m.ref = ?", unhex($id)) for qw(meeting_paper meeting_invitation); db('DELETE FROM meeting_meeting WHERE ref = ?', unhex($id)) } }
sub made {
    my ($path, %in) = @_;
    my $id = $manager->post($path, { title => '試験', day => day(1), begins => '14:00', ends => '15:00', invite => 1, %in })->json->{id};
    push @made, $id;
    db('UPDATE meeting_meeting SET state = "scheduled", done = revision, act_due_at = NULL WHERE ref = ?', unhex($id));
    db('UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id SET i.join_url = "https://meet.example/x", i.mail_due_at = NULL WHERE m.ref = ?', unhex($id));
    return $id;
}
sub papers { my ($who, $id) = @_; return @{ $who->get("/meeting/$id")->json->{papers} } }
sub add { my ($who, $id, %in) = @_; return $who->post_files("/meeting/$id/papers", { paper => [['状態.txt', 'text/plain', Encode::encode('UTF-8', "歩行が不安定\n")]], last_on => day(8), %in }) }

# ---- papers ----

my $id = made("/meeting/of/$p", kind => 'care_conference', presence => 'none');
is(add($nurse, $id, last_on => day(-1))->json->{error}{field}, 'last_on', 'no paper until yesterday');
is($nurse->post("/meeting/$id/papers", { last_on => day(8) })->json->{error}{field}, 'paper', 'a day alone is none');
is(add($outsider, $id)->status, 404, 'none of a stranger');
my $mine = add($nurse, $id)->json->{id};
ok($mine, 'a paper of the nurse');
my ($seen) = papers($doctor, $id);
is("$seen->{name} $seen->{last_on}", '状態.txt ' . day(8), '  is there for those who are invited, until its day');
ok(!$seen->{mine}, '  who do not own it');
my $got = $doctor->get("/meeting/$id/papers/$mine");
is(Encode::decode('UTF-8', $got->body), "歩行が不安定\n", '  and read it');
like($got->header('content-disposition'), qr/\Aattachment/, '  as a file');
is($outsider->get("/meeting/$id/papers/$mine")->status, 404, '  nobody else does');
is($manager->get('/meeting/' . made('/meeting', kind => 'training_course') . "/papers/$mine")->status, 404, '  nor under another meeting');
my ($file) = db('SELECT file_id FROM meeting_paper WHERE ref = ?', unhex($mine));
is(scalar db('SELECT patient_id = (SELECT id FROM care_patient WHERE ref = ?) FROM care_file WHERE id = ?', unhex($p), $file), 1, '  it is the patient\'s');
is(scalar db('SELECT until_at FROM care_file WHERE id = ?', $file), day(8) . ' 15:00:00.000', '  and goes behind its day, Japanese');
is($doctor->post("/meeting/$id/papers/$mine/remove", {})->status, 403, 'who neither owns it nor holds the meeting takes it not away');

my $brief = add($nurse, $id)->json->{id};
my ($gone) = db('SELECT file_id FROM meeting_paper WHERE ref = ?', unhex($brief));
is($nurse->post("/meeting/$id/papers/$brief/remove", {})->status, 204, 'its owner does');
is($doctor->get("/meeting/$id/papers/$brief")->status, 404, '  at once');
is($nurse->post("/meeting/$id/papers/$brief/remove", {})->status, 404, '  once');
ok((grep { $_->{id} eq $brief && $_->{gone} } papers($nurse, $id)), '  that there was one is told');
ok(wait_for(sub { !db('SELECT COUNT(*) FROM care_file WHERE id = ?', $gone) }, 30), '  and soon no byte is left');
is(scalar db('SELECT COUNT(*) FROM care_file_chunk WHERE file_id = ?', $gone), 0, '  of its content');
is(scalar db('SELECT COUNT(*) FROM care_file WHERE id = ?', $file), 1, '  while the other stays');

# ---- reminders ----

my $user = sub { scalar db('SELECT id FROM care_user WHERE login = ?', $_[0]) };
my $newest = db('SELECT COALESCE(MAX(id), 0) FROM care_notice');
my $told = sub { scalar db('SELECT COUNT(*) FROM care_notice WHERE kind = "meeting_reminder" AND user_id = ? AND id > ?', $user->($_[0]), $newest) };
$doctor->post("/meeting/$id/answer", { response => 'declined' });
my %guest = map { $_ => $manager->post("/meeting/$id/guest", { guest => 'outsider', name => "客 $_", mail => "$_\@tomozuna.example" })->json->{id} } qw(comes declines);
db('UPDATE meeting_invitation SET response = "declined" WHERE ref = ?', unhex($guest{declines}));
db('UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id SET i.mail_due_at = NULL, i.told_method = "REQUEST", i.told_sequence = m.sequence, i.told_at = UTC_TIMESTAMP(3) - INTERVAL 2 DAY WHERE m.ref = ?', unhex($id));
db('UPDATE meeting_meeting SET starts_at = UTC_TIMESTAMP(3) + INTERVAL 20 HOUR, ends_at = UTC_TIMESTAMP(3) + INTERVAL 21 HOUR WHERE ref = ?', unhex($id));
ok(wait_for(sub { $told->('nurse') }, 30), 'the nurse is reminded');
ok(wait_for(sub { $told->('caremanager') }, 30), '  and who holds it');
is($told->('doctor'), 0, '  and not who declined');
my $link = sub { scalar db('SELECT HEX(token) FROM meeting_invitation WHERE ref = ?', unhex($guest{ $_[0] })) };
ok(wait_for(sub { $link->('comes') }, 60), '  a guest by a mail with a link');
ok(wait_for(sub { grep { $_->{raw} =~ /^To: <comes\@/m && $_->{text} =~ /お招きした会議が近づきました/ } mails() }, 30), '  that says why');
is($link->('declines'), undef, '  and no guest who declined');
is($told->('nurse'), 1, '  once');
db('UPDATE meeting_meeting SET starts_at = starts_at + INTERVAL 1 HOUR, ends_at = ends_at + INTERVAL 1 HOUR WHERE ref = ?', unhex($id));
ok(wait_for(sub { $told->('nurse') > 1 }, 30), 'of another time once more');

# ---- courses ----

my $course = made('/meeting', kind => 'training_course', title => '試験の研修');
is($outsider->post("/meeting/$course/sign_up", {})->status, 204, 'a course is open');
ok(!(grep { $_->{id} eq $course } @{ $outsider->get('/meeting/training')->json->{courses} }), '  signing up is not attending');
db('UPDATE meeting_meeting SET starts_at = UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE, state = "scheduled" WHERE ref = ?', unhex($course));
db('UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id SET i.join_url = "https://meet.example/x" WHERE m.ref = ?', unhex($course));
is($outsider->post("/meeting/$course/enter", {})->status, 201, '  coming in is');
ok((grep { $_->{id} eq $course } @{ $outsider->get('/meeting/training')->json->{courses} }), '  it is on the record of courses');
ok(!(grep { $_->{id} eq $course } @{ $nurse->get('/meeting/training')->json->{courses} }), '  of who came, and of nobody else');
done_testing;
