package Tomozuna::Incident;

# Registered people, incidents and bulletins of a test's own, gone again when it ends.

use strict;
use warnings;
use utf8;
use Exporter 'import';
use Tomozuna::Patient;
use Tomozuna::Test;

our @EXPORT = qw(register_patient equip new_incident open_incident new_district bulletin said event);

my (@incident, @district, $source);

sub hex16 { return join '', map { sprintf '%08x', rand 2**32 } 1 .. 4 }

# A district of the test's own; its ref.
sub new_district {
    my ($name) = @_;
    my $ref = hex16();
    db('INSERT INTO disaster_district (ref, network_id, name, outline) SELECT ?, network_id, ?, "33.542,137.500 33.542,137.512 33.552,137.512 33.552,137.500"
        FROM care_user WHERE login = "nurse"', unhex($ref), $name);
    push @district, $ref;
    return $ref;
}

# Puts a patient of new_patient into the register, in a district; columns by name.
sub register_patient {
    my ($patient, $district, %set) = @_;
    %set = (reasons => 'mayor', care_level => 'care3', lives_alone => 0, address => '試験町1', %set);
    my @name = sort keys %set;
    db('INSERT INTO disaster_registration (patient_id, ref, network_id, family, given, kana_family, kana_given, birth_date, sex, district_id,
        registered_at, changed_at, ' . join(', ', @name) . ') SELECT p.id, ?, p.network_id, p.family, p.given, p.kana_family, p.kana_given, p.birth_date,
        p.sex, (SELECT d.id FROM disaster_district d WHERE d.ref = ?), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)' . ', ?' x @name . '
        FROM care_patient p WHERE p.ref = ?', unhex(hex16()), unhex($district), @set{@name}, unhex($patient));
    return $patient;
}

# Equipment that needs power; hours of its battery, or undef.
sub equip {
    my ($patient, $name, $hours) = @_;
    my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient));
    db('INSERT INTO care_equipment (ref, patient_id, name, power_dependent, battery_hours) VALUES (RANDOM_BYTES(16), ?, ?, 1, ?)', $id, $name, $hours);
    return;
}

# Prepared by an officer; its ref.
sub new_incident {
    my ($officer, %with) = @_;
    my $made = $officer->post('/disaster', { kind => 'outage', title => "試験の停電$$", %with });
    push @incident, $made->json->{id};
    return $made->json->{id};
}

sub open_incident {
    my ($officer, $incident, @area) = @_;
    return $officer->post("/disaster/$incident/open", { basis => '停電が長びく見込み', area => \@area, secrecy => 1 });
}

# A bulletin in the network's own town, and the event that tells of it; its ref.
sub bulletin {
    my ($event, %set) = @_;
    my $ref = hex16();
    $source = "test$$";
    %set = (source => $source, publisher => '試験気象台', topic => 'weather', status => 'actual', severity => 'severe', level => 0,
        title => "試験の警報$$", state => 'issued', %set);
    my @name = sort keys %set;
    db('INSERT INTO care_bulletin (ref, issued_at, received_at, from_at, until_at, ' . join(', ', @name) . ') VALUES (?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3),
        UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE, UTC_TIMESTAMP(3) + INTERVAL 1 HOUR' . ', ?' x @name . ')', unhex($ref), @set{@name});
    db('INSERT INTO care_bulletin_area (municipality, bulletin_id, n, area, kind, code, name, level, severity)
        SELECT (SELECT m.municipality FROM care_network_municipality m JOIN care_user u ON u.network_id = m.network_id WHERE u.login = "nurse" LIMIT 1),
        id, 1, "試験町", "warning", "03", title, level, severity FROM care_bulletin WHERE ref = ?', unhex($ref));
    event($event, $ref) if $event;
    return $ref;
}

# What gateways/feed would publish.
sub event {
    my ($topic, $ref) = @_;
    db('INSERT INTO lib_event (topic, patient_id, about, actor_id, at, sentence_ja, sentence_en) VALUES (?, 0, ?, 0, UTC_TIMESTAMP(3), "x", "x")', $topic, unhex($ref));
    db('INSERT INTO lib_event_due (program, event_id, not_before) SELECT r.program, MAX(e.id), UTC_TIMESTAMP(3) FROM lib_reactor r JOIN lib_event e
        ON e.topic = r.topic WHERE e.about = ? AND r.topic = ? AND r.program = "disaster" GROUP BY r.program', unhex($ref), $topic);
    return;
}

# The rows of what was said of a patient in an incident.
sub said {
    my ($patient) = @_;
    return scalar db('SELECT COUNT(*) FROM disaster_safety_status s JOIN care_patient p ON p.id = s.patient_id WHERE p.ref = ?', unhex($patient));
}

END {
    local $?;
    for my $ref (@incident, $source ? db('SELECT LOWER(HEX(i.ref)) FROM disaster_incident i JOIN care_bulletin b ON b.ref = i.bulletin WHERE b.source = ?', $source) : ()) {
        my $id = db('SELECT id FROM disaster_incident WHERE ref = ?', unhex($ref)) or next;
        db("DELETE FROM $_ WHERE incident_id = ?", $id) for qw(disaster_request disaster_call disaster_safety_status disaster_person disaster_area disaster_secrecy disaster_message disaster_shelter_word disaster_office_report);
        db('DELETE FROM disaster_incident WHERE id = ?', $id);
        db('DELETE FROM care_incident WHERE ref = ?', unhex($ref));
        db('DELETE FROM care_notice WHERE cause = ?', unhex($ref));
    }
    db('DELETE g FROM disaster_registration g JOIN disaster_district d ON d.id = g.district_id WHERE d.ref = ?', unhex($_)) for @district;
    db('DELETE FROM disaster_district WHERE ref = ?', unhex($_)) for @district;
    if ($source) {
        db('DELETE a FROM care_bulletin_area a JOIN care_bulletin b ON b.id = a.bulletin_id WHERE b.source = ?', $source);
        db('DELETE FROM care_bulletin WHERE source = ?', $source);
    }
}

1;
