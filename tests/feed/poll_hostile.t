#!/usr/bin/perl
# Servers that are slow, endless, broken or hostile, all at once: each is given
# up in its time and bytes with a reason, what was there stays, and a source
# that is well is not delayed by the others.
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
my $elsewhere = Tomozuna::Private::free_port();

# Name => [how it is served, what the reason says, settings].
my %CASE = (
    drip      => ['drip 5', qr/Timeout|too slow/, { timeout_ms => 3000 }],
    hang      => ['hang', qr/Timeout/, { timeout_ms => 3000 }],
    endless   => ['endless', qr/longer than bytes_max/],
    bomb      => ['bomb 2000', qr/longer than bytes_max/],
    headers   => ['headers', qr/headers do not end|Out of memory|write|Failed|weird/i],
    length    => ['length 99999999', qr/longer than bytes_max/],
    cut       => ['cut', qr/partial|Transferred/i],
    empty     => ['empty', qr/cannot be read/],
    error     => ['status 500', qr/answers with an error/],
    missing   => ['status 404', qr/does not have it/],
    later     => ["status 503\nretry 300", qr/asks to wait/],
    plain     => ['redirect http://localhost/x', qr/not https/],
    file      => ['redirect file:///etc/passwd', qr/not https/],
    loop      => ['redirect /loop.xml', qr/without end/],
    nowhere   => ["redirect https://0.0.0.0:$w->{port}/good.xml", qr/not on the internet/],
    v6        => ["redirect https://[::]:$w->{port}/good.xml", qr/not on the internet/],
    document  => ["redirect https://203.0.113.1/", qr/not on the internet/],
    private   => [undef, qr/not on the internet/, { private_address => 0 }],
    literal   => [undef, qr/not on the internet/, { private_address => 0, url => "https://127.0.0.1:$w->{port}/literal.xml" }],
    mapped    => [undef, qr/not on the internet/, { private_address => 0, url => "https://[::ffff:127.0.0.1]:$w->{port}/mapped.xml" }],
    stranger  => [undef, qr/certificate|SSL/i, { ca_file => '/etc/ssl/certs/ca-certificates.crt' }],
    wrongname => [undef, qr/certificate|SSL/i, { url => "https://127.0.0.1:$w->{port}/wrongname.xml" }],
    refused   => [undef, qr/connect/i, { url => "https://localhost:$elsewhere/" }],
    doctype   => [undef, qr/cannot be read/],
    garbage   => [undef, qr/cannot be read/],
);

my $rss = sub { my ($name) = @_; $w->rss("$name.xml", [$name, "よい $name", 'Sun, 22 Nov 2026 09:00:00 +0900']) };
my %usual = (interval_s => 1, timeout_ms => 30000, bytes_max => 1048576, topic => 'health', stale_after_s => 1);
my %source = map { $_ => { %usual, %{ $CASE{$_}[2] // {} } } } keys %CASE;
$rss->($_) for 'good', keys %CASE;

sub source { my ($column, $name) = @_; return $w->value("SELECT $column FROM care_bulletin_source WHERE name = '$name'") }
sub bulletins { return join ',', $w->sql("SELECT state FROM care_bulletin WHERE source = '$_[0]'") }

subtest 'first all is well' => sub {
    $w->poll(good => \%usual, map { $_ => { %usual } } keys %CASE);
    ok(wait_for($PATIENCE, sub { $w->value('SELECT COUNT(*) FROM care_bulletin') == 1 + keys %CASE }), 'each has its bulletin');
    $w->stop_gateway('feed');
};

for my $name (keys %CASE) {
    $rss->($name);
    $w->rss("$name.xml", [$name, "neu $name", 'Sun, 22 Nov 2026 09:00:00 +0900']);
    $w->how("$name.xml", $CASE{$name}[0]);
}
$w->place('doctype.xml', qq{<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title></channel></rss>});
$w->place('garbage.xml', "\x00\xff garbage " x 1000);
$w->sql('UPDATE care_bulletin_source SET asked_at = NULL');
my $pid = $w->poll(good => { %usual, stale_after_s => 0 }, %source);

subtest 'each is given up with its reason' => sub {
    for my $name (sort keys %CASE) {
        ok(wait_for($PATIENCE, sub { (source('failures', $name) // 0) > 0 }), "$name fails");
        like(source('reason', $name) // '', $CASE{$name}[1], '  and says why');
        is(bulletins($name), 'issued', '  what was there stays');
    }
    my $most = Tomozuna::Private::slurp("/proc/$pid/status") =~ /VmHWM:\s+(\d+)/ ? $1 : 0;
    my $sanitized = Tomozuna::Private::slurp("/proc/$pid/maps") =~ /lib[a-z]san/;   # its shadow counts, too
    cmp_ok($most, '<', ($sanitized ? 256 : 64) * 1024, "in $most KiB");
};

subtest 'the one that is well' => sub {
    my @good = $w->requests('/good.xml');
    my $before = @good;
    ok(wait_for($PATIENCE, sub { $w->requests('/good.xml') > $before + 3 }), 'is asked meanwhile');
    is(source('failures', 'good'), 0, 'without a failure');
};

subtest 'how often a broken one is asked' => sub {
    is((grep { $_->{status} == 503 } $w->requests('/later.xml')), 1, 'Retry-After is waited for');
    my @error = grep { $_->{status} == 500 } $w->requests('/error.xml');
    my $polls = $w->requests('/good.xml');
    cmp_ok(scalar @error, '<', $polls, 'others less and less often');
};

subtest 'the alarm' => sub {
    ok(wait_for($PATIENCE, sub { source('stale_at IS NOT NULL', 'error') }), 'after some time without an answer');
    is($w->value(q{SELECT COUNT(*) FROM lib_event WHERE topic = 'bulletin.source_stale' AND sentence_en LIKE '%error%'}), 1, 'is told once');
    is(source('stale_at IS NULL', 'good'), 1, 'not of one that is well');
    $w->how('error.xml', undef);
    $w->sql(q{UPDATE care_bulletin_source SET asked_at = NULL});
    $w->poll(error => { %usual, stale_after_s => 20 });
    ok(wait_for($PATIENCE, sub { source('stale_at IS NULL AND good_at IS NOT NULL', 'error') }), 'and ends');
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM lib_event WHERE topic = 'bulletin.source_back' AND sentence_en LIKE '%error%'}) == 1 }), 'which is told, too');
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM care_bulletin WHERE title = 'neu error' AND state = 'issued'}) }), 'what had waited is there');
};

subtest 'telegrams that cannot be had' => sub {
    my %links = (%usual, entries => 'links', topic => 'weather');
    $w->place('t_good.xml', telegram());
    $w->place('t_doctype.xml', '<!DOCTYPE x><x/>');
    $w->place('t_gone.xml', 'x', 'status 410');
    $w->place('t_late.xml', telegram(at => time - 600), "status 503\nretry 1");
    $w->place('t_bomb.xml', 'x', 'bomb 2000');
    $w->atom('links.xml', map { "t_$_.xml" } qw(bomb doctype gone late good));
    $w->poll(links => \%links);
    my $state = sub { $w->value("SELECT state FROM feed_document WHERE url LIKE '%/t_$_[0].xml'") // '' };
    ok(wait_for($PATIENCE, sub { $state->('good') eq 'fetched' }), 'do not keep the others back');
    ok(wait_for($PATIENCE, sub { $state->('doctype') eq 'refused' && $state->('gone') eq 'gone' }), 'refused, and gone');
    is($w->value('SELECT COUNT(*) FROM feed_telegram WHERE refused IS NOT NULL'), 1, 'what was refused is kept');
    is($state->('late'), 'due', 'one to come back for');
    $w->how('t_late.xml', undef);
    ok(wait_for($PATIENCE, sub { $state->('late') eq 'fetched' }), 'is fetched in time');
    $w->sql(q{UPDATE feed_document SET attempts = 5, not_before = UTC_TIMESTAMP(3) WHERE url LIKE '%/t_bomb.xml'});
    $w->poll(links => \%links);
    ok(wait_for($PATIENCE, sub { $state->('bomb') eq 'gone' }), 'after six tries it is given up');
    is((grep { $_->{twice} } $w->requests('/t_good.xml')), 0, 'nothing twice');
};

subtest 'links to elsewhere' => sub {
    my $base = $w->base;
    $w->place('evil.xml', qq{<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><id>i</id><updated>2026-11-22T00:00:00Z</updated>}
        . join('', map { qq{<entry><title>x</title><id>$_</id><updated>2026-11-22T00:00:00Z</updated><link href="$_"/></entry>} }
            'https://169.254.169.254/latest', "https://localhost:$elsewhere/x.xml", 'http://localhost/x.xml', 'file:///etc/passwd', "$base/t_good.xml")
        . '</feed>');
    $w->poll(evil => { %usual, entries => 'links' });
    ok(wait_for($PATIENCE, sub { source('good_at IS NOT NULL', 'evil') }), 'a feed that names other hosts');
    is(join(' ', $w->sql(q{SELECT url FROM feed_document WHERE source = 'evil'})), "$base/t_good.xml", 'leads to none of them');
};

subtest 'a database that goes away' => sub {
    $w->place('t_held.xml', telegram(at => time - 60));
    $w->place('t_held2.xml', telegram(at => time - 30));
    $w->atom('held.xml', 't_held.xml');
    $w->poll(held => { %usual, entries => 'links' });
    ok(wait_for($PATIENCE, sub { $w->requests('/t_held.xml') == 1 }), 'one is fetched');
    kill STOP => $w->{mariadb};
    $w->atom('held.xml', 't_held2.xml', 't_held.xml');
    my $polls = $w->requests();
    select undef, undef, undef, 4;
    cmp_ok($w->requests() - $polls, '<=', 2, 'nothing is asked while nothing can be stored');
    kill CONT => $w->{mariadb};
    ok(wait_for($PATIENCE, sub { $w->value(q{SELECT COUNT(*) FROM feed_document WHERE url LIKE '%/t_held%' AND state = 'fetched'}) == 2 }), 'then it goes on');
    is((grep { $_->{twice} } grep { $_->{path} =~ /t_held/ } $w->requests()), 0, 'and fetched nothing twice');
};

done_testing;
