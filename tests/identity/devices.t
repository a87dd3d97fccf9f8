#!/usr/bin/perl
# A lost phone: one press of the office manager, and it is out at the next request.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(time);
use Tomozuna::Device;
use Tomozuna::Test;

my $manager = person('manager');

sub revoke { my ($who, $ref) = @_; return $who->post("/devices/$ref/revoke", {}) }
sub revoked { return db('SELECT revoked_at IS NOT NULL FROM care_device WHERE ref = ?', unhex($_[0])) }

# ---- the list ----

my $phone = Tomozuna::Device::device('nurse');
is($phone->sign_in->status, 303, 'a new device of the office signs in');
my $list = $manager->get('/devices')->json;
is($list->{office}, scalar db('SELECT o.name FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = "manager"'), 'the list is of her office');
my ($row) = grep { $_->{id} eq $phone->{device} } @{ $list->{devices} };
is_deeply([sort keys %$row], [sort qw(id name created_at not_after revoked_at this_one issued)], 'the new one is on it');
is(scalar @{ $list->{devices} }, scalar db('SELECT COUNT(*) FROM care_device d JOIN care_staff f ON f.office_id = d.office_id
    JOIN care_user u ON u.id = f.user_id WHERE u.login = "manager"'), '  and no other office\'s');
is(scalar(grep { $_->{this_one} } @{ $list->{devices} }), 1, 'she sees which is in her hand');
my ($this) = grep { $_->{this_one} } @{ $list->{devices} };

# ---- who may ----

is(revoke($phone, $phone->{device})->status, 403, 'the nurse may not');
my $foreign = db('SELECT LOWER(HEX(d.ref)) FROM care_device d JOIN care_staff f ON f.office_id = d.office_id
    JOIN care_user u ON u.id = f.user_id WHERE u.login = "outsider" LIMIT 1');
is(revoke($manager, $foreign)->status, 404, "another office's device is not there");
is(revoke($manager, 'ab' x 16)->status, 404, '  nor one that does not exist');
is(revoke($manager, $this->{id})->status, 409, 'she does not shut herself out');
ok(!revoked($foreign) && !revoked($this->{id}), '  and nothing was revoked');

# ---- the next request, on the connection that is open ----

my $second = Tomozuna::Device::device('nurse');
$second->sign_in;
for my $path ('/patients', '/account') { is($second->get($path)->status, 200, "the phone opens $path") }
my $before = fileno $second->{http}{handle}{fh};
my $from = time;
is(revoke($manager, $second->{device})->status, 204, 'the manager revokes it');
my $next = $second->get('/patients');
my $took = time - $from;
is($next->status, 401, 'the very next request of the phone is refused');
ok(defined $before && defined $second->{http}{handle}{fh} && fileno $second->{http}{handle}{fh} == $before, '  on the same TLS connection');
soon($took, 1, sprintf '  %.0f ms after the press', $took * 1000);
unlike($next->text, qr/patients/, '  and says nothing');
is($second->get('/sign-in', accept => 'text/html')->status, 403, 'the phone shows no sign-in');
is($second->sign_in->status, 403, '  and takes no password');
is(scalar db('SELECT COUNT(*) FROM care_session s JOIN care_device d ON d.id = s.device_id WHERE d.ref = ? AND s.ended_at IS NULL',
    unhex($second->{device})), 0, 'its sessions have ended');
is($phone->get('/patients')->status, 200, 'the same user works on, on her other device');
is(scalar db('SELECT u.login FROM care_device d JOIN care_user u ON u.id = d.revoked_by WHERE d.ref = ?', unhex($second->{device})), 'manager',
    'and it is kept who did it');
is(revoke($manager, $second->{device})->status, 204, 'a second press does no harm');
ok((grep { $_->{id} eq $second->{device} && $_->{revoked_at} } @{ $manager->get('/devices')->json->{devices} }), 'the list shows when');

# ---- with the cache stopped, the truth still counts ----

my $third = Tomozuna::Device::device('nurse');
$third->sign_in;
is($third->get('/patients')->status, 200, 'a third phone works');
my $redis = pid_of('redis-server');
SKIP: {
    skip 'no redis', 3 if !$redis;
    kill STOP => $redis;
    my $pressed = revoke($manager, $third->{device});
    my $refused = $third->get('/patients');
    my $others = $phone->get('/patients');
    kill CONT => $redis;
    is($pressed->status, 204, 'revoked while Redis stands still');
    is($refused->status, 401, '  and out at once');
    is($others->status, 200, '  while the others work');
}

done_testing;
