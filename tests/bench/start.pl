#!/usr/bin/perl
# start.pl PROGRAM CONFIG CREDENTIALS FOLDER [AS ...]: starts a module on a socket of its
# own with a request already waiting, and prints when it first said that it is ready.
use strict;
use warnings;
use IO::Socket::UNIX;
use Time::HiRes 'time';

alarm 30;
my ($program, $config, $credentials, $folder, @as) = @ARGV;
my $path = "$folder/start.sock";

sub record { my ($type, $content) = @_; return pack('CCnnCx', 1, $type, 1, length $content, 0) . $content }
sub pairs { my %p = @_; return join '', map { pack('CC', length $_, length $p{$_}) . $_ . $p{$_} } keys %p }

sub ask {
    my $peer = IO::Socket::UNIX->new(Peer => $path) or die "$path: $!\n";
    print {$peer} record(1, pack 'nCx5', 1, 0), record(4, pairs(REQUEST_METHOD => 'GET', DOCUMENT_URI => '/timeline/health',
        QUERY_STRING => '', CONTENT_TYPE => '', CONTENT_LENGTH => '', REMOTE_ADDR => '127.0.0.1', TOMOZUNA_DOOR => 'loopback',
        TOMOZUNA_REQUEST_ID => '0' x 32, TOMOZUNA_CERTIFICATE => '', TOMOZUNA_VERIFY => 'NONE')), record(4, ''), record(5, '');
    $peer->flush;
    local $/;
    return <$peer> // '';
}

sub once {
    unlink $path;
    my $listener = IO::Socket::UNIX->new(Local => $path, Listen => 8) or die "$path: $!\n";
    my $began = time;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        open STDIN, '<&', $listener or die "dup: $!\n";
        open STDERR, '>', '/dev/null';
        $ENV{CREDENTIALS_DIRECTORY} = $credentials;
        exec @as, $program, '--config', $config;
        die "$program: $!\n";
    }
    my $answer = '';
    select undef, undef, undef, 0.002 until ($answer = ask()) =~ /"ready":true/;
    my $took = 1000 * (time - $began);
    kill TERM => $pid;
    waitpid $pid, 0;
    unlink $path;
    return $took;
}

my @took = sort { $a <=> $b } map { once() } 1 .. 5;
printf "timeline.start ms %.1f\n", $took[2];
