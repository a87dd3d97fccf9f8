#!/usr/bin/perl
# What becomes of telegrams that follow each other: corrections replace,
# retractions retract, 解除 ends, late ones hold nowhere, drills stay drills.
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

# "state title" of each bulletin, in order; then what holds in a town.
sub states { return join '; ', map { tr/\t/ /r } $w->sql('SELECT state, title FROM care_bulletin ORDER BY id') }
sub events { return join ' ', $w->sql('SELECT topic FROM lib_event ORDER BY id') }

sub holds {
    return join ' ', $w->sql(q{SELECT a.name FROM care_bulletin b JOIN care_bulletin_area a ON a.bulletin_id = b.id
        WHERE a.municipality = '99401' AND b.status = 'actual' AND b.state = 'issued' AND b.from_at <= UTC_TIMESTAMP(3)
          AND b.until_at > UTC_TIMESTAMP(3) AND a.kind <> 'none' ORDER BY b.id, a.n});
}

sub fresh {
    $w->sql('DELETE FROM care_bulletin_area; DELETE FROM care_bulletin; DELETE FROM feed_item; DELETE FROM feed_series;
        DELETE FROM feed_telegram; DELETE FROM lib_event');
    return;
}

subtest 'the newest report of an office is what holds' => sub {
    fresh();
    my $first = telegram(at => $now - 3600);
    like($w->import_documents($first), qr/1 telegrams: 0 known, 0 refused; 1 bulletins, 1 events/, 'one');
    is(holds(), '大雨警報', 'it holds');
    like($w->import_documents($first), qr/1 known, 0 refused; 0 bulletins, 0 events/, 'the same bytes again are nothing');
    $w->import_documents(telegram(at => $now - 1800, kinds => [['03', '大雨警報', '継続'], ['14', '雷注意報', '発表']]));
    is(holds(), '大雨警報 雷注意報', 'the next replaces it');
    is(states(), 'replaced むつみ地方気象警報・注意報; issued むつみ地方気象警報・注意報', 'and the first says so');
    is($w->value('SELECT replaced_by = (SELECT MAX(id) FROM care_bulletin) FROM care_bulletin ORDER BY id LIMIT 1'), 1, 'by which');
    $w->import_documents(telegram(at => $now - 2700, kinds => [['33', '大雨特別警報', '発表']]));
    is(holds(), '大雨警報 雷注意報', 'one that comes late holds nowhere');
    $w->import_documents(telegram(at => $now - 900, office => '別の気象台', kinds => [['05', '暴風警報', '発表']]));
    is(holds(), '大雨警報 雷注意報 暴風警報', 'another office is another word');
    $w->import_documents(telegram(at => $now - 600, kinds => [['00', '解除', '解除']]));
    is(holds(), '暴風警報', '解除 ends it');
    is(events(), join(' ', map { "bulletin.$_" } qw(issued updated issued ended)), 'events');
};

subtest 'a correction replaces, a retraction retracts' => sub {
    fresh();
    my %of = (type => 'VXWW50', control => '土砂災害警戒情報', warning => '土砂災害警戒情報', event => 'むつみ土砂', title => 'むつみ土砂災害警戒情報');
    $w->import_documents(telegram(%of, at => $now - 600, serial => 1, kinds => [['3', '警戒', '発表']]));
    is(holds(), 'むつみ土砂災害警戒情報', 'a name that says of what');
    $w->import_documents(telegram(%of, at => $now - 600, sent => $now - 500, serial => 1, info => '訂正', text => '訂正します。', kinds => [['3', '警戒', '発表']]));
    is($w->value('SELECT CONCAT(correction, headline) FROM care_bulletin WHERE state = "issued"'), '1訂正します。', '訂正');
    $w->import_documents(telegram(%of, at => $now - 300, serial => 2, info => '取消'));
    is(holds(), '', '取消: nothing holds');
    is(join(' ', $w->sql('SELECT state FROM care_bulletin ORDER BY id')), 'replaced retracted', 'and the last says why');
    $w->import_documents(telegram(%of, at => $now - 300, sent => $now - 290, serial => 3, kinds => [['3', '警戒', '発表']]));
    is(holds(), 'むつみ土砂災害警戒情報', 'the right one may follow in the same minute');
    is(events(), join(' ', map { "bulletin.$_" } qw(issued corrected retracted issued)), 'events');
};

subtest 'a retraction that comes first' => sub {
    fresh();
    my %of = (type => 'VPOA50', control => '記録的短時間大雨情報', warning => '記録的短時間大雨情報', event => 'E1', title => '記録的短時間大雨情報');
    $w->import_documents(telegram(%of, at => $now - 300, info => '取消'));
    $w->import_documents(telegram(%of, at => $now - 600, kinds => [['1', '記録的短時間大雨情報', '発表']]));
    is(holds(), '', 'what it retracts never holds');
    is(states(), 'retracted 記録的短時間大雨情報', 'but is kept');
    is(events(), '', 'and nobody is told');
};

subtest 'drills and tests' => sub {
    fresh();
    $w->import_documents(telegram(at => $now - 600));
    $w->import_documents(telegram(at => $now - 300, status => '訓練', kinds => [['33', '大雨特別警報', '発表']]));
    $w->import_documents(telegram(at => $now - 200, status => '試験', kinds => [['33', '大雨特別警報', '発表']]));
    $w->import_documents(telegram(at => $now - 100, status => '訓練', info => '取消'));
    is(holds(), '大雨警報', 'what is real holds on');
    is(events(), 'bulletin.issued', 'and only that is told');
    is(join(' ', $w->sql('SELECT status FROM care_bulletin ORDER BY id')), 'actual exercise test', 'each is named');
};

subtest 'a time beyond the present' => sub {
    fresh();
    $w->import_documents(telegram(at => 3733000000));    # 2088
    is($w->value('SELECT issued_at <= received_at AND until_at < NOW() + INTERVAL 4 DAY FROM care_bulletin'), 1, 'is not believed');
    $w->import_documents(telegram(at => time, sent => time + 1, kinds => [['14', '雷注意報', '発表']]));
    is(holds(), '雷注意報', 'and cannot keep the next from counting');
};

subtest 'what is over' => sub {
    fresh();
    like($w->import_documents(telegram(at => $now - 40 * 86400)), qr/1 bulletins, 0 events/, 'makes a bulletin and no event');
    is($w->value('SELECT COUNT(*) FROM care_bulletin_area'), 0, 'and no area that would be joined for nothing');
};

subtest 'of nested areas the smallest' => sub {
    fresh();
    my $nested = Encode::decode('UTF-8', telegram(at => $now - 60, area => '1342100'));
    $nested =~ s{<Body.*</Body>}{<Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/meteorology1/">
        <Warning type="気象警報・注意報（府県予報区等）"><Item><Kind><Name>大雨特別警報</Name><Code>33</Code><Status>発表</Status></Kind><Area><Name>東京都</Name><Code>130000</Code></Area></Item></Warning>
        <Warning type="気象警報・注意報（市町村等）"><Item><Kind><Name>大雨特別警報</Name><Code>33</Code><Status>発表</Status></Kind><Area><Name>小笠原村</Name><Code>1342100</Code></Area></Item></Warning></Body>}s;
    $w->import_documents(Encode::encode('UTF-8', $nested));
    is(join(' ', $w->sql('SELECT municipality FROM care_bulletin_area')), '13421', 'one village, not all of Tokyo');
};

subtest 'CAP: updates and cancels by reference' => sub {
    fresh();
    my $cap = sub {
        my ($id, $type, $refers, $text) = @_;
        my $sent = POSIX::strftime('%Y-%m-%dT%H:%M:%S+00:00', gmtime($now - 1000 + 10 * $id));
        return Encode::encode('UTF-8', qq{<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A$id</identifier><sender>p\@a.example</sender><sent>$sent</sent><status>Actual</status><msgType>$type</msgType><scope>Public</scope>}
            . ($refers ? "<references>$refers</references>" : '')
            . qq{<info><category>Infra</category><event>停電</event><urgency>Immediate</urgency><severity>Moderate</severity><certainty>Observed</certainty><headline>$text</headline><area><areaDesc>むつみ町</areaDesc></area></info></alert>});
    };
    $w->import_documents($cap->(2, 'Update', 'p@a.example,A1,x', '二'));
    $w->import_documents($cap->(1, 'Alert', '', '一'));
    is(join(' ', $w->sql('SELECT CONCAT(headline, state) FROM care_bulletin ORDER BY id')), '二issued 一replaced', 'an update that came first');
    $w->import_documents($cap->(3, 'Cancel', 'p@a.example,A2,x p@a.example,A1,x', '三'));
    is(join(' ', $w->sql('SELECT state FROM care_bulletin ORDER BY id')), 'retracted replaced', 'a cancel ends it');
};

subtest 'read again' => sub {
    fresh();
    $w->import_documents(telegram(at => $now - 60), "<!DOCTYPE x><x/>", 'nonsense');
    is($w->value('SELECT COUNT(*) FROM feed_telegram WHERE refused IS NOT NULL'), 2, 'what could not be read is kept');
    my $ref = $w->value('SELECT HEX(ref) FROM care_bulletin');
    $w->sql(q{UPDATE care_bulletin SET title = 'misread', severity = 'minor'; DELETE FROM care_bulletin_area});
    like($w->replay, qr/3 telegrams: 0 known, 2 refused; 0 bulletins, 0 events/, 'replayed');
    is(states(), 'issued むつみ地方気象警報・注意報', 'said anew');
    is($w->value('SELECT HEX(ref) FROM care_bulletin'), $ref, 'under the same name');
    is(holds(), '大雨警報', 'with its areas');
    $w->sql('DELETE FROM feed_item; DELETE FROM feed_series; DELETE FROM care_bulletin_area; DELETE FROM care_bulletin');
    like($w->replay, qr/1 bulletins/, 'and made where it was missed');
    is(holds(), '大雨警報', 'it holds');
};

{
    my $check = "'${\Tomozuna::Private::program('feed')}' --check --config $w->{dir}/conf/feed.conf 2>&1";
    is(system("$check >/dev/null") >> 8, 0, '--check: it could serve');
    Tomozuna::Private::spew("$w->{dir}/conf/sources", "[a]\nurl = http://a.example/\nlabel = a\n");
    like(scalar `$check`, qr/sources:1: a: not an https address/, 'but not with such a source');
    Tomozuna::Private::spew("$w->{dir}/conf/sources", '');
}
like($w->import_documents('x' x 100), qr/1 refused/, 'a document of nothing');
is(system("'${\Tomozuna::Private::program('feed')}' --import 2>/dev/null") >> 8, 2, 'wrong usage');
is(system("'${\Tomozuna::Private::program('feed')}' --import --config $w->{dir}/conf/feed.conf /no/such/file 2>/dev/null >&2") >> 8, 1, 'no such file');

done_testing;
