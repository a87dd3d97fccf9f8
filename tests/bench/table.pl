#!/usr/bin/perl
# table.pl RESULTS [JSON]: medians of the slices, and of the ratios of one round.
# Lines are "name round floor ceiling peer per_s p50 p99 errors nginx program
# database" (the last three in microseconds a request) or "name unit value".
use strict;
use warnings;

my ($results, $json) = @ARGV;
my (@name, %row, @single);
open my $in, '<', $results or die "$results: $!\n";
while (<$in>) {
    my @f = split;
    if (@f == 3) { push @single, \@f; next }
    die "a slice of $f[0] gave no figures\n" if @f != 12;
    my ($name, $round, $floor, $ceiling, $peer, @figure) = @f;
    push @name, $name if !$row{$name};
    $row{$name}{floor} = $floor;
    $row{$name}{ceiling} = $ceiling;
    $row{$name}{peer} = $peer;
    $row{$name}{slice}[$round] = \@figure;
}
close $in;

sub median { my @v = sort { $a <=> $b } @_; return @v ? ($v[$#v / 2] + $v[@v / 2]) / 2 : undef }

sub figures { my ($name, $i) = @_; return map { $_->[$i] } grep { defined } @{ $row{$name}{slice} } }

sub ratio {
    my ($name, $of) = @_;
    return undef if !$row{$of};
    my ($a, $b) = map { $row{$_}{slice} } $name, $of;
    return median(map { $a->[$_][0] / $b->[$_][0] } grep { $a->[$_] && $b->[$_] && $b->[$_][0] > 0 } 0 .. $#$a);
}

my (@object, $failed);
printf "%-22s %9s %8s %8s %9s %11s %8s  %s\n", qw(name per_s p50_ms p99_ms of_floor of_ceiling of_peer), 'CPU us: nginx + program + MariaDB';
for my $name (@name) {
    my %o = (per_s => median(figures($name, 0)), p50_ms => median(figures($name, 1)), p99_ms => median(figures($name, 2)),
        of_floor => ratio($name, $row{$name}{floor}), of_ceiling => ratio($name, $row{$name}{ceiling}),
        of_peer => ratio($name, $row{$name}{peer}),
        nginx_us => median(figures($name, 4)), program_us => median(figures($name, 5)), database_us => median(figures($name, 6)));
    my $errors = 0;
    $errors += $_ for figures($name, 3);
    printf "%-22s %9.0f %8.2f %8.2f %9s %11s %8s  %6.0f %6.0f %6.0f%s\n", $name, @o{qw(per_s p50_ms p99_ms)},
        (map { defined $o{$_} ? sprintf '%.2f', $o{$_} : '' } qw(of_floor of_ceiling of_peer)), @o{qw(nginx_us program_us database_us)}, $errors ? "  $errors ERRORS" : '';
    $failed ||= $errors;
    $o{errors} = $errors if $errors;
    push @object, object($name, \%o);
}
for my $s (@single) {
    printf "%-22s %9.1f %s\n", $s->[0], $s->[2], $s->[1];
    push @object, object($s->[0], { $s->[1] => $s->[2] });
}

sub object {
    my ($name, $o) = @_;
    return '{"name":"' . $name . '"' . join('', map { sprintf ',"%s":%.3f', $_, $o->{$_} } grep { defined $o->{$_} } sort keys %$o) . '}';
}

if (defined $json) {
    open my $out, '>', $json or die "$json: $!\n";
    print {$out} "[\n", join(",\n", @object), "\n]\n";
    close $out or die "$json: $!\n";
}
exit($failed ? 1 : 0);
