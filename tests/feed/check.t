#!/usr/bin/perl
# --check on documents that are easy to take for a warning; and on settings while
# the database is away.
use strict;
use warnings;
use utf8;
use Encode qw(decode encode);
use FindBin;
use lib $FindBin::Bin, "$FindBin::Bin/../lib";
use Check;
use File::Temp 'tempdir';
use Test::More;

plan skip_all => 'tomozuna-feed is not built' if !-x program();
binmode Test::More->builder->$_, ':encoding(UTF-8)' for qw(output failure_output);

sub cap {
    my (%c) = (type => 'Alert', response => 'Shelter', scope => 'Public', code => '131016', list => '全国地方公共団体コード', sent => '2026-11-22T09:00:00+09:00', refers => '', @_);
    return check_text(encode('UTF-8', qq{<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A1</identifier><sender>s</sender>
        <sent>$c{sent}</sent><status>Actual</status><msgType>$c{type}</msgType><scope>$c{scope}</scope>$c{refers}<info><event>洪水</event>
        <responseType>$c{response}</responseType><severity>Severe</severity><area><areaDesc>千代田区</areaDesc><geocode><valueName>$c{list}</valueName>
        <value>$c{code}</value></geocode></area></info></alert>}));
}

sub counts { my ($found) = @_; my $i = $found->{items}[0]; return join ' ', map { scalar @{ $i->{$_} } } qw(warnings lifted outlook) }

is(counts(cap()), '1 0 0', 'an alert is in force');
is(counts(cap(type => 'Cancel')), '1 0 0', 'one that is cancelled names the same');
is(counts(cap(response => 'AllClear')), '0 1 0', 'an all-clear is not in force');
is(cap(type => 'Cancel')->{items}[0]{status}, 'cancelled', '  and its status says that it is over');
is(cap(type => 'Cancel')->{items}[0]{warnings}[0]{kind}, 'none', '  as does the kind');

is_deeply(cap()->{items}[0]{municipalities}, ['131016'], 'a code of a municipality is a town');
is_deeply(cap(code => '22131', list => 'JIS X 0402')->{items}[0]{municipalities}, ['221309'], 'of one that ended its successor');
is_deeply(cap(code => '006037', list => 'SAME')->{items}[0]{municipalities}, [], 'a county of California is none');

my $private = cap(scope => 'Private');
is($private->{items}[0]{message}, 'nothing', 'what is private is for nobody');
like("@{ $private->{notes} }", qr/not Public/, 'and says so');

# ---- what is amiss with an item ----

my $old = '<references>s,A0,2026-11-22T08:00:00+09:00</references>';
is(cap(refers => $old)->{items}[0]{note}, undef, 'of an alert nothing is amiss');
for (['Cancel', qr/takes back none/], ['Update', qr/replaces none/]) {
    my ($type, $why) = @$_;
    my $found = cap(type => $type);
    like($found->{items}[0]{note}, $why, "of one of $type that names no alert it is said");
    like("@{ $found->{notes} }", $why, '  on standard error, too');
    is(cap(type => $type, refers => $old)->{items}[0]{note}, undef, '  of one that does, nothing');
}
for my $date ('2026-02-30T09:00:00+09:00', '2026-11-22T25:00:00+09:00', 'soon') {
    my $found = cap(sent => $date);
    is($found->{items}[0]{published}, undef, "$date is no time");
    is($found->{items}[0]{note}, "sent is no time: $date", '  and its item says so');
}
my $feed = check_text('<rss><channel><item><title>a</title><pubDate>Mon, 31 Feb 2026 09:00:00 +0900</pubDate></item>'
    . '<item><title>b</title><pubDate>Sun, 22 Nov 2026 09:00:00 +0900</pubDate></item><item><title>c</title><pubDate> </pubDate></item></channel></rss>');
is_deeply([map { $_->{note} } @{ $feed->{items} }], ['pubDate is no time: Mon, 31 Feb 2026 09:00:00 +0900', undef, undef], 'of a feed, the item that has it');
is_deeply([map { defined $_->{published} ? 1 : 0 } @{ $feed->{items} }], [0, 1, 0], '  and no other');

my %made;
for my $name (qw(one two)) {
    $made{$name} = File::Temp->new(SUFFIX => "-$name.xml");
    print { $made{$name} } "<rss><channel><item><title>$name</title></item></channel></rss>";
    close $made{$name};
}
my $both = check_files("$made{one}", "$made{two}");
is($both->{"$made{$_}"}{items}[0]{file}, "$made{$_}", "of several files each item names its own: $_") for qw(one two);

# ---- links ----

sub links { my ($text) = @_; return [map { $_->{link} } @{ check_text($text)->{items} }] }
is_deeply(links('<rss><channel><link>https://health.example/a/</link><item><title>a</title><link>b.html</link></item><item><title>c</title><link>/d</link></item></channel></rss>'),
    ['https://health.example/a/b.html', 'https://health.example/d'], "a feed's relative links go from its link to its site");
is_deeply(links('<rss xmlns:a="http://www.w3.org/2005/Atom"><channel><link>https://www.example/</link><a:link rel="self" href="https://feeds.example/x/rss"/><item><link>b</link></item></channel></rss>'),
    ['https://feeds.example/x/b'], '  rather from where it says that it is itself');
is_deeply(links('<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/y/"><link rel=" http://www.iana.org/assignments/relation/self " href="https://feeds.example/x/atom"/>'
    . '<entry><title>a</title><link href="b"/></entry><entry xml:base="z/"><title>a</title><link href="b"/></entry></feed>'),
    ['https://feeds.example/y/b', 'https://feeds.example/y/z/b'], '  and xml:base from there');
is_deeply(links('<rss><channel><item><title>a</title><link>b.html</link></item></channel></rss>'), [undef], 'of one that does not say where it is they are none');
is_deeply(links('<feed xmlns="http://www.w3.org/2005/Atom">' . (join '', map { qq{<entry><title>a</title><link rel="related" href="https://x.example/no"/><link rel="$_" href="https://x.example/yes"/></entry>} }
    'http://www.iana.org/assignments/relation/alternate', " alternate\n", 'ALTERNATE', '', ' ') . '</feed>'), [('https://x.example/yes') x 5], 'a registered relation may be said as an address, or padded');

# ---- telegrams ----

sub jmx {
    my (%t) = (title => '気象警報・注意報（Ｈ２７）', info => '発表', body => '', headline => '', report => '2026-11-22T09:00:00', @_);
    return check_text(encode('UTF-8', qq{<?xml version="1.0"?><Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Control><Title>$t{title}</Title><DateTime>2026-11-22T00:00:00Z</DateTime>
        <Status>通常</Status><EditorialOffice>架空地方気象台</EditorialOffice></Control><Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/"><Title>架空県の電文</Title>
        <ReportDateTime>$t{report}</ReportDateTime><EventID/><InfoType>$t{info}</InfoType><Headline><Text>見出し</Text></Headline></Head>
        <Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/meteorology1/">$t{body}</Body></Report>}), $t{name});
}

my $nothing = jmx();
is($nothing->{status}, 0, 'a telegram in which nothing is found is no error');
like($nothing->{items}[0]{not_understood}, qr/VPWW54: it neither warns nor lifts/, 'but said to be not understood');
like("@{ $nothing->{notes} }", qr/not understood: VPWW54/, 'on standard error, too');
is($nothing->{items}[0]{published}, '2026-11-22T00:00:00.000Z', "a telegram's time without a zone is Japan's");
my $new = jmx(title => '新型警報（試行）', body => '<Warning type="新型警報（市町村等）"><Item><Kind><Name>新型警報</Name><Code>99</Code></Kind><Area><Name>千代田区</Name><Code>1310100</Code></Area></Item></Warning>');
like($new->{items}[0]{not_understood}, qr/no such type of telegram is known: 新型警報（試行）/, 'one of a type that is new');
is_deeply($new->{items}[0]{municipalities}, ['131016'], 'still has its towns');
is(counts(jmx(info => '取消', body => '<Warning type="気象警報・注意報（市町村等）"><Item><Kind><Name>大雨警報</Name><Code>03</Code></Kind><Area><Name>x</Name><Code>1310100</Code></Area></Item></Warning>')),
    '1 0 0', 'what a 取消 names is told under its status');

my $renamed = jmx(title => '気象警報・注意報（Ｒ２０）（津々浦々）', name => '_0_VPWW57_010000.xml', body => '<Warning type="気象警報・注意報（市町村等）"><Item><Kind><Name>レベル３高潮警報</Name><Code>08</Code></Kind><Area><Name>x</Name><Code>1310100</Code></Area></Item></Warning>')->{items}[0];
is_deeply([$renamed->{telegram}{type}, $renamed->{not_understood}, $renamed->{warnings}[0]{level}], ['VPWW57', undef, 3], 'its file says of what type a telegram is, whatever its title');
is(jmx(title => '南海トラフ地震関連解説情報', name => '_0_VYSE52_010000.xml')->{items}[0]{telegram}{type}, 'VYSE52', '  also where two types share a title');
is(jmx(name => '_0_VQQQ99_010000.xml')->{items}[0]{telegram}{type}, 'VPWW54', '  but not one that nobody knows');
my $heed = jmx(title => '北海道・三陸沖後発地震注意情報', info => '発表')->{items}[0];
is_deeply([@$heed{qw(severity not_understood)}, $heed->{warnings}[0]{kind}], ['severe', undef, 'earthquake'], 'what may follow off Hokkaido is a warning without a code');
is(counts({ items => [jmx(title => '北海道・三陸沖後発地震注意情報', info => '取消')->{items}[0]] }), '0 0 0', '  unless it is taken back');
is(jmx(title => $_)->{items}[0]{not_understood}, undef, "$_ is known and of no concern to a town") for qw(推定噴煙流向報 早期天候情報 府県天気概況 地上実況図 台風の暴風域に入る確率 大雨危険度通知 気象警報・注意報（Ｒ０６）（集約通報）);

my $never = jmx(report => '2026-11-31T09:00:00+09:00')->{items}[0];
is_deeply([@$never{qw(published note)}, $never->{telegram}{report}], [undef, 'ReportDateTime is no time: 2026-11-31T09:00:00+09:00', undef], 'a day that November has not is null, with a note');

# ---- help ----

my $help = decode('UTF-8', scalar `'${\program()}' --help`);
is($?, 0, 'help is no error');
like($help, qr/^  \Q$_\E/m, "  and names $_") for '--check FILE', '--import', '--replay', '--unread', '--raw NUMBER', '--config FILE';

# ---- settings ----

my $dir = tempdir(CLEANUP => 1);
sub spew { my ($name, $text) = @_; open my $out, '>', "$dir/$name" or die; print {$out} $text; close $out; return }
spew('feed.conf', "run_dir = $dir\njournal_dir = $dir\nkey_file = $dir/key\ndb_socket = $dir/none.sock\ndb_user = x\ndb_password_file = $dir/password\n"
    . "sources_file = $dir/sources\norigin = https://care.example\nopen_origin = https://family.example\n");
spew('key', '5a' x 32 . "\n");
spew('password', "x\n");
spew('sources', "[a]\nurl = http://a.example/\nlabel = a\n");
my $said = `'${\program()}' --check --config $dir/feed.conf 2>&1`;
isnt($?, 0, 'without a database it could not serve');
like($said, qr/sources:1: a: not an https address/, 'and what is wrong with the sources is told all the same');
spew('sources', "[a]\nurl = https://a.example/\nlabel = a\n");
$said = `'${\program()}' --check --config $dir/feed.conf 2>&1`;
isnt($?, 0, 'with good sources it still could not');
unlike($said, qr/sources:/, 'for another reason');
done_testing;
