#!/usr/bin/perl
# When links lead in: to the time that was set, to whom they were given, and not when it is over. A guest
# answers with his, and learns that a newer one has replaced it. And what may be recorded: nothing that
# the network, the patient or her family says no to, whenever they say it.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my ($manager, $nurse) = map { person($_) } qw(caremanager nurse);
my $open = client(door => 'open');
my $p = new_patient(caremanager => 'care_manager', nurse => 'visiting_nurse');
my $network = db('SELECT network_id FROM care_patient WHERE ref = ?', unhex($p));
my $recording = db('SELECT recording FROM meeting_provider WHERE network_id = ?', $network);
my @made;
# What the provider does is written by hand; no mail leaves for a guest but where one is waited for.
db('UPDATE meeting_provider SET pause_until = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR');
END { local $?; db('UPDATE meeting_provider SET pause_until = NULL, recording = IF(network_id = ?, ?, recording)', $network, $recording) }
END { local $?; db('DELETE i FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = ?', unhex($_)), db('DELETE FROM meeting_meeting WHERE ref = ?', unhex($_)) for @made }

sub make {
    my (%in) = @_;
    my $answer = $manager->post("/meeting/of/$p", { kind => 'care_conference', title => '試験', day => day(2), begins => '14:00', ends => '15:00', presence => 'none', %in });
    push @made, $answer->json->{id} if $answer->status == 201;
    return $answer;
}
sub row { my ($id, $column) = @_; return scalar db("SELECT $column FROM meeting_meeting WHERE ref = ?", unhex($id)) }
sub provided {
    my ($id) = @_;
    db('UPDATE meeting_meeting SET state = "scheduled", done = revision, act_due_at = NULL, begun = 1, provider_id = "x" WHERE ref = ?', unhex($id));
    db('UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id SET i.mail_due_at = NULL, i.join_url = CONCAT("https://meet.example/", LOWER(HEX(i.ref))) WHERE m.ref = ?', unhex($id));
    return;
}
# From so many minutes ago to so many minutes from now.
sub lasts { my ($id, $from, $to) = @_; db('UPDATE meeting_meeting SET starts_at = UTC_TIMESTAMP(3) + INTERVAL ? MINUTE, ends_at = UTC_TIMESTAMP(3) + INTERVAL ? MINUTE WHERE ref = ?', $from, $to, unhex($id)); return }
my $serial = 10;
sub link_of {
    my ($guest, $until) = @_;
    my $token = $serial++ x 16;
    db("UPDATE meeting_invitation SET token = UNHEX(SHA2(?, 256)), token_until = UTC_TIMESTAMP(3) + INTERVAL ? MINUTE, token_used_at = NULL, mail_due_at = NULL, told_at = UTC_TIMESTAMP(3) - INTERVAL 1 DAY WHERE ref = ?", unhex($token), $until, unhex($guest));
    return "/meeting/guest/$token";
}
sub in { my ($who, $path, $how) = @_; return $how eq 'go' ? $who->page("$path/go")->status : $who->post("$path/enter", {})->status }

# ---- a guest's answer, and the link that was replaced ----

my $id = make(invite => 1)->json->{id};
my $guest = $manager->post("/meeting/$id/guest", { guest => 'outsider', name => '客 外', mail => 'guest@tomozuna.example' })->json->{id};
provided($id);
my $link = link_of($guest, 3000);
is($open->post("$link/answer", { response => 'tentative' })->status, 204, 'a guest answers with his link');
is($open->get($link)->json->{response}, 'tentative', '  sees what he said');
is((grep { $_->{guest} } @{ $manager->get("/meeting/$id")->json->{invited} })[0]{response}, 'tentative', '  as does who invited him');
is($open->post("$link/answer", { response => 'maybe' })->status, 400, '  no other answer');
is($open->post('/meeting/guest/' . 'fe' x 16 . '/answer', { response => 'accepted' })->status, 404, '  nor by another link');
my $newer = link_of($guest, 3000);
my $old = $open->get($link);
is($old->status . ' ' . ($old->json->{replaced} ? 1 : 0), '200 1', 'a link that a newer one has replaced says so');
like($open->page($link)->text, qr/新しいリンクをメールでお送りしました/, '  in words');
is($open->post("$link/answer", { response => 'accepted' })->status, 409, '  answers nothing');
lasts($id, -5, 60);
is(in($open, $link, 'enter') . ' ' . in($open, $link, 'go'), '409 409', '  admits nobody');
is($open->post("$newer/answer", { response => 'accepted' })->status, 409, 'what has begun is answered by coming');
is(in($open, $newer, 'enter') . ' ' . in($open, $newer, 'go'), '201 303', '  the newer one admits');
is(in($open, $link, 'go'), 409, '  itself alone');
is($open->post("$link/renew", {})->status, 204, 'an old link offers a new one, too');

# ---- when it is over ----

$newer = link_of($guest, 60);
is(in($nurse, "/meeting/$id", 'enter') . ' ' . in($nurse, "/meeting/$id", 'go'), '201 303', 'while it lasts the team comes in');
lasts($id, -90, -29);
is($manager->post("/meeting/$id/$guest/remove", {})->status, 409, 'over: nobody is made not to have been there');
is(row($id, 'state'), 'scheduled', '  half an hour for those who talk on');
lasts($id, -90, -31);
is(in($nurse, "/meeting/$id", $_), 409, "over: the team's link is dead ($_)") for qw(enter go);
is(in($open, $newer, $_), 409, "  and a guest's, though it has days left ($_)") for qw(enter go);
ok(!$open->get($newer)->json->{is_open}, '  its page opens nothing');
is($open->post("$newer/renew", {})->status, 409, '  and gives no other');
lasts($id, -200, -61);
is($open->get($_)->status, 404, 'an hour later it leads nowhere') for $newer, $link;
lasts($id, -5, 60);
$newer = link_of($guest, -1);
is(in($open, $newer, 'enter'), 409, 'out of its own date it admits nobody while the meeting lasts');
is($manager->post("/meeting/$id/$guest/remove", {})->status, 204, 'a guest is taken back');
is($open->get($_)->status, 404, '  neither link is his') for link_of($guest, 60), $link;

# ---- recording ----

my %family = (presence => 'family', consent_signer => '試験 花', consent_relation => '長女');
sub agrees {
    db('INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, given_on) SELECT RANDOM_BYTES(16), id, "video_recording", "written", "試験", "本人", "2026-01-01" FROM care_patient WHERE ref = ?', unhex($p));
    return;
}
db('UPDATE meeting_provider SET recording = 1 WHERE network_id = ?', $network);
is(why(make(recording => 1)), 'recording no_consent', 'the network allows recording, the patient does not');
agrees();
my $recorded = make(recording => 1, invite => 1)->json->{id};
is(row($recorded, 'recording'), 1, '  she agrees: it may be');
is(why(make(recording => 1, %family)), 'recording no_consent', '  and not with family who were not asked');
is(row(make(recording => 1, consent_recording => 1, %family)->json->{id}, 'recording'), 1, '  but with those who agree');
my %asked = map { my $draft = make(recording => 1, presence => 'both')->json->{id};
    $manager->post("/meeting/$draft/consent", { consent_signer => '試験 花', consent_relation => '長女', consent_recording => $_ }); ($_ => $draft) } 0, 1;
is_deeply([map { row($asked{$_}, 'recording') } 0, 1], [0, 1], 'family who say no when they are asked are not recorded');
is_deeply([map { row($asked{$_}, 'consent_recording') } 0, 1], [0, 1], '  and what they said is kept');
ok(!$manager->get("/meeting/$asked{0}")->json->{meeting}{recording}, '  as the page says');
is(row(make(recording => 0, %family)->json->{id}, 'recording'), 0, 'nobody is recorded unasked');
provided($recorded);
db('UPDATE care_consent c JOIN care_patient p ON p.id = c.patient_id SET c.withdrawn_at = UTC_TIMESTAMP(3) WHERE p.ref = ? AND c.purpose = "video_recording"', unhex($p));
ok(wait_for(sub { row($recorded, 'recording') == 2 }, 90), 'she takes it back: it is not recorded any more');
isnt(row($recorded, 'act_due_at'), undef, '  and the provider is to be told');
ok(!$manager->get("/meeting/$recorded")->json->{meeting}{recording}, '  the page says nothing else');
is(scalar db('SELECT COUNT(*) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = ? AND i.mail_due_at IS NOT NULL', unhex($recorded)), 0, '  nobody is invited anew for it');
is(row($asked{1}, 'recording'), 0, '  of a draft nobody has to be told');
agrees();
my $joined = make(recording => 1, invite => 1)->json->{id};
provided($joined);
is(why($manager->post("/meeting/$joined/guest", { guest => 'family', name => '試験 花', mail => 'guest@tomozuna.example' })), 'guest no_consent', 'family who want to come after all are not invited before their consent');
is($manager->post("/meeting/$joined/consent", { consent_signer => '試験 花', consent_relation => '長女' })->status, 409, '  which says who comes');
is($manager->post("/meeting/$joined/consent", { presence => 'family', consent_signer => '試験 花', consent_relation => '長女', consent_recording => 0 })->status, 204, '  it is recorded');
is($manager->post("/meeting/$joined/guest", { guest => 'family', name => '試験 花', mail => 'guest@tomozuna.example' })->status, 201, '  and they are invited');
is(row($joined, 'recording') . ' ' . (row($joined, 'act_due_at') ? 'due' : 'not'), '2 due', '  they say no to being recorded: the provider is to be told');
my $later = make(recording => 1)->json->{id};
db('UPDATE meeting_provider SET recording = 0 WHERE network_id = ?', $network);
ok(wait_for(sub { row($later, 'recording') == 0 }, 90), 'the network takes its leave back likewise');
done_testing;
