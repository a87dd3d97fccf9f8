#!/usr/bin/perl
# The crews' search among many people: how long an answer takes, 99 of 100.
#
#   eval "$(deploy/demo env)"; tests/bench/search.pl [--people 1500000] [--asks 2000]
#
# Adds invented people to the demo's network, once (their keys are made by the database,
# in the form in which modules/emergency folds them: the names here have no sound that
# folding changes), asks one after another as a crew, by every kind of key, and prints
# a line a kind: asks, p50 and p99 in ms, and how many were found. The demo is not as it
# was afterwards: `deploy/demo reset`.
use strict;
use warnings;
use utf8;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Getopt::Long;
use Time::HiRes 'time';
use Tomozuna::Test;

my ($people, $asks) = (1_500_000, 2_000);
GetOptions('people=i' => \$people, 'asks=i' => \$asks) or die "search.pl [--people N] [--asks N]\n";

# 200 family names of which the first are many, 150 given names, 600 areas.
my @kana = map { my $a = $_; map { "$a$_" } qw(ら り る れ ろ ま み む め も) } qw(かわ なか ます もり うえ かせ くろ しま たけ つか にし ねも はま ひら ふる まつ むら やま よし わた);
my @given = map { my $a = $_; map { "$a$_" } qw(こ み え な の) } qw(あき いく うめ えみ かつ きく くに さち しん すみ せつ たま ちえ つね とみ なつ はつ ひさ ふみ まさ みち むめ もと やす ゆき よね りえ れい わか きみ);

sub load {
    my ($network) = db('SELECT network_id FROM care_user WHERE login = "crew"');
    my $there = db('SELECT COUNT(*) FROM care_patient WHERE insurer_number = "990000"');
    return if $there >= $people;
    db('CREATE TABLE IF NOT EXISTS bench_family (n INT PRIMARY KEY, kana VARCHAR(20)) COLLATE utf8mb4_bin');
    db('CREATE TABLE IF NOT EXISTS bench_given (n INT PRIMARY KEY, kana VARCHAR(20)) COLLATE utf8mb4_bin');
    db('REPLACE INTO bench_family VALUES ' . join(',', map { "($_, '$kana[$_]')" } 0 .. $#kana));
    db('REPLACE INTO bench_given VALUES ' . join(',', map { "($_, '$given[$_]')" } 0 .. $#given));
    for (my $at = $there; $at < $people; $at += 10_000) {	# the server ends what takes longer than its limit
        my $to = $at + 9_999 < $people - 1 ? $at + 9_999 : $people - 1;
        db("INSERT INTO care_patient (ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date, address, phone, insurer_number, insured_number)
            SELECT RANDOM_BYTES(16), $network, CONCAT('試', f.kana), g.kana, f.kana, g.kana, CONCAT(f.kana, g.kana), 'female',
                   DATE('1926-01-01') + INTERVAL (seq * 7919 % 14600) DAY, CONCAT('むつみ町地区', seq % 600, '番', seq DIV 600 % 40, '-', seq DIV 24000),
                   CONCAT('000-9', LPAD(seq DIV 10000, 3, 0), '-', LPAD(seq % 10000, 4, 0)), '990000', LPAD(seq, 10, 0)
              FROM seq_${at}_to_$to s JOIN bench_family f ON f.n = FLOOR(POW(seq * 104729 % 100000 / 100000, 2) * " . @kana . ")
              JOIN bench_given g ON g.n = seq * 15485863 % " . @given);
        db("REPLACE INTO emergency_name SELECT id, network_id, kana_family, kana_folded, birth_date, CONCAT(family, given) FROM care_patient WHERE insurer_number = '990000' AND insured_number BETWEEN LPAD($at, 10, 0) AND LPAD($to, 10, 0)");
        db("INSERT IGNORE INTO emergency_phone SELECT network_id, REPLACE(phone, '-', ''), id FROM care_patient WHERE insurer_number = '990000' AND insured_number BETWEEN LPAD($at, 10, 0) AND LPAD($to, 10, 0)");
        db("INSERT IGNORE INTO emergency_address SELECT network_id, '地区', CONCAT_WS('-', CAST(insured_number AS SIGNED) % 600, CAST(insured_number AS SIGNED) DIV 600 % 40, CAST(insured_number AS SIGNED) DIV 24000), id, 1
              FROM care_patient WHERE insurer_number = '990000' AND insured_number BETWEEN LPAD($at, 10, 0) AND LPAD($to, 10, 0)");
        db("DELETE d FROM emergency_due d JOIN care_patient p ON p.id = d.patient_id WHERE p.insurer_number = '990000' AND p.insured_number BETWEEN LPAD($at, 10, 0) AND LPAD($to, 10, 0)");
        print STDERR "$to of $people people\r";
    }
    db('ANALYZE TABLE emergency_name, emergency_phone, emergency_address');
    return;
}

# Sixty a minute are allowed; the cache counts them.
sub forget_limit { return system 'redis-cli', '-s', demo('REDIS_SOCKET'), '--no-raw', 'FLUSHALL' }

load();
my $n = 0;
open my $out, '>&', \*STDOUT or die;
open STDOUT, '>', '/dev/null' or die;
my $crew = person('crew');
my %kind = (
    'phone'           => sub { my $n = int rand $people; sprintf '000-9%03d-%04d', $n / 10000, $n % 10000 },
    'family and age'  => sub { $kana[rand @kana] . ' ' . (62 + int rand 38) . '歳' },
    'most common name, age' => sub { $kana[0] . ' ' . (62 + int rand 38) . '歳' },
    'name and age'    => sub { $kana[rand @kana] . $given[rand @given] . ' ' . (62 + int rand 38) . '歳' },
    'name and house'  => sub { $kana[rand @kana] . ' 地区' . int(rand 600) . '-' . int rand 40 },
    'name alone'      => sub { $kana[rand @kana] },
    'two kana, year'  => sub { substr($kana[rand @kana], 0, 2) . ' ' . (1926 + int rand 38) . '年' },
    'nobody'          => sub { 'ほげもげ ' . (62 + int rand 38) . '歳' },
);
for my $kind (sort keys %kind) {
    my ($found, @ms) = (0);
    for (1 .. $asks / keys %kind) {
        my $q = $kind{$kind}->();
        forget_limit() if $n++ % 40 == 0;
        my $from = time;
        my $answer = $crew->post('/emergency/search', { q => $q });
        push @ms, (time - $from) * 1000;
        die $answer->status . "\n" if $answer->status != 200;
        $found += $answer->json->{found};
    }
    @ms = sort { $a <=> $b } @ms;
    printf {$out} "%-24s %5d asks  p50 %6.1f ms  p99 %6.1f ms  %.1f found\n", $kind, scalar @ms, $ms[@ms / 2], $ms[$#ms * 0.99], $found / @ms;
}
