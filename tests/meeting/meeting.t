#!/usr/bin/perl
# A meeting from the press of a button to its minutes, as the module sees it: who may do
# what, what must be there before an invitation may leave, and that a draft is nobody's.
# What the provider answers is written by hand here; tests/meet has the gateway.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my ($manager, $nurse, $doctor, $outsider, $helper) = map { person($_) } qw(caremanager nurse doctor outsider helper);
my $p = new_patient(caremanager => 'care_manager', nurse => 'visiting_nurse', doctor => 'attending_physician');
my %what = (kind => 'care_conference', title => '試験の会議', day => day(2), begins => '14:00', ends => '15:00', agenda => "一、状態\n二、方針",
    presence => 'none');
my @made;
# The demo's own tomozuna-meet keeps away meanwhile: what it does is written by hand here.
db('UPDATE meeting_provider SET pause_until = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR');
END { local $?; db('UPDATE meeting_provider SET pause_until = NULL') }
END { local $?; db('DELETE FROM meeting_invitation WHERE meeting_id IN (SELECT id FROM meeting_meeting WHERE ref = ?)', unhex($_)),
    db('DELETE FROM meeting_meeting WHERE ref = ?', unhex($_)) for @made }

sub make {
    my ($who, %in) = @_;
    my $answer = $who->post("/meeting/of/$p", { %what, %in });
    push @made, $answer->json->{id} if $answer->status == 201;
    return $answer;
}
sub meeting { my ($who, $id) = @_; return $who->get("/meeting/$id")->json }
sub row { my ($id, $column) = @_; return scalar db("SELECT $column FROM meeting_meeting WHERE ref = ?", unhex($id)) }

# What tomozuna-meet does once the provider has the meeting.
sub provided {
    my ($id) = @_;
    db('UPDATE meeting_meeting SET state = IF(state = "draft", "scheduled", state), done = revision, act_due_at = NULL, begun = 1, provider_id = "x" WHERE ref = ?', unhex($id));
    db('UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id SET i.join_url = CONCAT("https://meet.example/", LOWER(HEX(i.ref)))
        WHERE m.ref = ?', unhex($id));
    return;
}

# ---- what a form may not say ----

my %bad = (
    'no hour' => [begins => '24:00'], 'upside down' => [ends => '13:00'], 'all day long' => [begins => '00:00', ends => '23:00', _ => 'ends'],
    'yesterday' => [day => day(-1)], 'in two years' => [day => day(700)], 'of nobody' => [kind => 'training_course'],
    'recording that the network does not allow' => [recording => 1],
    'with family and no consent' => [presence => 'family', invite => 1, _ => 'consent_signer'],
    'a consent without the relation' => [presence => 'family', consent_signer => '試験 花', _ => 'consent_relation'],
);
db('UPDATE meeting_provider SET recording = 0');
for my $what (sort keys %bad) {
    my %in = @{ $bad{$what} };
    my $field = delete $in{_} // $bad{$what}[0];
    my $answer = make($manager, %in);
    is($answer->status . ' ' . ($answer->json->{error}{field} // ''), "400 $field", "refused: $what");
}
is(make($outsider)->status, 404, 'who is not of the team sets no meeting');
is(scalar @{ $manager->get("/meeting/of/$p")->json->{meetings} }, 0, 'nothing was made');

# ---- a draft ----

my $draft = make($manager)->json->{id};
is(meeting($manager, $draft)->{meeting}{phase}, 'draft', 'a draft');
is($nurse->get("/meeting/$draft")->status, 404, '  is its maker\'s alone');
is(scalar @{ $nurse->get("/meeting/of/$p")->json->{meetings} }, 0, '  on no list');
is(scalar db('SELECT COUNT(*) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = ? AND i.mail_due_at IS NOT NULL', unhex($draft)), 0, '  and nobody is told');
like(row($draft, 'room'), qr/\A[0-9a-f]{32}\z/, '  its room has 128 bits');
isnt(row($draft, 'room'), $draft, '  that no address tells');

# ---- one press ----

my $id = make($manager, invite => 1)->json->{id};
like(meeting($manager, $id)->{meeting}{phase}, qr/\A(?:preparing|refused)\z/, 'pressed: the provider is asked');
is($nurse->get("/meeting/$id")->status, 404, '  and until it has answered it is a draft');
is(join(' ', sort map { $_->{profession} } @{ meeting($manager, $id)->{invited} }), join(' ', sort map { $_->{profession} } @{ meeting($manager, $id)->{invited} }), '  the team');
is(scalar @{ meeting($manager, $id)->{invited} }, 3, '  three, and no address was typed');
is(scalar db('SELECT COUNT(*) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = ? AND i.mail_due_at IS NOT NULL', unhex($id)), 0, '  no invitation leaves before it');
is($manager->post("/meeting/$id/invite", {})->status, 204, 'pressed again');
is(scalar @{ meeting($manager, $id)->{invited} }, 3, '  invites nobody twice');
db('UPDATE meeting_meeting SET act_reason = "access_policy" WHERE ref = ?', unhex($id));
is(meeting($manager, $id)->{meeting}{phase} . ' ' . meeting($manager, $id)->{meeting}{reason}, 'refused access_policy', 'a refusal is told');
like($manager->page("/meeting/$id")->text, qr/アプリケーション アクセス ポリシー/, '  in plain words');
provided($id);
is(meeting($nurse, $id)->{meeting}{phase}, 'scheduled', 'the provider has it: the team sees it');
is(scalar(grep { $_->{id} eq $id } @{ $nurse->get('/meeting')->json->{meetings} }), 1, '  in her calendar');
is(scalar(grep { $_->{id} eq $id } @{ $outsider->get('/meeting')->json->{meetings} }), 0, '  and in no other');
is($outsider->get("/meeting/$id")->status, 404, '  who is not of the team learns nothing');

# ---- answers ----

is($nurse->post("/meeting/$id/answer", { response => 'accepted', note => '少し遅れます' })->status, 204, 'the nurse comes');
is($doctor->post("/meeting/$id/answer", { response => 'declined' })->status, 204, 'the doctor does not');
is($doctor->post("/meeting/$id/answer", { response => 'maybe' })->status, 400, 'no such answer');
my $seen = meeting($manager, $id);
is("$seen->{accepted} $seen->{unanswered}", '2 0', 'told at first glance');
is((grep { ($_->{response_note} // '') eq '少し遅れます' } @{ $seen->{invited} })[0]{response}, 'accepted', '  with what she said');
is($nurse->post("/meeting/$id/$_", {})->status, 403, "only who holds it may $_") for qw(cancel invite);
is($nurse->post("/meeting/$id/guest", { guest => 'outsider', name => 'x', mail => 'x@y.example' })->status, 403, '  or invite guests');

# ---- another time ----

my %to = (title => '試験の会議', day => day(3), begins => '10:00', ends => '11:00');
is($manager->post("/meeting/$id/change", { %to, agenda => '一、状態' })->status, 204, 'moved');
is(row($id, 'sequence') . ' ' . row($id, 'revision'), '1 1', '  another SEQUENCE, another revision');
is(meeting($manager, $id)->{unanswered}, 3, '  and everyone is asked again');
$manager->post("/meeting/$id/change", { %to, title => '別の名前' });
is(row($id, 'sequence'), 1, 'another name alone is none');

# ---- guests ----

sub guest { my (%in) = @_; return $manager->post("/meeting/$id/guest", { guest => 'outsider', name => '客 外', office => '包括', mail => 'guest@tomozuna.example', %in }) }
is(why(guest(guest => 'family')), 'guest no_consent', 'no family without a consent');
is(why(guest(mail => $_)), 'mail malformed', "no address: $_") for 'a b', 'a@b', 'a@b.example>,c@d.example', "あ\@b.example";
my $guest = guest()->json->{id};
ok($guest, 'an outsider is invited');
is((grep { $_->{guest} } @{ meeting($nurse, $id)->{invited} })[0]{mail}, undef, '  whose address the others do not see');
provided($id);
ok(wait_for(sub { !db('SELECT COUNT(*) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = ? AND i.mail_due_at IS NOT NULL', unhex($id)) }, 30), '  and mailed');
db('UPDATE meeting_invitation SET token = UNHEX(SHA2(?, 256)), token_until = UTC_TIMESTAMP(3) + INTERVAL 3 DAY, mail_due_at = NULL, told_at = UTC_TIMESTAMP(3) - INTERVAL 1 HOUR WHERE ref = ?', unhex('ab' x 16), unhex($guest));
my $open = client(door => 'open');
my $link = '/meeting/guest/' . 'ab' x 16;
my $waits = $open->get($link);
is($waits->status, 200, 'the link opens without signing in');
unlike($open->page($link)->text, qr/試験/, '  and names nobody');
ok(!$waits->json->{is_open} && $waits->header('refresh'), '  waits, and asks again by itself');
ok($waits->json->{expires_at}, '  it says until when it works');
is($open->post("$link/enter", {})->status, 409, '  nobody comes in before the time');
is($open->get('/meeting/guest/' . 'ac' x 16)->status, 404, 'another link leads nowhere');

sub now_is_on {
    my ($id) = @_;
    db('UPDATE meeting_meeting SET starts_at = UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE, ends_at = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR WHERE ref = ?', unhex($id));
    return;
}
is($nurse->post("/meeting/$id/enter", {})->status, 409, 'nor the team');
is($nurse->get("/meeting/$id/room")->header('refresh'), 20, '  who wait likewise');
now_is_on($id);
ok($open->get($link)->json->{is_open}, 'at the time it opens');
my $in = $open->post("$link/enter", {});
is($in->status, 201, 'the guest comes in');
is($in->json->{join_url}, "https://meet.example/$guest", '  at his own place');
is($open->page("$link/go")->header('location'), "https://meet.example/$guest", '  where the browser is led');
is($open->post("$link/enter", {})->status, 409, '  once');
ok($open->get($link)->json->{used}, '  the link says so');
is($open->post("$link/renew", {})->status, 204, '  and offers a new one');
is($open->post("$link/renew", {})->status, 409, '  not two at once');
ok(wait_for(sub { !db('SELECT COUNT(*) FROM meeting_invitation WHERE ref = ? AND mail_due_at IS NOT NULL', unhex($guest)) }, 30), '  which is mailed');
ok($open->get($link)->json->{replaced}, '  and the old one is dead');
is($open->post("$link/enter", {})->status, 409, '  but for saying so');
db('UPDATE meeting_invitation SET token = UNHEX(SHA2(?, 256)), token_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND, token_used_at = NULL WHERE ref = ?', unhex('ab' x 16), unhex($guest));
is($open->post("$link/enter", {})->status, 409, 'out of date it is as good as used');
is($nurse->post("/meeting/$id/enter", {})->status, 201, 'the nurse joins');
is($nurse->page("/meeting/$id/go")->status, 303, '  and is led there');
is(scalar(grep { $_->{joined_at} } @{ meeting($manager, $id)->{invited} }), 2, 'who joined is known');
is($helper->post("/meeting/$id/enter", {})->status, 404, 'nobody else joins');

# ---- one is taken back ----

my ($his) = map { $_->{id} } grep { ($_->{profession_code} // '') eq '010' } @{ meeting($manager, $id)->{invited} };
db('UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id SET i.told_sequence = 1, i.told_method = "REQUEST", i.told_at = UTC_TIMESTAMP(3), i.mail_due_at = NULL WHERE m.ref = ?', unhex($id));
is($nurse->post("/meeting/$id/$his/remove", {})->status, 403, 'only who holds it takes back');
is($manager->post("/meeting/$id/$his/remove", {})->status, 204, 'the doctor is taken back');
is($manager->post("/meeting/$id/$his/remove", {})->status, 404, '  once');
is(scalar db('SELECT COUNT(*) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = ? AND (i.mail_due_at IS NOT NULL OR i.told_method = "CANCEL")', unhex($id)), 1, '  and is told, alone');
is($doctor->post("/meeting/$id/enter", {})->status, 403, '  and joins no more');

# ---- minutes ----

is($nurse->post("/meeting/$id/minutes", { minutes => 'x' })->status, 403, 'minutes are who holds it\'s');
is($nurse->get("/meeting/$id/print")->status, 404, 'there are none yet');
is($manager->post("/meeting/$id/minutes", { minutes => "訪問を週3回にする。\n来月また話す。" })->status, 204, 'written');
is($manager->post("/meeting/$id/minutes", { minutes => 'x' })->status, 409, '  once');
my $sheet = $nurse->page("/meeting/$id/print")->text;
like($sheet, qr/第4表/, 'on one sheet');
like($sheet, qr/訪問を週3回にする/, '  what was agreed');
is(scalar(() = $sheet =~ m{<td>出席</td>}g), 2, '  and who was there');
my $entry;
ok(wait_for(sub { ($entry) = grep { $_->{body} =~ /訪問を週3回にする/ } @{ $nurse->get("/timeline/$p")->json->{entries} } }, 30), 'they are an entry of the timeline');
is(scalar(grep { $_->{body} =~ /訪問を週3回にする/ } @{ $nurse->get("/timeline/$p")->json->{entries} }), 1, '  one');
like($entry->{body}, qr/^出席：.*客 外/m, '  with who was there') if $entry;
is($entry->{author}{profession_code} . " $entry->{kind}", '150 report', '  by whoever wrote them') if $entry;
my $pdf = $nurse->get("/meeting/$id/sheet");
is($pdf->status . ' ' . $pdf->type . ' ' . substr($pdf->body, 0, 5), '200 application/pdf %PDF-', 'and a paper');
is($outsider->get("/meeting/$id/sheet")->status, 404, '  for nobody else');
{
    open my $out, '>:raw', my $file = "/tmp/meeting-sheet-$$.pdf" or die $!;
    print {$out} $pdf->body;
    close $out;
    my $text = `pdftotext -layout $file - 2>/dev/null`;
    utf8::decode($text);
    unlink $file;
    like($text, qr/第4表.*訪問を週3回にする/s, '  that says what was agreed') if $text;
}
is(scalar db('SELECT COUNT(*) FROM lib_event WHERE topic = "meeting.minutes_written" AND about = ?', unhex($id)), 1, 'others may hear of it');

# ---- consent ----

my $family = make($manager, presence => 'family')->json->{id};
is($manager->post("/meeting/$family/invite", {})->status, 409, 'with family nothing leaves before their consent');
is($manager->post("/meeting/$family/consent", { consent_signer => '試験 花', consent_relation => '長女' })->status, 204, 'it is recorded');
is($manager->post("/meeting/$family/consent", { consent_signer => '別人', consent_relation => '長女' })->status, 409, '  once');
is($manager->post("/meeting/$family/invite", {})->status, 204, '  and the invitations may leave');

# ---- cancelling ----

is($manager->post("/meeting/$family/cancel", {})->status, 204, 'cancelled');
is(row($family, 'state'), 'cancelled', '  for good');
is(scalar db('SELECT COUNT(*) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = ? AND i.mail_due_at IS NOT NULL', unhex($family)), 0, '  who was not told of it is not told that it is off');
is($manager->post("/meeting/$family/$_->[0]", $_->[1])->status, 409, "  no more $_->[0]") for ['invite', {}], ['cancel', {}], ['change', { %to }];

# ---- of no patient ----

sub open_one { my (%in) = @_; my $a = $manager->post('/meeting', { kind => 'training_course', title => '試験の研修', day => day(5), begins => '18:00', ends => '19:00', invite => 1, %in }); push @made, $a->json->{id} if $a->status == 201; return $a }
my $course = open_one()->json->{id};
provided($course);
is($outsider->post("/meeting/$course/sign_up", {})->status, 204, 'a course is open to the network');
ok((grep { $_->{mine} } @{ meeting($outsider, $course)->{invited} })[0], '  who signed up is there');
is(open_one(kind => 'care_conference')->status, 400, 'no conference of a patient without her page');
my $community = open_one(kind => 'community_conference', office => office_ref('outsider'))->json->{id};
provided($community);
is($outsider->get("/meeting/$community")->status, 200, 'a whole office is invited');
is($nurse->get("/meeting/$community")->status, 404, '  and nobody else');
is($nurse->post("/meeting/$community/sign_up", {})->status, 404, '  nor can sign up');

# ---- who leaves the team ----

db('UPDATE care_team t JOIN care_patient p ON p.id = t.patient_id SET t.left_at = UTC_TIMESTAMP(3) WHERE p.ref = ? AND t.office_id = (SELECT f.office_id FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "nurse")', unhex($p));
is($nurse->get("/meeting/$id")->status, 404, 'who left the team sees its meetings no more');
is(scalar(grep { $_->{id} eq $id } @{ $nurse->get('/meeting')->json->{meetings} }), 0, '  nor on her list');
is($nurse->get("/meeting/$id/go")->status, 404, '  nor comes in');
done_testing;
