#!/usr/bin/perl
# Many at the same rows: deadlocks (1213), changed snapshots (1020) and lock waits
# (1205) are tried again by the program, with one effect each.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Test;

my @who = qw(doctor pharmacist caremanager helper);
my $nurse = person('nurse');
my $patient = patient_of($nurse);
my %signed = map { $_ => person($_) } @who;

# Runs the code in as many processes as there are names, all at one instant.
sub at_once {
    my ($code, @names) = @_;
    my $at = time + 0.8;
    my @pid;
    for my $name (@names) {
        my $pid = fork // die "fork: $!\n";
        if ($pid) { push @pid, $pid; next }
        my $client = client(device => $name);
        $client->{cookie} = { %{ $signed{$name}{cookie} } };
        $client->get('/patients');                      # connected by now
        my $ok = eval { $code->($client, $name, $at) };
        warn $@ if $@;
        require POSIX;
        POSIX::_exit($ok ? 0 : 1);
    }
    my $failed = 0;
    for (@pid) { waitpid $_, 0; $failed++ if $? }
    return $failed;
}

sub counts { my ($ref) = @_; return (db_rows('SELECT read_by, acknowledged_by FROM timeline_entry WHERE ref = ?', unhex($ref)))[0] }

subtest 'everybody reads and acknowledges the same entries, several times' => sub {
    my $before = metric('timeline', 'db_again') // 0;
    my @entry = map { $nurse->post("/timeline/$patient", { body => "衝突試験 $_" })->json->{id} } 1 .. heavy(6, 30);
    my $failed = at_once(sub {
        my ($client, $name, $at) = @_;
        sleep $at - time if $at > time;
        my $bad = 0;
        for my $id (@entry) {
            for my $verb (qw(read acknowledge acknowledge)) {
                my $answer = $client->post("/timeline/$patient/$id/$verb", {});
                next if $answer->status == 204;
                $bad++;
                print STDERR "# $name $verb: ", $answer->status, "\n";
            }
        }
        return !$bad;
    }, (@who) x heavy(3, 5));
    is($failed, 0, 'nobody was refused');
    for my $id (@entry) {
        my $is = counts($id);
        is("$is->{read_by} $is->{acknowledged_by}", @who . ' ' . @who, 'each reader counted once');
    }
    my $again = metric('timeline', 'db_again') - $before;
    note_numbers('%d entries, %d readers at once: %d units of work tried again, 0 refused', scalar @entry,
        @who * heavy(3, 5), $again);
};

# Two who hold what the other wants: MariaDB ends one with 1213 or 1020.
subtest 'another program holds the row' => sub {
    my $id = $nurse->post("/timeline/$patient", { body => '衝突試験 錠' })->json->{id};
    my $before = metric('timeline', 'db_again') // 0;
    my $hold = fork // die;
    if (!$hold) {
        eval { db('BEGIN; SELECT id FROM timeline_entry WHERE ref = ? FOR UPDATE; DO SLEEP(3); COMMIT', unhex($id)) };
        require POSIX;
        POSIX::_exit(0);
    }
    sleep 0.5;
    my $from = time;
    my $answer = $signed{doctor}->post("/timeline/$patient/$id/read", {});
    is($answer->status, 204, sprintf 'waited %.1f s for it and went through', time - $from);
    cmp_ok(metric('timeline', 'db_again'), '>', $before, 'by another try');
    is($signed{helper}->get("/timeline/$patient")->status, 200, 'a held row is no dead server: others are served');
    is(counts($id)->{read_by}, 1, 'one effect');
    waitpid $hold, 0;
};

subtest 'the same key at once' => sub {
    my $key = sprintf 'once-%08x%08x', rand 2**32, rand 2**32;
    my $out = File::Temp->new;
    my $failed = at_once(sub {
        my ($client, undef, $at) = @_;
        sleep $at - time if $at > time;
        my $answer = $client->post("/timeline/$patient", { body => "衝突試験 $key" }, 'idempotency-key' => $key);
        open my $add, '>>', $out->filename or die;
        syswrite $add, ($answer->json->{id} // $answer->status) . "\n";
        return $answer->status == 201;
    }, ('doctor') x 8);
    is($failed, 0, 'everybody is told that it is stored');
    my %id = map { $_ => 1 } split /\n/, slurp($out->filename);
    is(scalar keys %id, 1, '  under one id');
    is(scalar db('SELECT COUNT(*) FROM timeline_entry WHERE body = ?', "衝突試験 $key"), 1, '  and it is stored once');
};
done_testing;
