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
is_deeply([sort keys %{ $self->{switches}[0] }], [sort qw(kind label channel wanted network_off)], 'a switch says what, by what, and whether');
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
db('INSERT INTO care_network_choice (network_id, kind, channel, wanted) VALUES (?, "urgent_entry", "sms", 0)', $network);
ok(switch('urgent_entry', 'sms')->{network_off}, 'what the network switched off is shown so');
is(bit(switch('urgent_entry', 'sms')->{wanted}), 0, '  and off');
db('DELETE FROM care_network_choice WHERE network_id = ?', $network);

is($nurse->post('/account/duty', { on_duty => 0 })->status, 204, 'off duty');
is(bit($nurse->get('/account')->json->{on_duty}), 0, '  is so');
is(scalar db('SELECT f.on_duty FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "doctor"'), 1, '  and the doctor still on');
is($nurse->post('/account/duty', { on_duty => 1 })->status, 204, 'on duty again');
is(bit($nurse->get('/account')->json->{on_duty}), 1, '  is so');

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
