#!/usr/bin/perl
# Units, users and folders as `make install` leaves them: one of each a program, none
# that may do more than it has to, none that systemd would not take.
use strict;
use warnings;
use File::Temp ();
use FindBin;
use Test::More;
use Tomozuna::Test;

my $build = demo('BUILD');
plan skip_all => 'systemd-analyze is not here' if !grep { -x "$_/systemd-analyze" } split /:/, $ENV{PATH};
plan skip_all => 'no build here' if !-e "$build/Makefile";

my $root = File::Temp->newdir;
is(system("make -s -C '$build' install DESTDIR='$root' prefix=/usr sysconfdir=/etc libexecdir=/usr/libexec >'$root/log' 2>&1"), 0,
    'make install') or diag slurp("$root/log");
my $units = "$root/usr/lib/systemd/system";

# ---- one of each a program ----

my @program = map { m{/tomozuna-(\w+)\z} } glob "$root/usr/libexec/tomozuna/*";
cmp_ok(scalar @program, '>=', 7, 'programs: ' . @program);
my %listens = map { $_ => 1 } map { m{/(?:professional|open|loopback)/(\w+?)(?:-health)?\.conf\z} } glob "$root/etc/tomozuna/nginx/*/*";
for my $name (@program) {
    my $service = slurp("$units/tomozuna-$name.service");
    like($service, qr/^User=tomozuna-$name$/m, "$name: a user of its own");
    like($service, qr/^WatchdogSec=\d/m, '  under a watchdog');
    like($service, qr/^MemoryMax=.*^TasksMax=.*^LimitNOFILE=.*^LimitCORE=0$/ms, '  within limits');
    like($service, qr/^LoadCredential=key:/m, '  is handed its secrets');
    unlike($service, qr/^Environment=/m, '  never by its environment');
    is(-e "$units/tomozuna-$name.socket" ? 1 : 0, $listens{$name} ? 1 : 0, '  a socket if nginx speaks to it');
    like($service, qr/^StandardInput=socket$/m, '    on descriptor 0') if $listens{$name};
    ok(-s "$root/etc/tomozuna/$name.conf", '  settings');
    my @secret = slurp("$root/etc/tomozuna/$name.conf") =~ /^\w+_file = ([^\/\s]+)$/mg;
    is_deeply([grep { $service !~ /^LoadCredential=\Q$_\E:/m } @secret], [], "  each secret that they name is handed over: @secret");
    my @named = grep { !-e "$root$_" } slurp("$root/etc/tomozuna/$name.conf") =~ m{^\w+ = (/etc/tomozuna/\S+)$}mg;
    is_deeply(\@named, [], '  every file of ours that they name is there');
    ok(-s "$root/usr/lib/sysusers.d/tomozuna-$name.conf", '  and the user is made');
}

# The doorbell is rung by users of modules and led to by nginx's: they meet in a group,
# which is the socket's, and which is made before any of them starts.
my $ring = 'tomozuna-bell-ring';
like(slurp("$units/tomozuna-bell.socket"), qr/^SocketMode=0660\n(?:.*\n)*SocketGroup=$ring\n(?:.*\n)*\[Install\]/m, 'the doorbell is its ringers\'');
is(join(' ', map { /SocketGroup=(\S+)/g } slurp("$units/tomozuna-timeline.socket")), 'tomozuna-nginx', '  other sockets are nginx\'s');
for my $name (grep { -d "$FindBin::Bin/../../modules/$_" } @program) {
    like(slurp("$units/tomozuna-$name.service"), qr/^SupplementaryGroups=(?:\S+ )*$ring$/m, "  $name may ring");
}
like(slurp("$units/tomozuna-nginx.service"), qr/^SupplementaryGroups=$ring$/m, '  nginx may lead there, and nowhere else of ours');
like(slurp("$root/usr/lib/sysusers.d/tomozuna.conf"), qr/^g $ring /m, '  the group is made');
unlike(join('', map { slurp($_) } glob "$units/*"), qr/\@[A-Z]+\@/, 'no place was left open');
is(scalar(grep { -p || (stat)[2] & 022 } glob "$root/etc/tomozuna/* $units/*"), 0, 'nobody else can write them');

# ---- what each may do: systemd's own measure, 0 (nothing) to 10 (everything) ----

for my $unit (sort map { m{/([^/]+)\z} } glob "$units/*.service") {
    my $said = qx(systemd-analyze security --offline=true --threshold=10 '$units/$unit' 2>&1);
    my $status = $?;
    my ($score) = $said =~ /Overall exposure level for \S+: ([\d.]+)/;
    is($status, 0, "$unit: exposure " . ($score // '?') . ', 1.0 at most') or diag $said;
}

# ---- whether systemd takes them ----

# On this machine the programs lie elsewhere.
for my $file (glob "$units/*") {
    my $text = slurp($file);
    $text =~ s{(Exec\w+=|\s)/usr/((?:libexec|sbin|share)/tomozuna)}{$1$root/usr/$2}g;
    spew($file, $text);
}
my @unit = map { m{/([^/]+)\z} } glob "$units/*";
my $verdict = qx(SYSTEMD_UNIT_PATH=$units: systemd-analyze verify --man=no @unit 2>&1);
is(join("\n", grep { /tomozuna/ } split /\n/, $verdict), '', 'systemd-analyze verify has no complaint');
is(system("systemd-sysusers --root='$root' >'$root/log' 2>&1"), 0, 'users are made') or diag slurp("$root/log");
my %user = map { (split /:/)[0] => 1 } split /\n/, slurp("$root/etc/passwd");
is(scalar(grep { !$user{"tomozuna-$_"} } @program, 'nginx', 'redis'), 0, '  each of them');
SKIP: {
    skip 'root is needed', 1 if $>;
    is(system("systemd-tmpfiles --root='$root' --create tomozuna.conf tomozuna-ca.conf >'$root/log' 2>&1"), 0, 'folders are made')
        or diag slurp("$root/log");
    is((stat "$root/etc/tomozuna/credentials")[2] & 07777, 0700, '  secrets are root\'s alone');
}

# ---- and nothing stays ----

is(system("make -s -C '$build' install DESTDIR='$root/again' >'$root/log' 2>&1 && echo '# ours' >>'$root/again/usr/local/etc/tomozuna/timeline.conf'"
    . " && make -s -C '$build' install uninstall DESTDIR='$root/again' >>'$root/log' 2>&1"), 0, 'make uninstall');
is(join(' ', map { m{/([^/]+)\z} } split /\n/, qx(find '$root/again' -type f -o -type l)), 'timeline.conf',
    '  leaves what was changed on the machine, and nothing else') or diag qx(find '$root/again' -type f);
done_testing;
