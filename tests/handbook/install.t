#!/usr/bin/perl
# The handbook keeps pace with the tree: its commands are ones that there are, with
# arguments that are taken; units, files and packages exist; both languages stand in
# each section. That the commands work is tried by tests/handbook/run.
use strict;
use warnings;
use utf8;
use FindBin;
use Test::More;
use Tomozuna::Test;

my $root = "$FindBin::Bin/../..";
my $text = slurp("$root/deploy/INSTALL.md");
my @frame = $text =~ /^```sh\n(.*?)^```$/msg;
cmp_ok scalar @frame, '>=', 7, 'frames to run';
my $script = join "\n", @frame;
spew("/tmp/handbook.$$", $script);
is system("bash -n /tmp/handbook.$$"), 0, 'they are shell';
unlink "/tmp/handbook.$$";

# ---- commands of ours ----

my %usage;
my ($status, $help) = program('tomozuna', '--help');
for my $line ($help =~ /^  tomozuna (.*)$/mg) {
    my ($noun, $verb) = $line =~ /\A(\w+)(?: ([a-z-]+))?/;
    $usage{ defined $verb && $line !~ /\A\w+ [a-z]+ \|/ ? "$noun $verb" : $noun } = $line;
    $usage{$noun} //= $line;
}
my @command = map { s/\s+(?:>|\|\||\|).*//r } ($text =~ /(?:^|`|ask "\$\()(tomozuna [a-z][^`\n]*)/mg);
my @unknown;
for my $command (@command) {
    my ($noun, $verb) = $command =~ /\Atomozuna (\w+)(?: ([a-z-]+))?/;
    my $line = $usage{ join ' ', grep { defined } $noun, $verb } // $usage{$noun};
    push(@unknown, $command), next if !defined $line;
    push @unknown, "$command: $_" for grep { index($line, $_) < 0 } $command =~ /\s(--[a-z-]+)/g;
    push @unknown, "$command: no verb $verb" if $line =~ /\A\w+ [a-z]+ \|/ && defined $verb && $line !~ /\b\Q$verb\E\b/;
}
cmp_ok scalar @command, '>', 25, 'commands of ours: ' . @command;
is_deeply \@unknown, [], '  each with options that are taken';

# ---- units, settings, manuals, packages ----

my %unit = map { $_ => 1 } $text =~ /\b(tomozuna-[a-z-]+\.(?:service|timer))\b/g;
is_deeply [grep { !-e "$root/deploy/systemd/$_.in" } sort keys %unit], [], 'units that it names are there';
my %package = map { $_ => 1 } map { m{\./tomozuna-(\w+)_}g } @frame;
is_deeply [grep { $_ ne 'common' && !-d "$root/modules/$_" && !-d "$root/gateways/$_" } sort keys %package], [], 'so are programs';
my $conf = slurp("$root/conf/admin.conf");
is_deeply [grep { $conf !~ /^#?\Q$_\E =/m } $text =~ /\b(backup_[a-z]+)\b =/g], [], 'and settings';

# ---- both languages, everywhere ----

my @section = split /^## /m, $text;
shift @section;
is_deeply [map { /\A(.*)/ } grep { !/[ぁ-ん]/ || !/[a-z]{3,} [a-z]{2,} [a-z]{2,}/ || !m{\A.* / } } grep { !/\A12/ } @section], [],
    'each section in Japanese and English';
is_deeply [grep { !/[ぁ-んァ-ヶ一-龠]/ } $text =~ /^#+ .* \/ .*$/mg], [], 'each heading too';
like $text, qr/LGWAN.*インターネット接続系.*リモートブラウザー.*無害化/s, 'the hall behind LGWAN has its chapter';
unlike $script, qr/--pass(?:word|phrase)\b|password=['"]?\w/, 'no password stands in a command';
done_testing;
