#!/usr/bin/perl
# What stands between prove and a test: the words of one that died are shown, those of
# one that passed are not, and its exit status is the test's.
use strict;
use warnings;
use File::Temp 'tempdir';
use FindBin;
use Test::More;

my $place = tempdir(CLEANUP => 1);
sub put {
    my ($name, $text) = @_;
    open my $out, '>', "$place/$name" or die "$name: $!\n";
    print {$out} $text;
    close $out;
    return "$place/$name";
}
put('lane.1', "export TOMOZUNA_LANE_TEST=first\n");

sub through {
    my ($test) = @_;
    local $ENV{TOMOZUNA_TEST_PLACE} = $place;
    my $said = qx{"$FindBin::Bin/lane" "$test" 2>&1};
    return ($? >> 8, $said);
}

my $dies = put('dies.t', "#!/usr/bin/perl\nprint qq{ok 1\\n}; warn qq{first line\\n}; \$! = 3; die qq{the reason\\n};\n");
my ($status, $said) = through($dies);
is $status, 3, 'the status is the test\'s';
like $said, qr/^ok 1$/m, 'what passed is there';
like $said, qr/^# first line\n# the reason$/m, 'and why it died, as comments';

my $passes = put('passes.t', "#!/bin/bash\necho '1..1'\necho ok 1 \$TOMOZUNA_LANE_TEST\necho noise >&2\necho '# a comment' >&2\n");
($status, $said) = through($passes);
is $status, 0, 'one that passes';
like $said, qr/^ok 1 first$/m, 'has the demo\'s environment';
like $said, qr/^# a comment$/m, 'its comments are shown';
unlike $said, qr/noise/, 'what else it said is not';
is_deeply [glob "$place/said.*"], [], 'nothing stays behind';
done_testing;
