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

# ---- and from the record, of what both say the later ----

{
    my $q = new_patient(doctor => 'attending_physician', nurse => 'visiting_nurse');
    my $at = "/record/$q/papers";
    my $form = sub { my ($kind) = @_; my ($k) = grep { $_->{kind} eq $kind } @{ $doctor->get($at)->json->{kinds} }; return { map { $_->{name} => $_ } @{ $k->{parts} } } };
    is($form->('physician_opinion')->{diagnoses}{value}, undef, 'of whom nothing is known the first opinion is empty');
    $doctor->post("/record/$q/health_conditions", { name => '脳梗塞後遺症', since => '令和3年4月' });
    $doctor->post("/record/$q/health_conditions", { name => '虫垂炎', past => 1 });
    $doctor->post("/record/$q/medications", { name => 'アムロジピン錠5mg', dose => '1錠', dosage => '朝食後' });
    $nurse->post("/record/$q/equipment", { name => '酸素濃縮器', battery_minutes => 120 });
    $nurse->post("/record/$q/emergency_contacts", { name => '試験 花子', relation => '長女', phone => '0000-00-0000', position => 1 });
    $nurse->post("/record/$q/fields", { field => 'independence_physical', state => 'present', value => 'B2' });
    $nurse->post("/record/$q/fields", { field => 'eating', state => 'none' });
    $nurse->post("/record/$q/care_level", { care_level => 'care3', valid_from => '2026-04-01', valid_to => '2028-03-31' });
    my $o = $form->('physician_opinion');
    is($o->{diagnoses}{value}, '脳梗塞後遺症　令和3年4月', 'the first opinion has the illness of the record, and none of the past');
    ok($o->{diagnoses}{from_record}, '  and says whence');
    is("$o->{independence_physical}{value} $o->{nutrition}{value}", 'B2 助けは要らない', '  with what the nurse found, also that there is nothing');
    is($o->{infection}{value}, undef, '  what nobody has asked stays empty');
    my $order = $form->('nursing_order');
    is($order->{medications}{value}, 'アムロジピン錠5mg　1錠　朝食後', 'an order has the medication');
    is($order->{equipment}{value}, '酸素濃縮器　電池で2.0時間', '  the equipment');
    is($order->{care_level}{value}, '要介護3（令和8年4月1日 から 令和10年3月31日 まで）', '  the care level');
    is($order->{emergency}{value}, '試験 花子　長女　0000-00-0000', '  and whom to call');
    like($doctor->page($at)->text, qr{サマリーから.*?アムロジピン錠5mg}s, '  on the page');
    is($form->('special_nursing_order')->{emergency}{value}, '試験 花子　長女　0000-00-0000', 'a special one, too');
    is($doctor->post("$at/physician_opinion", { diagnoses => '脳梗塞後遺症（左片麻痺）' })->status, 201, 'the doctor writes it his way');
    is($form->('physician_opinion')->{diagnoses}{value}, '脳梗塞後遺症（左片麻痺）', '  what he wrote later than the record is offered');
    ok(!$form->('physician_opinion')->{diagnoses}{from_record}, '  as his own');
    db('UPDATE record_paper SET issued_at = issued_at - INTERVAL 1 DAY WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($q));
    is($form->('physician_opinion')->{diagnoses}{value}, '脳梗塞後遺症　令和3年4月', '  until the record knows something newer');
    is_deeply([map { $_->{value} } grep { defined $_->{value} } map { @{ $_->{parts} } } @{ $nurse->get($at)->json->{kinds} // [] }], ['脳梗塞後遺症（左片麻痺）'], 'for who may not issue nothing is gathered');
}

# ---- only the attending physician issues ----

{
    my $doctor_role = sub { my ($ref, $role) = @_; return db('UPDATE care_team t JOIN care_user u ON u.id = t.user_id SET t.team_role = ? WHERE u.login = "doctor" AND t.patient_id = (SELECT id FROM care_patient WHERE ref = ?)', $role, unhex($ref)) };
    my $q = new_patient(doctor => 'attending_physician', nurse => 'visiting_nurse', helper => 'home_helper');
    my ($s) = @{ $doctor->get("/record/$q/papers")->json->{stations} };
    my %of = (physician_opinion => { diagnoses => 'x' }, map { $_ => { station => $s->{id}, valid_from => '2026-12-01', valid_to => '2026-12-10' } } qw(nursing_order special_nursing_order));
    my $issue = sub { my ($by, $ref) = @_; return join ' ', map { $by->post("/record/$ref/papers/$_", $of{$_})->status } sort keys %of };
    is($issue->($nurse, $q), '403 403 403', 'a nurse of the team issues none of the three');
    is($issue->($helper, $q), '403 403 403', '  nor a helper');
    is($issue->($outsider, $q), '404 404 404', '  nor who is of no team');
    for my $role (qw(deputy_physician vaccinating_physician dentist visiting_nurse)) {
        $doctor_role->($q, $role);
        is($issue->($doctor, $q), '403 403 403', "a physician who is $role issues none");
    }
    my $whole = new_patient('office:doctor' => 'attending_physician', nurse => 'attending_physician');
    db('UPDATE care_team SET team_role = "visiting_nurse" WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?) AND user_id = 0', unhex($whole));
    is($issue->($nurse, $whole), '403 403 403', 'who is called attending physician and is none issues none');
    is($issue->($doctor, $whole), '403 403 403', '  nor a physician who is of the team by his office in another role');
    my $other = new_patient(doctor => 'attending_physician');
    is($doctor->post("/record/$q/papers/physician_opinion", { diagnoses => 'x' })->status, 403, 'to attend another patient is not enough');
    $doctor_role->($q, 'attending_physician');
    db('UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.profession = "030" WHERE u.login = "doctor"');
    is($issue->($doctor, $q), '403 403 403', 'nor with the role and without the profession');
    db('UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.profession = "010" WHERE u.login = "doctor"');
    is(scalar db('SELECT COUNT(*) FROM record_paper WHERE patient_id IN (SELECT id FROM care_patient WHERE ref IN (?, ?, ?))', unhex($q), unhex($whole), unhex($other)), 0, 'nothing was issued');
    is($issue->($doctor, $q), '201 201 201', 'the attending physician issues all three');
    db('UPDATE care_team t JOIN care_user u ON u.id = t.user_id SET t.left_at = UTC_TIMESTAMP(3) WHERE u.login = "doctor" AND t.patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($q));
    is($issue->($doctor, $q), '404 404 404', '  until he has left');
}

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
is($nurse->post("/timeline/$p", { body => '医師だけに伝えること', audience => 'professions', profession => '010' })->status, 201, '(a word to physicians alone)');
($text) = pdf($nurse->get("$path/visit_report", accept => '*/*'));
like($text, qr/訪問看護報告書.*落ちついている/s, 'the nurse\'s report has what her office wrote');
unlike($text, qr/往診しました/, '  not what others wrote');
unlike($text, qr/医師だけに/, '  nor what is not for the whole team');
($text) = pdf($doctor->get("$path/management_report", accept => '*/*'));
like($text, qr/居宅療養管理指導報告.*往診しました/s, 'the doctor\'s has what he wrote');
{
    # Both work for another office, too, and write for it of the same patient.
    my $elsewhere = db('SELECT f.office_id FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "outsider"');
    $nurse->post("/timeline/$p", { body => 'よその事業所での記録' });
    $doctor->post("/timeline/$p", { body => 'よその診療所での記録' });
    db('UPDATE timeline_entry SET author_office_id = ? WHERE patient_id = ? AND body LIKE "よその%"', $elsewhere, $id);
    ($text) = pdf($nurse->get("$path/visit_report", accept => '*/*'));
    like($text, qr/落ちついている/, 'a report has what was written for the office that issues it');
    unlike($text, qr/よその/, '  not what its author wrote for another one');
    ($text) = pdf($doctor->get("$path/management_report", accept => '*/*'));
    like($text, qr/往診しました/, "the doctor's likewise");
    unlike($text, qr/よその/, '  for his own office alone');
}
is($helper->get("$path/visit_report", accept => '*/*')->status, 403, 'a helper reports neither');
is($nurse->get("$path/visit_report?month=2020-01-05", accept => '*/*')->status, 404, 'another month has none');
unlike($nurse->page($path)->text, qr/この内容で出す/, 'no form for who may not issue');

# ---- before an order ends ----

db('UPDATE record_paper SET valid_to = DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR + INTERVAL 14 DAY) WHERE patient_id = ? AND kind = "nursing_order"', $id);
ok(wait_for(sub { db('SELECT COUNT(*) FROM care_notice WHERE cause = ? AND kind = "expiry"', unhex($made->json->{id})) == 1 }, 150), 'the station is told 14 days before');

done_testing;
