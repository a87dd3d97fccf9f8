#!/usr/bin/perl
# A row that a program holds for longer than a lock's wait is no answer for an
# administrator: the command waits and does it once. `training end` met that.
use strict;
use warnings;
use utf8;
use POSIX ();
use Test::More;
use Time::HiRes 'time';
use Tomozuna::Backup;
use Tomozuna::Test;

my $place = { conf => demo('CONF') . '/admin.conf' };
my $login = 'helper';
my $user = db('SELECT id FROM care_user WHERE login = ?', $login);
END { local $?; db('UPDATE care_user SET suspended_at = NULL WHERE id = ?', $user) if $user }

# Holds the row in another process until the seconds are over.
sub held {
    my ($seconds) = @_;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        eval { db("BEGIN; SELECT id FROM care_user WHERE id = $user FOR UPDATE; DO SLEEP($seconds); COMMIT") };
        POSIX::_exit(0);
    }
    wait_for(sub { db("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'DO SLEEP($seconds)%'") > 0 }, 10)
        or die "nobody holds it\n";
    return $pid;
}
sub deeds { return scalar db('SELECT COUNT(*) FROM lib_audit WHERE program = "tomozuna" AND route = "user suspend"') }

my $before = deeds();
my $pid = held(2.5);
my ($status, $said) = tomozuna($place, 'user', 'suspend', $login);
is "$status $said", '0 ', 'held for two and a half seconds: done, without a word';
waitpid $pid, 0;
is scalar db('SELECT suspended_at IS NOT NULL FROM care_user WHERE id = ?', $user), 1, 'she is shut out';
is deeds(), $before + 1, 'one deed on record';
tomozuna_ok($place, 'user', 'resume', $login);

$pid = held(20);
my $from = time;
($status, $said) = tomozuna($place, 'user', 'suspend', $login);
is $status, 1, 'held for long: not done';
like $said, qr/somebody changes the same: try again/, 'said once it gave up';
cmp_ok time - $from, '<', 19, 'in time';
db('KILL ' . $_) for db('SELECT id FROM information_schema.processlist WHERE info LIKE "DO SLEEP(20)%"');
waitpid $pid, 0;
is scalar db('SELECT suspended_at IS NULL FROM care_user WHERE id = ?', $user), 1, 'nothing changed';
is deeds(), $before + 1, 'nor is anything on record';
done_testing;
