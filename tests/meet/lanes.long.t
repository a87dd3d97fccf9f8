#!/usr/bin/perl
# A provider that takes every request and answers none holds up its own network alone, which has one
# meeting under way at a time; and whoever waits for it when the gateway stops is waited for.
use strict;
use warnings;
use utf8;
use FindBin;
use IO::Socket::SSL;
use POSIX 'WNOHANG';
use Time::HiRes ();
use lib "$FindBin::RealBin/../lib";
use Test::More;
use Tomozuna::Private qw(free_port start stop wait_for answers slurp spew);

plan skip_all => 'tomozuna-meet is not built' if !Tomozuna::Private::program('meet');
my $SLOW_S = $ENV{TOMOZUNA_SLOW} // 12;    # how long a request to it lasts

my $w = Tomozuna::Private->new('meeting', 'meet');
my ($dir, $port) = ($w->{dir}, free_port());
system("openssl req -x509 -newkey rsa:2048 -nodes -keyout $dir/server.key -out $dir/server.crt -days 30 -subj /CN=server -addext subjectAltName=IP:127.0.0.1 >/dev/null 2>&1") == 0 or die 'openssl';
my $mute = start("$dir/mute.err", sub {
    $SIG{CHLD} = 'IGNORE';
    my $server = IO::Socket::INET->new(LocalAddr => "127.0.0.1:$port", Listen => 64, ReuseAddr => 1) or die $!;
    while (1) {
        my $c = $server->accept or next;
        next if fork;
        IO::Socket::SSL->start_SSL($c, SSL_server => 1, SSL_cert_file => "$dir/server.crt", SSL_key_file => "$dir/server.key") and sleep 10 * $SLOW_S;
        exit;
    }
});
answers($port);
$ENV{CREDENTIALS_DIRECTORY} = "$dir/conf";
spew("$dir/conf/meet_$_", "s3cret\n") for 999997, 999998;
$w->sql("INSERT INTO care_network (id, ref, code, nickname, colour, sender, phone) VALUES (2, RANDOM_BYTES(16), '999998', '隣', '#336699', '隣', '0000-00-0000');
    INSERT INTO meeting_provider (network_id, kind, origin, client, probe) VALUES (1, 'jitsi', 'https://127.0.0.1:$port', 'tomozuna', 1), (2, 'jitsi', 'https://meet.example', 'tomozuna', 0)");

sub meeting {
    my ($network) = @_;
    my $ref = join '', map { sprintf '%02x', rand 256 } 1 .. 16;
    $w->sql("INSERT INTO meeting_meeting (ref, network_id, kind, title, starts_at, ends_at, organizer_id, organizer_name, made_at, asked_at, room, act_due_at)
        VALUES (UNHEX('$ref'), $network, 'training_course', 'x', '2099-11-25 01:00:00', '2099-11-25 02:00:00', 4, 'x', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), '$ref', UTC_TIMESTAMP(3))");
    return $ref;
}
sub count { my ($where) = @_; return $w->value("SELECT COUNT(*) FROM meeting_meeting WHERE $where") }

my @slow = map { meeting(1) } 1 .. 3;
$w->gateway('meet', notices_dir => undef, meet_ca => "$dir/server.crt", meet_timeout_s => $SLOW_S);
ok(wait_for(6, sub { count("network_id = 1 AND act_lease_until > UTC_TIMESTAMP(3)") }), 'a provider is asked, and does not answer');
my $from = Time::HiRes::time();
my @other = map { meeting(2) } 1 .. 5;
ok(wait_for(30, sub { count("network_id = 2 AND state = 'scheduled'") == 5 }), 'five meetings of another network');
my $took = Time::HiRes::time() - $from;
diag(sprintf 'scheduled after %.1f s beside a provider whose requests last %d s', $took, $SLOW_S);
is(count("network_id = 1 AND act_attempts > 0") . ' ' . count('network_id = 1 AND act_reason IS NOT NULL'), '1 0', '  before its first request has ended, and of its network that one meeting alone was begun');
ok(wait_for(10 * $SLOW_S, sub { count("network_id = 1 AND act_reason = 'unavailable'") >= 2 }), 'the others of its own network follow');
is(count("network_id = 1 AND state <> 'draft'"), 0, '  drafts, all');
ok(wait_for(30, sub { count('network_id = 1 AND act_lease_until > UTC_TIMESTAMP(3)') }), 'under way again');
my $pid = delete $w->{pid}{meet};
kill TERM => $pid;
ok(wait_for(10 * $SLOW_S, sub { waitpid($pid, WNOHANG) == $pid }) && $? == 0, '  it stops in order, when what is under way has ended');
is(count('act_lease_until > UTC_TIMESTAMP(3)'), 0, '  with nothing left half');
stop($mute);
done_testing;
