#!/usr/bin/perl
# Opening somebody: on whose word, how long, who hears of it, who judges it.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($crew, $dispatcher, $nurse, $privacy) = map { person($_) } qw(crew dispatcher nurse privacy);
my %team = (nurse => 'visiting_nurse', doctor => 'attending_physician');

sub id_of { return scalar db('SELECT id FROM care_patient WHERE ref = ?', unhex($_[0])) }
sub consents {
    db('INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, given_on)
        VALUES (RANDOM_BYTES(16), ?, "emergency", "written", "試験", "本人", "2026-01-01")', id_of($_[0]));
    return;
}
sub openings { return scalar db('SELECT COUNT(*) FROM emergency_opening WHERE patient_id = ?', id_of($_[0])) }

# ---- with consent: one tap ----

my $agreed = new_patient(%team);
consents($agreed);
is($crew->get("/emergency/$agreed")->status, 404, 'before it is opened there is no such patient');
my $mails = mails();
my $opened = $crew->post('/emergency/open', { patient => $agreed });
is($opened->status, 201, 'prior consent: opened without a reason');
my $page = $crew->post_form('/emergency/open', { patient => $agreed });
is($page->status . $page->header('location'), "303/emergency/$agreed", '  a form goes to the summary');
is(openings($agreed), 1, '  and opens nothing a second time');
is($crew->get("/emergency/$agreed")->status, 200, 'she reads it');
is($dispatcher->get("/emergency/$agreed")->status, 404, 'a colleague who has not opened it does not');
is($nurse->get("/emergency/$agreed")->status, 403, 'nor a nurse, who has the record');
is_deeply([marks($agreed)], ['doctor urgent', 'nurse urgent'], 'the team is marked at once');
ok(wait_for(sub { mails() > $mails }, 20), '  and gets mail');
my ($mail) = grep { $_->{text} =~ /救急隊/ } reverse mails();
ok($mail && $mail->{text} !~ /試験|太郎/, '  that names nobody');
is(scalar db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE u.login = "privacy" AND n.kind = "emergency" AND n.cause = ?',
        unhex($opened->json->{id})) > 0, 1, 'so does the privacy officer');
is(scalar db('SELECT COUNT(*) FROM lib_event WHERE topic = "emergency.opened" AND about = ?', unhex($opened->json->{id})), 1, 'other modules hear of it');
is(scalar db('SELECT purpose FROM lib_audit WHERE route = "/emergency/open" AND status = 201 AND subject_id = ? ORDER BY id LIMIT 1', id_of($agreed)), 'ETREAT', 'the trail says why');

# ---- a dispatch number follows; an hour more, once; the end ----

is($crew->post("/emergency/$agreed/dispatch", { dispatch_number => '2026-0417' })->status, 204, 'the dispatch number follows');
is($crew->get("/emergency/$agreed")->json->{opening}{dispatch_number}, '2026-0417', '  and is kept');
my $until = $crew->get("/emergency/$agreed")->json->{opening}{until};
is($crew->post("/emergency/$agreed/extend", {})->status, 204, 'an hour more');
isnt($crew->get("/emergency/$agreed")->json->{opening}{until}, $until, '  is more');
is($crew->post("/emergency/$agreed/extend", {})->status, 409, '  once');
is($crew->post("/emergency/$agreed/stop", {})->status, 204, 'she ends it');
is($crew->get("/emergency/$agreed")->status, 404, '  and it is shut');
is($crew->post("/emergency/$agreed/reports", { kind => 'departed' })->status, 404, '  to reports as well');
$crew->post('/emergency/open', { patient => $agreed });
db('UPDATE emergency_opening SET until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE patient_id = ?', id_of($agreed));
is($crew->get("/emergency/$agreed")->status, 404, 'after its hour it shuts by itself');

# ---- her consent withdrawn while a crew reads: over at their next request ----

my $withdraws = new_patient(%team);
consents($withdraws);
sub shows { return grep { $_->{id} eq $withdraws } @{ $crew->get('/emergency')->json->{open_now} } }
$crew->post('/emergency/open', { patient => $withdraws });
is($crew->get("/emergency/$withdraws")->status . shows(), 2001, 'opened by consent, and on the list');
wait_for(sub { scalar db('SELECT COUNT(*) FROM care_followed WHERE subject_id = ?', id_of($withdraws)) == 0 }, 20);
is($crew->get("/emergency/$withdraws")->status, 200, '  and when the copy has her');
db('UPDATE care_consent SET withdrawn_at = UTC_TIMESTAMP(3) WHERE patient_id = ? AND purpose = "emergency"', id_of($withdraws));
is($crew->get("/emergency/$withdraws")->status, 404, 'withdrawn: the next request finds nobody');
wait_for(sub { scalar db('SELECT COUNT(*) FROM care_followed WHERE subject_id = ?', id_of($withdraws)) == 0 }, 20);
is($crew->get("/emergency/$withdraws")->status, 404, '  nor when the copy knows it');
is($crew->post("/emergency/$withdraws/extend", {})->status, 404, '  it is not made longer');
is($crew->post("/emergency/$withdraws/reports", { kind => 'departed' })->status, 404, '  nor reported on');
is(scalar shows(), 0, '  and it is off the list');
my ($was) = @{ $nurse->get("/emergency/$withdraws/openings")->json->{openings} };
ok(!$was->{open}, '  the team reads that it is over');
is($crew->post('/emergency/open', { patient => $withdraws })->status, 400, 'now they need a reason');
is($crew->post('/emergency/open', { patient => $withdraws, reason => 'unconscious' })->status, 201, '  and with one they go on');
is($crew->get("/emergency/$withdraws")->status, 200, '  which no consent ends');

# ---- without consent: a reason ----

my $silent = new_patient(%team);
my $refused = $crew->post('/emergency/open', { patient => $silent });
is($refused->status . $refused->json->{error}{field}, '400reason', 'without consent a reason is wanted');
$refused = $crew->post('/emergency/open', { patient => $silent, reason => 'other' });
is($refused->status . $refused->json->{error}{field}, '400reason_text', '  and words where it is another');
is($crew->post('/emergency/open', { patient => $silent, reason => 'bored' })->status, 400, '  none but those of the list');
is(openings($silent), 0, '  else nothing is opened');
my $broken = $crew->post('/emergency/open', { patient => $silent, reason => 'unconscious', dispatch_number => 'A-1' });
is($broken->status, 201, 'unconscious: opened');
is($crew->get("/emergency/$silent")->json->{opening}{basis}, 'break_glass', '  and says on what ground');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/emergency/{patient}" AND purpose = "BTG" AND subject_id = ?', id_of($silent)) }, 20),
    'each look has the purpose BTG');
is($crew->post('/emergency/open', { patient => 'ab' x 16, reason => 'unconscious' })->status, 404, 'nobody who is not');
my $withdrawn = new_patient(%team);
consents($withdrawn);
db('UPDATE care_consent SET withdrawn_at = UTC_TIMESTAMP(3) WHERE patient_id = ? AND purpose = "emergency"', id_of($withdrawn));
is($crew->post('/emergency/open', { patient => $withdrawn })->status, 400, 'a withdrawn consent is none');

# ---- the team sees who; officers judge ----

my ($seen) = @{ $nurse->get("/emergency/$silent/openings")->json->{openings} };
is("$seen->{basis} $seen->{reason} $seen->{dispatch_number}", 'break_glass unconscious A-1', 'the team sees who opened it and why');
is(person('outsider')->get("/emergency/$silent/openings")->status, 404, '  and nobody else');
is($nurse->post("/emergency/$silent/seen", {})->status, 204, 'seen');
is_deeply([marks($silent)], ['doctor urgent'], '  takes her mark away');

my ($waiting) = grep { $_->{id} eq $broken->json->{id} } @{ $privacy->get('/emergency/reviews')->json->{reviews} };
is($waiting->{days_left}, 7, 'it waits for review, seven days');
ok(!(grep { $_->{patient} eq $agreed } @{ $privacy->get('/emergency/reviews')->json->{reviews} }), '  those with consent do not');
is($crew->get('/emergency/reviews')->status, 403, 'a crew may not judge herself');
my $review = '/emergency/reviews/' . $broken->json->{id};
is($privacy->post($review, { verdict => 'unjustified' })->json->{error}{field}, 'note', 'not justified: why is wanted');
is($privacy->post($review, { verdict => 'needs_info', note => '出動の記録を待つ' })->status, 204, 'first a question');
is($privacy->post($review, { verdict => 'justified' })->status, 204, 'then justified');
is($nurse->get("/emergency/$silent/openings")->json->{openings}[0]{verdict}, 'justified', 'the newest word counts, and the team reads it');
is(scalar db('SELECT COUNT(*) FROM emergency_review WHERE patient_id = ?', id_of($silent)), 2, '  both are kept');
is($privacy->post("/emergency/reviews/" . $opened->json->{id}, { verdict => 'justified' })->status, 404, 'one with consent is not for review');
db('UPDATE emergency_opening SET opened_at = opened_at - INTERVAL 9 DAY WHERE patient_id = ?', id_of($silent));
db('DELETE FROM emergency_review WHERE patient_id = ?', id_of($silent));
ok((grep { $_->{id} eq $broken->json->{id} && $_->{late} } @{ $privacy->get('/emergency/reviews')->json->{reviews} }), 'after seven days it is overdue');

# ---- a shift: no PIN, a day long ----

my $token = "X'" . unpack('H*', pack('H*', db('SELECT HEX(token) FROM care_session s JOIN care_user u ON u.id = s.user_id WHERE u.login = "crew" AND s.ended_at IS NULL ORDER BY s.created_at DESC LIMIT 1'))) . "'";
db("UPDATE care_session SET seen_at = seen_at - INTERVAL 16 HOUR, created_at = created_at - INTERVAL 20 HOUR WHERE token = $token");
is($crew->get('/emergency')->status, 200, 'after a quiet night no PIN is asked');
is($crew->get('/patients')->status, 401, '  but elsewhere it is');
ok(stays_false(sub { $crew->get('/emergency'); $crew->get('/patients')->status == 200 }, 2), '  and the search is no way around it');
db("UPDATE care_session SET created_at = created_at - INTERVAL 6 HOUR WHERE token = $token");
is($crew->get('/emergency')->status, 401, 'after the shift she signs in anew');
done_testing;
