#!/usr/bin/perl
# A session carries copies of its user, staff row, office and device, which the
# admission reads instead of them. Whatever changes there must change here, in
# the same transaction, also while somebody signs in.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Device;
use Tomozuna::Test;

my $phone = Tomozuna::Device::device('nurse');
is($phone->sign_in->status, 303, 'the nurse signs in on a device of its own');
my ($session) = db('SELECT HEX(s.token) FROM care_session s JOIN care_device d ON d.id = s.device_id
     WHERE d.ref = ? AND s.ended_at IS NULL', unhex($phone->{device}));
my ($user, $office, $device) = map { scalar db("SELECT $_ FROM care_session WHERE token = X'$session'") } qw(user_id office_id device_id);
my @copied = qw(network_id user_ref login family given roles lang profession office_manager on_duty office_name barred);
my $differs = join ' OR ', map { "s.$_ <> c.$_" } @copied;

sub faithful {
    my ($what) = @_;
    return is(scalar db("SELECT GROUP_CONCAT(s.login) FROM care_session s
          LEFT JOIN care_session_card c ON c.user_id = s.user_id AND c.office_id = s.office_id
          LEFT JOIN care_device d ON d.id = s.device_id AND d.revoked_at IS NULL
         WHERE s.ended_at IS NULL AND s.door = 0
           AND (c.user_id IS NULL OR $differs OR NOT s.certificate <=> d.certificate)"), undef, $what);
}

# Each change with its way back, and what the next request then hears.
my @change = (
    ['a new name', 'care_user', "id = $user", q(family = '試験'), 200],
    ['a role', 'care_user', "id = $user", q(roles = 'operator'), 200],
    ['a language', 'care_user', "id = $user", q(lang = 'en'), 200],
    ['suspended', 'care_user', "id = $user", 'suspended_at = UTC_TIMESTAMP(3)', 401],
    ['another profession', 'care_staff', "user_id = $user AND office_id = $office", q(profession = '103'), 200],
    ['manager, on duty', 'care_staff', "user_id = $user AND office_id = $office", 'office_manager = NOT office_manager, on_duty = NOT on_duty', 200],
    ['left the office', 'care_staff', "user_id = $user AND office_id = $office", 'left_at = UTC_TIMESTAMP(3)', 401],
    ['the office renamed', 'care_office', "id = $office", q(name = '試験事業所'), 200],
    ['the office closed', 'care_office', "id = $office", 'closed_at = UTC_TIMESTAMP(3)', 401],
    ['another certificate', 'care_device', "id = $device", 'certificate = RANDOM_BYTES(32)', 401],
    ['the device revoked', 'care_device', "id = $device", 'revoked_at = UTC_TIMESTAMP(3)', 401],
);

faithful('every open session is as its sources are');
for my $change (@change) {
    my ($what, $table, $where, $set, $status) = @$change;
    my @columns = $set =~ /(\w+) = /g;
    db("CREATE OR REPLACE TABLE copies_before AS SELECT * FROM $table WHERE $where");
    db("UPDATE $table SET $set WHERE $where");
    faithful($what);
    is($phone->get('/patients')->status, $status, "  the next request: $status");
    db("UPDATE $table x, copies_before b SET " . join(', ', map { "x.$_ = b.$_" } @columns) . ' WHERE ' . $where =~ s/(\w+) =/x.$1 =/gr);
    faithful('  and back');
    is($phone->get('/patients')->status, 200, '  lets her in again');
}
db('DROP TABLE copies_before');
db("UPDATE care_user SET suspended_at = UTC_TIMESTAMP(3) WHERE id = $user; UPDATE care_office SET closed_at = UTC_TIMESTAMP(3) WHERE id = $office;
    UPDATE care_user SET suspended_at = NULL WHERE id = $user");
is($phone->get('/patients')->status, 401, 'two bars: taking one away is not enough');
db("UPDATE care_office SET closed_at = NULL WHERE id = $office");
is($phone->get('/patients')->status, 200, '  both are');

# One transaction waits in the middle; the other starts meanwhile and waits for it.
sub meanwhile {
    my ($first, $second) = @_;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        eval { db("START TRANSACTION; $first; DO SLEEP(1); COMMIT") };
        require POSIX;
        POSIX::_exit($@ ? 1 : 0);
    }
    wait_for(sub { db("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'DO SLEEP%'") > 0 }, 10);
    db("SET innodb_lock_wait_timeout = 30; $second");
    waitpid $pid, 0;
    return $? == 0;
}

my $begin = "INSERT INTO care_session (token, user_id, office_id, device_id, door, created_at, seen_at)
    VALUES (X'" . 'ab' x 32 . "', $user, $office, $device, 0, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))";
my $token = "token = X'" . 'ab' x 32 . "'";
for my $change (grep { $_->[4] == 401 && $_->[3] !~ /RANDOM/ } @change) {
    my ($what, $table, $where, $set) = @$change;
    my $undo = $set =~ s/= UTC_TIMESTAMP\(3\)/= NULL/r;
    my $bad = "SELECT barred <> 0 OR certificate IS NULL FROM care_session WHERE $token";
    ok(meanwhile($begin, "UPDATE $table SET $set WHERE $where"), "$what while she signs in");
    is(scalar db($bad), 1, '  the session that came first is shut');
    db("UPDATE $table SET $undo WHERE $where; DELETE FROM care_session WHERE $token");
    ok(meanwhile("UPDATE $table SET $set WHERE $where", $begin), '  she signs in meanwhile');
    is(scalar db($bad), 1, '  the session that came later is shut');
    db("UPDATE $table SET $undo WHERE $where; DELETE FROM care_session WHERE $token");
}
faithful('all is as it was');

done_testing;
