#!/usr/bin/perl
# Asking several hospitals at once: who is asked, what they learn, who answers, who is
# chosen; and the dispatcher's screen.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

# The town's hospital, and one of the test's own.
my $office = db('SELECT f.office_id FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "hospitaldesk"');
my $other = join '', map { sprintf '%08x', rand 2**32 } 1 .. 4;
db('INSERT INTO care_office (ref, network_id, kind, name, phone) SELECT ?, network_id, "hospital", "試験病院", "000-777-0001" FROM care_office WHERE id = ?', unhex($other), $office);
END {
    local $?;
    if ($other) {
        db('UPDATE care_office SET kind = "hospital" WHERE id = ?', $office);
        db('DELETE FROM emergency_service_status WHERE office_id = ?', $office);
        db('DELETE a FROM emergency_hospital_asked a JOIN care_office o ON o.id = a.office_id WHERE o.ref = ?', unhex($other));
        db('DELETE FROM care_office WHERE ref = ?', unhex($other));
    }
}

my ($crew, $dispatcher, $nurse, $desk) = map { person($_) } qw(crew dispatcher nurse hospitaldesk);
my $here = db('SELECT LOWER(HEX(ref)) FROM care_office WHERE id = ?', $office);
my $patient = new_patient(nurse => 'visiting_nurse');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient));
my $path = "/emergency/$patient/hospitals";
my %ask = (department => 'internal', complaint => '息が苦しい', vitals => 'SpO2 88', minutes => 12);

sub wanted { return @{ $desk->get('/emergency/hospital')->json->{wanted} } }
sub mine { my ($one) = grep { $_->{complaint} eq $ask{complaint} && !$_->{called_off} } wanted(); return $one }
sub requests { return $crew->get($path)->json->{requests} }
sub asked_of { my ($name) = @_; my ($a) = grep { $_->{name} eq $name } @{ requests()->[0]{asked} }; return $a }

# ---- what a hospital takes ----

is($desk->post('/emergency/hospital/status', { department => 'internal', state => 'limited', note => '一床' })->status, 204, 'a hospital says what it takes');
is($desk->post('/emergency/hospital/status', { department => 'internal', state => 'open', note => '二床' })->status, 204, '  and says it anew');
is($nurse->post('/emergency/hospital/status', { department => 'internal', state => 'open' })->status, 403, '  nobody else does');
db('UPDATE care_office SET kind = "clinic" WHERE id = ?', $office);
is($desk->get('/emergency/hospital')->status, 403, '  nor anybody whose office is no hospital');
is($desk->post('/emergency/hospital/status', { department => 'internal', state => 'open' })->status, 403, '  who has nothing to take either');
db('UPDATE care_office SET kind = "hospital" WHERE id = ?', $office);

# ---- several are asked at once ----

is($crew->get($path)->status, 404, 'who has not opened her asks nobody');
$crew->post('/emergency/open', { patient => $patient, reason => 'unconscious' });
my ($seen) = grep { $_->{id} eq $here } @{ $crew->get($path)->json->{hospitals} };
is(join(' ', map { "$_->{department} $_->{state} $_->{note}" } grep { $_->{department} eq 'internal' } @{ $seen->{taking} }), 'internal open 二床', 'a crew sees what each takes');
is($crew->post($path, { %ask })->json->{error}{field}, 'hospital', 'somebody has to be asked');
is($crew->post($path, { %ask, hospital => 'cd' x 16 })->status, 400, '  who is a hospital');
is(scalar db('SELECT COUNT(*) FROM emergency_hospital_request WHERE patient_id = ?', $id), 0, '  else nothing is asked');
my $mails = mails();
is($crew->post($path, { %ask, hospital => [$here, $other] })->status, 201, 'two at once');
is(scalar @{ requests()->[0]{asked} }, 2, '  each on its own');
ok(wait_for(sub { grep { $_->{text} =~ /受入の照会/ } mails() }, 30), '  and told by mail');
my ($mail) = grep { $_->{text} =~ /受入の照会/ } reverse mails();
ok($mail && $mail->{text} !~ /試験|太郎|息が苦しい/, '  that says nothing of whom');

# ---- what they learn, and answer ----

my $w = mine();
is("$w->{department} $w->{age} $w->{sex} $w->{complaint} $w->{vitals} $w->{minutes}", "internal $w->{age} male 息が苦しい SpO2 88 12", 'a hospital learns age, sex, complaint, vital signs');
is($w->{$_}, undef, "  and no $_") for qw(name kana birth_date alerts);
unlike($desk->page('/emergency/hospital')->text, qr/太郎/, '  nor does its page');
is($nurse->get('/emergency/hospital')->status, 403, 'nobody else reads it');
is($desk->post("/emergency/hospital/$w->{id}", { answer => 'conditional', note => '人工呼吸器はない' })->status, 204, 'it answers');
is(asked_of(db('SELECT name FROM care_office WHERE id = ?', $office))->{answer}, 'conditional', '  which the crew sees');
my ($told) = grep { ($_->{answer_note} // '') eq '人工呼吸器はない' } @{ $crew->get("/emergency/$patient")->json->{hospitals_asked} };
ok($told, '  in the summary, too');
my $by_phone = asked_of('試験病院')->{id};
is($desk->post("/emergency/hospital/$by_phone", { answer => 'accept' })->status, 404, 'none answers for another');
is($crew->post("/emergency/asked/$by_phone/choose", {})->status, 409, 'nobody is chosen who has not said that she may come');
is($dispatcher->post("/emergency/asked/$by_phone", { answer => 'accept', note => '救急外来へ' })->status, 204, 'a dispatcher notes what was said on the telephone');
is(asked_of('試験病院')->{by_phone} ? 1 : 0, 1, '  as that');

# ---- the dispatcher's screen ----

is($nurse->get('/emergency/desk')->status, 403, 'nobody but crews and dispatchers has the dispatcher\'s screen');
my $screen = $dispatcher->get('/emergency/desk')->json;
my ($row) = grep { $_->{user_name} eq db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "crew"') } @{ $screen->{shift} };
ok($row && $row->{open}, 'it has what her station has open');
is($row->{$_}, undef, "  and no $_ of whom a crew opened") for qw(name patient);
ok((grep { $_->{complaint} eq $ask{complaint} } @{ $screen->{requests} }), 'it has the requests of the station');
ok((grep { $_->{id} eq $here && @{ $_->{taking} } } @{ $screen->{hospitals} }), '  and what hospitals take');
unlike($dispatcher->page('/emergency/desk')->text, qr/太郎/, '  without a name');
$dispatcher->post('/emergency/open', { patient => $patient, reason => 'dispatch_preinfo' });
($row) = grep { $_->{patient} } @{ $dispatcher->get('/emergency/desk')->json->{shift} };
is($row->{patient}, $patient, 'but whom she opened herself');
is($crew->post("/emergency/$patient/reports", { kind => 'departed', hospital => '試験病院' })->status, 201, 'a crew reports');
ok((grep { ($_->{kind} // '') eq 'departed' && $_->{hospital} eq '試験病院' } @{ $dispatcher->get('/emergency/desk')->json->{shift} }), '  and the dispatcher sees the last word');

# ---- one is chosen ----

is($crew->post("/emergency/asked/$w->{id}/choose", {})->status, 204, 'to one they go');
$w = mine();
is("$w->{name} $w->{birth_date}", db('SELECT CONCAT(family, " ", given, " ", birth_date) FROM care_patient WHERE id = ?', $id), '  which learns who comes');
like($w->{alerts}, qr/アレルギー未確認/, '  and what must not be overlooked');
like($desk->page('/emergency/hospital')->text, qr/太郎/, '  on its page');
ok(asked_of('試験病院')->{called_off}, 'the others are called off');
is($crew->get("/emergency/$patient")->json->{chosen_hospital}, db('SELECT name FROM care_office WHERE id = ?', $office), 'the crew\'s report has its name ready');
is($crew->post("/emergency/asked/$by_phone/choose", {})->status, 404, 'and it is decided');
is($desk->post("/emergency/hospital/$w->{id}", { answer => 'decline' })->status, 404, '  for the hospital, too');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/emergency/hospital" AND JSON_CONTAINS(subjects, ?)', "$id") }, 20), 'whose desk looked stands in the trail');

# ---- or none ----

is($crew->post($path, { %ask, complaint => '腹痛', hospital => [$other] })->status, 201, 'another request');
my $request = requests()->[0]{id};
is($nurse->post("/emergency/requests/$request/call-off", {})->status, 403, 'is nobody else\'s to end');
is($crew->post("/emergency/requests/$request/call-off", {})->status, 204, 'the crew ends it');
ok(requests()->[0]{asked}[0]{called_off}, '  nobody is asked any more');
is($crew->post("/emergency/requests/$request/call-off", {})->status, 404, '  once');
like($crew->page($path)->text, qr/いっせいにきく/, 'the page of it all');

done_testing;
