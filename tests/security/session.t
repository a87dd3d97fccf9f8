#!/usr/bin/perl
# Sessions: a new one at each sign-in, and none is left behind or of use elsewhere.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Test;

my $name = '__Host-tomozuna';
my $nurse = person('nurse');
my $former = $nurse->{cookie}{$name};
is($nurse->get('/patients')->status, 200, 'signed in');

my $stolen = client(device => 'outsider');
$stolen->{cookie}{$name} = $former;
is($stolen->get('/patients')->status, 401, 'on another device the cookie is nothing');

is($nurse->sign_in->status, 303, 'signed in once more');
isnt($nurse->{cookie}{$name}, $former, '  with a new cookie');
is($nurse->get('/patients')->status, 200, '  which is good');
my $old = client(device => 'nurse');
$old->{cookie}{$name} = $former;
is($old->get('/patients')->status, 401, '  and the former one is over');

my $chosen = 'a' x 64;
my $fixed = person('nurse', signed_in => 0);
$fixed->{cookie}{$name} = $chosen;
$fixed->sign_in;
isnt($fixed->{cookie}{$name}, $chosen, 'a cookie that somebody else chose is not taken over');
done_testing;
