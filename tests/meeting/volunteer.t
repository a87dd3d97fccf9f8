#!/usr/bin/perl
# A welfare volunteer (民生委員) of a team reads nothing medical, and so no agenda and no minutes, but of
# meetings that she is invited to.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my ($manager, $nurse, $officer) = map { person($_) } qw(caremanager nurse officer);
my $p = new_patient(caremanager => 'care_manager', nurse => 'visiting_nurse', officer => 'welfare_volunteer');
my $was = db('SELECT profession FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "officer"');
sub profession { db('UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.profession = ? WHERE u.login = "officer"', $_[0]); return }
END { local $?; profession($was) if defined $was }
db('UPDATE care_consent SET officer = 1 WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($p));
profession('333');
db('UPDATE meeting_provider SET pause_until = UTC_TIMESTAMP(3) + INTERVAL 1 HOUR');
END { local $?; db('UPDATE meeting_provider SET pause_until = NULL') }

my $id = $manager->post("/meeting/of/$p", { kind => 'care_conference', title => '褥瘡のこと', day => day(2), begins => '14:00', ends => '15:00',
    agenda => '褥瘡の処置', presence => 'none', invite => 1 })->json->{id};
db('UPDATE meeting_meeting SET state = "scheduled", done = revision, act_due_at = NULL WHERE ref = ?', unhex($id));
is($nurse->get("/meeting/$id")->status, 200, 'the nurse sees it');
is($officer->get("/meeting/of/$p")->status, 200, 'a volunteer of the team sees a list');
is(scalar @{ $officer->get("/meeting/of/$p")->json->{meetings} }, 0, '  without it');
is($officer->get("/meeting/$id")->status, 404, '  nor the meeting');
is($officer->get("/meeting/$id/$_")->status, 404, "  nor its $_") for qw(room print sheet go);
is(scalar @{ $officer->get('/meeting')->json->{meetings} }, scalar(grep { ($_->{id} // '') ne $id } @{ $officer->get('/meeting')->json->{meetings} }), '  nor her calendar has it');
db('INSERT INTO meeting_invitation (ref, meeting_id, patient_id, user_id, name, invited_at, invited_by)
    SELECT RANDOM_BYTES(16), m.id, m.patient_id, u.id, "x", UTC_TIMESTAMP(3), 1 FROM meeting_meeting m JOIN care_user u ON u.login = "officer" WHERE m.ref = ?', unhex($id));
is($officer->get("/meeting/$id")->status, 200, 'invited, she sees it');
is(scalar @{ $officer->get("/meeting/of/$p")->json->{meetings} }, 1, '  on the list, too');
done_testing;
