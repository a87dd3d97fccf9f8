#!/usr/bin/perl
# Crews go on while MariaDB is killed or hangs, from the local copy: whoever is signed
# in and whatever is open stays, what is opened and reported then comes home, once, and
# each look has its audit row.
use strict;
use warnings;
use utf8;
use JSON::PP ();
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Patient;
use Tomozuna::Test;

my %team = (nurse => 'visiting_nurse', doctor => 'attending_physician');
my ($crew, $dispatcher, $doctor, $nurse) = map { person($_) } qw(crew dispatcher doctor nurse);

sub id_of { return scalar db('SELECT id FROM care_patient WHERE ref = ?', unhex($_[0])) }
sub summary { my ($who, $patient) = @_; return $who->get("/emergency/$patient") }

# All that MariaDB has is in the copy, too.
sub copied {
    my $follower = db('SELECT MAX(id) FROM care_follower WHERE seen_at = (SELECT MAX(seen_at) FROM care_follower)');
    ok(wait_for(sub { !db('SELECT COUNT(*) FROM care_followed WHERE follower_id = ?', $follower) }, 150), 'the copy has followed')
        or diag('waiting: ' . join ' ', db('SELECT COUNT(*) FROM care_followed WHERE follower_id = ?', $follower), db('SELECT CONCAT(id, "@", seen_at) FROM care_follower'));
    sleep 2.5;      # sessions and openings of now, every second
    return;
}

sub kill_server { my $pid = kill_program('mariadbd'); wait_for(sub { !pid_of('mariadbd') }, 10); return $pid }

# The first answer of a copy after `from`.
sub first_answer {
    my ($patient, $from, $what) = @_;
    my $answer = summary($crew, $patient);
    my $took = time - $from;
    is($answer->status, 200, "$what: the summary is answered");
    ok($answer->json->{as_of}, '  from the copy, which says as of when');
    soon($took, 1, sprintf '  after %.0f ms', $took * 1000);
    note_numbers('%s: first answer from the copy after %.0f ms', $what, $took * 1000);
    return $answer->json;
}

# What is the same whenever and from wherever it is read.
sub lasting {
    my ($s) = @_;
    my %s = %$s;
    delete @s{qw(as_of opening channel)};
    return \%s;
}

# ---- before: somebody with facts, opened; somebody opened the instant before the cut ----

my ($known, $late, $new) = map { scalar new_patient(%team) } 1 .. 3;
db('UPDATE care_patient SET phone = "000-555-7711", address = "むつみ町二葉3-14", kana_family = "あわいくさ", kana_folded = "あわいくさたろう" WHERE ref = ?', unhex($known));
$doctor->post("/record/$known/allergies", { substance => 'ペニシリン', reaction => '呼吸困難', category => 'medication' });
$doctor->post("/record/$known/medications", { name => 'エドキサバン', dose => '30mg', blood_thinner => 1 });
$nurse->post("/record/$known/vital_signs", { temperature => '36.4', spo2 => '95' });
my $contact = $nurse->post("/record/$known/emergency_contacts", { name => '試験一', relation => '子', phone => '090-0000-7719', hours => '24時間', position => 1 })->json->{id};
$nurse->post("/timeline/$known", { body => '両足のむくみが強い', kind => 'observation' });
is($crew->post('/emergency/open', { patient => $known, reason => 'unconscious' })->status, 201, 'opened before');
$nurse->post("/emergency/$known/card", {});
my $card = $nurse->get("/emergency/$known/prepare")->json->{card}{code};
my @asked = ($card, '000-555-7711', 'あわいくさ 86歳', 'あわいくさ', '試験1太郎 昭和15年', 'ふたば3-14 あわい', 'むつみ町二葉3', 'ほげもげ 80歳');
ok(wait_for(sub { !db('SELECT COUNT(*) FROM emergency_due') }, 30), 'keys are made');
copied();
sub found { my ($q) = @_; my $j = $crew->post('/emergency/search', { q => $q })->json; return { n => $j->{found}, who => [map { "$_->{name} $_->{age} " . ($_->{place} // '-') . ($_->{opened} ? ' opened' : '') } @{ $j->{candidates} }] } }
my %before = map { $_ => found($_) } @asked;
my $online = lasting(summary($crew, $known)->json);
my $fhir = sub { my $a = $crew->get("/emergency/$known", accept => 'application/fhir+json'); return scalar @{ ($a->json || {})->{entry} // [] } };
my $entries = $fhir->();
my $stranger = client(device => 'crew');
my $stolen = person('crew');                # a tablet that is revoked just before: what its session is left with

# ---- killed ----

is($stolen->get('/emergency')->status, 200, 'another tablet is in');
db('UPDATE care_session SET certificate = NULL WHERE token = ?', unhex(db('SELECT HEX(token) FROM care_session s JOIN care_user u ON u.id = s.user_id WHERE u.login = "crew" ORDER BY s.created_at DESC LIMIT 1')));
sleep 2.5;
my $since = audit_from();
my $access = access_from();
is($crew->post('/emergency/open', { patient => $late, reason => 'unconscious' })->status, 201, 'opened the instant before');
kill_server();
my $cut = time;
my $away = first_answer($late, $cut, 'killed');
is($away->{opening}{basis}, 'break_glass', '  what was opened the instant before is open');
is_deeply(lasting(summary($crew, $known)->json), $online, 'a summary is what it was, to the last field');
is($fhir->(), $entries, '  as an IPS document, too');
like($crew->page("/emergency/$known")->text, qr/データベースにつながりません。\d\d?:\d\d時点の写しです/, '  and the page says that it is a copy, of when');
is_deeply(found($_), $before{$_}, "search: $_") for @asked;
is($stolen->get('/emergency')->status, 503, 'a device revoked just before stays out');
my $refused = $stranger->post('/sign-in', { login => 'crew', password => 'x' });
is($refused->status, 503, 'nobody signs in');
my $unknown = client(device => 'crew');
$unknown->{cookie} = { '__Host-tomozuna' => 'x' x 43, map { $_ => 'A' x 43 } keys %{ $crew->{cookie} } };
like($unknown->page('/emergency')->text, qr/いまは新しくサインインできません/, '  and is told so in words');

# ---- what is done meanwhile ----

my $key = join '', map { chr 97 + rand 26 } 1 .. 20;
is($crew->get("/emergency/$new")->status, 404, 'whom nobody opened there is not');
is($crew->post('/emergency/open', { patient => $new })->json->{error}{field}, 'reason', 'without consent a reason is wanted');
my $opened = $crew->post('/emergency/open', { patient => $new, reason => 'unconscious', dispatch_number => 'B-2' });
is($opened->status, 201, 'with one she is opened');
is(summary($crew, $new)->json->{opening}{dispatch_number}, 'B-2', '  and read');
my $report = $crew->post("/emergency/$new/reports", { kind => 'departed', hospital => 'むつみ総合病院' }, 'idempotency-key' => $key);
is($report->status, 201, 'a report');
is($crew->post("/emergency/$new/reports", { kind => 'departed', hospital => 'むつみ総合病院' }, 'idempotency-key' => $key)->json->{id}, $report->json->{id}, '  sent again is the same');
is($crew->post("/emergency/$new/reports", { kind => 'arrived' }, 'idempotency-key' => $key)->status, 409, '  and another under that key is none');
is_deeply([map { "$_->{text} $_->{more}" } @{ summary($crew, $new)->json->{reports} }], ['departed むつみ総合病院'], '  it stands on her own screen');
is($crew->post("/emergency/$known/calls", { callee => $contact, result => 'answered' })->status, 204, 'a call');
is($crew->post("/emergency/$known/calls", { callee => 'ab' x 16, result => 'answered' })->status, 404, '  only of who is hers');
is($crew->post("/emergency/$known/extend", {})->status, 204, 'an hour more');
is($crew->post("/emergency/$known/extend", {})->status, 409, '  once');
is($crew->post("/emergency/$late/stop", {})->status, 204, 'ended');
is(summary($crew, $late)->status, 404, '  is shut');
for my $what ("/emergency/$known/hospitals", '/emergency/desk') {
    my $not = $crew->page($what);
    is($not->status, 503, "$what is not in the copy");
    like($not->text, qr/この画面だけ、いまは使えません.*そのまま使えます/, '  and says so, and what goes on');
}
like($crew->page("/emergency/$known")->text, qr/病院への照会はここからできません。電話で/, '  as the summary does before one asks');
like($crew->page('/emergency')->text, qr/指令台の画面と病院への照会は、つながるまで使えません/, '  and the search');
is($nurse->get("/timeline/$known")->status, 503, 'everything else says that it cannot');

# ---- a start without MariaDB ----

kill_program('tomozuna-emergency');
ok(wait_for(sub { summary($crew, $new)->status == 200 }, 15), 'killed and started without MariaDB the program answers as before');
is(summary($crew, $late)->status, 404, '  and what was ended stays so');

# ---- home ----

ok(revive('mariadb_up'), 'MariaDB is back');
my $home = sub { db('SELECT COUNT(*) FROM emergency_report WHERE ref = ?', unhex($report->json->{id})) };
ok(wait_for($home, 20), 'what was done comes home');
is(scalar db('SELECT COUNT(*) FROM emergency_opening WHERE ref = ? AND dispatch_number = "B-2"', unhex($opened->json->{id})), 1, '  the opening');
is(scalar $home->(), 1, '  the report, once');
# One act after the other, in the journal's order; each once.
sub comes { my ($name, @asked) = @_; wait_for(sub { db(@asked) }, 20); return is(scalar db(@asked), 1, $name) }
comes('  the call', 'SELECT COUNT(*) FROM emergency_call WHERE patient_id = ?', id_of($known));
comes('  the hour more', 'SELECT COUNT(*) FROM emergency_opening WHERE patient_id = ? AND extended_at IS NOT NULL', id_of($known));
comes('  the end', 'SELECT COUNT(*) FROM emergency_opening WHERE patient_id = ? AND ended_at IS NOT NULL', id_of($late));
is_deeply([marks($new)], ['doctor urgent', 'doctor urgent', 'nurse urgent', 'nurse urgent'], '  the team is marked, of opening and report');
cmp_ok(scalar db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE u.login = "privacy" AND n.cause = ?', unhex($opened->json->{id})), '>', 0, '  the privacy officer is told');
ok(wait_for(sub { !summary($crew, $new)->json->{as_of} }, 20), 'and then MariaDB answers again');
is($crew->post("/emergency/$new/reports", { kind => 'departed', hospital => 'むつみ総合病院' }, 'idempotency-key' => $key)->json->{id}, $report->json->{id}, 'the key of a report is known there');
is($stolen->get('/emergency')->status, 401, 'the revoked device is out as before');
db('UPDATE care_session SET ended_at = UTC_TIMESTAMP(3) WHERE certificate IS NULL AND ended_at IS NULL');
audited('killed');

# Each request of a crew that nginx saw answered has its audit row.
sub audited {
    my ($what) = @_;
    my %served;
    open my $in, '<', demo('LOG') . '/nginx-access.log' or die "access log: $!\n";
    seek $in, $access, 0;
    while (<$in>) {
        my (undef, $id, $door, undef, undef, $uri, undef, $status) = split;
        $served{ uc $id } = "$uri $status" if $door eq 'professional' && $uri =~ m{\A/emergency} && $status < 400;
    }
    my $missing = sub { my %row = map { $_ => 1 } db("SELECT HEX(request) FROM lib_audit WHERE id > $since"); return grep { !$row{$_} } keys %served };
    wait_for(sub { !$missing->() }, 20);
    my @missing = $missing->();
    is(scalar @missing, 0, "$what: each of " . keys(%served) . ' answers has its audit row') or diag join "\n", map { "$_ $served{$_}" } @missing[0 .. ($#missing < 9 ? $#missing : 9)];
    return;
}

# ---- hung ----

$crew->post('/emergency/open', { patient => $late, reason => 'unconscious' });
copied();
my $pid = pid_of('mariadbd');
kill STOP => $pid;
my $stopped = time;
first_answer($late, $stopped, 'hung');
is($crew->post("/emergency/$late/reports", { kind => 'on_scene' })->status, 201, '  and a report is taken');
kill CONT => $pid;
ok(wait_for(sub { db('SELECT COUNT(*) FROM emergency_report WHERE patient_id = ?', id_of($late)) }, 30), '  and comes home');
ok(wait_for(sub { !summary($crew, $late)->json->{as_of} }, 20), '  and then MariaDB answers again');

# ---- again and again, at random, with crews at work ----

my $cuts = heavy(3, 100);
my $ledger = demo('RUN') . "/../away-ledger.$$";
unlink $ledger;
$since = audit_from();
$access = access_from();
my @workers = map { work($_) } 1 .. 3;
for my $n (1 .. $cuts) {
    forget_limits();
    sleep 0.3 + rand 1.2;
    if (rand() < 0.5) { kill_server(); sleep rand 1; revive('mariadb_up') or BAIL_OUT('MariaDB does not start') }
    else { my $p = pid_of('mariadbd'); kill STOP => $p; sleep 0.2 + rand 2; kill CONT => $p }
}
sleep 1;
spew("$ledger.stop", '');
waitpid $_, 0 for @workers;
my @told = map { [split] } split /\n/, slurp($ledger);
unlink $ledger, "$ledger.stop";
my %kind;
$kind{"$_->[0] $_->[1]"}++ for @told;
my @openings = map { $_->[2] } grep { $_->[0] eq 'open' && $_->[1] == 201 } @told;
my @reports = map { $_->[2] } grep { $_->[0] eq 'report' && $_->[1] == 201 } @told;
my %once;
@openings = grep { !$once{$_}++ } @openings;
my $lost = sub { my ($table, @ref) = @_; my %there = map { lc $_ => 1 } db("SELECT HEX(ref) FROM $table"); return grep { !$there{ lc $_ } } @ref };
ok(wait_for(sub { !$lost->('emergency_opening', @openings) && !$lost->('emergency_report', @reports) }, 60), "$cuts cuts: all has come home");
is(scalar(my @o = $lost->('emergency_opening', @openings)), 0, '  none of ' . @openings . ' openings is lost');
my @ended = map { $_->[2] } grep { $_->[0] eq 'stop' && $_->[1] == 204 } @told;
my %open = map { lc $_ => 1 } db('SELECT HEX(ref) FROM emergency_opening WHERE ended_at IS NULL');
is(scalar(grep { $open{$_} } @ended), 0, '  each of ' . @ended . ' that were ended is');
is(scalar(my @r = $lost->('emergency_report', @reports)), 0, '  none of ' . @reports . ' reports');
is(scalar(grep { $_->[1] != 200 && $_->[0] eq 'read' } @told), 0, '  every look was answered: ' . grep { $_->[0] eq 'read' } @told) or diag explain \%kind;
my %twice;
$twice{$_}++ for @reports;
is(scalar(grep { $_ > 1 } values %twice), 0, '  and nothing is there twice');
audited("$cuts cuts");
my ($slow) = sort { $b <=> $a } map { $_->[3] } grep { $_->[0] eq 'read' } @told;
note_numbers('%d cuts: %d openings, %d reports, %d looks, none lost, slowest look %.0f ms', $cuts, scalar @openings, scalar @reports, scalar(grep { $_->[0] eq 'read' } @told), $slow * 1000);
ok(healthy(20, 'emergency'), 'all is well again');
is(scalar(grep { /kept aside/ } split /\n/, slurp(demo('LOG') . '/supervise-emergency.log')), 0, 'and nothing had to be put aside') if -e demo('LOG') . '/supervise-emergency.log';
done_testing;

# Thirty openings a minute are allowed; the cache counts them.
sub forget_limits {
    open my $out, '-|', 'redis-cli', '-s', demo('REDIS_SOCKET'), 'FLUSHALL' or die "redis-cli: $!\n";
    () = <$out>;
    return;
}

# A crew at work, in a process of its own, with the session of the first: opens, reads,
# reports, ends, and notes what it was told.
sub work {
    my ($n) = @_;
    my $child = fork // die "fork: $!\n";
    return $child if $child;
    my $me = client(device => 'crew', timeout => 20);
    $me->{cookie} = { %{ $crew->{cookie} } };
    my $patient = (($known, $late, $new)[$n - 1]);
    my $tell = sub {
        my ($what, $answer, $from, $open) = @_;
        open my $out, '>>', $ledger or die "$ledger: $!\n";
        syswrite $out, join(' ', $what, $answer->status, $what eq 'stop' ? $open : ($answer->json || {})->{id} // '-', sprintf '%.3f', time - $from) . "\n";
        close $out;
        return $answer->status;
    };
    my $open = '-';
    while (!-e "$ledger.stop") {
        for my $step ([open => '/emergency/open', { patient => $patient, reason => 'unconscious' }], [read => "/emergency/$patient"],
            [report => "/emergency/$patient/reports", { kind => 'on_scene' }], [read => "/emergency/$patient"],
            rand() < 0.3 ? [stop => "/emergency/$patient/stop", {}] : ()) {
            my ($what, $path, $form) = @$step;
            my $from = time;
            my $status = $tell->($what, my $answer = $form ? $me->post($path, $form) : $me->get($path), $from, $open);
            $open = $answer->json->{id} if $what eq 'open' && $status == 201;
            sleep 0.15;
        }
    }
    require POSIX;
    POSIX::_exit(0);
}
