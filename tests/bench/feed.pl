#!/usr/bin/perl
# feed.pl PROGRAM DIR ROUNDS: how fast tomozuna-feed --check reads documents beside
# xmllint --noout, which only parses them. Both get the same files, turn by turn.
# Prints lines for table.pl; per_s is megabytes a second, p50 and p99 are ms of one
# turn, the program's own figure microseconds of processor time a document.
# The documents are invented: telegrams of warnings, and one long feed.
use strict;
use warnings;
use utf8;
use Time::HiRes 'time';

my ($program, $dir, $rounds) = @ARGV;
mkdir $dir;
my %set = (telegrams => [map { telegram($_) } 1 .. 300], atom => [long_feed()]);

sub keep { my ($name, $text) = @_; open my $out, '>:encoding(UTF-8)', "$dir/$name" or die "$name: $!\n"; print {$out} $text; close $out; return "$dir/$name" }

# As long as the telegrams of a prefecture with forty towns are.
sub telegram {
    my ($n) = @_;
    my $items = sub {
        my ($count, $code) = @_;
        return join '', map { my $i = $_; '<Item>' . join('', map { "<Kind><Name>$$_[1]</Name><Code>$$_[0]</Code><Status>継続</Status></Kind>" } ['03', '大雨警報'], ['14', '雷注意報'], ['18', '洪水注意報'])
            . sprintf("<Area><Name>架空町%d</Name><Code>$code</Code></Area></Item>\n", $i, $i) } 1 .. $count;
    };
    return keep("telegram-$n.xml", qq{<?xml version="1.0" encoding="UTF-8"?>
<Report xmlns="http://xml.kishou.go.jp/jmaxml1/"><Control><Title>気象警報・注意報（Ｈ２７）</Title><DateTime>2026-05-28T00:00:00Z</DateTime><Status>通常</Status><EditorialOffice>架空地方気象台</EditorialOffice></Control>
<Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/"><Title>架空県気象警報・注意報</Title><ReportDateTime>2026-05-28T09:00:00+09:00</ReportDateTime><EventID/><InfoType>発表</InfoType><Serial/><Headline><Text>大雨に警戒してください。</Text></Headline></Head>
<Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/meteorology1/">
<Warning type="気象警報・注意報（市町村等をまとめた地域等）">} . $items->(12, '9900%02d') . qq{</Warning>
<Warning type="気象警報・注意報（市町村等）">} . $items->(40, '99%03d00') . "</Warning></Body></Report>\n");
}

sub long_feed {
    return keep('atom.xml', qq{<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>長期</title><updated>2026-05-28T00:00:00Z</updated>\n}
        . join('', map { qq{<entry><title>気象警報・注意報</title><id>https://feed.example/data/$_.xml</id><updated>2026-05-28T00:00:00Z</updated><author><name>架空地方気象台</name></author><link type="application/xml" href="https://feed.example/data/$_.xml"/><content type="text">【架空県気象警報・注意報】大雨に警戒してください。</content></entry>\n} } 1 .. 8000) . '</feed>');
}

# Runs a command on all files; seconds and microseconds of processor time.
sub turn {
    my ($files, @command) = @_;
    my @before = times;
    my $from = time;
    my $pid = fork // die "$!\n";
    if (!$pid) { open STDOUT, '>', '/dev/null'; exec @command, @$files; die "$command[0]: $!\n" }
    waitpid $pid, 0;
    die "$command[0] failed\n" if $?;
    my @after = times;
    return (time - $from, 1e6 * ($after[2] + $after[3] - $before[2] - $before[3]));
}

for my $set (sort keys %set) {
    my $files = $set{$set};
    my $bytes = 0;
    $bytes += -s for @$files;
    for my $round (0 .. $rounds) {
        for my $row (["feed.xmllint.$set", '-', 'xmllint', '--noout'], ["feed.check.$set", "feed.xmllint.$set", $program, '--check']) {
            my ($name, $peer, @command) = @$row;
            my ($s, $us) = turn($files, @command);
            printf "%s %d - - %s %.2f %.2f %.2f 0 0 %.1f 0\n", $name, $round, $peer, $bytes / 1e6 / $s, 1000 * $s, 1000 * $s, $us / @$files if $round;
        }
    }
}
