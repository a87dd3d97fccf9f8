package Tomozuna::Raw;

# Bytes to a door and what comes back, for requests that no library would send.

use strict;
use warnings;
use utf8;
use Exporter 'import';
use IO::Select;
use IO::Socket::SSL;
use Time::HiRes qw(time);
use Tomozuna::Test;

our @EXPORT = qw(raw_connect raw_send raw raw_read statuses);

# An open connection of a client (of Tomozuna::Test) to its door.
sub raw_connect {
    my ($client) = @_;
    my ($port) = $client->{url} =~ /:(\d+)\z/;
    my %tls = (SSL_ca_file => $client->{ca}, SSL_verifycn_name => 'localhost', SSL_alpn_protocols => ['http/1.1']);
    @tls{qw(SSL_cert_file SSL_key_file)} = @$client{qw(certificate key)} if $client->{certificate};
    return IO::Socket::SSL->new(PeerAddr => '127.0.0.1', PeerPort => $port, Timeout => 10, %tls);
}

sub raw_send {
    my ($socket, $bytes) = @_;
    local $SIG{PIPE} = 'IGNORE';
    my $at = 0;
    while ($at < length $bytes) {
        my $n = $socket->syswrite($bytes, 16384, $at);
        last if !$n;
        $at += $n;
    }
    return $at == length $bytes;
}

# All that comes until the other side closes or is silent for so long.
sub raw_read {
    my ($socket, $silence) = @_;
    my $all = '';
    my $select = IO::Select->new($socket);
    while ($socket->pending || $select->can_read($silence // 1)) {
        my $n = $socket->sysread($all, 65536, length $all);
        next if !defined $n && $SSL_ERROR == SSL_WANT_READ;
        last if !$n;
    }
    return $all;
}

# One connection: sends, reads, closes.
sub raw {
    my ($client, $bytes, $silence) = @_;
    my $socket = raw_connect($client) or return '';
    raw_send($socket, $bytes);
    my $answer = raw_read($socket, $silence);
    $socket->close(SSL_no_shutdown => 1);
    return $answer;
}

# No body of ours has such a line; one answer may follow another on the same line.
sub statuses { return $_[0] =~ m{HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?\r\n}g }

1;
