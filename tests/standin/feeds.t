#!/usr/bin/perl
# The feed server is what it says: honest with those who ask politely, strict with
# others, and misbehaves only on command.

use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::RealBin;
use File::Temp qw(tempdir);
use Test::More;
use Testbed qw(free_port start stop wait_for answers slurp spew);

plan skip_all => 'no libio-socket-ssl-perl' if !eval { require IO::Socket::SSL };

my $dir = tempdir(CLEANUP => 1);
my $port = free_port();
mkdir "$dir/feeds";
spew("$dir/feeds/a.xml", '<a/>' x 1000);
my $pid = start("$dir/errors", "$FindBin::RealBin/feeds", '--listen', "127.0.0.1:$port", '--folder', "$dir/feeds", '--tls', "$dir/tls",
    '--log', "$dir/log", '--town', '99401');
ok(answers($port), 'it answers');

# Status, headers and body of one GET.
sub get {
    my ($name, @options) = @_;
    unlink "$dir/body", "$dir/head";
    my $status = `curl -s --max-time 5 --cacert $dir/tls/ca.crt -o $dir/body -D $dir/head -w '%{http_code}' @options https://localhost:$port/$name`;
    return ($status, slurp("$dir/head"), slurp("$dir/body"));
}

my ($status, $head, $body) = get('a.xml');
is($status, 200, 'a file');
is($body, '<a/>' x 1000, 'as it is');
my ($etag) = $head =~ /^ETag: (\S+)\r$/m;
my ($modified) = $head =~ /^Last-Modified: (.*)\r$/m;
is((get('a.xml', '-H', "'If-None-Match: $etag'"))[0], 304, 'known by its ETag');
is((get('a.xml', '-H', "'If-Modified-Since: $modified'"))[0], 304, 'or its date');
is((get('a.xml', '-H', q('If-None-Match: "x"'), '-H', "'If-Modified-Since: $modified'"))[0], 200, 'the ETag counts first');
like(slurp("$dir/log"), qr/"path":"\/a.xml".*"twice":"1"/, 'whoever takes it twice is noted');
is((get('none.xml'))[0], 404, 'no such file');
is((get('a.xml.how'))[0], 404, 'nor how one is served');
is((get('a.xml', '-X', 'POST'))[0], 400, 'only GET');
is((get('a.xml', '-H', "'User-Agent:'"))[0], 400, 'only from those who say who they are');
is((get('..%2fa.xml'))[0], 400, 'only of its folder');

sub how { spew("$dir/feeds/a.xml.how", join '', map { "$_\n" } @_); return }

how('gzip', 'chunked');
($status, $head, $body) = get('a.xml', '--compressed');
like($head, qr/Content-Encoding: gzip/, 'packed');
like($head, qr/Transfer-Encoding: chunked/, 'and without a length');
is($body, '<a/>' x 1000, 'it is the same');
how('cut');
is(length((get('a.xml'))[2]), 2000, 'cut in the middle');
how('status 503', 'retry 7');
($status, $head) = get('a.xml');
is("$status " . ($head =~ /Retry-After: 7/), '503 1', 'asks to wait');
how('redirect https://127.0.0.1/x');
($status, $head) = get('a.xml');
like("$status $head", qr{\A302 .*Location: https://127\.0\.0\.1/x}s, 'leads elsewhere');
how('bomb 3');
is(length((get('a.xml', '--compressed'))[2]), 3 * 1024 * 1024, 'a bomb');
how('endless');
cmp_ok(length((get('a.xml', '--max-time', 1))[2]), '>', 100000, 'endless');

ok(wait_for(10, sub { -s "$dir/feeds/weather.xml" && -s "$dir/feeds/outage.xml" }), 'a town has feeds');
my ($telegram) = map { m{([^/]+)\z} } grep { /VPWW54/ } glob "$dir/feeds/*.xml";
like((get('weather.xml'))[2], qr/\Q$telegram\E/, 'that name telegrams');
is((get($telegram))[0], 200, 'which are there');

how('hang');
defined(my $waits = fork) or die "fork: $!\n";
exec 'curl', '-s', '--max-time', 90, '--cacert', "$dir/tls/ca.crt", "https://localhost:$port/a.xml" if !$waits;
ok(wait_for(10, sub { slurp("$dir/log") =~ /"path":"\/a.xml"[^\n]*"status":"0"[^\n]*\n\z/ }), 'one lets its reader hang');
is(stop($pid), 0, 'it ends when told');
ok(wait_for(6, sub { waitpid($waits, 1) == $waits }), '  with all that it had forked: nobody holds that line');
done_testing;
