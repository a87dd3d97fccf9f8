#!/usr/bin/perl
# One dose once: people who record it at the same moment leave one; each act on a visit is let
# through in the states of the table below alone; a browser that is closed in the middle of
# any step leaves a visit that somebody else goes on with.
use strict;
use warnings;
use utf8;
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Patient;
use Tomozuna::Raw;
use Tomozuna::Test;

my ($nurse, $doctor) = map { person($_) } qw(nurse doctor);
my @question = qw(leaflet illness immunosuppressed bleeding doctor_agreed recent_illness unwell convulsion severe_allergy
    component_allergy past_reaction fainting pregnant recent_vaccine has_question);
my %form = (temperature => '36.4', (map { $_ => 'no' } @question), wish => 'wishes', signer => 'self');
my %dose = (product => 'influenza_ha', lot_number => 'TEST01', expires_on => '2199-03-31', site => 'left_arm', route => 'sc', dose_ml => '0.5');
my %end = (watched_by => '試験 花', condition_after => 'well', early_reason => '試験');
my $today = db('SELECT DATE_FORMAT(UTC_TIMESTAMP() + INTERVAL 9 HOUR, "%Y-%m-%d")');

sub key_of { return db('SELECT id FROM care_patient WHERE ref = ?', unhex($_[0])) }
sub form_of { return $_[0]->get($_[1])->json->{form}{id} }
sub judgement { return (form => form_of($doctor, $_[0]), judgement => 'possible', mode => 'present', explained => 1) }

# A visit of a patient of its own, up to the doctor's word.
sub eligible {
    my $p = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
    my $visit = "/vaccination/$p/visits/" . $nurse->post("/vaccination/$p/visits", { vaccine => 'influenza' })->json->{id};
    $nurse->post("$visit/screening", \%form);
    is($doctor->post("$visit/judgement", { judgement($visit) })->status, 201, 'a visit that waits for the dose');
    return ($p, $visit);
}

# ---- at the same moment ----

# Each in a process of its own with a connection of its own, let go together; the statuses.
sub together {
    my ($start, @act) = (time + 0.5, @_);
    my @child = map {
        my $act = $_;
        my $pid = fork // die "fork: $!\n";
        if (!$pid) {
            my ($who, $path, $fields) = @$act;
            my $own = client(device => $who->{name});
            $own->{cookie} = { %{ $who->{cookie} } };
            $own->get('/account');
            sleep($start - time) if $start > time;
            POSIX::_exit(int($own->post($path, $fields)->status / 10));
        }
        $pid;
    } @act;
    return sort map { waitpid $_, 0; 10 * ($? >> 8) } @child;
}

for my $round (1 .. 4) {
    my ($p, $visit) = eligible();
    my %reported = (vaccine => 'influenza', given_on => $today);
    my @status = together([$nurse, "$visit/dose", \%dose], [$doctor, "$visit/dose", \%dose], [$nurse, "$visit/dose", \%dose],
        $round % 2 ? [$nurse, "/vaccination/$p", \%reported] : ());
    my ($given) = db('SELECT COUNT(*) FROM care_immunization WHERE patient_id = ? AND ended_at IS NULL', key_of($p));
    is($given, 1, @status . " people record the same dose at once: one is left (@status)");
    is(scalar(grep { $_ == 200 } @status), 1, '  one of them was told that it is written');
    is(scalar(grep { $_ >= 500 } @status), 0, '  and nobody that the program failed');
}
{
    my ($p, $visit) = eligible();
    $nurse->post("$visit/dose", \%dose);
    my @status = together(map { [$_, "$visit/close", \%end] } $nurse, $doctor, $nurse);
    is(scalar(grep { $_ == 200 } @status), 1, "the waiting period ends once (@status)");
    is(scalar db('SELECT COUNT(*) FROM lib_event e JOIN care_immunization i ON i.ref = e.about WHERE e.topic = "vaccination.completed" AND i.patient_id = ?', key_of($p)), 1, '  and is told of once');
    @status = together(map { [$_, "/vaccination/$p/visits", { vaccine => 'covid19' }] } $nurse, $doctor, $nurse);
    is(scalar db('SELECT COUNT(*) FROM vaccination_visit WHERE patient_id = ? AND vaccine = "covid19"', key_of($p)), 1, "and one visit is planned (@status)");
}

# ---- which act in which state ----

# What an act makes of a state: the next state, or the refusal.
my @act = qw(screening judgement dose close not_given cancel);
my %AFTER = (
    planned   => ['screened', '409 conflict', '400 not_wished', '400 not_given', 'not_given', '409 conflict'],
    screened  => ['screened', 'eligible', '400 not_judged', '400 not_given', 'not_given', '409 conflict'],
    eligible  => ['screened', 'eligible', 'waiting', '400 not_given', 'not_given', '409 conflict'],
    waiting   => ['409 conflict', '409 conflict', '400 same_day', 'completed', '409 conflict', '409 conflict'],
    completed => ['409 conflict', '409 conflict', '400 same_day', '409 conflict', '409 conflict', '409 conflict'],
    not_given => ['409 conflict', '409 conflict', '400 not_judged', '400 not_given', '409 conflict', '409 conflict'],
    cancelled => ['409 conflict', '409 conflict', '400 no_screening', '400 not_given', '409 conflict', '409 conflict'],
);

sub reach {
    my ($p, $state) = @_;
    my $visit = "/vaccination/$p/visits/" . $nurse->post("/vaccination/$p/visits", { vaccine => 'influenza' })->json->{id};
    return $nurse->post("$visit/cancel", {}) && $visit if $state eq 'cancelled';
    $nurse->post("$visit/screening", { %form, $state eq 'planned' ? (wish => '') : () });
    $doctor->post("$visit/judgement", { judgement($visit) }) if $state =~ /eligible|waiting|completed/;
    $nurse->post("$visit/dose", \%dose) if $state =~ /waiting|completed/;
    $nurse->post("$visit/close", \%end) if $state eq 'completed';
    $nurse->post("$visit/not_given", { reason => 'absent' }) if $state eq 'not_given';
    return $visit;
}

sub now_is { return $nurse->get($_[0])->json->{visit}{state} // 'nothing' }

for my $state (sort keys %AFTER) {
    my @got;
    for my $i (0 .. $#act) {
        my $p = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
        my $visit = reach($p, $state);
        now_is($visit) eq $state or push(@got, 'not reached'), next;
        my %fields = (screening => \%form, dose => \%dose, close => \%end, not_given => { reason => 'unwell' }, cancel => {},
            judgement => { judgement => 'possible', mode => 'present', explained => 1, form => form_of($doctor, $visit) // 'ab' x 16 });
        my $answer = ($act[$i] eq 'judgement' ? $doctor : $nurse)->post("$visit/$act[$i]", $fields{ $act[$i] });
        push @got, $answer->status < 300 ? now_is($visit) : now_is($visit) eq $state ? $answer->status . ' ' . $answer->error : 'refused, but changed';
    }
    is_deeply(\@got, $AFTER{$state}, "$state: @act");
}

# ---- a browser closed in the middle ----

# The bytes of a change, as a browser sends them.
sub bytes_of {
    my ($who, $path, $fields) = @_;
    my $body = Tomozuna::Client::form($fields);
    my $cookie = join '; ', map { "$_=$who->{cookie}{$_}" } keys %{ $who->{cookie} };
    return "POST $path HTTP/1.1\r\nHost: localhost\r\nOrigin: $who->{url}\r\nCookie: $cookie\r\nAccept: application/json\r\n"
        . "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " . length($body) . "\r\n\r\n$body";
}

sub cut {
    my ($who, $bytes) = @_;
    my $socket = raw_connect($who) or return;
    raw_send($socket, $bytes);
    $socket->close(SSL_no_shutdown => 1);
    return;
}

{
    my $p = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
    my $visit = "/vaccination/$p/visits/" . $nurse->post("/vaccination/$p/visits", { vaccine => 'influenza' })->json->{id};
    my @step = (
        [nurse => 'screening', sub { \%form }, 'screened'], [doctor => 'judgement', sub { return { judgement($visit) } }, 'eligible'],
        [nurse => 'dose', sub { \%dose }, 'waiting'], [nurse => 'close', sub { \%end }, 'completed'],
    );
    for (@step) {
        my ($who, $act, $fields, $then) = @$_;
        my $browser = person($who);
        my $whole = bytes_of($browser, "$visit/$act", $fields->());
        my $was = now_is($visit);
        cut($browser, substr $whole, 0, -20);
        is(now_is($visit), $was, "$act: a browser that is closed while it sends leaves the visit as it was");
        cut($browser, $whole);
        my $next = person($who);
        ok(wait_for(sub { $next->get($visit)->json->{visit}{state} eq $then }, 20), '  closed before the answer, another one finds it done')
            or diag(now_is($visit));
        is($next->page($visit)->status, 200, '  and its page goes on from there');
    }
    is(scalar db('SELECT COUNT(*) FROM care_immunization WHERE patient_id = ?', key_of($p)), 1, 'with one dose in the end');
}

done_testing;
