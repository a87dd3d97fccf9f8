#!/usr/bin/perl
# What a health body counts becomes rows: of its towns or of all Japan, once, again
# when the entry says otherwise; nothing of the kind of what other sources say.
use strict;
use warnings;
use utf8;
use Encode ();
use FindBin;
use lib $FindBin::RealBin;
use POSIX ();
use Test::More;
use PollWorld;

plan skip_all => 'tomozuna-feed is not built' if !Tomozuna::Private::program('feed');
binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;

my $w = world();
# The week before this one, and its number.
my $then = time + 9 * 3600 - 7 * 86400;
my $week = POSIX::strftime('%V', gmtime $then) + 0;
my $monday = POSIX::strftime('%Y-%m-%d', gmtime($then - 86400 * (((gmtime $then)[6] + 6) % 7)));

sub entry {
    my ($id, $title, $text) = @_;
    my $date = POSIX::strftime('%a, %d %b %Y %H:%M:%S +0000', gmtime);
    return Encode::encode('UTF-8', qq{<rss version="2.0"><channel><title>t</title><item><guid isPermaLink="false">$id</guid><title>$title</title>}
        . "<description>$text</description><pubDate>$date</pubDate></item></channel></rss>");
}

sub figures {
    return join '; ', map { tr/\t/ /r } $w->sql('SELECT f.municipality, f.disease, f.week_on, f.hundredths FROM care_bulletin_figure f
        JOIN care_bulletin b ON b.id = f.bulletin_id WHERE b.state = "issued" ORDER BY f.municipality, f.disease');
}

$w->sources(health => { topic => 'health', areas => '99401 99402', label => '架空県' }, weather => { topic => 'weather', areas => '99401' });
$w->{of} = 'health';
$w->import_documents(entry('a', "感染症週報（第${week}週）", 'インフルエンザの定点当たり報告数は12.34、全国の定点当たり報告数は10.12でした。'));
is(figures(), "00000 influenza $monday 1012; 99401 influenza $monday 1234; 99402 influenza $monday 1234", 'in each town of the source, and of all Japan');
$w->import_documents(entry('a', "感染症週報（第${week}週）訂正", 'インフルエンザの定点当たり報告数は12.43でした。'));
is(figures(), "99401 influenza $monday 1243; 99402 influenza $monday 1243", 'what the entry says otherwise counts instead');
$w->import_documents(entry('b', "手足口病（第${week}週）", '定点当たり0.50'));
is(figures() =~ tr/;//, 3, 'another entry adds its own');
$w->replay;
is(figures() =~ tr/;//, 3, 'as many when all is read again');
$w->{of} = 'weather';
$w->import_documents(entry('c', "水痘（第${week}週）", '定点当たり0.75'));
unlike(figures(), qr/varicella/, 'nothing of a source of another topic');
is($w->value('SELECT COUNT(*) FROM care_bulletin_figure f LEFT JOIN care_bulletin b ON b.id = f.bulletin_id WHERE b.id IS NULL'), 0, 'each has its source');

done_testing;
