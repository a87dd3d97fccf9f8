package Phrases;
# Reads phrases/*.txt and fills their braces.
#   {a|b|c}  one of them      {n:3-8} a number      {d:12-28} 1.2 to 2.8
#   {next:3-7} {ago:1-3}  a date after or before    {kin} {bp} …  the patient's own
# A line may begin with the flags that the patient must have, such as "OW: ".
use strict;
use warnings;
use utf8;
use Clock qw(slash weekday);
use Exporter qw(import);
our @EXPORT_OK = qw(read_topics read_scenes fitting fill);

sub _lines
{
	my ($file) = @_;
	open my $in, '<:encoding(UTF-8)', $file or die "$file: $!\n";
	chomp(my @line = <$in>);
	close $in or die "$file: $!\n";
	return grep { length } @line;
}

# { topic => [ { flags, text } ] }
sub read_topics
{
	my ($file) = @_;
	my (%topic, $name);
	for my $line (_lines($file)) {
		if ($line =~ /\A\[([\w.]+!?)\]\z/) {
			$name = $1;
		} else {
			my ($flags, $text) = $line =~ /\A(?:([MFATOWVN]+): )?(.*)\z/;
			push @{ $topic{$name} }, { flags => $flags // '', text => $text };
		}
	}
	return \%topic;
}

# [ { trait, flags, urgent, posts => [ { role, delay, text } ] } ]
sub read_scenes
{
	my ($file) = @_;
	my %unit = (m => 60, h => 3600, d => 86400, '' => 60);
	my @scene;
	for my $line (_lines($file)) {
		if ($line =~ /\A== (\w+)(?:,(\w+))? (urgent|plain)\z/) {
			push @scene, { trait => $1, flags => $2 // '', urgent => $3 eq 'urgent' ? 1 : 0, posts => [] };
		} elsif ($line =~ /\A(\w+) (\d+)([mhd]?): (.*)\z/) {
			push @{ $scene[-1]{posts} }, { role => $1, delay => $2 * $unit{$3}, text => $4 };
		} else {
			die "$file: cannot read: $line\n";
		}
	}
	return @scene;
}

sub fits
{
	my ($patient, $flags) = @_;
	return !grep { !$patient->{flags}{$_} } split //, $flags;
}

sub fitting
{
	my ($patient, $lines) = @_;
	return map { $_->{text} } grep { fits($patient, $_->{flags}) } @{ $lines // [] };
}

# Innermost braces first, so that alternatives may hold variables.
sub fill
{
	my ($text, $dice, $day, $value) = @_;
	1 while $text =~ s/\{([^{}]*)\}/_value($1, $dice, $day, $value)/e;
	return $text;
}

sub _value
{
	my ($what, $dice, $day, $value) = @_;
	return $dice->pick(split /\|/, $what, -1) if $what =~ /\|/;
	if (my ($kind, $low, $high) = $what =~ /\A(n|d|next|ago):(\d+)(?:-(\d+))?\z/) {
		my $n = $dice->between($low, $high // $low);
		return $n if $kind eq 'n';
		return sprintf '%.1f', $n / 10 if $kind eq 'd';
		return slash($day - $n) if $kind eq 'ago';
		return slash($day + $n + (weekday($day + $n) == 0 ? 1 : 0)); # nothing is planned on a Sunday
	}
	return $dice->pick(qw(全量 9割 8割 7割 6割)) if $what eq 'meal';
	my $found = $value->{$what};
	die "no such value: {$what}\n" unless defined $found;
	return ref $found ? $dice->pick(@$found) : $found;
}

1;
