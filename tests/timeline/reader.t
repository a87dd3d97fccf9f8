#!/usr/bin/perl
# timeline_reader is what it is derived from, whatever happens to staff, offices and
# rights: changes by chance, each followed by a look.
use strict;
use warnings;
use Test::More;
use Tomozuna::Test;

my $network = db('SELECT id FROM care_network ORDER BY id LIMIT 1');
my @profession = db('SELECT profession FROM timeline_right ORDER BY profession');
my @kind = qw(note observation medication daily_life plan report diagnosis);
my @staff = db('SELECT CONCAT(f.user_id, " ", f.office_id) FROM care_staff f JOIN care_office o ON o.id = f.office_id WHERE o.network_id = ? ORDER BY f.user_id LIMIT 20', $network);
my %was = map { $_ => (db_rows('SELECT profession, further_professions, left_at, on_duty FROM care_staff WHERE user_id = ? AND office_id = ?', split))[0] } @staff;
my @apart = map { my ($user, $office) = split; [$user, scalar db('SELECT id FROM care_office WHERE network_id = ? AND id NOT IN (SELECT office_id FROM care_staff WHERE user_id = ?) LIMIT 1', $network, $user)] } @staff[0 .. 4];

sub differences {
    return scalar db('SELECT (SELECT COUNT(*) FROM timeline_reader_due d WHERE NOT EXISTS (SELECT 1 FROM timeline_reader r
          WHERE r.user_id = d.user_id AND r.office_id = d.office_id AND r.profession = d.profession AND r.further <=> d.further AND r.sees = d.sees))
        + (SELECT COUNT(*) FROM timeline_reader r WHERE NOT EXISTS (SELECT 1 FROM timeline_reader_due d WHERE d.user_id = r.user_id AND d.office_id = r.office_id)) AS n');
}
sub one_of { return $_[rand @_] }
sub further { my %seen; return join(',', grep { !$seen{$_}++ } map { one_of(@profession, '312', '340') } 1 .. rand 4) || undef }
sub some { return join ',', grep { rand() < 0.5 } @kind }

my %change = (
    profession => sub { db('UPDATE care_staff SET profession = ? WHERE user_id = ? AND office_id = ?', one_of(@profession), split ' ', one_of(@staff)) },
    further => sub { db('UPDATE care_staff SET further_professions = ? WHERE user_id = ? AND office_id = ?', further(), split ' ', one_of(@staff)) },
    leave => sub { db('UPDATE care_staff SET left_at = UTC_TIMESTAMP(3) WHERE user_id = ? AND office_id = ?', split ' ', one_of(@staff)) },
    return => sub { db('UPDATE care_staff SET left_at = NULL WHERE user_id = ? AND office_id = ?', split ' ', one_of(@staff)) },
    duty => sub { db('UPDATE care_staff SET on_duty = 1 - on_duty WHERE user_id = ? AND office_id = ?', split ' ', one_of(@staff)) },
    join => sub { db('INSERT IGNORE INTO care_staff (user_id, office_id, profession) VALUES (?, ?, ?)', @{ one_of(@apart) }, one_of(@profession)) },
    part => sub { db('DELETE FROM care_staff WHERE user_id = ? AND office_id = ?', @{ one_of(@apart) }) },
    right => sub { db('REPLACE INTO care_network_right (network_id, profession, sees) VALUES (?, ?, ?)', $network, one_of(@profession), rand() < 0.2 ? undef : some()) },
    clear => sub { db('DELETE FROM care_network_right WHERE network_id = ? AND profession = ?', $network, one_of(@profession)) },
);

is(differences(), 0, 'at the beginning');
cmp_ok(scalar db('SELECT COUNT(*) FROM timeline_reader'), '>=', 20, '  and there are some');
srand(my $seed = $ENV{SEED} // time);
my %failed;
for (1 .. 150) {
    my $what = one_of(sort keys %change);
    $change{$what}->();
    $failed{$what}++ if differences();
}
is_deeply(\%failed, {}, 'after each change') or diag("SEED=$seed");

db('DELETE FROM care_network_right WHERE network_id = ?', $network);
db('DELETE FROM care_staff WHERE user_id = ? AND office_id = ?', @$_) for @apart;
db('UPDATE care_staff SET profession = ?, further_professions = ?, left_at = ?, on_duty = ? WHERE user_id = ? AND office_id = ?', @{ $was{$_} }{qw(profession further_professions left_at on_duty)}, split) for @staff;
is(differences(), 0, 'and when all is as before');
is(scalar db('SELECT COUNT(*) FROM timeline_mark_aside a JOIN timeline_seen e ON e.viewer_id = a.user_id AND e.patient_id = a.patient_id AND e.ref = a.ref'),
    0, '  with no mark left aside of what is read');
done_testing;
