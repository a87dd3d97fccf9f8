#!/usr/bin/perl
# Consents: who may give them, what they open, who loses what when they go.
use strict;
use warnings;
use utf8;
use JSON::PP;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my %who = map { $_ => person($_) } qw(doctor nurse pharmacist caremanager helper outsider officer manager);
my ($doctor, $nurse) = @who{qw(doctor nurse)};
my $patient = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse', pharmacist => 'pharmacist',
    'office:caremanager' => 'care_manager', officer => 'officer');
my $home = "/team/$patient/consents";
my %base = (purpose => 'share_team', form => 'written', signed_by => 'self', explainer => '試験', given_on => day(0));
sub give { my (%with) = @_; return $doctor->post($home, { %base, %with }) }
sub row { my ($id) = @_; my ($r) = db_rows('SELECT signer, signer_relation, COALESCE(sign_reason, "-") AS reason, COALESCE(proxy_id, 0) AS proxy, officer, recorded_by FROM care_consent WHERE ref = ?', unhex($id)); return $r }

# ---- who signed, and what about ----

{
    my $scoped = give(purpose => 'video_recording', scope => '会議の録画、1年');
    my ($c) = grep { $_->{id} eq $scoped->json->{id} } @{ $doctor->get($home)->json->{consents} };
    is($c->{scope}, '会議の録画、1年', 'a consent keeps the scope of its paper');
    is($c->{document_hash}, undef, '  and has no hash without an image');
}

my $given = give(purpose => 'research');
is($given->status, 201, 'the patient agrees to something');
is(row($given->json->{id})->{signer_relation}, '本人', '  herself');
is(row($given->json->{id})->{recorded_by}, scalar db('SELECT id FROM care_user WHERE login = "doctor"'), '  written down by the doctor');
is(why(give(purpose => 'research', signed_by => 'family_member', signer => '長女', signer_relation => '長女')), 'sign_reason missing', 'a daughter signs only with a reason');
is(why(give(purpose => 'research', signed_by => 'family_member', signer_relation => '長女', sign_reason => '手が動かない')), 'signer missing', '  and her name');
is(why(give(purpose => 'research', signed_by => 'family_member', signer => '花子', sign_reason => '手が動かない')), 'signer_relation missing', '  and who she is');
is(give(purpose => 'research', signed_by => 'family_member', signer => '花子', signer_relation => '長女', sign_reason => '手が動かない')->status, 201, '  then she may');
my $proxy = $doctor->post("/team/$patient/proxies", { kind => 'guardian', name => '後見 一郎', relation => '成年後見人', scope => '医療と介護', valid_from => day(-400), ends_on => day(1) });
is($proxy->status, 201, 'a guardian until tomorrow');
my $by_proxy = give(purpose => 'research', signed_by => 'proxy', proxy => $proxy->json->{id}, sign_reason => '判断がむずかしい');
is($by_proxy->status, 201, '  signs');
is(row($by_proxy->json->{id})->{signer}, '後見 一郎', '  by his name');
is(why(give(purpose => 'research', signed_by => 'proxy', proxy => $proxy->json->{id}, sign_reason => 'x', given_on => day(-401))), 'proxy expired', '  not for a day before he was one');
is(why(give(purpose => 'research', signed_by => 'proxy', sign_reason => 'x')), 'proxy missing', '  a proxy has to be named');
is(why(give(purpose => 'research', signed_by => 'proxy', proxy => 'ab' x 16, sign_reason => 'x')), 'proxy expired', '  and be one');
is(why($doctor->post("/team/$patient/proxies", { kind => 'family', name => 'x', relation => 'x', scope => 'x', valid_from => day(2), ends_on => day(1) })), 'ends_on out_of_range', 'no proxy that ends before it begins');
is(why($doctor->post("/team/$patient/proxies", { kind => 'family', name => 'x', relation => 'x', scope => 'x', valid_from => day(-9), ends_on => day(-1) })), 'ends_on expired', '  nor one that is over');
is(why($doctor->post("/team/$patient/proxies", { kind => 'family', name => 'x', relation => 'x', scope => 'x', valid_from => day(0) })), 'ends_on missing', '  nor one without an end');
is($doctor->post("/team/$patient/proxies/" . $proxy->json->{id} . '/end', {})->status, 204, 'the proxy ends');
is(why(give(purpose => 'research', signed_by => 'proxy', proxy => $proxy->json->{id}, sign_reason => 'x')), 'proxy expired', '  and signs no more');
is($doctor->post("/team/$patient/proxies/" . $proxy->json->{id} . '/end', {})->status, 409, '  nor ends twice');

for my $case (
    ['tomorrow', 'given_on in_future', given_on => day(1)],
    ['until yesterday', 'valid_until expired', valid_until => day(-1)],
    ['no such day', 'given_on malformed', given_on => '2026-02-30'],
    ['by ordinance to the team', 'form not_a_choice', form => 'ordinance'],
    ['another purpose', 'purpose not_a_choice', purpose => 'anything'],
    ['nobody explained', 'explainer missing', explainer => ''],
    ['an input of nobody', 'withdrawn_at unknown', withdrawn_at => 1],
) {
    my ($what, $want, @with) = @$case;
    is(why(give(@with)), $want, "no consent: $what");
}
is(give(purpose => 'disaster_register', form => 'ordinance')->status, 201, 'the register may rest on an ordinance');
is(why($_->post($home, { %base })), 404, 'nobody else records one') for @who{qw(nurse outsider officer manager)};

# ---- what the preview says is what happens ----

$nurse->post("/timeline/$patient", { body => '看護の記録', urgent => 1 });
$who{pharmacist}->post("/timeline/$patient", { body => '薬の記録' });
is(sees($who{$_}, $patient), 1, "$_ sees the page") for qw(doctor nurse pharmacist caremanager);
ok(scalar(my @waiting = marks($patient)), 'something waits for somebody');

# Whom of the people of this test the page answers: what the preview is held against.
my %name_of = map { $_ => scalar db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = ?', $_) } keys %who;
sub readers { return map { $name_of{$_} } grep { $who{$_}->get("/timeline/$patient")->status == 200 } keys %who }

my $duty = 'UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.on_duty = ? WHERE u.login = "manager"';
db($duty, 1);
is($who{manager}->get("/timeline/$patient")->status, 200, "who is on duty in the nurse's office sees it, too");
my $consent = consent_of($patient, 'share_team');
my $preview = $doctor->get("$home/$consent")->json;
my %named = map { $_->{name} => 1 } @{ $preview->{losers} };
my %before = map { $_ => 1 } readers();
is_deeply([sort grep { $named{$_} } values %name_of], [sort keys %before], 'the preview names everyone who sees it');
is_deeply([map { $_->{stand_in} } grep { $_->{name} eq $name_of{manager} } @{ $preview->{losers} }], [JSON::PP::true], '  her who is on duty as such');
cmp_ok($preview->{people}, '>=', 4, '  with everyone of the office that joined as a whole');
my $officer_name = db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "officer"');
ok(!$named{$officer_name}, '  but not the officer, who saw nothing');
my $page = $doctor->page("$home/$consent")->text;
like($page, qr/\Q$_\E/, "  the page names $_") for sort keys %named;
is($nurse->get("$home/$consent")->status, 404, 'the preview is for the managing office');

is($doctor->post("$home/$consent/withdraw", { withdrawn_by => '本人', withdrawn_relation => '本人', people => $preview->{people} + 1 })->status, 409, 'a preview that has become untrue is refused');
is(sees($nurse, $patient), 1, '  and changes nothing');
my $entries = entries_of($patient);
is($doctor->post("$home/$consent/withdraw", { withdrawn_by => '試験 花子', withdrawn_relation => '長女', people => $preview->{people} })->status, 204, 'withdrawn');
is_deeply([readers()], [], '  and nobody of them sees it');
is(sees($who{$_}, $patient), 0, "  $_ sees nothing at the next request") for qw(doctor nurse pharmacist caremanager officer manager);
db($duty, 0);
is($who{helper}->get("/timeline/$patient")->status, 404, '  nor who never did');
is($nurse->post("/timeline/$patient", { body => 'まだ書く' })->status, 404, '  nobody writes');
is(entries_of($patient), $entries, '  nothing is deleted');
ok(wait_for(sub { !(my @m = marks($patient)) }, 60), '  nothing waits any more');
my ($kept) = grep { $_->{id} eq $consent } @{ $doctor->get($home)->json->{consents} };
is($kept->{withdrawn_by}, '試験 花子', '  on whose word');
like($kept->{withdrawal_effect}, qr/\A$preview->{people}人/, '  and what it ended');
is($doctor->post("$home/$consent/withdraw", { withdrawn_by => 'x', withdrawn_relation => 'x' })->status, 409, 'it is withdrawn once');
is($doctor->get($home)->status, 200, 'the managing office still has the papers');
is(scalar db('SELECT COUNT(*) FROM lib_event WHERE patient_id = ? AND topic = "team.consent_withdrawn"', patient_key($patient)), 1, 'others are told');

# ---- what remains ----

my $own = $nurse->get("/timeline/$patient/own");
is($own->status, 200, 'the nurse still reads what her office wrote');
is_deeply([map { $_->{body} } @{ $own->json->{entries} }], ['看護の記録'], '  that and nothing else');
like($nurse->page("/timeline/$patient/own")->text, qr/看護の記録/, '  as a page, to be printed');
is_deeply([map { $_->{body} } @{ $who{pharmacist}->get("/timeline/$patient/own")->json->{entries} }], ['薬の記録'], 'the pharmacist likewise');
is($who{manager}->get("/timeline/$patient/own")->status, 200, "the manager of the nurse's office too");
is($who{$_}->get("/timeline/$patient/own")->status, 404, "not $_") for qw(outsider helper);
ok((grep { $_->{id} eq $patient } @{ $nurse->get('/team')->json->{left} }), 'she finds it among those she left');

# ---- a new consent begins anew ----

is(give(team_role => 'attending_physician')->status, 201, 'a new consent');
is(sees($doctor, $patient), 1, '  opens the page for the doctor');
is(sees($nurse, $patient), 0, '  and for nobody of before');
is(scalar db('SELECT COUNT(*) FROM care_episode WHERE patient_id = ?', patient_key($patient)), 2, '  as a new episode');
ok((grep { $_->{team_role} eq 'officer' && !$_->{open} } @{ $doctor->get("/team/$patient")->json->{members} }), "  with the town's officers on it, who see nothing");

# ---- one of two, and the officer's ----

sub of_officer { return sees($who{officer}, $patient) }
my $second = give(officer => 1)->json->{id};
is(of_officer(), 1, 'a second consent lets the officer look');
my $lost = $doctor->get("$home/$second")->json;
is_deeply([map { $_->{office} } @{ $lost->{losers} }], [(db('SELECT o.name FROM care_office o JOIN care_network n ON n.officer_office_id = o.id')) x $lost->{people}], 'without it only officers stop');
ok(!$lost->{ends_page}, '  and the page stays');
is($doctor->post("$home/$second/withdraw", { withdrawn_by => '本人', withdrawn_relation => '本人' })->status, 204, 'it goes');
is(of_officer(), 0, '  and the officer with it');
is(sees($doctor, $patient), 1, '  the doctor stays');

my $third = give(officer => 1)->json->{id};
db('INSERT INTO care_incident (ref, network_id, opened_at) SELECT ?, network_id, UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE FROM care_patient WHERE ref = ?', unhex('ab' x 16), unhex($patient));
db('INSERT INTO care_incident_patient (incident_id, patient_id) SELECT i.id, p.id FROM care_incident i JOIN care_patient p ON p.ref = ? WHERE i.ref = ?', unhex($patient), unhex('ab' x 16));
is($doctor->get("$home/$third")->json->{people}, 0, 'while a disaster is, officers do not stop with it');
is($doctor->post("$home/$third/withdraw", { withdrawn_by => '本人', withdrawn_relation => '本人' })->status, 204, '  it goes');
is(of_officer(), 1, '  and they go on');
db('DELETE FROM care_incident WHERE ref = ?', unhex('ab' x 16));
is(of_officer(), 0, '  until its end');

# ---- by purpose ----

my $emergency = give(purpose => 'emergency')->json->{id};
my $stops = $doctor->get("$home/$emergency")->json;
is($stops->{people}, 0, 'without the consent for emergencies nobody of the team stops');
is_deeply([map { $_->{role} } @{ $stops->{readers} }], ['crew', 'dispatcher'], '  but crews and dispatchers');
is(scalar db('SELECT COUNT(*) FROM care_consent_open WHERE patient_id = ? AND purpose = "emergency"', patient_key($patient)), 1, 'open');
is($doctor->post("$home/$emergency/withdraw", { withdrawn_by => '本人', withdrawn_relation => '本人' })->status, 204, 'withdrawn');
is(scalar db('SELECT COUNT(*) FROM care_consent_open WHERE patient_id = ? AND purpose = "emergency"', patient_key($patient)), 0, '  closed');
is(sees($doctor, $patient), 1, '  and the team stays');

# ---- the town's register: the preview says who truly stops ----

{
    my $crew = person('crew');                        # of an office that the town named a support body
    my $read = sub { my ($who) = @_; return scalar grep { $_->{name} =~ /\A試験/ } @{ ($who // $crew)->get('/disaster/register')->json->{people} // [] } };
    my $key = patient_key($patient);
    db('INSERT INTO disaster_registration (patient_id, ref, network_id, family, given, kana_family, kana_given, birth_date, sex, address, reasons, registered_at, changed_at)
        SELECT id, RANDOM_BYTES(16), network_id, family, given, kana_family, kana_given, birth_date, sex, "試験町1", "mayor", UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM care_patient WHERE id = ?', $key);
    $crew->post('/disaster/secrecy', {});
    my %stops;
    for my $purpose (qw(disaster_register evacuation_plan video_recording research family_access disaster_peacetime_supply)) {
        my $id = give(purpose => $purpose)->json->{id};
        my $said = $doctor->get("$home/$id")->json;
        $stops{$purpose} = join ' ', (map { $_->{name} } @{ $said->{losers} }), map { $_->{role} } @{ $said->{readers} };
        is($read->(), 1, "$purpose: the support body reads her in the register") if $purpose eq 'disaster_peacetime_supply';
        is($doctor->post("$home/$id/withdraw", { withdrawn_by => '本人', withdrawn_relation => '本人', people => $said->{people} })->status, 204, "  $purpose is withdrawn");
    }
    is($read->(), 0, '  and without it does not');
    my @accepted = db('SELECT CONCAT(u.family, " ", u.given) FROM disaster_support_body b JOIN care_staff f ON f.office_id = b.office_id AND f.left_at IS NULL
        JOIN care_user u ON u.id = f.user_id JOIN disaster_secrecy s ON s.user_id = u.id AND s.incident_id = 0 WHERE b.ended_at IS NULL AND NOT FIND_IN_SET("disaster_officer", u.roles) ORDER BY u.kana_family, u.kana_given');
    is(delete $stops{disaster_peacetime_supply}, join(' ', @accepted), 'of the register given out beforehand the preview names who reads it by consent alone');
    ok(!(grep { $stops{$_} ne '' } keys %stops), 'a purpose that nothing asks for stops nobody, and the preview says so') or diag(explain(\%stops));
    my $officers = give(purpose => 'disaster_peacetime_supply')->json->{id};
    db('INSERT INTO disaster_town (network_id, peacetime_supply, decided_at, decided_by) SELECT network_id, "ordinance", UTC_TIMESTAMP(3), 1 FROM care_patient WHERE id = ?
        ON DUPLICATE KEY UPDATE peacetime_supply = "ordinance"', $key);
    is($doctor->get("$home/$officers")->json->{people}, 0, 'where an ordinance gives it out, nobody stops');
    db('UPDATE disaster_town SET peacetime_supply = "consent"');
    db("DELETE FROM $_ WHERE patient_id = ?", $key) for 'disaster_registration';
}

# ---- the form ----

my $form = $doctor->page("/team/$patient/form")->text;
like($form, qr{<ruby>同意書<rt>どういしょ</rt></ruby>}, 'the form has furigana');
{
    my ($list) = $form =~ m{<ul class="boxes">(.*?)</ul>}s;
    my @purposes = db('SELECT TRIM(BOTH "\'" FROM j.v) FROM information_schema.COLUMNS c JOIN JSON_TABLE(CONCAT(\'["\', REPLACE(REPLACE(REPLACE(SUBSTR(c.COLUMN_TYPE, 6), ")", ""), "\'", ""), ",", \'","\'), \'"]\'), "$[*]" COLUMNS (v VARCHAR(40) PATH "$")) AS j
        WHERE c.TABLE_SCHEMA = DATABASE() AND c.TABLE_NAME = "care_consent" AND c.COLUMN_NAME = "purpose"');
    is(scalar(() = $list =~ /<li>/g), @purposes + 1, 'the form has a line for every purpose that there is, and one for the officers') or diag("@purposes");
    (my $plain = $list) =~ s{<ruby>[^<]*<rt>[^<]*</rt></ruby>}{}g;
    unlike($plain, qr/\p{sc=Han}/, '  every character of it with furigana');
}
$form =~ s{<rt>[^<]*</rt>}{}g;
like($form, qr/いつでも やめられます/, '  and says that one may stop');
is($nurse->get("/team/$patient/form")->status, 404, '  for the managing office');

done_testing;
