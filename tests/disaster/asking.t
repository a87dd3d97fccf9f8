#!/usr/bin/perl
# Asking relatives by SMS: whom, in which words, what an answer does, and who has to be
# rung. Answers are put where gateways/sms puts them; tests/sms has the way there.
use strict;
use warnings;
use utf8;
use JSON::PP ();
use File::Temp ();
use POSIX ();
use Test::More;
use Tomozuna::Incident;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($officer, $nurse, $outsider) = map { person($_) } qw(disasterofficer nurse outsider);
my $district = new_district("試験問$$");
my %who = map { $_ => register_patient(new_patient(nurse => 'visiting_nurse'), $district) } qw(son couple_he couple_she fixed told);
my %name = reverse %who;
my $number = 10 + $$ % 80;
my %mobile = (son => "+8190000${number}001", told => "+8190000${number}009");

sub contact {
    my ($whom, $position, $name, $phone) = @_;
    return db('INSERT INTO care_emergency_contact (ref, patient_id, position, name, relation, phone) SELECT RANDOM_BYTES(16), id, ?, ?, "長男", ? FROM care_patient WHERE ref = ?',
        $position, $name, $phone, unhex($who{$whom}));
}
contact('son', 1, '試験固定', '0532-00-0000');
contact('son', 2, '試験一郎', "090000${number}001" =~ s/\A090(\d{4})/090-$1-/r);
contact($_, 1, '試験二郎', "090000${number}002") for qw(couple_he couple_she);
contact('fixed', 1, '試験三郎', '0532-00-0001');
contact('told', 1, '試験四郎', "090000${number}009");
my $incident = new_incident($officer);
open_incident($officer, $incident, $district);
is($nurse->post("/disaster/$incident/status", { patient => $who{told}, status => 'safe' })->status, 201, 'of one there is word already');

sub request { my ($whom) = @_; return (db_rows('SELECT q.*, LOWER(HEX(q.ref)) AS id16 FROM disaster_request q JOIN care_patient p ON p.id = q.patient_id JOIN disaster_incident i ON i.id = q.incident_id
    WHERE p.ref = ? AND i.ref = ?', unhex($who{$whom}), unhex($incident)))[0] }
sub state_of { my ($whom) = @_; return db('SELECT CONCAT(s.status, " ", s.waits) FROM disaster_person s JOIN care_patient p ON p.id = s.patient_id JOIN disaster_incident i ON i.id = s.incident_id
    WHERE p.ref = ? AND i.ref = ?', unhex($who{$whom}), unhex($incident)) }
sub calls { my ($by) = @_; my %c = map { $name{ $_->{id} } => $_ } @{ ($by // $officer)->get("/disaster/$incident/calls")->json->{callees} }; return \%c }
sub why { my $c = calls(@_); return join ' ', map { "$_:$c->{$_}{why}" } sort keys %$c }

# ---- asking ----

is($nurse->post("/disaster/$incident/ask", {})->status, 403, 'a nurse does not write to relatives');
is(why(), '', 'before anybody was asked nobody is to be rung');
is($officer->post("/disaster/$incident/ask", {})->status, 204, 'an officer begins to ask');
is($officer->post("/disaster/$incident/ask", {})->status, 409, '  once');
is(request('son')->{mobile}, $mobile{son}, 'who has a mobile number is written to');
is(request('son')->{contact}, '試験一郎（長男）', '  the first of the contacts that has one');
is(request($_)->{mobile}, undef, "$_: a number that stands for two people says not for whom") for qw(couple_he couple_she);
is(request('fixed')->{mobile}, undef, 'who has only a fixed line is not');
is(request('told'), undef, 'nor is anybody asked of whom there is word');
my ($notice) = db_rows('SELECT * FROM care_notice WHERE cause = ?', unhex(request('son')->{id16}));
is("$notice->{kind} $notice->{resident_mobile}", "safety_request $mobile{son}", 'a message is queued');
my ($question) = db_rows('SELECT * FROM care_sms_question WHERE about = ?', unhex(request('son')->{id16}));
is($question->{code}, $notice->{code}, '  with the code of the question');
# The last one: the number may have served another run.
sub sent_to { my ($to, $words) = @_; return (grep { /\Q$to\E/ && /$words/ } split /\n/, slurp($ENV{TOMOZUNA_SMS_LOG}))[-1] }
my $sent = wait_for(sub { sent_to($mobile{son}, $question->{code}) }, 30);
ok($sent, '  and reaches the SMSC');
my $text = JSON::PP->new->decode($sent)->{text};
like($text, qr/1無事 2けが 3助けが必要 4避難した.*$question->{code}/, '  saying what to reply');
unlike($text, qr/試験|http/, '  with nobody\'s name and no link');
like($text, qr/\A【.+】.*問い合わせ \d/s, '  with the town and its number');

# ---- whom to ring ----

is(why(), 'couple_he:nobody couple_she:nobody fixed:nobody', 'whom no SMS can reach is to be rung');
is(calls()->{fixed}{contacts}[0]{phone}, '0532-00-0001', '  by these numbers');
is(why($nurse), why(), 'her nurse rings as well');
is($outsider->get("/disaster/$incident/calls")->status, 404, 'a stranger does not');
is($outsider->post("/disaster/$incident/calls", { patient => $who{fixed}, result => 'safe' })->status, 404, '  nor says what came of it');
is($nurse->post("/disaster/$incident/calls", { patient => $who{fixed}, result => 'no_answer' })->status, 201, 'nobody answers');
is(calls()->{fixed}, undef, '  nobody rings again for a while');
db('UPDATE disaster_call k JOIN care_patient p ON p.id = k.patient_id SET k.at = k.at - INTERVAL 16 MINUTE WHERE p.ref = ?', unhex($who{fixed}));
is(calls()->{fixed}{result}, 'no_answer', '  and then sees that it was tried');
is($nurse->post("/disaster/$incident/calls", { patient => $who{fixed}, result => 'rescue_needed' })->status, 201, 'somebody answers');
is(state_of('fixed'), 'rescue_needed 1', '  and that is word of her');
is(calls()->{fixed}, undef, '  whom nobody has to ring');
is($officer->page("/disaster/$incident/calls")->status, 200, 'the list as a page');
db('UPDATE disaster_request SET asked_at = asked_at - INTERVAL 31 MINUTE WHERE ref = ?', unhex(request('son')->{id16}));
is(calls()->{son}{why}, 'silent', 'half an hour without an answer');

# ---- answers ----

sub reply {
    my ($words) = @_;
    my $ref = join '', map { sprintf '%08x', rand 2**32 } 1 .. 4;
    db('INSERT INTO care_sms_incoming (ref, carrier_id, mobile, words, taken_as, question_id, received_at)
        SELECT ?, ?, mobile, ?, "answer", id, UTC_TIMESTAMP(3) FROM care_sms_question WHERE about = ?', unhex($ref), $ref, $words, unhex(request('son')->{id16}));
    event('disaster.answered', $ref);
    return;
}
reply('いま見に行っています');
ok(wait_for(sub { defined request('son')->{unclear} }, 30), 'an answer that names no status');
is(calls()->{son}{why} . ' ' . calls()->{son}{unclear}, 'unclear いま見に行っています', '  is shown to whoever rings');
is(state_of('son'), 'unknown 2', '  and is no word');
# Whoever has the list open waits at its doorbell, beside a look a minute.
my $line = File::Temp->new;
my $channel = $officer->get("/disaster/$incident")->json->{channel};
my $waiting = fork // die "fork: $!\n";
exec 'curl', '-sN', '--max-time', 120, '-o', "$line", '--cacert', demo('CA'), '--cert', demo('PEOPLE') . '/disasterofficer.crt', '--key',
    demo('PEOPLE') . '/disasterofficer.key', demo('URL') . "/bell/$channel" or POSIX::_exit(127) if !$waiting;
ok(wait_for(sub { -s "$line" }, 20), 'a screen waits');
unlike(slurp("$line"), qr/changed/, '  and hears nothing yet');
reply('１です');
ok(wait_for(sub { state_of('son') eq 'safe 3' }, 30), 'a digit is');
ok(wait_for(sub { slurp("$line") =~ /changed/ }, 10), '  the screen is told at once');
kill TERM => $waiting;
waitpid $waiting, 0;
is(request('son')->{unclear}, undef, '  and clears what was unclear');
my ($said) = @{ $officer->get("/disaster/$incident/people/$who{son}")->json->{said} };
is("$said->{method} $said->{user_name} $said->{office_name}", 'sms 試験一郎（長男） 家族', '  it stands there whose it is and how it came');
is(calls()->{son}, undef, '  nobody rings');
my $asked = $officer->get("/disaster/$incident/calls")->json->{asked};
is("$asked->{asked} $asked->{answered} $asked->{unreached}", '1 1 3', 'how many were asked, answered, cannot be written to');

# ---- relatives who are told ----

my $home = "/disaster/of/$who{told}";
my %relative = (name => '試験五郎', relation => '次男', mobile => "090000${number}007", agreed_by => '本人');
$mobile{relative} = "+8190000${number}007";
sub told { return scalar db('SELECT COUNT(*) FROM care_notice WHERE kind = "safety_known" AND resident_mobile = ?', $mobile{relative}) }
is($nurse->post("$home/relatives", { %relative, mobile => '0532-00-0000' })->json->{error}{field}, 'mobile', 'a fixed line is told nothing by SMS');
is($outsider->post("$home/relatives", \%relative)->status, 404, 'nobody registers for a stranger');
is($nurse->post("$home/relatives", \%relative)->status, 201, 'a relative is registered, with who agreed');
is($nurse->post("$home/relatives", \%relative)->status, 409, '  once');
is(told(), 0, '  and hears nothing of what was said before');
my ($listed) = @{ $nurse->get($home)->json->{relatives} };
is("$listed->{name} $listed->{mobile} $listed->{agreed_by}", "試験五郎 $mobile{relative} 本人", '  and stands on the page');
is($nurse->page($home)->status, 200, '  which is one');
sub mark { return $nurse->post("/disaster/$incident/status", { patient => $who{told}, status => $_[0] })->status }
is(mark('safe') . told(), '2010', 'the same word again is no news');
is(mark('contacting') . told(), '2010', 'that somebody calls her is none');
is(mark('injured') . told(), '2011', 'other word is told at once');
my $news = wait_for(sub { sent_to($mobile{relative}, '') }, 30);
unlike(JSON::PP->new->decode($news)->{text}, qr/試験|負傷|http/, '  without a name, a status and a link');
is($nurse->post("$home/relatives/$listed->{id}/end", {})->status, 204, 'he wants no more');
is(mark('hospital') . told(), '2011', '  and is told no more');
is(scalar @{ $nurse->get($home)->json->{relatives} }, 0, '  nor listed');
my $drill = new_incident($officer, drill => 1);
open_incident($officer, $drill, $district);
is($nurse->post("$home/relatives", \%relative)->status, 201, 'registered again');
is($nurse->post("/disaster/$drill/status", { patient => $who{told}, status => 'rescue_needed' })->status, 201, 'what is said in a drill');
is(told(), 1, '  is told to no relative');

$officer->post("/disaster/$incident/close", {});
reply('2');
ok(wait_for(sub { !db('SELECT COUNT(*) FROM lib_event_due WHERE program = "disaster" AND parked IS NULL') }, 30), 'an answer after the end is taken');
is(state_of('son'), 'safe 3', '  and changes nothing');
done_testing;
END { local $?; for my $m (values %mobile) { db("DELETE FROM $_ WHERE mobile = ?", $m) for qw(care_sms_incoming care_sms_question); db('DELETE FROM care_notice WHERE resident_mobile = ?', $m) } }
