#!/usr/bin/perl
# The history follows a move: a file of FHIR in JP Core's form from one town, doses given
# elsewhere in the other; once, and for the same person alone.
use strict;
use warnings;
use utf8;
use File::Temp ();
use FindBin;
use JSON::PP;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($clerk, $nurse, $doctor, $helper, $outsider) = map { person($_) } qw(clerk nurse doctor helper outsider);
my %team = (nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper');
my ($p, $moved, $other) = (new_patient(%team), new_patient(%team), new_patient(%team));
my ($id, $moved_id, $other_id) = map { scalar db('SELECT id FROM care_patient WHERE ref = ?', unhex($_)) } $p, $moved, $other;
db('UPDATE care_patient SET birth_date = "1941-02-03" WHERE id IN (?, ?)', $id, $moved_id);
my @imports;
END { local $?; db('DELETE FROM vaccination_import WHERE ref = ?', unhex($_)) for @imports }

sub file_of { my ($who, $path) = @_; return $who->get("$path/history", accept => '*/*') }
sub take {
    my ($who, $path, $bytes) = @_;
    my $made = $who->post_files("$path/history", { history => ['history.json', 'application/json', $bytes] });
    push @imports, $made->json->{id} if $made->status == 201;
    return $made;
}
sub counts { my ($answer) = @_; return join ' ', $answer->status, map { $_ // '-' } @{ $answer->json }{qw(added known not_taken)} }

db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, product, product_name, standard_code, programme, dose_number, given_on, given_at, lot_number, expires_on, site, route, dose_ml, vaccinator_name, doctor_name, place, reported, recorded_at, recorded_by, writer_name, writer_profession, writer_office)
    VALUES (?, RANDOM_BYTES(16), "covid19", "新型コロナ", "comirnaty", "コミナティ", "309", NULL, 2, "2025-11-05", "2025-11-05 01:30:00", "0012", "2026-03-31", "left_arm", "im", 0.3, "試験 看護", "試験 医師", "自宅", 0, UTC_TIMESTAMP(3), 1, "x", "040", "x")', $id);
db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, product, product_name, given_on, dose_ml, reported, recorded_at, recorded_by, writer_name, writer_profession, writer_office)
    VALUES (?, RANDOM_BYTES(16), "influenza", "インフルエンザ", NULL, NULL, "2024-11-05", 0.25, 1, UTC_TIMESTAMP(3), 1, "x", "040", "x")', $id);
db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, given_on, reported, recorded_at, recorded_by, writer_name, writer_profession, writer_office, ended_at, end_reason)
    VALUES (?, RANDOM_BYTES(16), "zoster", "帯状疱疹", "2024-01-05", 1, UTC_TIMESTAMP(3), 1, "x", "040", "x", UTC_TIMESTAMP(3), "mistake")', $id);
db('INSERT INTO care_adverse_event (patient_id, ref, immunization_id, code, name, began_at, due_report, recorded_at, recorded_by, writer_name, writer_profession)
    SELECT patient_id, RANDOM_BYTES(16), id, "anaphylaxis", "アナフィラキシー", "2025-11-05 02:00:00", 0, UTC_TIMESTAMP(3), 1, "x", "040" FROM care_immunization WHERE patient_id = ? AND vaccine = "covid19"', $id);

# ---- the file ----

my $file = file_of($nurse, "/vaccination/$p");
is($file->header('content-type'), 'application/fhir+json; charset=utf-8', 'the team makes a file');
is(file_of($outsider, "/vaccination/$p")->status, 404, '  of its own patients');
is(file_of($nurse, "/vaccination/desk/$p")->status, 403, '  the desk of its residents');
my $json = decode_json($file->body);
my @dose = map { $_->{resource} } grep { $_->{resource}{resourceType} eq 'Immunization' } @{ $json->{entry} };
is(scalar @dose, 2, 'the doses that stand');
my ($covid) = grep { $_->{protocolApplied}[0]{targetDisease}[0]{text} eq '新型コロナ' } @dose;
is($covid->{meta}{profile}[0], 'http://jpfhir.jp/fhir/core/StructureDefinition/JP_Immunization', '  in JP Core\'s form');
is_deeply([map { $_->{code} } @{ $covid->{vaccineCode}{coding} }], ['309', 'comirnaty'], '  by CVX and by the schedule\'s code');
is_deeply($covid->{doseQuantity}, { value => 0.3, unit => 'mL', system => 'http://unitsofmeasure.org', code => 'mL' }, '  with the amount');
is($covid->{reaction}[0]{detail}{display}, 'アナフィラキシー', '  and what came after it');
my ($flu) = grep { $_->{protocolApplied}[0]{targetDisease}[0]{text} eq 'インフルエンザ' } @dose;
is(($flu->{primarySource} ? 1 : 0) . ($covid->{primarySource} ? 1 : 0), '01', '  who was the source');
is("$flu->{doseQuantity}{value} $flu->{doseQuantity}{code}", '250 uL', '  a quarter of a millilitre to the microlitre');
SKIP: {
    my $schema = ($ENV{TOMOZUNA_REALDATA} // '') . '/fhir/schema/fhir.schema.json';
    skip 'TOMOZUNA_REALDATA names no FHIR schema', 1 if !-e $schema;
    my $bundle = File::Temp->new(SUFFIX => '.json');
    print {$bundle} $file->body;
    close $bundle;
    is(system('python3', "$FindBin::Bin/../export/check_fhir.py", $schema, "$bundle"), 0, 'valid by R4\'s schema');
}

# ---- taken in where she moved to ----

is(counts(take($clerk, "/vaccination/desk/$moved", $file->body)), '201 2 0 0', 'the desk takes it in');
is(join(' / ', db('SELECT CONCAT_WS(" ", vaccine, COALESCE(product, "-"), given_on, lot_number, site, route, dose_ml, dose_number, reported, office_id) FROM care_immunization WHERE patient_id = ? ORDER BY given_on', $moved_id)),
    'influenza - 2024-11-05 0.25 1 0 / covid19 comirnaty 2025-11-05 0012 left_arm im 0.30 2 1 0', '  as given elsewhere, to the last digit');
is(join(' ', db('SELECT CONCAT(a.name, " ", a.due_report) FROM care_adverse_event a WHERE a.patient_id = ?', $moved_id)), 'アナフィラキシー 0', '  with what came after it, whose report is not ours');
is(counts(take($nurse, "/vaccination/$moved", $file->body)), '201 0 2 0', '  again adds nothing');
my $onward = decode_json(file_of($nurse, "/vaccination/$moved")->body);
is_deeply([grep { $_->{resource}{primarySource} } @{ $onward->{entry} }], [], '  what it gives on says that it is not the source');
is(take($nurse, "/vaccination/$other", $file->body)->json->{error}{code}, 'another_person', 'another birth date is another person');
is(take($nurse, "/vaccination/$moved", '{"resourceType":"Bundle"')->json->{error}{code}, 'malformed', 'what is no JSON');
is(take($nurse, "/vaccination/$moved", '[' x 5000)->status, 400, '  or a hole without bottom');
is(take($outsider, "/vaccination/$moved", $file->body)->status, 404, 'nor by others');
my $odd = decode_json($file->body);
for my $d (map { $_->{resource} } @{ $odd->{entry} }) {
    next if $d->{resourceType} ne 'Immunization';
    $d->{occurrenceDateTime} = '2199-01-01' if $d->{primarySource};
    $d->{occurrenceDateTime} = '2023-11-07' if !$d->{primarySource};
    $d->{lotNumber} = "x\x{202e}y";
    $d->{location}{display} = 'あ' x 200;
}
is(counts(take($nurse, "/vaccination/$moved", encode_json($odd))), '201 1 0 1', 'what lies in the future is not taken');
is(scalar db('SELECT COUNT(*) FROM care_immunization WHERE patient_id = ? AND given_on = "2023-11-07" AND lot_number IS NULL AND place IS NULL', $moved_id), 1, '  nor words that no row may have');
is($_->[0]->page($_->[1])->status, 200, "page $_->[1]") for [$nurse, "/vaccination/$moved"], [$clerk, "/vaccination/desk/$moved"];

done_testing;
