#!/usr/bin/perl
# A network for one disease: of a patient's team only who is of it reads what was written
# for it, while the patient agrees to that network; nobody of it who is not of the team.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Team;
use Tomozuna::Test;
use Tomozuna::Patient qw(marks);

my %who = map { $_ => person($_) } qw(doctor nurse pharmacist helper outsider);
my ($doctor, $nurse) = @who{qw(doctor nurse)};
my $p = managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse', pharmacist => 'pharmacist', helper => 'home_helper');
my $code = db('SELECT n.code FROM care_network n JOIN care_user u ON u.network_id = n.id WHERE u.login = "nurse"');
my $name = "心不全$$";
my $config = "$ENV{TOMOZUNA_CONF}/admin.conf";
$ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
END {
    local $?;
    if ($name) {
        db('UPDATE care_consent c JOIN care_disease_network n ON n.id = c.disease_network_id SET c.disease_network_id = NULL WHERE n.name LIKE ?', "$name%");
        db('DELETE m FROM care_disease_member m JOIN care_disease_network n ON n.id = m.disease_network_id WHERE n.name LIKE ?', "$name%");
        db('DELETE FROM care_disease_network WHERE name LIKE ?', "$name%");
    }
}

sub command { my ($status, $out, $err) = program('tomozuna', '--config', $config, 'disease', @_); diag("$out$err") if $status; return $status }
sub office { return scalar db('SELECT o.office_number FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = ?', $_[0]) }
sub is_of { my ($login, $network) = @_; return command('join', $code, $network // $name, $login, office($login)) }
sub ref_of { return scalar db('SELECT LOWER(HEX(ref)) FROM care_disease_network WHERE name = ?', $_[0]) }
sub agree { return $doctor->post("/team/$p/consents", { purpose => 'disease_network', form => 'written', signed_by => 'self', explainer => '試験',
    given_on => scalar(db('SELECT DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR)')), @_ }) }
sub says { my ($login, %field) = @_; return $who{$login}->post("/timeline/$p", { body => '心エコー EF 38%', audience => 'disease_network', disease_network => ref_of($name), %field }) }
sub readers { my ($entry) = @_; return join ' ', grep { $who{$_}->get("/timeline/$p/$entry")->status == 200 } sort keys %who }
sub refused { my ($answer) = @_; return $answer->status == 400 ? join ' ', @{ $answer->json->{error} }{qw(field code)} : $answer->status }

# ---- nobody before there is one, and before the patient agrees ----

is(command('add', $code, $name), 0, 'the operator makes a network for a disease');
is_of($_) for qw(doctor nurse outsider);
is(refused(says('nurse')), 'disease_network not_a_choice', 'nobody writes for it before the patient agrees');
is(refused(agree()), 'disease_network missing', 'she agrees to one by name');
is(refused(agree(disease_network => 'ab' x 16)), 'disease_network not_a_choice', '  which there is');
my $consent = agree(disease_network => ref_of($name));
is($consent->status, 201, 'she agrees');
my ($listed) = grep { $_->{purpose} eq 'disease_network' } @{ $doctor->get("/team/$p/consents")->json->{consents} };
is($listed->{disease_network}, $name, '  to that one, as the list of consents says');
like($doctor->page("/team/$p/consents")->text, qr/疾患別ネットワークでの共有.*\Q$name\E/s, '  in words');

# ---- of the team and of the network: both ----

my $entry = says('nurse')->json->{id};
is(readers($entry), 'doctor nurse', 'who is of both reads it');
is_deeply([marks($p)], ['doctor unread'], '  and it waits for them alone');
is($who{outsider}->get("/timeline/$p/$entry")->status, 404, 'of the network, but not of the team: she does not know the patient');
is(scalar @{ $who{helper}->get("/timeline/$p")->json->{entries} }, 0, 'of the team, but not of the network: it is not in the list');
is(scalar @{ $who{helper}->post("/timeline/$p/search", { q => '心エコー' })->json->{entries} }, 0, '  nor in the search');
is_deeply([map { scalar @{ $who{$_}->get("/timeline/$p/write")->json->{disease_networks} } } qw(doctor helper)], [1, 0], 'it is offered to who is of it');
is(refused(says('helper')), 'disease_network not_a_choice', '  and to nobody else');
like($doctor->page("/timeline/$p")->text, qr/見えるのは.*\Q$name\E/s, 'the entry says whom it is for');
my $reply = $doctor->post("/timeline/$p", { body => '利尿薬を増やします', reply_to => $entry })->json->{id};
is(readers($reply), 'doctor nurse', 'a reply stays among them');
is(refused(says('doctor', disease_network => undef)), 'disease_network missing', 'an audience of no network is none');

# ---- another network of the same patient ----

is(command('add', $code, "${name}の2"), 0, 'a second network');
is_of('pharmacist', "${name}の2");
is(agree(disease_network => ref_of("${name}の2"))->status, 201, '  to which she agrees, too');
is(readers($entry), 'doctor nurse', '  whose people read nothing of the first');
my $second = says('pharmacist', disease_network => ref_of("${name}の2"))->json->{id};
is(readers($second), 'pharmacist', '  nor the others of the second');

# ---- who joins, who leaves ----

is_of('helper');
is(readers($entry), 'doctor helper nurse', 'who joins reads what was there');
is(command('leave', $code, $name, 'helper', office('helper')), 0, 'who leaves');
is(readers($entry), 'doctor nurse', '  reads it no more');
db('DELETE m FROM care_mark m JOIN care_patient p ON p.id = m.patient_id WHERE p.ref = ?', unhex($p));
my $later = says('nurse')->json->{id};
is_deeply([marks($p)], ['doctor unread'], 'a new one waits for the doctor');

# ---- withdrawn ----

my $preview = $doctor->get("/team/$p/consents/" . $consent->json->{id})->json;
is_deeply([sort map { $_->{name} } @{ $preview->{losers} }], [sort map { scalar db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = ?', $_) } qw(doctor nurse)], 'the preview names who will read it no more')
    or diag(explain($preview->{losers}));
is($doctor->post("/team/$p/consents/" . $consent->json->{id} . '/withdraw', { withdrawn_by => '本人', withdrawn_relation => '本人', people => scalar @{ $preview->{losers} } })->status, 204, 'she withdraws it');
is(readers($later), 'nurse', 'at the next request only its author reads it');
is_deeply([marks($p)], [], '  and it waits for nobody');
is(refused(says('nurse')), 'disease_network not_a_choice', '  nor is more written for it');
is(readers($second), 'pharmacist', 'the other network goes on');
is($nurse->get("/patients/$p")->status, 200, '  and so does the team');
is(agree(disease_network => ref_of($name))->status, 201, 'she agrees again');
is(readers($later), 'doctor nurse', '  and it is read again');

# ---- it runs out: by its own last day, or by the proxy's who signed ----

sub last_day { my ($id, $n) = @_; return db('UPDATE care_consent SET valid_until = DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR) + INTERVAL ? DAY WHERE ref = ?', $n, unhex($id)) }
sub of_kind { return grep { $_->{purpose} eq 'disease_network' && ($_->{disease_network} // '') eq $name } @{ $doctor->get("/team/$p/consents")->json->{consents} } }
my ($again) = grep { $_->{in_force} } of_kind();
last_day($again->{id}, 0);
is(readers($later), 'doctor nurse', 'on its last day it is read');
is(agree(purpose => 'share_wide_area')->status, 201, '  also after another consent');
last_day($again->{id}, -1);
ok(wait_for(sub { readers($later) eq 'nurse' }, 60), 'the day over, only its author reads it');
is_deeply([marks($p)], [], '  and it waits for nobody');
is(refused(says('nurse')), 'disease_network not_a_choice', '  nor is more written for it');
is(readers($second), 'pharmacist', '  the other network goes on');
my %guardian = (kind => 'guardian', name => '試験 後見', relation => '成年後見人', scope => '試験', valid_from => '2026-01-01', ends_on => '2099-03-31');
my $guardian = $doctor->post("/team/$p/proxies", \%guardian)->json->{id};
is(agree(disease_network => ref_of($name), signed_by => 'proxy', proxy => $guardian, sign_reason => '試験')->status, 201, 'her guardian agrees');
is((grep { $_->{in_force} } of_kind())[0]{valid_until}, '2099-03-31', "  until the guardian's last day");
is(readers($later), 'doctor nurse', '  and it is read again');
is(command('close', $code, $name), 0, 'the network is closed');
is(readers($later), 'nurse', '  and reads nothing any more');
done_testing;
