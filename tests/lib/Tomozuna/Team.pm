package Tomozuna::Team;

# A patient of a test's own that an office manages, and what a person can see of her.

use strict;
use warnings;
use utf8;
use Exporter 'import';
use Tomozuna::Patient;
use Tomozuna::Test;

our @EXPORT = qw(managed_patient sees consent_of why day office_ref user_ref patient_key);

# managed_patient('doctor', nurse => 'visiting_nurse', …): as new_patient; the
# office of the first login manages her.
sub managed_patient {
    my ($manager, %team) = @_;
    my $ref = new_patient(%team);
    db('UPDATE care_patient SET managing_office_id = (SELECT f.office_id FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = ?)
        WHERE ref = ?', $manager, unhex($ref));
    return $ref;
}

# Whether a signed-in person sees the page: on each way in, or 'differ'.
sub sees {
    my ($who, $ref) = @_;
    my %status = map { $who->get($_)->status => 1 } "/timeline/$ref", "/patients/$ref", "/team/$ref";
    my $list = $who->get('/patients')->json;
    my $listed = grep { $_->{id} eq $ref } @{ $list->{patients} }, @{ $list->{stand_in_patients} };
    return 1 if join(' ', keys %status) eq '200' && $listed;
    return 0 if join(' ', keys %status) eq '404' && !$listed;
    return 'differ: ' . join(' ', sort(keys %status), $listed);
}

# The newest consent of a patient to a purpose.
sub consent_of {
    my ($ref, $purpose) = @_;
    return scalar db('SELECT LOWER(HEX(c.ref)) FROM care_consent c JOIN care_patient p ON p.id = c.patient_id
        WHERE p.ref = ? AND c.purpose = ? ORDER BY c.id DESC LIMIT 1', unhex($ref), $purpose);
}

# "field code" of a refusal, or the status.
sub why {
    my ($answer) = @_;
    return $answer->status if $answer->status == 204 || !eval { $answer->json->{error} };
    my $e = $answer->json->{error};
    return defined $e->{field} ? "$e->{field} $e->{code}" : $answer->status;
}

# A Japanese day, $n from today.
sub day {
    my ($n) = @_;
    my ($d, $m, $y) = (gmtime time + 9 * 3600 + $n * 86_400)[3 .. 5];
    return sprintf '%04d-%02d-%02d', $y + 1900, $m + 1, $d;
}

sub office_ref { return scalar db('SELECT LOWER(HEX(o.ref)) FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = ?', $_[0]) }
sub user_ref { return scalar db('SELECT LOWER(HEX(ref)) FROM care_user WHERE login = ?', $_[0]) }
sub patient_key { return scalar db('SELECT id FROM care_patient WHERE ref = ?', unhex($_[0])) }

1;
