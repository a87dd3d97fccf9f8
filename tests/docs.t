#!/usr/bin/perl
# Documents keep pace with the code: links lead somewhere, settings and routes
# stand in the manual pages, every function of a header says what it does.
use strict;
use warnings;
use File::Basename qw(dirname);
use FindBin;
use Test::More;

chdir "$FindBin::Bin/.." or die "$FindBin::Bin: $!\n";
my @file = grep { -f } lines(qw(git ls-files --cached --others --exclude-standard));
plan skip_all => 'no sources under version control here' if !@file;

sub lines { open my $out, '-|', @_ or die "$_[0]: $!\n"; my @line = <$out>; chomp @line; return @line }
sub slurp { open my $in, '<', $_[0] or die "$_[0]: $!\n"; local $/; return <$in> // '' }
sub none { my ($what, @found) = @_; ok(!@found, "no $what") or diag(join "\n", @found); return }

# ---- links and folders ----

my @missing;
for my $file (grep { /\.md\z/ } @file) {
    (my $text = slurp($file)) =~ s/^(?: {4}|\t).*$//mg;    # examples
    while ($text =~ /\]\(([^)\s]+)\)/g) {
        (my $to = $1) =~ s/#.*//;
        next if $to eq '' || $to =~ /\A[a-z]+:/;
        push @missing, "$file: $to" if !-e dirname($file) . "/$to";
    }
}
none('link that leads nowhere', @missing);
none('program without a README.md', grep { !-f "$_/README.md" } unique(map { m{\A((?:modules|gateways)/[^/]+)/} } @file));
my ($map) = slurp('README.md') =~ /^## The tree\n(.*?)^## /ms;
none('program that the map of README.md does not name', grep { my ($name) = m{/(.*)}; $map !~ /`$name`/ && $name !~ /\A(?:lib|care)\z/ } unique(map { m{\A((?:modules|gateways)/[^/]+)/} } @file));
none('stray file beside the folders', grep { !m{/} && !/\A(?:\.[a-z-]+|LICENSE|Makefile\.am|README\.md|autogen\.sh|configure\.ac)\z/ } @file);

sub unique { my %seen; return grep { !$seen{$_}++ } @_ }

# ---- manual pages ----

my %page = map { m{([^/]+)\.(?:5|8)\z} ? ($1 => slurp($_)) : () } @file;
my @unsaid;
for my $file ('modules/lib/settings.c', grep { m{\A(?:modules/(?!lib)|gateways/|deploy/)[^/]+/.*\.c\z} } @file) {
    my ($name) = $file =~ m{/([^/]+)/};
    my $page = $page{ $name eq 'lib' ? 'tomozuna.conf' : $name } // '';
    push @unsaid, map { "$file: $_" } grep { $page !~ /\b\Q$_\E\b/ } slurp($file) =~ /\{\s*"(\w+)",\s*SETTING_/g;
}
none('setting that no manual page tells', @unsaid);

my @hidden;
for my $file (grep { m{\Amodules/[^/]+/.*\.c\z} } @file) {
    my ($name) = $file =~ m{/([^/]+)/};
    my $text = slurp($file);
    while ($text =~ /\{\s*(GET|POST),\s*"([^"]+)",\s*(\w+),/g) {
        my ($method, $path, $who) = ($1, $2, $3);
        push @hidden, "$name.8: $method $path $who"
            if ($page{$name} // '') !~ /^\.It \Q$method $path\E\s+Ta \Q$who\E\s/m;
    }
}
none('route that its manual page does not tell, or tells otherwise', @hidden);

SKIP: {
    my @pages = grep { /\.[58]\z/ } @file;
    skip 'no mandoc here', 1 if !grep { -x "$_/mandoc" } split /:/, $ENV{PATH};
    none('complaint by mandoc', grep { /\Amandoc: [^:]+:\d/ && !/referenced manual not found/ }
        lines('sh', '-c', 'mandoc -Tlint "$@" 2>/dev/null', 'sh', @pages));
}

# ---- functions of headers: a comment above them, or above others beside which they stand ----

my @silent;
for my $file (grep { /\.h\z/ && m{\A(?:modules|gateways|deploy)/} } @file) {
    my ($said, $line, $head) = (0, 0, '');
    for my $text (split /\n/, slurp($file)) {
        $line++;
        $said = 1 if $text =~ m{/\*|\*/};
        $said = 0 if $text eq '' && $head ne 'heading';
        $head = $text =~ m{\A/\* ----} ? 'heading' : $text eq '' ? $head : '';
        push @silent, "$file:$line: $text" if !$said && $text =~ /\A(?!#|typedef)[a-z][\w *]*\b\w+\(.*[;,]\z/;
    }
}
none('function of a header without a word about it', @silent);

# ---- what is nobody else's business ----

my @never = map { join '', @$_ } ['/wo', 'rk/'], ['cla', 'ude'], ['agent ', 'session'], ['sub', 'agent'], ['/sha', 'red/'];
# Real documents may lie beside the tree; that one place is named.
sub without_realdata { return slurp($_[0]) =~ s{\.\./shared\b[^ ]*}{}gr }
my $never = join '|', map { quotemeta } @never;
none('file with places or words of another world', map { without_realdata($_) =~ /($never)/i ? "$_: $1" : () }
    grep { -T && !m{/package-lock\.json\z} } @file);

done_testing;
