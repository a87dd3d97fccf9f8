#!/usr/bin/perl
# A decision is corrected by a new one, for a reason that is kept; grounds of recusal are found
# by themselves as the town has them; several insurers are told apart; a sitting's video meeting.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Board;
use Tomozuna::Test;

my ($secretary, $chair, $member) = map { person($_) } qw(secretary member1 member3);
sub fault { my ($answer) = @_; return join ' ', $answer->status, map { $_ // '' } @{ $answer->json->{error} // {} }{qw(field code)} }
sub state_of { return scalar db('SELECT state FROM board_application WHERE ref = ?', unhex($_[0])) }
sub decisions { return db('SELECT CONCAT_WS(" ", d.level, d.months) FROM board_decision d WHERE d.application_id = ? ORDER BY d.id', application_key($_[0])) }

# ---- in the same sitting ----

my $sitting = new_sitting('in_session', -48, qw(member1 member2 member3));
my $application = add_application($sitting, { state => 'tabled' }, 'care2', 600);
my $heard = "/board/session/$sitting/$application";
db('UPDATE board_seat SET attended = 1, presides = letter = "A" WHERE sitting_id = ?', sitting_key($sitting));
$secretary->post("$heard/step", { step => $_ }) for 1 .. 5;
sub recuse { db('INSERT INTO board_recusal (application_id, user_id, reason, at, by_user) VALUES (?, ?, "chair_order", UTC_TIMESTAMP(3), 0)', application_key($_[0]), user_key($_[1])); return }
recuse($application, 'member3');
my %vote = (outcome => 'decided', months => 12, vote => [qw(A.care2 B.care2)], state_image => '', reason => '', item => 0, board_opinion => '');
is($secretary->post("$heard/reopen", { reason => '誤り' })->status, 409, 'what is not decided is not taken up again');
is($secretary->post("$heard/decision", { %vote })->status, 201, 'decided');
is($member->post("$heard/reopen", { reason => '誤り' })->status, 404, 'a member who does not preside takes nothing up');
is(fault($secretary->post("$heard/reopen", {})), '400 reason missing', '  nor does anybody without a reason');
is($chair->post("$heard/reopen", { reason => '期間の読み違い' })->status, 204, 'the chair does, for a reason');
is(state_of($application), 'tabled', '  it is on the table');
is($secretary->post("$heard/decision", { %vote, months => 6 })->status, 201, 'and decided anew');
is_deeply([decisions($application)], ['care2 12', 'care2 6'], '  the first decision stays as it was');
my $minutes = $secretary->get("/board/session/$sitting/minutes")->json;
is(join(' ', map { $_->{months} } @{ $minutes->{decisions} }), '6', 'the minutes have the new one');
sub recused { return [map { "$_->{serial_number} $_->{letter}" } @{ $secretary->get("/board/session/$sitting/minutes")->json->{recusals} }] }
my $recused = recused();
is_deeply($recused, ["$minutes->{decisions}[0]{serial_number} C"], '  and who was recused');
is_deeply([map { "$_->{level} $_->{reason}" } @{ $minutes->{reopened} }], ['care2 期間の読み違い'], '  and that there was another, and why');

# ---- by another sitting ----

my $office = "/board/office/applications/$application";
is($secretary->post("$office/reopen", { reason => '調査票の取り違え' })->status, 409, 'while they sit it is theirs');
go($sitting, qw(closed));
$secretary->post("$office/end", { state => 'notified' });
is($secretary->post("$office/reopen", { reason => '調査票の取り違え' })->status, 204, 'a notified decision is taken up again');
is(state_of($application), 'papers_ready', '  and waits for a sitting');
is($secretary->post("$office/reopen", { reason => 'もう一度' })->status, 409, '  once');
is(scalar(@{ $secretary->get("/board/session/$sitting/minutes")->json->{decisions} }), 1, 'the minutes of the first sitting stay');

my $next = new_sitting('draft', 48, qw(member1 member2 member3));
is($secretary->post("/board/office/sittings/$next/applications", { application => [$application] })->status, 204, 'another sitting gets it');
is(join(' ', map { "$_->{serial_number} $_->{months}" } @{ $secretary->get("/board/session/$sitting/minutes")->json->{decisions} }), "$minutes->{decisions}[0]{serial_number} 6", '  under another number; the minutes keep theirs');
is_deeply(recused(), $recused, '  and the line of who was recused');
recuse($application, 'member2');
is_deeply(recused(), $recused, '  without those who are recused since');

# ---- grounds ----

my ($family, $given) = db('SELECT family FROM care_user WHERE login = "member2" UNION ALL SELECT given FROM care_user WHERE login = "member2"');
my $office_name = db('SELECT o.name FROM board_member b JOIN care_office o ON o.id = b.office_id WHERE b.office_id > 0 AND b.user_id = ?', user_key('member4'));
my $numbers = $secretary->get('/board/office/settings')->json->{numbers};
$_ = $_ ? $_ + 0 : 0 for values %$numbers;
sub found {
    my %setting = @_;
    $secretary->post('/board/office/settings', { %$numbers, %setting });
    my $s = new_sitting('notice_sent', 48, qw(member1 member2 member4));
    my $a = add_application($s, { state => 'assigned' }, 'care2', 600);
    db('UPDATE board_person SET physician = ?, facility = ? WHERE application_id = ?', "$family　$given", $office_name, application_key($a));
    is($secretary->post("/board/office/sittings/$s/state", { act => 'open' })->status, 204, 'the pre-review opens');
    my @found = map { "$_->{reason} $_->{letter}" } @{ $secretary->get("/board/office/applications/$a")->json->{conflicts} };
    is($member->get("/board/sittings/$s")->status, 404, '  not for who has no seat');
    unlike(person('member2')->get("/board/applications/$a")->text, qr/attending_physician|facility/, '  a member reads no ground');
    return join ', ', @found;
}
is(found(by_physician => 0, by_facility => 0), '', 'a town without these grounds has none');
is(found(by_physician => 1, by_facility => 0), 'attending_physician B', 'the attending physician is found by name');
is(found(by_physician => 0, by_facility => 1), 'facility C', 'so is who works where she lives');
$secretary->post('/board/office/settings', $numbers);

# ---- several insurers ----

my ($own) = grep { $_->{insurer_number} eq '994012' } @{ $secretary->get('/board/office/settings')->json->{insurers} };
ok($own, 'an insurer whose applications there are can be named');
my $real = db('SELECT insurer_number FROM care_patient WHERE insured_number = "9950000001"');
is(fault($secretary->post('/board/office/insurers', { insurer_number => '123456', name => 'x' })), '400 insurer_number malformed', 'a number that checks wrongly is refused');
my $was = $secretary->get('/board/office')->json->{several};
ok(!$was, 'one insurer is not told');
db('INSERT INTO board_insurer (network_id, insurer_number, name) SELECT MIN(id), "111112", "となり村" FROM care_network');
is($secretary->post('/board/office/insurers', { insurer_number => $real, name => '試験村' })->status, 204, 'another');
my $page = $secretary->page('/board/office');
like($page->text, qr/試験村/, '  two are told apart in the list');
unlike($member->page('/board/sittings')->text, qr/試験村|むつみ町見本/, '  and not to members');
db('DELETE FROM board_insurer');

# ---- the video meeting ----

# Other tests of this demo want what it has.
db('CREATE TABLE board_test_provider AS SELECT * FROM meeting_provider');
END { local $?; eval { db('DELETE FROM meeting_provider'); db('INSERT INTO meeting_provider SELECT * FROM board_test_provider'); db('DROP TABLE board_test_provider') } }
db('DELETE FROM meeting_provider');
my $far = new_sitting('notice_sent', 96, qw(member1 member2 member3));
is($secretary->post("/board/office/sittings/$far/video", {})->status, 409, 'no provider, no video meeting');
db('INSERT INTO meeting_provider (network_id, kind, origin, client) SELECT MIN(id), "jitsi", "https://meet.invalid", "x" FROM care_network');
is($secretary->post("/board/office/sittings/$far/video", {})->status, 204, 'one press makes it');
is($secretary->post("/board/office/sittings/$far/video", {})->status, 409, '  once');
is($member->get("/board/sittings/$far")->json->{meeting}, undef, 'before the provider has it there is nothing to join');
db('UPDATE meeting_meeting m JOIN board_sitting s ON s.meeting = m.ref SET m.state = "scheduled" WHERE s.ref = ?', unhex($far));
my $meeting = $member->get("/board/sittings/$far")->json->{meeting};
is(length($meeting // ''), 32, 'a member has the link');
is($member->get("/meeting/$meeting")->status, 200, '  which lets her in');
is(person('member5')->get("/meeting/$meeting")->status, 404, '  and nobody without a seat');
$secretary->post("/board/office/sittings/$far/substitutes", { user => scalar db('SELECT LOWER(HEX(ref)) FROM care_user WHERE login = "member5"') });
is(person('member5')->get("/meeting/$meeting")->status, 200, 'a substitute is invited, too');
unlike($member->get("/meeting/$meeting")->text, qr/秘密田|要介護/, 'it says nothing of an application');
is($secretary->post("/board/office/sittings/$far/state", { act => 'cancel' })->status, 204, 'called off');
is(scalar db('SELECT state FROM meeting_meeting WHERE ref = ?', unhex($meeting)), 'cancelled', '  with its meeting');
db('DELETE FROM meeting_invitation WHERE meeting_id = (SELECT id FROM meeting_meeting WHERE ref = ?)', unhex($meeting));
db('DELETE FROM meeting_meeting WHERE ref = ?', unhex($meeting));
done_testing;
