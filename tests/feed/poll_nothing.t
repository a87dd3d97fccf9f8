#!/usr/bin/perl
# Feeds that answer and say nothing: cut to nothing, emptied, pointing elsewhere,
# or the same for ever. None of them is well.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::RealBin;
use Test::More;
use PollWorld;

plan skip_all => 'tomozuna-feed is not built' if !Tomozuna::Private::program('feed');
binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;

my $PATIENCE = 60;                         # seconds that anything may take
my $w = world();
$w->serve;

sub source { my ($column, $name) = @_; return $w->value("SELECT $column FROM care_bulletin_source WHERE name = '$name'") }
sub bulletins { return join ',', $w->sql("SELECT state FROM care_bulletin WHERE source = '$_[0]'") }

my $atom = '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>i</id><updated>2026-11-22T00:00:00Z</updated>';

# Name => [what it turns into, what the reason says].
my %CASE = (
    bare      => ['<rss version="2.0"><channel><title>t</title></channel></rss>', qr/it has no entry/],
    bareatom  => ["$atom</feed>", qr/it has no entry/],
    cutshort  => ['<?xml version="1.0"?><rss version="2.0"><channel><title>t', qr/it has no entry|cannot be read/],
    untitled  => ['<rss version="2.0"><channel><item/><item><guid>x</guid></item></channel></rss>', qr/none of its entries has a title/],
);

for my $name (keys %CASE) { $w->rss("$name.xml", [$name, "よい $name", 'Sun, 22 Nov 2026 09:00:00 +0900']) }
$w->rss('allowed.xml', ['allowed', 'よい', 'Sun, 22 Nov 2026 09:00:00 +0900']);
$w->place('t.xml', telegram());
$w->atom('links.xml', 't.xml');
my %usual = (interval_s => 1, topic => 'health');
my %all = (map({ $_ => \%usual } keys %CASE), allowed => { %usual, may_be_empty => 1 }, links => { %usual, entries => 'links', topic => 'weather' });
$w->poll(%all);
ok(wait_for($PATIENCE, sub { $w->value('SELECT COUNT(*) FROM care_bulletin') == 2 + keys %CASE }), 'first all is well');

$w->place("$_.xml", $CASE{$_}[0]) for keys %CASE;
$w->place('allowed.xml', $CASE{bare}[0]);
$w->place('links.xml', qq{$atom<entry><title>x</title><id>i1</id><updated>2026-11-22T00:00:00Z</updated><link href="https://elsewhere.example/x.xml"/></entry></feed>});
for my $name (sort(keys %CASE), 'links') {
    ok(wait_for($PATIENCE, sub { (source('failures', $name) // 0) > 0 }), "$name: not good");
    like(source('reason', $name), $CASE{$name} ? $CASE{$name}[1] : qr/none of its entries names a document/, '  and why');
    is(bulletins($name), 'issued', '  what was there stays');
}
my $asked = $w->requests('/links.xml');
ok(wait_for($PATIENCE, sub { $w->requests('/links.xml') > $asked + 1 }), 'asked again, it says 304');
like(source('reason', 'links'), qr/none of its entries names a document/, '  which hides no reason');
my $polls = $w->requests('/allowed.xml');
ok(wait_for($PATIENCE, sub { $w->requests('/allowed.xml') > $polls + 1 }), 'a source that may be empty is asked on');
is(source('failures', 'allowed'), 0, 'and is well');

subtest 'one that answers and has nothing new' => sub {
    $w->rss('mute.xml', ['m', 'm', 'Sun, 22 Nov 2026 09:00:00 +0900']);
    $w->poll(mute => { %usual, silent_after_s => 15, stale_after_s => 600 });
    ok(wait_for($PATIENCE, sub { source('stale_at IS NOT NULL', 'mute') }), 'raises the alarm');
    is(source('failures', 'mute'), 0, 'though it answers');
    is($w->value(q{SELECT sentence_en FROM lib_event WHERE topic = 'bulletin.source_stale' AND sentence_en LIKE '%mute%'}), 'The feed mute answers, but has nothing new any more', 'which says so');
    $w->rss('mute.xml', ['m', 'm', 'Sun, 22 Nov 2026 09:00:00 +0900'], ['n', 'n', 'Sun, 22 Nov 2026 10:00:00 +0900']);
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM lib_event WHERE topic = 'bulletin.source_back' AND sentence_en LIKE '%mute%'}) }), 'until something new comes');
};

subtest 'a telegram that is not understood' => sub {
    $w->place('u.xml', telegram(control => '新型警報（試行）', title => '新型警報', event => 'U'));
    $w->atom('new.xml', 'u.xml');
    $w->poll(new => { %usual, entries => 'links', topic => 'weather' });
    ok(wait_for($PATIENCE, sub { (source('unread', 'new') // 0) == 1 }), 'is counted for the administrator');
    is(source('unread_why', 'new'), 'no such type of telegram is known: 新型警報（試行）', 'with what it was');
    like(Encode::decode('UTF-8', Tomozuna::Private::slurp("$w->{dir}/feed.log")), qr/telegram not understood.*新型警報（試行）/, 'and logged');
    is($w->value(q{SELECT COUNT(*) FROM care_bulletin WHERE source = 'new' AND understood = 0 AND headline IS NOT NULL}), 1, 'its headline is a bulletin');
};

done_testing;
