#!/usr/bin/perl
# What the timeline may use, how soon it serves, and how soon an urgent note is on
# its way to a phone.
use strict;
use warnings;
use utf8;
use POSIX qw(sysconf _SC_CLK_TCK);
use Test::More;
use Time::HiRes qw(sleep clock_gettime CLOCK_BOOTTIME);
use Tomozuna::Patient;
use Tomozuna::Test;

use constant { RESIDENT_MIB => 30, START_S => 0.2, HAND_OVER_S => 2, NOTES => 10 };

my ($nurse, $doctor) = map { person($_) } qw(nurse doctor);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');

# At night only who is on duty is told.
my $duty = 'UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.on_duty = ? WHERE u.login = "doctor"';
my ($was_on_duty) = db('SELECT f.on_duty FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "doctor" LIMIT 1');
db($duty, 1);
END { local $?; db($duty, $was_on_duty) }

# ---- from the note to the hand-over at SMTP and SMSC ----

my $since = db('SELECT COALESCE(MAX(id), 0) FROM care_notice');
for my $n (1 .. NOTES) {
    is($nurse->post("/timeline/$patient", { body => "測定 $n", urgent => 1 })->status, 201, "an urgent note, $n");
    sleep 0.1;
}
my $of = "FROM care_notice WHERE id > $since AND kind = 'urgent_entry' AND again = 0";
ok(wait_for(sub { !db("SELECT COUNT(*) $of AND state IN ('queued', 'sending')") }, 120), 'each message has its end');
for my $channel (qw(mail sms)) {
    my @ms = sort { $a <=> $b } db("SELECT TIMESTAMPDIFF(MICROSECOND, created_at, sent_at) / 1000 $of AND channel = '$channel' AND sent_at IS NOT NULL");
    cmp_ok(scalar @ms, '>', 0, "$channel: " . @ms . ' messages were handed over');
    soon($ms[-1] / 1000, HAND_OVER_S, sprintf '  the last of them %.0f ms after its note', $ms[-1]);
}

# ---- memory, after pages for a while ----

my $pid = pid_of('tomozuna-timeline');
for (1 .. 40) { $doctor->page("/timeline/$patient") }
my ($kb) = slurp("/proc/$pid/status") =~ /^VmRSS:\s+(\d+)/m;
SKIP: {
    skip 'built with a sanitizer', 1 if slurp("/proc/$pid/maps") =~ /lib[a-z]san/;
    cmp_ok($kb, '<', RESIDENT_MIB * 1024, sprintf '%.1f MiB are resident', $kb / 1024);
}

# ---- from the start of the process to its first page ----

my @took;
for my $round (1 .. 3) {
    sleep 1.25;     # one that ends at once three times is started more slowly
    my $was = pid_of('tomozuna-timeline');
    kill_program('tomozuna-timeline', 'TERM');
    my $now;
    wait_for(sub { $now = pid_of('tomozuna-timeline'); $now && $now != $was && -e "/proc/$now/stat" }, 60);
    for (my $end = time + 60; time < $end && $doctor->get("/timeline/$patient")->status != 200;) { sleep 0.002 }
    my $began = (split / /, slurp("/proc/$now/stat") =~ s/\A.*\) //sr)[19] / sysconf(_SC_CLK_TCK);
    push @took, clock_gettime(CLOCK_BOOTTIME) - $began;
}
@took = sort { $a <=> $b } @took;
soon($took[1], START_S, sprintf 'a page %.0f ms after the start', $took[1] * 1000);

done_testing;
