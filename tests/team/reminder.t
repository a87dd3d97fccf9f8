#!/usr/bin/perl
# Nobody was told before a consent ran out, and then the page was shut: the office that manages the
# patient hears of it 60 and 14 days before, once each, and reads whose it is where it signs in.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

my ($doctor, $nurse) = map { person($_) } qw(doctor nurse);
sub patient { return managed_patient('doctor', doctor => 'attending_physician', nurse => 'visiting_nurse') }
sub ends_in { my ($p, $n, $purpose) = @_; return db('UPDATE care_consent SET valid_until = ? WHERE patient_id = ? AND purpose = ?', day($n), patient_key($p), $purpose // 'share_team') }
sub consent { return unhex(consent_of($_[0], 'share_team')) }
sub told { return scalar db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.request = ? AND n.kind = "consent_expiry" AND u.login = ?', consent($_[0]), $_[1] // 'doctor') }
sub stages { return join ' ', map { $_->{days} } db_rows('SELECT days FROM team_reminder WHERE ref = ? ORDER BY days DESC', consent($_[0])) }
sub shown { my ($p) = @_; return map { $_->{days_left} } grep { $_->{patient} eq $p } @{ $_[1]->get('/team')->json->{ending} } }

my ($far, $near, $soon, $other, $gone) = map { patient() } 1 .. 5;
db('INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, given_on) SELECT RANDOM_BYTES(16), id, "share_team", "written", "x", "x", "2026-01-01" FROM care_patient WHERE ref = ?', unhex($other));
db('UPDATE care_consent SET valid_until = ? WHERE ref = ?', day(20), consent($other));
db('UPDATE care_patient SET whereabouts = "deceased" WHERE ref = ?', unhex($gone));
my $mails = mails();
ends_in($far, 61);
ends_in($gone, 20);
ends_in($soon, 13);
ends_in($near, 60);

ok(wait_for(sub { told($near) }, 150), '60 days before the managing office is told');
is(told($near, 'nurse'), 0, '  nobody of another office');
ok(wait_for(sub { told($soon) }, 60), 'what ends in 13 days is told at once');
is(stages($near) . '/' . stages($soon), '60/14', '  and once');
is(told($far), 0, 'not 61 days before');
is(told($gone), 0, 'nor of somebody who has died');
is(scalar db('SELECT COUNT(*) FROM team_reminder WHERE ref IN (SELECT ref FROM care_consent WHERE patient_id = ?)', patient_key($other)), 0, 'nor while another consent stands');
SKIP: {
    my $night = scalar db('SELECT HOUR(UTC_TIMESTAMP() + INTERVAL 9 HOUR) NOT BETWEEN 8 AND 20');
    skip 'at night it waits', 2 if $night;
    ok(wait_for(sub { grep { $_->{text} =~ /期限が近い同意/ } (mails())[$mails .. -1 + mails()] }, 60), 'by a mail');
    my ($mail) = grep { $_->{text} =~ /期限が近い同意/ } reverse mails();
    ok($mail && $mail->{text} !~ /試験|太郎/, '  that names nobody');
}
is_deeply([shown($near, $doctor)], [60], 'the office reads whose, and how many days are left');
is_deeply([shown($far, $doctor), shown($other, $doctor), shown($gone, $doctor)], [], '  of these alone');
is_deeply([shown($near, $nurse)], [], '  and of its own alone');
like($doctor->page('/team')->text, qr/期限が近い同意.*あと60日/s, '  on its page');
like($doctor->page("/team/$near/consents")->text, qr/あと60日/, '  and beside the consent');
ends_in($near, 14);
ok(wait_for(sub { stages($near) eq '60 14' }, 150), '14 days before, again');
is(told($near), 2, '  a second notice');
ok(stays_false(sub { told($near) > 2 || told($soon) > 1 }, 8), '  and no third');
is($doctor->post("/team/$near/consents", { purpose => 'share_team', form => 'written', signed_by => 'self', explainer => '試験', given_on => day(0) })->status, 201, 'agreed again');
is_deeply([shown($near, $doctor)], [], '  nothing runs out');

done_testing;
