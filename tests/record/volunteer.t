#!/usr/bin/perl
# A welfare volunteer (民生委員) of a team sees who somebody is, where she is, how
# she lives, whom to call and when others visit; nothing medical on any page, in
# any answer, paper or calendar.
use strict;
use warnings;
use utf8;
use JSON::PP ();
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($nurse, $doctor, $officer) = map { person($_) } qw(nurse doctor officer);
my $p = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', officer => 'welfare_volunteer');
my $was = db('SELECT profession FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "officer"');
sub profession { db('UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.profession = ? WHERE u.login = "officer"', $_[0]); return }
END { local $?; profession($was) if defined $was }
db('UPDATE care_consent SET officer = 1 WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($p));
profession('333');

# Every word here is one that she must not come to see.
my %secret = (
    allergies => { substance => 'ひみつアレルゲン' }, health_conditions => { name => 'ひみつ病' },
    medications => { name => 'ひみつ錠', blood_thinner => 1 },
    advance_directives => { summary => 'ひみつの願い', author => '長女', stated_on => '2026-01-05' },
);
is($doctor->post("/record/$p/$_", $secret{$_})->status, 201, "the doctor writes $_") for sort keys %secret;
is($doctor->post("/record/$p/fields", { field => $_, state => 'present', value => 'ひみつの値' })->status, 204, "  and $_") for qw(infection preferred_hospital);
is($nurse->post("/record/$p/vital_signs", { temperature => '37.9', note => 'ひみつの測定' })->status, 201, '  the nurse measures');
is($doctor->post("/record/$p/papers/physician_opinion", { diagnoses => 'ひみつ病', course => 'ひみつの所見' })->status, 201, '  the doctor issues an opinion');

my %open = (
    equipment => { name => '見える吸引器', power_dependent => 1 },
    emergency_contacts => { name => '見える長女', relation => '長女', phone => '000-000-0001', position => 1 },
);
is($nurse->post("/record/$p/$_", $open{$_})->status, 201, "the nurse writes $_") for sort keys %open;
is($nurse->post("/record/$p/fields", { field => 'dwelling', state => 'present', value => '見える玄関' })->status, 204, '  and dwelling');
is($nurse->post("/record/$p/whereabouts", { whereabouts => 'home', since => '2026-01-01', note => '見える居所' })->status, 201, '  and whereabouts')
    or diag $nurse->post("/record/$p/whereabouts", { whereabouts => 'home', since => '2026-01-01' })->text;

# ---- all that can be asked of a patient ----

sub all_of {
    my ($who) = @_;
    my $text = '';
    for my $path ("/record/$p", "/record/$p/changes", "/record/$p/fields", "/record/$p/whereabouts", "/record/$p/care_level", "/record/$p/care_plans",
        "/record/$p/visits", "/record/$p/equipment", "/record/$p/emergency_contacts", "/patients/$p", "/timeline/$p", '/patients', '/visits') {
        for my $answer ($who->get($path), $who->page($path)) {
            is($answer->status, 200, "$path: " . $answer->type);
            $text .= $answer->text;
        }
    }
    return $text;
}
my $told = all_of($officer);
unlike($told, qr/ひみつ/, 'nothing medical in all of it');
unlike($told, qr/(?<!:)37\.9/, '  no measurement');    # an instant may have such seconds
unlike($told, qr/抗血栓薬あり|血を固まりにくくする薬/, '  no blood thinner in the strip');
like($told, qr/$_/, "  but $_") for qw(見える吸引器 見える長女 見える玄関 見える居所);
unlike($officer->page("/record/$p")->text, qr/アレルギー：記録なし|まだ聞いていない.{0,80}アレルギー/s, 'nor is it said that nothing is recorded');
my $json = $officer->get("/record/$p")->json;
is($json->{$_}, undef, "the answer has no $_") for qw(allergies health_conditions medications advance_directives vital_sign alarm);

# ---- routes that are medical throughout ----

for my $path ((map { "/record/$p/$_" } qw(allergies health_conditions medications advance_directives vital_signs papers)),
    map { "/record/$p/papers/$_" } qw(care_summary medication_summary visit_report management_report)) {
    is($officer->get($path)->status, 403, "$path: 403");
    is($officer->page($path)->status, 403, '  as a page');
    is($nurse->get($path)->status =~ /\A(?:200|403|404)\z/, 1, '  others as before');
}
my ($paper) = @{ $doctor->get("/record/$p/papers")->json->{papers} };
is($nurse->get("/record/$p/papers/$paper->{id}")->type, 'application/pdf', 'the nurse opens a paper');
is($officer->get("/record/$p/papers/$paper->{id}")->status, 403, '  she does not');
is($officer->post("/record/$p/allergies", { substance => 'x' })->status, 403, 'she writes none');

# ---- her calendar ----

my ($made) = $officer->post('/visits/calendars', { name => 'phone' });
my ($token) = $made->text =~ m{/calendar/([0-9a-f]{32})};
ok($token, 'a calendar of her own');
unlike(client(door => 'open')->get("/calendar/$token", accept => '*/*')->text, qr/ひみつ|試験/, '  says nothing of the patient');
my ($mine) = grep { $_->{name} eq 'phone' } @{ $officer->get('/visits')->json->{calendars} // [] };
$officer->post("/visits/calendars/$mine->{id}/revoke", {}) if $mine;

# ---- others, and the same person in another profession ----

like(all_of($nurse), qr/ひみつアレルゲン/, 'the nurse sees it');
profession('330');
my $clerk = $officer->get("/record/$p")->json;
is($clerk->{allergies}{items}[0]{substance}, 'ひみつアレルゲン', 'who may view the summary (V) sees it, at the next request');
profession('333');
is($officer->get("/record/$p")->json->{allergies}, undef, '  and no more');

done_testing;
