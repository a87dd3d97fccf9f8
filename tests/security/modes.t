#!/usr/bin/perl
# What others on the machine can read of the demo: no password, key or mail in an
# open file, on a command line, or in a log.
use strict;
use warnings;
use File::Find ();
use Test::More;
use Tomozuna::Test;

my $state = demo('STATE');
my @secret = map { my $word = -r $_ ? slurp($_, 1) =~ s/\s+\z//r : ''; length $word > 8 ? $word : () }
    glob(demo('CREDENTIALS') . '/*'), glob(demo('PEOPLE') . '/*.{password,passphrase}');
plan skip_all => 'the secrets are not ours to read' if !@secret;
my $any = join '|', map { quotemeta } @secret;

sub spills { my ($file) = @_; return eval { slurp($file, 1) } // '' }

my @open;
File::Find::find({ no_chdir => 1, wanted => sub {
    my $mode = (lstat $_)[2] // return;
    if (-d _ && !($mode & 001) || m{\A\Q$state\E/(?:bin|static)\z}) { $File::Find::prune = 1; return }
    push @open, $_ if -f _ && $mode & 004 && spills($_) =~ /$any|PRIVATE KEY/;
} }, $state);
is("@open", '', 'no file that all can read has a password or a key');

my @told = grep { spills($_) =~ /$any/ } glob '/proc/[0-9]*/cmdline';
is("@told", '', 'nor has a command line');
my @logged = grep { -f && spills($_) =~ /$any/ } glob demo('LOG') . '/* ' . demo('LOG') . '/programs/*';
is("@logged", '', 'nor a log');

my @binlog = grep { spills($_) =~ /$any/ } glob "$state/db/data/binlog.0*";
is("@binlog", '', 'nor the binary log of the database, nor its backups');

# Private from the first byte: as the functions of deploy/lib write them.
my $shell = slurp('deploy/lib/redis.sh') . slurp('deploy/lib/messages.sh');
unlike($shell, qr/\bsed\s+(?:-e\s*)?"[^"]*PASSWORD/, 'no password is an argument of sed');
done_testing;
