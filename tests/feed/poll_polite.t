#!/usr/bin/perl
# How feeds are asked: with what we know, each telegram once, also after a
# restart; and after an outage out of the longer feed.
use strict;
use warnings;
use utf8;
use Encode ();
use FindBin;
use lib $FindBin::RealBin;
use Test::More;
use PollWorld;
use Tomozuna::Private qw(slurp);
use Tomozuna::Test ();

plan skip_all => 'tomozuna-feed is not built' if !Tomozuna::Private::program('feed');
binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;

my $w = world();
my $PATIENCE = 30;                         # seconds that anything may take
my $now = time - time % 60;
$w->serve;

sub count { return $w->value("SELECT COUNT(*) FROM $_[0]") }
sub polls { my ($path, $n) = @_; my $from = $w->requests($path); return wait_for($PATIENCE, sub { $w->requests($path) >= $from + $n }) }

my %links = (entries => 'links', types => 'VPWW54 VPOA*', topic => 'weather');

subtest 'a telegram in a feed' => sub {
    $w->place('1_VPWW54_a.xml', telegram(at => $now - 600));
    $w->place('2_VPWW53_a.xml', telegram(at => $now - 500));
    $w->atom('weather.xml', '1_VPWW54_a.xml', '2_VPWW53_a.xml');
    $w->how('weather.xml', 'chunked');
    $w->poll(weather => \%links);
    ok(wait_for($PATIENCE, sub { count('care_bulletin') == 1 }), 'becomes a bulletin');
    ok(polls('/weather.xml', 3), 'the feed is asked again and again');
    my @feed = $w->requests('/weather.xml');
    is($feed[0]{if_none_match}, '', 'first for all of it');
    like($feed[1]{if_none_match}, qr/\A"[0-9a-f]{32}"\z/, 'then with its ETag');
    like($feed[1]{if_modified_since}, qr/ GMT\z/, 'and its Last-Modified');
    is($feed[-1]{status}, 304, 'which saves the rest');
    is(scalar $w->requests('/1_VPWW54_a.xml'), 1, 'the telegram was fetched once');
    is(scalar $w->requests('/2_VPWW53_a.xml'), 0, 'one of a type that is not wanted never');
    like($feed[0]{agent}, qr{\Atomozuna-feed/}, 'we say who we are');
    is($w->value(q{SELECT good_at IS NOT NULL AND news_at IS NOT NULL AND failures = 0 AND waiting = 0 FROM care_bulletin_source}), 1, 'the source is well');
};

subtest 'a new one' => sub {
    my $before = count('lib_event');
    $w->place('3_VPWW54_a.xml', telegram(at => $now - 60, kinds => [['14', '雷注意報', '発表']]), 'gzip');
    $w->atom('weather.xml', '3_VPWW54_a.xml', '1_VPWW54_a.xml', '2_VPWW53_a.xml');
    ok(wait_for($PATIENCE, sub { count('lib_event') > $before }), 'is an event');
    my ($feed) = grep { $_->{status} == 200 } reverse $w->requests('/weather.xml');
    my $took = $w->value("SELECT TIMESTAMPDIFF(MICROSECOND, '" . ($feed->{at} =~ s/T/ /r =~ s/Z//r) . "', MAX(at)) / 1000 FROM lib_event");
    Tomozuna::Test::soon($took / 1000, 1, "in $took ms from the feed's answer");
    is(scalar $w->requests('/1_VPWW54_a.xml'), 1, 'the other is not fetched again');
};

subtest 'after a restart' => sub {
    my $asked = $w->requests('/weather.xml');
    $w->poll(weather => { %links, interval_s => 3600 });
    sleep 1 while time < ($w->{pause} //= time + 2);
    $w->place('4_VPWW54_a.xml', telegram(at => $now - 30));
    is(scalar $w->requests('/weather.xml'), $asked, 'a feed that was asked a moment ago is not asked');
    $w->poll(weather => \%links);
    ok(polls('/weather.xml', 2), 'then it is');
    is((grep { $_->{status} == 200 } $w->requests('/weather.xml')), 2, 'with the marks of before');
    is((grep { $_->{path} ne '/weather.xml' } $w->requests()), 2, 'and no telegram again');
};

subtest 'an outage' => sub {
    my @old = map { "o${_}_VPOA50_a.xml" } 1 .. 6;
    my %rain = (type => 'VPOA50', control => '記録的短時間大雨情報', warning => '記録的短時間大雨情報', title => '記録的短時間大雨情報');
    $w->place($old[$_], telegram(%rain, at => $now - 60 * $_, event => "E$_", kinds => [['1', '記録的短時間大雨情報', '発表']])) for 0 .. 5;
    $w->atom('rain.xml', @old[0 .. 2]);
    $w->atom('long.xml', @old[0 .. 3]);
    my %rain_source = (%links, catch_up_url => $w->base . '/long.xml', holds_s => 600);
    $w->poll(rain => \%rain_source);
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM feed_document WHERE source = 'rain' AND state = 'fetched'}) == 4 }), 'at first the longer feed is read, too');
    is(scalar $w->requests('/long.xml'), 1, 'once');
    ok(polls('/rain.xml', 3), 'while all goes well');
    is(scalar $w->requests('/long.xml'), 1, 'not again');
    $w->stop_gateway('feed');
    $w->atom('rain.xml', @old[5, 4]);
    $w->atom('long.xml', @old[reverse 0 .. 5]);
    $w->sql(q{UPDATE care_bulletin_source SET good_at = good_at - INTERVAL 2 HOUR, asked_at = asked_at - INTERVAL 2 HOUR});
    $w->poll(rain => \%rain_source);
    ok(wait_for($PATIENCE, sub { $w->requests('/long.xml') == 2 }), 'after a longer silence it is');
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM feed_document WHERE source = 'rain' AND state = 'fetched'}) == 6 }), 'and all are there');
    is_deeply([grep { $_->{twice} } $w->requests()], [], 'nothing was fetched twice');
    is((grep { $_->{path} eq '/long.xml' && $_->{if_none_match} } $w->requests()), 1, 'the longer feed is asked with its marks, too');
};

subtest 'a gap that no clock shows' => sub {
    my @new = map { "n${_}_VPOA50_a.xml" } 1 .. 4;
    $w->place($_, telegram(type => 'VPOA50', at => $now, event => $_)) for @new;
    my $long = $w->requests('/long.xml');
    $w->atom('long.xml', @new);
    $w->atom('rain.xml', @new[1 .. 3]);
    ok(wait_for($PATIENCE, sub { $w->requests('/long.xml') > $long }), 'nothing in common with what is known: the longer feed');
    ok(wait_for($PATIENCE, sub { $w->requests("/$new[0]") == 1 }), 'has what the feed had dropped');
};

subtest 'two sources that name the same' => sub {
    $w->place('s1_VPOA50_a.xml', telegram(%{ +{ type => 'VPOA50', control => '記録的短時間大雨情報', warning => '記録的短時間大雨情報', title => '記録的短時間大雨情報' } },
        at => $now - 60, event => 'S1', kinds => [['1', '記録的短時間大雨情報', '発表']]));
    $w->atom("same$_.xml", 's1_VPOA50_a.xml') for 1 .. 3;
    $w->poll(same1 => { %links, authority => 'one' }, same2 => { %links, authority => 'one' }, same3 => \%links);
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM feed_document WHERE url LIKE '%/s1_VPOA50%' AND state = 'fetched'}) == 2 }), 'of one authority once, of another for itself');
    is(scalar $w->requests('/s1_VPOA50_a.xml'), 1, 'fetched once');
    is($w->value(q{SELECT COUNT(*) FROM care_bulletin WHERE source LIKE 'same%'}), 2, 'each authority has its bulletin');
};

subtest 'an item of 2088' => sub {
    my @item = (['a', '第269回 議事録', 'Sun, 25 Apr 2088 10:00:00 +0900'], ['b', 'きのう', 'Sat, 21 Nov 2026 09:00:00 +0900']);
    $w->rss('news.xml', @item);
    $w->poll(news => { topic => 'health' });
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM care_bulletin WHERE source = 'news'}) == 2 }), 'is one more');
    unshift @item, ['c', 'きょう', 'Sun, 22 Nov 2026 09:00:00 +0900'];
    $w->rss('news.xml', @item);
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM care_bulletin WHERE source = 'news'}) == 3 }), 'and the next one comes');
    is($w->value(q{SELECT COUNT(*) FROM care_bulletin WHERE issued_at > received_at OR until_at > received_at + INTERVAL 9 DAY}), 0, 'nothing is dated ahead');
    $item[0][1] = 'きょう（訂正）';
    $w->rss('news.xml', @item);
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM care_bulletin WHERE source = 'news' AND state = 'issued' AND title = 'きょう（訂正）'}) }), 'an entry that changes replaces itself');
    is($w->value(q{SELECT COUNT(*) FROM care_bulletin WHERE source = 'news' AND state = 'issued'}), 3, 'and no other');
};

subtest 'outages by the names of towns' => sub {
    $w->rss('outage.xml', ['o1', 'むつみ町東原で停電（約120戸）', 'Sun, 22 Nov 2026 09:00:00 +0900'], ['o2', 'となり町で停電', 'Sun, 22 Nov 2026 09:00:00 +0900'],
        ['o3', 'よその市で停電', 'Sun, 22 Nov 2026 09:00:00 +0900']);
    $w->poll(outage => { topic => 'outage', areas => '99401:むつみ町 99402:となり町' });
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM care_bulletin WHERE source = 'outage'}) == 3 }), 'all are kept');
    is(join(' ', $w->sql(q{SELECT CONCAT(a.municipality, b.title) FROM care_bulletin b JOIN care_bulletin_area a ON a.bulletin_id = b.id
        WHERE b.source = 'outage' ORDER BY 1})), '99401むつみ町東原で停電（約120戸） 99402となり町で停電', 'each where its words say');
};

subtest 'relative links' => sub {
    my $link = sub { $w->value(q{SELECT GROUP_CONCAT(link) FROM care_bulletin WHERE source = 'moved'}) };
    $w->place('to.xml', Encode::encode('UTF-8', '<rss version="2.0"><channel><title>t</title><link>https://a.example/</link><item><guid isPermaLink="false">m1</guid><title>むつみ町</title><link>?a=1</link></item></channel></rss>'));
    $w->place('moved.xml', '', 'redirect ' . $w->base . '/to.xml');
    $w->poll(moved => { topic => 'health' });
    ok(wait_for($PATIENCE, sub { $link->() ne 'NULL' }), 'are read');
    is($link->(), $w->base . '/to.xml?a=1', 'from where the feed was in the end');
    $w->stop_gateway('feed');
    $w->replay;
    is($link->(), $w->base . '/to.xml?a=1', 'also when it is read again');
};

subtest 'a source that is taken out' => sub {
    $w->poll(rain => \%links);
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM care_bulletin_source WHERE name <> 'rain'}) == 0 }), 'nobody waits for it');
};

is($w->stop_gateway('feed'), 0, 'it stops when told');
is_deeply([grep { /"level":"error"/ && !/is stale/ } split /\n/, Tomozuna::Private::slurp("$w->{dir}/feed.log")], [], 'and had nothing to complain of');
subtest 'a type that nobody knows' => sub {
    my $told = sub { scalar(() = slurp("$w->{dir}/feed.log") =~ /unknown type, not fetched.*?VQZZ99/g) };
    $w->place('5_VQZZ99_a.xml', telegram(at => $now - 50));
    $w->atom('odd.xml', '5_VQZZ99_a.xml', '1_VPWW54_a.xml', '2_VPWW53_a.xml');
    $w->poll(odd => \%links);
    ok(wait_for($PATIENCE, sub { $told->() == 1 }), 'is a line of the log');
    is($w->value(q{SELECT CONCAT(strange, ' ', unread) FROM care_bulletin_source WHERE name = 'odd'}), 'VQZZ99 0', 'and kept for tomozuna doctor; VPWW53, which follow.c knows, is not');
    $w->place('6_VQZZ99_a.xml', telegram(at => $now - 40));
    $w->atom('odd.xml', '6_VQZZ99_a.xml', '5_VQZZ99_a.xml', '1_VPWW54_a.xml', '2_VPWW53_a.xml');
    ok(polls('/odd.xml', 3), 'when it comes again');
    is($told->(), 1, 'nothing more is told');
    is(scalar(grep { $_->{path} =~ /VQZZ/ } $w->requests()), 0, 'and it is not fetched');
};

done_testing;
