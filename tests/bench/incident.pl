#!/usr/bin/perl
# From a telegram to a room that is ready, and how fast requests to relatives leave.
#
#   eval "$(deploy/demo env)"; tests/bench/incident.pl [--people 3000] [--rounds 5] [--requests 10000]
#
# Registers invented people, then prints: ms from the event of a severe bulletin, as the poll
# publishes it, to the room with its drafts and officers told (median and worst of `rounds`);
# s to open it for all of them; requests a second that reach the SMSC once relatives are asked,
# and beside it what Kannel's sendsms alone takes (`requests` messages each, by the same
# smsbox). Fails if a room takes 2 s or the ratio is under 0.8. --requests 0 leaves out SMS.
# The demo is not as it was afterwards: `deploy/demo reset`.
use strict;
use warnings;
use utf8;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Getopt::Long;
use HTTP::Tiny;
use Time::HiRes qw(sleep time);
use Tomozuna::Incident;
use Tomozuna::Test;

my %n = (people => 3000, rounds => 5, requests => 10000);
GetOptions(\%n, 'people=i', 'rounds=i', 'requests=i') or die "incident.pl [--people N] [--rounds N] [--requests N]\n";
$| = 1;
my $officer = person('disasterofficer');
my $tag = "計測$$";
my $district = new_district($tag);
my $failed = 0;

# Whom the register has; each with a contact whose mobile number is hers alone.
sub load {
    my ($count) = @_;
    my ($id) = db('SELECT id FROM disaster_district WHERE ref = ?', unhex($district));
    db("INSERT INTO care_patient (ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date, address, care_level, lives_alone)
        SELECT RANDOM_BYTES(16), network_id, ?, seq, 'けいそく', 'た', 'けいそくた', 'female', DATE('1926-01-01') + INTERVAL (seq * 7919 % 9000) DAY,
               CONCAT(?, seq), CONCAT('care', 1 + seq % 5), seq % 3 = 0 FROM seq_1_to_$count JOIN care_user ON login = 'disasterofficer'", $tag, $tag);
    db("INSERT INTO disaster_registration (patient_id, ref, network_id, family, given, kana_family, kana_given, birth_date, sex, address, district_id,
               reasons, care_level, lives_alone, registered_at, changed_at)
        SELECT id, RANDOM_BYTES(16), network_id, family, given, kana_family, kana_given, birth_date, sex, address, $id, 'care_level', care_level, lives_alone,
               UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM care_patient WHERE family = ?", $tag);
    db("INSERT INTO care_emergency_contact (ref, patient_id, position, name, relation, phone)
        SELECT RANDOM_BYTES(16), id, 1, CONCAT('家族', given), '長男', CONCAT('0900', LPAD(given, 7, '0')) FROM care_patient WHERE family = ?", $tag);
    return;
}

sub median { my @t = sort { $a <=> $b } @_; return $t[$#t / 2] }

# ---- telegram to room ----

sub prepare {
    db('UPDATE disaster_incident SET discarded_at = UTC_TIMESTAMP(3) WHERE opened_at IS NULL AND discarded_at IS NULL AND bulletin IS NOT NULL');
    my $bulletin = bulletin(undef, topic => 'flood', title => $tag);
    my $from = time;
    event('bulletin.issued', $bulletin);
    until (db('SELECT COUNT(*) FROM disaster_message s JOIN disaster_incident i ON i.id = s.incident_id WHERE i.bulletin = ?', unhex($bulletin))) {
        sleep 0.01;
        die "no room was prepared\n" if time - $from > 60;
    }
    return time - $from;
}

load($n{people} > $n{requests} ? $n{people} : $n{requests});
my @took = map { prepare() } 1 .. $n{rounds};
my ($worst) = sort { $b <=> $a } @took;
printf "telegram to room, %d registered: median %.0f ms, worst %.0f ms (asked: under 2000)\n", $n{people}, 1000 * median(@took), 1000 * $worst;
$failed = 1 if $worst >= 2;
exit $failed if !$n{requests};

# ---- requests to relatives, beside Kannel alone ----

sub rate {
    my ($what, $begin) = @_;
    my $before = sms();
    my $from = time;
    $begin->();
    my $sent = 0;
    while (($sent = sms() - $before) < $n{requests} && time - $from < 1800) { sleep 0.5 }
    my $rate = $sent / (time - $from);
    printf "%s: %d in %.0f s, %.1f a second\n", $what, $sent, time - $from, $rate;
    return $rate;
}

# What the gateway's settings say, and its password.
sub setting {
    my ($name) = @_;
    open my $in, '<:encoding(UTF-8)', demo('CONF') . '/sms.conf' or die "sms.conf: $!\n";
    my $value = (map { /\A$name\s*=\s*(\S+)/ ? $1 : () } <$in>)[-1];    # the last one counts
    return $value if $name !~ /_file\z/;
    open my $secret, '<', demo('CREDENTIALS') . "/$value" or die "$value: $!\n";
    chomp(my $word = <$secret>);
    return $word;
}

# The same smsbox with nothing else to do, one request after the other, as the gateway sends, with
# the delivery receipts that it asks for; these go to a file of nginx's.
sub kannel {
    my $http = HTTP::Tiny->new(keep_alive => 1);
    my $receipt = demo('LOOPBACK_URL') =~ s{([:/])}{sprintf '%%%02x', ord $1}ger . '%2fmetrics';
    my $url = setting('kannel_url') . "?dlr-mask=31&dlr-url=$receipt&username=" . setting('kannel_user') . '&password=' . setting('kannel_password_file');
    for my $n (1 .. $n{requests}) {
        my $answer = $http->get("$url&to=%2B8190001" . sprintf('%05d', $n) . '&text=measure');
        die "sendsms: $answer->{status}\n" if $answer->{status} ne '202';
    }
    return;
}

my $alone = rate('Kannel alone', \&kannel);
my $incident = new_incident($officer);
my $from = time;
open_incident($officer, $incident, $district);
printf "opening a list of %d: %.2f s\n", $n{requests}, time - $from;
my $ours = rate('requests to relatives', sub { $officer->post("/disaster/$incident/ask", {}) });
$officer->post("/disaster/$incident/close", {});
printf "of Kannel's own rate: %.2f (asked: 0.8)\n", $ours / $alone;
exit($failed || $ours < 0.8 * $alone ? 1 : 0);
