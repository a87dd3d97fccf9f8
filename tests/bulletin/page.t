#!/usr/bin/perl
# The page of public bulletins: by town, nothing of another's, drills apart,
# no warning called an order; and the bar on other pages.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Test;

binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;

my $nurse = person('nurse');
my $network = db('SELECT network_id FROM care_user WHERE login = "nurse"');
my ($town) = db('SELECT municipality FROM care_network_municipality WHERE network_id = ? ORDER BY municipality DESC', $network);
my %made;

# A bulletin of the test's own, with what is given by column; its ref.
sub bulletin {
    my (%set) = @_;
    my $area = delete $set{area} // $town;
    my $name = delete $set{name} // "試験警報$$";
    my $ref = join '', map { sprintf '%02x', rand 256 } 1 .. 16;
    %set = (source => "test$$", publisher => '試験気象台', topic => 'weather', status => 'actual', severity => 'moderate', level => 0,
        title => "試験の情報$$", state => 'issued', hours => 1, from => -1, %set);
    my ($hours, $from) = delete @set{qw(hours from)};
    my @name = sort keys %set;
    db('INSERT INTO care_bulletin (ref, issued_at, received_at, from_at, until_at, ' . join(', ', @name) . ') VALUES (?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3),
        UTC_TIMESTAMP(3) + INTERVAL ? HOUR, UTC_TIMESTAMP(3) + INTERVAL ? HOUR' . ', ?' x @name . ')', unhex($ref), $from, $hours, @set{@name});
    db('INSERT INTO care_bulletin_area (municipality, bulletin_id, n, area, kind, code, name, level, severity)
        SELECT ?, id, 1, "試験町", "warning", "03", ?, level, severity FROM care_bulletin WHERE ref = ?', $area, $name, unhex($ref));
    return $ref;
}

sub forget {
    db('DELETE a FROM care_bulletin_area a JOIN care_bulletin b ON b.id = a.bulletin_id WHERE b.source = ?', "test$$");
    db('DELETE FROM care_bulletin WHERE source = ?', "test$$");
    db('DELETE FROM care_bulletin_source WHERE name = ?', "test$$");
    return;
}
END { my $status = $?; forget() if $town; $? = $status }

sub shown { my ($json, $list) = @_; return { map { $_->{id} => $_ } @{ $json->{ $list // 'bulletins' } } } }

my %ref = (
    ours      => bulletin(level => 3, severity => 'severe', headline => "低い土地の浸水に警戒\n<b>x</b>"),
    prefecture => bulletin(area => substr($town, 0, 2) . '000'),
    japan     => bulletin(area => '00000'),
    elsewhere => bulletin(area => '13101'),
    next_door => bulletin(area => substr($town, 0, 2) . '999'),
    over      => bulletin(hours => -1, from => -3),
    long_over => bulletin(hours => -24 * 5, from => -24 * 6),
    replaced  => bulletin(state => 'replaced'),
    retracted => bulletin(state => 'retracted', hours => -1, from => -3),
    drill     => bulletin(status => 'exercise', severity => 'extreme', level => 5),
    ahead     => bulletin(from => 2, hours => 5),
);
my $page = $nurse->get('/bulletins');
is($page->status, 200, 'the page');
my $json = $page->json;
my ($now, $past) = (shown($json), shown($json, 'recent'));
ok($now->{ $ref{$_} }, "$_ is there") for qw(ours prefecture japan ahead);
ok(!$now->{ $ref{$_} }, "$_ is not") for qw(elsewhere next_door over long_over replaced retracted drill);
ok($past->{ $ref{$_} }, "$_ is among what ended") for qw(over retracted);
ok(!$past->{ $ref{$_} }, "$_ is not") for qw(long_over replaced ours);
is($now->{ $ref{ours} }{areas}[0]{name}, "試験警報$$", 'what holds where');
is($now->{ $ref{ahead} }{ahead}, JSON::PP::true(), 'what is still to come is named so');
is($json->{bulletins}[0]{severity}, (sort { rank($b) <=> rank($a) } map { $_->{severity} } @{ $json->{bulletins} })[0], 'the most severe first');

sub rank { return { unknown => 0, minor => 1, moderate => 2, severe => 3, extreme => 4 }->{ $_[0] } }

my $html = $nurse->page('/bulletins')->text;
like($html, qr/警戒レベル3相当（避難の指示ではありません）/, 'a level is only equivalent');
like($html, qr/避難指示・緊急安全確保は市町村長が出すもの/, 'and the page says whose an order is');
like($html, qr/&lt;b&gt;x/, 'what a feed says is never markup');
unlike($html, qr/<b>x/, '  at all');

my $drills = shown($nurse->get('/bulletins/drills')->json);
ok($drills->{ $ref{drill} } && !$drills->{ $ref{ours} }, 'drills have a page of their own');
like($nurse->page('/bulletins/drills')->text, qr/訓練・試験のための情報です。実際の災害ではありません。/, 'which says so');

# ---- whose words, and what was not understood ----

my $claim = bulletin(publisher => '気象庁', claimed => "試験地方気象台$$", understood => 0, headline => "新しい形の見出し$$", severity => 'unknown');
my $shown = shown($nurse->get('/bulletins')->json)->{$claim};
is("$shown->{publisher}/$shown->{claimed}/$shown->{understood}", "気象庁/試験地方気象台$$/0", 'a claim stands beside the publisher');
$html = $nurse->page('/bulletins')->text;
like($html, qr/気象庁\s+（電文の名のり：試験地方気象台$$）/, '  on the page, too');
like($html, qr/内容を読み取れていません.*新しい形の見出し$$.*見出しだけを伝えています/s, 'what was not understood shows its headline and says so');
unlike($html, qr/名のり：試験気象台/, 'who claims nothing has no claim');

# ---- the open door ----

my $id = db('SELECT LOWER(HEX(ref)) FROM care_network WHERE id = ?', $network);
my $resident = client(door => 'open');
my $public = $resident->get("/bulletins/$id");
is($public->status, 200, 'a resident reads them without a certificate');
ok(shown($public->json)->{ $ref{ours} }, '  the same');
is($resident->get('/bulletins/' . 'ab' x 16)->status, 404, '  of a network that there is');
is($resident->get('/bulletins')->status, 404, '  and of no viewer');

# ---- a source that stopped ----

unlike($html, qr/届かなくなっている情報/, 'all sources come') if !db('SELECT COUNT(*) FROM care_bulletin_source WHERE stale_at IS NOT NULL');
db('INSERT INTO care_bulletin_source (name, label, topic, interval_s, stale_after_s, silent_after_s, since, stale_at) VALUES (?, "試験源", "weather", 60, 600, 0,
    UTC_TIMESTAMP(3) - INTERVAL 1 DAY, UTC_TIMESTAMP(3))', "test$$");
like($nurse->page('/bulletins')->text, qr/届かなくなっている情報があります.*試験源.*届いていません/s, 'one that stopped is the first thing said');
db('UPDATE care_bulletin_source SET good_at = UTC_TIMESTAMP(3), news_at = UTC_TIMESTAMP(3) - INTERVAL 3 DAY WHERE name = ?', "test$$");
like($nurse->page('/bulletins')->text, qr/届かなくなっている情報があります.*試験源.*新しいものがありません.*、新しいものは/s, 'one that answers and has nothing new says that');

# ---- the bar on other pages ----

my $bar = sub { $nurse->page('/patients')->text =~ /class="alert-bar[^>]*>(.*?)<\/aside>/s ? $1 : '' };
ok(wait_for(sub { $bar->() =~ /試験警報$$/ }, 30), 'a severe one stands on other pages');
unlike($nurse->page('/bulletins')->text, qr/alert-bar/, 'not on the page itself');
forget();
ok(wait_for(sub { $bar->() !~ /試験警報$$/ }, 30), 'until it is over');

done_testing;
