#!/usr/bin/perl
# The newest first stage stands in the application's own row: a member's list shows what the
# table of first stages says, whichever was written, changed or taken away.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Board;
use Tomozuna::Test;

my $member = person('member1');
my $sitting = new_sitting('prereview_open', 30, 'member1');
my $application = add_application($sitting, {}, 'care2', 600);
my $key = application_key($application);
my $add = 'INSERT INTO board_first_stage (application_id, number, level, tenths, answers, stability, at, user_id) VALUES (?, ?, ?, ?, REPEAT("1", 74), "stable", UTC_TIMESTAMP(3), 0)';

sub listed { my ($a) = @{ $member->get("/board/sittings/$sitting")->json->{applications} }; return join ' ', map { $_ // '-' } @$a{qw(first_level tenths)} }
sub shown { my $s = $member->get("/board/applications/$application")->json->{stage}; return defined $s ? "$s->{level} $s->{tenths}" : '-' }
sub both { my ($is, $what) = @_; is(listed(), $is, $what); is(shown(), $is =~ /\A- / ? '-' : $is, '  on its page, too'); return }

both('care2 600', 'the first stage that came');
db($add, $key, 2, 'care4', 900);
both('care4 900', 'the newer one');
db('UPDATE board_first_stage SET level = "care5", tenths = 1200 WHERE application_id = ? AND number = 2', $key);
both('care5 1200', 'one that was changed');
db('UPDATE board_first_stage SET level = "care1", tenths = 400 WHERE application_id = ? AND number = 1', $key);
both('care5 1200', 'an older one that was changed');
db('DELETE FROM board_first_stage WHERE application_id = ? AND number = 2', $key);
both('care1 400', 'the one before when the newest is gone');
db('DELETE FROM board_first_stage WHERE application_id = ?', $key);
both('- 0', 'none');
db($add, $key, 1, 'care3', 800);
both('care3 800', 'and one again');
is(scalar db('SELECT COUNT(*) FROM board_application a LEFT JOIN board_first_stage_now f ON f.application_id = a.id
    WHERE NOT (f.number <=> a.first_number AND CONCAT(f.level) <=> CONCAT(a.first_level) AND f.tenths <=> a.first_tenths)'), 0, 'no application says otherwise than its first stages');

# ---- where she goes next ----

my ($second, $third) = map { add_application($sitting, {}, 'care2', 600) } 2, 3;
sub next_of { return $member->get("/board/applications/$_[0]")->json->{next} // '-' }
is(next_of($application), $second, 'next is the one behind');
is(next_of($third), $application, '  behind the last the first');
add_proposal($sitting, $_, 'member1', 'care2', 12, '試験') for $application, $second;
is(next_of($application), $third, '  what she has proposed for is passed over');
is(next_of($third), '-', '  and there is none when only this one is left');

done_testing;
