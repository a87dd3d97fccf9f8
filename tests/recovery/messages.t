#!/usr/bin/perl
# Mail server and Kannel away and back, gateways killed: each notice has one end,
# arrives once, and what nobody can know is flagged.
use strict;
use warnings;
use utf8;
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Test;

plan skip_all => 'no gateways in this demo' if !pid_of('tomozuna-mail') || !pid_of('tomozuna-sms');

my $nurse = person('nurse');
my $patient = patient_of($nurse);
my $run = sprintf '%08x', rand 2**32;

sub urgent {
    my ($n) = @_;
    my @id;
    for (1 .. $n) {
        my $made = $nurse->post("/timeline/$patient", { body => "伝達試験 $run", urgent => 1 });
        is($made->status, 201, 'an urgent entry') if $made->status != 201;
        push @id, $made->json->{id};
    }
    return @id;
}

sub notices {
    my (@id) = @_;
    my $in = join ',', map { "X'$_'" } @id;
    return db_rows("SELECT LOWER(HEX(ref)) AS ref, channel, state, COALESCE(reason, '') AS reason, user_id FROM care_notice WHERE cause IN ($in)");
}

# A gateway that has several rows may be the one who goes on.
sub change { my ($what, @id) = @_; return eval { db("UPDATE care_notice SET $what AND cause IN (" . join(',', map { "X'$_'" } @id) . ')'); 1 } || $@ !~ /Deadlock/ && die $@ }

# What was put off need not wait its minutes here.
sub hurry { return change("due_at = UTC_TIMESTAMP(3) WHERE state = 'queued'", @_) }

# A lease is longer than a test may wait: let those of a killed gateway run out.
sub run_out {
    my (@id) = @_;
    return wait_for(sub { change("lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE state = 'sending'", @id) }, 5);
}

my %final = map { $_ => 1 } qw(delivered failed expired unknown suppressed);
sub ended { my ($n) = @_; return $final{ $n->{state} } || ($n->{channel} eq 'mail' && $n->{state} eq 'sent') }

# A3: every notice has one end; what is not flagged has arrived once, and nothing
# arrived twice.
sub settle {
    my ($what, $before, @id) = @_;
    ok(wait_for(sub { hurry(@id); !grep { !ended($_) } notices(@id) }, heavy(25, 90)), "$what: A3 every notice has its end")
        or diag explain [map { "$_->{channel} $_->{state} $_->{reason}" } grep { !ended($_) } notices(@id)];
    sleep 0.5;
    my @all = notices(@id);
    my %times;
    for my $mail (mails()) { $times{$1}++ if $mail->{raw} =~ /^Message-ID: <(\w+)@/m }
    my @mail = grep { $_->{channel} eq 'mail' } @all;
    is_deeply([map { $_->{ref} } grep { ($times{ $_->{ref} } // 0) > 1 } @mail], [], "$what: no mail arrived twice");
    is_deeply([map { "$_->{state} $_->{reason}" } grep { $_->{state} eq 'sent' && !$times{ $_->{ref} } } @mail], [],
        "$what: each sent mail has arrived");
    my $sms = sms() - $before;
    my $delivered = grep { $_->{channel} eq 'sms' && $_->{state} eq 'delivered' } @all;
    my $flagged = grep { $_->{channel} eq 'sms' && $_->{state} eq 'unknown' } @all;
    cmp_ok($sms, '>=', $delivered, "$what: $delivered SMS delivered, $sms arrived");
    cmp_ok($sms, '<=', $delivered + $flagged, "$what: none of them twice");
    my %state;
    $state{"$_->{channel} $_->{state}"}++ for @all;
    note_numbers('%s: %d notices: %s', $what, scalar @all, join ', ', map { "$state{$_} $_" } sort keys %state);
    is_deeply([map { "$_->{channel} $_->{state} $_->{reason}" } grep { $_->{state} =~ /failed|expired|suppressed/ } @all], [], "$what: none was given up");
    return @all;
}

sub end_server {
    my ($name, $signal) = @_;
    my $pid = kill_program($name, $signal // 'TERM') or return;
    wait_for(sub { !-e "/proc/$pid" || slurp("/proc/$pid/stat") =~ /\) Z / }, 10);
    return;
}

my $some = heavy(2, 6);

subtest 'as always' => sub {
    my $before = sms();
    my @id = urgent($some);
    cmp_ok(scalar(notices(@id)), '>=', 4 * $some, 'people are told: ' . notices(@id) . ' notices');
    settle('calm', $before, @id);
};

subtest 'the mail server is away' => sub {
    end_server('mailbox');
    my $before = sms();
    my @id = urgent($some);
    sleep 2;
    is(scalar(grep { $_->{channel} eq 'mail' && $_->{state} !~ /queued|sending/ } notices(@id)), 0, 'mails wait');
    ok(revive('mailbox_up'), 'it is back');
    my @all = settle('mail server back', $before, @id);
    is(scalar(grep { $_->{state} eq 'unknown' } @all), 0, 'nothing was in flight, so nothing is flagged');
};

# The SMSC goes with it: Kannel numbers the parts of messages from the beginning
# after a restart, and an SMSC that remembers takes the same number, text and
# part for a repetition.
subtest 'Kannel is away' => sub {
    end_server($_) for qw(smsbox bearerbox smsc);
    my $before = sms();
    my @id = urgent($some);
    sleep 2;
    is(scalar(grep { $_->{channel} eq 'sms' && $_->{state} !~ /queued|sending/ } notices(@id)), 0, 'messages wait');
    ok(revive('smsc_up', 'kannel_up'), 'it is back');
    my @all = settle('Kannel back', $before, @id);
    is(scalar(grep { $_->{state} eq 'unknown' } @all), 0, 'nothing was in flight, so nothing is flagged');
};

# Kannel numbers messages of several parts from 0 to 255: less than that at once,
# or the SMSC takes some for repetitions.
subtest 'gateways killed in the midst of it' => sub {
    my $before = sms();
    my @id;
    for (1 .. heavy(2, 4)) {
        push @id, urgent($some);
        sleep rand 0.3;
        kill_program("tomozuna-$_") for qw(mail sms);
        wait_for(sub { pid_of('tomozuna-mail') && pid_of('tomozuna-sms') }, 10);
        sleep 0.5;
    }
    run_out(@id);
    my @all = settle('gateways killed', $before, @id);
    my @flagged = grep { $_->{state} eq 'unknown' } @all;
    cmp_ok(scalar @flagged, '<=', heavy(2, 4) * 2 * 8, @flagged . ' in flight are flagged');
    is(scalar(grep { $_->{reason} eq '' } @flagged), 0, '  with a reason');
};

is_deeply([map { pid_of($_) ? () : $_ } qw(mailbox smsc bearerbox smsbox tomozuna-mail tomozuna-sms)], [], 'all are back');
done_testing;
