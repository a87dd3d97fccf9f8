#!/usr/bin/perl
# Real alerts and feeds of health bodies, each against a second reading of its
# text; and real documents in the encodings of Japan.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Check;
use File::Find ();
use Test::More;

binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output);
plan skip_all => 'no real documents here' if !realdata('cap');

sub slurp { open my $in, '<:raw', $_[0] or die "$_[0]: $!\n"; local $/; return <$in> }
sub files { my ($dir, $like) = @_; return if !$dir; my @f; File::Find::find({ no_chdir => 1, wanted => sub { push @f, $_ if /$like/ && -f } }, $dir); my @s = sort @f; return @s }

sub first { my ($text, $name) = @_; return $text =~ m{<(?:\w+:)?$name(?:\s[^>]*)?>\s*(.*?)\s*</}s ? $1 : undef }
sub unescaped { my ($t) = @_; return if !defined $t; my %c = (amp => '&', lt => '<', gt => '>', quot => '"', apos => "'"); $t =~ s/&(\w+);/$c{$1} \/\/ ''/ge; $t =~ s/\s+/ /g; return $t }

# ---- CAP: alerts alone or wrapped; entries of Atom and RSS that carry their words ----

# What is amiss with one item, if anything.
sub alert_differs {
    my ($text, $item) = @_;
    my ($status, $type) = (first($text, 'status') // '', first($text, 'msgType') // '');
    my $want = $status eq 'Actual' ? ($type eq 'Cancel' ? 'cancelled' : 'actual') : $status eq 'Exercise' ? 'exercise' : 'test';
    my %rank = (unknown => 0, minor => 1, moderate => 2, severe => 3, extreme => 4);
    my ($most) = sort { $rank{$b} <=> $rank{$a} } 'unknown', map { exists $rank{ lc $_ } ? lc : () } $text =~ m{<(?:\w+:)?severity>\s*(\w+)\s*<}g;
    my $geocodes = () = $text =~ m{<(?:\w+:)?geocode\b}g;
    return grep { defined } (
        ($item->{id} // '') ne (unescaped(first($text, 'identifier')) // '') ? 'id' : undef,
        $item->{status} ne $want ? "status $item->{status}, not $want" : undef,
        $item->{severity} ne $most ? "severity $item->{severity}, not $most" : undef,
        $geocodes && !@{ $item->{areas} } ? 'no areas' : undef,
        $text =~ /<(?:\w+:)?event>\s*[^<\s]/ && !@{ $item->{warnings} } && !@{ $item->{lifted} } ? 'no warnings' : undef,
        $type eq 'Cancel' && (grep { $_->{kind} ne 'none' } @{ $item->{warnings} }) ? 'in force although cancelled' : undef,
    );
}

my ($right, $all, @wrong) = (0, 0);
my @file = files(realdata('cap'), qr/\.(?:cap|xml|edxlde|atom|rss)\z/);
my $checked = check_files(@file);
for my $file (@file) {
    my $text = slurp($file);
    my $found = $checked->{$file};
    my @alert = $text =~ m{(<(?:\w+:)?alert\b.*?</(?:\w+:)?alert>)}gs;
    my @entry = $text =~ m{<((?:entry|item)\b.*?</(?:entry|item)>)}gs;
    my @bad;
    $all++;
    if ($text =~ /<!DOCTYPE/) { push @bad, 'not refused' if !$found->{refused} }
    elsif ($found->{refused}) { push @bad, "refused: $found->{refused}" }
    elsif (@entry || $text =~ /<(?:feed|rss)\b/) { push @bad, @{ $found->{items} } . ' entries, not ' . @entry if @{ $found->{items} } != @entry }
    else {
        push @bad, @{ $found->{items} } . ' alerts, not ' . @alert if @{ $found->{items} } != @alert;
        push @bad, map { alert_differs($alert[$_], $found->{items}[$_] // {}) } 0 .. $#alert if !@bad;
    }
    push @wrong, "$file: @bad" if @bad;
    $right++ if !@bad;
}
diag "cap: $right of $all right";
cmp_ok($all, '>=', 33, 'there are as many alerts as when this was written');
is($right, scalar @file, "all $all alerts are read right") or diag(join "\n", @wrong);

# ---- feeds of health bodies ----

@wrong = ();
($right, $all) = (0, 0);
for my $file (files(realdata('health_feeds'), qr/\.(?:xml|rdf)\z/)) {
    my $text = slurp($file);
    my $found = check_files($file)->{$file};
    my @entry = $text =~ m{<item\b.*?</item>}gs;
    my $whole = grep { defined $_->{title} && defined $_->{link} && defined $_->{published} && defined $_->{id} } @{ $found->{items} };
    $all++;
    if ($found->{refused} || $whole != @entry) { push @wrong, "$file: $whole whole entries of " . @entry . ' ' . ($found->{refused} // '') }
    else { $right++ }
}
diag "health_feeds: $right of $all right";
cmp_ok($all, '>', 0, 'there are feeds of health bodies');
is($right, $all, "all $all feeds of health bodies are read right") or diag(join "\n", @wrong);

# ---- the encodings of Japan ----

SKIP: {
    my @file = files(realdata('jp_reference/w3c_japanese_xml'), qr/\.xml\z/);
    skip 'no documents in them here', 1 if !@file;
    my @crashed = grep { my $f = check_files($_)->{$_}; $f->{signal} || !$f->{refused} } @file;
    ok(!@crashed, 'documents that are no feeds are refused, whatever their encoding') or diag("@crashed");
}

SKIP: {
    my $dir = realdata('feed_parsers/chardet_ja_real_feeds');
    skip 'no real feeds in them here', 2 if !$dir;
    my %name = ('euc-jp' => 'EUC-JP', shift_jis => 'CP932', cp932 => 'CP932');
    my @bad;
    my $n = 0;
    for my $file (files($dir, qr/\.xml\z/)) {
        my $found = check_files($file)->{$file};
        next if $found->{refused} && slurp($file) !~ /<(?:rss|rdf:RDF|feed)\b/;
        $n++;
        push @bad, "$file: " . ($found->{refused} // 'characters lost')
            if $found->{refused} || grep { ($_->{title} // '') =~ /\x{fffd}/ } @{ $found->{items} };
    }
    diag "chardet_ja_real_feeds: " . ($n - @bad) . " of $n right";
    cmp_ok($n, '>', 10, 'there are feeds');
    cmp_ok(scalar @bad, '<=', $n / 50, 'and at most one in fifty loses characters') or diag(join "\n", @bad);
}
done_testing;
