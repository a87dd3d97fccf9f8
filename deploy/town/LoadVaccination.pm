package LoadVaccination;

# What the vaccination module has to show: the town's areas and numbers, doses of this season and
# older ones, visits and bookings in each state, an adverse event without a report, a resident who
# agreed to reminders, circulars. Nobody is told anything by it: what would be, is marked as told.

use strict;
use warnings;
use utf8;

my @AREAS = qw(港町 中央 やなぎ原 ふたば さつき台 さくら坂);
my $SEASON = 'IF(MONTH(CURDATE()) >= 10, YEAR(CURDATE()), YEAR(CURDATE()) - 1)';

sub load {
    my ($load) = @_;
    my ($there) = $load->ask('SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = "vaccination_circular"');
    return if !$there;
    my @patient = map { $load->{patient}{ $_->{key} } } $load->rows('patient');
    return if @patient < 40;
    my $number = 0;
    $load->insert('vaccination_area', 'network_id, name, position', [map { [$load->{network_id}, Loader::text($_), ++$number] } @AREAS]);
    $load->insert('vaccination_resident', 'network_id, resident_number, patient_id, known_at',
        [map { [$load->{network_id}, sprintf("'%010d'", 7_000 + $_), $patient[$_], 'UTC_TIMESTAMP(3)'] } 12 .. 39]);
    doses($load, \@patient);
    visits($load, \@patient);
    bookings($load, \@patient);
    told($load, \@patient);
    return;
}

# A dose of one vaccine; `where` is the office that gave it, '' is elsewhere. Returns its key.
sub dose {
    my ($load, $patient, $where, %o) = @_;
    my $id = $load->next_key('care_immunization');
    my $office = $load->{office}{$where} // 0;
    $load->insert('care_immunization', 'id, patient_id, ref, vaccine, vaccine_name, product, product_name, standard_code, programme, dose_number, given_on, given_at,
        lot_number, expires_on, site, route, dose_ml, vaccinator_name, vaccinator_profession, doctor_name, place, office_id, reported, visit_id, recorded_at, recorded_by,
        writer_name, writer_profession, writer_office',
        [[$id, $patient, Loader::hex($load->ref_hex), (map { Loader::text($o{$_}) } qw(vaccine vaccine_name product product_name standard_code)),
            $office ? Loader::text($o{programme}) : 'NULL', $o{number}, $o{on}, $o{at} // 'NULL', Loader::text($o{lot}), $o{expires} // 'NULL', "'left_arm'", Loader::text($o{route}), $o{ml},
            $office ? (Loader::text('三好 かえで'), "'040'", Loader::text('田所 正'), Loader::text('自宅')) : ('NULL', 'NULL', 'NULL', Loader::text('むつみ町保健センター')),
            $office, $office ? 0 : 1, $o{visit} // 0, 'UTC_TIMESTAMP(3)', $load->{user}{nurse} // 1, Loader::text('三好 かえで'), "'040'", Loader::text('むつみ訪問看護')]]);
    return $id;
}

my %INFLUENZA = (vaccine => 'influenza', vaccine_name => 'インフルエンザ', product => 'influenza_ha', product_name => 'インフルエンザHA', standard_code => 'JP-influenza-ha',
    programme => 'influenza_routine', lot => '見本-HA26', route => 'sc', ml => 0.5, number => 4);
my %COVID = (vaccine => 'covid19', vaccine_name => '新型コロナ', product => 'comirnaty', product_name => 'コミナティ', standard_code => '309',
    programme => 'covid19_routine', lot => '見本-C12', route => 'im', ml => 0.3, number => 7);

sub doses {
    my ($load, $patient) = @_;
    my %books = map { $_ => 1 } 18, 23, 28, 38;
    for my $i (12 .. 39) {
        dose($load, $patient->[$i], $i % 7 == 0 ? '' : 'tadokoro', %INFLUENZA, on => "CONCAT($SEASON, '-10-2" . $i % 9 . "')") if $i % 5 != 1;
        dose($load, $patient->[$i], $i % 4 == 0 ? '' : 'tadokoro', %COVID, on => "CONCAT($SEASON, '-10-1" . $i % 9 . "')") if $i % 3 != 1 && !$books{$i};
        dose($load, $patient->[$i], '', %COVID, number => 5, on => "'2023-11-0" . (1 + $i % 9) . "'") if $i % 2;
    }
    # Lots of an office whose people record no typed ones.
    my $nagisa = $load->{office}{nagisa} // return;
    $load->insert('vaccination_lot', 'office_id, ref, vaccine, product, product_name, lot_number, expires_on, stock, received_at, receiver_name', [map {
        [$nagisa, Loader::hex($load->ref_hex), (map { Loader::text($_) } @$_[0 .. 3]), "CURDATE() + INTERVAL $_->[4] DAY", $_->[5], 'UTC_TIMESTAMP(3)', Loader::text('事業所の看護師')]
    } ['influenza', 'influenza_ha', 'インフルエンザHA', '見本-HA26', 120, 18], ['influenza', 'influenza_ha', 'インフルエンザHA', '見本-HA25', 9, 2],
        ['covid19', 'comirnaty', 'コミナティ', '見本-C12', 60, 6]]);
    return;
}

sub visit {
    my ($load, $patient, $state, $days, %o) = @_;
    my $id = $load->next_key('vaccination_visit');
    my $closed = $state eq 'completed' ? 'UTC_TIMESTAMP(3) - INTERVAL 40 HOUR' : 'NULL';
    my $dose = $state eq 'completed' ? dose($load, $patient, 'mutsumi', %INFLUENZA, visit => $id, on => 'DATE(UTC_TIMESTAMP() - INTERVAL 33 HOUR)', at => 'UTC_TIMESTAMP(3) - INTERVAL 42 HOUR', expires => 'CURDATE() + INTERVAL 120 DAY') : 0;
    $load->insert('vaccination_visit', 'id, patient_id, ref, vaccine, vaccine_name, planned_on, note, planned_at, planned_by, planner_name, office_id, state, state_at,
        immunization_id, given_at, wait_minutes, wait_until, closed_at, closed_by, watched_by, condition_after',
        [[$id, $patient, Loader::hex($load->ref_hex), Loader::text($o{vaccine} // 'influenza'), Loader::text($o{vaccine_name} // 'インフルエンザ'), "CURDATE() + INTERVAL $days DAY",
            Loader::text($o{note}), 'UTC_TIMESTAMP(3) - INTERVAL 3 DAY', $load->{user}{nurse}, Loader::text('三好 かえで'), $load->{office}{mutsumi}, "'$state'", 'UTC_TIMESTAMP(3) - INTERVAL 40 HOUR',
            $dose, $dose ? ('UTC_TIMESTAMP(3) - INTERVAL 42 HOUR', 15, 'UTC_TIMESTAMP(3) - INTERVAL 41 HOUR', $closed, $load->{user}{nurse}, Loader::text('長女'), "'well'") : ('NULL', 'NULL', 'NULL', 'NULL', 0, 'NULL', 'NULL')]]);
    return ($id, $dose);
}

# Of the nurse's own: planned, screened, not given, completed with an adverse event that waits for its report.
sub visits {
    my ($load, $patient) = @_;
    visit($load, $patient->[5], 'planned', 2, note => '玄関は左です');
    my ($screened) = visit($load, $patient->[6], 'screened', 0, vaccine => 'covid19', vaccine_name => '新型コロナ');
    $load->insert('vaccination_screening', 'patient_id, ref, visit_id, written_at, written_by, writer_name, writer_profession, temperature, wish, signer',
        [[$patient->[6], Loader::hex($load->ref_hex), $screened, 'UTC_TIMESTAMP(3) - INTERVAL 1 HOUR', $load->{user}{nurse}, Loader::text('三好 かえで'), "'040'", 364, "'wishes'", "'self'"]]);
    my ($not) = visit($load, $patient->[7], 'not_given', -1);
    $load->insert('vaccination_not_given', 'patient_id, ref, visit_id, reason, note, written_at, written_by, writer_name, writer_profession',
        [[$patient->[7], Loader::hex($load->ref_hex), $not, "'unwell'", Loader::text('37.8℃。来週もう一度'), 'UTC_TIMESTAMP(3) - INTERVAL 20 HOUR', $load->{user}{nurse}, Loader::text('三好 かえで'), "'040'"]]);
    my (undef, $dose) = visit($load, $patient->[8], 'completed', -2);
    my $event = $load->next_key('care_adverse_event');
    $load->insert('care_adverse_event', 'id, patient_id, ref, immunization_id, code, name, began_at, note, due_report, recorded_at, recorded_by, writer_name, writer_profession',
        [[$event, $patient->[8], Loader::hex($load->ref_hex), $dose, "'asthma'", Loader::text('喘息発作'), 'UTC_TIMESTAMP(3) - INTERVAL 38 HOUR', Loader::text('吸入で軽くなった'), 1,
            'UTC_TIMESTAMP(3) - INTERVAL 30 HOUR', $load->{user}{nurse}, Loader::text('三好 かえで'), "'040'"]]);
    # The same event once more, a slip.
    my $other = $load->ref_hex;
    $load->insert('care_adverse_event', 'id, patient_id, ref, immunization_id, code, name, began_at, due_report, recorded_at, recorded_by, writer_name, writer_profession, ended_at',
        [[$load->next_key('care_adverse_event'), $patient->[8], Loader::hex($other), $dose, "'asthma'", Loader::text('喘息発作'), 'UTC_TIMESTAMP(3) - INTERVAL 38 HOUR', 1,
            'UTC_TIMESTAMP(3) - INTERVAL 31 HOUR', $load->{user}{nurse}, Loader::text('三好 かえで'), "'040'", 'UTC_TIMESTAMP(3) - INTERVAL 30 HOUR']]);
    $load->insert('vaccination_strike', 'patient_id, ref, struck, struck_ref, struck_at, struck_by, striker_name, reason',
        [[$patient->[8], Loader::hex($load->ref_hex), "'adverse_event'", Loader::hex($other), 'UTC_TIMESTAMP(3) - INTERVAL 30 HOUR', $load->{user}{nurse}, Loader::text('三好 かえで'), Loader::text('二重に書いた')]]);
    $load->insert('vaccination_alarm', 'patient_id, adverse_event_id, made_at', [[$patient->[8], $event, 'UTC_TIMESTAMP(3) - INTERVAL 6 HOUR']]);
    return;
}

# One in each state, with the steps that led there.
sub bookings {
    my ($load, $patient) = @_;
    my @way = qw(requested offered booked done);
    my $i = 13;
    for my $state (@way, 'cancelled') {
        my $id = $load->next_key('vaccination_booking');
        my $p = $patient->[$i += 5];
        my @step = $state eq 'cancelled' ? qw(requested cancelled) : splice @{ [@way] }, 0, 1 + (grep { $way[$_] eq $state } 0 .. 3)[0];
        my $on = 'CURDATE() + INTERVAL ' . ($state eq 'done' ? -1 : 9) . ' DAY';
        my $offered = grep { $_ eq 'offered' } @step;
        $load->insert('vaccination_booking', 'id, patient_id, ref, network_id, vaccine, vaccine_name, place, clinic_id, state, state_at, caller, caller_relation, wanted_1, wanted_note,
            offered_on, offered_time, offer_note, requested_at, requested_by, requester_name',
            [[$id, $p, Loader::hex($load->ref_hex), $load->{network_id}, "'covid19'", Loader::text('新型コロナ'), "'clinic'", $load->{office}{tadokoro}, "'$state'", 'UTC_TIMESTAMP(3) - INTERVAL 5 HOUR',
                Loader::text('長女'), Loader::text('長女'), $on, Loader::text('午前'), $offered ? ($on, "'10:30'", Loader::text('半そででおいでください')) : ('NULL') x 3,
                'UTC_TIMESTAMP(3) - INTERVAL 2 DAY', $load->{user}{clerk}, Loader::text('深見 理恵')]]);
        my $hours = 48;
        $load->insert('vaccination_booking_step', 'patient_id, booking_id, state, at, user_id, user_name, office_name, note', [map {
            $hours -= 10;
            my $desk = /requested|booked|cancelled/;
            [$p, $id, "'$_'", "UTC_TIMESTAMP(3) - INTERVAL $hours HOUR", $load->{user}{ $desk ? 'clerk' : 'doctor' }, Loader::text($desk ? '深見 理恵' : '田所 正'),
                Loader::text($desk ? 'むつみ町役場 健康課' : 'たどころ医院'), $_ eq 'cancelled' ? Loader::text('入院した') : 'NULL']
        } @step]);
    }
    return;
}

# A resident who agreed to be reminded, and was; one who was rung; two circulars, one of them read.
sub told {
    my ($load, $patient) = @_;
    my $p = $patient->[16];
    $load->insert('vaccination_agreement', 'patient_id, mobile, agreed_by, agreed_relation, recorded_at, recorded_by, recorder_name',
        [[$p, "'+819000000116'", Loader::text('長男'), Loader::text('長男'), 'UTC_TIMESTAMP(3) - INTERVAL 20 DAY', $load->{user}{clerk}, Loader::text('深見 理恵')]]);
    $load->insert('vaccination_reminder', 'patient_id, vaccine, last_on, cause, made_at', [map {
        [$p, "'$_->[0]'", "CONCAT($SEASON + 1, '-$_->[1]')", Loader::hex($load->ref_hex), 'UTC_TIMESTAMP(3) - INTERVAL 9 DAY']
    } ['influenza', '01-31'], ['covid19', '03-31']]);
    $load->insert('vaccination_call', 'patient_id, result, note, at, user_id, user_name',
        [[$patient->[31], "'later'", Loader::text('夕方にもう一度'), 'UTC_TIMESTAMP(3) - INTERVAL 4 DAY', $load->{user}{clerk}, Loader::text('深見 理恵')]]);
    my ($first) = map {
        my $id = $load->next_key('vaccination_circular');
        $load->insert('vaccination_circular', 'network_id, id, ref, subject, body, sent_at, sent_by, sender_name',
            [[$load->{network_id}, $id, Loader::hex($load->ref_hex), Loader::text($_->[0]), Loader::text($_->[1]), "UTC_TIMESTAMP(3) - INTERVAL $_->[2] DAY", $load->{user}{clerk}, Loader::text('深見 理恵')]]);
        $load->say("INSERT INTO vaccination_circular_office (circular_id, office_id) SELECT $id, id FROM care_office WHERE network_id = $load->{network_id} AND kind IN ('clinic', 'hospital')");
        $id;
    } ['予診票の様式が変わりました', "12月から新しい様式を使います。\n古い様式も年内は使えます。", 12], ['インフルエンザワクチンの供給について', '今月の第4週は、注文の8割ほどの供給になる見込みです。', 1];
    $load->insert('vaccination_circular_reader', 'circular_id, office_id, user_id, reader_name, read_at',
        [[$first, $load->{office}{tadokoro}, $load->{user}{doctor}, Loader::text('田所 正'), 'UTC_TIMESTAMP(3) - INTERVAL 11 DAY']]);
    return;
}

1;
