#!/usr/bin/perl
# Full disks: a demo of its own on a small one. What cannot be kept is refused with
# 503, what was acknowledged is there, half of a file is nowhere, nobody sees an
# error of a server; with room again all goes on, our programs in the same processes.
# MariaDB may end itself for want of room (InnoDB asserts); then it is started again
# here, as Debian's unit does (Restart=on-abort).
use strict;
use warnings;
use utf8;
use Cwd ();
use File::Temp ();
use FindBin;
use Test::More;
use Time::HiRes qw(sleep time);

# The disks are seen by this process and its children alone, and end with them.
my $ROOT = Cwd::realpath("$FindBin::RealBin/../..");
plan skip_all => 'only root may mount a small disk' if $> != 0;
if (!$ENV{TOMOZUNA_SMALL_DISK}) {
    my $place = File::Temp::tempdir('/tmp/tz-disk.XXXXX');
    chmod 0711, $place;
    my $status = system('env', "TOMOZUNA_SMALL_DISK=$place", 'unshare', '-m', $^X, map({ ("-I$_") } grep { !ref } @INC), $0);
    rmdir $place;
    exit($status == 0 ? 0 : 1);
}

my $place = $ENV{TOMOZUNA_SMALL_DISK};
my $state = "$place/s";
my $port = ($ENV{TOMOZUNA_PORT} // 8640) + 20;
sub run { return system(@_) == 0 }
sub demo_does { return run("cd $ROOT && TOMOZUNA_BUILT=1 TOMOZUNA_STATE=$state TOMOZUNA_PORT=$port deploy/demo $_[0] >>$place/log 2>&1") }
run('mount', '-t', 'tmpfs', '-o', 'size=1400m,mode=0711', 'tmpfs', $place) or plan skip_all => 'no small disk to be had';
mkdir $state and chmod 0711, $state;
if (!demo_does('')) {
    diag(scalar `tail -n 20 $place/log`);
    fail('a demo on a small disk');
    done_testing;
    exit 1;
}
END { local $?; demo_does('down') if $place && -e "$place/log" }
for (split /\n/, `cd $ROOT && TOMOZUNA_STATE=$state TOMOZUNA_PORT=$port deploy/demo env`) {
    $ENV{$1} = $2 if /\A(?:export )?(\w+)='?(.*?)'?\z/;
}
require Tomozuna::Test;
Tomozuna::Test->import;
require Tomozuna::Faults;
Tomozuna::Faults->import;

my $nurse = person('nurse');
my $patient = patient_of($nurse);
my @programs = qw(tomozuna-timeline tomozuna-patient tomozuna-identity tomozuna-record mariadbd nginx redis-server);
my %pid = map { $_ => pid_of($_) } @programs;
sub fill { my ($where) = @_; return !run("dd if=/dev/zero of=$where/fill bs=1M status=none 2>/dev/null; dd if=/dev/zero of=$where/fill.small bs=512 status=none 2>/dev/null") }
sub room { my ($where) = @_; return run("rm -f $where/fill $where/fill.small") }

# A file that looks like text and is not the same twice.
sub paper { my ($n) = @_; return join '', map { sprintf "%08x\n", rand 2**32 } 1 .. $n / 9 }
sub upload {
    my ($text, $bytes) = @_;
    return $nurse->post_files("/timeline/$patient", { body => $text, attachment => ['a.txt', 'text/plain', paper($bytes)] });
}
sub whole { return scalar db('SELECT COUNT(*) FROM care_file f WHERE f.kept_at IS NOT NULL AND f.bytes <> (SELECT COALESCE(SUM(LENGTH(c.sealed) - 28), 0) FROM care_file_chunk c WHERE c.file_id = f.id)') }

# ---- nginx's folder for bodies ----

my ($tmp) = slurp(demo('CONF') . '/nginx/nginx.conf') =~ /client_body_temp_path (\S+?)\/body;/;
my @owner = (stat "$tmp/body")[4, 5];
ok(run('mount', '-t', 'tmpfs', '-o', "size=256k,mode=0700,uid=$owner[0],gid=$owner[1]", 'tmpfs', "$tmp/body"), 'a small folder for bodies');
run(demo_nginx());
sub demo_nginx { return 'kill', '-s', 'HUP', pid_of('nginx') }
sleep 1;
my $large = upload('大きな書類', 4_000_000);
is($large->status, 503, 'a body for which nginx has no room: 503');
ok($large->header('retry-after'), '  which says when to come back');
like($large->type, qr/json/, '  as the client asked');
is(upload('小さな書類', 500)->status, 201, 'a small one goes on meanwhile');
ok(run('umount', '-l', "$tmp/body"), 'room again');
run(demo_nginx());
ok(wait_for(sub { upload('大きな書類', 4_000_000)->status == 201 }, 20), '  and it is taken');

# ---- the disk of everything: tables, binary log, temporary tables, journals, logs, Kannel's spool ----

my $load = load(workers => 6, timeout => 90, pause => 0.05);
sleep 2;
my $at = time;
fill($place);
# Its messages leave, or wait, while there is no room for Kannel's spool.
my @urgent = map { $nurse->post("/timeline/$patient", { body => '満杯の至急', urgent => 1 })->status } 1 .. 2;
note scalar `df -k $place`;
my @during;
my $until = time + heavy(10, 40);
while (time < $until) {
    my $n = client(device => 'nurse', timeout => 60);
    $n->{cookie} = { %{ $nurse->{cookie} } };
    push @during, map { $_->status } $n->post_files("/timeline/$patient", { body => '満杯', attachment => ['b.txt', 'text/plain', paper(300_000)] }),
        $n->get("/timeline/$patient"), $n->page('/patients');
}
room($place);
my $freed = time;
my $ended = !pid_of('mariadbd');
note 'MariaDB had ended itself' if $ended;
ok(demo_does(''), '  it is started again') if $ended;
@programs = grep { $_ ne 'mariadbd' } @programs if $ended;
ok(wait_for(sub { upload('あと', 1000)->status == 201 }, 120), sprintf 'room again: a note with a paper is taken after %.1f s', time - $freed);
my $back = time - $freed;
sleep 1;
is(scalar(grep { !/\A(?:200|201|503)\z/ } @during), 0, 'an answer or 503, nothing else: ' . join(' ', map { my $s = $_; "$s×" . grep { $_ == $s } @during } sort keys %{ { map { $_ => 1 } @during } }));
my $sum = check_ledger($load, 'a full disk');
my @refused = grep { $_->{status} >= 400 } @{ $sum->{told} };
cmp_ok(scalar @refused + grep({ $_ == 503 } @during), '>', 0, 'something was refused: ' . @refused);
is_deeply([grep { $_->{status} != 503 || !$_->{retry_after} } @refused], [], '  each with 503 and Retry-After');
is(whole(), 0, 'no kept file lacks a part');
is_deeply([map { "$_ " . pid_of($_) } @programs], [map { "$_ $pid{$_}" } @programs], 'our programs are the same processes');
for my $name (qw(identity patient timeline record)) {
    ok(wait_for(sub { health($name)->status == 200 }, 10), "$name is well");
}

# Every notice comes to its end, whatever Kannel or the mail server could keep; what was put off need not wait here.
my $waiting = sub {
    db('UPDATE care_notice SET due_at = UTC_TIMESTAMP(3) WHERE state = "queued"');
    return db('SELECT COUNT(*) FROM care_notice WHERE state IN ("queued", "sending") OR (channel = "sms" AND state = "sent")');
};
is($nurse->post("/timeline/$patient", { body => '後の至急', urgent => 1 })->status, 201, 'an urgent note');
ok(wait_for(sub { !$waiting->() }, 180), '  every notice has an end') or diag(join "\n", db('SELECT CONCAT(channel, " ", state, " ", COUNT(*)) FROM care_notice GROUP BY channel, state'));
is(scalar(grep { !/\A(?:201|503)\z/ } @urgent), 0, "  those of the full disk were taken or refused: @urgent");
note_numbers('full for %.0f s: %d requests, %d refused (503), a note with a paper again after %.1f s', $freed - $at, @during + @{ $sum->{told} },
    @refused + grep({ $_ == 503 } @during), $back);
done_testing;
