#!/usr/bin/perl
# A disaster in a town of many: everybody is marked at once, while screens show the list.
#
#   eval "$(deploy/demo env)"; tests/bench/marks.pl [--people 3000] [--marks 2000] [--hands 40] [--screens 8]
#
# Registers invented people in a district of their own, opens a drill there, and lets
# `hands` processes mark `marks` of them, each another, while `screens` processes ask for
# the list again and again. Prints how long a mark and a list took (p50, p99, ms), how
# many marks a second, and when the counts were right. Fails if one was lost. The demo is
# not as it was afterwards: `deploy/demo reset`.
use strict;
use warnings;
use utf8;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Getopt::Long;
use Time::HiRes 'time';
use Tomozuna::Test;

my %n = (people => 3000, marks => 2000, hands => 40, screens => 8);
GetOptions(\%n, 'people=i', 'marks=i', 'hands=i', 'screens=i') or die "marks.pl [--people N] [--marks N] [--hands N] [--screens N]\n";

$| = 1;
my $officer = person('disasterofficer');
my $district = join '', map { sprintf '%08x', rand 2**32 } 1 .. 4;
my $tag = "計測$$";

sub load {
    my ($network) = db('SELECT network_id FROM care_user WHERE login = "disasterofficer"');
    db('INSERT INTO disaster_district (ref, network_id, name) VALUES (?, ?, ?)', unhex($district), $network, $tag);
    my ($id) = db('SELECT id FROM disaster_district WHERE ref = ?', unhex($district));
    db("INSERT INTO care_patient (ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date, address, care_level, lives_alone)
        SELECT RANDOM_BYTES(16), $network, ?, seq, 'けいそく', 'た', 'けいそくた', 'female', DATE('1926-01-01') + INTERVAL (seq * 7919 % 9000) DAY,
               CONCAT(?, seq), CONCAT('care', 1 + seq % 5), seq % 3 = 0 FROM seq_1_to_$n{people}", $tag, $tag);
    db("INSERT INTO disaster_registration (patient_id, ref, network_id, family, given, kana_family, kana_given, birth_date, sex, address, district_id,
               reasons, care_level, lives_alone, latitude, longitude, registered_at, changed_at)
        SELECT id, RANDOM_BYTES(16), network_id, family, given, kana_family, kana_given, birth_date, sex, address, $id, 'care_level', care_level, lives_alone,
               33500000 + id * 977 % 50000, 137500000 + id * 613 % 50000, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM care_patient WHERE family = ?", $tag);
    return;
}

sub share { my ($p, @t) = @_; @t = sort { $a <=> $b } @t; return @t ? 1000 * $t[$p * $#t / 100] : 0 }

# Runs `code` in so many processes; each gives back lines of seconds.
sub hands {
    my ($count, $code) = @_;
    return map {
        my $k = $_;
        my $pid = open(my $out, '-|') // die "fork: $!\n";
        if (!$pid) { $| = 1; $code->($k); require POSIX; POSIX::_exit(0) }
        { pid => $pid, out => $out };
    } 0 .. $count - 1;
}

load();
my $incident = $officer->post('/disaster', { kind => 'earthquake', title => $tag, drill => 1 })->json->{id};
my $from = time;
$officer->post("/disaster/$incident/open", { basis => '計測', area => $district, secrecy => 1 })->status == 201 or die "not opened\n";
printf "opening a list of %d: %.2f s\n", $n{people}, time - $from;
my @who = db('SELECT LOWER(HEX(c.ref)) FROM disaster_person p JOIN care_patient c ON c.id = p.patient_id JOIN disaster_incident i ON i.id = p.incident_id
    WHERE i.ref = ? ORDER BY p.number LIMIT ' . $n{marks}, unhex($incident));

my $end = time + 600;
my @screen = hands($n{screens}, sub {
    my $page = person('disasterofficer');
    my $on = 1;
    $SIG{TERM} = sub { $on = 0 };
    while ($on && time < $end) { my $at = time; $page->page("/disaster/$incident")->status == 200 or print "bad\n"; printf "%.4f\n", time - $at }
});
my @hand = hands($n{hands}, sub {
    my ($k) = @_;
    my $by = person('disasterofficer');
    for my $i (grep { $_ % $n{hands} == $k } 0 .. $#who) {
        my $at = time;
        my $status = $by->post("/disaster/$incident/status", { patient => $who[$i], status => 'safe' })->status;
        print $status == 201 ? sprintf("%.4f\n", time - $at) : "bad $status\n";
    }
});
$from = time;
my (@mark, $bad);
for my $out (map { $_->{out} } @hand) { while (my $line = <$out>) { chomp $line; $line =~ /bad/ ? $bad++ : push @mark, $line } }
my $took = time - $from;
my $done = time;
my $right = wait_for(sub { $officer->get("/disaster/$incident/counts")->json->{counts}{safe} == @who }, 10);
printf "marks: %d in %.1f s, %.0f a second, p50 %.0f p99 %.0f ms, refused %d; counts right after %.2f s\n", scalar @mark, $took, @mark / $took,
    share(50, @mark), share(99, @mark), $bad // 0, time - $done;
$officer->post("/disaster/$incident/close", {});
my @list;
kill TERM => map { $_->{pid} } @screen;
for my $out (map { $_->{out} } @screen) { while (my $line = <$out>) { chomp $line; push @list, $line if $line !~ /bad/ } }
printf "lists meanwhile: %d, p50 %.0f p99 %.0f ms\n", scalar @list, share(50, @list), share(99, @list);
exit($right && @mark == @who ? 0 : 1);
