#!/usr/bin/perl
# T-10. The n-th allocation of a program that serves fails, or all from the n-th on:
# it says 503 or ends and is started again; nothing is stored by half, twice, or lost.
use strict;
use warnings;
use utf8;
use File::Temp ();
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Own;
use Tomozuna::Test;

# Counts down from what the test writes to a file that both have in memory, so that n
# is of a request and not of the start. 1: it has come to its end.
my $shim = <<'END';
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
static atomic_long *left;
static int on;

__attribute__((constructor)) static void set(void)
{
	int fd = open(getenv("FAIL_FILE"), O_RDWR);
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	close(fd);
	on = getenv("FAIL_ON")[0] == '1';
	if (p != MAP_FAILED)
		left = p;
}

static int fails(void)
{
	long n = left == NULL ? 0 : atomic_load(left);

	if (n > 1)
		n = atomic_fetch_sub(left, 1) - 1;
	else if (n == 1 && !on)
		return 0;
	if (n == 1)
		errno = ENOMEM;
	return n == 1;
}

void *malloc(size_t n) { return fails() ? NULL : __libc_malloc(n); }
void *calloc(size_t k, size_t n) { return fails() ? NULL : __libc_calloc(k, n); }
void *realloc(void *p, size_t n) { return fails() ? NULL : __libc_realloc(p, n); }
END
my $dir = File::Temp->newdir;
chmod 0755, "$dir";
spew("$dir/shim.c", $shim);
plan skip_all => 'no compiler here' if system("cc -shared -fPIC -O1 -o $dir/shim.so $dir/shim.c 2>$dir/said") != 0;
plan skip_all => 'the sanitizer has its own allocator' if qx(ldd @{[demo('BIN')]}/tomozuna-timeline) =~ /libasan/;

my $nurse = person('nurse');
my $patient = patient_of($nurse);
my $url = "/timeline/$patient";
my $run = sprintf 'memory-%08x', rand 2**32;
my ($tries, $failed, $refused, $ended) = (0, 0, 0, 0);
my %stored;

sub once {
    my ($n, $on) = @_;
    my $what = $on ? "all from $n on" : "allocation $n";
    spew("$dir/left", "\0" x 4096);
    my $own = Tomozuna::Own->start('timeline', env => { LD_PRELOAD => "$dir/shim.so", FAIL_FILE => "$dir/left", FAIL_ON => $on });
    $own->ready(30) && $own->get($nurse, $url)->{status} == 200 or return fail("$what: it serves") || diag slurp("$own->{dir}/log");
    open my $count, '+<:raw', "$dir/left" or die;
    syswrite $count, pack 'q', $n + 1;
    my $key = "$run-" . ++$tries;
    my $answer = $own->post($nurse, $url, { body => $key }, $key);
    $stored{$key} = $answer->{status} == 201 ? ($answer->{body} =~ /"id":"(\w+)"/)[0] : '';
    my $page = $own->get($nurse, $url);
    for ($answer, $page) {
        $refused++ if $_->{status} == 503;
        # A certificate for which there is no memory is as good as none: 403.
        ok($_->{status} =~ /\A(?:0|200|201|403|503)\z/, "$what: done, refused, or no answer: $_->{status}");
    }
    sysseek $count, 0, 0;
    sysread $count, my $left, 8;
    $failed += unpack('q', $left) == 1;
    sysseek $count, 0, 0;
    syswrite $count, pack 'q', 0;
    if ($own->alive) {
        my $status = $own->end('TERM');
        ok(defined $status && ($status & 127) != 11, "$what: it ends as asked");
    } else {
        $ended++;
        my $status = $own->end;
        ok(($status & 127) != 11, "$what: it has ended, and not by a stray pointer: " . ($status & 127)) or diag slurp("$own->{dir}/log");
    }
    $own->run;
    ok($own->ready(30) && $own->get($nurse, $url)->{status} == 200, "$what: the next one serves") or diag slurp("$own->{dir}/log");
    $own->end('TERM');
    return;
}

my @n = (heavy(1, 0), 2, 5, heavy((), 8 .. 40), map { $_ * 40 } 1 .. heavy(3, 30));
once($_, 0) for @n;
once($_, 1) for 1, 20, heavy((), 100, 400);

my (@wrong, $n);
for my $key (sort keys %stored) {
    my $answer = $nurse->post($url, { body => $key }, 'idempotency-key' => $key);
    push @wrong, "$key " . $answer->status if $answer->status != 201 || ($stored{$key} && $answer->json->{id} ne $stored{$key});
    push @wrong, "$key $n times" if ($n = db('SELECT COUNT(*) FROM timeline_entry WHERE body = ?', $key)) != 1;
    push @wrong, "$key by half" if db('SELECT COUNT(*) FROM timeline_entry e LEFT JOIN care_patient p ON p.id = e.patient_id WHERE e.body = ? AND p.id IS NULL', $key);
}
is_deeply(\@wrong, [], 'each of ' . keys(%stored) . ' notes is there once, whole, as it was told');
cmp_ok($failed, '>', $tries / 2, "memory was refused in $failed of $tries tries");
note_numbers('memory refused in %d of %d tries: %d answers 503, %d ends of the program, nothing by half', $failed, $tries, $refused, $ended);
done_testing;
