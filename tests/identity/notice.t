#!/usr/bin/perl
# Switching notices: each change is on record with who, when and how; and a kind of mail
# is ended by the key in a mail, at the open door, without signing in.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Test;

my $nurse = person('nurse');
my ($id, $network) = db('SELECT CONCAT(id, ",", network_id) FROM care_user WHERE login = "nurse"') =~ /(\d+),(\d+)/;
my $open = client(door => 'open');
my ($since) = (db('SELECT COALESCE(MAX(id), 0) FROM care_notice_switch'));
END {
    local $?;
    if ($id) {
        db('DELETE FROM care_notice_choice WHERE user_id = ?', $id);
        db('DELETE FROM care_notice_switch WHERE user_id = ? AND id > ?', $id, $since);
        db('DELETE FROM care_notice WHERE user_id = ? AND stop_token IS NOT NULL', $id);
    }
}

sub record { return join ' ', db('SELECT CONCAT_WS(":", kind, channel, wanted, how) FROM care_notice_switch WHERE user_id = ? AND id > ? ORDER BY id', $id, $since) }
sub switch { my ($kind) = @_; my ($s) = grep { $_->{kind} eq $kind && $_->{channel} eq 'mail' } @{ $nurse->get('/account')->json->{switches} }; return $s }
sub bit { return $_[0] ? 1 : 0 }
# A mail of a kind, and the key that is in it.
sub mailed {
    my ($kind, $days) = @_;
    my $token = join '', map { sprintf '%08x', rand 2**32 } 1 .. 4;
    db('INSERT INTO care_notice (ref, network_id, user_id, channel, kind, cause, request, state, due_at, created_at, stop_token)
        VALUES (RANDOM_BYTES(16), ?, ?, "mail", ?, RANDOM_BYTES(16), RANDOM_BYTES(16), "sent", UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) - INTERVAL ? DAY, UNHEX(SHA2(?, 256)))',
        $network, $id, $kind, $days // 0, unhex($token));
    return "/notice/$token";
}
sub press { my ($path, %header) = @_; return $open->post($path, { 'List-Unsubscribe' => 'One-Click' }, origin => undef, %header) }

# ---- on record ----

is($nurse->post('/account/notice', { kind => 'digest', channel => 'mail', wanted => 0 })->status, 204, 'she switches off');
is($nurse->post('/account/notice', { kind => 'digest', channel => 'mail', wanted => 0 })->status, 204, '  twice');
is($nurse->post('/account/notice', { kind => 'digest', channel => 'mail', wanted => 1 })->status, 204, '  and on');
is(record(), 'digest:mail:0:account digest:mail:1:account', 'each change is a row');
is(scalar db('SELECT COUNT(*) FROM care_notice_switch s JOIN lib_audit a ON a.request = s.request WHERE s.user_id = ? AND s.id > ? AND a.user_id = s.user_id', $id, $since), 2,
    '  that the trail knows by its request');
is(switch('digest')->{how}, 'account', 'the page says how');
like(switch('digest')->{switched_at}, qr/\A\d{4}-\d\d-\d\dT/, '  and when');
is(switch('expiry')->{switched_at}, undef, '  and nothing of what she never switched');
like($nurse->page('/account')->text, qr/に設定で/, '  in words');
is($nurse->post('/account/notice', { kind => 'booking', channel => 'mail', wanted => 1 })->status, 204, 'every kind that the page offers can be switched');

# ---- by a mail ----

my $path = mailed('digest');
my $page = $open->page($path);
is($page->status, 200, 'the link opens without signing in');
like($page->text, qr/一日一度のまとめ/, '  names the kind');
unlike($page->text, qr/三好|かえで|nurse/, '  and nobody');
is(bit(switch('digest')->{wanted}), 1, '  what only looks at it ends nothing');
my $done = press($path, accept => '*/*');
is($done->status, 200, 'one press of a mail program, with neither Origin nor cookie');
is($done->header('location'), undef, '  leads nowhere else');
is(bit(switch('digest')->{wanted}), 0, '  ends the kind');
is(switch('digest')->{how}, 'mail', '  as the page says');
is(press($path)->status, 200, 'again is the same');
is(record(), 'digest:mail:0:account digest:mail:1:account booking:mail:1:account digest:mail:0:mail', '  and one row');
is(scalar db('SELECT COUNT(*) FROM lib_audit WHERE route = "/notice/{token}" AND method = "POST" AND network_id = ? AND user_id = 0', $network) > 0, 1, 'the trail does not say that she had signed in');
{
    my $boundary = 'b0';
    my $answer = $open->request('POST', mailed('meeting_reminder'), "--$boundary\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--$boundary--\r\n",
        'content-type' => "multipart/form-data; boundary=$boundary", origin => undef);
    is($answer->status, 200, 'as multipart/form-data, too, as RFC 8058 has it');
    is(bit(switch('meeting_reminder')->{wanted}), 0, '  with the same effect');
}
like($open->post_form(mailed('expiry'), {})->text, qr/もうメールで届きません/, 'as the button of the page does');
is(bit(switch('expiry')->{wanted}), 0, '  ends it');
is(bit(switch('urgent_entry')->{wanted}), 1, 'other kinds go on');

# ---- and no further ----

for my $kind (qw(urgent_entry disaster device_revoked)) {
    my $urgent = mailed($kind);
    is(join(' ', $open->get($urgent)->status, press($urgent)->status), '404 404', "no key ends $kind");
}
is(bit(switch('urgent_entry')->{wanted}), 1, '  which goes on');
is(press('/notice/' . 'ab' x 16)->status, 404, 'a key that nobody was sent');
is(press(mailed('board', 0))->status, 404, 'nor a kind that nobody switches');
is(press(mailed('booking', 91))->status, 404, 'nor an old one');
is(bit(switch('booking')->{wanted}), 1, '  which ended nothing');
is(client(door => 'open')->post('/account/notice', { kind => 'digest', channel => 'mail', wanted => 1 }, origin => undef)->status, 403, 'what needs signing in still comes from our own pages');
my $known = slurp_log($path);
is($known, 0, 'no log has the key');
done_testing;

sub slurp_log {
    my ($path) = @_;
    my ($token) = $path =~ m{/notice/(\w+)};
    my $found = 0;
    for my $file (glob("$ENV{TOMOZUNA_LOG}/*.log"), glob("$ENV{TOMOZUNA_LOG}/programs/identity.log")) {
        open my $in, '<', $file or next;
        while (<$in>) { $found++ if index($_, $token) >= 0 }
    }
    return $found;
}
