#!/usr/bin/perl
# The README's recipe for a new module, its lines as they are printed, in a source tree that has
# never been built; and `configure --enable-modules`, which builds what it names and no more.
use strict;
use warnings;
use File::Temp ();
use FindBin;
use Test::More;
use Tomozuna::Test qw(slurp);

plan skip_all => 'dpkg-source is not here (Debian package dpkg-dev)' if !grep { -x "$_/dpkg-source" } split /:/, $ENV{PATH};

my $root = "$FindBin::Bin/../..";
my $folder = File::Temp->newdir;

sub run { my ($what, $command) = @_; return is(system("($command) >'$folder/log' 2>&1"), 0, $what) || diag substr slurp("$folder/log"), -3000 }

my ($recipe) = slurp("$root/README.md") =~ /^## Add a module in ten minutes\n[\s\S]*?\n\n((?: {4}\S.*\n)+)/m or BAIL_OUT('README.md has no recipe');
$recipe =~ s{^ +deploy/demo\n\z}{}m or BAIL_OUT('the recipe does not end in deploy/demo');
my ($new) = $recipe =~ /\bnew=(\w+)/;

run('a tree', "'$root/deploy/package' source '$folder'") or BAIL_OUT('no tree');
my ($tree) = grep { -d } glob "$folder/tomozuna-*";
run('the lines of the recipe', "set -e; cd '$tree'; $recipe");
run('its folder is found', "cd '$tree' && ./autogen.sh");
run('only it and the timeline are wanted', "mkdir '$tree/out' && cd '$tree/out' && ../configure --enable-modules=$new,timeline");
run('which are built', "make -s -j2 -C '$tree/out' all");
my @built = sort map { m{/(tomozuna-\w+)\z} } glob "$tree/out/{modules,gateways}/*/tomozuna-*";
is_deeply(\@built, [sort "tomozuna-$new", 'tomozuna-timeline'], '  and nothing else');
like(`'$tree/out/modules/$new/tomozuna-$new' --routes`, qr{^GET\s+/$new\b}m, '  and it has its own routes');
run('a name that is no program is refused', "mkdir '$tree/none' && cd '$tree/none' && ! ../configure --enable-modules=nosuch");
done_testing;
