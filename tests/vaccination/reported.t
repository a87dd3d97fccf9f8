#!/usr/bin/perl
# Doses given elsewhere, what was wrong about a dose, the stock of an office.
use strict;
use warnings;
use utf8;
use POSIX ();
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($nurse, $doctor, $caremanager, $helper, $outsider) = map { person($_) } qw(nurse doctor caremanager helper outsider);
my $p = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', caremanager => 'care_manager', helper => 'home_helper');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
my $at = "/vaccination/$p";
my $today = db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR)');

sub doses { return @{ $nurse->get($at)->json->{immunizations} } }
sub code { my ($answer) = @_; return $answer->status . ' ' . ($answer->json->{error}{code} // '') }

# ---- elsewhere ----

my %elsewhere = (vaccine => 'influenza', given_on => '2025-11-05', place => '公民館', lot_number => '0012', doctor_name => 'だれか');
is(code($caremanager->post($at, { %elsewhere, given_on => '2199-01-01' })), '400 in_future', 'nothing is given to-morrow');
is($caremanager->post($at, { %elsewhere, given_on => '1939-12-31' })->status, 400, '  nor before she was born');
is($caremanager->post($at, { %elsewhere, vaccine => 'smallpox' })->json->{error}{field}, 'vaccine', '  nor of a vaccine that nobody knows');
is(code($caremanager->post($at, { %elsewhere, product => 'comirnaty' })), '400 no_product', '  nor another one\'s product');
is($outsider->post($at, \%elsewhere)->status, 404, '  nor by others');
my $made = $caremanager->post($at, \%elsewhere);
is($made->status, 201, 'a certificate is one step');
my ($dose) = doses();
is(join(' ', map { $dose->{$_} // '-' } qw(vaccine given_on place lot_number product vaccinator_name)), 'influenza 2025-11-05 公民館 0012 - -', '  what it does not say stays open');
ok($dose->{reported}, '  and is marked as reported');
is(scalar db('SELECT COUNT(*) FROM care_immunization WHERE patient_id = ? AND reported AND programme IS NULL AND office_id = 0', $id), 1, '  outside of the town\'s counts');
is(code($nurse->post($at, \%elsewhere)), '409 conflict', 'the same again by somebody else is refused');
is(entries_of($p), 0, '  and no event was made of it');

# ---- corrections ----

my $one = "$at/doses/" . $made->json->{id};
is($caremanager->post("$one/correct", { given_on => '2025-11-06' })->json->{error}{field}, 'reason', 'a correction says why');
my $new = $caremanager->post("$one/correct", { given_on => '2025-11-06', product => 'influenza_ha', lot_number => '0012', reason => '済証を見た' });
is($new->status, 201, 'corrected');
is(join(' / ', map { "$_->{given_on} " . ($_->{end_reason} // 'stands') } doses()), '2025-11-06 stands / 2025-11-05 replaced', '  the old row keeps its words');
is(code($nurse->post("$one/correct", { given_on => '2025-11-07', reason => 'x' })), '409 conflict', '  and is corrected once');
is($nurse->get("$at/doses/" . $new->json->{id})->json->{immunization}{correction_reason}, '済証を見た', '  the new one says why');
is($helper->post("$at/doses/" . $new->json->{id} . '/mistake', {})->json->{error}{field}, 'reason', 'a dose is struck for a reason');
is($helper->post("$at/doses/" . $new->json->{id} . '/mistake', { reason => '別の人の済証' })->status, 204, 'who writes care strikes what was reported');
is($nurse->get("$at/doses/" . $new->json->{id})->json->{strike}{reason}, '別の人の済証', '  and it says why');
is(join(' ', map { $_->{end_reason} // 'stands' } doses()), 'mistake replaced', '  which stays to be seen');
is(scalar db('SELECT immunized_on FROM care_patient WHERE id = ?', $id), undef, '  and the icon goes');
is($caremanager->post($at, \%elsewhere)->status, 201, '  so that it can be written anew');
my ($anew) = doses();
db('UPDATE care_immunization SET reported = 0 WHERE ref = ?', unhex($anew->{id}));
is($caremanager->post("$at/doses/$anew->{id}/mistake", { reason => 'x' })->status, 403, 'one of ours is struck only by who gives them');
{
    my $other = new_patient(outsider => 'visiting_nurse');
    is($outsider->get("/vaccination/$other/doses/$anew->{id}")->status, 404, 'another patient\'s dose is none of this one\'s');
    is($outsider->post("/vaccination/$other/doses/$anew->{id}/mistake", { reason => 'x' })->status, 404, '  for no one');
}

# ---- the stock of an office ----

END { local $?; db('DELETE FROM vaccination_lot WHERE lot_number LIKE "TEST%"') }
my %lot = (product => 'influenza_ha', lot_number => 'TEST77', expires_on => '2199-03-31', stock => 1);
is($helper->post('/vaccination/stock', \%lot)->status, 403, 'a helper keeps no vaccines');
is(code($nurse->post('/vaccination/stock', { %lot, expires_on => '2020-01-01' })), '400 expired', 'nobody receives what has expired');
is($nurse->post('/vaccination/stock', { %lot, product => 'x' })->json->{error}{field}, 'product', '  nor what there is not');
is($nurse->post('/vaccination/stock', \%lot)->status, 201, 'a lot of one dose');
is(code($nurse->post('/vaccination/stock', \%lot)), '409 conflict', '  once');
my ($kept) = grep { $_->{lot_number} eq 'TEST77' } @{ $nurse->get('/vaccination/stock')->json->{lots} };
is($kept->{stock}, 1, '  is in stock');
is_deeply([grep { $_->{lot_number} eq 'TEST77' } @{ $doctor->get('/vaccination/stock')->json->{lots} }], [], '  of this office alone');
is($doctor->post("/vaccination/stock/$kept->{id}", { stock => 5 })->status, 404, '  which others do not count');

my @question = qw(leaflet illness immunosuppressed bleeding doctor_agreed recent_illness unwell convulsion severe_allergy
    component_allergy past_reaction fainting pregnant recent_vaccine has_question);
my %form = (temperature => '36.4', (map { $_ => 'no' } @question), wish => 'wishes', signer => 'self');
my %dose = (product => 'influenza_ha', expires_on => '2199-03-31', site => 'left_arm', route => 'sc', dose_ml => '0.5');

# A visit of a patient of the test's own that may have its dose.
sub eligible {
    my $who = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
    my $visit = "/vaccination/$who/visits/" . $nurse->post("/vaccination/$who/visits", { vaccine => 'influenza' })->json->{id};
    my $made = $nurse->post("$visit/screening", \%form)->json->{id};
    $doctor->post("$visit/judgement", { form => $made, judgement => 'possible', mode => 'present', explained => 1 });
    return $visit;
}
my ($first, $second) = (eligible(), eligible());
is(code($nurse->post("$first/dose", { %dose, lot_number => 'TEST78' })), '400 lot_unknown', 'where a stock is kept, another lot is refused');
is_deeply([map { $_->{lot_number} } grep { $_->{lot_number} =~ /\ATEST/ } @{ $nurse->get($first)->json->{lots} }], ['TEST77'], '  the one that is there is offered');
is($nurse->post("$first/dose", { %dose, lot => $kept->{id} })->status, 201, '  and given');
is(scalar db('SELECT stock FROM vaccination_lot WHERE ref = ?', unhex($kept->{id})), 0, '  so that the stock falls');
is($nurse->get($first)->json->{immunization}{lot_number}, 'TEST77', '  and the dose has its number');
is(code($nurse->post("$second/dose", { %dose, lot => $kept->{id} })), '400 lot_empty', 'none is left for the next one');
my $struck = $nurse->get($first)->json->{immunization}{id};
my ($whose) = $first =~ m{(/vaccination/\w+)/};
is($nurse->post("$whose/doses/$struck/mistake", { reason => '別の人' })->status, 204, 'a dose that was none');
is(scalar db('SELECT stock FROM vaccination_lot WHERE ref = ?', unhex($kept->{id})), 1, '  is in the refrigerator again');
is($nurse->get($first)->json->{visit}{state}, 'cancelled', '  nobody waits for what comes after it');
is($nurse->post("$whose/visits", { vaccine => 'influenza' })->status, 201, '  and it can be planned anew');
is($nurse->post("/vaccination/stock/$kept->{id}", { stock => 2 })->status, 204, 'two were found');

# ---- two at once ----

{
    my @child;
    for my $who (qw(nurse doctor)) {
        pipe my $read, my $write or die $!;
        my $pid = fork // die $!;
        if (!$pid) {
            my $client = $who eq 'nurse' ? $nurse : $doctor;
            my %mine = $who eq 'nurse' ? (%dose, lot => $kept->{id}) : (%dose, lot_number => 'TEST79');
            syswrite $write, $client->post("$second/dose", \%mine)->status;
            POSIX::_exit(0);
        }
        close $write;
        push @child, [$pid, $read];
    }
    my @status = map { my ($pid, $read) = @$_; sysread $read, my $said, 10; waitpid $pid, 0; $said } @child;
    is(scalar(grep { $_ eq '201' } @status), 1, "two who record the same dose at once leave one (@status)");
    my ($ref) = $second =~ m{/vaccination/(\w+)/};
    is(scalar db('SELECT COUNT(*) FROM care_immunization i JOIN care_patient p ON p.id = i.patient_id WHERE p.ref = ?', unhex($ref)), 1, '  in the record too');
}

done_testing;
