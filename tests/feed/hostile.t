#!/usr/bin/perl
# Documents that others collected to break readers of XML: each is refused or
# read, none ends the program, none keeps it busy for longer than it may.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Check;
use File::Find ();
use File::Temp ();
use Test::More;

sub slurp { open my $in, '<:raw', $_[0] or die "$_[0]: $!\n"; local $/; return <$in> }

# ---- a few of our own, that work without the collections ----

my $secret = File::Temp->new;
print {$secret} 'never to be read';
close $secret;
my @own = (
    qq{<!DOCTYPE rss [<!ENTITY x SYSTEM "file://$secret">]><rss><channel><item><title>&x;</title></item></channel></rss>},
    qq{<!DOCTYPE rss [<!ENTITY % x SYSTEM "file://$secret"> %x;]><rss/>},
    qq{<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd"><rss/>},
    '<!DOCTYPE l [<!ENTITY a "' . 'a' x 100_000 . '">]><rss><channel><item><title>' . '&a;' x 20_000 . '</title></item></channel></rss>',
    do { my $t = ''; $t .= "<!ENTITY a$_ '" . ('&a' . ($_ - 1) . ';') x 10 . "'>" for 1 .. 30; "<!DOCTYPE l [<!ENTITY a0 'lol'>$t]><rss>&a30;</rss>" },
    "\xff\xfe" . join('', map { "$_\0" } split //, '<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>'),
    '<rss' . join('', map { " a$_='$_'" } 1 .. 5_000) . '/>',
    '<rss>' . '<a>' x 200_000,
    'x' x (20 * 1024 * 1024),
    "\0" x 1000,
    '',
);
for my $i (0 .. $#own) {
    my $found = check_text($own[$i]);
    ok($found->{refused} && !$found->{signal} && !@{ $found->{items} }, "own document $i is refused") or diag(explain($found));
}
my $included = check_text(qq{<rss><channel><item><title>t<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file://$secret"/></title></item></channel></rss>});
is($included->{items}[0]{title}, 't', 'nothing is included');

# ---- collections ----

SKIP: {
    my $root = realdata('xml_attack');
    skip 'no real documents here', 3 if !$root;
    my @file;
    File::Find::find({ no_chdir => 1, wanted => sub { push @file, $_ if -f && !/\.(?:md|sha256)\z/ } }, $root);
    @file = sort @file;
    my $found = check_files(@file);
    my @taken = grep { !$found->{$_}{refused} } @file;
    diag sprintf '%d hostile documents, %d refused', scalar @file, @file - @taken;
    cmp_ok(scalar @file, '>', 500, 'there are hostile documents');
    ok(!(grep { $found->{$_}{signal} } @file), 'the program outlives them all');
    # What is left are feeds without anything hostile, or without any entry.
    my @bad = grep { slurp($_) =~ /<!DOCTYPE|<!ENTITY/i || @{ $found->{$_}{items} } && slurp($_) !~ /<(?:\w+:)?(?:rss|RDF|feed)\b/ } @taken;
    ok(!@bad, 'and takes none that declares a type') or diag(join "\n", @bad);
}

# Lists of payloads for web applications, as texts of an entry.
SKIP: {
    my $root = realdata('http_abuse');
    skip 'no real documents here', 1 if !$root;
    my @file;
    File::Find::find({ no_chdir => 1, wanted => sub { push @file, $_ if -f && m{/(?:fuzzdb|wfuzz|blns)/.*\.(?:txt|json)\z} } }, $root);
    my ($n, @bad) = (0);
    for my $file (sort @file) {
        my $text = join '', map { s/\R\z//r =~ s/\]\]>//gr =~ s/\A(.*)\z/<item><title><![CDATA[$1]]><\/title><link><![CDATA[$1]]><\/link><\/item>/sr } split /^/, slurp($file);
        my $found = check_text("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss><channel>$text</channel></rss>");
        $n++;
        push @bad, $file if $found->{signal} || grep { defined $_->{link} && $_->{link} !~ m{\Ahttps?://[!-~]+\z}i
            || defined $_->{title} && $_->{title} =~ /[\x00-\x08\x0b-\x1f\x7f-\x9f\x{202a}-\x{202e}\x{2066}-\x{2069}]/ } @{ $found->{items} };
    }
    ok(!@bad, "texts of $n lists come out fit for a page") or diag(join "\n", @bad);
}
done_testing;
