#!/usr/bin/perl
# The town's register: a file of it rehearsed and written, once however often; doses of ours for
# it under its own headings, in either encoding.
use strict;
use warnings;
use utf8;
use Encode qw(decode encode);
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($clerk, $nurse) = map { person($_) } qw(clerk nurse);
my ($p, $other) = (new_patient(), new_patient());
my ($id, $other_id) = map { scalar db('SELECT id FROM care_patient WHERE ref = ?', unhex($_)) } $p, $other;
my $network = db('SELECT network_id FROM care_patient WHERE id = ?', $id);
# Readings that nobody else has, whatever an earlier run left behind.
my @kana = qw(か き く け こ さ し す せ そ た ち つ て と);
my ($tora, $ushi) = map { my $first = $_; join '', $first, map { $kana[rand @kana] } 1 .. 6 } qw(と う);
my ($TORA, $USHI) = map { tr/ぁ-ゖ/ァ-ヶ/r } $tora, $ushi;
db('UPDATE care_patient SET kana_family = "みほんざき", kana_given = ?, kana_folded = ?, birth_date = "1931-04-05" WHERE id = ?', $tora, "みほんざき$tora", $id);
db('UPDATE care_patient SET kana_folded = ?, birth_date = "1932-04-05" WHERE id = ?', "みほんざき$ushi", $other_id);
my $at = '/vaccination/desk/register';
my $number = '00' . join '', map { int rand 10 } 1 .. 12;
my @imports;
END {
    local $?;
    db('DELETE FROM vaccination_column WHERE network_id = ?', $network) if $network;
    db('DELETE FROM vaccination_import WHERE ref = ?', unhex($_)) for @imports;
}

sub code { my ($answer) = @_; return $answer->status . ' ' . ($answer->json->{error}{code} // '') }
sub upload {
    my ($bytes, %o) = @_;
    my $made = $clerk->post_files('/vaccination/desk/imports', { table => ['daichou.csv', 'text/csv', $bytes] });
    push @imports, $made->json->{id} if $made->status == 201;
    return $made;
}
sub rehearsed { my ($one) = @_; my $j = $clerk->get("/vaccination/desk/imports/$one")->json; return ($j, join ' ', @$j{qw(would_add would_know would_leave would_fail)}) }
sub doses { return join ' / ', db('SELECT CONCAT_WS(" ", given_on, COALESCE(product, "-"), lot_number, municipality_code, voucher_number, dose_number, reported) FROM care_immunization WHERE patient_id = ? ORDER BY given_on', $_[0] // $id) }

# ---- with headings, as older systems write ----

my $head = "個別宛名番号,カナ氏名,生年月日,接種日,接種回数,OCRライン,接種会場名,接種医師名,ワクチンメーカー,ロット番号\r\n";
my $file = $head . join '', map { "$_\r\n" }
    "$number,ミホンザキ $TORA,S6.4.5,20210601,1,219940140000000123,見本会場,見本医師,ファイザー,0007",
    "$number,ミホンザキ $TORA,S6.4.5,20210622,2,229940140000000124,見本会場,見本医師,武田/モデルナ,0008",
    "$number,ミホンザキ $TORA,S6.4.5,20210701,3,139940140000000125,見本会場,,,",
    "$number,ミホンザキ $TORA,S6.4.5,20210801,3,239940150000000125,見本会場,,,",
    ",ダレデモ ナイ,S6.4.5,20210801,1,,見本会場,,,",
    ",ミホンザキ $USHI,S7.4.5,20210801,1,,見本会場,,なぞの会社,",
    ",ミホンザキ $USHI,S7.4.5,2199-08-01,2,,見本会場,,,";
is($nurse->post_files('/vaccination/desk/imports', { table => ['x.csv', 'text/csv', encode('UTF-8', $file)] })->status, 403, 'the register is the desk\'s');
is(code(upload("a,b\r\n1,2\r\n")), '400 malformed', 'a table that is none of it');
my $made = upload(encode('CP932', $file));
is($made->status, 201, 'a file in the encoding of older systems') or diag $made->text;
my $one = $made->json->{id};
my ($j, $would) = rehearsed($one);
is($would, '3 0 1 3', 'the rehearsal: three doses, a screening alone, three that cannot be taken');
is_deeply([map { $_->{line} } @{ $j->{faults} }], [5, 6, 8], '  by their lines');
like($j->{faults}[0]{fault}, qr/検査数字/, '  with what is wrong');
unlike($clerk->page("/vaccination/desk/imports/$one")->text, qr/ミホンザキ|みほんざき/, '  and nobody\'s name');
is(doses(), '', '  nothing is written yet');
is($nurse->post("/vaccination/desk/imports/$one/write", {})->status, 403, 'nobody else writes it');
is($clerk->post("/vaccination/desk/imports/$one/write", {})->status, 204, 'written');
is(doses(), '2021-06-01 comirnaty 0007 994014 0000000123 1 1 / 2021-06-22 spikevax 0008 994014 0000000124 2 1', '  as reported doses, zeros in front and all');
is(doses($other_id), '2021-08-01 - 1 1', '  by reading and birth date, without a number');
is(scalar db('SELECT product_name FROM care_immunization WHERE patient_id = ?', $other_id), 'なぞの会社', '  a maker that nobody knows stays a word');
is(scalar db('SELECT resident_number FROM vaccination_resident WHERE patient_id = ?', $id), $number, '  her number is known from now on');
is(join(' ', @{ $clerk->get("/vaccination/desk/imports/$one")->json->{import} }{qw(added known faulty)}), '3 0 3', '  and it says what it did');
is($clerk->post("/vaccination/desk/imports/$one/write", {})->status, 409, '  once');
my $again = upload(encode('UTF-8', "\x{feff}$file"))->json->{id};
is((rehearsed($again))[1], '0 3 1 3', 'the same file again, in UTF-8: all is known');
$clerk->post("/vaccination/desk/imports/$again/write", {});
is(scalar db('SELECT COUNT(*) FROM care_immunization WHERE patient_id IN (?, ?)', $id, $other_id), 3, '  and adds nothing');

# ---- VRS's own layout ----

my $vrs = "$number,20210601100000,20210601,0000000123,994014,見本会場,見本医師,ファイザー,0007,20220201100000,20220201,0000000126,994014,見本会場,見本医師,ファイザー,0009\r\n" .
    "0000000000001,20210601100000,20210601,0000000123,994014,見本会場,見本医師,ファイザー,0007\r\n";
$one = upload(encode('UTF-8', $vrs))->json->{id};
($j, $would) = rehearsed($one);
is($would, '1 1 0 1', 'VRS: one is new, one known, one of nobody');
$clerk->post("/vaccination/desk/imports/$one/write", {});
like(doses(), qr/2022-02-01 comirnaty 0009 994014 0000000126 2 1\z/, '  its second dose is written');
is(code($clerk->post("/vaccination/desk/$other/number", { resident_number => $number })), '409 conflict', 'a number has one resident');
is($clerk->post("/vaccination/desk/$other/number", { resident_number => '12x' })->json->{error}{field}, 'resident_number', '  of digits');
is($clerk->post("/vaccination/desk/$other/number", { resident_number => '00099' })->status, 204, '  the desk writes it down, too');
is($clerk->get("/vaccination/desk/$other")->json->{resident_number}, '00099', '  with its zeros');

# ---- for the register ----

my $today = db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR)');
my $query = "since=$today&until=$today";
db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, product, product_name, programme, dose_number, given_on, lot_number, dose_ml, place, reported, recorded_at, recorded_by, writer_name, writer_profession, writer_office)
    VALUES (?, RANDOM_BYTES(16), "influenza", "インフルエンザ", "influenza_ha", "インフルエンザHA", "influenza_routine", 4, ?, "=1+1", 0.5, "自宅", 0, UTC_TIMESTAMP(3), 1, "x", "040", "x")', $id, $today);
db('UPDATE care_patient SET family = "髙𠮷" WHERE id = ?', $id);
is($nurse->get("$at/doses?$query&encoding=utf8", accept => '*/*')->status, 403, 'the desk alone takes doses out');
my $csv = $clerk->get("$at/doses?$query&encoding=utf8", accept => '*/*');
my $text = decode('UTF-8', $csv->body);
like($text, qr/\A\x{feff}"宛名番号","氏名",/, 'doses of ours with the usual headings');
like($text, qr/^"$number","髙𠮷　太郎","みほんざき　$tora","1931-04-05","男","$today","インフルエンザ","インフルエンザHA","各社","'=1\+1","0\.50","4","定期","自宅"/m, '  number first, zeros and all, no formula');
unlike($text, qr/見本会場/, '  what was reported is not among them');
is(code($clerk->post($at, { field => 'nonsense', heading => 'x' })), '400 not_a_choice', 'a column that there is not');
is($clerk->post($at, { field => 'out_name', heading => '住民氏名' })->status, 204, 'the town calls a column otherwise');
is($clerk->post($at, { field => 'out_kana', heading => '' })->status, 204, '  and another one not at all');
is($clerk->post($at, { field => 'given_on', heading => '実施日' })->status, 204, '  and one of what comes in');
my $old = $clerk->get("$at/doses?$query&encoding=cp932", accept => '*/*');
is($old->header('content-type'), 'text/csv; charset=Shift_JIS', 'in the older encoding');
$text = decode('CP932', $old->body);
like($text, qr/\A"宛名番号","住民氏名","生年月日"/, '  with the town\'s own headings');
like($text, qr/"髙〓　太郎"/, '  and a mark where a letter has no place in it');
is((rehearsed(upload(encode('UTF-8', $file =~ s/接種日/実施日/r))->json->{id}))[1], '0 3 1 3', 'a file under that heading is read');
cmp_ok(scalar @{ $clerk->get("$at?$query")->json->{files} }, '>=', 1, 'the page offers files of some hundred each');
is($clerk->page($_)->status, 200, "page $_") for $at, "/vaccination/desk/imports/$one", "/vaccination/desk/$p";
db('UPDATE care_file f JOIN vaccination_import i ON i.file_id = f.id SET f.until_at = UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE WHERE i.ref = ?', unhex($one));
ok(wait_for(sub { !defined db('SELECT file_id FROM vaccination_import WHERE ref = ?', unhex($one)) }, 150), 'a file goes when its days are over');
ok(!$clerk->get("/vaccination/desk/imports/$one")->json->{there}, '  and its page says so');

done_testing;
