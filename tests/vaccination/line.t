#!/usr/bin/perl
# The town's list reads names and bookings out of its own rows: they are as the person and the
# booking are, whoever wrote what when.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($clerk, $doctor) = map { person($_) } qw(clerk doctor);
my $p = new_patient();
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
my $clinic = db(q(SELECT LOWER(HEX(o.ref)) FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = "doctor" ORDER BY o.id LIMIT 1));
my $desk = "/vaccination/desk/$p/bookings";
my %call = (vaccine => 'influenza', clinic => $clinic, place => 'clinic', caller => '試験 花', caller_relation => '長女', caller_phone => '0000-00-0001', wanted_1 => '2199-01-10');

# As the program of the version before writes a row, which knows no name: the first of its list.
sub due { return db('REPLACE INTO vaccination_due (patient_id, vaccine, network_id, programme, dose_number, due_on, last_on)
    SELECT id, "influenza", network_id, "x", 1, "2026-01-01", UTC_DATE() + INTERVAL 1 DAY FROM care_patient WHERE id = ?', $id) }
sub line {
    my ($which) = grep { grep { $_->{patient} eq $p } @{ $clerk->get("/vaccination/desk/due?vaccine=$_")->json->{people} } } 0 .. 3;
    my ($line) = grep { $_->{patient} eq $p } @{ $clerk->get("/vaccination/desk/due?vaccine=$which")->json->{people} };
    return join '|', map { $line->{$_} // '-' } qw(name kana birth_date phone booking);
}
sub differing { return scalar db('SELECT COUNT(*) FROM vaccination_due d JOIN care_patient p ON p.id = d.patient_id
    LEFT JOIN vaccination_booking b ON b.patient_id = d.patient_id AND b.open_vaccine = d.vaccine
    WHERE d.patient_ref <> p.ref OR d.name <> CONCAT(p.family, " ", p.given) OR d.kana <> CONCAT(p.kana_family, " ", p.kana_given)
       OR d.birth_date <> p.birth_date OR NOT d.phone <=> p.phone OR NOT CONCAT(d.booking) <=> CONCAT(b.state)') }

due();
my ($name) = db('SELECT CONCAT(family, " ", given) FROM care_patient WHERE id = ?', $id);
is(line(), "$name|しけん たろう|1940-01-02|-|-", 'a row has its name, whoever writes it');
db('UPDATE care_patient SET family = "改名", given = "次郎", kana_family = "かいめい", kana_given = "じろう", birth_date = "1941-05-10", phone = "000-0000-0000" WHERE id = ?', $id);
is(line(), '改名 次郎|かいめい じろう|1941-05-10|000-0000-0000|-', 'another name at once');
db('UPDATE care_patient SET phone = NULL WHERE id = ?', $id);
is(line(), '改名 次郎|かいめい じろう|1941-05-10|-|-', '  and no telephone any more');

my $b = $clerk->post($desk, \%call)->json->{id};
like(line(), qr/\|requested\z/, 'a booking stands there');
due();
like(line(), qr/\|requested\z/, '  also when the row is written anew');
is($doctor->post("/vaccination/bookings/$b/offer", { offered_on => '2199-01-10', offered_time => '9:30' })->status, 204, 'the clinic offers a day');
like(line(), qr/\|offered\z/, '  as the list says');
is($clerk->post("$desk/$b/confirm", {})->status, 204, 'it is booked');
like(line(), qr/\|booked\z/, '  as the list says');
is($clerk->post("$desk/$b/cancel", { note => '試験' })->status, 204, 'it is cancelled');
like(line(), qr/\|-\z/, '  and nothing stands there');
$b = $clerk->post($desk, \%call)->json->{id};
db('DELETE FROM vaccination_booking_step WHERE patient_id = ?', $id);
db('DELETE FROM vaccination_booking WHERE patient_id = ?', $id);
like(line(), qr/\|-\z/, 'nor of one that is gone');
is(differing(), 0, 'no row of anybody says otherwise');

# The pass fills in itself what the trigger would.
db('DELETE FROM vaccination_due WHERE patient_id = ?', $id);
db('DELETE FROM vaccination_pass WHERE on_day = DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR)');
ok(wait_for(sub { db('SELECT COUNT(*) FROM vaccination_pass WHERE on_day = DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR) AND ended_at IS NOT NULL') }, 150), 'a pass of everybody');
cmp_ok(scalar db('SELECT COUNT(*) FROM vaccination_due WHERE patient_id = ?', $id), '>', 0, '  writes her rows');
is(differing(), 0, '  as the trigger would');

done_testing;
