package Tomozuna::Fcgi;

# The smallest FastCGI program: for each request on a listening unix socket it
# calls back with parameters (a list of pairs, as they came) and body, and sends
# what that returns (headers, an empty line, body). For tests of nginx's settings.
#
#   my $pid = Tomozuna::Fcgi::serve($socket_path, sub { my ($pairs, $body) = @_; ... });
#
# Ends with SIGTERM, or with the test.

use strict;
use warnings;
use IO::Socket::UNIX;

sub serve {
    my ($path, $answer) = @_;
    my $listener = IO::Socket::UNIX->new(Local => $path, Listen => 64) or die "$path: $!\n";
    chmod 0666, $path;
    my $parent = $$;
    my $pid = fork // die "fork: $!\n";
    return $pid if $pid;
    $SIG{TERM} = sub { exit 0 };
    $SIG{PIPE} = 'IGNORE';
    while (getppid == $parent) {
        my $ready = '';
        vec($ready, fileno $listener, 1) = 1;
        next if !select $ready, undef, undef, 0.5;
        my $peer = $listener->accept or next;
        one($peer, $answer);
    }
    require POSIX;
    POSIX::_exit(0);
}

sub one {
    my ($peer, $answer) = @_;
    my %stream = (4 => '', 5 => '');
    my $id;
    while (defined(my $head = take($peer, 8))) {
        (undef, my $type, $id, my $length, my $padding) = unpack 'CCnnC', $head;
        my $content = $length ? take($peer, $length) // return : '';
        take($peer, $padding) if $padding;
        $stream{$type} .= $content if exists $stream{$type};
        last if $type == 5 && !$length;
    }
    return if !defined $id;
    my $out = $answer->([pairs($stream{4})], $stream{5});
    my $sent = '';
    $sent .= record(6, $id, $1) while $out =~ /\G(.{1,32768})/gs;
    print {$peer} $sent, record(6, $id, ''), record(3, $id, pack 'NCx3', 0, 0);
    close $peer;
    return;
}

sub record { my ($type, $id, $content) = @_; return pack('CCnnCx', 1, $type, $id, length $content, 0) . $content }

sub take {
    my ($peer, $bytes) = @_;
    my $got = '';
    while (length $got < $bytes) {
        my $n = sysread $peer, $got, $bytes - length $got, length $got;
        return if !$n;
    }
    return $got;
}

sub pairs {
    my ($raw) = @_;
    my ($at, @pair) = (0);
    while ($at < length $raw) {
        my @size;
        for (1, 2) {
            my $size = ord substr $raw, $at, 1;
            if ($size < 128) { $at++ }
            else { $size = unpack('N', substr $raw, $at, 4) & 0x7fffffff; $at += 4 }
            push @size, $size;
        }
        push @pair, [substr($raw, $at, $size[0]), substr($raw, $at + $size[0], $size[1])];
        $at += $size[0] + $size[1];
    }
    return @pair;
}

1;
