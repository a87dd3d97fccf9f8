#!/usr/bin/perl
# T-28: the doorbell's line of whoever signed out, whose device or account was shut out or
# who left the team ends within seconds, and its channel opens no other.
use strict;
use warnings;
use utf8;
use IO::Socket::SSL;
use Test::More;
use Time::HiRes qw(time);
use Tomozuna::Device;
use Tomozuna::Patient;
use Tomozuna::Test;

my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper');
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

$ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
sub admin { my ($status) = program('tomozuna', '--config', demo('CONF') . '/admin.conf', @_); return $status }

my $doctor = Tomozuna::Device::device('doctor');
my $manager = person('manager');
my $suspended;
END { local $?; admin(qw(user resume helper)) if $suspended }
$doctor->sign_in;
# Each way, by whom it is done, and what that answers.
my %way = (
    'signs out' => [nurse => sub { $_[0]->post('/sign-out', {})->status }, 204],
    'has her device shut out by the manager' => [nurse => sub { $manager->post("/devices/$_[0]->{device}/revoke", {})->status }, 204],
    'has her device shut out by the administrator' => [nurse => sub { admin(qw(device revoke), $_[0]->{device}) }, 0],
    'has her account suspended' => [helper => sub { $suspended = 1; admin(qw(user suspend helper)) }, 0],
);
for my $how (sort keys %way) {
    my ($who, $shut, $want) = @{ $way{$how} };
    my $hers = Tomozuna::Device::device($who);
    $hers->sign_in;
    my $channel = channel($hers);
    my $line = line_of($hers, $channel);
    my $other = line_of($doctor, channel($doctor));
    like($line->[1], qr/ 200 /, "the $who who $how waits on a line");
    like($other->[1], qr/ 200 /, '  a colleague on another');
    ok(!ends($line, 1), '  which stays open');
    my $at = time;
    is($shut->($hers), $want, "  she $how");
    ok(ends($line, 50), '  her line ends');
    soon(time - $at, 5, '  within five seconds');
    unlike(line_of($hers, $channel)->[1], qr/ 200 /, '  and its channel opens no other');
    ok(!ends($other, 1), '  her colleague\'s stays');
}

# ---- who leaves the team: all lines of that patient end, and only she gets no other ----

my $nurse = person('nurse');
my $hers = line_of($nurse, channel($nurse));
my $channel = channel($doctor);
my $other = line_of($doctor, $channel);
my $elsewhere = new_patient(nurse => 'visiting_nurse');
my $there = line_of($nurse, $nurse->get("/timeline/$elsewhere/state")->json->{channel});
my ($mine) = grep { ($_->{user} // '') ne '' && $_->{team_role} eq 'visiting_nurse' } @{ $nurse->get("/team/$patient")->json->{members} };
is($nurse->post("/team/$patient/$mine->{id}/leave", {})->status, 204, 'the nurse leaves the team');
ok(ends($hers, 50), '  her line ends');
is($nurse->get("/timeline/$patient/state")->status, 404, '  she is given no other channel');
ok(ends($other, 50), 'her colleague\'s ends, too');
unlike(line_of($doctor, $channel)->[1], qr/ 200 /, '  and its channel opens no other');
like(line_of($doctor, channel($doctor))->[1], qr/ 200 /, '  but another one does');
ok(!ends($there, 1), 'lines of other patients stay');
done_testing;
