package LoadOutbreaks;

# What offices of the town have reported of illness: one outbreak that goes on, one
# on a round, one that is over.

use strict;
use warnings;
use utf8;

# kind of office, disease, where, began so many days ago, ended; reports: [days ago, users, staff] …
my @OUTBREAK = (
	['day_service', 'influenza', 'house', 17, undef, [16, 2, 0], [10, 5, 1], [3, 9, 2]],
	['home_help', 'influenza', 'round', 9, undef, [6, 2, 1]],
	['facility', 'gastroenteritis', 'house', 40, 22, [38, 3, 1], [31, 7, 2], [22, 7, 3]],
);

sub load
{
	my ($load) = @_;
	my ($there) = $load->ask('SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = "bulletin_outbreak"');
	return if !$there;
	outbreak($load, @$_) for @OUTBREAK;
	return;
}

# Of the first office of that kind, by the first of its people; none, if there is none.
sub outbreak
{
	my ($load, $kind, $disease, $place, $began, $ended, @report) = @_;
	my $ref = $load->ref_hex;
	my $end = defined $ended ? day($ended) : 'NULL';
	$load->say("INSERT INTO bulletin_outbreak (ref, network_id, office_id, made_at)
	    SELECT X'$ref', network_id, id, UTC_TIMESTAMP(3) - INTERVAL $began DAY FROM care_office
	     WHERE network_id = $load->{network_id} AND kind = '$kind' ORDER BY id LIMIT 1");
	for my $r (@report) {
		my ($ago, $users, $staff) = @$r;
		my $over = $r == $report[-1] ? $end : 'NULL';
		$load->say("INSERT INTO bulletin_outbreak_report (outbreak_id, user_id, reported_at, disease, place, counted_on, ill_users, ill_staff, began_on, ended_on)
		    SELECT o.id, MIN(f.user_id), UTC_TIMESTAMP(3) - INTERVAL $ago DAY, '$disease', '$place', @{[day($ago)]}, $users, $staff, @{[day($began)]}, $over
		      FROM bulletin_outbreak o JOIN care_staff f ON f.office_id = o.office_id AND f.left_at IS NULL WHERE o.ref = X'$ref' GROUP BY o.id");
	}
	return;
}

# The Japanese day so many days ago.
sub day { return "DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR) - INTERVAL $_[0] DAY" }

1;
