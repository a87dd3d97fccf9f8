#!/usr/bin/perl
# The family's door: with a code that works once the patient or a relative sees who opened
# her and why, without a name, and without signing in.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($crew, $nurse, $outsider, $privacy) = map { person($_) } qw(crew nurse outsider privacy);
my $patient = new_patient(nurse => 'visiting_nurse');
my $codes = "/emergency/$patient/codes";
my %who = (name => '試験一子', relation => '長女', known_by => '生年月日と住所');
my $relative = nobody_at('open');
# The door lets an address try sixty times a minute: what tests tried before is forgotten.
system('redis-cli', '-s', demo('REDIS_SOCKET'), 'flushall') == 0 or diag('the cache was not emptied') if -S demo('REDIS_SOCKET');
sub ask { my ($code) = @_; return $relative->post('/emergency/looked', { code => $code }) }
sub code { return $nurse->post($codes, \%who)->json->{code} }

is($outsider->post($codes, \%who)->status, 404, 'a stranger gives out no code');
is($crew->post($codes, \%who)->status =~ /\A40[34]\z/, 1, '  nor does a crew');
is($nurse->post($codes, { %who, known_by => '' })->json->{error}{field}, 'known_by', 'her team does, and says how it made sure who asks');
my $code = code();
like($code, qr/\A\d{4} \d{4} \d{4}\z/, 'twelve digits');
is(scalar db('SELECT COUNT(*) FROM emergency_look_code WHERE code_hash = UNHEX(SHA2(?, 256))', $code =~ s/ //gr), 1, '  of which a hash is kept');
is($relative->page('/emergency/looked')->status, 200, 'a relative needs no certificate');
is($relative->get("/emergency/$patient")->status =~ /\A40[0-9]\z/, 1, '  and gets at nothing else there');
is(ask($_)->status, 400, "$_ opens nothing") for qw(000000000000 12);
my $answer = ask($code);
is($answer->status . ' ' . scalar @{ $answer->json->{looks} }, '200 0', 'nobody has opened her yet');
is(ask($code)->status, 400, 'it works once');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/emergency/looked" AND subject_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($patient)) }, 30), '  and stands in the trail');

is($crew->post('/emergency/open', { patient => $patient, reason => 'unconscious', dispatch_number => 'D-1' })->status, 201, 'a crew opens her');
$crew->post("/emergency/$patient/reports", { kind => 'departed', hospital => '市民病院' });
$answer = ask(code());
my ($look) = @{ $answer->json->{looks} };
is("$look->{basis} $look->{reason}", 'break_glass unconscious', 'her family sees why');
is($look->{office_name}, db('SELECT o.name FROM care_office o JOIN care_staff s ON s.office_id = o.id JOIN care_user u ON u.id = s.user_id WHERE u.login = "crew"'), '  and which office');
ok($look->{open} && $look->{opened_at}, '  since when, and that it is open now');
my ($family) = db('SELECT family FROM care_patient WHERE ref = ?', unhex($patient));
my ($hers) = db('SELECT family FROM care_user WHERE login = "crew"');
unlike($answer->text, qr/\Q$family\E|\Q$hers\E|市民病院|$patient/, '  without her name, the crew\'s, or what was done');
my $page = $relative->post_form('/emergency/looked', { code => code() });
like($page->text, qr/意識がない.*個人情報の管理者がすべて点検します/s, 'the page says so, and whom to tell');
$crew->post("/emergency/$patient/stop", {});
ok(!ask(code())->json->{looks}[0]{open}, 'after its end it is over');
$code = code();
db('UPDATE emergency_look_code SET until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE used_at IS NULL AND patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($patient));
is(ask($code)->status, 400, 'after a week a code opens nothing');
like($nurse->page("/emergency/$patient/openings")->text, qr/本人・ご家族にも見てもらう/, 'the team finds it where it reads of openings');
my @try = map { ask('000000000000')->status } 1 .. 61;
is($try[-1], 429, 'nobody tries for long');

done_testing;
