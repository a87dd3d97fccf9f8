#!/usr/bin/perl
# Papers: who issues which, for how long, who is told, and what the PDF says.
use strict;
use warnings;
use utf8;
use Test::More;
use File::Temp ();
use Tomozuna::Patient;
use Tomozuna::Test;

my ($doctor, $nurse, $helper, $outsider) = map { person($_) } qw(doctor nurse helper outsider);
my $p = new_patient(doctor => 'attending_physician', nurse => 'visiting_nurse', helper => 'home_helper');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
my $path = "/record/$p/papers";
my $folder = File::Temp->newdir;

# The text of a PDF, as a reader would copy it, and its fonts.
sub pdf {
    my ($answer) = @_;
    open my $out, '>:raw', "$folder/a.pdf" or die;
    print {$out} $answer->body;
    close $out;
    my $text = `pdftotext -layout $folder/a.pdf - 2>/dev/null`;
    return (Encode::decode("UTF-8", $text), scalar `pdffonts $folder/a.pdf 2>/dev/null`, scalar `pdfinfo $folder/a.pdf 2>/dev/null`);
}

# ---- whose order it is: from the team ----

sub chosen { my ($kind, $at) = @_; my ($k) = grep { $_->{kind} eq $kind } @{ $doctor->get($at // $path)->json->{kinds} }; return join ' ', map { $_->{name} } grep { $_->{chosen} } @{ $k->{stations} } }
my $own = db('SELECT o.name FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = "nurse"');
is(chosen('nursing_order'), $own, 'the only station of the team is chosen');
like($doctor->page($path)->text, qr{<option value="[0-9a-f]{32}" selected>\Q$own\E</option>}, '  in the form');
{
    my $two = new_patient(doctor => 'attending_physician', nurse => 'visiting_nurse', outsider => 'visiting_nurse');
    my $at = "/record/$two/papers";
    is(chosen('nursing_order', $at), '', 'of two none is, before there was an order');
    like($doctor->page($at)->text, qr{<option value="" selected>}, '  the doctor has to say');
    my ($other) = grep { $_->{name} ne $own } @{ $doctor->get($at)->json->{stations} };
    is($doctor->post("$at/nursing_order", { station => $other->{id}, valid_from => '2026-12-01', valid_to => '2027-05-31', diagnoses => 'x' })->status, 201, 'an order for one');
    is(chosen($_, $at), $other->{name}, "  $_: then that one is") for qw(nursing_order special_nursing_order);
    db('UPDATE care_team SET left_at = UTC_TIMESTAMP(3) WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)
        AND office_id = (SELECT id FROM care_office WHERE ref = ?)', unhex($two), unhex($other->{id}));
    is(chosen('nursing_order', $at), $own, '  until it has left the team');
}

# ---- orders ----

my ($station) = @{ $doctor->get($path)->json->{stations} };
my %order = (station => $station->{id}, valid_from => '2026-12-01', valid_to => '2027-05-31', diagnoses => "慢性心不全\n２型糖尿病", condition => '体重の増えかたをみる');
is($nurse->post("$path/nursing_order", \%order)->status, 403, 'a nurse orders nothing');
is($doctor->post("$path/nursing_order", { %order, valid_to => '2027-06-01' })->json->{error}{field}, 'valid_to', 'six months at most');
is($doctor->post("$path/nursing_order", { %order, valid_to => '2026-11-30' })->json->{error}{field}, 'valid_to', 'not backwards');
is($doctor->post("$path/nursing_order", { %order, station => 'ab' x 16 })->json->{error}{field}, 'station', 'a station of the team');
is($doctor->post("$path/special_nursing_order", { %order, valid_to => '2026-12-15', diagnoses => undef })->json->{error}{field}, 'diagnoses', 'a part of another paper is none of this');
delete @order{qw(diagnoses condition)};
is($doctor->post("$path/special_nursing_order", { %order, valid_to => '2026-12-15' })->json->{error}{field}, 'valid_to', 'special: fourteen days at most');
is(scalar @{ $doctor->get($path)->json->{papers} }, 0, 'nothing is issued');
is($doctor->post("$path/special_nursing_order", { %order, valid_to => '2026-12-14', reason => '急に悪くなったため' })->status, 201, 'special: fourteen days');
is_deeply([marks($p)], ['nurse unread'], 'the station is told');
my $made = $doctor->post("$path/nursing_order", { %order, valid_to => '2027-05-31', diagnoses => "慢性心不全\n２型糖尿病", instructions => '<b>塩分</b>を6gまで' });
is($made->status, 201, 'an order of six months');
my $paper = $nurse->get("$path/" . $made->json->{id}, accept => '*/*');
is($paper->status . ' ' . $paper->type, '200 application/pdf', 'the nurse opens it');
my ($text, $fonts, $info) = pdf($paper);
like($text, qr/$_/, "  it says $_") for '訪問看護指示書', '慢性心不全', '２型糖尿病', '令和8年12月1日', '令和9年5月31日', '<b>塩分</b>を6gまで', '試験', '昭和15年1月2日';
my $name = db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "doctor"');
like($text, qr/医師氏名\s+\Q$name\E/, '  with who issued it');
like($fonts, qr/NotoSerifCJK|NotoSansCJK|Noto-S/i, '  in Japanese type');
like($fonts, qr/JP/i, '  of Japan\'s forms');
unlike($fonts, qr/\bno\s+(?:yes|no)\s+(?:yes|no)\s+\d+/, '  embedded');
like($info, qr/A4/, '  on A4');
is($outsider->get("$path/" . $made->json->{id}, accept => '*/*')->status, 404, 'others get none');
{
    my $other = new_patient(outsider => 'visiting_nurse');
    is($outsider->get("/record/$other/papers/" . $made->json->{id}, accept => '*/*')->status, 404, '  nor under their own patient');
}

# ---- the next one starts from the last ----

sub form_of { my ($kind) = @_; my ($k) = grep { $_->{kind} eq $kind } @{ $doctor->get($path)->json->{kinds} }; return ($k, { map { $_->{name} => $_->{value} } @{ $k->{parts} } }) }
my ($next, $was) = form_of('nursing_order');
is($was->{diagnoses}, "慢性心不全\n２型糖尿病", 'the next order has what the last one had');
is($was->{remarks}, undef, '  and nothing that it had not');
is("$next->{from} $next->{to}", '2027-06-01 2027-11-30', '  follows it without a gap, for six months');
is($next->{last}{id}, $made->json->{id}, '  and says which it was');
($next, $was) = form_of('special_nursing_order');
is($was->{reason}, undef, 'why a special one was needed is asked anew');
($next, $was) = form_of('physician_opinion');
is($next->{last}, undef, 'a first opinion starts empty');
like($doctor->page($path)->text, qr{<textarea name="diagnoses"[^>]*>\s*慢性心不全\s２型糖尿病</textarea>}, 'the page has it in its form');

# ---- an opinion ----

is($doctor->post("$path/physician_opinion", { diagnoses => '認知症（令和3年ごろ）', course => join("\n", map { "経過の${_}行目。ながい文はページをまたいでも切れない。" } 1 .. 60) })->status, 201, 'an opinion');
my ($opinion) = grep { $_->{kind} eq 'physician_opinion' } @{ $doctor->get($path)->json->{papers} };
($text, undef, $info) = pdf($doctor->get("$path/$opinion->{id}", accept => '*/*'));
like($text, qr/主治医意見書/, '  with its title');
is(scalar(() = $text =~ /経過の\d+行目/g), 60, '  of which no line is lost over the pages');
like($info, qr/Pages:\s+[2-9]/, '  that it takes');

# ---- summaries and reports ----

$doctor->post("/record/$p/medications", { name => 'ワルファリン錠1mg', dose => '2錠', dosage => '1日1回 夕食後', blood_thinner => 1 });
$nurse->post("/record/$p/confirm", { field => 'allergies', state => 'none' });
($text) = pdf($helper->get("$path/care_summary", accept => '*/*'));
like($text, qr/アレルギー\s+なし（確認済み）/, 'the care summary tells none …');
like($text, qr/在宅医療機器\s+未確認/, '  … from not asked');
($text) = pdf($helper->get("$path/medication_summary", accept => '*/*'));
like($text, qr/ワルファリン錠1mg\s+2錠.*血を固まりにくくする薬/s, 'the medication summary');

is($nurse->get("$path/visit_report", accept => '*/*')->status, 404, 'no report of a month without a word');
$nurse->post("/timeline/$p", { body => '血圧は落ちついている。試験の記録' });
$doctor->post("/timeline/$p", { body => '往診しました。医師の記録' });
($text) = pdf($nurse->get("$path/visit_report", accept => '*/*'));
like($text, qr/訪問看護報告書.*落ちついている/s, 'the nurse\'s report has what her office wrote');
unlike($text, qr/往診しました/, '  not what others wrote');
($text) = pdf($doctor->get("$path/management_report", accept => '*/*'));
like($text, qr/居宅療養管理指導報告.*往診しました/s, 'the doctor\'s has what he wrote');
is($helper->get("$path/visit_report", accept => '*/*')->status, 403, 'a helper reports neither');
is($nurse->get("$path/visit_report?month=2020-01-05", accept => '*/*')->status, 404, 'another month has none');
unlike($nurse->page($path)->text, qr/この内容で出す/, 'no form for who may not issue');

# ---- before an order ends ----

db('UPDATE record_paper SET valid_to = DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR + INTERVAL 14 DAY) WHERE patient_id = ? AND kind = "nursing_order"', $id);
ok(wait_for(sub { db('SELECT COUNT(*) FROM care_notice WHERE cause = ? AND kind = "expiry"', unhex($made->json->{id})) == 1 }, 150), 'the station is told 14 days before');

done_testing;
