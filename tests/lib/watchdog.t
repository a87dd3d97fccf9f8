#!/usr/bin/perl
# What a program tells a service manager: that it is ready, that it lives, that it
# ends; and nothing while it hangs.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use File::Temp qw(tempdir);
use Hello;
use IO::Socket::UNIX;
use Socket qw(SOCK_DGRAM);
use Test::More;
use Time::HiRes qw(time);

plan skip_all => 'tomozuna-hello is not built' if !Hello::program();

my $dir = tempdir(CLEANUP => 1);
my $manager = IO::Socket::UNIX->new(Local => "$dir/notify", Type => SOCK_DGRAM) or die "$!\n";
my @said;

# Hears what comes until it is `what`; nothing when the seconds are over.
sub hear {
	my ($what, $seconds) = @_;
	my $end = time + $seconds;
	while ((my $left = $end - time) > 0) {
		my $ready = '';
		vec($ready, fileno $manager, 1) = 1;
		next if !select $ready, undef, undef, $left;
		$manager->recv(my $text, 4096);
		push @said, $text;
		return 1 if $text eq $what;
	}
	return;
}

$ENV{NOTIFY_SOCKET} = "$dir/notify";
$ENV{WATCHDOG_USEC} = 15_000_000;
my $h = Hello->start;
ok hear('READY=1', 20), 'ready is said';
ok hear('WATCHDOG=1', 20), 'it lives';
ok hear('WATCHDOG=1', 20), '  and says so again';
kill STOP => $h->{pid};
hear('-', 1);            # what was under way
@said = ();
ok !hear('WATCHDOG=1', 3), 'one that hangs says nothing';
kill CONT => $h->{pid};
ok hear('WATCHDOG=1', 20), '  until it goes on';
kill TERM => $h->{pid};
ok hear('STOPPING=1', 20), 'the end is said';

delete $ENV{WATCHDOG_USEC};
$h = Hello->start;
ok hear('READY=1', 20), 'without a watchdog';
ok !hear('WATCHDOG=1', 3), '  nobody is bothered';
done_testing;
