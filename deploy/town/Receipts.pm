package Receipts;
# Who has read what, and who has said 了解. What is older than a day and a half has been
# read by the whole team; of the newest, the demo people have left some unread.
use strict;
use warnings;
use Random;
use Teams qw(reader_keys);
use Exporter qw(import);
our @EXPORT_OK = qw(receipts);

use constant { FRESH => 36 * 3600, HOUR => 3600 };

# Patients (by number) whose newest entries each has not opened yet.
my %UNREAD = (
	nurse => [1, 2, 3, 5, 8], doctor => [1, 5, 7, 11], pharmacist => [1, 6, 11],
	caremanager => [2, 5, 8], helper => [2, 6, 7],
);

sub receipts
{
	my ($entry, $p, $now) = @_;
	my $dice = Random->new("receipt $entry->{patient} $entry->{at} $entry->{serial}");
	my @receipt;
	for my $user (reader_keys($p)) {
		next if $user eq $entry->{author} || !_opened($user, $entry, $p, $now, $dice);
		my $at = _when($entry, $now, $dice);
		push @receipt, { user => $user, kind => 'read', at => $at };
		push @receipt, { user => $user, kind => 'acknowledge', at => $at } if _agreed($user, $entry, $now, $dice);
	}
	return @receipt;
}

sub _opened
{
	my ($user, $entry, $p, $now, $dice) = @_;
	return 1 if $now - $entry->{at} >= FRESH;
	my $left = $UNREAD{$user};
	return !grep { $_ == $p->{n} } @$left if $left && $p->{n} <= 12;
	return $dice->chance($now - $entry->{at} > 6 * HOUR ? 70 : 25);
}

sub _when
{
	my ($entry, $now, $dice) = @_;
	my $age = $now - $entry->{at};
	my $limit = $entry->{urgent} ? HOUR : 30 * HOUR;
	$limit = $age if $age < $limit;
	return $entry->{at} + int($limit * $dice->between(20, 980) * $dice->between(100, 1000) / 1_000_000);
}

sub _agreed
{
	my ($user, $entry, $now, $dice) = @_;
	return 1 if $entry->{urgent} && $now - $entry->{at} >= FRESH;
	return $dice->chance($entry->{urgent} ? 60 : 22);
}

1;
