#!/usr/bin/perl
# peer.pl statements FILE.sql ...    the statements of the .sql files that the peer runs, as PHP
# peer.pl frame <PAGE                what stands before and behind the cards of a page, as PHP
# The peer has the modules' own text, so it can neither be slower nor grow old. A key of 32
# digits and a hash come to it as hexadecimal text.
use strict;
use warnings;

my ($what, @file) = @ARGV;
my %wanted = map { $_ => 1 } qw(member newest details replies);

sub quoted { my ($text) = @_; $text =~ s/(['\\])/\\$1/g; return "'$text'" }

if ($what eq 'frame') {
    local $/;
    my ($head, $foot) = <STDIN> =~ m{\A(.*?)(?=<article)(?:.*)</article>\n(.*)\z}s or die "no page with entries\n";
    print "<?php return [", quoted($head), ", ", quoted($foot), "];\n";
    exit;
}
my %text;
for my $file (@file) {
    my ($name, %hex);
    open my $in, '<', $file or die "$file: $!\n";
    while (<$in>) {
        if (/^--! (?:one|many) \w+ (\w+) \((.*)/) {
            ($name, my $with) = ($1, $2);
            %hex = map { $_ => 1 } $with =~ /\b(?:ref|bytes) (\w+)/g;
        } elsif (!/^--/ && defined $name && $wanted{$name}) {
            s/:(\w+)/$hex{$1} ? "UNHEX(:$1)" : ":$1"/ge;
            $text{$name} .= $_;
        }
    }
    close $in;
}
print "<?php return [\n", (map { "'$_' => " . quoted($text{$_} =~ s/;\s*\z//r) . ",\n" } sort keys %text), "];\n";
