#!/usr/bin/perl
# Reminders: by SMS to who agreed, once, without a word of what it is, in the hours in which
# messages may go; whom none reaches stands on a list to be rung.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($clerk, $nurse) = map { person($_) } qw(clerk nurse);
my $p = new_patient(nurse => 'visiting_nurse');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
db('UPDATE care_patient SET phone = "0000-00-0009" WHERE id = ?', $id);
my ($today, $hour) = split / /, db('SELECT DATE_FORMAT(UTC_TIMESTAMP() + INTERVAL 9 HOUR, "%Y-%m-%d %H")');
my $desk = "/vaccination/desk/$p";
my $number = '0900000' . sprintf '%04d', 1000 + rand 8999;
my $e164 = '+81' . substr $number, 1;

sub due { my ($vaccine, $last) = @_; return db('REPLACE INTO vaccination_due (patient_id, vaccine, network_id, programme, dose_number, due_on, last_on)
    SELECT id, ?, network_id, "x", 1, "2026-01-01", ? FROM care_patient WHERE id = ?', $vaccine, $last, $id) }
sub notices { return scalar db('SELECT COUNT(*) FROM care_notice WHERE resident_mobile = ?', $e164) }
sub listed { return scalar grep { $_->{patient} eq $p } @{ $clerk->get('/vaccination/desk/calls')->json->{people} } }
END { local $?; db('DELETE FROM care_notice WHERE resident_mobile = ?', $e164) if $e164 }

# ---- who is rung ----

due('influenza', '2026-12-31');
SKIP: {
    skip 'the town has too many to ring', 1 if @{ $clerk->get('/vaccination/desk/calls')->json->{people} } == 100;
    is(listed(), 1, 'who agreed to nothing stands on the list to be rung');
}
is($nurse->get('/vaccination/desk/calls')->status, 403, '  which is the desk\'s');
is($clerk->post("$desk/calls", { result => 'no_answer', note => '昼' })->status, 204, 'rung without an answer');
is(listed(), 0, '  she is not rung again for some days');
is($clerk->get($desk)->json->{calls}[0]{result}, 'no_answer', '  and her page says so');
db('UPDATE vaccination_call SET at = at - INTERVAL 4 DAY WHERE patient_id = ?', $id);
is($clerk->post("$desk/calls", { result => 'declined' })->status, 204, 'she declines');
db('UPDATE vaccination_call SET at = at - INTERVAL 9 DAY WHERE patient_id = ?', $id);
is(listed(), 0, '  and is rung no more while this window lasts');

# ---- who agreed ----

is($clerk->post("$desk/agreement", { mobile => '03-0000-0001', agreed_by => '試験', agreed_relation => '本人' })->json->{error}{field}, 'mobile', 'a number that takes no SMS');
is($clerk->post("$desk/agreement", { mobile => $number, agreed_by => '試験 花', agreed_relation => '長女' })->status, 204, 'an agreement, with whose word it is');
is($clerk->post("$desk/agreement", { mobile => $number, agreed_by => '試験 花', agreed_relation => '長女' })->status, 409, '  once');
is($clerk->get($desk)->json->{agreement}{mobile}, $e164, '  stands on her page');
SKIP: {
    skip 'no message goes at night', 5 if $hour >= 21 || $hour < 8;
    ok(wait_for(sub { notices() == 1 }, 60), 'she is reminded');
    ok(wait_for(sub { grep { $_->{to} eq substr($e164, 1) || $_->{to} eq $e164 } sms() }, 60), '  by SMS');
    my ($sms) = grep { $_->{to} =~ /\Q@{[ substr $e164, 1 ]}\E/ } sms();
    unlike($sms->{text}, qr/接種|ワクチン|インフルエンザ|試験/, '  without a word of what it is, or of her');
    due('covid19', '2026-12-31');
    ok(wait_for(sub { notices() == 2 }, 60), '  what becomes due later is another one');
    # A receipt on its way would undo what is pretended below.
    ok(wait_for(sub { !db('SELECT COUNT(*) FROM care_notice WHERE resident_mobile = ? AND state NOT IN ("delivered", "failed")', $e164) }, 60), '  each has its end');
}
db('UPDATE care_notice SET state = "failed" WHERE resident_mobile = ?', $e164);
db('UPDATE vaccination_call SET at = "2020-01-01" WHERE patient_id = ?', $id);
SKIP: {
    skip 'nothing went at night', 1 if $hour >= 21 || $hour < 8;
    cmp_ok(listed(), '>', 0, 'whom the SMS did not reach is rung');
}
is(scalar db('SELECT COUNT(*) FROM care_user WHERE mobile_bad_at IS NOT NULL AND login = "clerk"'), 0, '  and nobody takes it for the clerk\'s number');

# ---- no more ----

db('UPDATE care_notice SET state = "queued", due_at = UTC_TIMESTAMP(3) + INTERVAL 1 DAY, owner = NULL, acted_at = NULL, lease_until = NULL WHERE resident_mobile = ?', $e164);
is($clerk->post("$desk/agreement/end", { note => 'もう要らない' })->status, 204, 'she wants none any more');
my $sent = () = grep { $_->{to} =~ /\Q@{[ substr $e164, 1 ]}\E/ } sms();
db('UPDATE care_notice SET due_at = UTC_TIMESTAMP(3) WHERE resident_mobile = ?', $e164);
ok(wait_for(sub { !db('SELECT COUNT(*) FROM care_notice WHERE resident_mobile = ? AND state <> "suppressed"', $e164) }, 60), '  what waited is not sent any more');
is(scalar(() = grep { $_->{to} =~ /\Q@{[ substr $e164, 1 ]}\E/ } sms()), $sent, '  to the letter');
my $before = notices();
due('zoster', '2026-12-31');
sleep 8;
is(notices(), $before, '  and she is reminded of nothing else');
is($clerk->post("$desk/agreement/end", { note => 'もう要らない' })->status, 409, '  which is said once');
is($clerk->page($_)->status, 200, "page $_") for $desk, '/vaccination/desk/calls';

done_testing;
