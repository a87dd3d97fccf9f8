#!/usr/bin/perl
# tomozuna-meet against Graph and Jitsi as their documents have them: what is asked, what each refusal
# becomes, and that after a thousand random ones both sides have the same meetings, each once.
use strict;
use warnings;
use utf8;
use Digest::SHA qw(hmac_sha256);
use FindBin;
use IO::Socket::SSL;
use JSON::PP;
use MIME::Base64 qw(decode_base64url encode_base64url);
use Time::HiRes ();
use lib "$FindBin::RealBin/../lib";
use Test::More;
use Tomozuna::Private qw(free_port start stop wait_for answers slurp spew $ROOT);

plan skip_all => 'tomozuna-meet is not built' if !Tomozuna::Private::program('meet');
binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;

# How long the gateway waits for an answer: on a machine that is slow for itself, more.
my $WAIT_S = $ENV{TOMOZUNA_MEET_TIMEOUT} // 1;
my $w = Tomozuna::Private->new('meeting', 'meet');
my $dir = $w->{dir};
my ($tenant, $client, $user) = map { sprintf '%08x-0000-4000-8000-%012x', $_, $_ } 1 .. 3;
my $port = free_port();
my $origin = "https://127.0.0.1:$port";
sub pair { my ($name, @more) = @_; system("openssl req -x509 -newkey rsa:2048 -nodes -keyout $dir/$name.key -out $dir/$name.crt -days 30 -subj /CN=$name @more >/dev/null 2>&1") == 0 or die 'openssl'; return }
pair('server', '-addext subjectAltName=IP:127.0.0.1');
pair('client');
$ENV{CREDENTIALS_DIRECTORY} = "$dir/conf";
my $graph = start("$dir/graph.err", "$ROOT/tests/standin/graph", '--listen', "127.0.0.1:$port", '--cert', "$dir/server.crt", '--key', "$dir/server.key",
    '--client-cert', "$dir/client.crt", '--tenant', $tenant, '--client', $client, '--user', $user, '--slow', $WAIT_S + 0.6);
answers($port);
sub ask {
    my ($method, $path, $body) = @_;
    my $c = IO::Socket::SSL->new(PeerAddr => "127.0.0.1:$port", SSL_ca_file => "$dir/server.crt", Timeout => 20) or die "graph: $@ " . slurp("$dir/graph.err");
    $body = defined $body ? encode_json($body) : '';
    print $c "$method $path HTTP/1.1\r\nContent-Length: " . length($body) . "\r\n\r\n$body";
    local $/;
    my ($head, $text) = split /\r\n\r\n/, <$c> // '', 2;
    return $text ? decode_json($text) : undef;
}
sub state { my $s; wait_for(20, sub { $s = ask(GET => '/-/state') }); return $s }
sub control { return ask(POST => '/-/control', { @_ }) }

sub gateway { my (%more) = @_; $w->stop_gateway('meet'); return $w->gateway('meet', notices_dir => undef, meet_ca => "$dir/server.crt", meet_timeout_s => $WAIT_S, meet_quiet_s => $WAIT_S + 1, meet_refused_s => 1, %more) }

# A meeting whose invitations were pressed, of a patient whose name nobody may hear.
sub meeting {
    my (%set) = @_;
    my $ref = join '', map { sprintf '%02x', rand 256 } 1 .. 16;
    my $room = join '', map { sprintf '%02x', rand 256 } 1 .. 16;
    %set = (kind => 'care_conference', recording => 0, %set);
    # At once, as the module does it: who is not there yet gets no link.
    $w->sql("START TRANSACTION; INSERT INTO meeting_meeting (ref, network_id, patient_id, kind, title, agenda, starts_at, ends_at, organizer_id, organizer_name, made_at, asked_at, room, recording, act_due_at)
        VALUES (UNHEX('$ref'), 1, 1, '$set{kind}', '$Tomozuna::Private::CANARY', '$Tomozuna::Private::CANARY', '2099-11-25 01:00:00', '2099-11-25 02:00:00', 4, 'x', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), '$room', $set{recording}, UTC_TIMESTAMP(3));
        INSERT INTO meeting_invitation (ref, meeting_id, patient_id, user_id, name, invited_at, invited_by)
        SELECT RANDOM_BYTES(16), LAST_INSERT_ID(), 1, id, CONCAT(family, ' ', given), UTC_TIMESTAMP(3), 4 FROM care_user WHERE id < 3;
        INSERT INTO meeting_invitation (ref, meeting_id, patient_id, guest, name, mail, invited_at, invited_by)
        SELECT RANDOM_BYTES(16), id, 1, 'family', '客', 'guest\@tomozuna.example', UTC_TIMESTAMP(3), 4 FROM meeting_meeting WHERE ref = UNHEX('$ref'); COMMIT");
    return $ref;
}
sub of { my ($ref, $column) = @_; return $w->value("SELECT COALESCE($column, '-') FROM meeting_meeting WHERE ref = UNHEX('$ref')") }
sub becomes { my ($ref, $column, $want, $s) = @_; my $is; wait_for($s // 20, sub { ($is = of($ref, $column)) eq $want }); return is($is, $want, "  $column $want") }
sub due_mails { my ($ref) = @_; return $w->value("SELECT COUNT(*) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = UNHEX('$ref') AND i.mail_due_at IS NOT NULL") }
sub told { my ($ref) = @_; $w->sql("UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id SET i.mail_due_at = NULL, i.told_at = UTC_TIMESTAMP(3) WHERE m.ref = UNHEX('$ref')"); return }
sub there { my ($ref) = @_; return grep { $_->{externalId} eq $ref } @{ state()->{meetings} } }
sub cancel { my ($ref) = @_; $w->sql("UPDATE meeting_meeting SET state = 'cancelled', sequence = sequence + 1, act_due_at = UTC_TIMESTAMP(3) WHERE ref = UNHEX('$ref')"); return }
sub move { my ($ref, $to) = @_; $w->sql("UPDATE meeting_meeting SET starts_at = '$to:00:00', ends_at = '$to:30:00', revision = revision + 1, act_due_at = UTC_TIMESTAMP(3) WHERE ref = UNHEX('$ref')"); return }

# ---- no provider, Jitsi ----

sub jitsi {
    gateway();
    my $none = meeting();
    becomes($none, 'act_reason', 'not_configured');
    is(of($none, 'state'), 'draft', 'without a provider it stays a draft');
    cancel($none);
    becomes($none, 'act_due_at', '-');
    $w->sql("INSERT INTO meeting_provider (network_id, kind, origin, client, probe) VALUES (1, 'jitsi', 'https://meet.example', 'tomozuna', 0)");
    my $ref = meeting();
    becomes($ref, 'act_reason', 'not_configured');
    spew("$dir/conf/meet_999997", "s3cret\n");
    becomes($ref, 'state', 'scheduled');
    is(due_mails($ref), 3, '  and mails are due');
    my ($room) = of($ref, 'room');
    my @url = $w->sql("SELECT i.name, LOWER(HEX(i.ref)), i.join_url, i.guest FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = UNHEX('$ref')");
    for (@url) {
        my ($name, $id, $url, $guest) = split /\t/;
        my ($head, $body, $mac) = $url =~ m{\Ahttps://meet\.example/$room\?jwt=([\w-]+)\.([\w-]+)\.([\w-]+)\z} or fail("link $url");
        is($mac, encode_base64url(hmac_sha256("$head.$body", 's3cret')), "  the link of $name is signed");
        is_deeply(decode_json(decode_base64url($head)), { alg => 'HS256', typ => 'JWT' }, '  header');
        my $c = decode_json(decode_base64url($body));
        is_deeply($c, { iss => 'tomozuna', aud => 'jitsi', sub => 'meet.example', room => $room, nbf => 4099251600 - 900, exp => 4099251600 + 3600 + 1800,
            context => { user => { id => $id, name => $name, moderator => $guest eq 'family' ? 'false' : 'true' }, features => { recording => 'false' } } }, '  claims') or diag(explain($c));
    }
    told($ref);
    my $old = $w->value("SELECT MIN(join_url) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = UNHEX('$ref')");
    move($ref, '2099-11-26 03');
    becomes($ref, 'done', '1');
    isnt($w->value("SELECT MIN(join_url) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = UNHEX('$ref')"), $old, '  another time has other links');
    is(due_mails($ref), 3, '  and everyone hears of it');
    told($ref);
    $w->sql("UPDATE meeting_meeting SET recording = 1, revision = revision + 1, act_due_at = UTC_TIMESTAMP(3) WHERE ref = UNHEX('$ref')");
    becomes($ref, 'done', '2');
    my $records = sub { join ' ', map { decode_json(decode_base64url((split /\./, (split /jwt=/)[1])[1]))->{context}{features}{recording} } $w->sql("SELECT i.join_url FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = UNHEX('$ref')") };
    is($records->(), 'false false false', '  what the network does not allow is in no link');
    $w->sql("UPDATE meeting_provider SET recording = 1; UPDATE meeting_meeting SET revision = revision + 1, act_due_at = UTC_TIMESTAMP(3) WHERE ref = UNHEX('$ref')");
    becomes($ref, 'done', '3');
    is($records->(), 'true true true', '  what it allows is');
    told($ref);
    $w->sql("UPDATE meeting_meeting SET recording = 2, act_due_at = UTC_TIMESTAMP(3) WHERE ref = UNHEX('$ref')");
    ok(wait_for(20, sub { $records->() eq 'false false false' }), '  until it is taken back');
    is(due_mails($ref), 0, '  of which no mail tells');
    cancel($ref);
    becomes($ref, 'begun', '0');
    is($w->value("SELECT COUNT(join_url) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = UNHEX('$ref')"), 0, '  no link is left');
    return;
}

# A server of one's own is asked whether it is there before anything is promised there.
sub dead {
    my $nobody = free_port();
    $w->sql("UPDATE meeting_provider SET origin = 'https://127.0.0.1:$nobody', probe = 1");
    my $ref = meeting();
    becomes($ref, 'act_reason', 'unavailable');
    is(of($ref, 'state') . ' ' . due_mails($ref), 'draft 0', '  nobody there: a draft, and no invitation has left');
    gateway();    # looks at once
    ok(wait_for(60, sub { $w->value('SELECT COUNT(*) FROM meeting_provider WHERE away_since IS NOT NULL') }), '  it is noticed');
    $w->sql("UPDATE meeting_provider SET origin = '$origin'");
    becomes($ref, 'state', 'scheduled', 60);
    is(due_mails($ref), 3, '  there again: they leave');
    gateway();
    ok(wait_for(60, sub { !$w->value('SELECT COUNT(*) FROM meeting_provider WHERE away_since IS NOT NULL') }), '  and that is noticed, too');
    my @wrong = grep { !m{GET /robots} } @{ state()->{faults} };
    is_deeply(\@wrong, [], '  it was told nothing') or diag(explain(\@wrong));
    cancel($ref);
    becomes($ref, 'begun', '0');
    return;
}

# ---- Teams ----

sub teams {
    $w->sql("REPLACE INTO meeting_provider (network_id, kind, origin, login_origin, tenant, client, organizer, recording) VALUES (1, 'teams', '$origin', '$origin', '$tenant', '$client', '$user', 1)");
    spew("$dir/conf/meet_999997", slurp("$dir/client.crt") . slurp("$dir/client.key"));
    my $ref = meeting(recording => 1);
    becomes($ref, 'state', 'scheduled');
    becomes($ref, 'act_due_at', '2099-11-25 02:30:00.000');
    my ($m) = there($ref);
    is($m->{startDateTime} . ' ' . $m->{endDateTime}, '2099-11-25T01:00:00.000Z 2099-11-25T02:00:00.000Z', 'Graph has it, at its time');
    is($m->{subject}, 'サービス担当者会議', '  under its kind');
    ok($m->{allowRecording} && !$m->{recordAutomatically}, '  recording may be begun, and does not begin by itself');
    is($w->value("SELECT COUNT(DISTINCT join_url) FROM meeting_invitation WHERE join_url = '$m->{joinWebUrl}'"), 1, '  its link is everyone\'s');
    move($ref, '2099-11-27 05');
    becomes($ref, 'done', '1');
    is((there($ref))[0]{startDateTime}, '2099-11-27T05:00:00.000Z', '  moved');
    cancel($ref);
    becomes($ref, 'begun', '0');
    is(scalar there($ref), 0, '  and gone');
    return;
}

# Links die when the last have left: Teams' own would live for weeks.
sub over {
    my $ref = meeting();
    becomes($ref, 'state', 'scheduled');
    told($ref);
    $w->sql("UPDATE meeting_meeting SET starts_at = UTC_TIMESTAMP(3) - INTERVAL 2 HOUR, ends_at = UTC_TIMESTAMP(3) - INTERVAL 29 MINUTE, act_due_at = UTC_TIMESTAMP(3) WHERE ref = UNHEX('$ref')");
    ok(wait_for(20, sub { (of($ref, 'act_due_at') cmp of($ref, 'ends_at')) > 0 && !$w->value("SELECT act_due_at <= UTC_TIMESTAMP(3) FROM meeting_meeting WHERE ref = UNHEX('$ref')") }), 'half an hour is left to those who talk on');
    is(scalar there($ref), 1, '  it is there');
    $w->sql("UPDATE meeting_meeting SET ends_at = ends_at - INTERVAL 2 MINUTE, act_due_at = act_due_at - INTERVAL 2 MINUTE WHERE ref = UNHEX('$ref')");
    becomes($ref, 'begun', '0');
    is(scalar there($ref), 0, '  and then it is not: its link leads nowhere');
    is($w->value("SELECT COUNT(join_url) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.ref = UNHEX('$ref')"), 0, '  nor is any kept');
    is(of($ref, 'state') . ' ' . of($ref, 'act_due_at') . ' ' . due_mails($ref), 'scheduled - 0', '  it took place, and nobody is written to');
    return;
}

# Recording that is taken back is taken back there, and nobody is invited anew for it.
sub unrecorded {
    my $ref = meeting(recording => 1);
    becomes($ref, 'state', 'scheduled');
    ok((there($ref))[0]{allowRecording}, 'recording was allowed');
    told($ref);
    $w->sql("UPDATE meeting_meeting SET recording = 2, act_due_at = UTC_TIMESTAMP(3) WHERE ref = UNHEX('$ref')");
    ok(wait_for(20, sub { my ($m) = there($ref); $m && !$m->{allowRecording} }), '  and is not any more');
    is(due_mails($ref), 0, '  no mail says so');
    cancel($ref);
    becomes($ref, 'begun', '0');
    return;
}

# What each refusal becomes, in words for people; then all is well again.
sub refusals {
    for my $case ([{ policy => 0 }, 'access_policy', { policy => 1 }], [{ next => [403, 403, 403] }, 'unauthorized'], [{ next => [(401) x 6] }, 'unauthorized'],
        [{ next => [429] }, 'throttled'], [{ next => [500] }, 'unavailable'], [{ next => [503] }, 'unavailable'],
        [{ next => ['half'] }, 'unavailable'], [{ next => ['deaf'] }, 'unavailable'], [{ next => ['slow'] }, 'unavailable']) {
        my ($does, $reason, $cure) = @$case;
        control(%$does);
        my $ref = meeting();
        note(encode_json($does));
        becomes($ref, 'act_reason', $reason);
        is(of($ref, 'state') . ' ' . due_mails($ref), 'draft 0', '  a draft, and no invitation has left') if !$does->{next} || @{ $does->{next} } > 1;
        control(%$cure) if $cure;
        becomes($ref, 'state', 'scheduled');
        is(scalar there($ref), 1, '  there once');
    }
    gateway();
    control(key_refused => 1);
    my $ref = meeting();
    becomes($ref, 'act_reason', 'unauthorized');
    control(key_refused => 0);
    becomes($ref, 'state', 'scheduled');
    my ($m) = there($ref);
    $m->{id} =~ s/=/%3D/;
    is_deeply(state()->{faults}, [], 'no request was other than documented');
    # Cancelled while nobody knows whether the create arrived.
    control(next => ['slow']);
    $ref = meeting();
    becomes($ref, 'act_reason', 'unavailable');
    cancel($ref);
    becomes($ref, 'begun', '0');
    is(scalar there($ref), 0, 'an unanswered create is found and taken away');
    $w->stop_gateway('meet');
    is(scalar(grep { -f && index(slurp($_), 'token-') >= 0 } "$dir/meet.log"), 0, 'no token in the log');
    return;
}

# TOMOZUNA_MEETINGS (200; 1,000 take two minutes) meetings, each made, moved and cancelled at random while the other side refuses at random.
sub thousand {
    my $n = $ENV{TOMOZUNA_MEETINGS} // 200;
    my $seed = srand($ENV{TOMOZUNA_SEED} // int rand 2**31);
    $w->sql('DELETE FROM meeting_invitation; DELETE FROM meeting_meeting');
    control(dice => { 429 => 8, 401 => 30, 403 => 15, 500 => 50, 503 => 40, half => 40, deaf => 10, slow => 8 });
    my $before = state();
    my %kept = map { $_->{externalId} => 1 } @{ $before->{meetings} };
    gateway();
    my @ref;
    for my $i (1 .. $n) {
        push @ref, meeting();
        move($ref[rand @ref], sprintf '2099-12-%02d %02d', 1 + rand 28, rand 23) if rand() < 0.4;
        cancel($ref[rand @ref]) if rand() < 0.3;
        if (rand() < 0.01) { $w->stop_gateway('meet', 'KILL'); $w->sql("UPDATE meeting_meeting SET act_lease_until = UTC_TIMESTAMP(3) + INTERVAL $WAIT_S + 2 SECOND WHERE act_lease_until IS NOT NULL"); gateway() }
    }
    control(dice => {});
    # But for what becomes due when they are over.
    my $quiet = wait_for(600, sub { !$w->value('SELECT COUNT(*) FROM meeting_meeting WHERE act_due_at < starts_at') });
    ok($quiet, "$n meetings have met their end (seed $seed)");
    my $after = state();
    my %there;
    push @{ $there{ $_->{externalId} } }, $_ for grep { !$kept{ $_->{externalId} } } @{ $after->{meetings} };
    my %want = map { my ($r, $s, $from) = split /\t/; ($r => [$s, $from]) } $w->sql("SELECT LOWER(HEX(ref)), state, DATE_FORMAT(starts_at, '%Y-%m-%dT%H:%i:%s.000Z') FROM meeting_meeting");
    is(scalar(grep { $want{$_}[0] eq 'draft' } keys %want), 0, 'none stayed a draft');
    is_deeply([grep { $want{$_}[0] eq 'scheduled' && !$there{$_} } keys %want], [], 'none is lost');
    is_deeply([grep { @{ $there{$_} } > 1 } keys %there], [], 'none is doubled');
    is_deeply([grep { !$want{$_} || $want{$_}[0] eq 'cancelled' } keys %there], [], 'none is left behind');
    is_deeply([grep { $want{$_}[0] eq 'scheduled' && $there{$_} && $there{$_}[0]{startDateTime} ne $want{$_}[1] } keys %want], [], 'each at its time');
    is_deeply([grep { $_ ne 'asked before Retry-After was over' } @{ $after->{faults} }], [], 'no request was other than documented');
    is(scalar(grep { /Retry-After/ } @{ $after->{faults} }), 0, 'Retry-After was obeyed');
    diag(join ', ', map { "$_ " . ($after->{count}{act}{$_} // 0) } sort keys %{ $after->{count}{act} });
    is($w->value("SELECT COUNT(*) FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id WHERE m.state = 'scheduled' AND i.join_url IS NULL"), 0, 'each who is invited has a link');
    return;
}

END { local $?; diag(join "", (split /^/m, slurp("$dir/meet.log"))[-12 .. -1]) if $ENV{SHOW} && -s "$dir/meet.log" }
jitsi();
dead();
teams();
over();
unrecorded();
refusals();
thousand();
stop($graph);
is_deeply([grep { !/mariadb|\.sock|\/conf/ } $w->canary_seen], [], 'nobody heard of the patient');
done_testing;
