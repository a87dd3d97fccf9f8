#!/usr/bin/perl
# The list of meetings: what triggers keep of it is what follows from meetings and invitations, page after page.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Team;
use Tomozuna::Test;

my ($manager, $nurse) = map { person($_) } qw(caremanager nurse);
sub made { my (%in) = @_; return $manager->post('/meeting', { kind => 'training_course', title => '試験の一覧', day => day(3), begins => '07:00', ends => '07:30', %in })->json->{id} }
my @made;
END { local $?; db('DELETE i FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = ?', unhex($_)), db('DELETE FROM meeting_meeting WHERE ref = ?', unhex($_)) for @made }

# What is shown to whom, as the two tables have it; and as the calendar has it.
my $PHASE = "CASE WHEN m.state = 'cancelled' THEN 'cancelled' WHEN m.polled_at IS NOT NULL THEN 'polling' WHEN m.state <> 'draft' THEN CONCAT(m.state) WHEN m.asked_at IS NULL THEN 'draft' WHEN m.act_reason IS NULL THEN 'preparing' ELSE 'refused' END";
my $WANTED = "SELECT 1 AS side, CONCAT_WS('|', m.id, x.who, m.network_id, m.starts_at, m.ends_at, m.title, m.kind, $PHASE, m.organizer_id = x.who, i.id IS NOT NULL, m.open_signup, COALESCE(IF(i.id IS NULL, NULL, i.response), '-')) AS r
    FROM (SELECT id AS meeting, organizer_id AS who FROM meeting_meeting UNION SELECT id, 0 FROM meeting_meeting WHERE open_signup AND patient_id IS NULL
          UNION SELECT meeting_id, user_id FROM meeting_invitation WHERE user_id IS NOT NULL) AS x
    JOIN meeting_meeting m ON m.id = x.meeting
    LEFT JOIN meeting_invitation i ON i.meeting_id = m.id AND i.user_id = x.who AND i.removed_at IS NULL";
my $KEPT = "SELECT 2, CONCAT_WS('|', meeting_id, user_id, network_id, starts_at, ends_at, title, kind, phase, organizer, invited, open_signup, COALESCE(IF(invited, response, NULL), '-')) FROM meeting_calendar";

# In one look at both, since others go on meanwhile: what only the tables (1) or only the calendar (2) has.
sub same {
    my ($what) = @_;
    return is(join("\n", db("SELECT CONCAT(MIN(y.side), ' ', y.r) FROM ($WANTED UNION ALL $KEPT) AS y GROUP BY y.r HAVING COUNT(*) <> 2")), '', $what);
}

same('to begin with');
my $first = made();
push @made, $first;
same('made');
is(scalar(grep { $_->{id} eq $first } @{ $nurse->get('/meeting')->json->{meetings} }), 0, 'a draft is on nobody\'s list');
db('UPDATE meeting_provider SET pause_until = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR');
END { local $?; db('UPDATE meeting_provider SET pause_until = NULL') }
$manager->post("/meeting/$first/invite", {});
same('asked for');
db('UPDATE meeting_meeting SET state = "scheduled", done = revision, act_due_at = NULL WHERE ref = ?', unhex($first));
same('there');
my ($offered) = grep { $_->{id} eq $first } @{ $nurse->get('/meeting')->json->{meetings} };
ok($offered && !$offered->{invited} && $offered->{open_signup}, 'the network may sign up');
$nurse->post("/meeting/$first/sign_up", {});
same('signed up');
my @hers = grep { $_->{id} eq $first } @{ $nurse->get('/meeting')->json->{meetings} };
is(scalar @hers, 1, '  it is on the list once');
ok($hers[0]{invited}, '  as hers') if @hers;
$nurse->post("/meeting/$first/answer", { response => 'tentative' });
same('answered');
$manager->post("/meeting/$first/change", { title => '試験の別名', day => day(4), begins => '08:00', ends => '08:30', agenda => '' });
same('moved, and asked again');
my ($place) = map { $_->{id} } grep { ($_->{profession_code} // '') eq '040' } @{ $manager->get("/meeting/$first")->json->{invited} };
$manager->post("/meeting/$first/$place/remove", {});
same('one taken back');
$manager->post("/meeting/$first/cancel", {});
same('called off');

# Forty at the same time: each on one page, and on one alone.
push @made, made(title => "試験の一覧 $_") for 1 .. 40;
my (%seen, $later);
my $pages = 0;
do {
    my $page = $manager->get('/meeting' . (defined $later ? "?later=$later" : ''))->json;
    $seen{ $_->{id} }++ for @{ $page->{meetings} };
    cmp_ok(scalar @{ $page->{meetings} }, '<=', 30, 'a page');
    $later = $page->{later};
} while (defined $later && ++$pages < 20);
is(scalar(grep { ($seen{$_} // 0) != 1 } @made[1 .. $#made]), 0, 'page after page, each once');
db('UPDATE meeting_meeting SET starts_at = starts_at - INTERVAL 30 DAY, ends_at = ends_at - INTERVAL 30 DAY WHERE ref = ?', unhex($made[1]));
is(scalar(grep { $_->{id} eq $made[1] } @{ $manager->get('/meeting')->json->{meetings} }), 0, 'what is past is on another list');
is(scalar(grep { $_->{id} eq $made[1] } @{ $manager->get('/meeting?past=1')->json->{meetings} }), 1, '  which has it');
done_testing;
