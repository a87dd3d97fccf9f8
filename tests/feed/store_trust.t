#!/usr/bin/perl
# Whom a bulletin is believed to be of, and what takes a warning down: nothing that
# another publisher says, and nothing that was not understood.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::RealBin;
use Test::More;
use PollWorld;

plan skip_all => 'tomozuna-feed is not built' if !Tomozuna::Private::program('feed');
binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;

my $w = world();
my $now = time - time % 60;
$w->sources(short => { label => '気象庁', authority => 'jma', topic => 'weather' }, long => { label => '気象庁', authority => 'jma', topic => 'weather' },
    power => { label => 'むつみ電力', topic => 'outage' });

sub holds {
    return join ' ', $w->sql(q{SELECT a.name FROM care_bulletin b JOIN care_bulletin_area a ON a.bulletin_id = b.id
        WHERE a.municipality = '99401' AND b.status = 'actual' AND b.state = 'issued' AND b.from_at <= UTC_TIMESTAMP(3)
          AND b.until_at > UTC_TIMESTAMP(3) AND a.kind <> 'none' ORDER BY b.id, a.n});
}
sub states { return join ' ', $w->sql('SELECT state FROM care_bulletin ORDER BY id') }
sub events { return join ' ', $w->sql('SELECT topic FROM lib_event ORDER BY id') }

sub fresh {
    $w->sql('DELETE FROM care_bulletin_area; DELETE FROM care_bulletin; DELETE FROM feed_item; DELETE FROM feed_series;
        DELETE FROM feed_telegram; DELETE FROM lib_event');
    return;
}

# Documents as they come from a source.
sub from { my ($source, @document) = @_; local $w->{of} = $source; return Encode::decode('UTF-8', $w->import_documents(@document)) }

subtest 'no source speaks for another' => sub {
    fresh();
    my %landslide = (type => 'VXWW50', control => '土砂災害警戒情報', warning => '土砂災害警戒情報', event => 'E', title => 'むつみ土砂災害警戒情報');
    from(short => telegram(at => $now - 3600), telegram(%landslide, at => $now - 3600, kinds => [['3', '警戒', '発表']]));
    is(holds(), '大雨警報 むつみ土砂災害警戒情報', 'two warnings of one');
    from(power => telegram(at => $now - 1800, kinds => [['00', '解除', '解除']]),
        telegram(%landslide, at => $now - 1800, info => '取消'), telegram(at => $now - 1700, info => '訂正', kinds => [['14', '雷注意報', '発表']]));
    is(join(' ', $w->sql(q{SELECT state FROM care_bulletin WHERE source = 'short' ORDER BY id})), 'issued issued',
        'are neither lifted, retracted nor corrected by another, whoever it claims to be');
    is($w->value(q{SELECT CONCAT(publisher, '/', claimed) FROM care_bulletin WHERE source = 'power' LIMIT 1}), 'むつみ電力/むつみ地方気象台（架空）',
        'the publisher is of the settings, what the document says is a claim');
    from(long => telegram(at => $now - 900, kinds => [['14', '雷注意報', '発表']]));
    is($w->value(q{SELECT state FROM care_bulletin WHERE source = 'short' ORDER BY id LIMIT 1}), 'replaced', 'a source of the same authority replaces');
    like($w->value(q{SELECT sentence_ja FROM lib_event ORDER BY id LIMIT 1}), qr/\A気象庁「/, 'an event says who speaks');
};

subtest 'nor keeps it from being heard' => sub {
    fresh();
    my $telegram = telegram(at => $now - 600);
    like(from(power => $telegram), qr/0 known/, 'another shows the same bytes first');
    like(from(short => $telegram), qr/0 known, 0 refused; 1 bulletins/, 'and the publisher is heard all the same');
    like(from(long => $telegram), qr/1 known, 0 refused; 0 bulletins/, 'once');
};

subtest 'nothing understood lifts nothing' => sub {
    fresh();
    from(short => telegram(at => $now - 3600));
    my $odd = telegram(at => $now - 1800, kinds => [], text => '新しい形の警報です。');
    like(from(short => $odd), qr/1 bulletins, 1 events; 1 not understood.*neither warns nor lifts/s, 'a VPWW54 in which nothing is found');
    is(holds(), '大雨警報 むつみ地方気象警報・注意報', 'leaves the last good one, and says in its towns that there is more');
    is(join(' ', $w->sql('SELECT CONCAT(state, understood) FROM care_bulletin ORDER BY id')), 'issued1 issued0', 'marked as not understood');
    from(short => telegram(at => $now - 1700, kinds => [['', '新しい警報', '発表']]));
    is(states(), 'issued replaced issued', 'a kind without a code is no end either');
    from(short => telegram(at => $now - 1200, kinds => [['14', '雷注意報', '発表']]));
    is(holds(), '雷注意報', 'the next that is understood ends both');
    from(short => telegram(at => $now - 600, kinds => [['', '', '発表警報・注意報はなし']]));
    is(holds(), '', 'なし ends it');
    is($w->value('SELECT state FROM care_bulletin ORDER BY id DESC LIMIT 1'), 'ended', 'as 解除 does');
};

# ---- tsunami ----

sub tsunami {
    my (%t) = (type => 'VTSE41', kinds => [['62', '津波注意報']], @_);
    my %title = (VTSE41 => '津波警報・注意報・予報a', VTSE51 => '津波情報a', VTSE52 => '沖合の津波観測に関する情報');
    my $text = Encode::decode('UTF-8', telegram(%t, control => $title{ $t{type} }, title => $t{type}, kinds => [['03', 'x', 'x']], office => '気象庁本庁'));
    my $items = join '', map { "<Item><Area><Name>愛知県外海</Name><Code>390</Code></Area><Category><Kind><Name>$_->[1]</Name><Code>$_->[0]</Code></Kind></Category></Item>" } @{ $t{kinds} };
    $text =~ s{<Body.*</Body>}{<Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/seismology1/"><Tsunami><Forecast>$items</Forecast></Tsunami></Body>}s;
    return Encode::encode('UTF-8', $text);
}

sub advised { return scalar $w->value(q{SELECT COUNT(DISTINCT b.id) FROM care_bulletin b JOIN care_bulletin_area a ON a.bulletin_id = b.id
    WHERE b.state = 'issued' AND b.until_at > UTC_TIMESTAMP(3) AND a.kind = 'tsunami_advisory'}) }

subtest 'a tsunami advisory does not stay up' => sub {
    fresh();
    from(short => tsunami(at => $now - 3600, event => 'A'), tsunami(type => 'VTSE51', at => $now - 3600, sent => $now - 3590, event => 'A'),
        tsunami(type => 'VTSE52', at => $now - 3000, event => 'A', kinds => []));
    is(advised(), 2, 'said by the advisory and by the information on it');
    from(short => tsunami(at => $now - 2400, event => 'A B'));
    is(advised(), 1, 'one of two causes is the same advisory');
    from(short => tsunami(type => 'VTSE51', at => $now - 2400, sent => $now - 2390, event => 'A B'));
    from(short => tsunami(at => $now - 1800, event => "A\n  B", kinds => [['60', '津波注意報解除']]));
    is(advised(), 0, '解除 takes down what was said beside it, too');
    from(short => tsunami(type => 'VTSE51', at => $now - 2000, event => 'A'));
    is(advised(), 0, 'what comes late does not put it up again');
    from(short => tsunami(type => 'VTSE51', at => $now - 600, event => 'B', kinds => [['71', '津波予報（若干の海面変動）']]));
    is($w->value(q{SELECT COUNT(*) FROM care_bulletin WHERE type = 'VTSE51' AND state = 'issued' AND issued_at > UTC_TIMESTAMP() - INTERVAL 11 MINUTE}), 1, 'what is said after it holds');
};

subtest 'information that is retracted takes no warning down' => sub {
    fresh();
    from(short => tsunami(at => $now - 3600, event => 'A'), tsunami(type => 'VTSE51', at => $now - 3000, event => 'A'),
        tsunami(type => 'VTSE51', at => $now - 2400, event => 'A', info => '取消'));
    is(advised(), 1, 'VTSE41 holds on');
    from(short => tsunami(at => $now - 1800, event => 'A', info => '取消'));
    is(advised(), 0, 'until it is retracted itself');
};

subtest 'a code that is new is no end' => sub {
    fresh();
    from(short => tsunami(at => $now - 3600, event => 'A'));
    from(short => tsunami(at => $now - 1800, event => 'A', kinds => [['54', '新しい津波警報']]));
    is(join(' ', $w->sql('SELECT CONCAT(state, understood) FROM care_bulletin ORDER BY id')), 'replaced1 issued0', 'but a warning that is not understood');
};

subtest 'a type that nobody taught us' => sub {
    fresh();
    my %new = (type => 'VPXX99', control => '新型警報（試行）', warning => '新型警報（市町村等）', title => 'むつみ町新型警報', event => 'N1', text => '新型の災害に厳重に警戒してください。');
    like(from(short => telegram(%new, at => $now - 600, kinds => [['99', '新型警報', '発表']])), qr/1 bulletins, 1 events; 1 not understood.*no such type of telegram is known: 新型警報（試行）/s, 'is said');
    is(holds(), '新型警報', 'in its towns, by name');
    is($w->value(q{SELECT CONCAT(understood, severity, headline) FROM care_bulletin}), '0unknown新型の災害に厳重に警戒してください。', 'with its headline, marked');
    is($w->value(q{SELECT unread FROM feed_telegram}), 'no such type of telegram is known: 新型警報（試行）', 'and kept as what it is');
    from(short => telegram(%new, at => $now - 300, info => '取消'));
    is(holds(), '', 'it can be retracted');
    like(from(short => telegram(%new, control => '新型予想図', text => '', event => 'N2', kinds => [])), qr/0 bulletins, 0 events; 1 not understood/, 'without headline and warning it is a chart: told to the administrator alone');
    like(from(short => telegram(%new, control => '地方海上予報', event => 'N3', kinds => [])), qr/0 bulletins, 0 events; 0 not understood/, 'one that is known and not for towns is nothing');
};

subtest 'an early notice is read' => sub {
    fresh();
    for my $title ('早期注意情報（明後日まで）', '警報級の可能性（明日まで）') {
        like(from(short => telegram(control => $title, title => 'むつみ県早期注意情報', event => undef, kinds => [])), qr/1 bulletins.*; 0 not understood/, "$title (VPFD61, VPFD60)");
    }
};

subtest 'learned later' => sub {
    fresh();
    from(short => telegram(at => $now - 600));
    $w->sql(q{UPDATE care_bulletin SET understood = 0; UPDATE feed_telegram SET unread = 'x'});
    my $feed = "'${\Tomozuna::Private::program('feed')}'";
    my ($n) = `$feed --unread --config $w->{dir}/conf/feed.conf` =~ /\A(\d+)\t\S+Z\tshort\t\d+\tx\n\z/;
    ok($n, '--unread lists it');
    is(`$feed --raw $n --config $w->{dir}/conf/feed.conf`, telegram(at => $now - 600), '--raw gives it back as it came');
    isnt(system("$feed --raw 0 --config $w->{dir}/conf/feed.conf 2>/dev/null"), 0, 'or there is none');
    $w->replay;
    is(join(' ', $w->sql('SELECT CONCAT(state, understood) FROM care_bulletin WHERE state = "issued"')), 'issued1', 'by --replay');
    is($w->value('SELECT COUNT(*) FROM feed_telegram WHERE unread IS NOT NULL'), 0, 'and no longer listed');
    is(holds(), '大雨警報', 'it holds');
};

done_testing;
