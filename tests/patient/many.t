#!/usr/bin/perl
# An office with more patients than one audit record can name: the list is cut at
# its end, among those of colleagues, and the program goes on.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Test;

my $where = 'SELECT id FROM care_patient WHERE family = "多数試験"';
END { local $?; db("DELETE FROM $_->[0] WHERE $_->[1] IN ($where)") for map { [$_, 'patient_id'] } qw(care_team care_episode care_consent); db('DELETE FROM care_patient WHERE family = "多数試験"') }
db('INSERT INTO care_patient (ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date)
    SELECT RANDOM_BYTES(16), (SELECT MIN(id) FROM care_network), "多数試験", seq, "んん", "んん", "んんんん", "male", "1940-01-01" FROM seq_1_to_401');
db("INSERT INTO care_episode (ref, patient_id, opened_at) SELECT RANDOM_BYTES(16), id, UTC_TIMESTAMP(3) FROM ($where) AS p");
db("INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, given_on)
    SELECT RANDOM_BYTES(16), id, 'share_team', 'written', '本人', '本人', '2026-01-01' FROM ($where) AS p");
db("INSERT INTO care_team (ref, patient_id, episode_id, office_id, user_id, team_role, joined_at)
    SELECT RANDOM_BYTES(16), e.patient_id, e.id, f.office_id, 0, 'visiting_nurse', UTC_TIMESTAMP(3)
      FROM care_episode e JOIN care_user u ON u.login = 'nurse' JOIN care_staff f ON f.user_id = u.id WHERE e.patient_id IN ($where)");

my $nurse = person('nurse');
my $pid = pid_of('tomozuna-patient');
my $list = $nurse->get('/patients');
is($list->status, 200, 'the list');
is(@{ $list->json->{patients} } + @{ $list->json->{stand_in_patients} }, 365, '  as long as it may be');
ok($list->json->{more}, '  and says that there are more');
isnt($list->json->{patients}[0]{name} // '', '多数試験 1', '  the pressing ones first');
is($nurse->page('/patients')->status, 200, '  as a page');
is($nurse->post('/patients/search', { q => 'んん' })->status, 200, 'searching');
is(pid_of('tomozuna-patient') // 'gone', $pid, 'and the program goes on');

done_testing;
