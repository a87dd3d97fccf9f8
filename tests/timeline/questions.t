#!/usr/bin/perl
# Questions: asked of a profession or a person by a day, open on the timeline and in
# the list until a reply answers, and told of when overdue.
use strict;
use warnings;
use utf8;
use POSIX qw(strftime);
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my %person = map { $_ => person($_) } qw(nurse doctor helper outsider);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper');
my $other = new_patient(nurse => 'visiting_nurse', helper => 'home_helper');
my %id = map { $_ => scalar db('SELECT LOWER(HEX(ref)) FROM care_user WHERE login = ?', $_) } keys %person;
my $home = "/timeline/$patient";

sub day { return strftime '%Y-%m-%d', gmtime(time + 9 * 3600 + 86400 * $_[0]) }
sub ask { my ($who, %field) = @_; return $person{$who}->post($home, { body => '質問です', due_on => day(2), %field }) }
sub asks { my $made = ask(@_); is($made->status, 201, "$_[0] asks") or diag($made->text); return $made->json->{id} }
sub entry { my ($who, $id, $of) = @_; my ($e) = grep { $_->{id} eq $id } @{ $person{$who}->get($of // $home)->json->{entries} }; return $e }
sub bit { return $_[0] ? 1 : 0 }
sub waits { return sort(db('SELECT u.login FROM care_mark m JOIN care_user u ON u.id = m.user_id WHERE m.ref = ? AND m.kind = "question"', unhex($_[0]))) }
sub listed { my ($who) = @_; my ($p) = grep { $_->{id} eq $patient } @{ $person{$who}->get('/patients')->json->{patients} }; return $p->{open_questions} }
sub open_at { return map { $_->{id} } @{ $person{$_[0]}->get("$home/questions")->json->{entries} } }

# ---- what may be asked ----

is(ask(nurse => asked => '010', due_on => day(-1))->json->{error}{field}, 'due_on', 'a day that is over: refused');
is($person{nurse}->post($home, { body => 'x', asked => '010' })->json->{error}{field}, 'due_on', 'no day: refused');
is($person{nurse}->post($home, { body => 'x', due_on => day(1) })->json->{error}{field}, 'asked', 'nobody: refused');
is(ask(nurse => asked => $_)->json->{error}{field}, 'asked', "nobody of the team: $_") for '020', '000', $id{outsider}, 'ab' x 16, 'zz';
is(ask(nurse => asked => $id{helper}, audience => 'professions', profession => '010')->json->{error}{field}, 'asked', 'nor somebody who may not see it');
is(ask(nurse => asked => $id{nurse})->json->{error}{field}, 'asked', 'nor herself');
is(entries_of($patient), 0, 'nothing of it was written');
is($person{outsider}->get("$home/questions")->status, 404, 'a stranger asks for no list');

# ---- of a profession ----

my $id = asks(nurse => asked => '010');
is_deeply([waits($id)], ['doctor'], 'it waits for that profession alone');
is_deeply([map { listed($_) } qw(nurse doctor helper)], [0, 1, 0], '  as the list of patients says');
my $seen = entry(helper => $id);
is(join(' ', $seen->{asked}, bit($seen->{open_question}), bit($seen->{overdue}), $seen->{due_on}), '医師 1 0 ' . day(2), 'all see whom it asks, by when, and that it is open');
is_deeply([open_at('helper')], [$id], '  and find it among those that wait');
like($person{helper}->page($home)->text, qr/質問.*?医師.*?返事待ち/s, '  on the page, too');
like($person{doctor}->page('/patients')->text, qr/質問 1/, 'the doctor\'s list says so in words');
$person{doctor}->post("$home/$id/acknowledge", {});
is_deeply([waits($id)], ['doctor'], '"understood" is no answer');
my $late = $person{helper}->post($home, { body => 'わかりません', reply_to => $id })->json->{id};
is_deeply([waits($id)], ['doctor'], '  nor is a reply that does not say so');

# ---- answered, opened again ----

my $answer = $person{helper}->post($home, { body => '先生は明日だそうです', reply_to => $late, answers => 1 })->json->{id};
is_deeply([waits($id)], [], 'a reply marked as the answer closes it');
is(listed('doctor'), 0, '  in the list');
$seen = entry(nurse => $id);
is(join(' ', bit($seen->{open_question}), $seen->{answered_by}), "0 $answer", '  and the entry names it');
is_deeply([map { bit($_->{answer}) } @{ $seen->{reply_entries} }], [0, 1], '  as does the reply');
is_deeply([open_at('nurse')], [], '  it waits no more');
$person{doctor}->post($home, { body => 'もう一つ', reply_to => $id, answers => 1 });
is(entry(nurse => $id)->{answered_by}, $answer, 'the first answer counts');
is($person{helper}->post("$home/$answer/withdraw", {})->status, 204, 'the answer is withdrawn');
is_deeply([waits($id)], ['doctor'], '  then it waits again');
is(bit(entry(nurse => $id)->{open_question}), 1, '  and is open');
$answer = $person{doctor}->post($home, { body => '明日行きます', reply_to => $id, answers => 1 })->json->{id};
is($person{doctor}->post("$home/$answer/recall", {})->status, 204, 'an answer that is taken back');
is_deeply([waits($id)], ['doctor'], '  leaves it open, too');
is($person{nurse}->post($home, { body => 'x', reply_to => $id, asked => '010', due_on => day(1) })->status, 400, 'a reply asks nothing');

# ---- of a person; withdrawn ----

my $hers = asks(doctor => asked => $id{helper}, audience => 'named', person => $id{helper});
is_deeply([waits($hers)], ['helper'], 'a person is asked');
is_deeply([open_at('nurse')], [$id], 'what is not for her is not in her list');
is($person{doctor}->post("$home/$hers/withdraw", {})->status, 204, 'withdrawn');
is_deeply([waits($hers)], [], '  it waits for nobody');
is_deeply([open_at('helper')], [$id], '  nor stands in the list');

# ---- overdue ----

sub told { return sort(db('SELECT CONCAT(u.login, " ", n.channel) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.kind = "overdue_question" AND n.cause = ?', unhex($_[0]))) }
db('DELETE FROM care_notice_choice');
db('UPDATE timeline_question q JOIN timeline_entry e ON e.patient_id = q.patient_id AND e.id = q.entry_id SET q.due_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE e.ref IN (?, ?)', unhex($id), unhex($hers));
is(bit(entry(nurse => $id)->{overdue}), 1, 'overdue');
like($person{nurse}->page($home)->text, qr/期限を過ぎています/, '  in words');
ok(wait_for(sub { my @told = told($id); scalar @told }, 70), 'somebody is told');
is_deeply([told($id)], ['doctor mail', 'doctor sms', 'nurse mail', 'nurse sms'], '  whoever is asked, and whoever asks');
is_deeply([told($hers)], [], '  not of what was withdrawn');
is(scalar db('SELECT COUNT(*) FROM care_notice WHERE cause = ? AND kind = "overdue_question" AND HOUR(due_at + INTERVAL 9 HOUR) BETWEEN 8 AND 20', unhex($id)), 4, '  by day');
$person{doctor}->post($home, { body => '行きました', reply_to => $id, answers => 1 });
is(bit(entry(nurse => $id)->{overdue}), 0, 'answered, it is overdue no more');

# ---- with an entry that was another patient's ----

my $lost = asks(nurse => asked => '010');
my $moved = $person{nurse}->post("$home/$lost/move", { patient => $other })->json->{id};
is_deeply([waits($lost)], [], 'moved: nobody waits here');
is(entry(nurse => $moved, "/timeline/$other")->{asked}, '医師', '  it asks there');
is_deeply([open_at('nurse')], [], '  and here no more');

done_testing;
