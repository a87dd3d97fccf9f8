#!/usr/bin/perl
# A gateway that was stopped longer than its lease wakes up: what it held was put
# back or flagged meanwhile, and its late word is not taken for somebody else's.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Test;

my $nurse = person('nurse');
my $patient = patient_of($nurse);

sub of { my ($id) = @_; return db_rows("SELECT LOWER(HEX(ref)) AS ref, state, COALESCE(reason, '') AS reason, attempts, acted_at, state = 'sending' AS held FROM care_notice WHERE channel = 'mail' AND cause = ?", unhex($id)) }

my $twice = 0;
my ($all, $flagged) = (0, 0);
for my $round (1 .. heavy(2, 8)) {
    my $id = $nurse->post("/timeline/$patient", { body => 'Lease', urgent => 1 })->json->{id};
    ok($id, "round $round: an urgent entry");
    # Stopped somewhere between the claim and the record.
    sleep 0.05 * $round;
    my $pid = pid_of('tomozuna-mail');
    {
        my $hold = stopped($pid);
        db("UPDATE care_notice SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE state = 'sending'");
    }
    ok(wait_for(sub { db("UPDATE care_notice SET due_at = UTC_TIMESTAMP(3) WHERE state = 'queued' AND channel = 'mail'");
        !grep { $_->{state} =~ /queued|sending/ } of($id) }, 40), '  each mail has its end');
    sleep 0.4;
    my %times;
    for my $mail (mails()) { $times{$1}++ if $mail->{raw} =~ /^Message-ID: <(\w+)@/m }
    for my $n (of($id)) {
        $all++;
        $flagged++ if $n->{state} eq 'unknown';
        $twice++ if ($times{ $n->{ref} } // 0) > 1;
        ok($times{ $n->{ref} } || $n->{state} ne 'sent', '  what is called sent has arrived') or diag explain $n;
    }
}
is($twice, 0, 'none arrived twice');
note_numbers('%d mails, gateway stopped beyond its lease %d times: %d flagged, 0 twice', $all, heavy(2, 8), $flagged);
done_testing;
