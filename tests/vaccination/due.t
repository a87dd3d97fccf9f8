#!/usr/bin/perl
# Who is due: rows that the pass of the night makes anew and a dose changes at once, and the
# lists of an office, of the town and of a clinic that read them.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($clerk, $nurse, $outsider) = map { person($_) } qw(clerk nurse outsider);
my $p = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
my $today = db('SELECT DATE_FORMAT(UTC_TIMESTAMP() + INTERVAL 9 HOUR, "%Y-%m-%d")');

sub due_rows { return db('SELECT CONCAT(vaccine, " ", dose_number, " ", last_on) FROM vaccination_due WHERE patient_id = ? ORDER BY vaccine', $id) }
sub pass_again {
    db('DELETE FROM vaccination_pass WHERE on_day = ?', $today);
    return wait_for(sub { db('SELECT COUNT(*) FROM vaccination_pass WHERE on_day = ? AND ended_at IS NOT NULL', $today) }, 150);
}

# ---- the pass ----

is_deeply([due_rows()], [], 'nobody has looked at her yet');
ok(pass_again(), 'a pass of everybody');
my @first = due_rows();
cmp_ok(scalar @first, '>', 0, '  finds what is due for her');
my $looked = db('SELECT CONCAT_WS(" ", looked, people) FROM vaccination_pass WHERE on_day = ?', $today);
is($looked, join(' ', (scalar db('SELECT COUNT(*) FROM care_patient')) x 2), '  has looked at everybody, and says how many there are');
is(scalar db('SELECT GROUP_CONCAT(CONCAT_WS(" ", network_id, vaccine, due, overdue) ORDER BY 1) FROM vaccination_due_count'),
    scalar db('SELECT GROUP_CONCAT(n ORDER BY 1) FROM (SELECT CONCAT_WS(" ", network_id, vaccine, SUM(due_on <= ? AND last_on >= ?), SUM(last_on < ?)) AS n
        FROM vaccination_due GROUP BY network_id, vaccine HAVING SUM(due_on <= ?) > 0) AS t', ($today) x 4), '  has counted them by town and vaccine');
db('UPDATE vaccination_due SET dose_number = 9 WHERE patient_id = ? LIMIT 1', $id);
db('INSERT INTO vaccination_due (patient_id, vaccine, network_id, programme, dose_number, due_on, last_on) VALUES (?, "smallpox", 1, "x", 1, ?, ?)', $id, $today, $today);
ok(pass_again(), 'another one');
is_deeply([due_rows()], \@first, '  puts right what differs');
is(scalar db('SELECT changed FROM vaccination_pass WHERE on_day = ?', $today), 2, '  and writes nothing else');
db('UPDATE care_patient SET whereabouts = "moved" WHERE id = ?', $id);
pass_again();
is_deeply([due_rows()], [], 'nothing is due for whoever moved away');
db('UPDATE care_patient SET whereabouts = "home" WHERE id = ?', $id);
pass_again();
is_deeply([due_rows()], \@first, '  until she is back');

# ---- what fails in it is not lost ----

my $log = demo('LOG') . '/programs/vaccination.log';
my $said = () = slurp($log) =~ /a unit of work failed/g;
END { local $?; db('DROP TRIGGER IF EXISTS pass_fault') }
db('CREATE TRIGGER pass_fault BEFORE UPDATE ON vaccination_pass FOR EACH ROW SIGNAL SQLSTATE "23000" SET MYSQL_ERRNO = 1062, MESSAGE_TEXT = "a test"');
db('DELETE FROM vaccination_pass WHERE on_day = ?', $today);
ok(wait_for(sub { (() = slurp($log) =~ /a unit of work failed.*"statement":"\w+","error":"1062"/g) > 0 && (() = slurp($log) =~ /a unit of work failed/g) > $said }, 150), 'a pass that fails says in the log at which statement and how');
db('DROP TRIGGER pass_fault');
ok(wait_for(sub { db('SELECT COUNT(*) FROM vaccination_pass WHERE on_day = ? AND ended_at IS NOT NULL', $today) }, 150), '  and is done when it can be');

# ---- a dose changes it at once ----

my ($vaccine) = $first[0] =~ /\A(\w+)/;
my $made = $nurse->post("/vaccination/$p", { vaccine => $vaccine, given_on => $today });
is($made->status, 201, "a dose of $vaccine today");
my $season = $first[0] =~ s/.* //r;
ok(!(grep { /\A\Q$vaccine\E / && /\Q$season\E\z/ } due_rows()), '  and it is due no more this season');
is($nurse->post("/vaccination/$p/doses/" . $made->json->{id} . '/mistake', { reason => '別の人' })->status, 204, '  which was a mistake');
is_deeply([due_rows()], \@first, '  so it is due again');

# ---- the lists ----

db('UPDATE vaccination_due SET due_on = ?, last_on = ? WHERE patient_id = ?', '2026-01-01', '2199-01-01', $id);
db('UPDATE vaccination_due SET last_on = ? - INTERVAL 3 DAY WHERE patient_id = ? ORDER BY vaccine DESC LIMIT 1', $today, $id);
my ($last) = reverse map { /\A(\w+)/ } @first;
my @seen = grep { $_->{patient} eq $p } @{ $nurse->get('/vaccination/due')->json->{people} };
is(scalar @seen, scalar @first, 'the office sees what is due for its patients');
is_deeply([map { $_->{vaccine} } grep { $_->{overdue} } @seen], [$last], '  and what is over');
is_deeply([grep { $_->{patient} eq $p } @{ $outsider->get('/vaccination/due')->json->{people} }], [], '  others nothing of her');
is($nurse->get('/vaccination/desk/due')->status, 403, 'the town\'s list is the desk\'s');
my ($number) = grep { ($clerk->get("/vaccination/desk/due?vaccine=$_")->json->{vaccine} // -1) == $_
    && grep { $_->{patient} eq $p && $_->{vaccine} eq $last } @{ $clerk->get("/vaccination/desk/due?vaccine=$_&overdue=1")->json->{people} } } 0 .. 3;
ok(defined $number, '  she is among those overdue in the town');
my $clinic = db('SELECT LOWER(HEX(o.ref)) FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = "doctor" ORDER BY o.id LIMIT 1');
ok((grep { $_->{patient} eq $p } @{ $clerk->get("/vaccination/desk/due?clinic=$clinic")->json->{people} }), '  and of her clinic');
is($clerk->get('/vaccination/desk/due?clinic=' . 'ab' x 16)->status, 400, '  a clinic that there is not');
is($clerk->get('/vaccination/desk/due?vaccine=11')->status, 400, '  nor a vaccine');

# ---- page by page ----

db('UPDATE vaccination_due SET last_on = "2199-01-01" WHERE patient_id = ?', $id);
my @many = map { new_patient() } 1 .. 52;
my $code = $first[0] =~ s/ .*//r;
db('INSERT INTO vaccination_due (patient_id, vaccine, network_id, programme, dose_number, due_on, last_on)
    SELECT id, ?, network_id, "x", 1, "2026-01-01", "2199-02-01" + INTERVAL id MOD 3 DAY FROM care_patient WHERE ref = ?', $code, unhex($_)) for @many;
my ($which) = grep { my $n = $_; grep { $_->{vaccine} eq $code } @{ $clerk->get("/vaccination/desk/due?vaccine=$n")->json->{people} } } 0 .. 3;
my (%all, $pages, $older);
do {
    my $page = $clerk->get("/vaccination/desk/due?vaccine=$which" . (defined $older ? "&older=$older" : ''))->json;
    $all{ $_->{patient} }++ for @{ $page->{people} };
    $older = $page->{older};
} while (++$pages < 20 && defined $older);
is_deeply([grep { ($all{$_} // 0) != 1 } @many], [], 'page by page each stands there once');
cmp_ok($pages, '>', 1, "  on $pages pages");
db('DELETE d FROM vaccination_due d JOIN care_patient p ON p.id = d.patient_id WHERE p.ref = ?', unhex($_)) for @many;
pass_again();

done_testing;
