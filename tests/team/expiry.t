#!/usr/bin/perl
# A consent that ran out shut the page and ended nothing: the episode stood open for ever and
# nothing was ever due. It ends what its withdrawal would, from the moment when it ran out.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my ($doctor, $nurse) = map { person($_) } qw(doctor nurse);
my %base = (purpose => 'share_team', form => 'written', signed_by => 'self', explainer => '試験', given_on => day(0));
sub patient { my $p = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse'); db('UPDATE care_episode SET opened_at = UTC_TIMESTAMP(3) - INTERVAL 100 DAY WHERE patient_id = ?', patient_key($p)); return $p }
sub until_day { my ($p, $n, $purpose) = @_; return db('UPDATE care_consent SET valid_until = ? WHERE patient_id = ? AND purpose = ?', day($n), patient_key($p), $purpose // 'share_team') }
sub episode { return $doctor->get("/team/$_[0]/consents")->json->{episode} }
sub of_team { return scalar db('SELECT COUNT(*) FROM care_team WHERE patient_id = ? AND left_at IS NULL', patient_key($_[0])) }

# ---- a last day ----

my $p = patient();
my ($last, $never) = (patient(), patient());
until_day($last, 0);
$nurse->post("/timeline/$p", { body => '記録', urgent => 1 });
until_day($p, -3);
is($nurse->get("/timeline/$p")->status, 404, 'after its last day the page is closed');
ok(wait_for(sub { episode($p)->{ended_at} }, 60), '  and the episode ends');
my $e = episode($p);
is($e->{end_reason}, 'consent_expired', '  because the consent ran out');
is($e->{ended_at}, scalar db('SELECT DATE_FORMAT(TIMESTAMP(?) + INTERVAL 15 HOUR, "%Y-%m-%dT%H:%i:%s.000Z")', day(-3)), '  at the end of that day, not when it was found');
is($e->{closes_at}, $e->{ended_at}, '  without thirty days: as after a withdrawal');
is($e->{keep_until}, scalar db('SELECT DATE_FORMAT(? + INTERVAL 5 YEAR + INTERVAL 1 DAY, "%Y-%m-%d")', day(-2)), '  and keeping begins');
is(of_team($p), 0, '  everybody has left');
ok(wait_for(sub { !(my @m = marks($p)) }, 60), '  nothing waits any more');
is(entries_of($p), 1, '  nothing is deleted');
is(scalar db('SELECT COUNT(*) FROM lib_event WHERE patient_id = ? AND topic = "team.consent_expired"', patient_key($p)), 1, '  others are told once');
like($doctor->page("/team/$p/consents")->text, qr/同意の期限切れ/, '  the page says why');
is($nurse->get("/timeline/$p/own")->status, 200, 'an office still reads its own');
is(sees($nurse, $last), 1, 'on the last day the team sees it');
is(episode($_)->{ended_at}, undef, '  and nothing ends') for $last, $never;

# ---- another one begins anew, also in the moment between ----

is($doctor->post("/team/$p/consents", { %base, team_role => 'attending_physician' })->status, 201, 'she agrees again');
is(episode($p)->{ended_at}, undef, '  a new episode');
is(sees($nurse, $p), 0, '  into which nobody comes unasked');
my $quick = patient();
db('UPDATE care_consent SET valid_until = ? WHERE patient_id = ?', day(-1), patient_key($quick));
is($doctor->post("/team/$quick/consents", \%base)->status, 201, 'agreed again before anybody looked');
is(sees($nurse, $quick), 0, '  is no bridge over the days without');
is(scalar db('SELECT COUNT(*) FROM care_episode WHERE patient_id = ?', patient_key($quick)), 2, '  two episodes');

# ---- one of two ----

my $two = patient();
db('INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, given_on, valid_until) SELECT RANDOM_BYTES(16), id, "share_team", "written", "x", "x", "2026-01-01", ? FROM care_patient WHERE ref = ?', day(-1), unhex($two));
ok(stays_false(sub { episode($two)->{ended_at} }, 8), 'one consent of two runs out: nothing ends');

# ---- beyond the network ----

my ($far) = db('SELECT id FROM care_network WHERE id <> (SELECT network_id FROM care_user WHERE login = "doctor") LIMIT 1');
SKIP: {
    skip 'one network alone', 2 unless $far;
    my $wide = patient();
    my ($office) = db('SELECT id FROM care_office WHERE network_id = ? LIMIT 1', $far);
    skip 'no office there', 2 unless $office;
    db('INSERT INTO care_team (ref, patient_id, episode_id, office_id, user_id, team_role, joined_at) SELECT RANDOM_BYTES(16), patient_id, id, ?, 0, "pharmacist", UTC_TIMESTAMP(3) FROM care_episode WHERE patient_id = ?', $office, patient_key($wide));
    db('INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, given_on, valid_until) SELECT RANDOM_BYTES(16), id, "share_wide_area", "written", "x", "x", "2026-01-01", ? FROM care_patient WHERE ref = ?', day(-1), unhex($wide));
    ok(wait_for(sub { of_team($wide) == 2 }, 60), 'an office of elsewhere leaves when the consent to it has run out');
    is(episode($wide)->{ended_at}, undef, '  and the others go on');
}

# ---- a proxy's end ----

my $q = managed_patient('doctor', doctor => 'attending_physician');
sub proxy { my ($from, $to) = @_; return $doctor->post("/team/$q/proxies", { kind => 'guardian', name => '後見 一郎', relation => '成年後見人', scope => '医療と介護', valid_from => day($from), ends_on => day($to) })->json->{id} }
my %by = (%base, purpose => 'research', signed_by => 'proxy', sign_reason => '判断がむずかしい');
my $guardian = proxy(-9, 20);
my $id = $doctor->post("/team/$q/consents", { %by, proxy => $guardian })->json->{id};
is(scalar db('SELECT valid_until FROM care_consent WHERE ref = ?', unhex($id)), day(20), "what a proxy agrees to lasts until the proxy's last day");
is(why($doctor->post("/team/$q/consents", { %by, proxy => $guardian, valid_until => day(21) })), 'valid_until out_of_range', '  and no longer');
is($doctor->post("/team/$q/consents", { %by, proxy => $guardian, valid_until => day(19) })->status, 201, '  but less');
db('UPDATE care_proxy SET ends_on = ? WHERE ref = ?', day(-1), unhex($guardian));
is(why($doctor->post("/team/$q/consents", { %by, proxy => $guardian, given_on => day(-2) })), 'proxy expired', '  of one whose time is over it would be none');

done_testing;
