#!/usr/bin/perl
# Support levels (障害支援区分) on the same engine: from the municipality's export to its results,
# by the rules of their own board: 80 items, six classes, three steps, three years at most, no
# thirty days.
use strict;
use warnings;
use utf8;
use Encode ();
use Test::More;
use Tomozuna::Board;
use Tomozuna::Test;

my ($secretary, @member) = map { person($_) } 'secretary', map { "member$_" } 1 .. 5;
my $today = db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR)');
my $town = db('SELECT municipality_code FROM board_person WHERE recipient_number = "9950000001"');
sub day { return scalar db('SELECT ? + INTERVAL ? DAY', $today, $_[0]) }
sub state_of { return scalar db('SELECT state FROM board_application WHERE ref = ?', unhex($_[0])) }
sub fault { my ($answer) = @_; return join ' ', $answer->status, map { $_ // '' } @{ $answer->json->{error} // {} }{qw(field code)} }

# ---- the export ----

my $serial = sprintf '%05d', rand 1e5;
my @head = qw(市町村番号 受給者証番号 保険者番号 被保険者番号 氏 名 カナ氏名 生年月日 性別 申請区分 障害種別 申請日 前回認定結果 前回有効期間 前回有効期間終了日 一次判定結果 調査項目 特記事項 主治医意見書);
sub line {
    my ($n, %other) = @_;
    my %cell = (市町村番号 => $town, 受給者証番号 => "98$serial" . sprintf('%03d', $n), 氏 => '髙﨑', 名 => '①郎', カナ氏名 => 'タカサキ　イチロウ', 生年月日 => 'H4.3.3', 性別 => 1, 申請区分 => '更新',
        障害種別 => '知的障害', 申請日 => day(-60), 前回認定結果 => '区分3', 前回有効期間 => 36, 前回有効期間終了日 => day(30), 一次判定結果 => '3', 調査項目 => '1' x 79 . '2',
        特記事項 => '金銭は家族が管理する', 主治医意見書 => '安定', %other);
    return join ',', map { '"' . ($cell{$_} // '') . '"' } @head;
}
my $csv = join "\r\n", join(',', @head), line(1), line(2, 申請区分 => '新規', 前回認定結果 => '', 一次判定結果 => '区分4'), line(3, 一次判定結果 => '21'),
    line(4, 調査項目 => '1' x 74), line(5, 市町村番号 => '123456'), line(6, 受給者証番号 => '12'), line(7, 被保険者番号 => '9950000001'), '';
my $bytes = Encode::encode('CP932', $csv);
sub import_it { my ($scheme) = @_; return $secretary->post_files('/board/office/import', { scheme => $scheme, table => ['kubun.csv', 'text/csv', $bytes] }) }
my $import = import_it('support_level');
is($import->status, 201, 'the municipality\'s export is taken in') or diag($import->text);
is_deeply([map { "$_->{line} $_->{heading}" } @{ $import->json->{faults} }], ['4 一次判定結果', '5 調査項目', '6 市町村番号', '7 受給者証番号', '8 被保険者番号'], '  what is wrong by row and heading')
    or diag(explain($import->json));
is("@{$import->json}{qw(taken known wrong)}", '2 0 5', '  two are new');
is("@{import_it('support_level')->json}{qw(taken known wrong)}", '0 2 5', '  and known the next time');
is(import_it('care_level')->json->{taken}, 0, 'as an insurer\'s it is none');
my ($first, $second) = my @application = db('SELECT LOWER(HEX(a.ref)) FROM board_application a JOIN board_person w ON w.application_id = a.id WHERE w.recipient_number LIKE ? ORDER BY w.recipient_number', "98$serial%");
forget_board(application => $_) for @application;
my %heading = (scheme => 'support_level', field => 'recipient_number');
is(fault($secretary->post('/board/office/headings', { %heading, field => 'minutes', heading => '分' })), '400 field not_a_choice', 'minutes are no column of it');
is($secretary->post('/board/office/headings', { %heading, heading => '受給番号' })->status, 204, 'its headings are its own');
is((import_it('support_level')->json->{faults}[0] // {})->{heading}, '受給番号', '  and looked for');
db('DELETE FROM board_heading WHERE scheme = "support_level"');

# ---- one application ----

my $person = "/board/office/applications/$first";
my $seen = $secretary->get($person)->json;
is(join(' ', @$seen{qw(scheme urgency disability)}, $seen->{limited} ? 1 : 0, $seen->{timed} ? 1 : 0), 'support_level none 知的障害 0 0', 'sixty days old, and nothing is due');
is_deeply([map { scalar @{ $_->{items} } } @{ $seen->{groups} }], [12, 16, 6, 34, 12], '80 items in five groups');
is($secretary->post("$person/delay", { expected_on => day(9), reason => '調査' })->status, 409, 'no letter of a delay');
is(fault($secretary->post("$person/simplified", { simplified => 1 })), '400 simplified out_of_range', 'no short way');
my $office = $secretary->get('/board/office')->json;
is((grep { $_->{id} eq $first } @{ $office->{waiting} })[0]{urgency}, 'none', 'in the list without an alarm');
my $page = $secretary->page($person)->text;
like($page, qr/98${serial}001/, 'her page says the recipient\'s number');
unlike($page, qr/延期通知|期限まで|期限をすぎて|簡素化|基準時間/, '  and nothing of thirty days or minutes');
$secretary->post("/board/office/applications/$_/check", {}) for @application;
is(state_of($first), 'papers_ready', 'checked');

# ---- convening ----

my $panel = db('SELECT LOWER(HEX(ref)) FROM board_panel WHERE scheme = "support_level" ORDER BY id LIMIT 1');
my $number = db('SELECT COALESCE(MAX(number), 0) + 1 FROM board_sitting WHERE scheme = "support_level"');
my $sitting = $secretary->post('/board/office/sittings', { panel => $panel, day => day(12), time => '13:30', place => '会議室' })->json->{id};
forget_board(sitting => $sitting);
my $convene = "/board/office/sittings/$sitting";
my $convened = $secretary->get($convene)->json;
is("$convened->{scheme} $convened->{number}", "support_level $number", 'a sitting of its board, numbered for itself');
is_deeply([map { $_->{field} } @{ $convened->{seats} }], [qw(physical mental intellectual intractable intellectual)], '  by the fields of disabilities');
is_deeply([grep { $_->{scheme} ne 'support_level' } @{ $convened->{candidates} }], [], '  which is offered nothing else');
my $foreign = add_application(undef, { state => 'papers_ready' });
is($secretary->post("$convene/applications", { application => [$foreign] })->status, 409, '  nor takes anything else');
is($secretary->post("$convene/applications", { application => [@application] })->status, 204, '  but these');
$secretary->post("$convene/state", { act => $_ }) for qw(notice open);
db('UPDATE board_seat SET answer = "no" WHERE sitting_id = ? AND letter = "D"', sitting_key($sitting));
is_deeply([map { $_->{field} } @{ $secretary->get($convene)->json->{forecast}{missing} }], ['intractable'], 'the field that will be missing is named');

# ---- proposals ----

my $before = $member[0]->get("/board/applications/$first")->json;
is_deeply([map { $_->{level} } @{ $before->{levels} }], [qw(not_eligible class1 class2 class3 class4 class5 class6)], 'seven to choose from');
is("@$before{qw(least most usual)}", '3 36 36', '  for three years at most, as is usual');
sub propose { my ($who, $of, %with) = @_; return $member[$who]->post("/board/applications/$of/proposal", { act => 'propose', months => 36, %with }) }
is(fault(propose(0, $first, level => 'care1')), '400 level not_a_choice', 'no care level');
is(fault(propose(0, $first, level => 'class3', months => 37)), '400 months out_of_range', 'not a month more');
for my $who (0 .. 4) {
    is(propose($who, $first, level => 'class3')->status, 204, "member $who proposes");
    propose($who, $second, level => $who < 2 ? 'class4' : 'class5', months => 12);
}
unlike($member[0]->page("/board/applications/$first")->text, qr/要介護|基準時間|状態像|期限/, 'the page has nothing of care levels');
db('UPDATE board_sitting SET closes_at = UTC_TIMESTAMP(3) WHERE ref = ?', unhex($sitting));
ok(wait_for(sub { db('SELECT state FROM board_sitting WHERE ref = ?', unhex($sitting)) eq 'prereview_closed' }, 60), 'the close');
my $shown = $member[0]->get("/board/sittings/$sitting")->json;
is(join(' ', map { $_->{id} eq $first ? 'first' : 'second' } @{ $shown->{agreed} }, @{ $shown->{differing} }), 'first second', 'agreed and differing');
is_deeply([map { [$_->{care_level}, @{ $_->{letters} }] } @{ $shown->{differing}[0]{cells} }], [['not_eligible'], ['class1'], ['class2'], ['class3'], [qw(class4 A B)], [qw(class5 C D E)], ['class6']], '  in seven cells');

# ---- the sitting ----

my $session = "/board/session/$sitting";
$secretary->post("$session/attendance", { letter => [qw(A B C D E)] });
$secretary->post("$session/state", { act => 'begin' });
is($secretary->post("$session/agreed", { n => 1 })->status, 204, 'what all think is decided at once');
my $day = day(31);
is(scalar db('SELECT CONCAT_WS(" ", level, first_level, months, valid_from = ?, valid_to > ? + INTERVAL 35 MONTH, manner) FROM board_decision WHERE application_id = ?', $day, $day, application_key($first)),
    'class3 class3 36 1 1 agreement', '  from the day after the last');
my $heard = "$session/$second";
is_deeply([map { $_->{what} } @{ $secretary->get($heard)->json->{steps} }], [qw(first_stage support opinion)], 'three steps');
my %vote = (outcome => 'decided', months => 24, vote => [qw(A.class4 B.class4 C.class5 D.class5 E.class5)], state_image => '', reason => '夜間も付き添いが要る', item => 80, board_opinion => '');
is(fault($secretary->post("$heard/step", { step => 1, level => 'class4', tenths => 400, reason => '4-12' })), '400 tenths out_of_range', 'a new run has no minutes');
is(fault($secretary->post("$heard/step", { step => 1, level => 'care4', reason => '4-12' })), '400 level missing', '  and no care level');
is($secretary->post("$heard/step", { step => 1, level => 'class4', reason => '4-12 の転記' })->status, 204, '  else it is one');
is($secretary->post("$heard/check", { %vote })->status, 409, 'no decision before all three');
is($secretary->post("$heard/step", { step => $_ })->status, 204, "step $_") for 2, 3;
is($secretary->post("$heard/step", { step => 4 })->status, 409, 'there is no fourth');
is(fault($secretary->post("$heard/check", { %vote, outcome => 'rejected_disease' })), '400 outcome not_a_choice', 'no disease to reject');
is(fault($secretary->post("$heard/check", { %vote, vote => [qw(A.care4 B.class4 C.class5 D.class5 E.class5)] })), '400 vote missing', 'a vote for a care level is none');
is($secretary->post("$heard/check", { %vote })->json->{item_name}, '5-12 カテーテル', 'the 80th item');
is($secretary->post("$heard/decision", { %vote })->status, 201, 'decided');
is(scalar db('SELECT CONCAT_WS(" ", level, months, valid_from = ?, manner, ayes, voters) FROM board_decision WHERE application_id = ?', $today, application_key($second)), 'class5 24 1 majority 3 5', '  from the day of the decision');
$secretary->post("$session/state", { act => $_ }) for qw(close approve);

# ---- after ----

my $results = $secretary->get("$convene/results")->text;
like($results, qr/\A\S*municipality_code/, 'results for the municipality');
like($results, qr/"$town","98${serial}001",[^,]+,"decided","3"/, '  with the number of the class');
unlike($results, qr/insured_number|state_image/, '  and no columns of the insurer\'s');
my $minutes = $secretary->page("$session/minutes")->text;
like($minutes, qr/障害支援区分認定審査会.*議事録.*区分3.*区分5/s, 'minutes');
unlike($minutes, qr/介護認定審査会/, '  of the right board');
my $bent = $secretary->get('/board/office/calibration')->json->{schemes};
is_deeply([map { $_->{scheme} } @$bent], [qw(care_level support_level)], 'calibration of each board for itself');
is_deeply([grep { $_->{care_level} =~ /care|support/ } @{ $bent->[1]{departures} }], [], '  with its own levels');

# ---- members of either board ----

my $ref = db('SELECT LOWER(HEX(ref)) FROM care_user WHERE login = "member5"');
my %row = (user => $ref, field => 'welfare', support_field => 'intellectual', term_from => day(-200), term_to => day(530), office_number => '');
is(fault($secretary->post('/board/office/members', { %row, field => 'none', support_field => '' })), '400 field missing', 'a member is of one board at least');
is(fault($secretary->post('/board/office/members', { %row, support_field => '' })), '400 support_field missing', '  of both while she sits on both');
is(fault($secretary->post('/board/office/members', { %row, field => 'none' })), '400 field missing', '  either way');
$secretary->post("/board/office/panels/$panel", { user => $ref, post => 'none' });
is($secretary->post('/board/office/members', { %row, support_field => '' })->status, 204, 'of one only');
is(fault($secretary->post("/board/office/panels/$panel", { user => $ref, post => 'member' })), '400 user not_a_choice', '  she does not sit on the other');
is($secretary->post('/board/office/members', { %row })->status, 204, '  of both she does');
is($secretary->post("/board/office/panels/$panel", { user => $ref, post => 'member' })->status, 204, '  again');
done_testing;
