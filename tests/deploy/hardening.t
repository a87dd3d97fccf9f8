#!/usr/bin/perl
# Each program as the linker and the compiler were told to make it (configure.ac): loaded
# anywhere, its tables read-only from the start, no stack that runs, guarded calls.
use strict;
use warnings;
use FindBin;
use Test::More;

my $build = $ENV{TOMOZUNA_BUILD} // "$FindBin::Bin/../../build";
my @program = grep { -x && !m{\.[^/]*\z} } glob("$build/{modules,gateways}/*/tomozuna-*"), "$build/deploy/tomozuna/tomozuna";
plan skip_all => 'nothing is built' if !@program;
plan skip_all => 'sanitized programs are made otherwise' if qx(readelf -dW $program[0]) =~ /libasan/;
cmp_ok(scalar @program, '>=', 7, 'programs: ' . @program);
for my $program (@program) {
    my ($name) = $program =~ m{([^/]+)\z};
    my ($head, $parts, $links, $symbols) = map { scalar qx(readelf $_ '$program') } '-hW', '-lW', '-dW', '-sW --dyn-syms';
    like($head, qr/Type:\s+DYN/, "$name: loaded anywhere");
    like($parts, qr/GNU_RELRO/, '  its tables are read-only');
    like($links, qr/BIND_NOW|FLAGS_1.*\bNOW\b/, '  from the start');
    like($parts, qr/GNU_STACK\s+(?:0x[0-9a-f]+\s+){5}RW\s/, '  no stack that runs');
    like($symbols, qr/__stack_chk_fail/, '  a guarded stack');
    like($symbols, qr/__\w+_chk\b/, '  guarded calls of libc');
}
done_testing;
