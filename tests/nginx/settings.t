#!/usr/bin/perl
# What nginx reads: every way to a program has the whole parameter set, and no
# location lost a header or a setting on which we rely.
use strict;
use warnings;
use Test::More;
use Tomozuna::Test;
use Tomozuna::Nginx;

my $tree = Tomozuna::Nginx::settings();

my %param = (
    REQUEST_METHOD => '$request_method', DOCUMENT_URI => '$document_uri', QUERY_STRING => '$query_string',
    CONTENT_TYPE => '$content_type', CONTENT_LENGTH => '$content_length', REMOTE_ADDR => '$remote_addr',
    TOMOZUNA_DOOR => '$tomozuna_door', TOMOZUNA_REQUEST_ID => '$request_id',
    TOMOZUNA_CERTIFICATE => '$ssl_client_escaped_cert', TOMOZUNA_VERIFY => '$ssl_client_verify',
);
my %safe = (
    fastcgi_keep_conn => 'off', fastcgi_next_upstream => 'off', fastcgi_intercept_errors => 'off',
    fastcgi_max_temp_file_size => '0', fastcgi_request_buffering => 'on',
);

my @location = grep { $_->{inside} && grep { $_->[0][0] eq 'fastcgi_pass' } @{ $_->{inside} } }
    Tomozuna::Nginx::find($tree, 'location');
for my $location (@location) {
    my $is = Tomozuna::Nginx::directives($location->{inside});
    my $name = join ' ', @{ $location->{words} };
    is_deeply({ map { $_->[0] => $_->[1] } @{ $is->{fastcgi_param} || [] } }, \%param, "$name: all parameters, no other");
    is(scalar @{ $is->{fastcgi_param} || [] }, keys %param, "$name: each once");
    is_deeply({ map { $_ => $is->{$_} && $is->{$_}[-1][0] } keys %safe }, \%safe, "$name: safe settings");
    like($is->{fastcgi_pass}[0][0], qr{\Aunix:/}, "$name: by a unix socket");
    ok((grep { $_ eq 'X-Accel-Redirect' } map { @$_ } @{ $is->{fastcgi_ignore_headers} || [] }), "$name: no X-Accel");
    ok(!$is->{add_header}, "$name: inherits the door's headers");
}
is(scalar(Tomozuna::Nginx::find($tree, 'fastcgi_pass')), scalar @location, 'no fastcgi_pass outside a location');

my @server = Tomozuna::Nginx::find($tree, 'server');
is(@server, 3, 'two doors and a loopback server');
my %door;
for my $server (@server) {
    my $is = Tomozuna::Nginx::directives($server->{inside});
    my ($door) = map { $_->[1] } grep { $_->[0] eq '$tomozuna_door' } @{ $is->{set} };
    $door{$door} = $is;
    like($_->[0], qr/\A127\.0\.0\.1:\d+\z/, "$door: listens on loopback") for @{ $is->{listen} };
}
is_deeply([sort keys %door], [qw(loopback open professional)], 'each says which it is');
is($door{professional}{ssl_verify_client}[0][0], 'on', 'professional: a certificate is required');
ok(-s $door{professional}{ssl_crl}[0][0], 'professional: with a list of revoked ones');
ok(!$door{open}{ssl_verify_client}, 'open: none is asked for');

my $http = Tomozuna::Nginx::directives((Tomozuna::Nginx::find($tree, 'http'))[0]{inside});
my %http = (ssl_session_cache => 'off', ssl_session_tickets => 'off', ssl_early_data => 'off',
    server_tokens => 'off', gzip => 'off', underscores_in_headers => 'off', limit_req_status => '429');
is($http->{$_}[0][0], $http{$_}, "$_ $http{$_}") for sort keys %http;
is_deeply($http->{ssl_protocols}[0], [qw(TLSv1.2 TLSv1.3)], 'TLS 1.2 and 1.3');
unlike("@{ $http->{ssl_ciphers}[0] }", qr/CBC|(?<!POLY1305)-SHA\b|RC4|3DES|:AES/, 'ciphers: forward secrecy and AEAD only');
my $format = join '', map { @$_ } @{ $http->{log_format} };
unlike($format, qr/\$(?:request\b(?!_)|args|query_string|request_uri|http_|cookie_|ssl_client_(?:s_dn|escaped))/,
    'the access log has no query string, cookie, header or person');
for my $location (Tomozuna::Nginx::find($tree, 'location')) {
    my $is = Tomozuna::Nginx::directives($location->{inside});
    next if !$is->{add_header};
    cmp_ok(scalar @{ $is->{add_header} }, '>=', 10, "@{ $location->{words} }: adds to the door's headers, not instead of them");
}
done_testing;
