#!/usr/bin/perl
# Both doors under testssl.sh: no finding above low.
use strict;
use warnings;
use File::Temp ();
use JSON::PP ();
use Test::More;
use Tomozuna::Faults;
use Tomozuna::Test;

my ($program) = grep { -x } map { my $folder = $_; map { "$folder/$_" } qw(testssl testssl.sh) } split /:/, $ENV{PATH};
plan skip_all => 'testssl.sh is not installed (Debian package testssl.sh)' if !$program;

my $folder = File::Temp->newdir;

# One finding is known, of one kind of certificate: a door's that the town's own
# authority signed names no list, because it is revoked by being replaced
# (deploy/INSTALL.md, section 3). One of a public authority must name its list.
my %known = (cert_revocation => qr/\ANeither CRL nor OCSP URI provided\z/);
sub own_authority {
    my ($url) = @_;
    my ($host, $port) = $url =~ m{//([^:/]+):(\d+)};
    my $file = "$folder/shown.pem";
    system("openssl s_client -connect 127.0.0.1:$port -servername $host </dev/null 2>/dev/null | openssl x509 >$file 2>/dev/null");
    my ($issuer) = qx(openssl x509 -in $file -noout -issuer) =~ /issuer\s*=\s*(.+)/;
    my ($subject) = qx(openssl x509 -in @{[demo('CA')]} -noout -subject) =~ /subject\s*=\s*(.+)/;
    return defined $issuer && $issuer eq $subject
        && system('openssl', 'verify', '-CAfile', demo('CA'), '-no-CApath', '-no-CAstore', $file) == 0;
}
my %door = (professional => demo('URL'), open => demo('OPEN_URL'));
my %own = map { $_ => own_authority($door{$_}) } keys %door;

sub scan {
    my ($door) = @_;
    my $pid = fork // die "fork: $!\n";
    return $pid if $pid;
    open STDIN, '<', '/dev/null';
    open STDOUT, '>', "$folder/$door.log";
    open STDERR, '>&', \*STDOUT;
    exec $program, qw(--quiet --warnings batch --color 0 --ip 127.0.0.1 --nodns none), '--add-ca', demo('CA'),
        '--jsonfile', "$folder/$door.json", $door{$door};
    exit 127;
}

# What severities mean: OK and INFO are none; WARN is about the scan itself.
my %pid = map { $_ => scan($_) } sort keys %door;
for my $door (sort keys %door) {
    waitpid $pid{$door}, 0;
    my $found = eval { JSON::PP::decode_json(slurp("$folder/$door.json", 1)) } || [];
    cmp_ok(scalar @$found, '>', 100, "$door: looked at " . @$found . ' things') or diag slurp("$folder/$door.log");
    my @above = grep { my $f = $_; $f->{severity} =~ /\A(?:MEDIUM|HIGH|CRITICAL|FATAL)\z/
        && !($own{$door} && $known{ $f->{id} } && $f->{finding} =~ $known{ $f->{id} }) } @$found;
    is_deeply([map { "$_->{severity} $_->{id}: $_->{finding}" } @above], [], '  nothing above low');
    my ($grade) = map { $_->{finding} } grep { $_->{id} eq 'overall_grade' } @$found;
    my %count;
    $count{ $_->{severity} }++ for @$found;
    note_numbers('%s door: %s%s', $door, join(', ', map { "$count{$_} $_" } sort keys %count), defined $grade ? ", grade $grade" : '');
}
done_testing;
