#!/usr/bin/perl
# What becomes of an entry: replies, correction, withdrawal, recall, a move to the
# right patient, marking as unread, readers without names, paper, search, drafts.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my %person = map { $_ => person($_) } qw(nurse doctor helper outsider);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper');
my $other = new_patient(nurse => 'visiting_nurse', helper => 'home_helper');
my $strange = new_patient(doctor => 'attending_physician');

sub wrote {
    my ($who, %field) = @_;
    my $answer = $person{$who}->post("/timeline/$patient", \%field);
    is($answer->status, 201, "$who writes") or diag($answer->text);
    return $answer->json->{id};
}
sub act { my ($who, $id, $what, %field) = @_; return $person{$who}->post("/timeline/$patient/$id/$what", \%field)->status }
sub entry { my ($who, $id, $of) = @_; my ($e) = grep { $_->{id} eq $id } @{ $person{$who}->get('/timeline/' . ($of // $patient))->json->{entries} }; return $e }
sub bit { return $_[0] ? 1 : 0 }
sub marks_of { return sort(db('SELECT CONCAT(u.login, " ", m.kind) FROM care_mark m JOIN care_user u ON u.id = m.user_id WHERE m.ref = ?', unhex($_[0]))) }
sub found { my ($who, $q) = @_; return map { $_->{id} } @{ $person{$who}->post("/timeline/$patient/search", { q => $q })->json->{entries} } }

# ---- replies ----

my $id = wrote(nurse => body => '昼食は全部食べました');
my $first = wrote(doctor => body => 'よかったです', reply_to => $id);
my $second = wrote(helper => body => '夕食もお願いします', reply_to => $first);
my $entry = entry(nurse => $id);
is($entry->{replies}, 2, 'an entry counts its replies');
is_deeply([map { $_->{id} } @{ $entry->{reply_entries} }], [$first, $second], '  and has them in order, a reply to a reply too');
is_deeply([map { $_->{id} } @{ $person{nurse}->get("/timeline/$patient")->json->{entries} }], [$id], '  the list has the entry alone');
is_deeply([marks_of($second)], ['doctor unread', 'nurse unread'], 'a reply waits for the team');
act(nurse => $id, 'read');
is_deeply([grep { /nurse/ } marks_of($second), marks_of($first)], [], 'looking at the entry reads its replies');
is(scalar db('SELECT read_by FROM timeline_entry WHERE ref = ?', unhex($second)), 1, '  which count it');
act(nurse => $id, 'read');
is(scalar db('SELECT read_by FROM timeline_entry WHERE ref = ?', unhex($second)), 1, '  once');
is(scalar db('SELECT COUNT(*) FROM timeline_receipt r JOIN timeline_entry e ON e.id = r.entry_id WHERE e.ref = ?', unhex($second)), 1, '  as do the receipts');
like($person{nurse}->page("/timeline/$patient")->text, qr/返信 2/, 'the page says how many');
is($person{nurse}->get("/timeline/$patient/$first")->json->{entries}[0]{id}, $id, 'the page of a reply is that of its entry');
is($person{nurse}->post("/timeline/$patient", { body => 'x', reply_to => 'ab' x 16 })->status, 400, 'no reply to what is not there');
is($person{nurse}->post("/timeline/$other", { body => 'x', reply_to => $id })->status, 400, '  nor to an entry of another patient');

# ---- correction ----

is(act(doctor => $id, 'correct', body => '違います'), 403, 'only the author corrects');
my $made = $person{nurse}->post("/timeline/$patient/$id/correct", { body => '昼食は半分でした' });
is($made->status, 201, 'she does');
my $right = $made->json->{id};
is(bit(entry(doctor => $id)->{corrected}), 1, 'the old one says so');
is(entry(doctor => $id)->{corrected_by}, $right, '  and by what');
is(entry(doctor => $id)->{body}, '昼食は全部食べました', '  and stays');
is(entry(doctor => $right)->{corrects}, $id, 'the new one names the old');
is_deeply([marks_of($right)], ['doctor unread', 'helper unread'], '  and waits for the team');
is(act(nurse => $id, 'correct', body => '二度目'), 409, 'an entry is corrected once; then its correction is');
is(scalar db('SELECT COUNT(*) FROM timeline_entry WHERE body = "二度目"'), 0, '  nothing else was written');

# ---- withdrawal ----

my $wrong = wrote(nurse => body => 'ひみつの検査値九九九');
act(doctor => $wrong, 'read');
is(act(doctor => $wrong, 'withdraw'), 403, 'only the author withdraws');
is(act(nurse => $wrong, 'withdraw', reason => '別の日のこと'), 204, 'she does');
$entry = entry(doctor => $wrong);
is(join(' ', bit($entry->{withdrawn}), $entry->{body}, $entry->{gone_reason}), '1  別の日のこと', 'a trace stays, without the text');
unlike($person{$_}->page("/timeline/$patient")->text, qr/九九九/, "  $_ cannot read it") for qw(nurse doctor helper);
unlike($person{nurse}->page("/timeline/$patient/$wrong")->text, qr/九九九/, '  nor on its own page');
is_deeply([found(doctor => '九九九')], [], '  nor find it');
like($person{doctor}->page("/timeline/$patient")->text, qr/書いた人が取り消しました/, '  the page says what happened');
my ($card) = $person{helper}->page("/timeline/$patient")->text =~ m{(<article class="[^"]*" id="e-$wrong">.*?</article>)}s;
unlike($card, qr/未読|class="[^"]*\bunread\b|了解する|既読にする/, 'whoever had not read it has nothing to read or acknowledge');
like($card, qr/書いた人が取り消しました/, '  but the trace');
($card) = $person{doctor}->page("/timeline/$patient")->text =~ m{(<article class="[^"]*" id="e-$wrong">.*?</article>)}s;
like($card, qr/あとで見る.*既読にする/s, 'whoever had is asked to look again');
unlike($card, qr/了解する/, '  and not to acknowledge it');
is_deeply([marks_of($wrong)], ['doctor unread'], 'it waits for whoever had read it, for nobody else');
is(bit(entry(doctor => $wrong)->{kept}), 1, '  on the page, too');
act(doctor => $wrong, 'read');
is_deeply([marks_of($wrong)], [], '  until she has seen');
is(act(nurse => $wrong, 'withdraw'), 409, 'once');
is(act(nurse => $wrong, $_->[0], @{ $_->[1] }), $_->[2], "afterwards no $_->[0]") for ['correct', [body => 'x'], 409], ['recall', [], 409], ['fax', [sent_to => 'x'], 404];
is($person{doctor}->post("/timeline/$patient", { body => 'x', reply_to => $wrong })->status, 400, '  nor a reply');
is(scalar db('SELECT body FROM timeline_entry WHERE ref = ?', unhex($wrong)), 'ひみつの検査値九九九', 'what was written is not lost');

# ---- recall ----

my $quick = wrote(nurse => body => '書きかけでした七七七');
is(bit(entry(nurse => $quick)->{recallable}), 1, 'her fresh entry can be taken back');
is(bit(entry(doctor => $quick)->{recallable}), 0, '  by her alone');
is(act(doctor => $quick, 'recall'), 403, '  as the server says, too');
is(act(nurse => $quick, 'recall'), 204, 'she takes it back');
is(entry($_ => $quick), undef, "  gone for $_") for qw(nurse doctor);
is_deeply([marks_of($quick)], [], '  no mark is left');
is_deeply([found(nurse => '七七七')], [], '  nothing to be found');
is($person{nurse}->get("/timeline/$patient/$quick/readers")->status, 404, '  nor by its name');
is($person{nurse}->get("/timeline/$patient/draft")->json->{draft}{body}, '書きかけでした七七七', 'its text is her draft');
like($person{nurse}->page("/timeline/$patient/draft")->text, qr/書きかけでした七七七/, '  on a page, too');
is($person{doctor}->get("/timeline/$patient/draft")->json->{draft}, undef, '  nobody else\'s');
my $late = wrote(nurse => body => '読まれたもの');
is($person{nurse}->get("/timeline/$patient/draft")->json->{draft}, undef, 'writing forgets the draft');
act(helper => $late, 'read');
is(act(nurse => $late, 'recall'), 409, 'what somebody has read stays');
my $old = wrote(nurse => body => '古いもの');
db('UPDATE timeline_entry SET written_at = written_at - INTERVAL 200 SECOND WHERE ref = ?', unhex($old));
is(act(nurse => $old, 'recall'), 409, 'after three minutes, too');
my $urgent = wrote(nurse => body => '至急のもの', urgent => 1);
is(act(nurse => $urgent, 'recall'), 409, 'and what was urgent: messages have left');
my $answered = wrote(nurse => body => '返事のあるもの');
my $answer = wrote(doctor => body => '返事', reply_to => $answered);
is(act(nurse => $answered, 'recall'), 409, 'and what was answered');
is(act(doctor => $answer, 'recall'), 204, 'a reply can be taken back');
is(entry(nurse => $answered)->{replies}, 0, '  and is not counted');
my $uncorrected = wrote(nurse => body => '訂正前');
my $correction = $person{nurse}->post("/timeline/$patient/$uncorrected/correct", { body => '訂正後' })->json->{id};
is(act(nurse => $correction, 'recall'), 204, 'so can a correction');
is(bit(entry(nurse => $uncorrected)->{corrected}), 0, '  then nothing was corrected');

# ---- the wrong patient ----

my $lost = wrote(nurse => body => '佐藤さんのこと五五五', urgent => 1);
my $under = wrote(doctor => body => '五五五を了解', reply_to => $lost);
act(doctor => $lost, 'read');
is($person{doctor}->get("/timeline/$patient/$lost/move")->status, 403, 'only the author moves it');
my $form = $person{nurse}->get("/timeline/$patient/$lost/move")->json;
ok((grep { $_->{id} eq $other } @{ $form->{patients} }), 'she is offered her other patients');
ok(!(grep { $_->{id} eq $strange || $_->{id} eq $patient } @{ $form->{patients} }), '  not others\', not the same');
is(act(nurse => $lost, 'move', patient => $strange), 400, 'she cannot move it to whom she does not know');
is(act(nurse => $lost, 'move', patient => $patient), 400, '  nor to the same');
my $moved = $person{nurse}->post("/timeline/$patient/$lost/move", { patient => $other });
is($moved->status, 201, 'moved');
$entry = entry(nurse => $moved->json->{id}, $other);
is($entry->{body}, '佐藤さんのこと五五五', 'it stands where it belongs');
is(bit($entry->{moved_in}), 1, '  and says that it came from elsewhere');
is_deeply([marks_of($moved->json->{id})], ['helper unread', 'helper urgent'], '  and waits for that team');
$entry = entry(doctor => $lost);
is(join(' ', bit($entry->{withdrawn}), $entry->{gone}, $entry->{body}), '1 moved ', 'a tombstone in its old place');
unlike($person{doctor}->page("/timeline/$patient")->text, qr/五五五|$other/, '  says neither what nor to whom, nor do the replies');
is_deeply([found(doctor => '五五五')], [], '  nor the search');
is_deeply([marks_of($lost)], ['doctor unread'], 'whoever had read it is told by a mark');
is_deeply([db('SELECT CONCAT(u.login, " ", n.channel) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.kind = "entry_moved" AND n.cause = ?', unhex($lost))],
    ['doctor mail'], '  and by mail');
is($person{doctor}->get("/timeline/$other")->status, 404, '  and does not know of the other patient');
is(scalar db('SELECT COUNT(*) FROM lib_audit a JOIN care_patient p ON p.id = a.subject_id WHERE p.ref = ? AND a.route = "/timeline/{patient}/{entry}/move" AND a.status = 201
    AND JSON_CONTAINS(a.subjects, CAST((SELECT id FROM care_patient WHERE ref = ?) AS CHAR))', unhex($patient), unhex($other)), 1, 'the audit names both');

# ---- a correction goes with what it corrects ----

my $A = wrote(nurse => body => '血圧は上が二一一', urgent => 1);
db('UPDATE timeline_entry SET written_at = written_at - INTERVAL 3 HOUR WHERE ref = ?', unhex($A));
my $B = $person{nurse}->post("/timeline/$patient/$A/correct", { body => '血圧は上が二二二' })->json->{id};
my $C = $person{nurse}->post("/timeline/$patient/$B/correct", { body => '血圧は上が二三三' })->json->{id};
act(doctor => $_, 'read') for $A, $B;
my $hour = entry(nurse => $A)->{written_at};
my $B2 = $person{nurse}->post("/timeline/$patient/$B/move", { patient => $other });
is($B2->status, 201, 'a correction is moved') or diag($B2->text);
$B2 = $B2->json->{id};
is_deeply([map { entry(doctor => $_)->{gone} } $A, $B, $C], [qw(moved moved moved)], 'move_takes_corrections: what it corrects and what corrects it go, too');
unlike($person{doctor}->page("/timeline/$patient")->text, qr/二一一|二二二|二三三/, '  nothing of them is left');
my %there = map { $_->{body} => $_ } @{ $person{nurse}->get("/timeline/$other")->json->{entries} };
my ($A2, $mid, $C2) = @there{map { "血圧は上が二${_}" } qw(一一 二二 三三)};
is($mid->{id}, $B2, '  the one that was pressed has the name that was answered');
is(join(' ', $A2->{corrected_by}, $mid->{corrects}, $mid->{corrected_by}, $C2->{corrects}), "$B2 $A2->{id} $C2->{id} $B2", '  and there they name each other');
is($A2->{written_at}, $hour, 'move_keeps_the_hour: it was observed when it was');
cmp_ok($A2->{moved_at}, 'gt', $A2->{written_at}, '  and says when it was moved');
cmp_ok(entry(doctor => $A)->{gone_at}, 'gt', $hour, '  as does the trace');
is_deeply([db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.kind = "entry_moved" AND u.login = "doctor" AND n.cause IN (?, ?, ?)', map { unhex($_) } $A, $B, $C)], [1],
    '  whoever had read several hears of it once');
is(scalar db('SELECT COUNT(DISTINCT n.cause) FROM care_notice n WHERE n.kind = "urgent_entry" AND n.cause IN (?, ?, ?)', map { unhex($_) } $A2->{id}, $B2, $C2->{id}), 1,
    '  and the other team of one urgent entry, not of three');
$A = wrote(nurse => body => '体重は四四四');
$B = $person{nurse}->post("/timeline/$patient/$A/correct", { body => '体重は四四五' })->json->{id};
is(act(nurse => $A, 'withdraw'), 204, 'what was corrected is withdrawn');
is_deeply([map { entry(doctor => $_)->{gone} } $A, $B], [qw(withdrawn withdrawn)], 'withdraw_takes_corrections: the correction with it');
$A = wrote(nurse => body => '体重は五四四');
$B = $person{nurse}->post("/timeline/$patient/$A/correct", { body => '体重は五四五' })->json->{id};
is(act(nurse => $B, 'withdraw'), 204, 'a correction is withdrawn');
is_deeply([map { entry(doctor => $_)->{gone} } $A, $B], [qw(withdrawn withdrawn)], '  with what it corrected');

# ---- unread again ----

my $later = wrote(nurse => body => 'あとで読む');
act(doctor => $later, 'read');
is_deeply([marks_of($later)], ['helper unread'], 'read');
is(act(doctor => $later, 'unread'), 204, 'marked as unread');
is(act(doctor => $later, 'unread'), 204, '  twice is once');
is_deeply([marks_of($later)], ['doctor unread', 'helper unread'], '  it waits again');
is(join(' ', map { bit($_) } @{ entry(doctor => $later) }{qw(read kept)}), '1 1', '  for later');
is(entry(nurse => $later)->{read_by}, 1, '  the author sees that it was read');
is(bit(entry(helper => $later)->{kept}), 0, '  it is hers alone');
act(doctor => $later, 'read');
is(join(' ', bit(entry(doctor => $later)->{kept}), entry(nurse => $later)->{read_by}), '0 1', 'reading it again counts once');

# ---- readers: the network's switch ----

db('UPDATE care_network SET named_receipts = 0');
my $who = $person{nurse}->get("/timeline/$patient/$later/readers")->json;
db('UPDATE care_network SET named_receipts = 1');
is_deeply([bit($who->{named}), $who->{read_by}, $who->{unread_by}, $who->{readers}], [0, 1, 1, []], 'without names: how many have read');
act(helper => $later, 'acknowledge');
db('UPDATE care_network SET named_receipts = 0');
$who = $person{nurse}->get("/timeline/$patient/$later/readers")->json;
like($person{nurse}->page("/timeline/$patient/$later/readers")->text, qr/名前では表示しません/, '  the page says so');
db('UPDATE care_network SET named_receipts = 1');
is(scalar @{ $who->{readers} }, 1, '  who said "understood" said so to the others');

# ---- paper ----

my $sent = $person{doctor}->post("/timeline/$patient/$later/fax", { sent_to => 'みなと病院 地域連携室' });
is($sent->status, 201, 'sent by FAX');
my $sheet = $person{doctor}->page("/timeline/$patient/$later/fax/" . $sent->json->{id})->text;
like($sheet, qr/みなと病院 地域連携室/, 'the sheet says to whom');
like($sheet, qr/あとで読む/, '  and what');
is($person{nurse}->get("/timeline/$patient/$later/readers")->json->{sent}[0]{sent_to}, 'みなと病院 地域連携室', 'it is recorded');
is($person{doctor}->post("/timeline/$patient/$later/fax", $_)->status, 400, 'refused') for {}, { sent_to => ' ' }, { sent_to => 'x' x 81 }, { sent_to => "a\nb" };
is($person{doctor}->get("/timeline/$patient/$id/fax/" . $sent->json->{id})->status, 404, 'the sheet of another entry');

# ---- search ----

my $kana = wrote(nurse => body => 'ﾍﾞｯﾄﾞから ﾄｲﾚへ。SpO₂ 97%、体温３６．８');
is_deeply([found(doctor => $_)], [$kana], "found: $_") for 'ベッド', 'べっど', 'トイレ', 'spo2', '36.8', 'からトイレ', '体温36';
is_deeply([found(doctor => $_)], [], "not found: $_") for 'どっべ', 'ベッドへ', '%%', '_';
my %found = map { $_ => 1 } found(doctor => '体');
ok($found{$kana}, 'one character will do');
is_deeply([found(doctor => 'よかったです')], [$first], 'replies are found');
is($person{doctor}->post("/timeline/$patient/search", $_)->status, 400, 'refused') for {}, { q => '' }, { q => '　' }, { q => 'x' x 61 }, { q => 'x', older => 'y' };
wrote(nurse => body => "くりかえし $_") for 1 .. 51;
my $page = $person{nurse}->post("/timeline/$patient/search", { q => 'くりかえし' })->json;
is(scalar @{ $page->{entries} }, 50, 'fifty at a time');
is(scalar @{ $person{nurse}->post("/timeline/$patient/search", { q => 'くりかえし', older => $page->{older} })->json->{entries} }, 1, '  and the rest');
is($person{outsider}->post("/timeline/$patient/search", { q => '体' })->status, 404, 'a stranger finds nothing');

# ---- drafts ----

my $text = "とちゅうの文\n二行目";
is($person{helper}->post("/timeline/$patient/draft", { body => $text, kind => 'plan', audience => 'professions', profession => '010', urgent => 1, stamp => '17' })->status, 204, 'a draft is kept');
my $draft = $person{helper}->get("/timeline/$patient/draft")->json->{draft};
is(join('|', @$draft{qw(body kind audience professions people stamp)}, bit($draft->{urgent})), "$text|plan|professions|010||17|1", '  as it was');
is($person{helper}->get("/timeline/$other/draft")->json->{draft}, undef, '  on this patient\'s page alone');
my $sealed = db('SELECT HEX(sealed) FROM timeline_draft d JOIN care_user u ON u.id = d.user_id JOIN care_patient p ON p.id = d.patient_id WHERE u.login = "helper" AND p.ref = ?', unhex($patient));
unlike(pack('H*', $sealed), qr/\xe3\x81\xa8\xe3\x81\xa1\xe3\x82\x85/, '  the database cannot read it');
db('INSERT INTO timeline_draft (user_id, patient_id, sealed, saved_at) SELECT u.id, p.id, ?, UTC_TIMESTAMP(3) FROM care_user u JOIN care_patient p ON p.ref = ? WHERE u.login = "nurse"
    ON DUPLICATE KEY UPDATE sealed = VALUES(sealed)', unhex(lc $sealed), unhex($patient));
is($person{nurse}->get("/timeline/$patient/draft")->json->{draft}, undef, 'another\'s seal does not open for her');
is($person{helper}->post("/timeline/$patient/draft", { body => 'あ' x 6000 })->status, 204, 'longer than can be sent');
is(length $person{helper}->get("/timeline/$patient/draft")->json->{draft}{body}, 6000, '  is kept whole');
is($person{helper}->post("/timeline/$patient/draft", {})->status, 204, 'emptied');
is($person{helper}->get("/timeline/$patient/draft")->json->{draft}, undef, '  gone');
my %key = map { $_ => $person{$_}->get("/timeline/$patient/draft")->json->{key} } qw(nurse doctor);
like($key{nurse}, qr/\A[0-9a-f]{64}\z/, 'a key for what the device keeps');
is($person{nurse}->get("/timeline/$patient/draft")->json->{key}, $key{nurse}, '  the same each time');
isnt($key{nurse}, $key{doctor}, '  to each her own');

done_testing;
