#!/usr/bin/perl
# A network's own table of who reads and writes which kinds: it holds at the next
# request, in lists, counts, search, readers, notices, events and files, for what
# was there before as for what comes, and for that network alone.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my %person = map { $_ => person($_) } qw(nurse doctor helper officer);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper', officer => 'welfare_volunteer');
my $code = db('SELECT n.code FROM care_network n JOIN care_user u ON u.network_id = n.id WHERE u.login = "nurse"');
my $was = db('SELECT profession FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "officer"');

sub profession { db('UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.profession = ? WHERE u.login = ?', $_[1], $_[0]); return }
my $config = "$ENV{TOMOZUNA_CONF}/admin.conf";
$ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
# Status, and all that it said.
sub command { my ($status, $out, $err) = program('tomozuna', '--config', $config, 'right', @_); return ($status, "$out$err") }
sub right { my ($status, $said) = command(@_); diag($said) if $status; return $status }

END {
    local $?;
    db('DELETE FROM care_network_right');
    db('DELETE FROM care_network WHERE code = "994995"');
    profession(officer => $was) if defined $was;
}
db('UPDATE care_consent SET officer = 1 WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($patient));
profession(officer => '333');

sub write_as {
    my ($who, %field) = @_;
    my $answer = $person{$who}->post("/timeline/$patient", \%field);
    is($answer->status, 201, "$who writes $field{body}") or diag($answer->text);
    return $answer->json->{id};
}
sub entries { my ($who) = @_; return @{ $person{$who}->get("/timeline/$patient")->json->{entries} } }
sub sees { my ($who, $id) = @_; return scalar grep { $_->{id} eq $id } entries($who) }
sub replies { my ($who, $id) = @_; return map { @{ $_->{reply_entries} // [] } } grep { $_->{id} eq $id } entries($who) }
sub found { my ($who, $q) = @_; return scalar @{ $person{$who}->post("/timeline/$patient/search", { q => $q })->json->{entries} } }
sub unread { my ($who) = @_; my ($p) = grep { $_->{id} eq $patient } @{ $person{$who}->get('/patients')->json->{patients} }; return "$p->{unread} $p->{urgent}" }
sub readers { my ($who, $id) = @_; return join ' ', sort map { $_->{profession_code} } @{ $person{$who}->get("/timeline/$patient/$id/readers")->json->{readers} } }
sub events { return scalar db('SELECT COUNT(*) FROM lib_event WHERE about = ?', unhex($_[0])) }
sub told { return join ' ', sort(db('SELECT DISTINCT u.login FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.cause = ?', unhex($_[0]))) }

my $illness = write_as(doctor => body => 'しんだんを伝えた', kind => 'diagnosis', urgent => 1);
my $reply = write_as(nurse => body => 'うけとりました', reply_to => $illness);
my $life = write_as(nurse => body => 'さんぽに出た', kind => 'daily_life');
my $before = unread('helper');

ok(sees('helper', $illness) && replies('helper', $illness) && found('helper', 'しんだん'), 'a helper reads a diagnosis by default');

# ---- taken away: everything that was there is gone at the next request ----

is(right('set', $code, '301', '--sees', 'note,observation,daily_life,plan,report'), 0, 'the network: helpers read no diagnosis, no medication');
ok(!sees('helper', $illness), 'not in the list');
is(found('helper', 'しんだん'), 0, '  not in the search');
is(found('helper', 'うけとり'), 0, '  nor the reply to it');
is($person{helper}->get("/timeline/$patient/$_->[0]")->status, 404, "  $_->[1] is not there")
    for [$illness, 'the entry'], ["$illness/readers", 'who has read it'], ["$illness/files", 'what hangs on it'], [$reply, 'its reply'];
is($person{helper}->post("/timeline/$patient", { body => 'x', reply_to => $illness })->status, 400, '  nor can it be answered');
unlike($person{helper}->page("/timeline/$patient")->text, qr/しんだん|うけとり/, '  nothing on the page');
isnt(unread('helper'), $before, 'the badge does not count it');
is(unread('helper'), '1 0', '  but the note of daily life');
is(readers('doctor', $illness), '040', 'who may read it: the nurse, no helper');
ok(sees('helper', $life), 'daily life stays');
ok(sees('nurse', $illness), 'for nurses nothing changed');

my $next = write_as(doctor => body => 'つぎのしんだん', kind => 'diagnosis', urgent => 1);
ok(!sees('helper', $next), 'nor what comes');
is(told($next), 'nurse', '  nobody else is told of it');
is(unread('helper'), '1 0', '  nor marked');
is(events($next), 1, '  the event says no more than that something was written');
my $meant = write_as(doctor => body => 'ヘルパーさんへ', kind => 'diagnosis', audience => 'professions', profession => '301');
ok(sees('helper', $meant), 'what is addressed to her profession reaches her');

# ---- files go with their entry ----

my $with = $person{doctor}->post_files("/timeline/$patient", { kind => 'diagnosis', body => 'けんさの写し', attachment => ['a.txt', 'text/plain', "seen\n"] });
is($with->status, 201, 'a diagnosis with a paper') or diag($with->text);
my ($at) = map { "/timeline/$patient/$_->{id}/files/$_->{attachments}[0]{id}" } grep { $_->{id} eq $with->json->{id} } entries('nurse');
is($person{nurse}->get($at)->status, 200, 'the nurse opens it');
is($person{helper}->get($at)->status, 404, '  a helper, who knows its address, does not');

# ---- given back ----

is(right('clear', $code, '301'), 0, 'as by default again');
ok(sees('helper', $illness), 'the helper reads it again');
is((unread('helper') =~ /\A\d+ (\d+)/)[0], 1, '  and it is marked as it was: urgent');
is($person{helper}->get($at)->status, 200, '  and opens the paper');
is(scalar db('SELECT COUNT(*) FROM timeline_mark_aside WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($patient)), 0, 'nothing is left aside');

# ---- what is read while it is aside stays read ----

is($person{helper}->post("/timeline/$patient/$illness/read", {})->status, 204, 'read');
right('set', $code, '301', '--sees', 'daily_life');
right('clear', $code, '301');
is((unread('helper') =~ /\A\d+ (\d+)/)[0], 0, 'no mark comes back for what was read');

# ---- given: a volunteer who reads plans, too ----

my $plan = write_as(nurse => body => 'よていを決めた', kind => 'plan');
ok(!sees('officer', $plan), 'a volunteer reads no plan by default');
is(right('set', $code, '333', '--sees', 'daily_life,plan'), 0, 'the network: volunteers read plans');
ok(sees('officer', $plan), 'at the next request');
ok(!sees('officer', $illness), '  and no diagnosis');
my $second = write_as(nurse => body => 'よていの返事', reply_to => $plan);
is(scalar(replies('officer', $plan)), 1, '  with the replies to it');

# ---- who writes what ----

sub writes { my ($who, $kind) = @_; return $person{$who}->post("/timeline/$patient", { body => "$who $kind", kind => $kind })->status }
is(writes('helper', 'medication'), 403, 'a helper writes no medication by default');
is(right('set', $code, '301', '--writes', 'note,daily_life,medication'), 0, 'the network: helpers write it, and no plan');
is(writes('helper', $_->[0]), $_->[1], "  $_->[0]: $_->[1]") for ['medication', 201], ['plan', 403], ['note', 201];
is(right('set', $code, '301', '--sees', 'note,daily_life'), 0, 'but read none');
is(writes('helper', 'medication'), 403, '  so she does not write it either');
is(right('set', $code, '333', '--writes', 'daily_life'), 0, 'volunteers write daily life');
is(writes('officer', 'daily_life'), 201, '  and one does');
is(writes('officer', 'note'), 403, '  and no note');
ok(wait_for(sub { $person{officer}->page("/timeline/$patient")->text =~ /data-composer/ }, 30), 'the page offers it within seconds');
my $page = $person{officer}->page("/timeline/$patient")->text;
like($page, qr/value="daily_life" checked/, '  daily life, chosen');
unlike($page, qr/name="kind" value="note"/, '  and nothing else');
like($person{officer}->page("/timeline/$patient/$life")->text, qr/name="reply_to"/, '  and to answer');
is($person{officer}->post("/timeline/$patient", { body => 'へんじ', kind => 'daily_life', reply_to => $life })->status, 201, '  which works');

# ---- one's own network alone ----

db('INSERT INTO care_network (ref, code, nickname, colour, sender, phone) VALUES (RANDOM_BYTES(16), "994995", "rights", "#224466", "x", "x")');
is(right('clear', $code, '301'), 0, 'cleared');
is(right('set', '994995', '301', '--sees', 'none'), 0, 'what another network decides');
ok(sees('helper', $illness), '  is nothing to us');

# ---- the command ----

for my $bad ([['set', $code, '301', '--sees', 'diagnoses'], qr/joined by commas/], [['set', $code, '301', '--sees', 'note,,plan'], qr/joined by commas/],
    [['set', $code, '340', '--sees', 'note'], qr/of a team/], [['set', $code, '99x', '--sees', 'note'], qr/of a team/], [['set', $code, '301'], qr/--sees or --writes/],
    [['set', '000000', '301', '--sees', 'note'], qr/network/]) {
    my ($status, $said) = command(@{ $bad->[0] });
    ok($status, "refused: @{ $bad->[0] }");
    like($said, $bad->[1], '  and says why');
}
right('set', $code, '170', '--sees', 'none');
my (undef, $list) = command('list', $code);
like($list, qr/^170\s+介護福祉士\s+none\s+default$/m, 'the list says what was decided');
right('set', $code, '170', '--sees', 'default', '--writes', 'note');
(undef, $list) = command('list', $code);
like($list, qr/^170\s+介護福祉士\s+default\s+note$/m, '  and what was taken back');
cmp_ok(scalar db('SELECT COUNT(*) FROM lib_audit WHERE program = "tomozuna" AND route LIKE "%right set%"'), '>', 3, 'each change is on record');

done_testing;
