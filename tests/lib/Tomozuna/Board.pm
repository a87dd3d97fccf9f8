package Tomozuna::Board;

# A sitting of a test's own with its panel and applications, gone again when the test ends.

use strict;
use warnings;
use utf8;
use Exporter 'import';
use Tomozuna::Test;

our @EXPORT = qw(new_sitting add_application add_proposal go forget_board sitting_key application_key user_key);

my (@sitting, @application);
my $serial = 0;

sub ref_hex { return join '', map { sprintf '%08x', rand 2**32 } 1 .. 4 }
sub user_key { return scalar db('SELECT id FROM care_user WHERE login = ?', $_[0]) }
sub sitting_key { return scalar db('SELECT id FROM board_sitting WHERE ref = ?', unhex($_[0])) }
sub application_key { return scalar db('SELECT id FROM board_application WHERE ref = ?', unhex($_[0])) }

# new_sitting(STATE, hours until the close, LOGIN ...): its ref. The first login presides.
# For care levels; add_application for either (scheme, insured_class => 'none').
sub new_sitting {
    my ($state, $hours, @login) = @_;
    my $ref = ref_hex();
    push @sitting, $ref;
    db('INSERT INTO board_sitting (ref, network_id, panel_id, number, begins_at, closes_at, place, state)
        SELECT ?, p.network_id, p.id, 9000 + (SELECT COUNT(*) FROM board_sitting s), UTC_TIMESTAMP(3) + INTERVAL ? HOUR, UTC_TIMESTAMP(3) + INTERVAL ? HOUR, "試験", ?
          FROM board_panel p ORDER BY p.id LIMIT 1', unhex($ref), $hours + 48, $hours, $state);
    my $letter = 'A';
    db('INSERT INTO board_seat (sitting_id, user_id, letter, field, post) SELECT ?, m.user_id, ?, m.field, ? FROM board_member m WHERE m.user_id = ?',
        sitting_key($ref), $letter++, $_ eq $login[0] ? 'chair' : 'member', user_key($_)) for @login;
    return $ref;
}

# add_application(sitting or undef, { column => value }, first stage, tenths): its ref.
sub add_application {
    my ($sitting, $more, $level, $tenths) = @_;
    my $ref = ref_hex();
    my $n = ++$serial;
    push @application, $ref;
    my %row = (kind => 'new', insured_class => 'first', sex => 'female', age => 84, applied_on => scalar db('SELECT CURDATE() - INTERVAL 9 DAY'),
        state => $sitting ? 'prereview' : 'registered', survey_note => "特記$n", physician_opinion => "意見$n", checked_at => scalar db('SELECT UTC_TIMESTAMP(3)'), %{ $more // {} });
    my @column = sort keys %row;
    db('INSERT INTO board_application (ref, network_id, sitting_id, serial_number, ' . join(', ', @column) . ') SELECT ?, MIN(id), ?, ?, ' . join(', ', ('?') x @column) . ' FROM care_network',
        unhex($ref), $sitting ? sitting_key($sitting) : undef, $sitting ? $n : undef, @row{@column});
    my $id = application_key($ref);
    my $support = ($row{scheme} // '') eq 'support_level';
    db('INSERT INTO board_person (application_id, network_id, insurer_number, insured_number, family, given, kana, birth_date, address, applied_on, scheme, municipality_code, recipient_number)
        SELECT ?, MIN(id), "994012", ?, "秘密田", "名子", "ひみつだ なこ", "1942-01-01", "むつみ町秘密台1-1", ?, ?, ?, ? FROM care_network', $id, sprintf('97%08d', $id % 1e8), $row{applied_on},
        $support ? ('support_level', '994014', sprintf '97%08d', $id % 1e8) : ('care_level', '', ''));
    db('INSERT INTO board_first_stage (application_id, number, level, tenths, answers, stability, at, user_id) VALUES (?, 1, ?, ?, ?, ?, UTC_TIMESTAMP(3), 0)',
        $id, $level // 'care2', $tenths // 600, '1' x ($support ? 80 : 74), $support ? undef : 'stable');
    return $ref;
}

sub add_proposal {
    my ($sitting, $application, $login, $level, $months, $comment) = @_;
    db('INSERT INTO board_proposal (application_id, sitting_id, user_id, level, months, comment, done, saved_at) VALUES (?, ?, ?, ?, ?, ?, 1, UTC_TIMESTAMP(3))',
        application_key($application), sitting_key($sitting), user_key($login), $level, $months, $comment);
    return;
}

# Moves a sitting on, as time or a secretary would.
sub go { my ($sitting, @state) = @_; db('UPDATE board_sitting SET state = ? WHERE ref = ?', $_, unhex($sitting)) for @state; return }

# What the test made by the program itself is forgotten, too.
sub forget_board { my ($kind, $ref) = @_; push @{ $kind eq 'sitting' ? \@sitting : \@application }, $ref; return }

END {
    local $?;
    for my $id (grep { defined } map { application_key($_) } @application) {
        db("DELETE FROM $_ WHERE application_id = ?", $id)
            for qw(board_person board_first_stage board_proposal board_reading board_recusal board_step board_ballot board_decision board_delay_letter board_paper board_reopening);
        db('DELETE FROM board_application WHERE id = ?', $id);
    }
    for my $id (grep { defined } map { sitting_key($_) } @sitting) {
        db("DELETE FROM $_ WHERE sitting_id = ?", $id) for qw(board_seat board_purge);
        db('DELETE FROM board_sitting WHERE id = ?', $id);
    }
}

1;
