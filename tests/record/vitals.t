#!/usr/bin/perl
# Vital signs: what is taken and what is a slip of the finger, limits and who is
# told, what was wrong, and the graph with its numbers.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($nurse, $doctor, $helper, $outsider) = map { person($_) } qw(nurse doctor helper outsider);
my $p = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
my $path = "/record/$p/vital_signs";

sub write_it { my ($who, %value) = @_; return $who->post($path, \%value) }
sub newest { return join ' ', map { "$_->{sign}=$_->{value}" . ($_->{outside} ? '!' : '') } @{ $nurse->get("/record/$p")->json->{vital_sign}{values} } }

# ---- what is taken ----

is(write_it($helper, temperature => '36.8', systolic => 128, diastolic => '74', pulse => '７２', spo2 => 97, jcs => 0)->status, 201, 'a helper measures');
is(newest(), 'temperature=36.8 systolic=128 diastolic=74 pulse=72 spo2=97', 'the record shows the newest');
my %bad = (
    'letters' => [temperature => 'ねつ'], 'two points' => [temperature => '36.8.1'], 'a point of what has none' => [pulse => '72.5'],
    'two decimals' => [temperature => '36.85'], 'nobody is so hot' => [temperature => 368], 'nor so cold' => [temperature => 12],
    'more than all oxygen' => [spo2 => 101], 'a minus' => [pulse => '-72'], 'nothing measured' => [note => '測れず'],
    'upside down' => [systolic => 70, diastolic => 120, _ => 'diastolic'], 'the future' => [pulse => 72, measured_on => '2099-01-01', _ => 'measured_on'],
    'no such hour' => [pulse => 72, measured_time => '25:00', _ => 'measured_time'], 'no such state' => [jcs => 4, _ => 'jcs'],
);
for my $what (sort keys %bad) {
    my @in = @{ $bad{$what} };
    my %in = @in;
    my $field = delete $in{_} // ($what eq 'nothing measured' ? 'temperature' : $in[0]);
    my $answer = write_it($nurse, %in);
    is($answer->status . ' ' . ($answer->json->{error}{field} // ''), "400 $field", "refused: $what");
}
is(scalar db('SELECT COUNT(*) FROM record_vital_sign WHERE patient_id = ?', $id), 1, '  and nothing of it is kept');
is(write_it($nurse, pulse => 60, measured_on => '2026-01-05', measured_time => '09:05')->status, 201, 'one of long ago');
is(scalar db('SELECT DATE_FORMAT(measured_at, "%Y-%m-%d %H:%i") FROM record_vital_sign WHERE patient_id = ? AND pulse = 60', $id), '2026-01-05 00:05', '  at its Japanese time');
is(newest(), 'temperature=36.8 systolic=128 diastolic=74 pulse=72 spo2=97', '  is not the newest');

# ---- limits, and who is told ----

is($helper->post("$path/limits", { sign => 'spo2', low => 92 })->status, 403, 'a helper sets no limit');
is($doctor->post("$path/limits", { sign => 'spo2', low => 92 })->status, 204, 'the doctor does');
is($doctor->post("$path/limits", { sign => 'temperature', high => '37.5' })->status, 204, '  another');
is($doctor->post("$path/limits", { sign => 'pulse', low => 120, high => 50 })->json->{error}{field}, 'high', '  not upside down');
my %ref = map { $_ => scalar db('SELECT LOWER(HEX(ref)) FROM care_user WHERE login = ?', $_) } qw(nurse doctor helper outsider);
is($nurse->post("$path/watch", { user => $ref{$_}, wanted => 1 })->status, 204, "$_ is chosen") for qw(doctor helper outsider);
is_deeply([db('SELECT u.login FROM record_vital_watcher w JOIN care_user u ON u.id = w.user_id WHERE patient_id = ? ORDER BY 1', $id)], [qw(doctor helper)], '  but for who is not of the team');

my $before = db('SELECT COUNT(*) FROM care_notice WHERE kind = "vital_sign"');
is(write_it($nurse, spo2 => 92, temperature => '37.5')->json->{outside}, JSON::PP::false(), 'on the limit is inside');
is(scalar db('SELECT COUNT(*) FROM care_notice WHERE kind = "vital_sign"'), $before, '  and rings nobody');
my $low = write_it($nurse, spo2 => 88, temperature => '38.2');
is_deeply([@{ $low->json }{qw(outside told)}], [JSON::PP::true(), 2], 'outside: both are told');
is(newest(), 'temperature=38.2! spo2=88!', '  and it shows');
is_deeply([marks($p)], ['doctor urgent', 'helper urgent'], '  on their lists too');
is(scalar db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.cause = ? AND n.kind = "vital_sign" AND n.channel = "mail"', unhex($low->json->{id})), 2, '  a mail to each');
ok(wait_for(sub { grep { /決めた範囲の外のバイタル/ } letters() }, 30), '  which goes');
ok(!(grep { /38\.2|SpO2|体温|試験/ } grep { /決めた範囲の外/ } letters()), '  without a value or a name');
like($doctor->page("/record/$p")->text, qr/範囲の外の値があなたに知らされています/, 'the doctor sees it');
is($doctor->post("$path/" . $low->json->{id} . '/acknowledge', {})->status, 204, '  and understands');
is_deeply([marks($p)], ['helper urgent'], '  which is his alone');
is(write_it($nurse, spo2 => 80, measured_on => '2026-01-05')->json->{told}, 0, 'an old value rings nobody');
is($doctor->post("$path/limits", { sign => 'spo2' })->status, 204, 'a limit is taken away');
is(write_it($nurse, spo2 => 85)->json->{outside}, JSON::PP::false(), '  and no longer counts');

sub letters { return map { slurp($_) } glob demo('MAILBOX') . '/*.txt' }

# ---- what was wrong ----

my $wrong = write_it($nurse, weight => '432.1');
is($wrong->status, 400, 'nobody weighs that') or diag $wrong->text;
my $typo = write_it($nurse, weight => '23.4');
is(write_it($nurse, weight => '43.2', replaces => $typo->json->{id})->status, 201, 'a correction');
is(newest(), 'weight=43.2', '  counts');
is_deeply([db('SELECT CONCAT(a.weight, " ", a.ended_at IS NOT NULL, " ", b.weight) FROM record_vital_sign a JOIN record_vital_sign b ON b.replaces = a.id WHERE a.patient_id = ?', $id)], ['234 1 432'], '  and the old value stays as it was');
is($nurse->post("$path/" . $typo->json->{id} . '/end', {})->status, 404, '  ended once');
is(scalar db('SELECT weight_min FROM record_vital_day WHERE patient_id = ? AND weight_max IS NOT NULL', $id), 432, 'the day forgets it');
{
    my $other = new_patient(outsider => 'visiting_nurse');
    my $theirs = $outsider->post("/record/$other/vital_signs", { pulse => 70 })->json->{id};
    is($nurse->post("$path/$theirs/end", {})->status, 404, "another patient's value is none of this one's");
    is($nurse->get("/record/$other/vital_signs")->status, 404, '  to be seen either');
}

# ---- the graph ----

for my $span (qw(days14 days90 year all)) {
    my $page = $nurse->page("$path?span=$span");
    is($page->status, 200, "graph of $span");
    like($page->text, qr/<polyline class="line first" points="[-0-9., ]+"/, '  has a line');
    like($page->text, qr/<th scope="row"/, '  and its numbers as a table');
    unlike(join(' ', $page->text =~ /(?:points|x|y|cx|cy|d)="([^"]*)"/g), qr/nan|inf|-\d{4,}/, '  of places that exist');
}
is($nurse->get("$path?span=century")->status, 400, 'no other span');
my ($chart) = grep { $_->{sign} eq 'spo2' } @{ $nurse->get("$path?span=days14")->json->{charts} };
cmp_ok(scalar @{ $chart->{outside} }, '==', 1, 'what was outside that day is a mark of its own');

done_testing;
