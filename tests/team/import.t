#!/usr/bin/perl
# Consents from a list of the town: tried first, each line with what would come of it,
# lines refused by number and reason, applied, and twice the same as once.
use strict;
use warnings;
use utf8;
use Encode ();
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($officer, $nurse) = map { person($_) } qw(officer nurse);
my @heading = qw(被保険者番号 生年月日 目的 同意日 署名者 続柄 説明者);
# Two people whom the town knows and nobody looks after yet, and one with a team.
my $team = new_patient(nurse => 'visiting_nurse');
my @known = map { known_person($_) } 1 .. 2;
db('UPDATE care_patient SET insured_number = "H990000003", insurer_number = "999999" WHERE ref = ?', unhex($team));
my $since = db('SELECT COALESCE(MAX(id), 0) FROM team_import');

END {
    local $?;
    if (defined $since) {
        db('DELETE FROM team_import WHERE id > ?', $since);
        for my $p (@known) {
            db("DELETE x FROM $_ x JOIN care_patient p ON p.id = x.patient_id WHERE p.ref = ?", unhex($p)) for qw(care_mark care_team care_episode care_consent timeline_entry);
            db('DELETE FROM care_patient WHERE ref = ?', unhex($p));
        }
    }
}

sub known_person {
    my ($n) = @_;
    my $ref = join '', map { sprintf '%08x', rand 2**32 } 1 .. 4;
    db('INSERT INTO care_patient (ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date, insured_number, insurer_number)
        SELECT ?, id, "取込", ?, "とりこみ", "ためし", "とりこみためし", "female", "1938-04-05", ?, "999999" FROM care_network ORDER BY id LIMIT 1',
        unhex($ref), "$n", "H99000000$n");
    return $ref;
}
sub line { my (%f) = @_; my %all = (被保険者番号 => 'H990000001', 生年月日 => '昭和13年4月5日', 目的 => '救急', 同意日 => '2026-06-01', 署名者 => '取込 花', 続柄 => '本人', 説明者 => '町 職員', %f); return \%all }
sub csv {
    my ($lines, @more) = @_;
    my @head = (@heading, @more);
    return join '', map { join(',', map { my $c = $_ // ''; $c =~ /[",\n]/ ? '"' . $c =~ s/"/""/gr . '"' : $c } @$_) . "\r\n" } \@head, map { my $l = $_; [map { $l->{$_} } @head] } @$lines;
}
# Sends a list and returns its address and the trial.
sub try_list {
    my ($bytes, $who) = @_;
    my $answer = ($who // $officer)->post_files('/team/import', { table => ['list.csv', 'text/csv', $bytes] });
    return ($answer) if $answer->status != 201;
    my $path = '/team/import/' . $answer->json->{id};
    return ($path, $officer->get($path)->json);
}
sub acts { my ($trial) = @_; return join ' ', map { "$_->{line}:$_->{act}" } @{ $trial->{lines} } }
sub faults { my ($trial) = @_; return join '|', map { "$_->{line} $_->{fault}" } grep { $_->{fault} } @{ $trial->{lines} } }
sub consents { my ($p) = @_; return scalar db('SELECT COUNT(*) FROM care_consent c JOIN care_patient p ON p.id = c.patient_id WHERE p.ref = ?', unhex($p)) }
sub utf8 { return Encode::encode('UTF-8', $_[0]) }

# ---- tried, applied ----

my @lines = (line(), line(目的 => 'チームでの共有', 町の担当者 => '可', 範囲 => '支援チームの全員、記録のすべて'),
    line(被保険者番号 => 'H990000002', 目的 => 'emergency', 続柄 => '長女', 署名者 => '山田 "さち", 他', 理由 => '手が不自由', 有効期限 => '令和99年3月31日'));
my @more = qw(町の担当者 範囲 理由 有効期限);
my ($path, $trial) = try_list(utf8("\x{feff}" . csv(\@lines, @more)));
is(acts($trial), '2:recorded 3:recorded 4:recorded', 'a list is tried: each line by its number') or diag(faults($trial));
is(consents($known[0]), 0, '  and nothing recorded');
like($officer->page($path)->text, qr/まだ記録していません.*記録する 3件/s, '  as a page says');
is($trial->{lines}[0]{name}, '取込 1', '  with the name, to be looked at');
is(scalar db('SELECT COUNT(*) FROM lib_audit_subject s JOIN care_patient p ON p.id = s.patient_id WHERE p.ref = ?', unhex($known[1])) > 0, 1, '  which the trail knows') if db('SHOW TABLES LIKE "lib_audit_subject"');
is($officer->post($path, {})->status, 204, 'applied');
is(join(' ', map { consents($_) } @known), '2 1', '  they are there');
my ($one) = db_rows('SELECT c.signer, c.signer_relation, c.sign_reason, c.valid_until, c.form, c.explainer, i.name, c.recorded_by = u.id AS by_officer FROM care_consent c JOIN care_patient p ON p.id = c.patient_id
    JOIN team_import i ON i.id = c.import_id JOIN care_user u ON u.login = "officer" WHERE p.ref = ?', unhex($known[1]));
is_deeply($one, { signer => '山田 "さち", 他', signer_relation => '長女', sign_reason => '手が不自由', valid_until => '2117-03-31', form => 'written', explainer => '町 職員', name => 'list.csv', by_officer => 1 },
    '  as the line says, by whom, from which list');
is(scalar db('SELECT COUNT(*) FROM care_episode e JOIN care_patient p ON p.id = e.patient_id WHERE p.ref = ? AND e.ended_at IS NULL', unhex($known[0])), 1, 'a consent to share opens the page');
is(scalar db('SELECT c.scope FROM care_consent c JOIN care_patient p ON p.id = c.patient_id WHERE p.ref = ? AND c.purpose = "share_team"', unhex($known[0])), '支援チームの全員、記録のすべて', '  with its scope');
is($officer->get("/patients/$known[0]")->status, 200, '  for the town, which is on the team and may read');
is($officer->post($path, {})->status, 409, 'a list is applied once');
is($officer->get($path)->json->{import}{recorded}, 3, '  and says what came of it');
ok(wait_for(sub { !defined db('SELECT file_id FROM team_import ORDER BY id DESC LIMIT 1') }, 90), '  the list itself goes');
is(scalar db('SELECT LENGTH(hash) FROM team_import ORDER BY id DESC LIMIT 1'), 32, '  its hash stays');

# ---- once is as often ----

($path, $trial) = try_list(Encode::encode('CP932', csv(\@lines, @more)));
is(acts($trial), '2:known 3:known 4:known', 'the same as CP932: nothing new');
$officer->post($path, {});
is(join(' ', map { consents($_) } @known), '2 1', '  and applied it adds nothing');
{
    my $id = db('SELECT LOWER(HEX(c.ref)) FROM care_consent c JOIN care_patient p ON p.id = c.patient_id WHERE p.ref = ? AND c.purpose = "emergency"', unhex($known[0]));
    db('UPDATE care_consent SET withdrawn_at = UTC_TIMESTAMP(3), withdrawn_by = "x" WHERE ref = ?', unhex($id));
    ($path, $trial) = try_list(utf8(csv([line(), line(署名者 => '取込 はな')])));
    is(acts($trial), '2:known 3:refused', 'what was withdrawn does not come back by an old list');
    like(faults($trial), qr/^3 この同意のあとに取りやめが記録されています/, '  nor by another word of before');
    ($path, $trial) = try_list(utf8(csv([line(同意日 => db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR)'), 署名者 => '取込 はな')])));
    is(acts($trial), '2:refused', '  of the day itself it is not known which was first');
}

# ---- refused by name and reason ----

my @bad = (
    [line(被保険者番号 => 'H990000009'), 'この番号と生年月日の方は登録されていません'],
    [line(生年月日 => '1938-04-06'), 'この番号と生年月日の方は登録されていません'],
    [line(目的 => '占い'), '目的が分かりません'],
    [line(同意日 => '2026-02-30'), '同意日が読めません'],
    [line(同意日 => '2099-01-01'), '同意日が先の日付です'],
    [line(生年月日 => 'ことし'), '生年月日が読めません'],
    [line(署名者 => ''), '空欄があります'],
    [line(続柄 => '長男'), '本人が署名しない理由がありません'],
    [line(様式 => '条例'), '条例によるのは名簿だけです'],
    [line(様式 => '電話'), '様式が分かりません'],
    [line(有効期限 => '2020-01-01'), '有効期限を過ぎています'],
    [line(町の担当者 => 'たぶん'), '町の担当者の欄は「可」か空欄です'],
    [line(署名者 => 'あ' x 81), '長すぎるところがあります'],
    [line(被保険者番号 => 'H99000000A'), '番号は数字です'],
    [line(保険者番号 => '888888', 被保険者番号 => 'H990000002'), 'この番号と生年月日の方は登録されていません'],
    [line(被保険者番号 => 'H990000002', 目的 => '研究'), ''],
    [line(被保険者番号 => 'H990000002', 目的 => '研究'), '同じ行が上にもあります'],
);
($path, $trial) = try_list(utf8(csv([map { $_->[0] } @bad], qw(様式 有効期限 町の担当者 保険者番号 理由))));
is(faults($trial), join('|', map { $bad[$_][1] ? $_ + 2 . " $bad[$_][1]" : () } 0 .. $#bad), 'each line that is refused, by its number and why');
like($officer->page($path)->text, qr/記録できない 16行/, '  as a page');
is($officer->post($path, {})->status, 204, 'the others are recorded');
is(join(' ', @{ $officer->get($path)->json->{import} }{qw(recorded known refused)}), '1 0 16', '  and counted');
my $network = db('SELECT network_id FROM care_user WHERE login = "officer"');
db('UPDATE care_network SET consent_image = 1 WHERE id = ?', $network);
($path, $trial) = try_list(utf8(csv([line(被保険者番号 => 'H990000002', 目的 => '支援チーム')])));
db('UPDATE care_network SET consent_image = 0 WHERE id = ?', $network);
like(faults($trial), qr/画像がいります/, 'where a page opens by the image only, no list opens one');
db('UPDATE care_patient SET whereabouts = "deceased" WHERE ref = ?', unhex($known[1]));
like(faults((try_list(utf8(csv([line(被保険者番号 => 'H990000002', 目的 => '録画')]))))[1]), qr/亡くなった方です/, 'nor is a consent of somebody who died recorded');

# ---- no list at all ----

is((try_list(utf8("名前,住所\r\na,b\r\n")))[1]{missing}, '被保険者番号', 'a list without its headings says which');
my ($headless) = try_list(utf8("名前,住所\r\na,b\r\n"));
is($officer->post($headless, {})->status, 409, '  and is not applied');
is((try_list("\x00\x01\x02"))[0]->status, 415, 'what is no text is none');
is((try_list(utf8(csv([(line()) x 401]))))[0]->json->{error}{code}, 'too_large', 'nor are 401 lines');

# ---- whose it is ----

is($nurse->get('/team/import')->status, 403, 'who is no officer imports none');
is($nurse->post_files('/team/import', { table => ['list.csv', 'text/csv', utf8(csv([line()]))] })->status, 403, '  nor sends one');
unlike($nurse->page('/team')->text, qr/同意の取りこみ/, '  nor is offered to');
like($officer->page('/team')->text, qr/同意の取りこみ/, 'an officer is');
is($nurse->get($path)->status, 403, '  nor looks into one');
is($officer->get('/team/import/' . 'ab' x 16)->status, 404, 'what is not there');
done_testing;
