#!/usr/bin/perl
# Reminders: by SMS to who agreed, once, without a word of what it is, in the hours in which
# messages may go; whom none reaches stands on a list to be rung.
use strict;
use warnings;
use utf8;
use FindBin;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Statements;
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
sub to_her { return $_[0]{to} =~ /\Q@{[ substr $e164, 1 ]}\E/ }

# From her phone: deliver_sm of the carrier's stand-in, then Kannel, then the gateway.
sub phone_says {
    my ($from, $text) = @_;
    my $file = demo('SMS_INCOMING') . sprintf '/vaccination-%d-%d.json', $$, rand 1e6;
    spew($file, JSON::PP::encode_json({ from => $from, to => '0005200000', text => $text }));
    return ok(wait_for(sub { !-e $file }, 60), "a message from her phone: $text");
}

sub listed { return scalar grep { $_->{patient} eq $p } @{ $clerk->get('/vaccination/desk/calls')->json->{people} } }
END { local $?; db('DELETE FROM care_notice WHERE resident_mobile = ?', $e164) if $e164 }

# ---- who is rung ----

due('influenza', '2026-12-31');
SKIP: {
    skip 'the town has too many to ring', 1 if @{ $clerk->get('/vaccination/desk/calls')->json->{people} } == 100;
    is(listed(), 1, 'who agreed to nothing stands on the list to be rung');
}
{
    # With 130,000 due it sorted them all, and took longer than it may.
    my @value = ('1', '"2026-11-20"', '"2026-11-20"', '"2026-11-20"');
    my $text = statements("$FindBin::Bin/../../modules/vaccination/reminder.sql")->{callees} =~ s/\?/shift @value/ger;
    is_deeply([grep { /temporary|filesort|join buffer/ } map { $_->{Extra} // '' } db_rows("EXPLAIN $text")], [], '  of which the hundred are read in the order of a key');
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
# ---- a stop word from the phone itself ----

is($clerk->post("$desk/agreement", { mobile => $number, agreed_by => '試験 花', agreed_relation => '長女' })->status, 204, 'she agrees again');
sub queued {
    my $cause = join '', map { sprintf '%08x', rand 2**32 } 1 .. 4;
    db('INSERT INTO care_notice (ref, network_id, user_id, resident_mobile, channel, kind, cause, request, due_at, created_at)
        SELECT ?, network_id, id, ?, "sms", "vaccination_reminder", ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM care_user WHERE login = "clerk"',
        unhex($cause), $e164, unhex($cause), unhex($cause));
    return sub { (db('SELECT state FROM care_notice WHERE ref = ?', unhex($cause)) // '') eq $_[0] };
}

my $first = queued();
ok(wait_for(sub { $first->('delivered') }, 20), 'she gets a message');
phone_says($e164, 'すとっぷ してください');
ok(wait_for(sub { db('SELECT COUNT(*) FROM care_sms_incoming WHERE mobile = ? AND taken_as = "nobody"', $e164) }, 20), 'a sentence of hers');
ok(defined $clerk->get($desk)->json->{agreement}, '  ends nothing');
phone_says($e164, '停止');
ok(wait_for(sub { !defined $clerk->get($desk)->json->{agreement} }, 20), 'her phone says stop, through the carrier and Kannel: she agreed to nothing any more');
is(scalar db('SELECT ended_name FROM vaccination_agreement WHERE patient_id = ? ORDER BY id DESC LIMIT 1', $id), '本人の電話', '  on her own word');
ok(wait_for(sub { db('SELECT COUNT(*) FROM care_notice WHERE resident_mobile = ? AND kind = "sms_stopped" AND state = "delivered"', $e164) == 1 }, 20), '  which is confirmed to her, once');
my $so_far = grep { to_her($_) } sms();
my $late = queued();
ok(wait_for(sub { $late->('suppressed') }, 20), 'what anybody queues for that number later');
is(scalar(grep { to_her($_) } sms()), $so_far, '  does not go');
END { local $?; if ($e164) { db("DELETE FROM $_ WHERE mobile = ?", $e164) for qw(care_sms_incoming care_sms_stop) } }
is($clerk->page($_)->status, 200, "page $_") for $desk, '/vaccination/desk/calls';

done_testing;
