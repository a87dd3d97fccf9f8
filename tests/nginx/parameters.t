#!/usr/bin/perl
# What a program is told by nginx, on the demo's own settings with an echo program
# behind them: no header of a client can pose as one of the parameters that decide.
use strict;
use warnings;
use Encode ();
use JSON::PP ();
use Test::More;
use Tomozuna::Test;
use Tomozuna::Nginx;

my $copy = Tomozuna::Nginx::start_copy(sub {
    my ($pairs, $body) = @_;
    my ($uri) = map { $_->[1] } grep { $_->[0] eq 'DOCUMENT_URI' } @$pairs;
    return "Status: 503\r\nContent-Type: text/plain\r\n\r\nown words" if $uri eq '/echo/503';
    return "Content-Type: text/plain\r\nX-Accel-Redirect: /-/bad.html\r\n\r\nown words" if $uri eq '/echo/accel';
    return "Content-Type: text/plain\r\nContent-Security-Policy: sandbox\r\nCache-Control: private\r\nReferrer-Policy: unsafe-url\r\n\r\nx"
        if $uri eq '/echo/headers';
    return "Content-Type: application/json\r\n\r\n"
        . JSON::PP->new->latin1->encode({ pairs => $pairs, body => $body, pid => $$ });
});
END { $copy->{stop}->() if $copy }

sub told {
    my ($client, %header) = @_;
    my $echo = $client->get('/echo', %header)->json;
    my %value;
    push @{ $value{ $_->[0] } }, $_->[1] for @{ $echo->{pairs} };
    return \%value;
}

my %who = (
    professional => client(url => $copy->{professional}, device => 'nurse'),
    open => client(door => 'open', url => $copy->{open}),
    loopback => client(door => 'loopback', url => $copy->{loopback}),
);
my %forged = map { $_ => 'professional' } qw(Tomozuna-Door TOMOZUNA_DOOR HTTP_TOMOZUNA_DOOR);
@forged{qw(Tomozuna-Verify TOMOZUNA_VERIFY Ssl-Client-Verify)} = ('SUCCESS') x 3;
@forged{qw(Tomozuna-Certificate TOMOZUNA_CERTIFICATE Document-Uri Remote-Addr Tomozuna-Request-Id Request-Method)} = ('forged') x 6;

for my $door (sort keys %who) {
    for my $forged (0, 1) {
        my $is = told($who{$door}, $forged ? %forged : ());
        my $what = $forged ? "$door, forged headers" : $door;
        is_deeply($is->{TOMOZUNA_DOOR}, [$door], "$what: the door is said once, by nginx");
        is_deeply($is->{DOCUMENT_URI}, ['/echo'], "$what: the path");
        is_deeply($is->{REMOTE_ADDR}, ['127.0.0.1'], "$what: the address");
        is_deeply($is->{REQUEST_METHOD}, ['GET'], "$what: the method");
        like("@{ $is->{TOMOZUNA_REQUEST_ID} }", qr/\A[0-9a-f]{32}\z/, "$what: the request's id");
        my $verify = $door eq 'professional' ? 'SUCCESS' : $door eq 'open' ? 'NONE' : '';
        is_deeply([map { $_ // '' } @{ $is->{TOMOZUNA_VERIFY} // [''] }], [$verify], "$what: the certificate's verdict");
        my $certificate = join '', @{ $is->{TOMOZUNA_CERTIFICATE} // [] };
        if ($door eq 'professional') { like($certificate, qr/\A-----BEGIN%20CERTIFICATE/, "$what: the certificate") }
        else { is($certificate, '', "$what: no certificate") }
        is_deeply([grep { /_/ && !/\AHTTP_/ && !/\A(?:TOMOZUNA_|REQUEST_METHOD|DOCUMENT_URI|QUERY_STRING|CONTENT_|REMOTE_ADDR)/ } keys %$is],
            [], "$what: no parameter that we did not name");
    }
}

my $long = $who{open}->post('/echo', { text => 'x' x 300_000 });
is(length $long->json->{body}, 300_005, 'a body comes whole');
is($who{open}->post('/echo', { text => 'x' x 1_100_000 })->error, 'too_large', 'one above the limit does not come at all');
is($who{open}->get('/echo/503')->body, 'own words', "a program's own error page goes through");
is($who{open}->get('/echo/accel')->body, 'own words', 'X-Accel-Redirect of a program is not heeded');
my $own = $who{open}->get('/echo/headers');
is($own->header('content-security-policy'), 'sandbox', "a program's stricter policy stands, once");
is($own->header('cache-control'), 'private', '  so does its cache control');
is($own->header('referrer-policy'), 'same-origin', "  but not a policy that is the door's");
is($who{open}->get('/echo')->header('cache-control'), 'no-store', 'without one nothing is kept');

# One line a request, without what the user asked.
$who{open}->get('/echo?secret=wareware', cookie => 'secret=wareware', 'user-agent' => 'wareware');
ok(wait_for(sub { slurp("$copy->{folder}/nginx-access.log") =~ /GET \/echo HTTP/ }, 5), 'the access log has the path');
unlike(slurp("$copy->{folder}/nginx-access.log"), qr/wareware/, '  and nothing of the query, cookie or browser');

# A program that is away: 503 with Retry-After, in the words asked for.
unlink "$copy->{folder}/echo.sock";
my $away = $who{open}->get('/echo');
is($away->status, 503, 'no program: 503');
is($away->error, 'unavailable', '  as JSON');
is($away->header('retry-after'), 5, '  with Retry-After');
like($who{open}->page('/echo')->text, qr/<html lang="ja">/, '  or as a page');
is($who{open}->post('/echo', { a => 1 })->status, 503, '  for a change too');
done_testing;
