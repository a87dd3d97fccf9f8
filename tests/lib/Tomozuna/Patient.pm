package Tomozuna::Patient;

# A patient of a test's own with a team, gone again when the test ends.

use strict;
use warnings;
use utf8;
use Exporter 'import';
use Tomozuna::Test;

our @EXPORT = qw(new_patient marks entries_of);

my @made;
my $serial = 0;

# new_patient(nurse => 'visiting_nurse', 'office:doctor' => 'clinic'): each login
# of the team with its role; `office:` means the whole office of that login. The
# patient's id for URLs.
sub new_patient {
    my (%team) = @_;
    my $ref = join '', map { sprintf '%08x', rand 2**32 } 1 .. 4;
    my $number = ++$serial;
    db('INSERT INTO care_patient (ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date, insured_number)
        SELECT ?, id, ?, "太郎", "しけん", "たろう", "しけんたろう", "male", "1940-01-02", NULL FROM care_network ORDER BY id LIMIT 1',
        unhex($ref), "試験$number");
    push @made, $ref;
    db('INSERT INTO care_episode (ref, patient_id, opened_at) SELECT RANDOM_BYTES(16), id, UTC_TIMESTAMP(3) FROM care_patient WHERE ref = ?', unhex($ref));
    db('INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, given_on)
        SELECT RANDOM_BYTES(16), id, "share_team", "written", "試験", "本人", "2026-01-01" FROM care_patient WHERE ref = ?', unhex($ref));
    for my $who (sort keys %team) {
        my ($whole, $login) = $who =~ /\A(office:)?(\w+)\z/;
        db('INSERT INTO care_team (ref, patient_id, episode_id, office_id, user_id, team_role, joined_at)
            SELECT RANDOM_BYTES(16), p.id, e.id, f.office_id, ' . ($whole ? '0' : 'u.id') . ', ?, UTC_TIMESTAMP(3)
              FROM care_patient p JOIN care_episode e ON e.patient_id = p.id JOIN care_user u ON u.login = ?
              JOIN care_staff f ON f.user_id = u.id WHERE p.ref = ?', $team{$who}, $login, unhex($ref));
    }
    return $ref;
}

# The marks of a patient: "login kind", sorted.
sub marks {
    my ($ref) = @_;
    return sort(db('SELECT CONCAT(u.login, " ", m.kind) FROM care_mark m JOIN care_user u ON u.id = m.user_id
        JOIN care_patient p ON p.id = m.patient_id WHERE p.ref = ?', unhex($ref)));
}

sub entries_of {
    my ($ref) = @_;
    return scalar db('SELECT COUNT(*) FROM timeline_entry e JOIN care_patient p ON p.id = e.patient_id WHERE p.ref = ?', unhex($ref));
}

END {
    local $?;
    for my $ref (@made) {
        my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($ref));
        # No reminder of hers reaches the mailbox in the middle of another test.
        db('UPDATE care_notice n JOIN timeline_entry e ON e.ref = n.cause SET n.state = "suppressed" WHERE e.patient_id = ? AND n.state = "queued"', $id);
        db("DELETE FROM $_ WHERE patient_id = ?", $id)
            for qw(team_correction patient_portrait vaccination_report vaccination_strike vaccination_alarm vaccination_resident vaccination_agreement vaccination_reminder vaccination_call vaccination_paper vaccination_answer vaccination_judgement vaccination_not_given vaccination_screening
            vaccination_booking_step vaccination_booking vaccination_visit care_adverse_event care_immunization care_mark meeting_vote meeting_date meeting_paper meeting_invitation meeting_meeting emergency_due emergency_name emergency_phone emergency_address emergency_kit_card emergency_contact_told emergency_alone emergency_hospital_asked emergency_hospital_request emergency_opening emergency_review emergency_call
            emergency_look_code emergency_report emergency_answer care_incident_patient disaster_plan disaster_relative_code disaster_relative disaster_request disaster_call disaster_safety_status disaster_person disaster_registration_change disaster_registration timeline_mark_aside timeline_question timeline_receipt timeline_attachment timeline_reply timeline_gram timeline_fax timeline_draft timeline_entry record_change record_seen
            record_vital_sign record_vital_day record_paper_field record_paper record_vital_limit record_vital_watcher record_care_plan_receipt
            record_care_plan record_visitor record_visit care_field care_whereabouts care_level care_allergy
            care_health_condition care_medication care_equipment care_advance_directive care_emergency_contact
            care_invitation care_handover care_team care_episode care_consent care_proxy);
        db('DELETE c FROM care_file_chunk c JOIN care_file f ON f.id = c.file_id WHERE f.patient_id = ?', $id);
        db('DELETE FROM care_file WHERE patient_id = ?', $id);
        db('DELETE FROM care_patient WHERE id = ?', $id);
    }
}

1;
