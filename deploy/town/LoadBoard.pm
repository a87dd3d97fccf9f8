package LoadBoard;

# The review boards: a panel of five, a sitting whose pre-review is over, one in which it is
# under way, 46 applications; a panel for support levels and one application that waits.

use strict;
use warnings;
use utf8;
use Board qw(applications proposals support_application);

my %FIELD = (1 => 'medicine', 2 => 'medicine', 3 => 'health', 4 => 'welfare', 5 => 'welfare');
my @SUPPORT_FIELD = qw(physical mental intellectual intractable intellectual);
my %POST = (1 => 'chair', 2 => 'deputy');

sub load {
    my ($load) = @_;
    my ($there) = $load->ask('SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = "board_sitting"');
    my @member = map { $load->{user}{"member$_"} } 1 .. 5;
    return if !$there || grep { !defined } @member;
    my $today = int((time + 9 * 3600) / 86_400);
    members($load, \@member);
    my @sitting = sittings($load, \@member, $today);
    put_applications($load, \@sitting, \@member, applications($today));
    put_support($load, \@member, support_application($today));
    return;
}

sub members {
    my ($load, $member) = @_;
    $load->insert('board_member', 'user_id, network_id, field, support_field, term_from, term_to, office_id', [map {
        [$member->[$_ - 1], $load->{network_id}, Loader::text($FIELD{$_}), Loader::text($SUPPORT_FIELD[$_ - 1]), 'CURDATE() - INTERVAL 200 DAY', 'CURDATE() + INTERVAL 530 DAY',
            $_ == 4 ? $load->{office}{michishirube} // 0 : 0]
    } 1 .. 5]);
    $load->{panel} = $load->next_key('board_panel');
    $load->insert('board_panel', 'id, ref, network_id, name', [[$load->{panel}, Loader::hex($load->ref_hex), $load->{network_id}, Loader::text('第2合議体')]]);
    $load->insert('board_panel_member', 'panel_id, user_id, post, joined_on', [map {
        [$load->{panel}, $member->[$_ - 1], Loader::text($POST{$_} // 'member'), 'CURDATE() - INTERVAL 200 DAY']
    } 1 .. 5]);
    return;
}

# Tomorrow's, whose pre-review closed yesterday; and one in nine days.
sub sittings {
    my ($load, $member, $today) = @_;
    my (@id, @row, @seat);
    for my $s ([41, 1, 'prereview_closed'], [42, 9, 'prereview_open']) {
        my ($number, $days, $state) = @$s;
        my $begins = ($today + $days) * 86_400 + (13.5 - 9) * 3600;
        push @id, $load->next_key('board_sitting');
        push @row, [$id[-1], Loader::hex($load->ref_hex), $load->{network_id}, $load->{panel}, $number, "FROM_UNIXTIME($begins)",
            "FROM_UNIXTIME($begins) - INTERVAL 2 DAY", Loader::text('むつみ町役場 第3会議室'), Loader::text($state)];
        push @seat, map { [$id[-1], $member->[$_ - 1], Loader::text(chr(64 + $_)), Loader::text($FIELD{$_}), Loader::text($POST{$_} // 'member'),
            $number == 41 || $_ < 4 ? "'yes'" : 'NULL', $number == 41 || $_ < 4 ? 'UTC_TIMESTAMP(3)' : 'NULL'] } 1 .. 5;
    }
    $load->insert('board_sitting', 'id, ref, network_id, panel_id, number, begins_at, closes_at, place, state', \@row);
    $load->insert('board_seat', 'sitting_id, user_id, letter, field, post, answer, answered_at', \@seat);
    return @id;
}

sub put_applications {
    my ($load, $sitting, $member, @application) = @_;
    my (@row, @person, @stage, @proposal, @reading);
    for my $a (@application) {
        my $id = $load->next_key('board_application');
        my $s = $sitting->[$a->{sitting} - 1];
        push @row, [$id, Loader::hex($load->ref_hex), $load->{network_id}, $s, $a->{serial_number}, "'prereview'",
            (map { Loader::text($a->{$_}) } qw(kind insured_class disease sex)), $a->{age}, Loader::text($a->{applied_on}), Loader::text($a->{previous_level}),
            Loader::number($a->{previous_months}), (map { Loader::text($a->{$_}) } qw(previous_to survey_note physician_opinion)), 'UTC_TIMESTAMP(3)'];
        push @person, [$id, $load->{network_id}, (map { Loader::text($a->{$_}) } qw(insurer_number insured_number family given)),
            Loader::text("$a->{kana_family} $a->{kana_given}"), map { Loader::text($a->{$_}) } qw(birth_date address phone applied_on)];
        push @stage, [$id, 1, Loader::text($a->{first_level}), $a->{tenths}, Loader::text($a->{answers}), Loader::text($a->{stability}),
            $a->{probability}, 'UTC_TIMESTAMP(3)', 0];
        for my $p (proposals($a)) {
            my $user = $member->[$p->{member} - 1];
            next if $a->{sitting} == 2 && $a->{serial_number} > (0, 9, 4, 0, 12, 2)[$p->{member}];
            push @proposal, [$id, $s, $user, Loader::text($p->{level}), $p->{months}, Loader::text($p->{state_image}), Loader::text($p->{comment}), 1, 'UTC_TIMESTAMP(3)'];
            push @reading, [$id, $s, $user, 'UTC_TIMESTAMP(3)', 'UTC_TIMESTAMP(3)'];
        }
    }
    $load->insert('board_application', 'id, ref, network_id, sitting_id, serial_number, state, kind, insured_class, disease, sex, age, applied_on,
        previous_level, previous_months, previous_to, survey_note, physician_opinion, checked_at', \@row);
    $load->insert('board_person', 'application_id, network_id, insurer_number, insured_number, family, given, kana, birth_date, address, phone, applied_on', \@person);
    $load->insert('board_first_stage', 'application_id, number, level, tenths, answers, stability, probability, at, user_id', \@stage);
    $load->insert('board_proposal', 'application_id, sitting_id, user_id, level, months, state_image, comment, done, saved_at', \@proposal);
    $load->insert('board_reading', 'application_id, sitting_id, user_id, first_at, last_at', \@reading);
    return;
}

sub put_support {
    my ($load, $member, $a) = @_;
    my ($panel, $id) = ($load->next_key('board_panel'), $load->next_key('board_application'));
    $load->insert('board_panel', 'id, ref, network_id, name, scheme', [[$panel, Loader::hex($load->ref_hex), $load->{network_id}, Loader::text('障害第1合議体'), "'support_level'"]]);
    $load->insert('board_panel_member', 'panel_id, user_id, post, joined_on', [map {
        [$panel, $member->[$_ - 1], Loader::text($POST{$_} // 'member'), 'CURDATE() - INTERVAL 200 DAY']
    } 1 .. 5]);
    $load->insert('board_application', 'id, ref, network_id, scheme, state, insured_class, kind, disability, sex, previous_level, previous_to, survey_note, physician_opinion, applied_on,
        age, previous_months, checked_at', [[$id, Loader::hex($load->ref_hex), $load->{network_id}, "'support_level'", "'papers_ready'", "'none'",
        (map { Loader::text($a->{$_}) } qw(kind disability sex previous_level previous_to survey_note physician_opinion applied_on)), $a->{age}, $a->{previous_months}, 'UTC_TIMESTAMP(3)']]);
    $load->insert('board_person', 'application_id, network_id, scheme, insurer_number, insured_number, kana, municipality_code, recipient_number, family, given,
        birth_date, address, phone, applied_on', [[$id, $load->{network_id}, "'support_level'", "''", "''", Loader::text("$a->{kana_family} $a->{kana_given}"),
        map { Loader::text($a->{$_}) } qw(municipality_code recipient_number family given birth_date address phone applied_on)]]);
    $load->insert('board_first_stage', 'application_id, number, level, tenths, answers, at, user_id', [[$id, 1, Loader::text($a->{first_level}), 0, Loader::text($a->{answers}), 'UTC_TIMESTAMP(3)', 0]]);
    return;
}

1;
