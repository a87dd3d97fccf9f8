#!/usr/bin/perl
# What an account of the database may do once somebody else has it: nothing of
# what its program never does.
use strict;
use warnings;
use Test::More;
use Tomozuna::Test;

my @account = qw(identity patient timeline mail sms seal ca);
my %password = map { my $f = demo('CREDENTIALS') . "/$_-db-password"; -r $f ? ($_ => slurp($f) =~ s/\s+\z//r) : () } @account;
plan skip_all => 'the passwords are not ours to read' if !%password;

# 1 when the statement is refused for want of a right; it never takes effect.
sub refused {
    my ($account, $sql) = @_;
    local $ENV{MYSQL_PWD} = $password{$account};
    open my $out, '-|', 'mariadb', '--no-defaults', '--socket=' . demo('DB_SOCKET'), "--user=tomozuna_$account",
        demo('DB_NAME'), '-e', "START TRANSACTION; $sql; ROLLBACK" or die "mariadb: $!\n";
    my @line = <$out>;
    return !close $out;
}

open my $errors, '>&', \*STDERR or die;
open STDERR, '>', '/dev/null' or die;
for my $account (grep { $password{$_} } @account) {
    ok(!refused($account, 'SELECT 1'), "$account comes in");
    my @never = ('UPDATE care_user SET password_hash = NULL WHERE id = 0', 'UPDATE care_user SET pin_hash = NULL WHERE id = 0',
        q(UPDATE care_user SET roles = '' WHERE id = 0), 'UPDATE care_staff SET office_manager = 1 WHERE user_id = 0',
        'UPDATE care_team SET left_at = NULL WHERE id = 0', 'UPDATE care_session SET user_id = 0 WHERE user_id = 0',
        'DELETE FROM lib_audit WHERE id = 0', 'UPDATE lib_audit SET user_id = 0 WHERE id = 0',
        'DELETE FROM lib_audit_seal WHERE seq = 0', q(UPDATE timeline_entry SET body = '' WHERE id = 0),
        'INSERT INTO lib_audit (id, at) VALUES (9223372036854775807, UTC_TIMESTAMP())',
        'INSERT INTO lib_event (id, topic) VALUES (9223372036854775807, 0)',
        'DELETE FROM care_patient WHERE id = 0', 'CREATE TABLE x (i INT)', 'SELECT * FROM mysql.global_priv');
    push @never, 'SELECT password_hash FROM care_user LIMIT 0', 'INSERT INTO care_session (token) VALUES (REPEAT(0, 32))'
        if $account ne 'identity';
    push @never, 'SELECT body FROM timeline_entry LIMIT 0' if $account ne 'timeline';
    push @never, 'SELECT id FROM care_patient LIMIT 0', 'SELECT token FROM care_session LIMIT 0'
        if $account =~ /\A(?:mail|sms|seal|ca)\z/;
    push @never, map { "SELECT $_ LIMIT 0" } 'address FROM care_patient', 'insured_number FROM care_patient', 'phone FROM care_patient',
        'id FROM care_consent', 'id FROM care_allergy', 'id FROM care_medication', 'id FROM care_equipment', 'id FROM care_health_condition'
        if $account ne 'patient';
    my @may = grep { !refused($account, $_) } @never;
    is("@may", '', "$account may do no more than it does");
}
open STDERR, '>&', $errors;
done_testing;
