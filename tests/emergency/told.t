#!/usr/bin/perl
# Contacts whom the patient named are told what a crew reports: who agreed, what the message
# says, and that it says nothing of her.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($crew, $nurse, $outsider) = map { person($_) } qw(crew nurse outsider);
my $patient = new_patient(nurse => 'visiting_nurse');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient));
my $mobile = sprintf '090-0000-%04d', rand 10000;
my $e164 = '+81' . substr($mobile =~ tr/-//dr, 1);
sub contact { return $nurse->post("/record/$patient/emergency_contacts", { relation => '子', position => 1, @_ })->json->{id} }
sub notices { return db('SELECT kind FROM care_notice WHERE resident_mobile = ? ORDER BY id', $e164) }
sub told { my ($which) = @_; my ($c) = grep { $_->{id} eq $which } @{ $nurse->get("/emergency/$patient/prepare")->json->{contacts} }; return $c }
END { local $?; db('DELETE FROM care_notice WHERE resident_mobile = ?', $e164), db('DELETE FROM care_sms_stop WHERE mobile = ?', $e164) if $e164 }

my $child = contact(name => '試験一', phone => $mobile);
my $fixed = contact(name => '試験二', phone => '000-222-3333', position => 2);
my $path = "/emergency/$patient/told";

# ---- who agrees ----

is(told($child)->{agreed_by}, undef, 'nobody is told unasked');
is($nurse->post("$path/$child", {})->json->{error}{field}, 'agreed_by', 'somebody has to have said so');
is($outsider->post("$path/$child", { agreed_by => '本人' })->status, 404, 'nobody else writes it');
is($nurse->post("$path/$fixed", { agreed_by => '本人' })->status, 409, 'a telephone that takes no message gets none');
is($nurse->post("$path/" . 'ab' x 16, { agreed_by => '本人' })->status, 404, 'nor somebody else\'s contact');
is($nurse->post("$path/$child", { agreed_by => '本人と長女' })->status, 204, 'agreed');
is(told($child)->{agreed_by}, '本人と長女', '  on whose word');
is($nurse->post("$path/$child", { agreed_by => '本人' })->status, 409, '  once');
like($nurse->page("/emergency/$patient/prepare")->text, qr/知らせるのをやめる/, '  as the page shows');

# ---- what is passed on ----

$crew->post('/emergency/open', { patient => $patient, reason => 'unconscious' });
is_deeply([notices()], [], 'an opening is not');
sub reports { return $crew->post("/emergency/$patient/reports", { @_ })->status }
is(reports(kind => 'on_scene'), 201, 'on the scene');
is_deeply([notices()], [], '  is not either');
is(reports(kind => 'departed', hospital => '試験病院'), 201, 'departed');
is_deeply([notices()], ['contact_departed'], '  is');
is(reports(kind => 'arrived'), 201, 'arrived');
is_deeply([notices()], [qw(contact_departed contact_arrived)], '  is, too');
ok(wait_for(sub { grep { $_->{text} =~ /病院へ向かっています/ && $_->{to} =~ /\Q@{[ substr $e164, 1 ]}\E/ } sms() }, 60), 'the message goes');
my ($sms) = grep { $_->{text} =~ /病院へ向かっています/ } reverse sms();
ok($sms && $sms->{text} !~ /試験|太郎|むつみ町ふた/, '  and names neither her nor the hospital');

# ---- and when no more ----

ok(wait_for(sub { !db('SELECT COUNT(*) FROM care_notice WHERE resident_mobile = ? AND state NOT IN ("delivered", "failed")', $e164) }, 60), 'each message has its end');
db('UPDATE care_notice SET state = "queued", due_at = UTC_TIMESTAMP(3) + INTERVAL 1 DAY, owner = NULL, acted_at = NULL, lease_until = NULL WHERE resident_mobile = ? AND kind = "contact_arrived"', $e164);
is($nurse->post("$path/$child/end", {})->status, 204, 'she wants it no more');
db('UPDATE care_notice SET due_at = UTC_TIMESTAMP(3) WHERE resident_mobile = ? AND kind = "contact_arrived"', $e164);
ok(wait_for(sub { db('SELECT COUNT(*) FROM care_notice WHERE resident_mobile = ? AND kind = "contact_arrived" AND state = "suppressed"', $e164) }, 60), '  what waits goes no more');
is($nurse->post("$path/$child/end", {})->status, 409, '  once');
reports(kind => 'not_transported');
is(scalar(my @sent = notices()), 2, '  and nothing new is sent');
is($nurse->post("$path/$child", { agreed_by => '本人' })->status, 204, 'agreed anew');
$nurse->post("/record/$patient/emergency_contacts/$child/end", { reason => 'mistake' });
reports(kind => 'not_transported');
is(scalar(@sent = notices()), 2, 'a contact that was ended in the record is told nothing');
is(scalar db('SELECT COUNT(*) FROM emergency_contact_told WHERE patient_id = ?', $id), 2, 'who agreed when is kept');

done_testing;
