#!/usr/bin/perl
# What doctor says of public feeds: no answer, answers without news, and telegrams
# that were not understood are three things.
use strict;
use warnings;
use utf8;
use FindBin;
use lib "$FindBin::Bin/../ca";
use JSON::PP;
use Test::More;
use World;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);
plan skip_all => 'tomozuna is not built' if !World::program('deploy/tomozuna/tomozuna');

my $w = World->new;

# A source by the minutes since its last answer and its last news.
sub source {
    my ($name, $good, $news, $more) = @_;
    $w->sql("INSERT INTO care_bulletin_source (name, label, topic, interval_s, stale_after_s, silent_after_s, since, good_at, news_at, reason)
        VALUES ('$name', 'l', 'weather', 60, 600, 7200, UTC_TIMESTAMP(3) - INTERVAL 9 DAY, UTC_TIMESTAMP(3) - INTERVAL $good MINUTE,
        UTC_TIMESTAMP(3) - INTERVAL $news MINUTE, 'Timeout was reached')");
    $w->sql("UPDATE care_bulletin_source SET $more WHERE name = '$name'") if $more;
    return;
}

sub said {
    my %by = map { $_ => '' } @_;
    for my $f (@{ decode_json(($w->tomozuna('doctor', '--json'))[1])->{findings} }) {
        push @{ $by{ $f->{id} } }, "$f->{state}: $f->{en}{found}" if $f->{id} =~ /\Afeeds/;
    }
    return \%by;
}

source('well', 1, 5);
like(said()->{'feeds.fine'}[0], qr/1 come/, 'one that is well');
source('gone', 30, 40);
my $all = said();
like($all->{'feeds.stale'}[0], qr/wrong: gone: no answer that can be read for 30 minutes \(Timeout was reached\)/, 'one that gives no answer');
ok(!$all->{'feeds.silent'}, 'is not silent besides');
ok(!$all->{'feeds.fine'}, 'and all is not fine');
$w->sql('DELETE FROM care_bulletin_source');
source('mute', 1, 300, 'stale_at = UTC_TIMESTAMP(3)');
$all = said();
like($all->{'feeds.silent'}[0], qr/wrong: mute: answers, but nothing new for 5 hours/, 'one that answers and has nothing new');
ok(!$all->{'feeds.stale'}, 'does answer');
$w->sql('UPDATE care_bulletin_source SET silent_after_s = 0, stale_at = NULL');
ok(said()->{'feeds.fine'}, 'unless it may be silent');
$w->sql(q{UPDATE care_bulletin_source SET unread = 3, unread_at = UTC_TIMESTAMP(3), unread_why = 'no such type'});
like(said()->{'feeds.unread'}[0], qr/look: mute: 3 telegrams so far were not understood \(last: no such type\)/, 'telegrams that were not understood');
like(($w->tomozuna('doctor', '--metrics'))[1], qr/^tomozuna_feeds_not_understood 3$/m, 'as a number, too');
$w->sql(q{UPDATE care_bulletin_source SET unread_at = UTC_TIMESTAMP(3) - INTERVAL 8 DAY});
ok(!said()->{'feeds.unread'}, 'for a week');
$w->sql(q{UPDATE care_bulletin_source SET strange = 'VPZZ50 VQZZ99', strange_at = UTC_TIMESTAMP(3)});
$all = said();
like($all->{'feeds.strange'}[0], qr/look: mute: .* not fetched \(VPZZ50 VQZZ99\)/, 'types that nobody knows');
ok(!$all->{'feeds.unread'}, '  whose advice is another: none of them was fetched');
like(($w->tomozuna('doctor', '--metrics'))[1], qr/^tomozuna_feeds_not_understood 2$/m, '  are counted as well');
$w->sql(q{UPDATE care_bulletin_source SET strange_at = UTC_TIMESTAMP(3) - INTERVAL 8 DAY});
ok(!said()->{'feeds.strange'}, '  for a week');
done_testing;
