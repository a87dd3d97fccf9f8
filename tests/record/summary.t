#!/usr/bin/perl
# What the one screen reads (record_summary_now) is at any time what follows from
# the tables it is made of, for every patient, whatever was done to a row.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

# By section: its table, which rows count, and its columns from a on.
my $holds = 't.ended_at IS NULL';
my $last = sub { "t.id = (SELECT MAX(x.id) FROM $_[0] x WHERE x.patient_id = t.patient_id)" };
my $confirmed = 't.confirmed_at, t.confirmed_name, t.confirmed_profession';
my %made_of = (
    field => ['care_field', 't.id = (SELECT MAX(x.id) FROM care_field x WHERE x.patient_id = t.patient_id AND x.field = t.field)',
        "t.field, t.state, t.value, NULL, NULL, NULL, NULL, NULL, $confirmed"],
    allergies => ['care_allergy', $holds, "t.substance, t.reaction, t.category, t.criticality, NULL, NULL, NULL, NULL, $confirmed"],
    health_conditions => ['care_health_condition', $holds, "t.name, t.since, t.facility, NULL, NULL, t.past, NULL, NULL, $confirmed"],
    medications => ['care_medication', $holds, "t.name, t.dose, t.dosage, t.prescriber, NULL, t.blood_thinner, t.dispensed_on, NULL, $confirmed"],
    equipment => ['care_equipment', $holds, "t.name, t.battery_hours, t.settings, t.supplier_phone, NULL, t.power_dependent, NULL, NULL, $confirmed"],
    advance_directives => ['care_advance_directive', $holds, "t.summary, t.author, t.place, t.resuscitation, NULL, NULL, t.stated_on, t.review_on, $confirmed"],
    emergency_contacts => ['care_emergency_contact', $holds,
        "t.name, t.relation, t.phone, t.hours, t.position, t.key_person + 2 * t.lives_with, NULL, NULL, $confirmed"],
    care_level => ['care_level', $last->('care_level'), "t.care_level, NULL, NULL, NULL, NULL, NULL, t.valid_from, t.valid_to, $confirmed"],
    whereabouts => ['care_whereabouts', $last->('care_whereabouts'), "t.whereabouts, t.place, t.note, NULL, NULL, NULL, t.since_on, NULL, $confirmed"],
    vital_sign => ['record_vital_sign', "$holds AND NOT EXISTS (SELECT 1 FROM record_vital_sign x WHERE x.patient_id = t.patient_id
            AND x.ended_at IS NULL AND (x.measured_at, x.id) > (t.measured_at, t.id))",
        "CONCAT_WS(',', IFNULL(t.temperature, ''), IFNULL(t.systolic, ''), IFNULL(t.diastolic, ''), IFNULL(t.pulse, ''), IFNULL(t.spo2, ''),
            IFNULL(t.respiration, ''), IFNULL(t.weight, ''), IFNULL(t.glucose, '')), t.note, NULL, NULL, t.jcs, t.outside, NULL, NULL,
            t.measured_at, t.writer_name, t.writer_profession"],
    care_plan => ['record_care_plan', $last->('record_care_plan'),
        't.policy, NULL, NULL, NULL, t.version, NULL, t.valid_from, t.valid_to, t.written_at, t.writer_name, t.writer_profession'],
);
my @columns = qw(a b c d n flag begins_on ends_on at by_name by_profession);

# Both sides in one statement: others may write meanwhile, what they do is whole.
sub differences {
    my $kept = 'SELECT patient_id, section, id, ref, ' . join(', ', @columns) . ' FROM record_summary_now';
    my $follows = join ' UNION ALL ', "$kept WHERE FALSE",      # names of the columns
        map { my ($table, $which, $of) = @{ $made_of{$_} }; "SELECT t.patient_id, '$_', t.id, t.ref, $of FROM $table t WHERE $which" } sort keys %made_of;
    return db("SELECT CONCAT_WS(' ', 'more:', section, patient_id, id) FROM (SELECT * FROM ($kept) AS k EXCEPT SELECT * FROM ($follows) AS f) AS more
        UNION ALL SELECT CONCAT_WS(' ', 'missing:', section, patient_id, id) FROM (SELECT * FROM ($follows) AS f EXCEPT SELECT * FROM ($kept) AS k) AS missing");
}

is_deeply([differences()], [], 'of the whole town');
cmp_ok(scalar db('SELECT COUNT(DISTINCT section) FROM record_summary_now'), '>=', 5, '  which has facts of several sections');

# ---- whatever is done to a row ----

my $nurse = person('nurse');
my $p = new_patient(nurse => 'visiting_nurse');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
my %row = (
    care_field => q{field = 'mobility', state = 'present', value = '杖', replaces = %d, confirmed_at = '2026-05-01 00:00:00.1', confirmed_by = 1, confirmed_name = 'x', confirmed_profession = '040'},
    care_allergy => q{substance = 'そば%d', reaction = '発疹'},
    care_health_condition => q{name = '架空病%d', past = 1},
    care_medication => q{name = '架空薬%d', blood_thinner = 1, dispensed_on = '2026-05-01'},
    care_equipment => q{name = '吸引器%d', power_dependent = 1, battery_hours = 4.5},
    care_advance_directive => q{summary = '自宅で%d', author = '長女', stated_on = '2026-05-01'},
    care_emergency_contact => q{position = 1, name = '試験%d', relation = '長女', phone = '000', key_person = 1, lives_with = 1},
    care_level => q{care_level = 'care%d', confirmed_at = '2026-05-01', confirmed_by = 1, confirmed_name = 'x', confirmed_profession = '040'},
    care_whereabouts => q{whereabouts = 'home', since_on = '2026-05-0%d', confirmed_at = '2026-05-01', confirmed_by = 1, confirmed_name = 'x', confirmed_profession = '040'},
    record_vital_sign => q{measured_at = '2026-05-01' - INTERVAL %d DAY, pulse = 70, jcs = 3, written_at = '2026-05-01', written_by = 1, writer_name = 'x', writer_profession = '040'},
    record_care_plan => q{version = %d, valid_from = '2026-05-01', valid_to = '2026-06-01', wishes = 'x', policy = REPEAT('方', 4000), goals = 'x', services = 'x', written_at = '2026-05-01', written_by = 1, writer_name = 'x', writer_profession = '170', writer_office = 'x'},
);
for my $section (sort keys %made_of) {
    my ($table, $which) = @{ $made_of{$section} };
    my $shown = sub { scalar db('SELECT COUNT(*) FROM record_summary_now WHERE patient_id = ? AND section = ?', $id, $section) };
    my $many = $which eq $holds;
    for my $n (1 .. 3) {
        db("INSERT INTO $table SET patient_id = ?, ref = RANDOM_BYTES(16), " . sprintf($row{$table}, $n), $id);
        is(join(' ', $shown->(), differences()), $many ? $n : 1, "$section: row $n is added");
    }
    my ($first, $third) = db("SELECT id FROM $table WHERE patient_id = ? AND id NOT IN (SELECT id FROM (SELECT id FROM $table WHERE patient_id = ? ORDER BY id LIMIT 1, 1) AS x) ORDER BY id", $id, $id);
    if ($which =~ /ended_at/) {
        db("UPDATE $table SET ended_at = UTC_TIMESTAMP(3) WHERE id = ?", $first);
        is(join(' ', $shown->(), differences()), $many ? 2 : 1, '  one ends');
    }
    db("UPDATE $table SET patient_id = patient_id, ref = RANDOM_BYTES(16) WHERE id = ?", $third);
    is(join(' ', differences()), '', '  one is changed');
    db("DELETE FROM $table WHERE id = ?", $third);
    is(join(' ', $shown->(), differences()), 1, '  one goes');
    db("DELETE FROM $table WHERE patient_id = ?", $id);
    is(join(' ', $shown->(), differences()), 0, '  all go');
}

# ---- and through the door ----

is($nurse->post("/record/$p/vital_signs", { pulse => 71, measured_on => '2026-04-01', measured_time => '10:00' })->status, 201, 'a measuring');
is($nurse->post("/record/$p/vital_signs", { pulse => 72, measured_on => '2026-03-01', measured_time => '10:00' })->status, 201, '  one of before it');
is($nurse->get("/record/$p")->json->{vital_sign}{measured_at} =~ /\A2026-04-01/ ? 1 : 0, 1, 'the later one is shown') or diag explain $nurse->get("/record/$p")->json->{vital_sign};
is_deeply([differences()], [], '  as it follows');

done_testing;
