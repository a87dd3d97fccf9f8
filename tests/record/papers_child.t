#!/usr/bin/perl
# Papers are drawn by a child that ends with the paper: many at once are all answered, the
# program itself stays small, and a child that is told nonsense draws nothing.
use strict;
use warnings;
use utf8;
use Encode qw(encode);
use File::Temp ();
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

use constant { CLIENTS => 16, ROUNDS => 2, RESIDENT_MIB => 30 };

my $doctor = person('doctor');
my $p = new_patient(doctor => 'attending_physician', nurse => 'visiting_nurse');
my $papers = "/record/$p/papers";
my ($station) = @{ $doctor->get($papers)->json->{stations} };
my $order = $doctor->post("$papers/nursing_order", { station => $station->{id}, valid_from => '2026-12-01', valid_to => '2027-05-31',
    diagnoses => '慢性心不全', instructions => '塩分をひかえる。' x 200 })->json->{id};
my @path = ("$papers/$order", "$papers/care_summary", "$papers/medication_summary", "/record/$p", "/record/$p/vital_signs", "/record/$p/medications", $papers);

# ---- many at once ----

# A sanitizer makes a drawing five times as long, and two are drawn at a time.
my $sanitized = slurp('/proc/' . pid_of('tomozuna-record') . '/maps') =~ /lib[a-z]san/;
my $clients = $sanitized ? CLIENTS / 4 : CLIENTS;
my @pid;
for my $n (1 .. $clients) {
    my $pid = fork // die "fork: $!\n";
    push(@pid, $pid), next if $pid;
    my $who = person($n % 2 ? 'doctor' : 'nurse');
    my $bad = 0;
    for my $round (1 .. ROUNDS) {
        for my $path (@path) {
            my $answer = $who->get($path, accept => $path =~ m{papers/} ? '*/*' : 'text/html');
            $bad++ if $answer->status != 200 || ($path =~ m{papers/} && $answer->body !~ /\A%PDF.*%%EOF\s*\z/s);
        }
    }
    require POSIX;
    POSIX::_exit($bad > 250 ? 250 : $bad);
}
my $bad = 0;
for my $pid (@pid) { waitpid $pid, 0; $bad += $? >> 8 || ($? ? 1 : 0) }
is($bad, 0, $clients * ROUNDS * @path . " answers to $clients at once, half of them papers");

my $pid = pid_of('tomozuna-record');
my ($rss) = slurp("/proc/$pid/status") =~ /^VmRSS:\s+(\d+)/m;
note sprintf 'resident: %.1f MiB', $rss / 1024;
SKIP: {
    # A sanitizer's shadow counts, too.
    skip 'built with a sanitizer', 1 if $sanitized;
    cmp_ok($rss, '<', RESIDENT_MIB * 1024, '  and the program has less than ' . RESIDENT_MIB . ' MiB resident');
}
unlike(slurp("/proc/$pid/maps"), qr/Noto/, '  no font is open in it');
ok(wait_for(sub { !grep { slurp_if("/proc/$_/status") =~ /^PPid:\s+$pid$/m } map { m{(\d+)\z} } glob '/proc/[0-9]*' }, 30), '  no child is left');
sub slurp_if { open my $in, '<', $_[0] or return ''; local $/; return <$in> // '' }

# ---- the child alone ----

my $folder = File::Temp->newdir;
sub draw {
    my ($told) = @_;
    open my $out, '>:raw', "$folder/told" or die;
    print {$out} $told;
    close $out;
    # By a pipe: it may write no file.
    my $status = system('bash', '-c', '"$0" --paper <"$1/told" 2>"$1/said" | cat >"$1/made"; exit ${PIPESTATUS[0]}', demo('BIN') . '/tomozuna-record', $folder);
    return ($status == 0 ? 1 : 0, -s "$folder/made", slurp("$folder/made"));
}
sub piece { my ($kind, $text) = @_; my $bytes = encode('UTF-8', $text); return $kind . pack('V', length $bytes) . $bytes }

my $whole = piece('F', '足') . piece('T', '題') . piece('H', '見出し') . piece('B', '名') . piece('V', '長い話。' x 5000) . piece('R', '右');
my ($fine, $size, $pdf) = draw($whole);
ok($fine, 'a paper of many pages is drawn');
like($pdf, qr/\A%PDF/, '  as a PDF');
like(scalar `pdfinfo $folder/made 2>/dev/null`, qr/^Pages:\s+(?:[5-9]|\d\d)/m, '  some of them');
for my $case (
    ['nothing', ''], ['no foot', piece('T', '題')], ['a piece that there is not', piece('F', 'x') . piece('Z', 'y')],
    ['half a piece', substr $whole, 0, length($whole) - 3], ['a length without end', "F\xff\xff\xff\xffabc"],
    ['a value of nothing', piece('F', 'x') . piece('V', 'y')], ['a label of nothing', piece('F', 'x') . piece('B', 'y') . piece('T', 'z')],
) {
    my ($what, $told) = @$case;
    is(join(' ', map { $_ || 0 } (draw($told))[0, 1]), '0 0', "$what: nothing is drawn");
}
done_testing;
