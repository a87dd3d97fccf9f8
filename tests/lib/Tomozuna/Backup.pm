package Tomozuna::Backup;

# Backups of the demo to a folder of the test's own, and what one wants to know of
# them. Settings are the demo's; only where backups go is the test's.

use strict;
use warnings;
use utf8;
use Exporter 'import';
use File::Temp 'tempdir';
use Tomozuna::Test;

our @EXPORT = qw(backup_place tomozuna tomozuna_ok follow follow_end);

# A folder with admin.conf, keys, spool and target: { dir, conf }. Options are
# settings that differ.
sub backup_place {
    my (%setting) = @_;
    my $dir = tempdir('tomozuna-backup-XXXXXX', TMPDIR => 1, CLEANUP => 1);
    chmod 0711, $dir;
    mkdir "$dir/target", 0700;
    my %all = (
        backup_target => "directory $dir/target", backup_spool => "$dir/spool", backup_log_seconds => 1,
        (map { ("backup_$_->[0]" => "$dir/keys/$_->[1]") } [recipients => 'recipients'], [identity => 'server.key'],
            [safe_key => 'safe.key']),
        %setting,
    );
    my $admin = demo('CONF') . '/admin.conf';
    spew("$dir/admin.conf", join '', "include $admin\n", map { "$_ = $all{$_}\n" } sort keys %all);
    my $place = { dir => $dir, conf => "$dir/admin.conf" };
    tomozuna_ok($place, 'backup', 'keys');
    return $place;
}

# The administrator's command with these settings: status and all that it said.
sub tomozuna {
    my ($place, @words) = @_;
    my $pid = open my $out, '-|';
    die "fork: $!\n" if !defined $pid;
    if (!$pid) {
        become($place, '>&', \*STDOUT, @words);
    }
    binmode $out, ':encoding(UTF-8)';
    my $said = do { local $/; <$out> } // '';
    close $out;
    return ($? >> 8, $said);
}

sub become {
    my ($place, $mode, $err, @words) = @_;
    open STDERR, $mode, $err;
    open STDIN, '<', '/dev/null';
    $ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
    $ENV{TOMOZUNA_DB_ADMIN} = getpwuid $>;
    exec demo('BIN') . '/tomozuna', '--config', $place->{conf}, @words or exit 127;
}

# The same, and it has to work.
sub tomozuna_ok {
    my ($place, @words) = @_;
    my ($status, $said) = tomozuna($place, @words);
    die "tomozuna @words: $said" if $status;
    return $said;
}

# `tomozuna backup follow` in the background; its process number.
sub follow {
    my ($place) = @_;
    my $pid = fork // die "fork: $!\n";
    return $place->{follow} = $pid if $pid;
    open STDOUT, '>', "$place->{dir}/follow.log";
    become($place, '>&', \*STDOUT, 'backup', 'follow');
}

sub follow_end {
    my ($place) = @_;
    my $pid = delete $place->{follow} or return;
    kill TERM => $pid;
    waitpid $pid, 0;
    return $?;
}

1;
