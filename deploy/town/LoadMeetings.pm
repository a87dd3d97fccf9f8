package LoadMeetings;

# Where the network's meetings are held, and some of a patient's and of the network's: one to
# come, a draft, one that is over with its minutes, a course.

use strict;
use warnings;
use utf8;

# kind, title, agenda, hours from the next full hour, minutes' text, asked for
my @OF_PATIENT = (
	['care_conference', 'サービス担当者会議', "一、最近のようす\n二、訪問の回数\n三、家族の休み", 50, undef, 1],
	['discharge_conference', '退院前の話し合い', '一、退院の日', 170, undef, 0],
	['care_conference', '先月のサービス担当者会議', "一、夜間の見守り", -700, "夜間の見守りは現在のまま。訪問看護を週2回にする。\n残った課題：ショートステイの空き。", 1],
);

sub load
{
	my ($load) = @_;
	my ($there) = $load->ask('SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = "meeting_provider"');
	return if !$there;
	$load->say("INSERT INTO meeting_provider (network_id, kind, origin, client, recording, probe)
	    VALUES ($load->{network_id}, 'jitsi', 'https://meet.tomozuna.example', 'tomozuna', 0, 0)");
	of_patient($load, @$_) for @OF_PATIENT;
	meeting($load, 'NULL', 'training_course', '褥瘡ケアの勉強会', '一、体位変換　二、スキンケア', 220, undef, 1);
	return;
}

sub of_patient
{
	my ($load, @what) = @_;
	my ($first) = map { $load->{patient}{ $_->{key} } } ($load->rows('patient'))[0];
	my $ref = meeting($load, $first, @what);
	$load->say("INSERT IGNORE INTO meeting_invitation (ref, meeting_id, patient_id, user_id, name, profession, office, invited_at, invited_by, response)
	    SELECT RANDOM_BYTES(16), m.id, m.patient_id, u.id, CONCAT(u.family, ' ', u.given), MIN(f.profession), MIN(o.name), UTC_TIMESTAMP(3),
	           m.organizer_id, IF(u.id % 3 = 1, NULL, 'accepted')
	      FROM meeting_meeting m JOIN care_team_person f ON f.patient_id = m.patient_id AND f.told
	      JOIN care_user u ON u.id = f.user_id JOIN care_office o ON o.id = f.office_id
	     WHERE m.ref = X'$ref' GROUP BY m.id, u.id");
	$load->say("UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id SET i.response = 'accepted', i.joined_at = m.starts_at
	    WHERE m.ref = X'$ref' AND m.ends_at < UTC_TIMESTAMP()");
	return;
}

# Returns its ref. What was asked for is the provider's next work; what is over is done.
sub meeting
{
	my ($load, $patient, $kind, $title, $agenda, $hours, $minutes, $asked) = @_;
	my ($ref, $room) = ($load->ref_hex, $load->ref_hex);
	my $over = $hours < 0;
	my $starts = "DATE_FORMAT(UTC_TIMESTAMP() + INTERVAL $hours HOUR, '%Y-%m-%d %H:00:00')";
	$load->say(join ' ', 'INSERT INTO meeting_meeting (ref, network_id, patient_id, kind, title, agenda, starts_at, ends_at, open_signup, organizer_id,',
	    'organizer_name, made_at, asked_at, state, room, done, act_due_at, minutes, minutes_at, minutes_name)',
	    "SELECT X'$ref', $load->{network_id}, $patient, '$kind',", Loader::text($title), ',', Loader::text($agenda), ", $starts, $starts + INTERVAL 1 HOUR,",
	    ($patient eq 'NULL' ? 1 : 0), ", id, CONCAT(family, ' ', given), UTC_TIMESTAMP(3),", ($asked ? 'UTC_TIMESTAMP(3)' : 'NULL'), ',',
	    ($over ? "'scheduled'" : "'draft'"), ", LOWER('$room'),", ($over ? 0 : -1), ',', ($asked && !$over ? 'UTC_TIMESTAMP(3)' : 'NULL'), ',',
	    (defined $minutes ? Loader::text($minutes) . ", $starts + INTERVAL 2 HOUR, CONCAT(family, ' ', given)" : 'NULL, NULL, NULL'),
	    "FROM care_user WHERE login = 'caremanager'");
	return $ref;
}

1;
