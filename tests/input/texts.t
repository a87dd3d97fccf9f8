#!/usr/bin/perl
# Texts that broke other programs: stored and given back bit by bit (in normal
# form C), or refused; and on a page they are text, nothing else.
use strict;
use warnings;
use utf8;
use FindBin;
use JSON::PP ();
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;
use Unicode::Normalize qw(NFC);

my $nurse = person('nurse');
my @naughty = (
    '<script>canary()</script>', '"><script>canary()</script>', "';canary();//", '<img src=x onerror=canary()>', '<svg/onload=canary()>',
    '</p></article><form action=https://evil.example>', '</textarea><script>canary()</script>', 'javascript:canary()', '{{body}} {{{body}}} {{>kind}} {{#t}}x{{/t}}',
    '<!--', ']]>', '&lt;script&gt;', '&amp;amp;', '&#60;', "a\tb", "a\nb\n\n\nc", "\x{1F468}\x{200D}\x{1F469}\x{200D}\x{1F467}", "\x{20BB7}野家", '髙﨑𠮟る',
    "か\x{3099}", "e\x{301}", "\x{FF76}\x{FF9E}", '①②③㈱㍉', "\x{2028}x\x{2029}", "a\x{AD}b", "\x{FEFF}bom", '%00%0d%0a', '${jndi:ldap://x}', "' OR 1=1 --",
    '../../etc/passwd', '=1+1', '@SUM(1)', 'ünïcödé', '한국어', 'العربية', "a\x{300}b", '0', '-1', 'NULL', 'true', '[]', "\\", '\\u0000', "a\\'b",
    "ゼロ幅\x{200B}あり", "異体字 葛\x{E0100}", "\x{3000}中\x{3000}", '~`!@#$%^&*()_+-={}|[]\\:";\'<>?,./',
);

# The big list of naughty strings, if the documents are beside the tree.
my $list = defined $ENV{TOMOZUNA_REALDATA} ? "$ENV{TOMOZUNA_REALDATA}/http_abuse/blns/blns.json" : undef;
undef $list if defined $list && !-e $list;
if ($list) { push @naughty, grep { defined && length } @{ JSON::PP->new->utf8->decode(slurp($list, 1)) } }
else { diag('skipped: no real documents here') }

sub trimmed { my ($text) = @_; $text =~ s/\r\n?/\n/g; $text = NFC($text); $text =~ s/\A[ \t\n\x{3000}]+|[ \t\n\x{3000}]+\z//g; return $text }

my $plain = new_patient(nurse => 'visiting_nurse');
$nurse->post("/timeline/$plain", { body => 'ふつうの記録' });

# What a page of ordinary entries is made of; other texts must add nothing.
sub parts {
    my ($html) = @_;
    my %part;
    while ($html =~ m{<(/?[A-Za-z!][^\s>/]*)((?:[^>"']|"[^"]*"|'[^']*')*)>}g) {
        my ($tag, $rest) = ($1, $2);
        $part{ lc $tag } = 1;
        $part{"$tag @{[lc $1]}"} = 1 while $rest =~ /([A-Za-z_:@][\w:.@-]*)\s*(?:=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?/g;
    }
    return \%part;
}
my %common = %{ parts($nurse->page("/timeline/$plain")->text) };
delete $common{$_} for grep { /canary/ } keys %common;

my (@changed, @refused, %code, $patient, %want);
my $n = 0;

sub look_back {
    return if !$patient;
    my $page = $nurse->get("/timeline/$patient")->json;
    for my $entry (@{ $page->{entries} }) {
        my $want = delete $want{ $entry->{id} };
        push @changed, "$want => $entry->{body}" if $entry->{body} ne $want;
    }
    push @changed, map { "not listed: $_" } values %want;
    %want = ();
    my $html = $nurse->page("/timeline/$patient")->text;
    my $parts = parts($html);
    my @new = grep { !$common{$_} } keys %$parts;
    is_deeply(\@new, [], 'a page made of nothing else than other pages');
    my @script = $html =~ /<script[^>]*>/g;
    is_deeply([map { s/\.[0-9a-f]{8}\././gr } @script], ['<script src="/static/app.js" defer>', '<script src="/static/files.js" data-pictures="/static/pictures.js" defer>'], '  with our scripts and no other');
    return;
}

for my $text (@naughty) {
    if ($n++ % 45 == 0) {
        look_back();
        $patient = new_patient(nurse => 'visiting_nurse');
    }
    utf8::encode(my $bytes = $text);        # Encode would not send a non-character
    my $answer = $nurse->post("/timeline/$patient", { body => $bytes });
    if ($answer->status == 201) { $want{ $answer->json->{id} } = trimmed($text) }
    elsif ($answer->status == 400 && ($answer->json->{error}{field} // '') eq 'body') { push @refused, $text; $code{ $answer->error }++ }
    else { push @changed, "status " . $answer->status . ": $text" }
}
look_back();
is_deeply(\@changed, [], "each of $n texts came back as it went, or was refused");
is_deeply([grep { !/\A(?:control|missing|too_long)\z/ } keys %code], [], '  refused ones for a reason: ' . join(', ', map { "$_ $code{$_}" } sort keys %code));
my @innocent = grep { !/[\x00-\x08\x0b-\x1f\x7f-\x9f\x{202A}-\x{202E}\x{2066}-\x{2069}\x{FFFE}\x{FFFF}\x{FDD0}-\x{FDEF}]/ && trimmed($_) ne ''
    && !/\p{M}{30}/ && length trimmed($_) <= 4000 } @refused;
is_deeply(\@innocent, [], '  and none without one');

done_testing;
