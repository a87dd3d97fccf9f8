#!/usr/bin/perl
# T-28: the doorbell's line of whoever signed out or whose device was shut out ends
# within seconds, its channel opens no other, and everyone else's stays.
use strict;
use warnings;
use utf8;
use IO::Socket::SSL;
use Test::More;
use Time::HiRes qw(time);
use Tomozuna::Device;
use Tomozuna::Patient;
use Tomozuna::Test;

my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my ($host, $port) = demo('URL') =~ m{https://([^:/]+):(\d+)};

# A line of somebody, as a browser holds it: [socket, answer's first line].
sub line_of {
    my ($who, $channel) = @_;
    my $s = IO::Socket::SSL->new(PeerAddr => '127.0.0.1', PeerPort => $port, SSL_hostname => $host, SSL_verifycn_name => $host,
        SSL_ca_file => demo('CA'), SSL_cert_file => $who->{certificate}, SSL_key_file => $who->{key}, Timeout => 10) or die "$SSL_ERROR\n";
    print {$s} "GET /bell/$channel HTTP/1.1\r\nHost: $host:$port\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n";
    my $first = <$s> // '';
    return [$s, $first];
}

# Whether the line has ended within so many seconds.
sub ends {
    my ($line, $seconds) = @_;
    my ($s) = @$line;
    my $end = time + $seconds;
    $s->blocking(0);
    while (time < $end) {
        my $n = sysread $s, my $bytes, 4096;
        return 1 if defined $n && $n == 0;
        return 1 if !defined $n && !$!{EAGAIN} && !$!{EWOULDBLOCK};
        select undef, undef, undef, 0.05;
    }
    return 0;
}
sub channel { return $_[0]->get("/timeline/$patient/state")->json->{channel} }

my $doctor = Tomozuna::Device::device('doctor');
my $manager = person('manager');
$doctor->sign_in;
for my $how ('signs out', 'has her device shut out') {
    my $nurse = Tomozuna::Device::device('nurse');
    $nurse->sign_in;
    my $channel = channel($nurse);
    my $hers = line_of($nurse, $channel);
    my $other = line_of($doctor, channel($doctor));
    like($hers->[1], qr/ 200 /, "the nurse who $how waits on a line");
    like($other->[1], qr/ 200 /, '  a colleague on another');
    ok(!ends($hers, 1), '  which stays open');
    my $at = time;
    is(($how eq 'signs out' ? $nurse->post('/sign-out', {}) : $manager->post("/devices/$nurse->{device}/revoke", {}))->status, 204, "  she $how");
    ok(ends($hers, 50), '  her line ends');
    soon(time - $at, 5, '  within five seconds');
    unlike(line_of($nurse, $channel)->[1], qr/ 200 /, '  and its channel opens no other');
    ok(!ends($other, 1), '  her colleague\'s stays');
}
done_testing;
