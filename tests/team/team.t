#!/usr/bin/perl
# Teams: joining, roles, leaving; invitations with what they wait for; the
# management handed over by two; the letter.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my %who = map { $_ => person($_) } qw(doctor nurse pharmacist caremanager helper outsider officer manager);
my ($doctor, $nurse, $pharmacist, $manager) = @who{qw(doctor nurse pharmacist manager)};
my $network = db('SELECT network_id FROM care_user WHERE login = "nurse"');
my $outsider_manages = db('SELECT MAX(f.office_manager) FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "outsider"');
sub let_answer { db('UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.office_manager = ? WHERE u.login = "outsider"', $_[0]); return }
let_answer(1);
END { local $?; let_answer($outsider_manages); db('UPDATE care_network SET patient_approves = 0'); db('UPDATE care_incident SET closed_at = UTC_TIMESTAMP(3) WHERE closed_at IS NULL') }

my $patient = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse');
my $team = "/team/$patient";
sub members { return @{ $_[0]->get($team)->json->{members} } }
sub member { my ($who, $user) = @_; my ($m) = grep { $_->{user} eq $user } members($who); return $m // {} }
my %name = map { $_ => scalar db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = ?', $_) } keys %who;

# ---- one's own office ----

my ($colleague) = map { { login => $_->{login}, ref => $_->{ref} } } db_rows('SELECT u.login, LOWER(HEX(u.ref)) AS ref FROM care_user u JOIN care_staff f ON f.user_id = u.id
    JOIN care_staff g ON g.office_id = f.office_id JOIN care_user n ON n.id = g.user_id AND n.login = "nurse"
    WHERE u.login NOT IN ("nurse", "manager") AND f.left_at IS NULL LIMIT 1');
my $joined = $nurse->post("$team/join", { user => $colleague->{ref}, team_role => 'visiting_nurse' });
is($joined->status, 201, 'the nurse lets a colleague join');
is(why($nurse->post("$team/join", { user => $colleague->{ref}, team_role => 'therapist' })), 'team_role exists', '  once');
is(why($nurse->post("$team/join", { user => user_ref('outsider'), team_role => 'visiting_nurse' })), 'user not_a_choice', '  nobody of another office');
is(why($nurse->post("$team/join", { team_role => 'visiting_nurse' })), 'user missing', '  somebody, or the whole office');
is(why($nurse->post("$team/join", { user => $colleague->{ref}, team_role => 'king' })), 'team_role not_a_choice', '  in a role that there is');
is($who{outsider}->post("$team/join", { whole_office => 1, team_role => 'visiting_nurse' })->status, 404, 'no stranger joins herself');
is(why($doctor->post("$team/join", { whole_office => 1, team_role => 'attending_physician' })), 'team_role exists', 'one attending physician');
is($doctor->post("$team/join", { whole_office => 1, team_role => 'deputy_physician' })->status, 201, 'an office as a whole');

# ---- leaving, earlier entries included ----

$nurse->post("/timeline/$patient", { body => '離れる前の記録' });
my $mine = member($nurse, $name{nurse});
is($pharmacist->post("$team/$mine->{id}/leave", {})->status, 404, 'a stranger removes nobody');
is($who{caremanager}->post("$team/$mine->{id}/role", { team_role => 'stay' })->status, 404, '  nor changes a role');
is($nurse->post_form("$team/$mine->{id}/leave", {})->header('location'), '/team', 'the nurse leaves');
$nurse->post('/account/duty', { on_duty => 0, pin => $nurse->{pin} });
is(sees($nurse, $patient), 0, '  and sees nothing more, what was before included');
is_deeply([map { $_->{body} } @{ $nurse->get("/timeline/$patient/own")->json->{entries} }], ['離れる前の記録'], '  but what she wrote');
$nurse->post('/account/duty', { on_duty => 1, pin => $nurse->{pin} });
is($nurse->get("/timeline/$patient")->status, 200, 'on duty she stands in for her colleague');
is($nurse->post("$team/join", { user => user_ref('nurse'), team_role => 'visiting_nurse' })->status, 403, '  which does not let her join');
is($doctor->post("$team/$mine->{id}/leave", {})->status, 404, 'who has left cannot be removed');
is($doctor->post("$team/" . $joined->json->{id} . '/leave', {})->status, 204, 'the managing office removes the colleague');
is($nurse->get("/timeline/$patient")->status, 404, '  and nobody of that office sees anything');
ok((grep { $_->{user} eq $name{nurse} } @{ $doctor->get($team)->json->{former} }), 'the team remembers who left');

# ---- roles ----

my $self = member($doctor, $name{doctor});
is($doctor->post("$team/$self->{id}/role", { team_role => 'deputy_physician' })->status, 201, 'another role');
is(member($doctor, $name{doctor})->{team_role}, 'deputy_physician', '  is shown');
is(scalar db('SELECT COUNT(*) FROM care_team WHERE ref = ? AND left_reason = "changed"', unhex($self->{id})), 1, '  and the old one kept');
is($doctor->post('/team/' . $patient . '/' . member($doctor, $name{doctor})->{id} . '/role', { team_role => 'attending_physician' })->status, 201, 'and back');

# ---- invitations ----

sub invite { my (%with) = @_; return $doctor->post("$team/invite", { office => office_ref('pharmacist'), team_role => 'pharmacist', reason => 'お薬の管理をお願いします', %with }) }
sub pending { return @{ $doctor->get($team)->json->{invitations} } }
sub inbox { return @{ $_[0]->get('/team')->json->{invitations} } }
my $newest = db('SELECT COALESCE(MAX(id), 0) FROM care_notice');
my $mails = scalar(my @before = mails());
my $invited = invite();
is($invited->status, 201, 'the pharmacy is invited');
is(invite()->status, 409, '  once at a time');
is(why(invite(office => 'ab' x 16)), 'office not_a_choice', '  an office that there is');
is(why(invite(reason => '')), 'reason missing', '  with a reason');
is($nurse->post("$team/invite", { office => office_ref('helper'), team_role => 'stay', reason => 'x' })->status, 404, '  by the managing office alone');
my ($p) = pending();
is($p->{waits_for}, 'office', 'it waits for the office');
is($pharmacist->get($team)->status, 404, 'who is invited sees nothing yet');
my ($in) = inbox($pharmacist);
is($in->{reason}, 'お薬の管理をお願いします', '  but who asks, and why');
is_deeply([map { scalar inbox($who{$_}) } qw(outsider helper)], [0, 0], '  others do not');
db('UPDATE care_notice SET due_at = UTC_TIMESTAMP(3) WHERE kind = "invitation"');     # it waits for the morning
ok(wait_for(sub { scalar(my @m = mails()) > $mails }, 60), 'a mail tells the pharmacy');
my $text = (mails())[-1]{text};
unlike($text, qr/試験|太郎|お薬/, '  and says nothing of the patient');
is($doctor->post("/team/invitation/$in->{id}/resend", {})->status, 204, 'told again');
is((pending())[0]{sent}, 2, '  counted');
is(scalar db('SELECT COUNT(*) FROM care_notice WHERE kind = "invitation" AND id > ?', $newest), 2 * db('SELECT COUNT(*) FROM team_spokesman s JOIN care_user u ON u.id = s.user_id AND u.mail IS NOT NULL WHERE s.office_id = (SELECT id FROM care_office WHERE ref = ?)', unhex(office_ref('pharmacist'))), '  by a mail each');
db('UPDATE care_notice SET state = "failed" WHERE kind = "invitation"');
is((pending())[0]{waits_for}, 'not_delivered', 'a mail that did not arrive is the cause shown');
db('DELETE FROM care_notice WHERE kind = "invitation"');
is((pending())[0]{waits_for}, 'no_address', 'so is an office without an address');
my $page = $doctor->page($team)->text;
like($page, qr/電話で伝えてください/, '  in words');
like($page, qr{action="/team/invitation/$in->{id}/$_"}, "  with a button that means this one: $_") for qw(resend cancel);
like($page, qr{action="$team/$_->{id}/leave"}, '  as have the members') for members($doctor);
is($pharmacist->post("/team/invitation/$in->{id}/cancel", {})->status, 404, 'the invited cannot cancel');
is($doctor->post("/team/invitation/$in->{id}/accept", {})->status, 404, '  nor the inviting accept');
is($who{outsider}->post("/team/invitation/$in->{id}/accept", {})->status, 404, '  nor a stranger');
is($doctor->post_form("/team/invitation/$in->{id}/cancel", {})->header('location'), $team, 'cancelled');
is($pharmacist->post("/team/invitation/$in->{id}/accept", {})->status, 404, '  it cannot be accepted any more');
is(invite()->status, 201, 'invited again');
($in) = inbox($pharmacist);
is($pharmacist->post("/team/invitation/$in->{id}/decline", { reason => '手が足りません' })->status, 204, 'declined');
is(scalar db('SELECT answer FROM care_invitation WHERE ref = ?', unhex($in->{id})), '手が足りません', '  with why');
invite();
($in) = inbox($pharmacist);
is(why($pharmacist->post("/team/invitation/$in->{id}/accept", { user => user_ref('nurse') })), 'user not_a_choice', 'it sends somebody of its own');
is($pharmacist->post("/team/invitation/$in->{id}/accept", {})->status, 200, 'accepted');
is(sees($pharmacist, $patient), 1, '  and sees the page');
is(member($doctor, $name{pharmacist})->{team_role}, 'pharmacist', '  in the role asked for');
is_deeply([pending()], [], '  nothing is pending');

# ---- the patient's word ----

db('UPDATE care_network SET patient_approves = 1 WHERE id = ?', $network);
my %approved = (approved_by => '試験 太郎', approved_relation => '本人', approved_on => day(0));
my $care = $doctor->post("$team/invite", { office => office_ref('outsider'), team_role => 'visiting_nurse', reason => '夜間' })->json->{id};
is((pending())[0]{waits_for}, 'both', 'where the patient is asked, both are waited for') or diag(explain([pending()]));
my $answers = $who{outsider};
{
    is($answers->post("/team/invitation/$care/accept", {})->json->{waits_for}, 'patient', 'the office accepts');
    is((pending())[0]{waits_for}, 'patient', '  and the patient is waited for');
    is($answers->get("/timeline/$patient")->status, 404, '  until then it sees nothing');
    is($answers->post("/team/invitation/$care/accept", {})->status, 409, '  and accepts once');
    is($nurse->post("/team/invitation/$care/approve", { %approved })->status, 404, 'the word is written down by the managing office');
    is(why($doctor->post("/team/invitation/$care/approve", { %approved, approved_on => day(1) })), 'approved_on in_future', '  not before it is given');
    is($doctor->post("/team/invitation/$care/approve", { %approved })->status, 204, '  when it is');
    is($answers->get("/timeline/$patient")->status, 200, '  the office is of the team');
}
my $first = $doctor->post("$team/invite", { office => office_ref('manager'), team_role => 'visiting_nurse', reason => '看護' })->json->{id};
is($doctor->post("/team/invitation/$first/approve", { %approved })->status, 409, 'the patient approves a person: not before one is named');
is($manager->post("/team/invitation/$first/accept", { user => user_ref('nurse') })->json->{waits_for}, 'patient', '  the office names her');
is((pending())[0]{coming}, $name{nurse}, '  whom the managing office reads');
is(sees($nurse, $patient), 0, '  who sees nothing by that');
is($doctor->post("/team/invitation/$first/approve", { %approved })->status, 204, '  but with the patient\'s word');
is(sees($nurse, $patient), 1, '  she does');
is(member($doctor, $name{nurse})->{approved_by}, '試験 太郎', '  and whose word it was stays beside her');
is($manager->get("/timeline/$patient")->status, 404, '  and nobody else');
my %one = (user => user_ref('nurse'), team_role => 'visiting_nurse');
my $colleague_of = $nurse->get($team)->json->{colleagues}[0];
$one{user} = $colleague_of->{id};
is(why($nurse->post("$team/join", { %one })), 'approved_by missing', 'a colleague, too, joins by the patient\'s word alone');
is(why($nurse->post("$team/join", { %one, %approved, approved_on => day(1) })), 'approved_on in_future', '  given before');
is($nurse->post("$team/join", { %one, %approved })->status, 201, '  with it she does');
is(member($doctor, $colleague_of->{name})->{approved_on}, day(0), '  and the day stays beside her');
db('UPDATE care_network SET patient_approves = 0');

# ---- the management, by two ----

is($nurse->post("$team/handover", { office => office_ref('nurse'), reason => 'x' })->status, 404, 'only who manages hands over');
is($doctor->post("$team/handover", { office => office_ref('helper'), reason => 'x' })->status, 409, '  to an office of the team');
is($doctor->post("$team/handover", { office => office_ref('doctor'), reason => 'x' })->status, 409, '  another one');
my $offer = $doctor->post("$team/handover", { office => office_ref('nurse'), reason => '診療の終わり' });
is($offer->status, 201, 'offered');
my $h = $offer->json->{id};
is($doctor->post("$team/handover", { office => office_ref('pharmacist'), reason => 'x' })->status, 409, '  one at a time');
is($doctor->get("$team/consents")->status, 200, 'until it is taken nothing changes');
is($pharmacist->post("/team/handover/$h/accept", {})->status, 404, 'nobody else takes it');
is($doctor->post("/team/handover/$h/accept", {})->status, 404, '  nor who offers');
is($doctor->post("/team/handover/$h/cancel", {})->status, 204, 'taken back');
is($manager->post("/team/handover/$h/accept", {})->status, 404, '  it cannot be taken');
$h = $doctor->post("$team/handover", { office => office_ref('nurse'), reason => '診療の終わり' })->json->{id};
is($manager->post("/team/handover/$h/decline", {})->status, 204, 'declined');
is($doctor->get("$team/consents")->status, 200, '  all as before');
$h = $doctor->post("$team/handover", { office => office_ref('nurse'), reason => '診療の終わり' })->json->{id};
is($manager->post("/team/handover/$h/accept", {})->status, 204, 'taken');
is($doctor->get("$team/consents")->status, 404, '  who managed does not any more');
is($nurse->get("$team/consents")->status, 200, '  the other office does');
is(sees($doctor, $patient), 1, '  and the doctor stays of the team');

# ---- officers ----

my $network_officers = db('SELECT LOWER(HEX(o.ref)) FROM care_office o JOIN care_network n ON n.officer_office_id = o.id');
$nurse->post("$team/invite", { office => $network_officers, team_role => 'officer', reason => '見守り' });
my ($for_officer) = inbox($who{officer});
is($who{officer}->post("/team/invitation/$for_officer->{id}/accept", {})->status, 200, 'an officer joins');
sub listed { return sees($who{officer}, $patient) }
is(listed(), 0, '  and sees nothing without a word of the patient');
$nurse->post("/timeline/$patient", { body => '至急のこと', urgent => 1 });
ok(!(grep { /\Aofficer / } marks($patient)), '  nothing waits for her');
db('INSERT INTO care_incident (ref, network_id, drill, opened_at) VALUES (RANDOM_BYTES(16), ?, 1, UTC_TIMESTAMP(3))', $network);
db('INSERT INTO care_incident_patient (incident_id, patient_id) SELECT i.id, p.id FROM care_incident i JOIN care_patient p ON p.ref = ? WHERE i.closed_at IS NULL', unhex($patient));
is(listed(), 0, '  nor in a drill');
db('INSERT INTO care_incident (ref, network_id, drill, opened_at) VALUES (RANDOM_BYTES(16), ?, 0, UTC_TIMESTAMP(3))', $network);
is(listed(), 0, 'in a disaster that is not about this patient neither');
db('INSERT INTO care_incident_patient (incident_id, patient_id) SELECT i.id, p.id FROM care_incident i JOIN care_patient p ON p.ref = ? WHERE i.closed_at IS NULL AND NOT i.drill', unhex($patient));
is(listed(), 1, 'in one that is she does');
$nurse->post("/timeline/$patient", { body => '至急のこと二つ目', urgent => 1 });
ok(!(grep { /\Aofficer / } marks($patient)), '  and still nothing waits for her');
db('UPDATE care_incident SET closed_at = UTC_TIMESTAMP(3) WHERE closed_at IS NULL');
is(listed(), 0, '  when it is over she does not');

# ---- a network that has officers on every team ----

my $officers = db('SELECT officer_office_id FROM care_network WHERE id = ?', $network);
my $late = managed_patient('doctor', doctor => 'attending_physician');
sub on_team { return scalar db('SELECT COUNT(*) FROM care_team t WHERE t.patient_id = ? AND t.office_id = ? AND t.user_id = 0 AND t.team_role = "officer" AND t.left_at IS NULL', patient_key($late), $officers) }
is(on_team(), 0, 'a team without officers');
my @named = db('SELECT COUNT(*) FROM care_team WHERE office_id = ? AND user_id <> 0 AND left_at IS NULL', $officers);
db('UPDATE care_network SET officer_office_id = NULL WHERE id = ?', $network);
db('UPDATE care_network SET officer_office_id = ? WHERE id = ?', $officers, $network);
is(on_team(), 1, 'when the network says so they join those of now');
db('UPDATE care_network SET nickname = nickname WHERE id = ?', $network);
is(on_team(), 1, '  once');
db('UPDATE care_network SET officer_office_id = NULL WHERE id = ?', $network);
is(on_team(), 0, 'when it does so no more they go');
is_deeply([db('SELECT COUNT(*) FROM care_team WHERE office_id = ? AND user_id <> 0 AND left_at IS NULL', $officers)], \@named, '  but who is named stays');
db('UPDATE care_network SET officer_office_id = ? WHERE id = ?', $officers, $network);
db('DELETE t FROM care_team t JOIN care_patient p ON p.id = t.patient_id WHERE t.office_id = ? AND t.user_id = 0 AND t.joined_by = 0 AND p.family NOT LIKE "試%"', $officers);

# ---- the letter ----

my $letter = $doctor->page("$team/letter");
is($letter->status, 200, 'the letter');
like($letter->text, qr{<ruby>\Q$name{nurse}\E<rt>}, '  names the nurse, with her reading');
like($letter->text, qr/\Q@{[db('SELECT o.name FROM care_office o JOIN care_patient p ON p.managing_office_id = o.id WHERE p.ref = ?', unhex($patient))]}\E/, '  and whom to call');

done_testing;
