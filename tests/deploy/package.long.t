#!/usr/bin/perl
# The source package: the same bytes each time, a package a program, and one more for
# a module that is dropped in, without a line anywhere. The packages themselves are
# built and tried by tests/packages/run.
use strict;
use warnings;
use Digest::SHA;
use File::Temp ();
use FindBin;
use Test::More;
use Tomozuna::Test qw(slurp spew);

plan skip_all => 'dpkg-source is not here (Debian package dpkg-dev)' if !grep { -x "$_/dpkg-source" } split /:/, $ENV{PATH};

my $root = "$FindBin::Bin/../..";
my $folder = File::Temp->newdir;

sub run { my ($what, $command) = @_; is(system("($command) >'$folder/log' 2>&1"), 0, $what) or diag slurp("$folder/log"); return }
sub sum { return Digest::SHA->new(256)->addfile($_[0])->hexdigest }
sub packages { my @name = slurp("$_[0]/debian/control") =~ /^Package: (\S+)$/mg; return sort @name }

run("a source package, $_", "'$root/deploy/package' source '$folder/$_'") for 1, 2;
for my $file (map { m{/([^/]+)\z} } glob "$folder/1/*.tar.*") {
    is(sum("$folder/1/$file"), sum("$folder/2/$file"), "$file is the same each time");
}
my ($tree) = grep { -d } glob "$folder/1/tomozuna-*";
my @program = map { m{(\w+)/(?:module|gateway)\.am\z} } glob "$root/modules/*/module.am $root/gateways/*/gateway.am";
is_deeply([packages($tree)], [sort map { "tomozuna-$_" } @program, 'common', 'demo'], 'a package a program');
like(slurp("$tree/debian/control"), qr/^Package: tomozuna-timeline\n(?:\S.*\n)*?Depends: tomozuna-common \(>= \$\{source:Version\}\)/m,
    'a program needs no other than tomozuna-common');
ok(-s "$tree/debian/tomozuna-$_.postinst", "$_: tables before the program") for @program;
ok(-s "$tree/debian/tomozuna-$_.preinst", "$_: back to its pieces of nginx") for @program;

# ---- a module is dropped in, where no version control is ----

run('a module is dropped in', "cd '$tree' && rm -r debian && cp -r tests/hello modules/diary && cd modules/diary"
    . ' && for f in hello.*; do mv $f diary.${f#*.}; done && sed -i "s/hello/diary/g; s/^noinst_/pkglibexec_/" diary.* module.am nginx.conf'
    . ' && mkdir ../../db/diary && mv 0001-visit.sql grants.sql ../../db/diary && mv nginx.conf ../../conf/nginx/diary.conf && rm diary.conf');
run('a source package of that', "'$tree/deploy/package' source '$folder/3'");
my ($other) = grep { -d } glob "$folder/3/tomozuna-*";
is_deeply([packages($other)], [sort map { "tomozuna-$_" } @program, qw(common demo diary)], '  with a package more');
like(slurp("$other/debian/control"), qr/^Package: tomozuna-demo\n(?:\S.*\n)*?Depends: [^\n]*\btomozuna-diary\b/m, '  which the demo has too');

my %place = (DESTDIR => "$folder/to", SRC => $tree, CONF => '/etc/tomozuna', LIBEXEC => '/usr/libexec/tomozuna',
    SHARE => '/usr/share/tomozuna', SBIN => '/usr/sbin', BIN => '/usr/bin', RUN => '/run/tomozuna', UNITS => '/units',
    SYSUSERS => '/sysusers', TMPFILES => '/tmpfiles', LOGROTATE => '/logrotate');
run('its parts are put to their places', join(' ', map { "$_='$place{$_}'" } sort keys %place) . " '$tree/deploy/place' install modules/diary/tomozuna-diary");
for my $file (qw(units/tomozuna-diary.service units/tomozuna-diary.socket sysusers/tomozuna-diary.conf etc/tomozuna/diary.conf
    etc/tomozuna/nginx/professional/diary.conf etc/tomozuna/nginx/loopback/diary-health.conf)) {
    ok(-s "$folder/to/$file", "  $file");
}
like(slurp("$folder/to/etc/tomozuna/diary.conf"), qr/^db_user = tomozuna_diary$/m, '  settings too, although it brought none');
ok(!-e "$folder/to/etc/tomozuna/timeline.conf", '  and nothing of programs that were not built');
done_testing;
