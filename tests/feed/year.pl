#!/usr/bin/perl
# A year of telegrams, made of real ones with other ids and times, imported a
# month at a time into a database of its own; prints what it took. Not a test: a
# measurement, run by hand.
#
#   TOMOZUNA_REALDATA=… tests/feed/year.pl [MONTHS] [TELEGRAMS A MONTH]
use strict;
use warnings;
use FindBin;
use lib "$FindBin::RealBin/../lib";
use POSIX ();
use Time::HiRes qw(time);
use Tomozuna::Private qw(spew slurp $ROOT);

my ($months, $each) = ($ARGV[0] // 12, $ARGV[1] // 9000);
my $real = $ENV{TOMOZUNA_REALDATA} // "$ROOT/../shared/realdata";
my @text = map { slurp($_) } sort glob("$real/jma/real_telegrams/*/*.xml $real/jma/official_samples/*.xml");
die "no real documents in $real\n" if !@text;
my $w = Tomozuna::Private->new('feed');
spew("$w->{dir}/conf/sources", '');
my %all = (run_dir => "$w->{dir}/run", journal_dir => $w->{dir}, key_file => "$w->{dir}/conf/key", db_socket => $w->{socket},
    db_user => 'tomozuna_feed', db_password_file => "$w->{dir}/conf/feed-db-password", sources_file => "$w->{dir}/conf/sources",
    origin => 'https://care.example', open_origin => 'https://family.example', db_timeout_ms => 30000);
spew("$w->{dir}/conf/feed.conf", join '', map { "$_ = $all{$_}\n" } sort keys %all);
my $step = int(31 * 86400 / $each);
my $at = time - $months * 31 * 86400;
my ($sum, $bytes, $n, $work) = (0, 0, 0, 0);

# Processor time so far: what has ended below us, and the MariaDB.
sub processor {
    my @stat = split / /, slurp("/proc/$w->{mariadb}/stat");
    return (times)[2] + (times)[3] + ($stat[13] + $stat[14]) / 100;
}

for my $month (1 .. $months) {
    my $folder = "$w->{dir}/month";
    mkdir $folder;
    for my $i (1 .. $each) {
        $n++;
        $at += $step;
        my $text = $text[$n % @text];
        my $utc = POSIX::strftime('%Y-%m-%dT%H:%M:%SZ', gmtime $at);
        my $japan = POSIX::strftime('%Y-%m-%dT%H:%M:00+09:00', gmtime($at + 9 * 3600));
        $text =~ s{(<(?:\w+:)?DateTime>)[^<]*(</(?:\w+:)?DateTime>)}{$1$utc$2};
        $text =~ s{(<ReportDateTime>)[^<]*}{$1$japan};
        $text =~ s{(<TargetDateTime>)[^<]*}{$1$japan};
        $text =~ s{(<EventID>)[^<]+}{$1$n};
        $bytes += length $text;
        open my $out, '>:raw', sprintf('%s/%06d.xml', $folder, $n) or die $!;
        print {$out} $text;
        close $out;
    }
    my ($from, $before) = (time, processor());
    my $said = `'${\Tomozuna::Private::program('feed')}' --import --config $w->{dir}/conf/feed.conf $folder 2>$w->{dir}/import.err`;
    $sum += time - $from;
    $work += processor() - $before;
    printf "month %d: %s", $month, $said;
    system('rm', '-rf', $folder);
}
printf "%d telegrams, %.0f MB, %.1f s (%.1f s of processors); %d bulletins, %s MB stored, %d refused\n", $n, $bytes / 1e6, $sum, $work,
    $w->value('SELECT COUNT(*) FROM care_bulletin'),
    $w->value('SELECT ROUND(SUM(LENGTH(packed)) / 1e6) FROM feed_telegram'), $w->value('SELECT COUNT(*) FROM feed_telegram WHERE refused IS NOT NULL');
