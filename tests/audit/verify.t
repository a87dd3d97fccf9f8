#!/usr/bin/perl
# The sealed trail: `tomozuna audit verify` names what somebody changed behind it.
use strict;
use warnings;
use utf8;
use File::Temp ();
use Test::More;
use Tomozuna::Statements;
use Tomozuna::Test;

plan skip_all => "no administrator's command in this tree" if !-x demo('BIN') . '/tomozuna';
plan skip_all => 'no sealer in this tree' if !-x demo('BIN') . '/tomozuna-seal';

my ($heads) = map { /^head_file\s*=\s*(\S+)/m } slurp(demo('CONF') . '/seal.conf');
my $config = File::Temp->new(DIR => demo('CONF'), SUFFIX => '.conf');
print {$config} "include tomozuna.conf\ndb_user = tomozuna_admin\ndb_password_file = admin-db-password\nhead_file = $heads\n";
close $config;
chmod 0644, $config->filename;
$ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');

sub verify { return program('tomozuna', '--config', $config->filename, 'audit', 'verify') }

# Something to seal, and the sealer's time to do it.
my $nurse = person('nurse');
$nurse->get('/patients') for 1 .. 3;
# On a new demo the trail is empty until the journal has brought hers.
my $sealed = sub {
    db('SELECT COUNT(*) FROM lib_audit a JOIN lib_audit_seal s ON s.audit_id = a.id WHERE a.user_id <> 0') >= 3
        && db('SELECT COUNT(*) FROM lib_audit a LEFT JOIN lib_audit_seal s ON s.audit_id = a.id WHERE s.seq IS NULL') == 0
};
ok(wait_for($sealed, 20), 'every record is sealed within seconds');
my ($status, $out, $err) = verify();
is($status, 0, 'an honest trail') or BAIL_OUT("$out$err");
like($out, qr/\d+ seals, head [0-9a-f]{64}, 0 findings/, '  says how many and its head');

my ($row) = db_rows('SELECT a.id, a.user_id, a.status, s.seq FROM lib_audit a JOIN lib_audit_seal s ON s.audit_id = a.id WHERE a.user_id <> 0 ORDER BY a.id DESC LIMIT 1 OFFSET 2');

END { local $?; kill_program('tomozuna-seal', 'CONT') if $ENV{TOMOZUNA_RUN} }

# Each tampering is undone again: the trail is the demo's, not ours.
sub tampered {
    my ($what, $do, $undo) = @_;
    db($_) for @$do;
    my ($bad, $said, $why) = verify();
    db($_) for @$undo;
    isnt($bad, 0, "$what is found");
    like("$said$why", qr/\b(?:$row->{id}|$row->{seq})\b/, '  and named') or diag("$said$why");
    return;
}
my $id = $row->{id};
tampered('another user', ["UPDATE lib_audit SET user_id = user_id + 1 WHERE id = $id"], ["UPDATE lib_audit SET user_id = user_id - 1 WHERE id = $id"]);
tampered('another status', ["UPDATE lib_audit SET status = 599 WHERE id = $id"], ["UPDATE lib_audit SET status = $row->{status} WHERE id = $id"]);
tampered('another time', ["UPDATE lib_audit SET at = at - INTERVAL 1 SECOND WHERE id = $id"], ["UPDATE lib_audit SET at = at + INTERVAL 1 SECOND WHERE id = $id"]);
tampered('another seal', ["UPDATE lib_audit_seal SET head = REVERSE(head) WHERE seq = $row->{seq}"], ["UPDATE lib_audit_seal SET head = REVERSE(head) WHERE seq = $row->{seq}"]);
db("CREATE OR REPLACE TABLE test_audit_kept AS SELECT * FROM lib_audit WHERE id = $id");
tampered('a record taken away', ["DELETE FROM lib_audit WHERE id = $id"], ['INSERT INTO lib_audit SELECT * FROM test_audit_kept']);
db('DROP TABLE test_audit_kept');
db("CREATE OR REPLACE TABLE test_audit_kept AS SELECT * FROM lib_audit_seal WHERE seq = $row->{seq}");
kill_program('tomozuna-seal', 'STOP');      # or it would seal the record anew
tampered('a seal taken away', ["DELETE FROM lib_audit_seal WHERE seq = $row->{seq}"], ['INSERT INTO lib_audit_seal SELECT * FROM test_audit_kept']);
kill_program('tomozuna-seal', 'CONT');
db('DROP TABLE test_audit_kept');

($status, $out, $err) = verify();
is($status, 0, 'all undone: honest again') or diag("$out$err");
is_deeply([grep { !$_ } map { refusals($_, 'UPDATE lib_audit SET user_id = 0', 'DELETE FROM lib_audit') }
    qw(identity patient timeline mail sms seal admin)], [], 'no account of ours could have done it');

done_testing;
