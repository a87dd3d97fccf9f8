#!/usr/bin/perl
# T-09. The n-th write, fsync, open or read of a program fails with EIO or ENOSPC: what
# it told people is so, what it showed is in the audit, and it either serves on or ends.
use strict;
use warnings;
use utf8;
use File::Temp ();
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Own;
use Tomozuna::Test;

plan skip_all => 'no strace here' if !grep { -x "$_/strace" } split /:/, $ENV{PATH};

my $nurse = person('nurse');
my $patient = patient_of($nurse);
my $url = "/timeline/$patient";
my $run = sprintf 'io-%08x', rand 2**32;
my ($tries, $failed, $refused, $crashed) = (0, 0, 0, 0);
my (%shown, %stored);

# strace injects by the syscall's count; it starts to when the program serves.
sub broken {
    my ($call, $error, $n, $pid, $log) = @_;
    my $strace = fork // die;
    if (!$strace) {
        open STDERR, '>', "$log.said";
        exec 'strace', '-f', '-qq', '-o', $log, '-e', "trace=$call", '-e', "inject=$call:error=$error:when=$n", '-p', $pid or die;
    }
    wait_for(sub { slurp("/proc/$pid/status") =~ /TracerPid:\s+[1-9]/ }, 10);
    sleep 0.1;
    return sub { kill INT => $strace; waitpid $strace, 0; return scalar(() = slurp($log) =~ /INJECTED/g) };
}

sub once {
    my ($call, $error, $n) = @_;
    my $what = "$call $n: $error";
    my $own = Tomozuna::Own->start('timeline');
    ok($own->ready(30), "$what: it serves") or return diag slurp("$own->{dir}/log");
    my $mend = broken($call, $error, $n, $own->program_pid, "$own->{dir}/strace");
    for my $i (1 .. 3) {
        my $key = "$run-" . ++$tries;
        my $answer = $own->post($nurse, $url, { body => $key }, $key);
        $stored{$key} = $answer->{status} == 201 ? ($answer->{body} =~ /"id":"(\w+)"/)[0] : '';
        $refused++ if $answer->{status} == 503;
        ok(scalar(grep { $answer->{status} == $_ } 0, 201, 503), "$what: a note is taken, or refused for now: $answer->{status}");
        my $page = $own->get($nurse, $url);
        $shown{ uc $own->request } = 1 if $page->{status} == 200;
        ok(scalar(grep { $page->{status} == $_ } 0, 200, 503), "$what: a page is shown, or refused for now: $page->{status}");
    }
    $failed += $mend->();
    if ($own->alive) {
        ok(wait_for(sub { $own->get($nurse, $url)->{status} == 200 }, 30), "$what: afterwards it serves by itself") or diag slurp("$own->{dir}/log");
        is($own->end('TERM'), 0, "$what: and ends as asked");
    } else {
        $crashed++;
        my $status = $own->end;
        ok(($status & 127) != 11, "$what: it ended, but not by a stray pointer") or diag slurp("$own->{dir}/log");
    }
    # What it wrote down before is shipped by the next that has its journal.
    $own->run;
    ok($own->ready(30), "$what: the next one takes its journal") or diag slurp("$own->{dir}/log");
    ok(wait_for(sub { my %row = map { $_ => 1 } db("SELECT HEX(request) FROM lib_audit ORDER BY id DESC LIMIT 2000"); !grep { !$row{$_} } keys %shown }, 30),
        "$what: each page that was shown is in the audit");
    %shown = ();
    $own->end('TERM');
    return;
}

my %most = (fdatasync => 6, pwrite64 => 12, sendto => 12, recvfrom => 12, epoll_wait => 4);
for my $call (sort keys %most) {
    my $step = heavy(int($most{$call} / 2), 1);
    for (my $n = 1; $n <= $most{$call}; $n += $step) { once($call, $n % 2 ? 'EIO' : 'ENOSPC', $n) }
}
once('fdatasync', 'EIO', '1+');
once('pwrite64', 'ENOSPC', '1+');

# At the healthy door: the same key tells the same, or does now what was not done.
my (@lost, @twice, @other);
for my $key (sort keys %stored) {
    my $answer = $nurse->post($url, { body => $key }, 'idempotency-key' => $key);
    push @other, "$key $stored{$key}" if $answer->status != 201 || ($stored{$key} && $answer->json->{id} ne $stored{$key});
    my $n = db('SELECT COUNT(*) FROM timeline_entry WHERE body = ?', $key);
    push @lost, $key if $n == 0;
    push @twice, $key if $n > 1;
}
is_deeply([\@lost, \@twice, \@other], [[], [], []], 'of ' . keys(%stored) . ' notes none is lost, none there twice, each told the same at the healthy door');
cmp_ok($failed, '>', 0, "$failed calls have failed");
# ---- the disk of the database itself ----

# strace counts by thread, and any of MariaDB's may be the one that writes.
for my $n ('3', '6+') {
    my $log = File::Temp->new;
    my $load = load(workers => 4);
    my $pid = pid_of('mariadbd');
    my $mend = broken('fdatasync,fsync', 'EIO', $n, $pid, "$log");
    wait_for(sub { slurp("$log") =~ /INJECTED/ }, 30);
    sleep 2;
    my $calls = $mend->();
    cmp_ok($calls, '>', 0, "MariaDB could not write: $calls calls");
    # It may take its time to write down why it ends.
    my $up = wait_for(sub { revive('mariadb_up') && healthy(5) }, 90);
    my $gone = pid_of('mariadbd') != $pid;
    ok($up, '  ' . ($gone ? 'it ended, as it should; started again' : 'it went on') . ', all programs serve');
    sleep 1;
    my $sum = check_ledger($load, "MariaDB's disk failed");
    is(scalar(grep { $_->{status} >= 400 && $_->{status} != 503 } @{ $sum->{told} }), 0, '  who could not be served was told 503');
    note_numbers("MariaDB's disk failed %d times (%s): %d notes acknowledged, none lost", $calls, $gone ? 'it ended' : 'it went on', $sum->{acked});
}

note_numbers('%d calls of the timeline failed: %d of %d notes refused for now (503), %d ends of the program, none lost or twice',
    $failed, $refused, scalar keys %stored, $crashed);
done_testing;
