#!/usr/bin/perl
# Who has a patient's meeting on her list, and may open it: of those who are invited whoever is of the team at
# this instant, by name or by her office as a whole. The list comes from a calendar that knows of no team.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my @login = qw(caremanager doctor manager nurse officer outsider);
my %who = map { $_ => person($_) } @login;
my %user = map { $_ => scalar db('SELECT id FROM care_user WHERE login = ?', $_) } @login;
my $p = new_patient(caremanager => 'care_manager', nurse => 'visiting_nurse', 'office:doctor' => 'attending_physician', officer => 'officer');
my $key = patient_key($p);
db('UPDATE meeting_provider SET pause_until = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR');
END { local $?; db('UPDATE meeting_provider SET pause_until = NULL') }

# All of them are invited: what tells them apart is the team alone.
my $id = $who{caremanager}->post("/meeting/of/$p", { kind => 'care_conference', title => '試験の会議', day => day(2), begins => '06:00', ends => '06:30',
    agenda => '', presence => 'none', invite => 1 })->json->{id};
db('UPDATE meeting_meeting SET state = "scheduled", done = revision, act_due_at = NULL WHERE ref = ?', unhex($id));
db('INSERT IGNORE INTO meeting_invitation (ref, meeting_id, patient_id, user_id, name, invited_at, invited_by)
    SELECT RANDOM_BYTES(16), m.id, m.patient_id, u.id, "x", UTC_TIMESTAMP(3), 1 FROM meeting_meeting m JOIN care_user u ON u.id IN (' . join(',', values %user) . ')
     WHERE m.ref = ?', unhex($id));
is(scalar db('SELECT COUNT(*) FROM meeting_calendar c JOIN meeting_meeting m ON m.id = c.meeting_id WHERE m.ref = ? AND c.invited AND c.user_id IN (' . join(',', values %user) . ')', unhex($id)),
    scalar @login, 'the calendar has it for each');

# Whether the meeting is on her list; with its page the same, or else what differs.
sub looks {
    my ($name) = @_;
    my $list = $who{$name}->get('/meeting');
    my $page = $who{$name}->get("/meeting/$id")->status;
    my $listed = grep { $_->{id} eq $id } @{ $list->status == 200 ? $list->json->{meetings} : [] };
    return $listed == ($page == 200 ? 1 : 0) ? $listed : "$listed on the list, page $page";
}

sub seen_by {
    return join ' ', map { my $is = looks($_); $is eq '1' ? $_ : $is eq '0' ? () : "$_ ($is)" } @login;
}

my $TEAM = 'caremanager doctor nurse';
my $incident = 'ac' x 16;
my $of_team = "UPDATE care_team SET left_at = %s WHERE patient_id = $key AND user_id = %d";
my $staff = "UPDATE care_staff SET left_at = %s WHERE user_id = $user{nurse}";
my $user = "UPDATE care_user SET suspended_at = %s WHERE id = $user{nurse}";
my $duty = "UPDATE care_staff SET on_duty = %d WHERE user_id = $user{manager}";
my $was = db('SELECT on_duty FROM care_staff WHERE user_id = ?', $user{manager});
my $consent = "UPDATE care_consent SET withdrawn_at = %s WHERE patient_id = $key";
my $closes = "UPDATE care_episode SET closes_at = %s WHERE patient_id = $key";
my $agreed = "UPDATE care_consent SET officer = %d WHERE patient_id = $key";
my $opens = "INSERT INTO care_incident (ref, network_id, drill, opened_at) SELECT X'$incident', network_id, %d, UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE FROM care_patient WHERE id = $key";
my $about = "INSERT INTO care_incident_patient (incident_id, patient_id) SELECT id, $key FROM care_incident WHERE ref = X'$incident'";
my $over = "DELETE FROM care_incident WHERE ref = X'$incident'";
my $now = 'UTC_TIMESTAMP(3)';

# What happened, what takes it back, who sees the meeting meanwhile.
my @scene = (
    ['the team as it is', [], [], $TEAM],
    ['one left the team', [sprintf $of_team, $now, $user{nurse}], [sprintf $of_team, 'NULL', $user{nurse}], 'caremanager doctor'],
    ['an office left it', [sprintf $of_team, $now, 0], [sprintf $of_team, 'NULL', 0], 'caremanager nurse'],
    ['one left her office', [sprintf $staff, $now], [sprintf $staff, 'NULL'], 'caremanager doctor'],
    ['one was suspended', [sprintf $user, $now], [sprintf $user, 'NULL'], 'caremanager doctor'],
    ['a colleague stands in', [sprintf $duty, 1], [sprintf $duty, $was], $TEAM],
    ['the consent was withdrawn', [sprintf $consent, $now], [sprintf $consent, 'NULL'], ''],
    ['the episode is closed', [sprintf $closes, "$now - INTERVAL 1 SECOND"], [sprintf $closes, 'NULL'], ''],
    ['officers may read', [sprintf $agreed, 1], [sprintf $agreed, 0], "$TEAM officer"],
    ['a drill about her', [sprintf($opens, 1), $about], [$over], $TEAM],
    ['a disaster that is not about her', [sprintf $opens, 0], [$over], $TEAM],
    ['a disaster about her', [sprintf($opens, 0), $about], [$over], "$TEAM officer"],
    ['  without her consent', [sprintf($opens, 0), $about, sprintf $consent, $now], [$over, sprintf $consent, 'NULL'], 'officer'],
);
my @undo;
END { local $?; db($_) for @undo }
for my $scene (@scene) {
    my ($what, $before, $after, $want) = @$scene;
    @undo = @$after;
    db($_) for @$before;
    is(seen_by(), $want, $what);
    is($who{manager}->get("/patients/$p")->status, 200, '  who opens the patient and not her meetings') if $what =~ /stands in/;
    db($_) for splice @undo;
}
is(seen_by(), $TEAM, 'and all is as before');

# ---- what is of a patient is offered to nobody, whatever its row says ----

my $open = 'ad' x 16;
db("INSERT INTO meeting_meeting (ref, network_id, patient_id, kind, title, starts_at, ends_at, open_signup, organizer_id, organizer_name, made_at, room, state)
    SELECT X'$open', network_id, patient_id, kind, 'x', starts_at, ends_at, 1, organizer_id, organizer_name, made_at, LOWER(HEX(RANDOM_BYTES(16))), 'scheduled'
      FROM meeting_meeting WHERE ref = X'$id'");
is(scalar(grep { $_->{id} eq $open } @{ $who{outsider}->get('/meeting')->json->{meetings} }), 0, 'an open one of a patient is on no list');
is($who{outsider}->get("/meeting/$open")->status, 404, '  nor opens it');
done_testing;
