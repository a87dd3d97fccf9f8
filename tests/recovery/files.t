#!/usr/bin/perl
# The timeline is killed while photos and papers are on their way and others write: what
# was told as stored is there and opens to the byte, nothing else is kept, nothing twice,
# what was left half-way goes, and the audit's chain holds. TOMOZUNA_KILLS says how often.
use strict;
use warnings;
use utf8;
use Digest::SHA qw(sha256_hex);
use File::Temp ();
use Test::More;
use Time::HiRes qw(sleep);
use Tomozuna::Faults;
use Tomozuna::Patient;
use Tomozuna::Test;

# The load has a patient of its own: papers are counted.
my $other = Tomozuna::Faults::patient_of(person('nurse'));
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $url = "/timeline/$patient";
my $folder = File::Temp->newdir;
my $kills = $ENV{TOMOZUNA_KILLS} // heavy(4, 100);

# Papers of one to thirty chunks, each like no other, under a key of its own, tried
# again under it until somebody says how it went.
sub send_papers {
    my ($who) = @_;
    my $client = person($who);
    open my $ledger, '>>', "$folder/$who" or die;
    $ledger->autoflush(1);
    for (my $n = 1; !-e "$folder/stop"; $n++) {
        my $bytes = "%PDF-1.4\n$who $n\n" . join('', map { pack 'N', ($_ * 2654435761 + $n) & 0xffffffff } 1 .. 16_000 * (1 + $n % 30));
        my $key = sprintf 'kill-%s-%d-%d-%08x', $who, $$, $n, rand 2**32;
        my $answer;
        for (1 .. 60) {
            $answer = $client->post_files($url, { body => "$who $n", attachment => ["$n.pdf", 'application/pdf', $bytes] }, 'idempotency-key' => $key);
            last if $answer->status == 201;
            sleep 0.2;
        }
        print {$ledger} join(' ', $answer->status, $answer->json->{id} // '-', sha256_hex($bytes)), "\n";
    }
    return;
}

my @worker = map { my $who = $_; my $pid = fork // die; if (!$pid) { send_papers($who); require POSIX; POSIX::_exit(0) } $pid } qw(nurse doctor);
my $access = access_from();
my $load = load(workers => 2, patient => $other, access => $access);
for (1 .. $kills) {
    sleep 1.3;
    wait_for(sub { pid_of('tomozuna-timeline') }, 20);
    kill_program('tomozuna-timeline', 'KILL');
}
sleep 1;
spew("$folder/stop", "1\n");
waitpid $_, 0 for @worker;

my $sum = check_ledger($load, 'killed');
check_audit($access, $load->{audit}, 'killed');
my @told = map { [split] } map { split /\n/, slurp("$folder/$_") } qw(nurse doctor);
my $doctor = person('doctor');
ok(wait_for(sub { $doctor->get($url)->status == 200 }, 30), 'it is back');
cmp_ok(scalar @told, '>', 2, "papers were sent: " . @told);
is(scalar(grep { $_->[0] ne '201' } @told), 0, 'each was taken in the end');
my (@wrong, %seen);
for my $one (@told) {
    my ($status, $id, $sum) = @$one;
    next if $status ne '201';
    push @wrong, "$id twice" if $seen{$id}++;
    my $file = db('SELECT LOWER(HEX(f.ref)) FROM timeline_entry e JOIN timeline_attachment a ON a.entry_id = e.id JOIN care_file f ON f.id = a.file_id WHERE e.ref = ?', unhex($id));
    my $got = $doctor->get("$url/$id/files/" . ($file // 'none'));
    push @wrong, "$id " . $got->status . ' ' . length $got->body if $got->status != 200 || sha256_hex($got->body) ne $sum;
}
is_deeply(\@wrong, [], 'what was told as stored opens to the byte');
is(entries_of($patient), scalar keys %seen, 'and there is no other entry');
is(scalar db('SELECT COUNT(*) FROM care_file f JOIN care_patient p ON p.id = f.patient_id LEFT JOIN timeline_attachment a ON a.file_id = f.id
    WHERE p.ref = ? AND f.kept_at IS NOT NULL AND a.file_id IS NULL', unhex($patient)), 0, 'nothing is kept that no entry owns');
my $left = db('SELECT COUNT(*) FROM care_file f JOIN care_patient p ON p.id = f.patient_id WHERE p.ref = ? AND f.kept_at IS NULL', unhex($patient));
db('UPDATE care_file f JOIN care_patient p ON p.id = f.patient_id SET f.made_at = f.made_at - INTERVAL 61 MINUTE WHERE p.ref = ? AND f.kept_at IS NULL', unhex($patient));
kill_program('tomozuna-timeline', 'TERM');
ok(wait_for(sub { !db('SELECT COUNT(*) FROM care_file f JOIN care_patient p ON p.id = f.patient_id WHERE p.ref = ? AND f.kept_at IS NULL', unhex($patient)) }, 90),
    "what was left half-way ($left) is gone after an hour");
is(scalar db('SELECT COUNT(*) FROM care_file_chunk c LEFT JOIN care_file f ON f.id = c.file_id WHERE f.id IS NULL'), 0, 'with every chunk of it');
ok(wait_for(sub { $doctor->get($url)->status == 200 }, 30), '(and the program is back)');
note_numbers('%d kills, %d notes written or read, %d papers stored, %d left half-way', $kills, scalar @{ $sum->{told} }, scalar keys %seen, $left);

done_testing;
