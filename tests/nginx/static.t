#!/usr/bin/perl
# Static files: kept for ever by the name with their hash, and found by every page,
# also by one of a program that is older or newer than they are.
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Test::More;
use Tomozuna::Test;

my $for_ever = 'public, max-age=31536000, immutable';
my $nurse = person('nurse');
my $stranger = nobody_at('open');

# Every static file that pages name, as they name it.
my %named;
for my $path ('/patients', '/account') {
    my $text = $nurse->page($path)->text;
    $named{$1} = 1 while $text =~ m{(?:href|src)="(/static/[^"#]+)}g;
}
cmp_ok(scalar keys %named, '>=', 4, 'pages name ' . keys(%named) . ' static files');
for my $url (sort keys %named) {
    my ($hash) = $url =~ /\.([0-9a-f]{8})\.\w+\z/;
    ok($hash, "$url has a hash in its name");
    for my $client ($nurse, $stranger) {
        my $answer = $client->get($url);
        is($answer->status, 200, '  and is there');
        is(substr(sha256_hex($answer->body), 0, 8), $hash, '  the hash is that of its content');
        is($answer->header('cache-control'), $for_ever, '  browsers keep it');
        is($answer->header('x-content-type-options'), 'nosniff', "  with the door's headers");
    }
    (my $other = $url) =~ s/\.$hash\./.01234567./;
    my $today = $stranger->get($other);
    is($today->status, 200, '  a page of another version gets what there is today');
    is($today->header('cache-control'), 'public, max-age=300', '  and does not keep it for long');
    (my $plain = $url) =~ s/\.$hash//;
    is($stranger->get($plain)->header('cache-control'), 'public, max-age=300', '  by its plain name neither');
    is($stranger->post($url, {})->status, 403, '  it can only be read');
}
my $none = $stranger->get('/static/none.01234567.css');
is($none->status, 404, 'what there is not is not found');
is($none->header('cache-control'), 'no-store', '  and that is not kept');
is($stranger->get('/static/errors/bad.01234567.html')->status, 404, 'error pages have no address by this way either');
is($nurse->get('/patients')->header('cache-control'), 'no-store', "a program's answer is not kept");
done_testing;
