#!/usr/bin/perl
# Files under other settings: a virus scanner, another key, few threads.
use strict;
use warnings;
use utf8;
use Digest::SHA qw(sha256_hex);
use File::Temp qw(tempdir);
use FindBin;
use Test::More;
use Time::HiRes qw(sleep);
use Tomozuna::Patient;
use Tomozuna::Picture;
use Tomozuna::Raw;
use Tomozuna::Test;

my $nurse = person('nurse');
my $patient = new_patient(nurse => 'visiting_nurse');
my $url = "/timeline/$patient";
my $conf = demo('CONF') . '/timeline.conf';
my $usual = slurp($conf);
my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $keys = demo('CREDENTIALS') . '/file-keys';
my $usual_keys = slurp($keys);
my $scanner;

# The program with these lines behind its settings.
sub with {
    my ($lines) = @_;
    spew($conf, $usual . $lines);
    chmod 0644, $conf;
    my $was = kill_program('tomozuna-timeline', 'TERM');
    ok(wait_for(sub { (pid_of('tomozuna-timeline') // $was) != $was && $nurse->get($url)->status == 200 }, 60), '(the program is back)');
    return;
}

# Keeps the mode and the owner that whoever runs the programs has given it.
sub rotate {
    my ($text) = @_;
    open my $out, '+<', $keys or die;
    truncate $out, 0;
    print {$out} $text;
    close $out or die;
    return;
}

END {
    local $?;
    kill 'TERM', $scanner if $scanner;
    spew($conf, $usual);
    chmod 0644, $conf;
    rotate($usual_keys =~ s/\n?\z/\n/r) if slurp($keys) ne $usual_keys && !db('SELECT COUNT(*) FROM care_file WHERE generation = 2');
    kill_program('tomozuna-timeline', 'TERM');
    wait_for(sub { $nurse->get('/timeline/' . 'ab' x 16)->status == 404 }, 60);
}

sub sent { my ($file) = @_; my $answer = $nurse->post_files($url, { body => 'x', attachment => $file }); return join ' ', $answer->status, $answer->error }
sub path_of { my ($n) = @_; my $e = $nurse->get($url)->json->{entries}[$n // 0]; return "$url/$e->{id}/files/$e->{attachments}[0]{id}" }
sub unkept { return scalar db('SELECT COUNT(*) FROM care_file WHERE kept_at IS NULL') }

# ---- a scanner ----

with("clamd_socket = $dir/clamd\n");
my $left = unkept();
is(sent(['a.jpg', '', jpeg()]), '503 unavailable', 'a scanner that does not answer: no file');
is($nurse->post($url, { body => 'ohne' })->status, 201, '  but notes go on');
defined($scanner = fork) or die;
exec "$FindBin::Bin/../standin/clamd", '--listen', "$dir/clamd", '--control', "$dir/control", '--limit', 3_000_000 if !$scanner;
ok(wait_for(sub { -S "$dir/clamd" }, 10), '(the scanner is there)');
is(sent(['a.jpg', '', jpeg(pad => 600_000)]), '201 ', 'with it files are stored');
my $eicar = 'X5O!P%@AP[4\PZX54(P^)7CC)7}$' . 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';
is(sent(['a.txt', 'text/plain', $eicar]), '400 infected', 'a virus is refused');
is(sent(['a.jpg', 'image/jpeg', jpeg(tail => $eicar)]), '400 infected', 'one behind a picture, which would be cut off, too');
is(sent(['a.jpg', 'image/jpeg', jpeg(pad => 300_000, tail => 'x' x 70_000 . $eicar)]), '400 infected', 'far behind');
for my $mode (qw(found error drop)) {
    spew("$dir/control", "$mode\n");
    is(sent(['a.jpg', '', jpeg(pad => 300_000)]), $mode eq 'found' ? '400 infected' : '503 unavailable', "the scanner: $mode");
}
spew("$dir/control", "ok\n");
is(sent(['a.mp4', '', mp4(3_100_000)]), '503 unavailable', 'more than it looks through');
is(unkept(), $left, 'of what was refused nothing is left');
kill 'TERM', $scanner;
waitpid $scanner, 0;
$scanner = undef;

# ---- another generation of keys ----

with('');
my $file = path_of();
my $bytes = $nurse->get($file)->body;
my ($first) = $usual_keys =~ /\A1 ([0-9a-f]{64})/ or die;
my $second = '5a' x 32;
rotate("1 $first\n2 $second\n");
with('');
is(sha256_hex($nurse->get($file)->body), sha256_hex($bytes), 'with a second key files open');
ok(wait_for(sub { !db('SELECT COUNT(*) FROM care_file WHERE generation = 1 AND wrapped_key IS NOT NULL') }, 90), '  and are sealed under it');
is(sent(['a.jpg', '', jpeg()]), '201 ', '  new ones too');
is(scalar db('SELECT generation FROM care_file ORDER BY id DESC LIMIT 1'), 2, '  at once');
rotate("2 $second\n");
with('');
is(sha256_hex($nurse->get($file)->body), sha256_hex($bytes), 'without the first they still open');
rotate('3 ' . 'a5' x 32 . "\n");
with('');
is($nurse->get($file)->status, 503, 'under another key nothing opens');
is($nurse->get($url)->status, 200, '  and notes are read');
# Back: what is sealed under 2 comes under 1 only by way of a higher number, so both stay.
rotate("1 $first\n2 $second\n");
with('');
is(sha256_hex($nurse->get($file)->body), sha256_hex($bytes), 'put back they open');

# ---- downloads leave threads for pages ----

with("threads = 4\n");
is(sent(['film.mp4', '', mp4(20_000_000, noise => "\1" x 20_000_000)]), '201 ', 'a film of 20 MB');
my $film = path_of();
my $cookie = "__Host-tomozuna=$nurse->{cookie}{'__Host-tomozuna'}";
my $slow;
ok(wait_for(sub {
    $slow = raw_connect($nurse);
    raw_send($slow, "GET $film HTTP/1.1\r\nHost: localhost\r\nCookie: $cookie\r\n\r\n");
    my ($head, $end) = ('', time + 5);
    while (length $head < 20 && time < $end) { $slow->sysread($head, 20 - length $head, length $head) // sleep 0.05 }
    return $head =~ m{\AHTTP/1\.1 200\b};
}, 30), 'a film for somebody who takes no more than its beginning');
my $told = wait_for(sub { my $answer = $nurse->get($film, range => 'bytes=0-2000000'); return $answer->status == 503 && $answer }, 9);
ok($told && $told->header('retry-after'), '  one of four threads waits for her; the next film is told to wait');
is($nurse->get($film, range => 'bytes=0-999999')->status, 206, '  a megabyte is no film');
is($nurse->get($url)->status, 200, '  pages are answered');
$slow->close(SSL_no_shutdown => 1);
ok(wait_for(sub { $nurse->get($film, range => 'bytes=0-2000000')->status == 206 }, 30), 'once it has gone the film goes on');
is(length $nurse->get($film)->body, 20_000_000, '  whole');

done_testing;
