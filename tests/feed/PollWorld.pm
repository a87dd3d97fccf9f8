package PollWorld;

# A world for tests of polling and storing: a MariaDB of its own, the feed server
# that misbehaves on command, and invented telegrams.

use strict;
use warnings;
use utf8;
use Encode ();
use FindBin;
use POSIX ();
use lib "$FindBin::RealBin/../lib";
use Tomozuna::Private qw(free_port start stop wait_for answers slurp spew $ROOT);
use Exporter 'import';
our @EXPORT = qw(world telegram place atom rss how wait_for);

my $OFFICE = 'むつみ地方気象台（架空）';

sub japan { return POSIX::strftime('%Y-%m-%dT%H:%M:00+09:00', gmtime($_[0] + 9 * 3600)) }
sub utc { return POSIX::strftime('%Y-%m-%dT%H:%M:%SZ', gmtime $_[0]) }

sub world {
    my $w = Tomozuna::Private->new('feed');
    bless $w, 'PollWorld::World';
    $w->{feeds} = "$w->{dir}/feeds";
    mkdir $w->{feeds};
    $w->{port} = free_port();
    return $w;
}

# One telegram of JMA's form: type, at, title, and by name what differs. `kinds` is
# [[code, name, status], …] in the town, or [] for none.
sub telegram {
    my (%t) = (type => 'VPWW54', control => '気象警報・注意報（Ｈ２７）', title => 'むつみ地方気象警報・注意報', status => '通常',
        info => '発表', serial => '', kinds => [['03', '大雨警報', '発表']], text => 'むつみ町では大雨に警戒してください。',
        warning => '気象警報・注意報（市町村等）', at => time, area => '9940100', office => $OFFICE, @_);
    $t{sent} //= $t{at};
    my $event = defined $t{event} ? "<EventID>$t{event}</EventID>" : '<EventID/>';
    my $kinds = join '', map { "<Kind><Name>$_->[1]</Name><Code>$_->[0]</Code><Status>$_->[2]</Status></Kind>" } @{ $t{kinds} };
    my $item = @{ $t{kinds} } ? "<Item>$kinds<Area><Name>むつみ町</Name><Code>$t{area}</Code></Area></Item>" : '';
    my $body = $t{info} eq '取消' ? '<Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/meteorology1/"><Text>取り消します。</Text></Body>'
        : qq{<Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/meteorology1/"><Warning type="$t{warning}">$item</Warning></Body>};
    return Encode::encode('UTF-8', qq{<?xml version="1.0" encoding="UTF-8"?>
<Report xmlns="http://xml.kishou.go.jp/jmaxml1/" xmlns:jmx="http://xml.kishou.go.jp/jmaxml1/">
<Control><Title>$t{control}</Title><DateTime>@{[utc($t{sent})]}</DateTime><Status>$t{status}</Status><EditorialOffice>$t{office}</EditorialOffice><PublishingOffice>$t{office}</PublishingOffice></Control>
<Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/"><Title>$t{title}</Title><ReportDateTime>@{[japan($t{at})]}</ReportDateTime><TargetDateTime>@{[japan($t{at})]}</TargetDateTime>$event<InfoType>$t{info}</InfoType><Serial>$t{serial}</Serial><InfoKind>気象警報・注意報</InfoKind><InfoKindVersion>1.0_0</InfoKindVersion><Headline><Text>$t{text}</Text></Headline></Head>
$body
</Report>
});
}

package PollWorld::World;

use parent -norequire, 'Tomozuna::Private';
BEGIN { Tomozuna::Private->import(qw(start stop wait_for answers slurp spew)) }

sub base { return "https://localhost:$_[0]{port}" }

# A file of the feed server; `how` is its words.
sub place {
    my ($w, $name, $octets, $how) = @_;
    spew("$w->{feeds}/$name", $octets);
    return $w->how($name, $how);
}

sub how {
    my ($w, $name, $how) = @_;
    return defined $how ? spew("$w->{feeds}/$name.how", "$how\n") : unlink "$w->{feeds}/$name.how";
}

# An Atom feed of links, newest first.
sub atom {
    my ($w, $name, @links) = @_;
    my $base = $w->base;
    my $entries = join '', map { my $at = PollWorld::utc(time);
        "<entry><title>x</title><id>$base/$_#r</id><updated>$at</updated><link type=\"application/xml\" href=\"$base/$_\"/></entry>\n" } @links;
    $w->place($name, qq{<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>$base/$name</id><updated>}
        . PollWorld::utc(time) . "</updated>\n$entries</feed>\n");
    return;
}

# RSS 2.0; items are [id, title, RFC 822 date].
sub rss {
    my ($w, $name, @items) = @_;
    my $items = join '', map { Encode::encode('UTF-8', "<item><guid isPermaLink=\"false\">$_->[0]</guid><title>$_->[1]</title><pubDate>$_->[2]</pubDate></item>\n") } @items;
    $w->place($name, qq{<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>t</title><link>https://a.example/</link><description>d</description>\n$items</channel></rss>\n});
    return;
}

sub serve {
    my ($w, @options) = @_;
    $w->{server} = start("$w->{dir}/feeds.err", "$Tomozuna::Private::ROOT/tests/standin/feeds", '--listen', "127.0.0.1:$w->{port}",
        '--folder', $w->{feeds}, '--tls', "$w->{dir}/tls", '--log', "$w->{dir}/feeds.log", @options);
    answers($w->{port}) or die slurp("$w->{dir}/feeds.err");
    return;
}

# Writes the file of sources ({ name => { setting => value } }) …
sub sources {
    my ($w, %source) = @_;
    my $text = '';
    for my $name (sort keys %source) {
        my %s = (url => $w->base . "/$name.xml", label => 'l', entries => 'items', areas => '99401', interval_s => 1, timeout_ms => 15000,
            private_address => 1, ca_file => "$w->{dir}/tls/ca.crt", %{ $source{$name} });
        $text .= "[$name]\n" . join('', map { "$_ = $s{$_}\n" } sort keys %s);
    }
    spew("$w->{dir}/conf/sources", Encode::encode('UTF-8', $text));
    return;
}

# … and starts the gateway.
sub poll {
    my ($w, %source) = @_;
    $w->sources(%source);
    $w->stop_gateway('feed');
    $w->settings;
    return $w->{pid}{feed} = start("$w->{dir}/feed.log", Tomozuna::Private::program('feed'), '--config', "$w->{dir}/conf/feed.conf");
}

# The requests so far, of a path or all: hashes of the log's lines.
sub requests {
    my ($w, $path) = @_;
    return grep { !defined $path || $_->{path} eq $path }
        map { my %r = /"(\w+)":"((?:[^"\\]|\\.)*)"/g; s/\\(.)/$1/g for values %r; \%r } split /\n/, slurp("$w->{dir}/feeds.log");
}

# Imports documents (octets) in this order, as of the source $w->{of} if it is set;
# what the program said.
sub import_documents {
    my ($w, @documents) = @_;
    my $folder = "$w->{dir}/import";
    mkdir $folder;
    my $n = $w->{imported} // 0;
    my @path = map { my $path = sprintf '%s/%05d.xml', $folder, ++$n; spew($path, $_); $path } @documents;
    $w->{imported} = $n;
    spew("$w->{dir}/conf/sources", '') if !-e "$w->{dir}/conf/sources";
    $w->settings;
    my $of = defined $w->{of} ? "--source $w->{of}" : '';
    my $under = $w->{under} // '';            # another program, that runs it
    my $said = `$under '${\Tomozuna::Private::program('feed')}' --import --config $w->{dir}/conf/feed.conf $of @path 2>$w->{dir}/import.err`;
    return $said . slurp("$w->{dir}/import.err");
}

sub replay {
    my ($w) = @_;
    $w->settings;
    return scalar `'${\Tomozuna::Private::program('feed')}' --replay --config $w->{dir}/conf/feed.conf 2>&1`;
}

sub settings {
    my ($w) = @_;
    my %all = (run_dir => "$w->{dir}/run", journal_dir => $w->{dir}, key_file => "$w->{dir}/conf/key", db_socket => $w->{socket},
        db_user => 'tomozuna_feed', db_password_file => "$w->{dir}/conf/feed-db-password", sources_file => "$w->{dir}/conf/sources",
        origin => 'https://care.example', open_origin => 'https://family.example', db_timeout_ms => 20000);
    spew("$w->{dir}/conf/feed.conf", join '', map { "$_ = $all{$_}\n" } sort keys %all);
    return;
}

1;
