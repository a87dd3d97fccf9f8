package Tomozuna::Device;

# A device of an office that a test may lose: a certificate of the demo's own
# authority and its row. It is taken away again when the test ends.

use strict;
use warnings;
use utf8;
use Digest::SHA ();
use File::Temp ();
use Tomozuna::Test;

my (@made, $folder);

# device('nurse'): a client of a new device at the nurse's office, not signed in.
sub device {
    my ($login, %option) = @_;
    $folder //= File::Temp->newdir;
    my $ca = demo('STATE') . '/ca';
    my $file = "$folder/" . @made;
    system("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj '/CN=a device of a test' -keyout $file.key -out $file.csr 2>/dev/null"
        . " && printf 'basicConstraints=critical,CA:false\\nkeyUsage=critical,digitalSignature\\nextendedKeyUsage=clientAuth\\n' >$file.ext"
        . " && openssl x509 -req -in $file.csr -CA $ca/people-ca.crt -CAkey $ca/people-ca.key -days 2 -extfile $file.ext -out $file.crt 2>/dev/null"
        . " && openssl x509 -in $file.crt -outform DER -out $file.der") == 0 or die "openssl failed\n";
    my $hash = Digest::SHA::sha256_hex(slurp("$file.der", 1));
    my $ref = join '', map { sprintf '%08x', rand 2**32 } 1 .. 4;
    db('INSERT INTO care_device (ref, office_id, name, certificate, not_after, created_at)
        SELECT ?, f.office_id, "試験用の端末", ?, UTC_TIMESTAMP(3) + INTERVAL 2 DAY, UTC_TIMESTAMP(3)
          FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = ?', unhex($ref), unhex($hash), $login);
    push @made, $ref;
    my $client = client(certificate => "$file.crt", key => "$file.key", %option);
    my $person = person($login, signed_in => 0);
    @$client{qw(name password pin)} = @$person{qw(name password pin)};
    $client->{device} = $ref;
    return $client;
}

END {
    local $?;
    for my $ref (@made) {
        db('DELETE s FROM care_session s JOIN care_device d ON d.id = s.device_id WHERE d.ref = ?', unhex($ref));
        db('DELETE FROM care_device WHERE ref = ?', unhex($ref));
    }
}

1;
