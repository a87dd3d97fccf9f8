#!/usr/bin/perl
# A consent withdrawn while the team is reading and writing: every answer to a
# request that began after the withdrawal was answered is a 404. Two thousand of them
# (tests/faults/run withdraw: ten thousand; TOMOZUNA_WITHDRAW=N for another number), on connections that were open all along, Redis full
# or gone.
use strict;
use warnings;
use utf8;
use File::Temp;
use POSIX ();
use Test::More;
use Time::HiRes qw(time sleep);
use Tomozuna::Faults;
use Tomozuna::Patient;
use Tomozuna::Team;
use Tomozuna::Test;

use constant { READERS => 5, A_READER => 100 };      # of each reader in a round
use constant ROUNDS => int((($ENV{TOMOZUNA_WITHDRAW} // heavy(2000, 10000)) + READERS * A_READER - 1) / (READERS * A_READER));
use constant LATER => A_READER * READERS * ROUNDS;

my @login = qw(nurse pharmacist caremanager helper officer);
my %role = (nurse => 'visiting_nurse', pharmacist => 'pharmacist', caremanager => 'care_manager', helper => 'home_helper', officer => 'officer');
my $doctor = person('doctor');
my @reader = map { person($_) } @login;
my $each = A_READER;

# One reader: asks again and again; a line an answer, `start status`. Ends when the
# parent has said when the withdrawal was answered and enough began after that.
sub read_on {
    my ($who, $patient, $told, $out) = @_;
    my @path = map { s/PATIENT/$patient/r } qw(/timeline/PATIENT /patients/PATIENT /team/PATIENT /team/PATIENT/letter /record/PATIENT
        /record/PATIENT/vital_signs /record/PATIENT/papers /timeline/PATIENT/state /timeline/PATIENT/draft);
    my ($n, $after, $at) = (0, 0);
    while ($after < $each) {
        if (!defined $at && -s $told) { ($at) = slurp($told) =~ /([\d.]+)/ }
        my $start = time;
        my $answer = $n++ % 7 ? $who->get($path[$n % @path]) : $who->post("/timeline/$patient", { body => "書き込み $n" });
        print {$out} sprintf("%.6f %d\n", $start, $answer->status);
        $after++ if defined $at && $start > $at;
        die "no end\n" if $n > 100 * $each;
    }
    return;
}

my ($later, $open_before, %other, @late) = (0, 0);
for my $round (1 .. ROUNDS) {
    my $patient = managed_patient('doctor', doctor => 'attending_physician', map { $_ => $role{$_} } @login);
    db('UPDATE care_consent SET officer = 1 WHERE patient_id = ?', patient_key($patient));
    my $consent = consent_of($patient, 'share_team');
    my $told = File::Temp->new;
    my @child = map {
        my $who = $_;
        my $file = File::Temp->new;
        $file->autoflush(1);
        my $pid = fork // die "fork: $!\n";
        if (!$pid) { eval { read_on($who, $patient, "$told", $file) }; POSIX::_exit($@ ? 1 : 0) }
        { pid => $pid, file => $file };
    } @reader;
    my $warm = wait_for(sub { !grep { (() = slurp("$_->{file}") =~ /\n/g) < 5 } @child }, 60);
    system("redis-cli -s @{[demo('REDIS_SOCKET')]} flushall >/dev/null") if $round % 2;
    my $answer = $doctor->post("/team/$patient/consents/$consent/withdraw", { withdrawn_by => '本人', withdrawn_relation => '本人' });
    my $at = time;
    spew("$told", sprintf "%.6f\n", $at);
    my $ended = 0;
    for my $c (@child) { waitpid $c->{pid}, 0; $ended++ if $? == 0 }
    if (!$warm || $answer->status != 204 || $ended != READERS) {
        fail("round $round: read " . ($warm ? 'yes' : 'no') . ', withdrawn ' . $answer->status . ", $ended readers came to an end");
        last;
    }
    for my $c (@child) {
        for my $line (split /\n/, slurp("$c->{file}")) {
            my ($start, $status) = split / /, $line;
            if ($start <= $at) { $open_before++ if $status =~ /\A20/; next }
            $later++;
            push @late, "round $round: $status" if $status != 404;
        }
    }
}
cmp_ok($open_before, '>', ROUNDS * READERS * 4, "before it the page was open ($open_before answers)");
cmp_ok($later, '>=', LATER, "$later answers to requests that began after it");
is_deeply([@late[0 .. ($#late > 9 ? 9 : $#late)]], [], '  not one of them shows anything');

done_testing;
