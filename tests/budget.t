#!/usr/bin/perl
# The size of what one has to read: functions and files stay short and shallow,
# and no variable that can change is visible outside its file.
use strict;
use warnings;
use FindBin;
use Test::More;

use constant {
    MEDIAN => 15, P95 => 50, MOST => 80,        # lines of a function
    FILE => 800, DEPTH => 4,
};

my $root = "$FindBin::Bin/..";
chdir $root or die "$root: $!\n";
my @c = grep { !/_(?:sql|pages|words)\.[ch]\z/ } lines(qw(git ls-files -- modules/*.c modules/*.h gateways/*.c gateways/*.h deploy/*.c deploy/*.h));
my @shell = grep { shell($_) } lines(qw(git ls-files -- deploy db tests/run tests/bench));
plan skip_all => 'no sources under version control here' if !@c;

sub lines { open my $out, '-|', @_ or die "$_[0]: $!\n"; my @line = <$out>; chomp @line; return @line }
sub shell { my ($file) = @_; return -f $file && head($file) =~ /\A(?:#!.*\b(?:ba)?sh\b|.*shellcheck shell|# )/s && $file =~ m{\.sh\z|/[a-z-]+\z} && head($file) !~ /\A#!.*perl/ }
sub head { open my $in, '<', $_[0] or return ''; my $line = <$in> // ''; return $line }
sub slurp { open my $in, '<', $_[0] or die "$_[0]: $!\n"; local $/; return <$in> }

# ---- functions ----

my @function;                   # [lines, name, file, first line]
for my $tag (lines(qw(ctags -f - --languages=C --langmap=C:.c.h --kinds-C=f --fields=+ne --excmd=number), @c)) {
    my ($name, $file) = split /\t/, $tag;
    my ($from) = $tag =~ /\tline:(\d+)/;
    my ($to) = $tag =~ /\tend:(\d+)/ or next;
    push @function, [$to - $from + 1, $name, $file, $from];
}
for my $file (@shell) {
    my ($name, $from, $n);
    for my $line (split /\n/, slurp($file)) {
        $n++;
        ($name, $from) = ($1, $n) if $line =~ /\A(\w+)\(\)\s*\{\s*\z/;
        push(@function, [$n - $from + 1, $name, $file, $from]), undef $name if defined $name && $line =~ /\A\}/;
    }
}
my @size = sort { $a <=> $b } map { $_->[0] } @function;
cmp_ok($size[@size / 2], '<=', MEDIAN, 'functions: half have ' . MEDIAN . " lines or fewer ($size[@size / 2])");
cmp_ok($size[@size * 0.95], '<=', P95, 'functions: 95 of 100 have ' . P95 . " or fewer ($size[@size * 0.95])");
none('functions above ' . MOST . ' lines', map { "$_->[2]:$_->[3] $_->[1] has $_->[0]" } grep { $_->[0] > MOST } @function);

# ---- files ----

none('files above ' . FILE . ' lines', grep { defined } map { my $n = () = slurp($_) =~ /\n/g; $n > FILE ? "$_ has $n" : undef } @c, @shell);

# ---- nesting: blocks in blocks, inside a function ----

my @deep;
for my $function (grep { $_->[2] =~ /\.[ch]\z/ } @function) {
    my @line = split /\n/, bare(slurp($function->[2]));
    my ($depth, $most) = (0, 0);
    for my $line (@line[$function->[3] - 1 .. $function->[3] + $function->[0] - 2]) {
        for my $brace (($line // '') =~ /[{}]/g) {
            $depth += $brace eq '{' ? 1 : -1;
            $most = $depth if $depth > $most;
        }
    }
    push @deep, "$function->[2]:$function->[3] $function->[1] nests $most deep" if $most - 1 > DEPTH;
}
none('functions nested deeper than ' . DEPTH, @deep);

# Without comments, strings and characters, line for line.
sub bare {
    my ($text) = @_;
    $text =~ s{(/\*.*?\*/|//[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')}{ my $gone = $1; $gone =~ s/[^\n]//g; $gone }gse;
    return $text;
}

# ---- variables: what the objects export and can write ----

my $build = $ENV{TOMOZUNA_BUILD} || 'build';
SKIP: {
    my @object = grep { !/_(?:sql|pages|words)\.o\z/ } glob("$build/modules/*/*.o $build/gateways/*/*.o $build/deploy/*/*.o");
    skip 'nothing built', 1 if !@object;
    my @global;
    for my $object (@object) {
        for my $line (lines('objdump', '-t', $object)) {
            next if $line !~ /\A\S+ (g.{6})\s(\.data|\.bss|\.tdata|\.tbss|\\*COM\*)\s+\S+\s+(\S+)/;
            push @global, "$object exports $3" if $3 !~ /\A__odr_asan/;	# the sanitizer's own
        }
    }
    none('variables that can change and are visible outside their file', @global);
}

sub none { my ($what, @found) = @_; ok(!@found, "no $what") or diag(join "\n", @found); return }
done_testing;
