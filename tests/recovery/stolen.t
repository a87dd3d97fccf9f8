#!/usr/bin/perl
# A tablet that is stolen while MariaDB is away is shut out by one command: of the copy at
# once, of MariaDB before anything else is asked of that when it is back.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(sleep);
use Tomozuna::Device;
use Tomozuna::Faults;
use Tomozuna::Patient;
use Tomozuna::Test;

my $crew = person('crew');
my $stolen = Tomozuna::Device::device('crew');
is($stolen->sign_in->status, 303, 'another tablet is signed in');
my $device = $stolen->{device};
my $patient = new_patient(nurse => 'visiting_nurse');
is($stolen->post('/emergency/open', { patient => $patient, reason => 'unconscious' })->status, 201, '  and has somebody open');
is($crew->post('/emergency/open', { patient => $patient, reason => 'unconscious' })->status, 201, '  as has the first');
sub shut_out { local $ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS'); return program('tomozuna', '--config', demo('CONF') . '/admin.conf', 'device', 'shut-out', @_) }
ok(wait_for(sub { (shut_out())[1] =~ /\Q$device\E/ }, 30), 'the copy knows of both');
my ($status) = shut_out('nonsense');
is($status, 2, 'a device is named by its ref');
sleep 2.5;

# ---- while MariaDB is away ----

my $pid = pid_of('mariadbd');
kill STOP => $pid;
END { local $?; kill CONT => $pid if $pid }
ok(wait_for(sub { $stolen->get("/emergency/$patient")->status == 200 }, 20), 'MariaDB hangs: the thief reads on');
($status, my $said) = shut_out($device);
is($status, 0, 'one command') or diag $said;
like($stolen->get("/emergency/$patient")->status, qr/\A(?:401|503)\z/, '  and the tablet is out at the next request');
like($stolen->post('/emergency/search', { q => '000-000-0000' })->status, qr/\A(?:401|503)\z/, '  of the search, too');
is($crew->get("/emergency/$patient")->status, 200, 'the other goes on');
unlike((shut_out())[1], qr/\Q$device\E/, 'it is on the list no more');

# ---- and when it is back ----

kill CONT => $pid;
my @seen;
for (1 .. 40) { push @seen, $stolen->get("/emergency/$patient")->status; sleep 0.1 }
is(scalar(grep { $_ == 200 } @seen), 0, 'MariaDB is back: not for an instant is it let in again') or diag "@seen";
ok(wait_for(sub { db('SELECT revoked_at IS NOT NULL FROM care_device WHERE ref = ?', unhex($device)) }, 30), 'the device is revoked there');
is(scalar db('SELECT COUNT(*) FROM care_session s JOIN care_device d ON d.id = s.device_id WHERE d.ref = ? AND s.ended_at IS NULL', unhex($device)), 0, '  and its sessions are ended');
is($crew->get("/emergency/$patient")->status, 200, 'the other goes on');
ok(wait_for(sub { !defined $crew->get("/emergency/$patient")->json->{as_of} }, 60), '  soon from MariaDB');

done_testing;
