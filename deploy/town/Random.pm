package Random;
# The same dice on every machine: the minimal-standard generator (Park and Miller),
# one independent stream for each name, so that a change in one part of the town
# leaves the rest as it was.
use strict;
use warnings;

use constant { PRIME => 2147483647, FACTOR => 48271 };

sub new
{
	my ($class, $name) = @_;
	my $state = 17;
	$state = ($state * 131 + ord) % PRIME for split //, $name;
	my $self = bless { state => $state % (PRIME - 1) + 1 }, $class;
	$self->_step for 1 .. 8;
	return $self;
}

sub _step { my $s = shift; return $s->{state} = $s->{state} * FACTOR % PRIME }

# A whole number from LOW to HIGH, both included.
sub between
{
	my ($self, $low, $high) = @_;
	return $low + int($self->_step / 7) % ($high - $low + 1);
}

# True in PERCENT of the calls.
sub chance { my ($self, $percent) = @_; return $self->between(0, 999) < $percent * 10 }

sub pick { my ($self, @from) = @_; return $from[$self->between(0, $#from)] }

sub shuffle
{
	my ($self, @list) = @_;
	for my $i (reverse 1 .. $#list) {
		my $j = $self->between(0, $i);
		@list[$i, $j] = @list[$j, $i];
	}
	return @list;
}

1;
