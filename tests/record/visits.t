#!/usr/bin/perl
# Visits of a team, joint ones, one's own, and the calendar at the open door.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($nurse, $doctor, $outsider) = map { person($_) } qw(nurse doctor outsider);
my $p = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $path = "/record/$p/visits";
my %who = map { $_ => scalar db('SELECT LOWER(HEX(ref)) FROM care_user WHERE login = ?', $_) } qw(nurse doctor outsider);
my $day = db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR + INTERVAL 3 DAY)');
my %visit = (day => $day, begins => '09:30', ends => '10:30', kind => 'nursing', visitor1 => $who{nurse}, note => '鍵は青いポスト');

# ---- planning ----

my %bad = (
    'no hour' => [begins => '24:00'], 'no minute' => [ends => '10:60'], 'not upside down' => [ends => '09:00'], 'not all day long' => [begins => '00:00', ends => '23:00', _ => 'ends'],
    'not last year' => [day => '2025-01-01'], 'nobody from outside' => [visitor2 => $who{outsider}], 'no such person' => [visitor1 => 'ab' x 16],
);
for my $what (sort keys %bad) {
    my %in = @{ $bad{$what} };
    my $field = delete $in{_} // $bad{$what}[0];
    my $answer = $nurse->post($path, { %visit, %in });
    is($answer->status . ' ' . ($answer->json->{error}{field} // ''), "400 $field", $what);
}
is(scalar @{ $nurse->get($path)->json->{visits} }, 0, 'and nothing is planned');
my $made = $nurse->post($path, { %visit, visitor2 => $who{doctor}, visitor3 => $who{doctor}, weeks => 3 });
is($made->status, 201, 'a joint visit, three weeks in a row');
my $visits = $doctor->get($path)->json->{visits};
is(scalar @$visits, 3, 'three');
is(join(' ', map { scalar @{ $_->{visitors} } } @$visits), '2 2 2', '  with two each, nobody twice');
is($visits->[0]{starts_at}, $day . 'T00:30:00.000Z', '  at the Japanese time');
ok($visits->[0]{mine}, '  the doctor is one of them');
is(scalar(grep { $_->{patient_id} eq $p } @{ $doctor->get('/visits')->json->{visits} }), 3, 'on his own list, too');
is(scalar(grep { $_->{patient_id} eq $p } @{ $outsider->get('/visits')->json->{visits} }), 0, '  not on another\'s');
is($outsider->post("$path/$visits->[0]{id}/cancel", {})->status, 404, 'who is not of the team cancels nothing');
is($doctor->post("$path/$visits->[0]{id}/cancel", {})->status, 204, 'the first is cancelled');
is($doctor->post("$path/$visits->[0]{id}/cancel", {})->status, 404, '  once');
ok($nurse->get($path)->json->{visits}[0]{cancelled}, '  and stays, struck out');
is(scalar @{ $nurse->get("/record/$p")->json->{visits} }, 2, 'the record tells the next ones');

# ---- the calendar ----

my $feed = $nurse->post('/visits/calendars', { name => '携帯' });
my $address = $feed->json->{address};
like($address, qr{\A\Q@{[demo('OPEN_URL')]}\E/calendar/[0-9a-f]{32}\z}, 'an address at the open door');
my ($token) = $address =~ m{([0-9a-f]{32})\z};
is(scalar db('SELECT COUNT(*) FROM record_calendar WHERE HEX(token) LIKE ? OR HEX(ref) = ?', "$token%", $token), 0, '  whose token is nowhere in the database');
my $open = client(door => 'open', headers => { accept => '*/*' });
my $ics = $open->get("/calendar/$token", accept => '*/*');
is($ics->status . ' ' . $ics->type, '200 text/calendar', 'a program fetches it without signing in');
my $text = $ics->text;
is(scalar(() = $text =~ /^BEGIN:VEVENT\r$/mg), 3 + scalar(grep { $_->{patient_id} ne $p } @{ $nurse->get('/visits')->json->{visits} }), 'every visit, the cancelled one too');
like($text, qr/\ABEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/, '  as iCalendar');
like($text, qr/UID:$visits->[1]{id}\@tomozuna\r\n/, '  with an id for life');
like($text, qr/SUMMARY:訪問看護（ほか1人と）\r\n/, '  the kind and how many');
like($text, qr/STATUS:CANCELLED/, '  and what was cancelled');
like($text, qr/SEQUENCE:1\r\n/, '  as a change');
(my $utc = $visits->[1]{starts_at}) =~ s/[-:]|\.000//g;
like($text, qr/DTSTART:$utc\r\n/, '  at that instant');
is_deeply([grep { length > 75 } map { Encode::encode('UTF-8', $_) } split /\r\n/, $text], [], '  folded');
my $secret = join '|', map { quotemeta } '試験', '青いポスト', $p, scalar db('SELECT family FROM care_user WHERE login = "doctor"'), scalar db('SELECT name FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = "nurse"');
unlike($text, qr/$secret/, 'no patient, no note, no colleague, no office');
unlike(join('', map { slurp($_) } glob demo('LOG') . '/nginx-*.log'), qr/$token/, 'the address is in no log of nginx');
unlike(join('', map { slurp($_) } glob demo('LOG') . '/programs/*'), qr/$token/, '  nor of a program');
is($open->get('/calendar/' . 'ab' x 16, accept => '*/*')->status, 404, 'no other token');
is($open->get("/visits", accept => '*/*')->status, 404, 'nothing else of the record is at the open door');
is($open->get("/record/$p", accept => '*/*')->status, 404, '  at all');

my $id = $feed->json->{id};
is($doctor->post("/visits/calendars/$id/revoke", {})->status, 404, 'nobody else takes it back');
db('UPDATE care_team SET left_at = UTC_TIMESTAMP(3) WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?) AND user_id = (SELECT id FROM care_user WHERE login = "nurse")', unhex($p));
unlike($open->get("/calendar/$token", accept => '*/*')->text, qr/$visits->[1]{id}/, 'who left the team sees its visits no more');
my %bar = (
    'a suspended user' => ['UPDATE care_user SET suspended_at = IF(?, UTC_TIMESTAMP(3), NULL) WHERE login = "nurse"'],
    'who has left her office' => ['UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.left_at = IF(?, UTC_TIMESTAMP(3), NULL) WHERE u.login = "nurse"'],
    'an office that is closed' => ['UPDATE care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id SET o.closed_at = IF(?, UTC_TIMESTAMP(3), NULL) WHERE u.login = "nurse"'],
);
for my $who (sort keys %bar) {
    my ($sql) = @{ $bar{$who} };
    is($open->get("/calendar/$token", accept => '*/*')->status, 200, "the token opens the calendar");
    db($sql, 1);
    my $barred = $open->get("/calendar/$token", accept => '*/*');
    db($sql, 0);
    is($barred->status, 404, "  of $who it opens none, at the next request");
    unlike($barred->body, qr/VEVENT/, '  and tells no visit');
}
$nurse = person('nurse');       # the session ended with her suspension
is($nurse->post("/visits/calendars/$id/revoke", {})->status, 204, 'she takes it back');
is($open->get("/calendar/$token", accept => '*/*')->status, 404, '  and it is gone at once');

END { local $?; db('DELETE FROM record_calendar WHERE name = "携帯"') if $token }

done_testing;
