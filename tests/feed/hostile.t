#!/usr/bin/perl
# Documents that others collected to break readers of XML: each is refused or
# read, none ends the program, none keeps it busy for longer than it may.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Check;
use Encode ();
use File::Find ();
use Fcntl qw(O_NONBLOCK O_WRONLY);
use File::Temp ();
use POSIX ();
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
    '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<rss><channel><item><title>t</title></item></channel></rss>',
    (map { "$_<rss><channel><item><title>&a;</title></item></channel></rss>" } '<!ENTITY a "b">', '<! DOCTYPE rss>', "<!\0DOCTYPE rss>", '<a/><!doctype rss>',
        '&<!DOCTYPE rss [<!ENTITY a "b">]>', '<!ELEMENT rss ANY>'),
    '<rss><channel><item><title>t<!ENTITY a "b">&a;</title></item></channel></rss>',
    '<rss><channel><item><title>t</title></item></channel></rss><!DOCTYPE rss>',
    (map { Encode::encode($_, '<?xml version="1.0"?><!DOCTYPE rss><rss><channel><item><title>t</title></item></channel></rss>') } qw(UTF-16LE UTF-16BE UTF-32LE UTF-32BE cp37)),
);
for my $i (0 .. $#own) {
    my $found = check_text($own[$i]);
    ok($found->{refused} && !$found->{signal} && !@{ $found->{items} }, "own document $i is refused") or diag(explain($found));
}
my $included = check_text(qq{<rss><channel><item><title>t<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file://$secret"/></title></item></channel></rss>});
is($included->{items}[0]{title}, 't', 'nothing is included');

# ---- memory ----

sub child_of { my ($pid) = @_; for (glob '/proc/[0-9]*/stat') { open my $in, '<', $_ or next; return $1 if (<$in> // '') =~ /\A(\d+) \(.*\) \S $pid / } return }

# What the reader of a text has, in KiB, and the most that it ever had in memory, what
# it has of the program that it is a part of included. It is looked at while the program waits for the next file, a pipe.
sub peak {
    my ($text) = @_;
    my $dir = File::Temp->newdir;
    open my $out, '>:raw', "$dir/document.xml" or die "$!\n";
    print {$out} $text;
    close $out;
    POSIX::mkfifo("$dir/pipe", 0600) or die "$!\n";
    my $pid = fork // die "$!\n";
    if (!$pid) { open STDOUT, '>', '/dev/null'; open STDERR, '>', '/dev/null'; exec program(), '--check', "$dir/document.xml", "$dir/pipe"; exit 1 }
    my $pipe;
    for (1 .. 600) { last if sysopen $pipe, "$dir/pipe", O_WRONLY | O_NONBLOCK; select undef, undef, undef, 0.1 }
    my $reader = child_of($pid);
    my $sanitized = slurp("/proc/$pid/maps") =~ /lib[a-z]san/;
    my $status = $reader ? slurp("/proc/$reader/status") : '';
    kill 'KILL', $pid if !$pipe;
    close $pipe if $pipe;
    waitpid $pid, 0;
    return ($sanitized, map { $status =~ /^$_:\s+(\d+) kB/m ? $1 : undef } qw(VmData VmHWM));
}

my %large = (
    'one text of 15 MiB'   => '<rss><channel><item><title>t</title><description>' . 'x' x (15 << 20) . '</description></item></channel></rss>',
    '15 MiB of entries'    => '<rss><channel>' . '<item><title>t</title><link>https://a.example/</link></item>' x 250_000 . '</channel></rss>',
    '15 MiB of elements'   => '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title><content type="xhtml">' . '<p>a</p>' x 1_900_000 . '</content></entry></feed>',
    '20,000 entries'       => '<rss><channel>' . join('', map { "<item><guid>$_</guid><title>" . 'y' x 300 . "</title></item>" } 1 .. 20_000) . '</channel></rss>',
);
my $alive = 0;
for my $name (sort keys %large) {
    my ($sanitized, $has, $most) = peak($large{$name});
    $alive += defined $most;
    ok(!defined $most || $sanitized || ($has <= 64 * 1024 && $most <= 64 * 1024), "$name: at most 64 MiB" . (defined $most ? " ($most KiB)" : ', and it was ended'));
}
cmp_ok($alive, '>=', 2, 'not all were ended');

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
