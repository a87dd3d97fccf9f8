#!/usr/bin/perl
# Files are read by a child in a cage: it is there, it is caged, and when a file is too
# much for it that file alone is lost, in words.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Picture;
use Tomozuna::Test;

use constant FILTER => 2;	# of Seccomp: in /proc/PID/status

my $nurse = person('nurse');
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $module = pid_of('tomozuna-timeline');

sub status_of { open my $in, '<', "/proc/$_[0]/status" or return ''; local $/; return <$in> // '' }
sub readers { return grep { status_of($_) =~ /^Name:\s+file-reader\n.*^PPid:\s+$module\n/ms } map { m{(\d+)\z} } glob '/proc/[0-9]*' }
sub sent { return $nurse->post_files("/timeline/$patient", { body => '写真', attachment => ['a.jpg', 'image/jpeg', jpeg()] }, @_) }

is(sent()->status, 201, 'a photo is stored');
my @reader = readers();
cmp_ok(scalar @reader, '>=', 1, 'a child of the module has read it');
for my $pid (@reader) {
    my $status = status_of($pid);
    like($status, qr/^Seccomp:\s+${\ FILTER}\n/m, '  behind a filter');
    like($status, qr/^NoNewPrivs:\s+1$/m, '  for good');
    is(scalar(grep { !m{/[01]\z} } glob "/proc/$pid/fd/*"), 0, '  with nothing open but what it is told');
}

# Stopped, it is as one that a file holds for ever: whichever the nurse's is, it is given up.
kill STOP => $_ for readers();
my $answer = sent();
is($answer->status . ' ' . ($answer->json->{error}{code} // ''), '400 file_unreadable', 'a file that takes its reader too long');
is(sent()->status, 201, '  the next is stored');
kill STOP => $_ for readers();
my $page = sent(accept => 'text/html');
like($page->text, qr/途中で読めなくなった.*写真<\/textarea>/s, '  a page says so, and loses nothing typed') or diag $page->text;
is(status_of($module) =~ /^Pid:\s+$module\n/m && pid_of('tomozuna-timeline'), $module, 'the module has not noticed');
kill CONT => $_ for readers();
ok(wait_for(sub { scalar(readers()) <= 4 }, 30), 'few are kept');
done_testing;
