#!/usr/bin/perl
# Who one is comes from the certificate and the cookie, from no other header.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Raw;
use Tomozuna::Test;

my $outsider = person('outsider');
my $nurse = person('nurse');
my $patient = $nurse->get('/patients')->json->{patients}[0]{id};
my $nurse_certificate = slurp(demo('PEOPLE') . '/nurse.crt') =~ s/\n/%0A/gr;

my %value = (
    (map { $_ => $nurse_certificate } 'Tomozuna-Certificate', 'TOMOZUNA_CERTIFICATE', 'X-Client-Cert', 'X-SSL-Client-Cert', 'Ssl-Client-Cert', 'X-Forwarded-Client-Cert', 'Client-Cert'),
    (map { $_ => 'SUCCESS' } 'Tomozuna-Verify', 'TOMOZUNA_VERIFY', 'Ssl-Client-Verify', 'SSL_CLIENT_VERIFY', 'X-Ssl-Client-Verify', 'X-Client-Verify'),
    (map { $_ => 'loopback' } 'Tomozuna-Door', 'TOMOZUNA_DOOR', 'X-Tomozuna-Door'),
    (map { $_ => 'CN=nurse demo device' } 'Ssl-Client-S-Dn', 'X-SSL-Client-S-DN', 'X-Client-DN'),
    (map { $_ => '127.0.0.1' } 'X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'Client-Ip', 'True-Client-Ip', 'X-Client-IP', 'Remote-Addr', 'REMOTE_ADDR'),
    (map { $_ => 'nurse' } 'Remote-User', 'REMOTE_USER', 'X-Remote-User', 'X-User', 'X-Authenticated-User', 'X-Forwarded-User'),
    (map { $_ => 'Basic bnVyc2U6bnVyc2U=' } 'Authorization', 'Proxy-Authorization'),
    (map { $_ => "/timeline/$patient" } 'X-Original-URL', 'X-Rewrite-URL', 'X-Original-URI', 'Document-Uri', 'Script-Name', 'Path-Info', 'X-Accel-Redirect', 'X-Sendfile'),
    (map { $_ => 'https' } 'X-Forwarded-Proto', 'X-Url-Scheme', 'Front-End-Https'),
    (map { $_ => 'evil.example' } 'X-Forwarded-Host', 'X-Host', 'X-Forwarded-Server', 'Proxy', 'Referer'),
    (map { $_ => 'POST' } 'Request-Method', 'X-HTTP-Method-Override', 'X-Method'),
    (map { $_ => '99' } 'X-Content-Length', 'Query-String', 'Fcgi-Role', 'FCGI_ROLE', 'Http-Cookie'),
);
my @wrong;
for my $name (sort keys %value) {
    my %header = ($name => $value{$name});
    my $self = $outsider->get('/account', %header);
    push @wrong, "$name: " . $self->status . ' ' . ($self->json->{mail} // '') if ($self->json->{mail} // '') ne 'outsider@mutsumi.example';
    my $other = $outsider->get("/timeline/$patient", %header);
    push @wrong, "$name opens a patient: " . $other->status if $other->status != 404;
    my $none = nobody_at('professional')->get('/account', %header, cookie => "__Host-tomozuna=$nurse->{cookie}{'__Host-tomozuna'}");
    push @wrong, "$name opens the door: " . $none->status if $none->status != 400;
    my $health = $outsider->get('/identity/health', %header);
    push @wrong, "$name shows health: " . $health->status if $health->status != 404;
}
is_deeply(\@wrong, [], 'no header makes somebody else of anybody (' . keys(%value) . ' names)');

# What decides who one is or what one may comes once.
my $cookie = "__Host-tomozuna=$nurse->{cookie}{'__Host-tomozuna'}";
sub twice {
    my ($what, $want, @lines) = @_;
    my $answer = raw($nurse, join("\r\n", @lines, 'Host: localhost', 'Accept: application/json', 'Connection: close', '', ''), 2);
    like(join(' ', statuses($answer)), $want, $what);
    return;
}
twice('one cookie header', qr/\A200\z/, 'GET /patients HTTP/1.1', "Cookie: $cookie");
twice('the cookie in two headers', qr/\A40[01]\z/, 'GET /patients HTTP/1.1', "Cookie: $cookie", "Cookie: $cookie");
twice("one's own and another's", qr/\A40[01]\z/, 'GET /patients HTTP/1.1', "Cookie: $cookie", "Cookie: __Host-tomozuna=$outsider->{cookie}{'__Host-tomozuna'}");
my $url = demo('URL');
my @post = ('POST /account/language HTTP/1.1', "Cookie: $cookie", 'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 0');
twice('two origins', qr/\A40[03]\z/, @post, "Origin: $url", 'Origin: https://evil.example');
twice('the same origin twice', qr/\A40[03]\z/, @post, "Origin: $url", "Origin: $url");
twice('two keys', qr/\A400\z/, @post, "Origin: $url", 'Idempotency-Key: aaaaaaaaaa', 'Idempotency-Key: bbbbbbbbbb');
twice('two answers to where from', qr/\A40[03]\z/, @post, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site');
twice('a host of others', qr/\A(?:200|400)\z/, 'GET /patients HTTP/1.1', "Cookie: $cookie", 'X-Forwarded-Host: evil.example');
{
    my $page = raw($nurse, "GET /patients HTTP/1.1\r\nHost: evil.example\r\nAccept: text/html\r\nCookie: $cookie\r\nConnection: close\r\n\r\n", 2);
    unlike($page, qr/evil\.example/, 'no page repeats the host that it was asked by');
    my $changed = raw($nurse, join("\r\n", @post, 'Host: evil.example', 'Origin: https://evil.example', 'Accept: application/json', 'Connection: close', '', ''), 2);
    is((statuses($changed))[0], 403, "an origin is compared with the door's name, not with Host");
}

# Answers say what they are, and stay where they are.
for my $answer ($nurse->get('/patients'), $nurse->page('/patients'), $nurse->get('/nowhere'), $outsider->get("/timeline/$patient")) {
    is($answer->header('cache-control'), 'no-store', 'kept by nobody');
    is($answer->header('x-content-type-options'), 'nosniff', '  and nothing else than it says');
}
my $split = $nurse->get('/timeline/%0d%0aSet-Cookie:x=y');
ok(!$split->header('set-cookie'), 'no header out of a path');

done_testing;
