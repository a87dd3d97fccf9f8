#!/usr/bin/perl
# Requests as a whole: types, sizes, escapes, numbers of fields, bodies that stop.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(time);
use Tomozuna::Patient;
use Tomozuna::Raw;
use Tomozuna::Test;

my $nurse = person('nurse');
my $patient = new_patient(nurse => 'visiting_nurse');
my $url = "/timeline/$patient";
my $form = 'application/x-www-form-urlencoded';

sub sent { my ($bytes, $type, %header) = @_; return $nurse->request('POST', $url, $bytes, 'content-type' => $type, %header) }
sub none { my ($what) = @_; is(entries_of($patient), 0, "  $what: nothing written"); return }

# ---- types ----

for my $type ('text/plain', 'application/json', 'multipart/mixed', 'text/html', 'application/xml', 'application/x-www-form-urlencodedx', '', 'x') {
    my $answer = sent('body=abc', $type);
    is($answer->status . ' ' . $answer->error, '415 media_type', "a body of type '$type'");
}
none('types');
my $multi = $nurse->post_files('/patients/search', { q => 'abc', attachment => ['a.png', 'image/png', 'x'] });
is($multi->status . ' ' . $multi->error, '415 media_type', 'files where no route takes any');
none('files');

# ---- sizes ----

for my $case ([262_145, 413], [1_100_000, 413], [41_000_000, 413]) {
    my ($bytes, $status) = @$case;
    for my $accept ('application/json', 'text/html') {
        next if $bytes > 2_000_000 && $accept eq 'text/html';
        my $answer = $nurse->request('POST', '/patients/search', 'q=' . 'a' x ($bytes - 2), 'content-type' => $form, accept => $accept);
        is($answer->status, $status, "$bytes bytes, as $accept: $status");
        is($answer->error, 'too_large', '  which says why') if $accept =~ /json/;
        like($answer->text, qr/大きすぎます/, '  in words') if $accept =~ /html/;
    }
}
is($nurse->get('/patients')->status, 200, 'and the door still answers');
is(sent('body=' . 'a' x 262_000, $form)->error, 'too_long', 'just small enough to be looked at');
is($nurse->get('/patients?' . 'a' x 6000)->status, 400, 'a long query');
like($nurse->get('/' . 'a' x 20_000)->status, qr/\A4(?:00|04|14)\z/, 'a long path');
like($nurse->get('/patients', 'x-long' => 'a' x 20_000)->status, qr/\A4(?:00|31)\z/, 'a long header');
{
    my $from = time;
    my $answer = raw($nurse, "GET /patients HTTP/1.1\r\nHost: localhost\r\nX-Long: " . 'a' x 1_000_000 . "\r\n\r\n", 2);
    like(join(' ', statuses($answer)), qr/\A(?:400|431|)\z/, 'a header of a megabyte: refused or cut off');
    soon(time - $from, 5, '  soon');
    my $many = raw($nurse, "GET /patients HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" . join('', map { "X-$_: 1\r\n" } 1 .. 5000) . "\r\n", 2);
    like(join(' ', statuses($many)), qr/\A(?:400|431|)\z/, 'five thousand headers likewise');
}

# ---- escapes and numbers of fields ----

for my $bad ('body=%', 'body=%4', 'body=%G1', 'body=a%zz', '%=a', 'bo%zzdy=a', 'body=%u3042', 'body=abc&%', "body=\xE3\x81%", 'body=%%41') {
    my $answer = sent($bad, $form);
    is($answer->status . ' ' . $answer->error, '400 malformed', "an escape that is none: $bad");
}
is(sent(join('&', map { "f$_=1" } 1 .. 500), $form)->error, 'unknown', '500 fields are read');
is(sent(join('&', map { "f$_=1" } 1 .. 501), $form)->error, 'malformed', '501 are not');
{
    my $from = time;
    is(sent(join('&', ('a=1') x 60_000), $form)->status, 400, '60,000 neither');
    soon(time - $from, 1, '  and soon');
}
is(sent('&' x 400, $form)->error, 'missing', 'signs without fields');
is(sent('', $form)->error, 'missing', 'nothing at all');
is(sent('body', $form)->json->{error}{field}, 'body', 'a name without a value');
none('escapes');

is(sent('body=%e6%97%a5+%2B%20%26%3D&&urgent=', $form)->status, 201, 'blanks, signs and empty parts are understood');
is($nurse->get($url)->json->{entries}[0]{body}, '日 + &=', '  as a form means them');
is(sent('body=2', "$form; charset=UTF-8")->status, 201, 'the type may name its charset');
db('DELETE FROM timeline_entry WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($patient));

# ---- bodies that stop ----

my $cookie = "__Host-tomozuna=$nurse->{cookie}{'__Host-tomozuna'}";
my $head = "POST $url HTTP/1.1\r\nHost: localhost\r\nOrigin: " . demo('URL') . "\r\nCookie: $cookie\r\nAccept: application/json\r\nContent-Type: $form\r\nConnection: close\r\n";
for my $case (['half of it', "Content-Length: 100\r\n\r\nbody=half"], ['none of it', "Content-Length: 9\r\n\r\n"],
    ['half a chunk', "Transfer-Encoding: chunked\r\n\r\n20\r\nbody=half"], ['chunks without an end', "Transfer-Encoding: chunked\r\n\r\n9\r\nbody=half\r\n"],
    ['half an escape', "Content-Length: 12\r\n\r\nbody=half%e"]) {
    my ($what, $rest) = @$case;
    my $socket = raw_connect($nurse);
    raw_send($socket, $head . $rest);
    select undef, undef, undef, 0.1;
    $socket->close(SSL_no_shutdown => 1);
}
my $whole = raw($nurse, $head . "Transfer-Encoding: chunked\r\n\r\n5\r\nbody=\r\n4\r\nganz\r\n0\r\n\r\n", 3);
is((statuses($whole))[0], 201, 'chunks that come to their end');
is(entries_of($patient), 1, '  and of those that stopped nothing was written');
is(scalar db('SELECT COUNT(*) FROM timeline_entry WHERE body LIKE "half%"'), 0, '  not even a half');
my $short = raw($nurse, $head . "Content-Length: 9\r\n\r\nbody=abcdefgh", 3);
is((statuses($short))[0], 201, 'what comes after the announced end');
is($nurse->get($url)->json->{entries}[0]{body}, 'abcd', '  is not of this request');
is($nurse->get('/patients')->status, 200, 'and the door still answers');

done_testing;
