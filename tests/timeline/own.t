#!/usr/bin/perl
# The record that an office keeps of what it wrote (GET /timeline/{patient}/own): that
# office's and no other's, not even where one person works for two; and no way round
# whom an entry is for.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my %person = map { $_ => person($_) } qw(nurse doctor manager outsider);
my ($nurse, $manager, $outsider) = @person{qw(nurse manager outsider)};
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', manager => 'visiting_nurse',
    outsider => 'visiting_nurse');
my %user = map { $_ => scalar db('SELECT id FROM care_user WHERE login = ?', $_) } keys %person;
my %office = map { $_ => scalar db('SELECT MIN(office_id) FROM care_staff WHERE user_id = ?', $user{$_}) } keys %person;
my $name = db('SELECT name FROM care_office WHERE id = ?', $office{outsider});
my ($profession, $manages) = map { scalar db("SELECT $_ FROM care_staff WHERE user_id = ? AND office_id = ?", $user{manager}, $office{manager}) }
    qw(profession office_manager);

sub staff { my ($manages, $profession) = @_; db('UPDATE care_staff SET office_manager = ?, profession = ? WHERE user_id = ? AND office_id = ?', $manages, $profession, $user{manager}, $office{manager}); return }
END {
    local $?;
    if (defined $profession) {
        staff($manages, $profession);
        db('DELETE FROM care_staff WHERE user_id = ? AND office_id = ?', $user{nurse}, $office{outsider});
        db('UPDATE care_office SET name = ? WHERE id = ?', $name, $office{outsider});
    }
}
sub own { my ($who) = @_; return join ' ', reverse map { $_->{body} } @{ $person{$who}->get("/timeline/$patient/own")->json->{entries} } }
sub write_it { my (%field) = @_; is($nurse->post("/timeline/$patient", \%field)->status, 201, "written: $field{body}"); return }

isnt($office{nurse}, $office{outsider}, 'the outsider is of another office');
is($office{nurse}, $office{manager}, 'the manager of the same');

# ---- a person of two offices that are called the same ----

write_it(body => '一');
db('INSERT INTO care_staff (user_id, office_id, profession) VALUES (?, ?, "040")', $user{nurse}, $office{outsider});
is(own('outsider'), '', 'what she wrote for the one office is not the other one\'s');
db('UPDATE care_office SET name = (SELECT name FROM (SELECT name FROM care_office WHERE id = ?) AS o) WHERE id = ?', $office{nurse}, $office{outsider});
is($outsider->get("/timeline/$patient/own")->status, 200, 'the other one takes the name of the first');
is(own('outsider'), '', '  which shows it nothing');
is(own('nurse'), '一', '  and hides nothing from whom it was written for');
db('DELETE FROM care_staff WHERE user_id = ? AND office_id = ?', $user{nurse}, $office{outsider});
db('UPDATE care_office SET name = ? WHERE id = ?', $name, $office{outsider});

# ---- whom an entry is for ----

staff(0, '040');
$manager = $person{manager} = person('manager');
write_it(body => '二', audience => 'named', person => lc scalar db('SELECT HEX(ref) FROM care_user WHERE login = "doctor"'));
is(own('manager'), '一', 'a colleague does not read what was for somebody else');
is(own('nurse'), '一 二', '  its author does');
staff(0, '999');
is(own('manager'), '', 'nor one whose profession may not read such entries at all');
staff(1, '999');
$manager = $person{manager} = person('manager');
is(own('manager'), '一 二', 'the manager of the office reads all that it has to keep');

# ---- a colleague who left the team ----

staff(0, '040');
$manager = $person{manager} = person('manager');
db('UPDATE care_team t JOIN care_patient p ON p.id = t.patient_id SET t.left_at = UTC_TIMESTAMP(3) WHERE p.ref = ? AND t.user_id = ?', unhex($patient), $user{manager});
is($manager->get("/timeline/$patient")->status, 404, 'a colleague leaves the team');
is(own('manager'), '一', '  and reads what was written before');
write_it(body => '三');
is(own('manager'), '一', '  but not what is written from then on');
is(own('nurse'), '一 二 三', '  which those who stayed read');

# ---- entries whose writer did not say for which office: an earlier program ----

sub loaded {
    my ($as) = @_;
    my $ref = join '', map { sprintf '%08x', rand 2**32 } 1 .. 4;
    db('INSERT INTO timeline_entry (patient_id, ref, network_id, author_id, author_name, author_profession, author_office, written_at, kind, body)
        SELECT id, ?, network_id, ?, "x", "040", ?, UTC_TIMESTAMP(3), "note", "四" FROM care_patient WHERE ref = ?', unhex($ref), $user{nurse}, $as, unhex($patient));
    return scalar db('SELECT author_office_id FROM timeline_entry WHERE ref = ?', unhex($ref));
}
is(loaded('前の名前'), $office{nurse}, 'who worked at one office only wrote for that one');
db('INSERT INTO care_staff (user_id, office_id, profession) VALUES (?, ?, "040")', $user{nurse}, $office{outsider});
is(loaded($name), $office{outsider}, '  of two, for the one of that name');
is(loaded('前の名前'), 0, '  of no such name, it is not known: nobody\'s');
done_testing;
