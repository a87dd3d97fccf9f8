#!/usr/bin/perl
# Rules and dashboard ask for numbers that somebody writes, and each alert says
# what to do.
use strict;
use warnings;
use utf8;
use FindBin;
use JSON::PP;
use Test::More;
use Tomozuna::Test qw(slurp);

my $root = "$FindBin::Bin/../..";
my $code = join '', map { slurp($_) } glob("$root/deploy/tomozuna/doctor*.c"), "$root/modules/lib/metrics.c";
my %written = map { $_ => 1 } $code =~ /gauge\(d, "(\w+)"/g;
$written{$_} = 1 for qw(finding doctor_worst doctor_at_seconds);
$written{"${_}_total"} = 1 for $code =~ /\{ "(\w+_(?:failed|again)|shed|answer_lost)"/g;
$written{"request_seconds$_"} = 1 for qw(_count _bucket _sum);

$written{$_} = 1 for $code =~ /tomozuna_(copy_as_of_seconds)\{/;

my $rules = slurp("$root/deploy/monitoring/tomozuna.rules.yml");
my $board = slurp("$root/deploy/monitoring/dashboard.json");
my $json = decode_json(do { open my $in, '<:raw', "$root/deploy/monitoring/dashboard.json" or die $!; local $/; <$in> });
for my $pair ([rules => join ' ', $rules =~ /expr:(.*?)\n +(?:for|labels):/gs], [dashboard => join ' ', map { $_->{expr} } map { @{ $_->{targets} } } @{ $json->{panels} }]) {
    my ($what, $text) = @$pair;
    my %asked = map { $_ => 1 } $text =~ /\btomozuna_(\w+)/g;
    cmp_ok scalar keys %asked, '>', 10, "the $what ask for numbers";
    is_deeply [grep { !$written{$_} } sort keys %asked], [], '  that are written';
}
my @alert = split /^ +- alert: /m, $rules;
shift @alert;
is_deeply [map { /(\w+)/ } grep { !/summary: ".*[ぁ-ん].* \/ .*"/ || !/todo: ".+"/ || !/severity: (?:page|ticket) / } @alert], [],
    'each alert in both languages, with its next step and how much it hurries';
my %at;
is_deeply [grep { $at{"$_->{gridPos}{x} $_->{gridPos}{y}"}++ } @{ $json->{panels} }], [], 'no panel lies on another';
done_testing;
