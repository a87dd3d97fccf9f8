#!/usr/bin/perl
# States go on as they must, whoever asks the database: each pair is tried. A decision
# stays, steps come in order, papers are checked first.
use strict;
use warnings;
use utf8;
use File::Temp ();
use Test::More;
use Tomozuna::Board;
use Tomozuna::Test;

my %SITTING = (draft => 'notice_sent cancelled', notice_sent => 'prereview_open cancelled', prereview_open => 'prereview_closed', prereview_closed => 'in_session',
    in_session => 'suspended closed', suspended => 'in_session', closed => 'minutes_approved', minutes_approved => 'purged', purged => '', cancelled => '');
my $ends = 'withdrawn deceased';
my %APPLICATION = (registered => "papers_ready $ends", papers_ready => "registered assigned $ends", assigned => "papers_ready prereview $ends", prereview => "tabled $ends",
    tabled => "decided carried_over re_survey re_opinion $ends", decided => 'notified', carried_over => "assigned $ends", re_survey => "papers_ready $ends",
    re_opinion => "papers_ready $ends", withdrawn => 'notified', deceased => 'notified', notified => '');

# Runs a script as the administrator, or as a program's account, goes on after an
# error, and keeps nothing: what it prints, and the numbers of its errors.
sub script {
    my ($account, @sql) = @_;
    my ($file, $secret) = (File::Temp->new, File::Temp->new);
    print {$file} map { "START TRANSACTION;\n$_;\nROLLBACK;\n" } @sql;
    close $file;
    my $user = '--user=' . getpwuid $>;
    if ($account) {
        (my $password = slurp(demo('CREDENTIALS') . "/$account-db-password")) =~ s/\s+\z//;
        print {$secret} "[client]\npassword=$password\n";
        $user = "--user=tomozuna_$account";
    }
    close $secret;
    my $said = `mariadb --defaults-file=$secret --socket=@{[demo('DB_SOCKET')]} $user --force --batch --skip-column-names @{[demo('DB_NAME')]} <$file 2>&1`;
    return ($said, $said =~ /^ERROR (\d+)/mg);
}

# Each pair, on a row in its first state; a change that is refused changes nothing.
sub try_all {
    my ($table, $rules, $ref) = @_;
    my $id = db("SELECT id FROM $table WHERE ref = ?", unhex($ref));
    my $column = join ', ', grep { !/\A(?:id|ref|state|sitting_id|serial_number|number)\z/ }
        db('SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?', $table);
    my $number = $table eq 'board_sitting' ? ', number' : '';
    my $next = $number && ', 99999';
    my (@pair, @sql);
    for my $from (sort keys %$rules) {
        for my $to (sort grep { $_ ne $from } keys %$rules) {
            push @pair, "$from $to";
            push @sql, "INSERT INTO $table ($column, ref, state$number) SELECT $column, REPEAT('x', 16), '$from'$next FROM $table WHERE id = $id;
                UPDATE $table SET state = '$to' WHERE ref = REPEAT('x', 16); SELECT '$from $to', state FROM $table WHERE ref = REPEAT('x', 16)";
        }
    }
    my ($said) = script(undef, @sql);
    my %became = map { /\A(\w+ \w+)\t(\w+)\z/ ? ($1 => $2) : () } split /\n/, $said;
    is(keys %became, @pair, "$table: " . @pair . ' changes tried');
    my @wrong;
    for my $pair (@pair) {
        my ($from, $to) = split ' ', $pair;
        my $want = grep({ $_ eq $to } split ' ', $rules->{$from}) ? $to : $from;
        push @wrong, $pair if $became{$pair} ne $want;
    }
    is_deeply(\@wrong, [], '  and no other than those of the rules is made');
    return;
}

try_all('board_sitting', \%SITTING, new_sitting('draft', 24, 'member1'));
try_all('board_application', \%APPLICATION, add_application(undef));

# The number of the error that a change meets; '' if it is made.
sub refused { my (undef, @number) = script(undef, @_); return "@number" }

my $unchecked = application_key(add_application(undef, { state => 'registered', checked_at => undef }));
is(refused("UPDATE board_application SET state = 'papers_ready' WHERE id = $unchecked"), 1644, 'papers that nobody has checked go nowhere');

# ---- a decision ----

my $sitting = new_sitting('in_session', -1, qw(member1 member2 member3));
my $key = application_key(add_application($sitting, { state => 'tabled' }));
my $id = sitting_key($sitting);
my $decide = "INSERT INTO board_decision (ref, application_id, sitting_id, at, user_id, user_name, outcome, level, months, valid_from, valid_to)
    SELECT RANDOM_BYTES(16), $key, $id, UTC_TIMESTAMP(3), 0, 'x',";
is(refused("$decide 'decided', 'care2', 6, '2026-11-01', '2027-04-30'"), '', 'a decision');
is(refused("$decide 'decided', 'care2', 6, '2026-11-01', '2027-04-30'; UPDATE board_decision SET level = 'care3' WHERE application_id = $key"), 1644, '  cannot be changed, by nobody');
is(refused("$decide 'decided', NULL, 6, '2026-11-01', '2027-04-30'"), 4025, '  has a level');
is(refused("$decide 'decided', 'care2', NULL, NULL, NULL"), 4025, '  and its time');
is(refused("$decide 'decided', 'care2', 6, '2026-11-01', '2026-10-31'"), 4025, '  which does not end before it begins');

# ---- steps ----

my $step = "INSERT INTO board_step (application_id, sitting_id, at, user_id, step) SELECT $key, $id, UTC_TIMESTAMP(3), 0,";
is(refused("$step 2"), 1644, 'the second step is not the first');
is(refused("$step 1; $step 2; $step 3; $step 4; $step 5"), '', '  in their order they are taken');
is(refused("$step 1; $step 2; $step 4"), 1644, '  and none is left out');

# ---- what is for the one scheme is not for the other ----

my $support_panel = db('SELECT id FROM board_panel WHERE scheme = "support_level" LIMIT 1');
my $supported = application_key(add_application(undef, { scheme => 'support_level', insured_class => 'none', disability => '身体障害' }, 'class3', 0));
my $cared = application_key(add_application(undef, { state => 'papers_ready' }));
my $of = "INSERT INTO %s (application_id, sitting_id, user_id, %s) VALUES (%d, $id, 0, %s)";
is(refused(sprintf($of, 'board_ballot', 'level', $supported, '"class4"')), '', 'a support level for who applied for one');
is(refused(sprintf($of, 'board_ballot', 'level', $supported, '"support1"')), 1644, '  and no care level');
is(refused(sprintf($of, 'board_ballot', 'level', $cared, '"class4"')), 1644, '  nor a support level for the others');
is(refused(sprintf($of, 'board_proposal', 'saved_at, level', $supported, 'UTC_TIMESTAMP(3), "care1"')), 1644, 'a proposal neither');
is(refused(sprintf($of, 'board_proposal', 'saved_at, level', $supported, 'UTC_TIMESTAMP(3), NULL') . "; UPDATE board_proposal SET level = 'care1' WHERE application_id = $supported"), 1644, '  not even later');
is(refused(sprintf($of, 'board_step', 'at, step', $supported, 'UTC_TIMESTAMP(3), ' . $_)), $_ == 1 ? '' : 1644, "step $_") for 1, 4;
my $stage = "INSERT INTO board_first_stage (application_id, number, at, user_id, answers, level, tenths) SELECT $supported, 9, UTC_TIMESTAMP(3), 0,";
is(refused("$stage REPEAT('1', 80), 'class3', 0"), '', 'a first stage of 80 items');
is(refused("$stage REPEAT('1', 74), 'class3', 0"), 1644, '  not of 74');
is(refused("$stage REPEAT('1', 80), 'class3', 400"), 1644, '  without minutes');
is(refused("$stage REPEAT('1', 80), 'care3', 0"), 1644, '  and of its own levels');
(my $other = $decide) =~ s/, \Q$key\E,/, $supported,/;
isnt($other, $decide, 'decisions');
is(refused("$other 'decided', 'class3', 36, '2026-11-01', '2029-10-31'"), '', '  of three years');
is(refused("$other 'decided', 'class3', 37, '2026-11-01', '2029-11-30'"), 1644, '  and not more');
is(refused("$other 'decided', 'class3', 2, '2026-11-01', '2026-12-31'"), 1644, '  nor under three months');
is(refused("$other 'decided', 'care3', 12, '2026-11-01', '2027-10-31'"), 1644, '  not of a care level');
is(refused("$other 'rejected_disease', NULL, NULL, NULL, NULL"), 1644, '  nor for a disease');
is(refused("UPDATE board_application SET sitting_id = $id WHERE id = $supported"), 1644, 'no sitting of the other board');
is(refused("UPDATE board_application SET scheme = 'support_level', insured_class = 'none' WHERE id = $cared"), 1644, 'an application stays what it is for');
is(refused("UPDATE board_application SET insured_class = 'first' WHERE id = $supported"), 4025, '  without a class of insured');
is(refused("UPDATE board_application SET previous_level = 'care1' WHERE id = $supported"), 4025, '  or a former care level');
is(refused("UPDATE board_application SET simplified = 1 WHERE id = $supported"), 4025, '  or the short way');
is(refused("UPDATE board_member SET field = 'none', support_field = NULL LIMIT 1"), 4025, 'a member has a field on some board');
is(refused("INSERT INTO board_sitting (ref, network_id, panel_id, number, begins_at, closes_at, place) SELECT RANDOM_BYTES(16), network_id, id, 99998, NOW(), NOW(), '' FROM board_panel WHERE id = $support_panel"), 1644, 'a sitting is of its panel\'s scheme');
is(refused("UPDATE board_person SET insurer_number = '', insured_number = '' WHERE application_id = $cared"), 4025, 'whose it is says the insurer\'s number');
is(refused("UPDATE board_person SET recipient_number = '' WHERE application_id = $supported"), 4025, '  or the recipient\'s');
is_deeply([db('SELECT CONCAT_WS(" ", scheme, items, steps, least_months, most_months, (SELECT COUNT(*) FROM board_scheme_level l WHERE l.scheme = s.scheme)) FROM board_scheme s ORDER BY scheme')],
    ['care_level 74 5 3 48 8', 'support_level 80 3 3 36 7'], 'the numbers are those of the program');

# ---- the program's account ----

my $closed = new_sitting('prereview_closed', -1, 'member1');
my $late = add_application($closed);
my $over = new_sitting('prereview_open', -1, 'member1');
my $slow = add_application($over);
my $insert = sub { sprintf 'INSERT INTO board_proposal (application_id, sitting_id, user_id, saved_at) VALUES (%d, %d, %d, UTC_TIMESTAMP(3))', application_key($_[1]), sitting_key($_[0]), user_key('member1') };
my ($said, @refused) = script('board', $insert->($closed, $late), $insert->($over, $slow));
is("@refused", '1644 1644', 'no proposal after the close, be it by time alone') or diag($said);
($said, @refused) = script('secretariat',
    'INSERT INTO board_sitting (ref, network_id, panel_id, number, begins_at, closes_at, place, state) VALUES (RANDOM_BYTES(16), 1, 1, 99999, NOW(), NOW(), "", "in_session")',
    'INSERT INTO board_application (ref, network_id, kind, insured_class, sex, age, applied_on, state) VALUES (RANDOM_BYTES(16), 1, "new", "first", "male", 80, NOW(), "decided")');
is("@refused", '1644 1644', 'nothing begins in the middle') or diag($said);
done_testing;
