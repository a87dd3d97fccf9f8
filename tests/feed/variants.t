#!/usr/bin/perl
# The same document dressed otherwise reads the same: in other encodings, with
# other prefixes, ends of line, quotes, references, CDATA, comments and
# instructions between and inside its elements.
use strict;
use warnings;
use utf8;
use Encode ();
use FindBin;
use lib $FindBin::Bin;
use Check;
use JSON::PP ();
use Test::More;

binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output);

my %document = (
    jmx => <<'END',
<Report xmlns="http://xml.kishou.go.jp/jmaxml1/" xmlns:jmx="http://xml.kishou.go.jp/jmaxml1/"><Control><Title>気象警報・注意報（Ｈ２７）</Title><DateTime>2026-11-20T01:00:00Z</DateTime><Status>通常</Status><EditorialOffice>むつみ地方気象台</EditorialOffice><PublishingOffice>むつみ地方気象台</PublishingOffice></Control><Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/"><Title>むつみ県気象警報・注意報</Title><ReportDateTime>2026-11-20T10:00:00+09:00</ReportDateTime><TargetDateTime>2026-11-20T10:00:00+09:00</TargetDateTime><EventID></EventID><InfoType>発表</InfoType><Serial></Serial><InfoKind>気象警報・注意報</InfoKind><InfoKindVersion>1.1_2</InfoKindVersion><Headline><Text>大雨と落雷に注意してください。</Text></Headline></Head><Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/meteorology1/"><Warning type="気象警報・注意報（市町村等）"><Item><Kind><Name>大雨警報</Name><Code>03</Code><Status>発表</Status></Kind><Kind><Name>雷注意報</Name><Code>14</Code><Status>継続</Status></Kind><Area><Name>千代田区</Name><Code>1310100</Code></Area></Item></Warning></Body></Report>
END
    cap => <<'END',
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a-1</identifier><sender>w@example.jp</sender><sent>2026-11-20T10:00:00+09:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><language>ja-JP</language><category>Met</category><event>大雨</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty><headline>大雨に警戒を</headline><description>低い土地では水に注意してください。</description><area><areaDesc>むつみ町</areaDesc><geocode><valueName>JIS</valueName><value>99401</value></geocode></area></info></alert>
END
    rss1 => <<'END',
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/x.rdf"><title>架空省の知らせ</title><link>https://a.example/</link></channel><item rdf:about="https://a.example/1"><title>手洗いのお願い</title><link>https://a.example/1</link><dc:date>2026-11-20T10:00:00+09:00</dc:date><description>うがいと手洗いをお願いします。</description></item></rdf:RDF>
END
    rss2 => <<'END',
<rss version="2.0"><channel><title>架空県の知らせ</title><link>https://b.example/</link><item><guid isPermaLink="false">g-1</guid><title>インフルエンザの流行</title><link>https://b.example/1</link><pubDate>Fri, 20 Nov 2026 10:00:00 +0900</pubDate><description>インフルエンザが流行しています。</description></item></channel></rss>
END
    atom => <<'END',
<feed xmlns="http://www.w3.org/2005/Atom"><title>架空市の知らせ</title><id>urn:f</id><updated>2026-11-20T10:00:00+09:00</updated><entry><id>urn:e1</id><title type="text">停電の知らせ</title><link href="https://c.example/1" rel="alternate"/><updated>2026-11-20T10:00:00+09:00</updated><summary>東原で停電しています。</summary></entry></feed>
END
);

sub declared { my ($name, $text, $encoding) = @_; return Encode::encode($encoding // $name, qq{<?xml version="1.0" encoding="$name"?>\n$text}) }
sub utf8 { return declared('UTF-8', $_[0]) }

# Every element of a default namespace with a prefix instead, one a namespace.
sub prefixed {
    my ($text) = @_;
    my (@in, %prefix);
    return $text =~ s{<(/?)([\w:]+)((?:\s[^>]*?)?)(/?)>}{
        my ($end, $name, $attributes, $empty) = ($1, $2, $3, $4);
        my $uri = $end ? pop @in : $attributes =~ s/ xmlns="([^"]*)"// ? $1 : $in[-1] // '';
        my $p = $uri eq '' || $name =~ m/:/ ? '' : ($prefix{$uri} //= 'p' . keys %prefix) . ':';
        push @in, $uri if !$end && !$empty;
        $attributes .= qq( xmlns:$prefix{$uri}="$uri") if $p && !$end;
        "<$end$p$name$attributes$empty>"
    }ger;
}

my %variant = (
    'without a declaration'      => sub { Encode::encode('UTF-8', $_[0]) },
    'a mark before UTF-8'        => sub { "\xef\xbb\xbf" . utf8($_[0]) },
    'UTF-16, little end first'   => sub { "\xff\xfe" . declared('UTF-16', $_[0], 'UTF-16LE') },
    'UTF-16, big end first'      => sub { "\xfe\xff" . declared('utf-16', $_[0], 'UTF-16BE') },
    'UTF-16 without a mark'      => sub { declared('UTF-16', $_[0], 'UTF-16LE') },
    'UTF-16 that says UTF-8'     => sub { "\xff\xfe" . declared('UTF-8', $_[0], 'UTF-16LE') },
    'UTF-8 that says UTF-16'     => sub { declared('UTF-16', $_[0], 'UTF-8') },
    'UTF-32'                     => sub { declared('UTF-32', $_[0], 'UTF-32BE') },
    (map { my $name = $_; ("CP932 as $name" => sub { declared($name, $_[0], 'cp932') }) } qw(Shift_JIS shift-jis Windows-31J x-sjis)),
    (map { my $name = $_; ("EUC-JP as $name" => sub { declared($name, $_[0], 'euc-jp') }) } qw(EUC-JP x-euc-jp)),
    'ISO-2022-JP'                => sub { declared('ISO-2022-JP', $_[0], 'iso-2022-jp') },
    'CP932 that says UTF-8'      => sub { declared('UTF-8', $_[0], 'cp932') },
    'EUC-JP that says UTF-8'     => sub { declared('UTF-8', $_[0], 'euc-jp') },
    'UTF-8 that says Shift_JIS'  => sub { declared('Shift_JIS', $_[0], 'UTF-8') },
    'prefixes'                   => sub { utf8(prefixed($_[0])) },
    'CR LF'                      => sub { utf8($_[0] =~ s/></>\r\n<\n/gr =~ s/<\n/</gr) },
    'indented'                   => sub { utf8($_[0] =~ s/></>\n\t  </gr) },
    'simple quotes'              => sub { utf8($_[0] =~ tr/"/'/r) },
    'references'                 => sub { declared('US-ASCII', $_[0] =~ s/([^\x00-\x7f])/sprintf '&#x%X;', ord $1/ger, 'ascii') },
    'CDATA'                      => sub { utf8($_[0] =~ s/>([^<>]*[^<>\s])</><![CDATA[$1]]></gr) },
    'comments between elements'  => sub { utf8($_[0] =~ s/></><!-- <a>&b; --></gr) },
    'comments inside of texts'   => sub { utf8($_[0] =~ s/(>[^<>])([^<>]+<)/$1<!-- x --><?y z?>$2/gr) },
    'a style sheet that is not fetched' => sub { utf8("<?xml-stylesheet type=\"text/xsl\" href=\"file:///etc/passwd\"?>$_[0]") },
    'blanks before'              => sub { "\n \t" . utf8($_[0]) },
    'NULs behind'                => sub { utf8($_[0]) . "\0\0\0" },
    'a comment behind'           => sub { utf8("$_[0]<!-- end -->\n<?end?>\n\n") },
    'XML 1.1'                    => sub { utf8($_[0]) =~ s/1\.0/1.1/r },
    'alone'                      => sub { utf8($_[0]) =~ s/\?>/ standalone="yes" ?>/r },
    'attributes on lines of their own' => sub { utf8($_[0] =~ s/ (\w[\w:]*)="/\n\t$1 = "/gr) },
    'something foreign'          => sub { utf8($_[0] =~ s{(<(?:item|entry|Item|info)\b[^>]*>)}{$1<f:x xmlns:f="urn:f"><f:Code>33</f:Code><f:title>no</f:title></f:x>}gr) },
);

my $json = JSON::PP->new->canonical;
sub read_of { my ($bytes) = @_; my $found = check_text($bytes); return $json->encode([$found->{refused}, map { my %i = %$_; delete $i{file}; \%i } @{ $found->{items} }]) }

for my $kind (sort keys %document) {
    my $text = $document{$kind} =~ s/\n\z//r;
    my $plain = read_of(utf8($text));
    like($plain, qr/\A\[null,\{.*"title":"[^"]/, "$kind is read");
    for my $name (sort keys %variant) {
        my $bytes = $variant{$name}->($text);
        is(read_of($bytes), $plain, "$kind: $name");
    }
}
done_testing;
