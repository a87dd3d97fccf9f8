#!/usr/bin/perl
# Every request of a known route leaves one record, refusals too, within 5 s.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(time);
use Tomozuna::Patient;
use Tomozuna::Routes;
use Tomozuna::Test;

my %who = map { $_ => person($_) } qw(nurse manager crew privacy clerk officer hospitaldesk disasterofficer outsider secretary member2);
my %by_role = (OFFICE_MANAGER => 'manager', EMERGENCY => 'crew', PRIVACY_OFFICER => 'privacy', CLERK => 'clerk', OFFICER => 'officer', HOSPITAL_DESK => 'hospitaldesk', DISASTER_OFFICER => 'disasterofficer', SECRETARY => 'secretary', BOARD => 'secretary', BOARD_MEMBER => 'member2');
my $patient = new_patient(nurse => 'visiting_nurse', 'office:doctor' => 'clinic');
my $entry = $who{nurse}->post("/timeline/$patient", { body => '監査' })->json->{id};
my %id = map { $_->{login} => $_ } db_rows('SELECT u.login, u.id AS user, u.network_id AS network, f.office_id AS office FROM care_user u JOIN care_staff f ON f.user_id = u.id
    WHERE u.login IN ("nurse", "manager", "crew", "privacy", "clerk", "officer", "hospitaldesk", "disasterofficer", "outsider", "secretary", "member2")');
for my $login (keys %who) {
    $id{$login}{device} = db('SELECT device_id FROM care_session WHERE token = ?', unhex(session_name($who{$login})));
}
my $patient_id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient));
my $foreign = new_patient(outsider => 'visiting_nurse');
my $foreign_id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($foreign));
system('redis-cli -s ' . demo('REDIS_SOCKET') . ' flushall >/dev/null 2>&1') if -S demo('REDIS_SOCKET');

# Whatever was under way before has to be there first.
select undef, undef, undef, 1;
my $before;
wait_for(sub { my $now = db('SELECT COALESCE(MAX(id), 0) FROM lib_audit'); my $same = defined $before && $now == $before; $before = $now; select undef, undef, undef, 1; $same }, 10);

# ---- the walk ----

my @want;

# What the record of a request must say; a session that is not known names nobody.
sub expect {
    my ($r, $login, $status, $subject) = @_;
    my $known = $login && $r->{who} ne 'PUBLIC' ? $id{$login} : {};    # there nobody's session is asked for
    my $device = $r->{who} eq 'DEVICE';
    push @want, join ' ', $r->{program}, $r->{key}, $status, $status < 400 ? 0 : $status < 500 ? 4 : 8,
        "network=" . ($known->{network} // 0), "user=" . ($device ? 0 : $known->{user} // 0), "office=" . ($known->{office} // 0),
        "device=" . ($known->{device} // 0), "subject=" . ($subject // 0);
    return;
}

# A GET that anybody may ask for leaves none.
my @route = grep { $_->{who} ne "LOOPBACK" && "$_->{who} $_->{method}" ne "PUBLIC GET" } routes();
for my $r (@route) {
    my $team = $r->{who} eq 'TEAM';
    my %ref = (patient => $patient, entry => $entry);

    # Let in, and refused for an input that there is not.
    my $login = $by_role{ $r->{who} } // 'nurse';
    my $answer = probe($who{$login}, $r, \%ref);
    # (by a key in the path: nobody's but the key's, and of no body)
    my $key = $r->{key} eq 'POST /notice/{token}';
    expect($r, $key ? undef : $login, $answer->status, $team ? $patient_id : 0) if $key || admitted($answer);

    # A stranger on a good device.
    my $stranger = client(device => 'nurse');
    my $refused = probe($stranger, $r, \%ref);
    expect($r, $r->{who} eq 'DEVICE' ? 'nurse' : undef, $refused->status);

    # Somebody who may not: 403 or 404; no patient is named whom she may not know.
    next if !$team && $r->{who} ne 'OFFICE_MANAGER';
    my $other = probe($who{outsider}, $r, \%ref);
    expect($r, 'outsider', $other->status);
}

# Reads that are answered, as the contract lists them.
my %by = map { $_->{key} => $_ } @route;
my @list = @{ $who{nurse}->get('/patients')->json->{patients} };
my @stand_in = @{ $who{nurse}->get('/patients')->json->{stand_in_patients} };
expect($by{'GET /patients'}, 'nurse', 200) for 1, 2;
$who{nurse}->post('/patients/search', { q => 'しけん' });
expect($by{'POST /patients/search'}, 'nurse', 200);
$who{nurse}->get("/patients/$patient");
expect($by{'GET /patients/{patient}'}, 'nurse', 200, $patient_id);
$who{nurse}->page("/timeline/$patient");
expect($by{'GET /timeline/{patient}'}, 'nurse', 200, $patient_id);
$who{nurse}->get("/timeline/$patient/$entry/readers");
expect($by{'GET /timeline/{patient}/{entry}/readers'}, 'nurse', 200, $patient_id);
$who{nurse}->get('/account');
expect($by{'GET /account'}, 'nurse', 200);
$who{nurse}->page('/');
expect($by{'GET /'}, 'nurse', 303);

# Changes.
$who{nurse}->post("/timeline/$patient", { body => '二つ目' }, 'idempotency-key' => "audit-$$-key") for 1, 2;
expect($by{'POST /timeline/{patient}'}, 'nurse', 201, $patient_id) for 1, 2;
$who{nurse}->post("/timeline/$patient/$entry/acknowledge", {});
expect($by{'POST /timeline/{patient}/{entry}/acknowledge'}, 'nurse', 204, $patient_id);
$who{nurse}->post("/timeline/$patient/" . 'ab' x 16 . '/read', {});
expect($by{'POST /timeline/{patient}/{entry}/read'}, 'nurse', 404, $patient_id);
$who{nurse}->post('/account/language', { lang => 'ja' });
expect($by{'POST /account/language'}, 'nurse', 204);

# Refused before anybody was asked for: a foreign origin.
$who{nurse}->post('/account/language', { lang => 'en' }, origin => 'https://evil.example');
expect($by{'POST /account/language'}, undef, 403);

# No route, no record; what nginx refuses is in its log.
$who{nurse}->get('/nowhere');
nobody_at('professional')->get('/patients');

my $sql = "SELECT CONCAT_WS(' ', program, method, route, status, outcome, CONCAT('network=', network_id), CONCAT('user=', user_id),
    CONCAT('office=', office_id), CONCAT('device=', device_id), CONCAT('subject=', subject_id)) AS line FROM lib_audit WHERE id > $before ORDER BY id";
my $from = time;
ok(wait_for(sub { db("SELECT COUNT(*) FROM lib_audit WHERE id > $before") >= @want }, 5), 'all records are in the database within 5 s')
    or diag(db("SELECT COUNT(*) FROM lib_audit WHERE id > $before") . ' of ' . @want);
diag(sprintf 'the last came after %.1f s', time - $from);
select undef, undef, undef, 1.5;
my @got = sort(db($sql));
@want = sort @want;
my (%count);
$count{$_}++ for @got;
$count{$_}-- for @want;
is_deeply([map { "$count{$_}x $_" } grep { $count{$_} } sort keys %count], [], 'exactly one each, and it says who, where, what: ' . @want . ' records')
    or diag('more than 0: not asked for; less: lacking');

# ---- what a record holds ----

my @subjects = map { $_->{subjects} } db_rows("SELECT subjects FROM lib_audit WHERE id > $before AND route = '/patients' AND status = 200");
my @ids = sort { $a <=> $b } map { db('SELECT id FROM care_patient WHERE ref = ?', unhex($_->{id})) } @list, @stand_in;
for my $text (@subjects) {
    is_deeply([sort { $a <=> $b } @{ JSON::PP::decode_json($text // '[]') }], \@ids, 'a list view names its patients, stand-ins too');
}
is(scalar db("SELECT COUNT(*) FROM lib_audit WHERE id > $before AND (subject_id = $foreign_id OR subjects LIKE '%$foreign_id%')"), 0, 'and nobody whom it did not show');
is(scalar db("SELECT COUNT(DISTINCT request) FROM lib_audit WHERE id > $before"), scalar @got, 'each has the id of its own request');
is(scalar db("SELECT COUNT(*) FROM lib_audit WHERE id > $before AND (route LIKE '%$patient%' OR route LIKE '%?%' OR route NOT LIKE '/%')"), 0, 'the pattern, never the URL');
is(scalar db("SELECT COUNT(*) FROM lib_audit WHERE id > $before AND ABS(TIMESTAMPDIFF(SECOND, at, UTC_TIMESTAMP(3))) > 120"), 0, 'at its time, in UTC');
is(scalar db("SELECT COUNT(*) FROM lib_audit WHERE id > $before AND program NOT IN ('emergency', 'disaster', 'board', 'secretariat') AND purpose <> 'TREAT'"), 0, 'for treatment');
is(scalar db("SELECT COUNT(*) FROM lib_audit WHERE id > $before AND program IN ('board', 'secretariat') AND purpose <> 'HOPERAT'"), 0, '  the board for operations');
is(scalar db("SELECT COUNT(*) FROM lib_audit WHERE id > $before AND program = 'emergency' AND purpose NOT IN ('ETREAT', 'HOPERAT') AND route NOT REGEXP '/(openings|seen|answers|prepare|card|told|alone|codes|looked)'"), 0,
    '  a crew for emergency treatment, a privacy officer for operations');
is(scalar db("SELECT COUNT(*) FROM lib_audit WHERE id > $before AND route REGEXP '^/emergency/.*(codes|looked)\$' AND purpose <> 'PATRQT'"), 0, '  a family for what it asks itself');
is(scalar db("SELECT COUNT(*) FROM lib_audit WHERE id > $before AND program = 'disaster' AND purpose <> 'DISASTER'"), 0, '  and in a disaster for that');

# A change's record commits with the change: it is there when the answer is.
my $newest = db('SELECT MAX(id) FROM lib_audit');
$who{nurse}->post("/timeline/$patient", { body => 'すぐに' });
is(scalar db("SELECT COUNT(*) FROM lib_audit WHERE id > $newest AND route = '/timeline/{patient}' AND status = 201 AND journal IS NULL"), 1, "a change's record comes with the change");

# Killed right behind an answer, nothing is lost: the journal knows.
$newest = db('SELECT MAX(id) FROM lib_audit');
$who{nurse}->get("/timeline/$patient") for 1 .. 5;
kill_program('tomozuna-timeline');
ok(wait_for(sub { $who{nurse}->get("/timeline/$patient")->status == 200 }, 30), 'killed, the program comes back');
ok(wait_for(sub { db("SELECT COUNT(*) FROM lib_audit WHERE id > $newest AND route = '/timeline/{patient}' AND method = 'GET' AND status = 200 AND user_id = $id{nurse}{user}") >= 6 }, 10),
    '  and all six readings are on record');
is(scalar db("SELECT COUNT(*) FROM (SELECT request FROM lib_audit WHERE id > $newest GROUP BY request HAVING COUNT(*) > 1) AS x"), 0, '  each once');

done_testing;
