#!/usr/bin/perl
# The doors from outside: who gets in, what the others see, what every answer says.
use strict;
use warnings;
use utf8;
use File::Temp ();
use Test::More;
use Tomozuna::Test;
use Tomozuna::Nginx;

my $people = demo('PEOPLE');
my $folder = File::Temp->newdir;

sub forge {
    my ($name, @how) = @_;
    system("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2 -subj '/CN=nurse demo device' "
        . "@how -keyout $folder/$name.key -out $folder/$name.crt 2>/dev/null") == 0 or die "openssl failed\n";
    return (certificate => "$folder/$name.crt", key => "$folder/$name.key");
}

# Nothing of ours may show: no name of a page, no cookie, no program's answer.
sub shut {
    my ($client, $what) = @_;
    for my $path ('/', '/patients', '/timeline/' . 'a' x 32, '/static/', '/sign-in', '/identity/health') {
        for my $accept ('text/html', 'application/json') {
            my $answer = $client->get($path, accept => $accept);
            like($answer->status, qr/\A40[03]\z/, "$what: $path as $accept is refused");
            like($answer->text, qr/証明書|この端末では開けません/, '  with help');
            unlike($answer->text, qr/patient|timeline|sign-in|<form|<script|<a /i, '  and nothing else');
            ok(!$answer->header('set-cookie'), '  no cookie');
        }
    }
    like($client->post('/sign-in', { login => 'nurse', password => 'x' })->status, qr/\A40[03]\z/, "$what: no sign-in");
    return;
}

shut(nobody_at('professional'), 'no certificate');
shut(client(forge('self')), 'a self-signed one');
shut(client(device => 'lost'), 'a revoked one');
shut(client(certificate => demo('STATE') . '/ca/door.crt', key => demo('STATE') . '/ca/door.key'), "the door's own")
    if -r demo('STATE') . '/ca/door.key';

my $in = client(device => 'nurse')->get('/no-such-page');
is($in->status, 404, 'a good certificate is let in');
is(client(device => 'nurse')->get('/no-such-page')->error, 'not_found', '  and gets JSON when it asks for JSON');
is(nobody_at('open')->get('/no-such-page')->status, 404, 'the open door asks for none');

# Plain HTTP on a TLS port.
{
    require IO::Socket::INET;
    my $port = demo('PORT');
    my $plain = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port") or die;
    print {$plain} "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    local $/;
    like(<$plain>, qr{\AHTTP/1\.1 400 }, 'plain HTTP is refused');
}

for my $version (qw(TLSv1 TLSv1_1)) {
    is(client(device => 'nurse', tls => $version)->get('/x')->status, 599, "$version: no connection");
}
for my $version (qw(TLSv1_2 TLSv1_3)) {
    is(client(device => 'nurse', tls => $version)->get('/x')->status, 404, "$version works");
}

# No resumption: a list of revoked devices is looked at on every handshake.
for my $version (qw(-tls1_2 -tls1_3)) {
    my $session = "$folder/session$version";
    my $common = 'openssl s_client -connect 127.0.0.1:' . demo('PORT')
        . " $version -CAfile " . demo('CA') . " -cert $people/nurse.crt -key $people/nurse.key";
    my $get = "printf 'GET /x HTTP/1.0\\r\\n\\r\\n'; sleep 0.3";
    qx(($get) | $common -ign_eof -sess_out $session 2>&1);
    my $again = -s $session ? qx(($get) | $common -ign_eof -sess_in $session 2>&1) : 'New, no session kept';
    like($again, qr/^New, /m, "$version: a second connection is a new session");
    unlike($again, qr/^Reused, /m, '  not a resumed one');
}

my %header = (
    'strict-transport-security' => qr/max-age=63072000/, 'content-security-policy' => qr/default-src 'self'.*frame-ancestors 'none'/,
    'x-content-type-options' => qr/\Anosniff\z/, 'referrer-policy' => qr/\Asame-origin\z/,
    'cross-origin-opener-policy' => qr/\Asame-origin\z/, 'cross-origin-resource-policy' => qr/\Asame-origin\z/,
    'permissions-policy' => qr/geolocation/, 'server' => qr/\Anginx\z/,
);
my %answer = (
    'professional 404' => $in, 'professional 400' => nobody_at('professional')->get('/'),
    'open 404' => nobody_at('open')->get('/x'), 'static 404' => nobody_at('open')->get('/static/none.css'),
);
for my $name (sort keys %answer) {
    like($answer{$name}->header($_) // '(none)', $header{$_}, "$name: $_") for sort keys %header;
}
is(nobody_at('open')->get('/static/errors/certificate.html')->status, 404, 'error pages have no address');
is(nobody_at('open')->get('/-/certificate.html')->status, 404, '  nor has their folder');
isnt(nobody_at('open')->get('/static/../ca/door.key')->status, 200, 'static files end at their folder');
isnt(nobody_at('open')->get('/static%2f..%2fconf%2ftomozuna.conf')->status, 200, '  encoded or not');
done_testing;
