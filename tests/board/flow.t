#!/usr/bin/perl
# One sitting from the insurer's export to the purge of members' copies, as its people
# walk it.
use strict;
use warnings;
use utf8;
use Encode ();
use File::Temp ();
use Test::More;
use Tomozuna::Board;
use Tomozuna::Test;

my ($secretary, @member) = map { person($_) } 'secretary', map { "member$_" } 1 .. 5;
my $insurer = db('SELECT insurer_number FROM care_patient WHERE insured_number = "9950000001"');
my $today = db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR)');
sub day { return scalar db('SELECT ? + INTERVAL ? DAY', $today, $_[0]) }
sub state_of { return scalar db('SELECT state FROM board_application WHERE ref = ?', unhex($_[0])) }
sub fault { my ($answer) = @_; return join ' ', $answer->status, map { $_ // '' } @{ $answer->json->{error} // {} }{qw(field code)} }

# ---- the export, in CP932 ----

my $serial = sprintf '%05d', rand 1e5;
my @head = qw(保険者番号 被保険者番号 氏 名 カナ氏名 生年月日 性別 住所 申請区分 被保険者区分 申請日 前回認定結果 前回有効期間 前回有効期間終了日 一次判定結果 基準時間 調査項目 状態の安定性 特記事項 主治医意見書);
sub line {
    my ($n, %other) = @_;
    my %cell = (保険者番号 => $insurer, 被保険者番号 => "98$serial" . sprintf('%03d', $n), 氏 => '髙﨑', 名 => '①郎', カナ氏名 => 'タカサキ　イチロウ', 生年月日 => 'S15.3.3', 性別 => 1,
        住所 => 'むつみ町見本9-9', 申請区分 => '更新', 被保険者区分 => 1, 申請日 => day(-9), 前回認定結果 => '22', 前回有効期間 => 12, 前回有効期間終了日 => day(30),
        一次判定結果 => '22', 基準時間 => '60.5', 調査項目 => '1' x 74, 状態の安定性 => 1, 特記事項 => qq{歩行は"見守り"、\n夜間は介助}, 主治医意見書 => '安定', %other);
    return join ',', map { '"' . ($cell{$_} =~ s/"/""/gr) . '"' } @head;
}
my $csv = join "\r\n", join(',', @head), line(1), line(2, 申請区分 => '新規', 前回認定結果 => '', 一次判定結果 => '21', 基準時間 => '45.2'),
    line(3, 特記事項 => '髙﨑さんは一人で歩く'), line(4, 保険者番号 => '123456'), line(5, 基準時間 => '長い'), '';
my $bytes = Encode::encode('CP932', $csv);
sub import_it { return $secretary->post_files('/board/office/import', { scheme => 'care_level', table => ['ninetei.csv', 'text/csv', $_[0]] }) }

my $import = import_it($bytes);
is($import->status, 201, 'an export in CP932 is taken in') or diag($import->text);
is_deeply([map { "$_->{line} $_->{heading}" } @{ $import->json->{faults} }], ['5 保険者番号', '6 基準時間'], '  and says by row and heading what is wrong')
    or diag(explain($import->json));
is("@{$import->json}{qw(taken known wrong)}", '3 0 2', '  three are new');
is("@{import_it($bytes)->json}{qw(taken known wrong)}", '0 3 2', 'taken in again, none is');
is("@{import_it(Encode::encode('UTF-8', $csv))->json}{qw(taken known wrong)}", '0 3 2', '  in UTF-8 neither');
my @application = db('SELECT LOWER(HEX(a.ref)) FROM board_application a JOIN board_person w ON w.application_id = a.id WHERE w.insured_number LIKE ? ORDER BY w.insured_number', "98$serial%");
forget_board(application => $_) for @application;
my ($first, $second, $named) = @application;
is(scalar db('SELECT CONCAT(family, given, kana) FROM board_person w JOIN board_application a ON a.id = w.application_id WHERE a.ref = ?', unhex($first)), '髙﨑①郎タカサキ　イチロウ', 'letters of CP932 alone survive');
is(scalar db('SELECT survey_note FROM board_application WHERE ref = ?', unhex($first)), qq{歩行は"見守り"、\n夜間は介助}, '  so do quotes and line ends in a cell');

# ---- whom the papers name ----

my $person = "/board/office/applications/$named";
is_deeply([map { "$_->{what} $_->{word}" } @{ $secretary->get($person)->json->{hits} }], ['name 髙﨑'], 'a note that names her is found');
is(fault($secretary->post("$person/check", {})), '400 sure confirm', '  and does not pass');
is($secretary->post("$person/papers", { survey_note => '本人は一人で歩く', physician_opinion => '安定' })->status, 204, '  it is put right');
is($secretary->post("/board/office/applications/$_/check", { sure => 1 })->status, 204, 'checked') for @application;
is(state_of($named), 'papers_ready', '  ready for a sitting');
is($secretary->post("$person/papers", { survey_note => '髙﨑', physician_opinion => '安定' })->status, 204, 'new words');
is(state_of($named), 'registered', '  want a new look');
$secretary->post("$person/papers", { survey_note => '本人は一人で歩く', physician_opinion => '安定' });
$secretary->post("$person/check", {});

# ---- the short way: six conditions ----

is_deeply([grep { !$_->{holds} } @{ $secretary->get("/board/office/applications/$first")->json->{conditions} }], [], 'a renewal as before holds all six conditions');
is(fault($secretary->post("/board/office/applications/$second/simplified", { simplified => 1 })), '400 simplified out_of_range', 'a new one does not go the short way');

# ---- convening ----

my $panel = db('SELECT LOWER(HEX(ref)) FROM board_panel ORDER BY id LIMIT 1');
is(fault($secretary->post('/board/office/sittings', { panel => $panel, day => day(3), time => '13:30', place => '会議室' })), '400 day out_of_range', 'no sitting without its notice');
my $made = $secretary->post('/board/office/sittings', { panel => $panel, day => day(12), time => '13:30', place => '会議室' });
is($made->status, 201, 'a sitting');
my $sitting = $made->json->{id};
forget_board(sitting => $sitting);
my $convene = "/board/office/sittings/$sitting";
is($secretary->post("$convene/applications", { application => [@application] })->status, 204, 'its applications');
is($secretary->post("$convene/state", { act => 'open' })->status, 409, 'no pre-review before the notice');
my $mails = mails();
is($secretary->post("$convene/state", { act => 'notice' })->status, 204, 'the notice');
ok(wait_for(sub { mails() >= $mails + 5 }, 30), '  goes to five') if !night();
sub night { my $hour = db('SELECT HOUR(UTC_TIMESTAMP() + INTERVAL 9 HOUR)'); return $hour >= 20 || $hour < 9 }
is(scalar db('SELECT COUNT(DISTINCT n.user_id) FROM care_notice n JOIN board_seat e ON e.user_id = n.user_id WHERE e.sitting_id = ? AND n.kind = "board" AND n.due_at > UTC_TIMESTAMP() - INTERVAL 5 MINUTE', sitting_key($sitting)), 5, '  each has one');
is($member[0]->post("/board/sittings/$sitting/answer", { answer => 'yes' })->status, 204, 'a member answers');
$member[3]->post("/board/sittings/$sitting/answer", { answer => 'no' });
my $forecast = $secretary->get($convene)->json->{forecast};
is("$forecast->{yes} $forecast->{no} $forecast->{silent} $forecast->{quorum}", '1 1 3 1', '  and the forecast is right');
is($member[0]->get("/board/applications/$first")->status, 404, 'no papers before the pre-review');
is($secretary->post("$convene/state", { act => 'open' })->status, 204, 'the pre-review opens');
is($secretary->post("$convene/applications", { application => [$first], off => 1 })->status, 409, '  and its list stays as it is');

# ---- proposals ----

sub propose { my ($who, $of, %with) = @_; return $member[$who]->post("/board/applications/$of/proposal", { act => 'propose', months => 6, %with }) }
is(fault(propose(0, $second, level => 'care1', months => '')), '400 months missing', 'a proposal says how long');
is(fault(propose(0, $second, level => 'care1')), '400 state_image missing', '  and why, between 32 and 50 minutes');
is(fault(propose(0, $second, level => 'care1', months => 13, state_image => 'unstable')), '400 months out_of_range', '  a new one holds a year at most');
is($member[0]->post("/board/applications/$second/proposal", { act => 'keep', comment => '途中' })->status, 204, 'half a proposal is kept');
is($member[0]->get("/board/applications/$second")->json->{own}{comment}, '途中', '  as it is');
is($member[0]->post("/board/applications/$second/read", {})->status, 204, 'reading');
my ($seat) = grep { $_->{letter} eq 'A' } @{ $secretary->get($convene)->json->{seats} };
is("$seat->{proposed} $seat->{begun} $seat->{opened}", '0 1 1', '  is activity that the secretary sees');
for my $who (0 .. 4) {
    is(propose($who, $first, level => 'care2', months => 12)->status, 204, "member $who proposes");
    propose($who, $second, level => $who < 2 ? 'care1' : 'care2', state_image => $who < 2 ? 'unstable' : '', comment => "理由$who");
}
propose($_, $named, level => 'care2', months => 12) for 0 .. 3;
is($secretary->post("$convene/remind", {})->status, 204, 'the rest is reminded');
is(scalar db('SELECT u.login FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.kind = "board" ORDER BY n.id DESC LIMIT 1'), 'member5', '  and nobody else');

# ---- the close, by time alone ----

db('UPDATE board_sitting SET closes_at = UTC_TIMESTAMP(3) WHERE ref = ?', unhex($sitting));
is(propose(4, $named, level => 'care2', months => 12)->status, 409, 'after the close nobody proposes');
ok(wait_for(sub { db('SELECT state FROM board_sitting WHERE ref = ?', unhex($sitting)) eq 'prereview_closed' }, 60), 'it closes by itself');
my $seen = $member[1]->get("/board/sittings/$sitting")->json;
is_deeply([map { $_->{id} } @{ $seen->{agreed} }], [$first], 'what all think alike is on one list');
is_deeply([map { $_->{id} } @{ $seen->{differing} }], [$second, $named], '  the rest on the other');
is_deeply([map { join '', @{ $_->{letters} } } @{ $seen->{differing}[0]{cells} }], ['', '', '', 'AB', 'CDE', '', '', ''], '  with who stands where');
is_deeply($seen->{differing}[1]{silent}, ['E'], '  and who said nothing');

# ---- the sitting ----

my $session = "/board/session/$sitting";
is($member[2]->get($session)->status, 404, 'a member does not conduct it');
is($member[0]->get($session)->status, 200, '  the chair does');
is(fault($secretary->post("$session/state", { act => 'begin' })), '400 act too_few', 'nobody there: it does not begin');
$secretary->post("$session/attendance", { letter => [qw(C D E)] });
is(fault($secretary->post("$session/state", { act => 'begin' })), '400 act too_few', '  nor without who presides');
is($secretary->post("$session/attendance", { letter => [qw(A B C D)] })->status, 204, 'four are there');
is($secretary->post("$session/state", { act => 'begin' })->status, 204, '  with the chair: it begins');
is(state_of($second), 'tabled', 'its applications are on the table');
is($secretary->get("$session/agreed")->json->{n}, 1, 'one can be decided at once');
is($secretary->post("$session/agreed", { n => 2 })->status, 409, '  not more than were shown');
is($secretary->post("$session/agreed", { n => 1 })->status, 204, '  it is');
is(state_of($first), 'decided', '  decided');
is(scalar db('SELECT CONCAT_WS(" ", level, months, valid_from = ? + INTERVAL 31 DAY, manner, ayes, voters) FROM board_decision WHERE application_id = ?', $today, application_key($first)), 'care2 12 1 agreement 4 4', '  as all proposed, from the day after the last');

my %vote = (outcome => 'decided', months => 6, vote => [qw(A.care1 B.care1 C.care2 D.care2)], state_image => 'unstable', reason => '', item => 0, board_opinion => '');
my $heard = "$session/$second";
is($secretary->post("$heard/check", { %vote })->status, 409, 'no decision before the five steps');
is($secretary->post("$heard/step", { step => 2 })->status, 409, '  nor the second before the first');
is($secretary->post("$heard/step", { step => 1 })->status, 204, 'the first step');
is(fault($secretary->post("$heard/step", { step => 2, level => 'care2', tenths => 400, reason => '2-5 排尿' })), '400 tenths out_of_range', 'a new run whose level its minutes do not say');
is($secretary->post("$heard/step", { step => 2, level => 'support2', tenths => 400, reason => '2-5 排尿' })->status, 204, '  a right one');
is($secretary->post("$heard/step", { step => $_ })->status, 204, "step $_") for 3 .. 5;
is($secretary->get($heard)->json->{stage}{level}, 'support2', 'the first stage is the new run');
is(fault($secretary->post("$heard/check", { %vote, vote => [qw(A.care1 B.care1 C.care2)] })), '400 vote missing', 'each who is there votes');
is(fault($secretary->post("$heard/check", { %vote, vote => [qw(A.care1 B.care2 C.care3 D.care4)] })), '400 vote undecided', '  without a majority talk goes on');
is(fault($secretary->post("$heard/check", { %vote })), '400 reason missing', '  another level than the first stage has its reason');
$vote{reason} = '排尿の介助が一日三回';
my $check = $secretary->post("$heard/check", { %vote });
is(join(' ', map { $check->json->{$_} // '' } qw(care_level manner ayes voters months)), 'care1 chair 2 4 6', 'a tie is the chair\'s');
is(state_of($second), 'tabled', '  shown first, decided not yet');
is($secretary->post("$heard/decision", { %vote })->status, 201, 'decided');
is($secretary->post("$heard/decision", { %vote })->status, 409, '  once');
is(scalar db('SELECT CONCAT_WS(" ", level, first_level, state_image, manner, ayes, voters) FROM board_decision WHERE application_id = ?', application_key($second)), 'care1 support2 unstable chair 2 4', '  with all that was said');

is(fault($secretary->post("$session/state", { act => 'close' })), '400 act confirm', 'it does not end before all is said');
is($secretary->post("$session/$named/decision", { outcome => 'carried_over', reason => '意見書を待つ' })->status, 201, 'one is carried over');
is(state_of($named), 'carried_over', '  to another sitting');
is($secretary->post("$session/state", { act => 'suspend' })->status, 204, 'a pause');
is($secretary->post("$heard/step", { step => 1 })->status, 409, '  in which nothing goes on');
is($secretary->post("$session/state", { act => $_ })->status, 204, $_) for qw(resume close approve);

# ---- after ----

my $results = $secretary->get("$convene/results");
is($results->type, 'text/csv', 'results for the insurer');
like($results->text, qr/"98${serial}001","?[-0-9]+"?,"decided","22"/, '  with LIFE codes');
my $minutes = $secretary->get("$session/minutes")->json;
is_deeply([map { "$_->{outcome} " . ($_->{level} // '') } sort { $a->{serial_number} <=> $b->{serial_number} } @{ $minutes->{decisions} }], ['decided care2', 'decided care1', 'carried_over '], 'minutes');
# What is made for paper; `pdftotext` says what stands on it.
sub on_paper {
    my ($answer) = @_;
    return $answer->status . ' ' . $answer->type if $answer->type ne 'application/pdf';
    my $file = File::Temp->new;
    binmode $file;
    print {$file} $answer->body;
    close $file;
    return Encode::decode('UTF-8', `pdftotext -layout $file -`) =~ s/\s+/ /gr;
}
my $record = on_paper($secretary->get("$session/minutes/paper"));
like($record, qr/議事録.*議事をつかさどる.*審査番号 1.*要介護2.*12か月.*全員一致.*要介護1.*不安定な状態.*可否同数・長の決定.*2／4.*排尿の介助が一日三回.*次回に回す/, 'minutes as PDF');
is($member[2]->get("$session/minutes/paper")->status, 404, '  not for a member who does not preside');
my $numbers = $secretary->get('/board/office/settings')->json->{numbers};
$_ = $_ ? $_ + 0 : 0 for values %$numbers;
is($secretary->post('/board/office/settings', { %$numbers, chair_fee => 21000, member_fee => 16500 })->status, 204, 'fees by the ordinance');
like(on_paper($secretary->get("$convene/attendance")), qr/出席簿.*議事をつかさどる.*21,000円.*16,500円.*欠席.*報酬の合計 70,500円/, '  on the attendance sheet');
$secretary->post('/board/office/settings', $numbers);
is($secretary->post("/board/office/applications/$first/end", { state => 'notified' })->status, 204, 'the result is sent');
is($secretary->post("/board/office/applications/$first/end", { state => 'withdrawn' })->status, 409, '  and it cannot be withdrawn any more');
db('UPDATE board_sitting SET closed_at = UTC_TIMESTAMP(3) - INTERVAL 3 DAY WHERE ref = ?', unhex($sitting));
ok(wait_for(sub { db('SELECT state FROM board_sitting WHERE ref = ?', unhex($sitting)) eq 'purged' }, 60), 'after its hours members\' copies go');
is(scalar db('SELECT COUNT(*) FROM board_proposal WHERE sitting_id = ?', sitting_key($sitting)), 0, '  all of them');
is(scalar db('SELECT CONCAT_WS(" ", proposals, ballots) FROM board_purge WHERE sitting_id = ?', sitting_key($sitting)), '14 4', '  and that is written down');
is($member[0]->get("/board/applications/$second")->status, 404, 'a member has nothing of it any more');
is($member[0]->get("/board/sittings/$sitting")->status, 404, '  nor the list');
is($secretary->get("$session/minutes")->status, 200, 'the minutes stay');

# ---- a delay ----

is(fault($secretary->post("$person/delay", { expected_on => day(-1), reason => '調査' })), '400 expected_on out_of_range', 'a delay is expected in the future');
my $delay = $secretary->post_form("$person/delay", { expected_on => day(20), reason => '意見書の到着を待つため' });
is($delay->status, 303, 'a letter');
like($secretary->page($delay->header('location'))->text, qr/髙﨑 ①郎.*意見書の到着を待つため/s, '  to her, with the reason');
like(on_paper($secretary->get(($delay->header('location') =~ s{\Ahttps?://[^/]+}{}r) . '/paper')), qr/髙﨑 ①郎 様.*延期通知書.*第27条第11項/, '  as PDF');
done_testing;
