#!/usr/bin/perl
# After all of it: the chain of seals holds, nothing of the trail waits, and no
# notice hangs in between.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Faults;
use Tomozuna::Test;

my $tail = 'SELECT COUNT(*) FROM lib_audit WHERE id > (SELECT COALESCE(MAX(audit_id), 0) FROM lib_audit_seal)';
ok(wait_for(sub { db($tail) == 0 }, 60), 'every row is sealed') or diag db($tail) . ' are not';
local $ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
my ($status, $out, $err) = program('tomozuna', '--config', demo('CONF') . '/admin.conf', 'audit', 'verify');
is($status, 0, 'A4: audit verify finds nothing') or diag "$out$err";
ok(wait_for(sub { !db("SELECT COUNT(*) FROM care_notice WHERE state = 'sending' AND lease_until < UTC_TIMESTAMP(3)") }, 10),
    'A3: no lease is left lying');
is(scalar db("SELECT COUNT(*) FROM care_notice WHERE state = 'unknown' AND COALESCE(reason, '') = ''"), 0, 'A3: what is flagged says why');
note_numbers('%d audit rows, %d seals', scalar db('SELECT COUNT(*) FROM lib_audit'), scalar db('SELECT COUNT(*) FROM lib_audit_seal'));
done_testing;
