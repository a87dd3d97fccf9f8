package Clock;
# Instants are seconds since 1970; the town lives on Japan's time, which has no summer time.
use strict;
use warnings;
use utf8;
use Time::Local qw(timegm);
use Exporter qw(import);
our @EXPORT_OK = qw(parse_instant rfc3339 day_of hour_of weekday month civil slash at_clock age_on DAY HOUR);

use constant { HOUR => 3600, DAY => 86400, JAPAN => 9 * 3600 };

my @WEEKDAY = qw(日 月 火 水 木 金 土);

sub parse_instant
{
	my ($text) = @_;
	my @f = $text =~ /\A(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z\z/
	    or die "not an instant such as 2026-11-22T06:00:00Z: $text\n";
	return timegm(@f[5, 4, 3, 2], $f[1] - 1, $f[0]);
}

sub rfc3339
{
	my @t = gmtime shift;
	return sprintf '%04d-%02d-%02dT%02d:%02d:%02dZ', $t[5] + 1900, $t[4] + 1, @t[3, 2, 1, 0];
}

# The number of the Japanese day, and what is in it.
sub day_of  { my ($instant) = @_; return int(($instant + JAPAN) / DAY) }
sub hour_of { my ($instant) = @_; return ($instant + JAPAN) % DAY / HOUR }
sub weekday { my ($day) = @_; return ($day + 4) % 7 }
sub month   { my ($day) = @_; return (gmtime $day * DAY)[4] + 1 }
sub at_clock { my ($day, $hour) = @_; return $day * DAY + int($hour * HOUR) - JAPAN }

sub civil
{
	my @t = gmtime $_[0] * DAY;
	return sprintf '%04d-%02d-%02d', $t[5] + 1900, $t[4] + 1, $t[3];
}

# 11/25（水）
sub slash
{
	my ($day) = @_;
	my @t = gmtime $day * DAY;
	return sprintf '%d/%d（%s）', $t[4] + 1, $t[3], $WEEKDAY[weekday($day)];
}

sub age_on
{
	my ($birth, $day) = @_;
	my ($y, $rest) = $birth =~ /\A(\d{4})-(.*)\z/;
	my ($now_y, $now_rest) = civil($day) =~ /\A(\d{4})-(.*)\z/;
	return $now_y - $y - ($now_rest lt $rest ? 1 : 0);
}

1;
