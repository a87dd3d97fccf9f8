#!/usr/bin/perl
# A meeting from a forum's page: who is in it is invited with one press, and nobody else hears of it.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Team;
use Tomozuna::Test;

my ($manager, $nurse, $doctor, $outsider) = map { person($_) } qw(caremanager nurse doctor outsider);
my @made;
db('UPDATE meeting_provider SET pause_until = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR');
END { local $?; db('UPDATE meeting_provider SET pause_until = NULL') }
my $forum = $manager->post('/forums', { name => '試験の委員会', open_to => 'members' })->json->{id};
END {
    local $?;
    db('DELETE i FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = ?', unhex($_)), db('DELETE FROM meeting_meeting WHERE ref = ?', unhex($_)) for @made;
    if ($forum) {
        my $key = db('SELECT id FROM care_forum WHERE ref = ?', unhex($forum));
        db("DELETE FROM $_ WHERE forum_id = ?", $key) for qw(forum_seen forum_entry care_forum_member);
        db('DELETE FROM care_forum WHERE id = ?', $key);
    }
}
is($manager->post("/forums/$forum/members", { person => user_ref($_) })->status, 204, "$_ is in it") for qw(nurse doctor);

my %what = (kind => 'community_conference', title => '試験の会議', day => day(3), begins => '18:00', ends => '19:00', agenda => '一、今年のこと');
sub make { my ($who, %in) = @_; my $a = $who->post("/meeting/in/$forum", { %what, %in }); push @made, $a->json->{id} if $a->status == 201; return $a }
sub provided { my ($id) = @_; db('UPDATE meeting_meeting SET state = "scheduled", done = revision, act_due_at = NULL WHERE ref = ?', unhex($id)); return }
sub invited { my ($id) = @_; return join ' ', sort(db('SELECT u.login FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id JOIN care_user u ON u.id = i.user_id WHERE m.ref = ?', unhex($id))) }
sub on_page { my ($who, $id) = @_; return scalar grep { $_->{id} eq $id } @{ $who->get("/meeting/in/$forum")->json->{meetings} } }

like($manager->page("/forums/$forum")->text, qr{href="/meeting/in/$forum"}, 'the forum\'s page leads to its meetings');
is($outsider->get("/meeting/in/$forum")->status, 404, 'who is not in it learns of none');
is(make($outsider)->status, 404, '  and makes none');
is(why(make($manager, kind => 'care_conference')), 'kind not_a_choice', 'no patient\'s conference');
my $draft = make($manager)->json->{id};
is(invited($draft), 'caremanager', 'a draft is its maker\'s');
is(on_page($nurse, $draft) . on_page($manager, $draft), '01', '  on her page alone');
my $id = make($manager, invite => 1)->json->{id};
is(invited($id), 'caremanager doctor nurse', 'one press: all of it are invited, no address was typed');
is($nurse->get("/meeting/$id")->status, 404, '  and see nothing before the provider has it');
provided($id);
my $seen = $nurse->get("/meeting/$id")->json;
is("$seen->{meeting}{phase} $seen->{forum}{name}", 'scheduled 試験の委員会', '  then they do, and where it was set');
is(on_page($doctor, $id), 1, '  on the forum\'s list');
is(scalar(grep { $_->{id} eq $id } @{ $doctor->get('/meeting')->json->{meetings} }), 1, '  and in the one calendar');
is($outsider->get("/meeting/$id")->status, 404, '  nobody else');
is($nurse->post("/meeting/$id/answer", { response => 'accepted' })->status, 204, 'an answer as everywhere');

is($manager->post("/forums/$forum/members", { person => user_ref('helper') })->status, 204, 'somebody comes into the forum');
is(invited($id), 'caremanager doctor nurse', '  which invites her to nothing');
is($manager->post("/meeting/$id/invite", {})->status, 204, '  pressed again');
is(invited($id), 'caremanager doctor helper nurse', '  it does, her alone');
is($doctor->post("/forums/$forum/leave", {})->status, 204, 'somebody leaves it');
is($doctor->get("/meeting/in/$forum")->status, 404, '  and its page');
is($doctor->get("/meeting/$id")->status . ' ' . ($doctor->get("/meeting/$id")->json->{forum} // 'none'), '200 none', '  not what she is invited to, which names it no more');

my $poll = make($manager)->json->{id};
is($manager->post("/meeting/$poll/dates", { day => day(4), begins => '18:00', ends => '19:00' })->status, 201, 'dates are put to the forum');
is(invited($poll), 'caremanager helper nurse', '  to its people');
my ($date) = map { $_->{id} } @{ $nurse->get("/meeting/$poll")->json->{dates} };
is($nurse->post("/meeting/$poll/vote", { fits => $date })->status, 204, '  who say what suits');
is($manager->post("/meeting/$poll/take", { date => $date })->status, 204, '  and it is set');
done_testing;
