#!/usr/bin/perl
# One id from nginx to the hand-over: by it an administrator follows what somebody did.
use strict;
use warnings;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my $nurse = person('nurse');
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $entry = $nurse->post("/timeline/$patient", { body => 'x', urgent => 1 });
is($entry->status, 201, 'an urgent note');
my $request;
ok(wait_for(sub { $request = db('SELECT LOWER(HEX(request)) FROM care_notice WHERE cause = ? AND channel = "mail" LIMIT 1', unhex($entry->json->{id})) }, 10),
    'makes a notice by mail')
    or die "no notice\n";
like($request, qr/\A[0-9a-f]{32}\z/, '  with the id of the request');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE request = ? AND route = "/timeline/{patient}" AND method = "POST"', unhex($request)) }, 10),
    '  which is in the trail');
for my $log (demo('LOG') . '/nginx-access.log', map { demo('LOG') . "/programs/$_.log" } qw(timeline mail)) {
    my ($name) = $log =~ m{([^/]+)\z};
    ok(wait_for(sub { index(slurp($log), $request) >= 0 }, 20), "  in $name");
}
done_testing;
