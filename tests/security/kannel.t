#!/usr/bin/perl
# Kannel's administration, from the machine itself but without its password: it
# would tell number and text of each message that waits.
use strict;
use warnings;
use HTTP::Tiny;
use Test::More;
use Tomozuna::Test;

my $config = demo('CONF') . '/kannel.conf';
plan skip_all => 'no Kannel here, or not ours to read' if !-r $config;
my ($port) = slurp($config) =~ /^admin-port = (\d+)/m;
my ($password) = slurp($config) =~ /^admin-password = "([^"]+)"/m;
ok($port && $password, 'there is a port and a password');
sub ask { return HTTP::Tiny->new(timeout => 5)->get("http://127.0.0.1:$port/$_[0]")->{content} }

# The right one first: Kannel thinks longer after each wrong one.
like(ask("status.txt?password=$password"), qr/Status: running/, 'whoever knows the password is answered');
for my $page (qw(status.txt store-status.txt)) {
    unlike(ask($page), qr/SMS|Status: |\[Message\]/, "nobody else, not by $page");
}
done_testing;
