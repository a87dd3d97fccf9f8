#!/usr/bin/perl
# The signer as a whole: from a request to a phone that comes in, and from a
# revocation to a door that is shut.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Test::More;
use World;

plan skip_all => 'tomozuna-ca and tomozuna are not built'
    if !World::program('gateways/ca/tomozuna-ca') || !World::program('deploy/tomozuna/tomozuna');
plan skip_all => 'no nginx' if !-x '/usr/sbin/nginx';

my $w = World->new;
my $dir = $w->{dir};
my $crl = sub {
    my $text = $w->run('openssl', 'crl', '-in', "$dir/ca/people.crl", '-CAfile', "$dir/ca/people-ca.crt", '-noout', '-text');
    my ($number) = $text =~ /CRL Number:\s+(\d+)/;
    return { number => $number, count => scalar(() = $text =~ /Serial Number/g), text => $text };
};
my $newest = sub { scalar $w->sql("SELECT $_[0] FROM ca_crl ORDER BY number DESC LIMIT 1") };
my $soon = sub { World::wait_for(15, @_) };

# ---- the beginning ----

$w->make_authorities;
my %before = map { $_ => $w->slurp("ca/$_") } qw(people-ca.key door.crt people.crl);
$w->make_authorities;
is $w->slurp("ca/$_"), $before{$_}, "$_ stays when init runs again" for sort keys %before;
is((stat "$dir/ca/people-ca.key")[2] & 0777, 0600, 'the key is its owner\'s');
rename "$dir/ca/people-ca.crt", "$dir/ca/away";
my ($status) = $w->try(World::program('gateways/ca/tomozuna-ca'), 'init', "$dir/ca", 'localhost');
is $status, 1, 'half an authority is not made anew';
rename "$dir/ca/away", "$dir/ca/people-ca.crt";

chmod 0640, "$dir/ca/people-ca.key";
my $pid = $w->start_ca;
waitpid $pid, 0;
ok $? >> 8, 'a key that others can read is refused';

# Of systemd 257 a credential is root's, mode 0440, open to the unit's user by an
# access list; that of 252 was the user's, 0400.
{
    local $ENV{CREDENTIALS_DIRECTORY} = "$dir/ca";
    for my $case ([0440, 1], [0400, 1], [0444, 0], [0460, 0]) {
        my ($mode, $fine) = @$case;
        chmod $mode, "$dir/ca/people-ca.key";
        $pid = $w->start_ca;
        my $refused = World::wait_for($fine ? 0.6 : 30, sub { waitpid($pid, 1) == $pid });
        is $refused ? 0 : 1, $fine, sprintf 'a credential of mode %04o is %s', $mode, $fine ? 'taken' : 'refused';
        if (!$refused) { kill TERM => $pid; waitpid $pid, 0 }
    }
}
chmod 0600, "$dir/ca/people-ca.key";

# ---- a request, a parcel, a door ----

ok $w->start_nginx, 'nginx answers';
$w->start_ca;
$w->admin('network', 'add', '994014', '--nickname', 'notebook', '--colour', '#2f6b4f', '--sender', 'here', '--phone', '000-000-0099');
my $office = $w->admin('office', 'add', '994014', '--kind', 'visiting_nurse', '--name', 'test');
my %device = map { $_ => $w->admin('device', 'add', $office, '--name', $_) } qw(modern compatible own);

for my $kind (qw(modern compatible)) {
    my $out = $w->admin('certificate', 'ask', $device{$kind}, "--$kind", '--out', "$dir/people/$kind");
    my ($phrase) = $out =~ /^([a-z]{5}(?:-[a-z]{5}){4})$/m;
    ok $phrase, "$kind: a pass phrase is shown";
    my $info = $w->run('openssl', 'pkcs12', '-in', "$dir/people/$kind.p12", '-passin', "pass:$phrase", '-info', '-noout');
    like $info, $kind eq 'modern' ? qr/AES-256-CBC.*hmacWithSHA256/ : qr/pbeWithSHA1And3-KeyTripleDES-CBC/, "$kind: its ciphers";
    unlike $w->run('openssl', 'pkcs12', '-in', "$dir/people/$kind.p12", '-passin', "pass:$phrase", '-nodes'),
        qr/friendlyName: [a-z]{5}\n/, "$kind: the pass phrase is not inside";
    is $w->door($kind), 200, "$kind: the device comes in";
}
is $w->sql("SELECT COUNT(*) FROM ca_request WHERE state = 'taken' AND parcel IS NULL AND passphrase IS NULL"), 2,
    'what was taken is erased';
is $w->sql("SELECT COUNT(*) FROM care_device d JOIN ca_certificate c ON c.certificate = d.certificate"
    . " AND c.device_id = d.id AND d.certificate = UNHEX(SHA2(c.der, 256)) AND d.not_after = c.not_after"), 2,
    'the device has the hash of its certificate';
like $w->run('openssl', 'verify', '-CAfile', "$dir/ca/people-ca.crt", '-purpose', 'sslclient', "$dir/people/modern.crt"),
    qr/OK/, 'OpenSSL takes it for a client\'s';
like +($w->try('openssl', 'verify', '-CAfile', "$dir/ca/people-ca.crt", '-purpose', 'sslserver', "$dir/people/modern.crt"))[1],
    qr/unsuitable|error/, 'and for nothing else';

# A device's own key: only the key of the request counts.
$w->run('openssl', 'req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout',
    "$dir/people/own.key", '-out', "$dir/own.der", '-outform', 'DER', '-subj', '/CN=somebody else',
    '-addext', 'basicConstraints=CA:TRUE');
my $request = sub {
    my ($device, $csr) = @_;
    $w->sql("INSERT INTO ca_request (ref, device_id, asked_at, csr, packing) SELECT RANDOM_BYTES(16), id,"
        . " UTC_TIMESTAMP(3), UNHEX('$csr'), 'none' FROM care_device WHERE ref = UNHEX('$device')");
    my $id = $w->sql('SELECT MAX(id) FROM ca_request');
    $soon->(sub { $w->sql("SELECT state FROM ca_request WHERE id = $id") ne 'asked' });
    return $w->sql("SELECT CONCAT(state, ' ', COALESCE(reason, HEX(parcel))) FROM ca_request WHERE id = $id");
};
my ($state, $der) = split / /, $request->($device{own}, unpack 'H*', $w->slurp('own.der'));
is $state, 'ready', 'a request with a key of its own is signed';
$w->spew('own.crt.der', pack 'H*', $der);
$w->run('openssl', 'x509', '-inform', 'DER', '-in', "$dir/own.crt.der", '-out', "$dir/people/own.crt");
my $text = $w->run('openssl', 'x509', '-in', "$dir/people/own.crt", '-noout', '-text');
like $text, qr/CA:FALSE/, 'it did not become an authority';
like $text, qr/Subject: CN = $device{own}\n/, 'nor somebody else';
is $w->door('own'), 200, 'and comes in';
like $request->($device{own}, 'deadbeef'), qr/^refused /, 'rubbish is refused';

# ---- revocation ----

ok $soon->(sub { $newest->('probe') eq 'refused' }), 'the door refuses the probe';
my $list = $crl->();
is $list->{number}, $newest->('number'), 'file and table have the same number';
$w->admin('device', 'revoke', $device{modern});
ok $soon->(sub { $w->door('modern') == 400 }), 'a revoked device is refused by nginx';
is $w->door('compatible'), 200, 'another is not';
cmp_ok $crl->()->{number}, '>', $list->{number}, 'the number rose';
ok $soon->(sub { $newest->('probe') eq 'refused' }), 'and the probe is refused again';
my ($again) = $w->tomozuna('certificate', 'ask', $device{modern}, '--out', "$dir/people/again");
isnt $again, 0, 'a revoked device gets no new certificate';

# A renewed device: the certificate before ends.
$w->run('cp', "$dir/people/compatible.$_", "$dir/people/old.$_") for qw(crt key);
$w->admin('certificate', 'ask', $device{compatible}, '--out', "$dir/people/compatible");
ok $soon->(sub { $w->door('old') == 400 }), 'renewal puts the old certificate on the list';
is $w->door('compatible'), 200, 'the new one comes in';

# ---- what breaks ----

my $number = $newest->('number');
truncate "$dir/ca/people.crl", 100;
ok $soon->(sub { $newest->('number') > $number && eval { $crl->() } }), 'a broken file is made anew';
is $crl->()->{number}, $newest->('number'), 'with a number of its own';
unlink "$dir/ca/people.crl";
ok $soon->(sub { -e "$dir/ca/people.crl" }), 'so is a missing one';
is $w->door('modern'), 400, 'nobody came in meanwhile';

is $w->stop('ca'), 0, 'the signer stops when asked';
$w->sql("UPDATE ca_crl SET issued_at = issued_at - INTERVAL 8 DAY, next_update = next_update - INTERVAL 8 DAY");
my ($ill, $said) = $w->tomozuna('doctor');
is $ill, 2, 'doctor: something is wrong';
like $said, qr/WRONG\s+CRL .*tomozuna-ca makes none/, 'doctor: the list is old';
$w->sql("INSERT INTO ca_request (ref, device_id, asked_at, state, parcel, passphrase, ready_at) SELECT RANDOM_BYTES(16), id,"
    . " UTC_TIMESTAMP(3), 'ready', 'x', 'x', UTC_TIMESTAMP(3) - INTERVAL 16 MINUTE FROM care_device LIMIT 1");

$w->settings(crl_check_command => '/bin/false');
$w->start_ca;
ok $soon->(sub { $newest->('probe') eq 'not_checked' }), 'no reload while nginx would not start';
like +($w->tomozuna('doctor'))[1], qr/WRONG\s+CRL at the door\s+not_checked/, 'doctor says so';
ok $soon->(sub { $w->sql("SELECT COUNT(*) FROM ca_request WHERE state = 'expired' AND parcel IS NULL") == 1 }),
    'a parcel that nobody took is erased after 15 minutes';
$w->stop('ca');

# A door that takes everybody is what the probe is for.
my $open = $w->slurp('conf/nginx.conf');
$w->spew('conf/nginx.conf', $open =~ s/ssl_crl [^;]+;//r);
$w->settings;
$w->sql("UPDATE ca_crl SET probe = 'waiting'");
$w->start_ca;
ok $soon->(sub { $newest->('probe') eq 'accepted' }), 'a door that forgot the list is found out';
like +($w->tomozuna('doctor'))[1], qr/A REVOKED CERTIFICATE COMES IN/, 'doctor says so';
like $w->slurp('ca.log'), qr/"level":"error".*"probe":"accepted"/, 'so does the log';
unlike $w->slurp('ca.log'), qr/BEGIN|[a-z]{5}(?:-[a-z]{5}){4}/, 'the log holds no secret';

done_testing;
