#!/usr/bin/perl
# A relative asks about one person with a one-time code: who gives it, what it shows, once.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Incident;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($officer, $nurse, $outsider) = map { person($_) } qw(disasterofficer nurse outsider);
my $district = new_district("試験符$$");
my $her = register_patient(new_patient(nurse => 'visiting_nurse'), $district);
my $incident = new_incident($officer);
open_incident($officer, $incident, $district);
my $codes = "/disaster/$incident/people/$her/codes";
my %who = (name => '試験一郎', relation => '長男', known_by => '生年月日と住所');
my $relative = nobody_at('open');
# The door lets an address try sixty times a minute: what tests tried before is forgotten.
system('redis-cli', '-s', demo('REDIS_SOCKET'), 'flushall') == 0 or diag('the cache was not emptied') if -S demo('REDIS_SOCKET');
sub ask { my ($code) = @_; return $relative->post('/disaster/relative', { code => $code }) }
sub code { my $r = $nurse->post($codes, \%who); return $r->json->{code} }

is($outsider->post($codes, \%who)->status, 404, 'who does not see her gives out no code');
is($nurse->post($codes, { %who, known_by => '' })->json->{error}{field}, 'known_by', 'whoever does says how she made sure who asks');
my $code = code();
like($code, qr/\A\d{4} \d{4} \d{4}\z/, 'twelve digits');
is(scalar db('SELECT COUNT(*) FROM disaster_relative_code WHERE code_hash = UNHEX(SHA2(?, 256))', $code =~ s/ //gr), 1, '  of which a hash is kept');
is($relative->page('/disaster/relative')->status, 200, 'a relative needs no certificate');
is(ask('000000000000')->status, 400, 'a code that is none opens nothing');
is(ask('12')->status, 400, '  nor half a code');
my $answer = ask($code);
is($answer->status, 200, 'the code opens');
is($answer->json->{opened}{status}, 'unknown', '  how she is');
my ($family) = db('SELECT family FROM care_patient WHERE ref = ?', unhex($her));
unlike($answer->text, qr/\Q$family\E|試験町1|$her/, '  without name, address or ref');
is(ask($code)->status, 400, '  once');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/disaster/relative" AND subject_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($her)) }, 20), '  and it stands in the trail');
$code = code();
is($nurse->post("/disaster/$incident/status", { patient => $her, status => 'safe' })->status, 201, 'somebody has seen her');
my $page = $relative->post_form('/disaster/relative', { code => $code });
like($page->text, qr/無事/, 'and the page says so');
$code = code();
$nurse->post("/disaster/$incident/status", { patient => $her, status => 'deceased' });
$page = $relative->post_form('/disaster/relative', { code => $code });
like($page->text, qr/町から直接お話しします/, 'what is to be said by a person is not said by a page');
$code = code();
db('UPDATE disaster_relative_code SET until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE used_at IS NULL AND patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($her));
is(ask($code)->status, 400, 'after its time it opens nothing');
$code = code();
$officer->post("/disaster/$incident/close", {});
is(ask($code)->status, 400, 'nor once the incident is over');
my @try = map { $relative->post('/disaster/relative', { code => '000000000000' })->status } 1 .. 61;
is($try[-1], 429, 'nobody tries for long');
done_testing;
