package Standin;

# What every stand-in does the same way.

use strict;
use warnings;
use Exporter 'import';
use POSIX ();
use Time::HiRes ();

our @EXPORT_OK = qw(loopback write_whole complain rfc3339);

# "127.0.0.1:PORT" as (host, port); any other address is refused.
sub loopback {
    my ($listen) = @_;
    my ($host, $port) = $listen =~ /\A(127\.0\.0\.1):([0-9]{1,5})\z/
        or die "$0: --listen takes 127.0.0.1:PORT and no other address\n";
    return ($host, $port);
}

# A reader sees all of the file or none of it.
sub write_whole {
    my ($path, $octets) = @_;
    my ($folder, $name) = $path =~ m{\A(?:(.*)/)?([^/]+)\z}s;
    my $new = (defined $folder ? "$folder/" : '') . ".$name.new";
    open my $file, '>:raw', $new or die "$0: $new: $!\n";
    print {$file} $octets or die "$0: $new: $!\n";
    close $file or die "$0: $new: $!\n";
    rename $new, $path or die "$0: $path: $!\n";
    return;
}

sub complain {
    my ($words) = @_;
    syswrite STDERR, rfc3339() . " $words\n";
    return;
}

sub rfc3339 {
    my $now = Time::HiRes::time();
    return POSIX::strftime('%Y-%m-%dT%H:%M:%S', gmtime $now)
        . sprintf('.%03dZ', ($now - int $now) * 1000);
}

1;
