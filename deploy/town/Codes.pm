package Codes;
# Numbers with the right form that belong to nobody: there is no prefecture 99, no dialling
# code 000, and no mobile number whose subscriber part begins with 0.
use strict;
use warnings;
use Exporter qw(import);
our @EXPORT_OK = qw(municipality_code insurer_number office_number insured_number
    fixed_phone mobile mobile_written TOWN);

use constant TOWN => '99401';

# The municipality's six digits: weights 6..2, modulo 11.
sub municipality_code
{
	my ($five) = @_;
	my ($sum, $weight) = (0, 6);
	$sum += $_ * $weight-- for split //, $five;
	return $five . (11 - $sum % 11) % 10;
}

# The insurer's six digits: weights 2 and 1 by turns, digit sums, modulo 10.
sub insurer_number
{
	my ($five) = @_;
	my ($sum, $weight) = (0, 2);
	for my $digit (reverse split //, $five) {
		my $product = $digit * $weight;
		$sum += int($product / 10) + $product % 10;
		$weight = 3 - $weight;
	}
	return $five . (10 - $sum % 10) % 10;
}

sub office_number  { return sprintf '99%08d', shift }
sub insured_number { my ($n, $h) = @_; return $h ? sprintf('H9950%05d', $n) : sprintf('9950%06d', $n) }
sub fixed_phone    { my $n = shift; return sprintf '000-%03d-%04d', $n / 10000, $n % 10000 }
sub mobile         { return sprintf '+8190%08d', shift }
sub mobile_written { my $n = shift; return sprintf '090-%04d-%04d', $n / 10000, $n % 10000 }

1;
