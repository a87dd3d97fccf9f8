#!/usr/bin/perl
# One's own settings: which notices one wants, being on duty, and trying them.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Test;

my $nurse = person('nurse');
my $doctor = person('doctor');
my $id = db('SELECT id FROM care_user WHERE login = "nurse"');

sub switch {
    my ($kind, $channel) = @_;
    my ($one) = grep { $_->{kind} eq $kind && $_->{channel} eq $channel } @{ $nurse->get('/account')->json->{switches} };
    return $one // {};
}
sub bit { return $_[0] ? 1 : 0 }

my $self = $nurse->get('/account')->json;
is($self->{mail}, 'nurse@mutsumi.example', 'her own mail address');
is($self->{mobile}, '+819000000002', '  and mobile');
is_deeply([sort keys %{ $self->{switches}[0] }], [sort qw(kind label channel wanted network_off switched_at how)], 'a switch says what, by what, whether and since when');
is(scalar(grep { $_->{kind} eq 'device_revoked' } @{ $self->{switches} }), 0, 'what cannot be switched is no switch');

is(bit(switch('urgent_entry', 'sms')->{wanted}), 1, 'urgent ones come by SMS');
is($nurse->post('/account/notice', { kind => 'urgent_entry', channel => 'sms', wanted => 0 })->status, 204, 'off');
is(bit(switch('urgent_entry', 'sms')->{wanted}), 0, '  is off');
is(bit(switch('urgent_entry', 'mail')->{wanted}), 1, '  and mail still on');
is(scalar db('SELECT COUNT(*) FROM care_notice_choice x JOIN care_user u ON u.id = x.user_id WHERE u.login = "doctor"'), 0, '  of nobody else');
is($nurse->post_form('/account/notice', { kind => 'urgent_entry', channel => 'sms', wanted => 'on' })->header('location'), '/account', 'on, as a form');
is(bit(switch('urgent_entry', 'sms')->{wanted}), 1, '  is on');
is($nurse->post('/account/notice', { kind => 'digest', channel => 'sms', wanted => 1 })->json->{error}{field}, 'channel', 'no digest by SMS');
is($nurse->post('/account/notice', { kind => 'device_revoked', channel => 'mail', wanted => 0 })->json->{error}{field}, 'kind', 'a lost device is always told');
db('DELETE FROM care_notice_choice WHERE user_id = ?', $id);

my $network = db('SELECT network_id FROM care_user WHERE id = ?', $id);
db('REPLACE INTO care_network_choice (network_id, kind, channel, wanted) VALUES (?, "urgent_entry", "sms", 0)', $network);
ok(switch('urgent_entry', 'sms')->{network_off}, 'what the network switched off is shown so');
is(bit(switch('urgent_entry', 'sms')->{wanted}), 0, '  and off');
db('DELETE FROM care_network_choice WHERE network_id = ?', $network);

is($nurse->post('/account/duty', { on_duty => 0 })->status, 204, 'off duty');
is(bit($nurse->get('/account')->json->{on_duty}), 0, '  is so');
is(scalar db('SELECT f.on_duty FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "doctor"'), 1, '  and the doctor still on');
# To begin it, the manager's word and her PIN: whoever is on duty opens her colleagues' pages.
my $manager = person('manager');
my $ref = db('SELECT LOWER(HEX(ref)) FROM care_user WHERE login = "nurse"');
sub begin { my (%with) = @_; my $a = $nurse->post('/account/duty', { on_duty => 1, %with }); return $a->status == 400 ? $a->json->{error}{code} : $a->status }
is(begin(), 'missing', 'on duty again: by her PIN');
is(begin(pin => '000000' eq $nurse->{pin} ? '111111' : '000000'), 'wrong_pin', '  the right one');
is(bit($nurse->get('/account')->json->{on_duty}), 0, '  else she is not');
is($manager->post("/duty/$ref", { may_stand_in => 0 })->status, 204, 'the manager lets her no more');
is(begin(pin => $nurse->{pin}), 403, '  and she cannot');
is($nurse->post("/duty/$ref", { may_stand_in => 1 })->status, 403, '  nor let herself');
is($doctor->post("/duty/$ref", { may_stand_in => 1 })->status, 404, '  nor does the manager of another office');
is($manager->post("/duty/$ref", { may_stand_in => 1 })->status, 204, 'she may again');
is(begin(pin => $nurse->{pin}), 204, '  and is');
is(bit($nurse->get('/account')->json->{on_duty}), 1, '  is so');
is($manager->post_form("/duty/$ref", { may_stand_in => 0 })->header('location'), '/duty', 'forbidden while on duty');
is(bit($nurse->get('/account')->json->{on_duty}), 0, '  she is off duty at once');
$manager->post("/duty/$ref", { may_stand_in => 1 });
is(begin(pin => $nurse->{pin}), 204, 'and on again');
ok((grep { $_->{id} eq $ref && $_->{may_stand_in} } @{ $manager->get('/duty')->json->{staff} }), 'the manager sees who may');

# A try of her own channels, thrice a minute.
system('redis-cli', '-s', demo('REDIS_SOCKET'), 'flushall') == 0 or diag('the cache was not emptied') if -S demo('REDIS_SOCKET');
my ($newest) = db('SELECT COALESCE(MAX(id), 0) FROM care_notice');
my @answer = map { $nurse->post('/account/test', {}) } 1 .. 4;
is_deeply([map { $_->status } @answer], [200, 200, 200, 429], 'three tries a minute');
is($answer[0]->json->{sent}, 2, '  each by mail and SMS');
cmp_ok($answer[3]->header('retry-after') // 0, '>', 0, '  the fourth is told to wait');
is_deeply([sort(db('SELECT DISTINCT CONCAT(u.login, " ", n.kind, " ", n.channel) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.id > ?', $newest))],
    ['nurse test mail', 'nurse test sms'], 'to herself');
is($doctor->post('/account/test', {})->status, 200, 'the limit is one user\'s own');

done_testing;
