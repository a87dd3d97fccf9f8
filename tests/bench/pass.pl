#!/usr/bin/perl
# The nightly pass of vaccinations over everybody: how long it takes, and whether it says how far it is.
#
#   eval "$(deploy/demo env)"; tests/bench/pass.pl [--people 1500000] [--doses 500000] [--nights 2]
#
# Adds invented residents and doses to the demo's network, once, and lets the program do a night
# after another: the first writes what is due for everybody, those after it find nothing changed.
# Prints a line a night: people, rows changed, seconds, and how often the progress that was read
# meanwhile had moved. The demo is not as it was afterwards: `deploy/demo reset`.
use strict;
use warnings;
use utf8;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Getopt::Long;
use Time::HiRes qw(sleep time);
use Tomozuna::Test;

use constant { CHUNK => 50_000, FIRST => 10_000_000 };

my ($people, $doses, $nights) = (1_500_000, 500_000, 2);
GetOptions('people=i' => \$people, 'doses=i' => \$doses, 'nights=i' => \$nights) or die "pass.pl [--people N] [--doses N] [--nights N]\n";

# Each dose would ask for the icon of its patient, each person for her keys of search: not here.
sub load {
    my $there = db('SELECT COUNT(*) FROM care_patient WHERE id >= ' . FIRST);
    for (my $at = $there; $at < $people; $at += CHUNK) {
        my $to = $at + CHUNK < $people ? $at + CHUNK - 1 : $people - 1;
        db("INSERT INTO care_patient (id, ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date, address, insurer_number, insured_number)
            SELECT seq + ${\FIRST}, RANDOM_BYTES(16), (SELECT MIN(id) FROM care_network), '住民', '花', 'じゅうみん', 'はな', 'じゅうみんはな', 'female',
                   '1926-04-02' + INTERVAL seq * 7919 % 25000 DAY, CONCAT('むつみ町港町', seq % 600, '番'), '990001', LPAD(seq, 10, 0) FROM seq_${at}_to_$to");
        db('DELETE FROM emergency_due');
        db('DELETE FROM care_followed');
        print STDERR "$to of $people people\r";
    }
    return if db('SELECT COUNT(*) FROM care_immunization WHERE patient_id >= ' . FIRST) >= $doses;
    my ($body) = db('SELECT ACTION_STATEMENT FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() AND TRIGGER_NAME = "care_immunization_added"');
    db('DROP TRIGGER care_immunization_added');
    for (my $at = 0; $at < $doses; $at += CHUNK) {
        my $to = $at + CHUNK < $doses ? $at + CHUNK - 1 : $doses - 1;
        db("INSERT IGNORE INTO care_immunization (patient_id, ref, vaccine, vaccine_name, product, given_on, recorded_at, recorded_by, writer_name, writer_profession, writer_office)
            SELECT ${\FIRST} + seq * 7 % $people, RANDOM_BYTES(16), ELT(1 + seq % 3, 'influenza', 'covid19', 'zoster'), '', ELT(1 + seq % 3, 'influenza_ha', 'comirnaty', 'shingrix'),
                   CURDATE() - INTERVAL seq % 1200 DAY, UTC_TIMESTAMP(3), 1, 'x', '040', 'x' FROM seq_${at}_to_$to");
        db('DELETE FROM care_followed');
        print STDERR "$to of $doses doses\r";
    }
    db("CREATE TRIGGER care_immunization_added AFTER INSERT ON care_immunization FOR EACH ROW $body");
    db('ANALYZE TABLE care_patient, care_immunization');
    return;
}

# A night: its row goes, the program begins anew.
sub night {
    my ($day) = db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR)');
    db('DELETE FROM vaccination_pass WHERE on_day = ?', $day);
    my ($moved, $looked, $row) = (0, -1);
    while (!$row || !defined $row->{ended_at}) {
        ($row) = db_rows('SELECT looked, people, changed, ended_at, TIMESTAMPDIFF(MICROSECOND, started_at, ended_at) / 1e6 AS seconds FROM vaccination_pass WHERE on_day = ?', $day);
        $moved++ if $row && $row->{looked} > $looked;
        $looked = $row->{looked} if $row;
        sleep 0.5;
    }
    printf "%d people  %d changed  %.1f s  progress moved %d times\n", $row->{looked}, $row->{changed}, $row->{seconds}, $moved;
    return;
}

load();
night() for 1 .. $nights;
