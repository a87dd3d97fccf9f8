#!/usr/bin/perl
# One request is one request: whatever its length pretends, no second one comes
# out of its body, at nginx or at a program's socket.
use strict;
use warnings;
use utf8;
use IO::Socket::UNIX;
use Test::More;
use Hello;
use Tomozuna::Patient;
use Tomozuna::Raw;
use Tomozuna::Routes;
use Tomozuna::Test;

my $nurse = person('nurse');
my $patient = new_patient(nurse => 'visiting_nurse');
my $url = demo('URL');
my $cookie = "__Host-tomozuna=$nurse->{cookie}{'__Host-tomozuna'}";
my $form = "Content-Type: application/x-www-form-urlencoded\r\n";
my $common = "Host: localhost\r\nOrigin: $url\r\nCookie: $cookie\r\nAccept: application/json\r\n";
my $hidden = "POST /timeline/$patient HTTP/1.1\r\n$common${form}Content-Length: 13\r\nConnection: close\r\n\r\nbody=smuggled";
sub smuggled { return scalar db('SELECT COUNT(*) FROM timeline_entry WHERE body LIKE "%smuggled%"') }

# ---- HTTP: length, chunks and lines that mean two things ----

my $post = "POST /patients/search HTTP/1.1\r\n$common$form";
my $chunked = "4\r\nq=ab\r\n0\r\n\r\n";
sub cl { return 'Content-Length: ' . length($_[0]) . "\r\n" }
my @case = (
    ['CL.TE',                       $post . cl("$chunked$hidden") . "Transfer-Encoding: chunked\r\n\r\n$chunked$hidden"],
    ['TE.CL',                       $post . "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n" . sprintf("%x\r\n", length $hidden) . "$hidden\r\n0\r\n\r\n"],
    ['TE with a blank before :',    $post . cl("$chunked$hidden") . "Transfer-Encoding : chunked\r\n\r\n$chunked$hidden"],
    ['TE xchunked',                 $post . "Transfer-Encoding: xchunked\r\n" . cl($chunked) . "\r\n$chunked"],
    ['TE chunked, identity',        $post . "Transfer-Encoding: chunked, identity\r\n\r\n$chunked"],
    ['TE identity, chunked',        $post . "Transfer-Encoding: identity, chunked\r\n\r\n$chunked"],
    ['TE twice',                    $post . "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n$chunked"],
    ['TE with a vertical tab',      $post . "Transfer-Encoding:\x0bchunked\r\n" . cl('q=ab') . "\r\nq=ab"],
    ['TE folded',                   $post . "Transfer-Encoding:\r\n chunked\r\n" . cl('q=ab') . "\r\nq=ab"],
    ['TE with HTTP/1.0',            $post =~ s/1\.1/1.0/r . "Transfer-Encoding: chunked\r\n\r\n$chunked"],
    ['two lengths',                 $post . cl('q=ab') . cl("q=ab$hidden") . "\r\nq=ab$hidden"],
    ['two equal lengths',           $post . cl('q=ab') . cl('q=ab') . "\r\nq=ab"],
    ['a list of lengths',           $post . "Content-Length: 4, 4\r\n\r\nq=ab"],
    (map { ["length '$_'", $post . "Content-Length: $_\r\n\r\nq=ab$hidden"] } '+4', '-1', '0x4', '4 4', '04x', '4;', "4\x0b", '1e1', '18446744073709551620', '99999999999999999999999'),
    ['an empty length',             $post . "Content-Length:\r\n\r\nq=ab"],
    ['a chunk of a negative size',  $post . "Transfer-Encoding: chunked\r\n\r\n-1\r\nq=ab\r\n0\r\n\r\n"],
    ['a chunk that overflows',      $post . "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nq=ab\r\n0\r\n\r\n"],
    ['a chunk size of no number',   $post . "Transfer-Encoding: chunked\r\n\r\nx\r\nq=ab\r\n0\r\n\r\n"],
    ['a chunk longer than said',    $post . "Transfer-Encoding: chunked\r\n\r\n2\r\nq=ab$hidden\r\n0\r\n\r\n"],
    ['a bare LF between headers',   "POST /patients/search HTTP/1.1\n$common${form}X: 1\n" . cl('q=ab') . "\r\nq=ab"],
    ['a bare CR in a header',       $post . "X: 1\rContent-Length: 99\r\n" . cl('q=ab') . "\r\nq=ab"],
    ['NUL in a header',             $post . "X: a\0b\r\n" . cl('q=ab') . "\r\nq=ab"],
    ['a header without a name',     $post . ": x\r\n" . cl('q=ab') . "\r\nq=ab"],
    ['a blank first',               " $post" . cl('q=ab') . "\r\nq=ab"],
    ['a request line of two',       "GET /patients HTTP/1.1 HTTP/1.1\r\n$common\r\n"],
    ['another version',             "GET /patients HTTP/3.7\r\n$common\r\n"],
    ['no version',                  "GET /patients\r\n"],
    ['an absolute path of another', "GET http://evil.example/patients HTTP/1.1\r\n$common\r\n"],
    ['CONNECT',                     "CONNECT localhost:1 HTTP/1.1\r\n$common\r\n"],
    ['TRACE',                       "TRACE /patients HTTP/1.1\r\n$common\r\n"],
    ['two hosts',                   "GET /patients HTTP/1.1\r\n${common}Host: evil.example\r\n\r\n"],
    ['no host',                     "GET /patients HTTP/1.1\r\n" . $common =~ s/^Host: \w+\r\n//r . "\r\n"],
    ['GET with a hidden request as its body', "GET /patients HTTP/1.1\r\n$common" . cl($hidden) . "\r\n$hidden"],
    ['HEAD with one',               "HEAD /patients HTTP/1.1\r\n$common" . cl($hidden) . "\r\n$hidden"],
    ['404 with one',                "POST /nowhere HTTP/1.1\r\n$common$form" . cl($hidden) . "\r\n$hidden"],
    ['405 with one',                "POST /patients HTTP/1.1\r\n$common$form" . cl($hidden) . "\r\n$hidden"],
    ['Expect and one',              $post . "Expect: 100-continue\r\n" . cl($hidden) . "\r\n$hidden"],
    ['Upgrade and one',             $post . "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n" . cl($hidden) . "\r\n$hidden"],
);
my @odd;
for my $case (@case) {
    my ($what, $bytes) = @$case;
    my $answer = raw($nurse, $bytes, 0.35);
    my @status = grep { $_ != 100 } statuses($answer);
    push @odd, "$what: @status" if @status > 2 || (@status == 2 && $status[1] != 400);
    push @odd, "$what: HTTP/0.9 answered" if !@status && length $answer;
    is(smuggled(), 0, "$what: (@status) nothing came through") or last;
}
is_deeply(\@odd, [], 'each was one request, at most a broken rest behind it');
{
    my $two = "GET /account HTTP/1.1\r\n$common\r\nGET /patients HTTP/1.1\r\n${common}Connection: close\r\n\r\n";
    is_deeply([statuses(raw($nurse, $two, 2))], [200, 200], 'two whole requests in a row are two');
}

# ---- FastCGI: bytes of a body are never a request of their own ----

my $forged = Hello::begin(1) . Hello::params(REQUEST_METHOD => 'POST', DOCUMENT_URI => "/timeline/$patient", TOMOZUNA_DOOR => 'professional',
    TOMOZUNA_VERIFY => 'SUCCESS', HTTP_SEC_FETCH_SITE => 'same-origin', HTTP_COOKIE => $cookie, CONTENT_LENGTH => 13,
    CONTENT_TYPE => 'application/x-www-form-urlencoded') . Hello::body('body=smuggled');
my @offset = (0, 1, 7, 8, 9, 1024, 8176, 8191, 8192);
my $stranger = client(device => 'nurse');

# Each route can answer before it has read: no session, a foreign origin, no such
# method, no such type, no such path.
my @route = grep { $_->{who} ne 'LOOPBACK' } routes();
my (@second, $tried);
for my $r (@route) {
    my $path = path_of($r, patient => $patient);
    for my $early (['no session', $stranger, 'POST'], ['a foreign origin', $nurse, 'POST', origin => 'https://evil.example'],
        ['another type', $nurse, 'POST', 'content-type' => 'application/octet-stream'], ['another method', $nurse, 'PUT']) {
        my ($what, $client, $method, %header) = @$early;
        my $offset = $offset[$tried++ % @offset];
        my $answer = $client->request($method, $path, ('x' x $offset) . $forged, 'content-type' => 'application/x-www-form-urlencoded', %header);
        push @second, "$what $r->{key}: " . $answer->status if $answer->status !~ /\A4\d\d\z/;
        push @second, "$what $r->{key}: two answers" if $answer->body =~ /Status: \d/;
    }
}
is_deeply(\@second, [], "early answers of every route, by nginx ($tried bodies)");
is(smuggled(), 0, 'and nothing of a body was served');

# The same at the socket, on a connection that asks to be kept: after an early
# answer nothing that follows may be taken for a request.
for my $program (programs()) {
    my $socket = demo('RUN') . "/$program.sock";
    my $one = IO::Socket::UNIX->new(Peer => $socket);
    if (!$one) { diag("$program: $!"); next }
    close $one;
    my (@more, $answers);
    for my $offset (@offset) {
        for my $early ([REQUEST_METHOD => 'PUT'], [TOMOZUNA_VERIFY => 'NONE', TOMOZUNA_DOOR => 'professional'], [DOCUMENT_URI => '/nowhere'],
            [REQUEST_METHOD => 'POST', HTTP_ORIGIN => 'https://evil.example'], [CONTENT_LENGTH => '99999999999', REQUEST_METHOD => 'POST'], [TOMOZUNA_DOOR => 'nowhere']) {
            my $c = IO::Socket::UNIX->new(Peer => $socket) or next;
            local $SIG{PIPE} = 'IGNORE';
            syswrite $c, Hello::begin(1) . Hello::params(DOCUMENT_URI => "/$program", CONTENT_LENGTH => $offset + length $forged, @$early)
                . ($offset ? Hello::record(5, 'x' x $offset) : '') . Hello::record(5, $forged) . $forged . Hello::record(5, '');
            my $answer = Hello::answer(Hello::drain($c, 0.5));
            $answers += $answer->{ends};
            push @more, "@$early, $offset: $answer->{ends} answers" if $answer->{ends} > 1;
            close $c;
        }
    }
    cmp_ok($answers, '>', 0, "$program answers early");
    is_deeply(\@more, [], "$program answers once on a connection with more in it");
}
is(smuggled(), 0, 'and nothing of it was served');
is($nurse->get('/patients')->status, 200, 'the door still answers');

done_testing;
