#!/usr/bin/perl
# An entry's life: written, listed, read, acknowledged; and the marks that go with it.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my %person = map { $_ => person($_) } qw(nurse doctor helper officer manager outsider);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper', officer => 'officer');
sub bit { return $_[0] ? 1 : 0 }
sub top { my ($who) = @_; return $person{$who}->get("/timeline/$patient")->json->{entries}[0] // {} }
sub counts {
    my ($who) = @_;
    my ($p) = grep { $_->{id} eq $patient } @{ $person{$who}->get('/patients')->json->{patients} };
    return $p ? "$p->{unread} $p->{urgent}" : 'not hers';
}

# ---- nothing yet ----

my $none = $person{nurse}->get("/timeline/$patient")->json;
is(join(' ', map { $_->{kind} } @{ delete $none->{kinds} }), 'note observation medication diagnosis daily_life plan report', 'what a nurse may write');
ok(delete $none->{writes}, '  and that she may');
is_deeply($none, { entries => [], older => undef, q => undef }, 'no entries: an empty list');
like($person{nurse}->page("/timeline/$patient")->text, qr/まだ記録がありません/, '  and a page that says so');

# ---- written ----

my $body = "体温 37.2\n脈 72 <b>&amp;</b>\n\n  末尾の空白   ";
my $made = $person{nurse}->post("/timeline/$patient", { body => $body, kind => 'observation' });
is($made->status, 201, 'written');
my $id = $made->json->{id};
like($id, qr/\A[0-9a-f]{32}\z/, '  and named');
my $entry = top('doctor');
is_deeply([sort keys %$entry], [sort qw(id kind body audience audience_names written_at urgent stand_in read_by acknowledged_by replies reply_entries mine read kept
    acknowledged author corrects corrected_by corrected withdrawn gone gone_at gone_reason moved_in moved_at
    asked due_at due_on answered_by open_question overdue recallable special has_files attachments one_to_one mentioned mention_names)],
    'an entry has these keys');
is($entry->{id}, $id, '  its id');
is($entry->{body}, "体温 37.2\n脈 72 <b>&amp;</b>\n\n  末尾の空白", '  its body as typed, without blanks around');
is($entry->{kind}, 'observation', '  its kind');
is($entry->{audience}, 'team', '  for the team');
like($entry->{written_at}, qr/\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z/, '  an instant in UTC');
my %nurse = %{ (db_rows('SELECT CONCAT(u.family, " ", u.given) AS name, o.name AS office FROM care_user u JOIN care_staff f ON f.user_id = u.id
    JOIN care_office o ON o.id = f.office_id WHERE u.login = "nurse"'))[0] };
is_deeply($entry->{author}, { name => $nurse{name}, office => $nurse{office}, profession => '看護師', profession_code => '040' }, '  its author');
is(join(' ', map { bit($_) } @$entry{qw(urgent stand_in mine read acknowledged)}), '0 0 0 0 0', '  not urgent, not the doctor\'s, not read');
is("$entry->{read_by} $entry->{acknowledged_by}", '0 0', '  by nobody');
is(bit(top('nurse')->{mine}), 1, 'it is the nurse\'s own');
my $page = $person{doctor}->page("/timeline/$patient")->text;
like($page, qr/体温 37\.2\n脈 72 &lt;b&gt;&amp;amp;&lt;\/b&gt;/, 'the page shows it, as text');

is_deeply([marks($patient)], ['doctor unread', 'helper unread'], 'it waits for the team, not for its author nor the officer');
is(counts('doctor'), '1 0', '  and the list counts it');
is(counts('nurse'), '0 0', '  not for her');
is(scalar db('SELECT COUNT(*) FROM lib_event WHERE about = ? AND topic = "timeline.entry_written"', unhex($id)), 1, 'an event was published');
is(scalar db('SELECT COUNT(*) FROM care_notice WHERE cause = ?', unhex($id)), 0, '  and nobody disturbed');

# ---- read, acknowledged ----

sub readers {
    return { map { my ($login) = db('SELECT login FROM care_user WHERE CONCAT(family, " ", given) = ?', $_->{name});
        $login => join(' ', bit($_->{read_at}), bit($_->{acknowledged_at})) } @{ $person{nurse}->get("/timeline/$patient/$id/readers")->json->{readers} } };
}
is_deeply(readers(), { doctor => '0 0', helper => '0 0' }, 'readers: everyone who has it before her, the author not');
$person{doctor}->get("/timeline/$patient");
is(top('nurse')->{read_by}, 0, 'looking is not reading');
is($person{doctor}->post("/timeline/$patient/$id/read", {})->status, 204, 'the doctor has read it');
is($person{doctor}->post("/timeline/$patient/$id/read", {})->status, 204, '  twice is once');
is(top('nurse')->{read_by}, 1, '  one has read it');
is(bit(top('doctor')->{read}), 1, '  the doctor');
is(counts('doctor'), '0 0', '  and nothing waits for him');
is_deeply([marks($patient)], ['helper unread'], '  nobody else\'s mark went');
is_deeply(readers(), { doctor => '1 0', helper => '0 0' }, '  readers say so');
is($person{helper}->post("/timeline/$patient/$id/acknowledge", {})->status, 204, 'the helper says "understood"');
is($person{helper}->post("/timeline/$patient/$id/acknowledge", {})->status, 204, '  twice is once');
is(join(' ', @{ top('nurse') }{qw(read_by acknowledged_by)}), '2 1', '  which is reading, too');
is_deeply(readers(), { doctor => '1 0', helper => '1 1' }, '  readers say so');
is_deeply([marks($patient)], [], '  nothing waits any more');
my ($first) = @{ $person{nurse}->get("/timeline/$patient/$id/readers")->json->{readers} };
is_deeply([sort keys %$first], [sort qw(name profession profession_code office read_at acknowledged_at)], 'a reader has these keys');
is(bit($first->{acknowledged_at}), 1, '  who acknowledged first');
is($person{nurse}->post("/timeline/$patient/$id/read", {})->status, 204, 'the author reads her own');
is(top('nurse')->{read_by}, 2, '  which does not count');
is($person{nurse}->page("/timeline/$patient/$id/readers")->status, 200, 'readers as a page');
is($person{doctor}->post_form("/timeline/$patient/$id/read", {})->header('location'), "/timeline/$patient", 'as a form: back to the timeline');

{
    my @child = map { my $pid = fork // die; if (!$pid) {
        person('doctor')->post("/timeline/$patient/$id/acknowledge", {}); require POSIX; POSIX::_exit(0);
    } $pid } 1 .. 6;
    waitpid $_, 0 for @child;
    is(top('nurse')->{acknowledged_by}, 2, 'six presses at the same time are one');
}

# ---- urgent ----

db('DELETE FROM care_notice_choice');
my $urgent = $person{nurse}->post("/timeline/$patient", { body => '至急：呼吸が浅い', urgent => 1 });
is($urgent->status, 201, 'an urgent one');
is($urgent->json->{told}, 2, '  tells two people');
my $urgent_id = $urgent->json->{id};
is_deeply([marks($patient)], ['doctor unread', 'doctor urgent', 'helper unread', 'helper urgent'], '  marks them twice');
is(counts('helper'), '1 1', '  and heads the list');
is_deeply([sort(db('SELECT CONCAT(u.login, " ", n.channel, " ", n.kind, " ", n.priority) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.cause = ? AND n.again = 0', unhex($urgent_id)))],
    ['doctor mail urgent_entry 0', 'doctor sms urgent_entry 0', 'helper mail urgent_entry 0', 'helper sms urgent_entry 0'],
    '  by mail and SMS, before all others; not the author, not the officer');
my @column = db('SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = "care_notice"', demo('DB_NAME'));
is_deeply([grep { /patient|body|text|name/ } @column], [], '  and a notice has no room for a patient');
ok(wait_for(sub { !db('SELECT COUNT(*) FROM care_notice WHERE cause = ? AND again = 0 AND state IN ("queued", "sending")', unhex($urgent_id)) }, 20), 'they are handed over')
    or diag(join ', ', db('SELECT CONCAT(channel, " ", state, " ", COALESCE(reason, "")) FROM care_notice WHERE cause = ?', unhex($urgent_id)));
# Its own mails: others, such as invitations, name guests who are called like our patients.
my %its = map { $_ => 1 } db('SELECT LOWER(HEX(ref)) FROM care_notice WHERE cause = ?', unhex($urgent_id));
my @mail = grep { $_->{raw} =~ /^Message-ID: <(\w+)\@/m && $its{$1} } mails();
cmp_ok(scalar @mail, '>', 0, 'mails have arrived: ' . @mail);
my @said = grep { /試験|太郎|しけん|呼吸|$patient|$urgent_id/ } (map { $_->{text} } sms()), map { ($_->{text}, $_->{raw}) } @mail;
is_deeply(\@said, [], 'no patient in any mail or SMS');
$person{doctor}->post("/timeline/$patient/$urgent_id/read", {});
is_deeply([grep { /doctor/ } marks($patient)], ['doctor urgent'], 'reading leaves the urgent mark');
$person{doctor}->post("/timeline/$patient/$urgent_id/acknowledge", {});
is_deeply([grep { /doctor/ } marks($patient)], [], '  "understood" takes it away');

# Told of again until somebody acknowledges.
sub states { return join ' ', db('SELECT CONCAT(again, state) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.cause = ? AND n.channel = "mail" AND u.login = "helper" AND again > 0 ORDER BY again', unhex($_[0])) }
is(states($urgent_id), '1suppressed 2suppressed 3suppressed', '  and calls off what was to come, for everyone');
my $unheard = $person{nurse}->post("/timeline/$patient", { body => '至急その零', urgent => 1 })->json->{id};
$person{$_}->post("/timeline/$patient/$unheard/read", {}) for qw(doctor helper);
is(states($unheard), '1queued 2queued 3queued', 'read and not acknowledged: three reminders wait');
is(scalar db('SELECT COUNT(DISTINCT due_at) FROM care_notice WHERE cause = ? AND due_at > created_at + INTERVAL 9 MINUTE', unhex($unheard)), 3, '  each ten minutes after the other');
db('UPDATE care_notice SET due_at = UTC_TIMESTAMP(3) WHERE cause = ? AND again = 1', unhex($unheard));
ok(wait_for(sub { states($unheard) =~ /1sent/ }, 20), '  the first one leaves when its time has come');
$person{nurse}->post("/timeline/$patient/$unheard/withdraw", {});
like(states($unheard), qr/2suppressed 3suppressed/, '  withdrawn, the others do not');

# A suspended colleague, one who left and one who switched it off hear nothing.
db('UPDATE care_user SET suspended_at = UTC_TIMESTAMP(3) WHERE login = "helper"');
db('INSERT INTO care_notice_choice SELECT id, "urgent_entry", "sms", 0 FROM care_user WHERE login = "doctor"');
my $quiet = $person{nurse}->post("/timeline/$patient", { body => '至急その二', urgent => 1 })->json->{id};
db('UPDATE care_user SET suspended_at = NULL WHERE login = "helper"');
db('DELETE FROM care_notice_choice');
is_deeply([db('SELECT CONCAT(u.login, " ", n.channel) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.cause = ? AND n.again = 0', unhex($quiet))], ['doctor mail'],
    'only who is there, and by what she wants');

# ---- standing in ----

is($person{manager}->get("/timeline/$patient")->status, 404, 'a colleague who is off duty does not know of the patient');
db('UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.may_stand_in = 1 WHERE u.login = "manager"');
$person{manager}->post('/account/duty', { on_duty => 1, pin => $person{manager}{pin} });
is($person{manager}->get("/timeline/$patient")->status, 200, 'on duty she stands in');
is($person{manager}->post("/timeline/$patient", { body => '代わりに訪問しました' })->status, 201, '  and writes');
is(bit(top('doctor')->{stand_in}), 1, '  which is shown');
like($person{doctor}->page("/timeline/$patient")->text, qr/当番の代行/, '  in words');
ok((grep { $_->{id} eq $patient } @{ $person{manager}->get('/patients')->json->{stand_in_patients} }), '  her list has the patient apart');
ok(!(grep { $_->{id} eq $patient } @{ $person{manager}->get('/patients')->json->{patients} }), '  not among her own');
is(scalar db('SELECT COUNT(*) FROM lib_audit WHERE stand_in = 1 AND status = 201 AND user_id = (SELECT id FROM care_user WHERE login = "manager")
    AND subject_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($patient)), 1, '  and audited');
$person{manager}->post('/account/duty', { on_duty => 0 });
is($person{manager}->get("/timeline/$patient")->status, 404, 'off duty again it is over');
is($person{outsider}->get("/timeline/$patient")->status, 404, 'another office has no such right');

# ---- ids that are none ----

my $other = new_patient(nurse => 'visiting_nurse');
for my $bad ('ab' x 16, $patient) {
    is($person{nurse}->post("/timeline/$patient/$bad/read", {})->status, 404, 'an entry that does not exist');
    is($person{nurse}->get("/timeline/$patient/$bad/readers")->status, 404, '  has no readers');
}
is($person{nurse}->post("/timeline/$other/$id/acknowledge", {})->status, 404, 'an entry of another patient of hers');
like($person{nurse}->get("/timeline/$_")->status, qr{\A40[04]\z}, "not an id: $_") for 'x', uc $patient, "${patient}0", substr($patient, 1), "%00$patient", '..%2f..';
is($person{nurse}->get("/timeline/$patient/")->status, 404, 'a stroke too many');
is($person{nurse}->get("/timeline//$patient")->status, 404, 'or inside');

done_testing;
