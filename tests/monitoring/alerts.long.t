#!/usr/bin/perl
# Each alert of deploy/monitoring is caused, fires in a real Prometheus, and is over
# when the cause is. The rules are the installed ones; only how long a cause must
# last (`for`) is shortened, because nobody wants to wait.
use strict;
use warnings;
use utf8;
use FindBin;
use IO::Socket::INET;
use JSON::PP;
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Backup;
use Tomozuna::Test;

my $root = "$FindBin::Bin/../..";
my $rules = "$root/deploy/monitoring/tomozuna.rules.yml";
plan skip_all => 'no Prometheus here' if !grep { -x "$_/prometheus" } split /:/, $ENV{PATH};
plan skip_all => 'stopping servers and mounting needs root' if $> != 0;

my $place = backup_place();
my $dir = $place->{dir};
my $out = demo('RUN') . '/watch';
my $port = do { my $s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 1) or die; $s->sockport };

# ---- Prometheus, with the installed rules ----

my ($loopback) = demo('LOOPBACK_URL') =~ m{//(.*)};
spew("$dir/rules.yml", slurp($rules) =~ s/^( +for:).*/$1 1s/mgr);
my $scrape = slurp("$root/deploy/monitoring/prometheus.yml");
$scrape =~ s/127\.0\.0\.1:8442/$loopback/g;
$scrape =~ s/: 15s/: 1s/g;
$scrape =~ s/tomozuna\.rules\.yml/rules.yml/;
spew("$dir/prometheus.yml", $scrape);
my @pid;
sub start {
    my ($log, @command) = @_;
    my $pid = fork // die "fork: $!\n";
    if (!$pid) {
        setpgrp;
        open STDIN, '<', '/dev/null';
        open STDOUT, '>>', $log;
        open STDERR, '>&', \*STDOUT;
        exec @command or exit 127;
    }
    return $pid;
}
push @pid, start("$dir/prometheus.log", 'prometheus', "--config.file=$dir/prometheus.yml", "--storage.tsdb.path=$dir/tsdb",
    "--web.listen-address=127.0.0.1:$port");

sub ask {
    my $said = `curl -s --max-time 5 http://127.0.0.1:$port/api/v1/$_[0]`;
    return eval { decode_json($said)->{data} };
}
sub firing {
    my %on = map { $_->{labels}{alertname} => $_ } grep { $_->{state} eq 'firing' } @{ (ask('alerts') // {})->{alerts} // [] };
    return \%on;
}

# ---- a watcher whose settings are the test's ----

my ($watcher, %changed);
sub watching {
    my ($setting, @wrap) = @_;
    unwatch();
    my $conf = "$dir/watch.conf";
    # Which modules there are is told by nginx's pieces beside the settings; here are none.
    my @modules = map { m{(\w+)-health\.conf\z} } glob demo('CONF') . '/nginx/loopback/*-health.conf';
    my %all = (folders => '/proc', loopback_url => demo('LOOPBACK_URL'), modules => "@modules", %{ $setting // {} });
    spew($conf, join '', 'include ' . demo('CONF') . "/admin.conf\n", map { "$_ = $all{$_}\n" } sort keys %all);
    local $ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
    # faketime comes in by LD_PRELOAD, before the sanitizer's library, which ends a program so started.
    local $ENV{ASAN_OPTIONS} = join ':', grep { defined } $ENV{ASAN_OPTIONS}, 'verify_asan_link_order=0';
    $watcher = start("$dir/watch.log", @wrap, demo('BIN') . '/tomozuna', '--config', $conf, 'watch', $out, '--seconds', 1);
    return;
}
sub unwatch {
    return if !defined $watcher;
    kill KILL => -$watcher;
    waitpid $watcher, 0;
    undef $watcher;
    return;
}
kill STOP => pid_of('watch');
END {
    my $status = $?;
    unwatch();
    kill KILL => @pid if @pid;
    waitpid $_, 0 for @pid;
    kill CONT => grep { defined } map { pid_of($_) } qw(watch mariadbd redis-server tomozuna-mail tomozuna-sms tomozuna-seal tomozuna-ca tomozuna-patient);
    $? = $status;
}

watching();
ok wait_for(sub { firing() && ask('query?query=tomozuna_doctor_worst') && @{ ask('query?query=tomozuna_doctor_worst')->{result} } }, 60),
    'Prometheus reads the page\'s numbers';
ok wait_for(sub { !%{ firing() } }, 60), 'nothing fires while all is well' or diag explain firing();

# ---- the causes ----

sub stopped {
    my (@name) = @_;
    kill STOP => map { pid_of($_) } @name;
    return sub { kill CONT => map { pid_of($_) } @name };
}
my $first = (map { $_->{id} } @{ person('nurse')->get('/patients')->json->{patients} })[0];

# Answers that take more than a second: the database pauses, but not for too long.
sub slow_answers {
    my $nurse = person('nurse');
    return sub {
        kill STOP => pid_of('mariadbd');
        my @child = map { my $pid = fork; if (!$pid) { $nurse->get('/patients'); require POSIX; POSIX::_exit(0) } $pid } 1 .. 16;
        sleep 1.3;
        kill CONT => pid_of('mariadbd');
        waitpid $_, 0 for @child;
    };
}

sub state_file {
    my ($name, $text) = @_;
    system 'mkdir', '-p', "$dir/spool/state";
    spew("$dir/spool/state/$name", $text);
    return;
}
my %backup = (backup_target => "directory $dir/target", backup_spool => "$dir/spool", backup_safe_key => '/nonexistent');
my $long_ago = time - 86400 * 10;

my @case = (
    [TomozunaDatabaseAway => 'MariaDB hangs', sub { stopped('mariadbd') }],
    [TomozunaModuleAway => 'a module hangs', sub { stopped('tomozuna-patient') }],
    [TomozunaRedisAway => 'Redis hangs', sub { stopped('redis-server') }],
    [TomozunaErrors => 'MariaDB hangs while people read', sub { stopped('mariadbd') }, sub { person('nurse', signed_in => 0)->get('/patients') }],
    [TomozunaSlow => 'MariaDB pauses again and again', sub { sub { } }, slow_answers()],
    [TomozunaAuditJournal => 'the disk under the journal fails', sub {
        my $pid = start("$dir/strace.log", qw(strace -qq -f -e trace=fdatasync -e inject=fdatasync:error=EIO -p), pid_of('tomozuna-timeline'));
        return sub { kill INT => $pid; waitpid $pid, 0; kill_program('tomozuna-timeline', 'TERM') };
    }, sub { person('nurse')->get("/timeline/$first") }],
    [TomozunaDiskLow => 'a disk is nearly full', sub {
        mkdir "$dir/small";
        watching({ folders => "$dir/small" }, 'unshare', '-m', 'sh', '-c',
            "mount -t tmpfs -o size=1m tmpfs $dir/small && head -c 950000 /dev/zero >$dir/small/fill; exec \"\$@\"", 'sh');
        return \&watching;
    }],
    [TomozunaClock => 'a clock is ten seconds ahead', sub { watching({}, 'faketime', '-f', '+10s'); return \&watching }],
    [TomozunaWatchSilent => 'nobody has looked for ten minutes', sub {
        watching({}, 'faketime', '-f', '-600s');
        return \&watching;
    }],
    [TomozunaCertificateEnds => 'the door\'s certificate ends in a week', sub {
        system "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=door -days 7 -keyout $dir/door.key -out $dir/door.crt 2>/dev/null";
        watching({ certificates => "$dir/door.crt" });
        return \&watching;
    }],
    [TomozunaRevocationListOld => 'no new list for three hours', sub {
        my $on = stopped('tomozuna-ca');
        my ($number) = db('SELECT MAX(number) FROM ca_crl');
        db('UPDATE ca_crl SET issued_at = issued_at - INTERVAL 3 HOUR WHERE number = ?', $number);
        return sub { db('UPDATE ca_crl SET issued_at = issued_at + INTERVAL 3 HOUR WHERE number = ?', $number); $on->() };
    }],
    # The newest list is looked at, so none may come meanwhile.
    [TomozunaDoorOpen => 'a revoked certificate came in', sub {
        my $on = stopped('tomozuna-ca');
        my ($number) = db('SELECT MAX(number) FROM ca_crl');
        db('UPDATE ca_crl SET probe = "accepted" WHERE number = ?', $number);
        return sub { db('UPDATE ca_crl SET probe = "refused" WHERE number = ?', $number); $on->() };
    }],
    [TomozunaNoticesWait => 'mail does not leave', sub {
        my $on = stopped('tomozuna-mail', 'tomozuna-sms');
        person('nurse')->post("/timeline/$first", { body => '至急の試し', urgent => 1 });
        db('UPDATE care_notice SET due_at = due_at - INTERVAL 11 MINUTE WHERE state = "queued"');
        return $on;
    }],
    [TomozunaNoticesFail => 'many notices failed', sub {
        db('INSERT INTO care_notice (ref, network_id, user_id, kind, channel, state, cause, request, created_at, due_at, reason)
            SELECT RANDOM_BYTES(16), network_id, id, "test", "mail", "failed", RANDOM_BYTES(16), RANDOM_BYTES(16), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), "alert test"
            FROM care_user LIMIT 11');
        return sub { db('DELETE FROM care_notice WHERE reason = "alert test"') };
    }],
    [TomozunaEventsWait => 'a program has given an event up', sub {
        db('INSERT INTO lib_event (topic, about, at, sentence_ja, sentence_en) VALUES ("alert.test", RANDOM_BYTES(16), UTC_TIMESTAMP(3), "", "")');
        db('INSERT INTO lib_event_due (program, event_id, not_before, parked) SELECT "nobody", id, UTC_TIMESTAMP(3), "alert test" FROM lib_event WHERE topic = "alert.test"');
        return sub { db('DELETE FROM lib_event_due WHERE program = "nobody"'); db('DELETE FROM lib_event WHERE topic = "alert.test"') };
    }],
    [TomozunaAuditUnsealed => 'the sealer hangs', sub {
        my $on = stopped('tomozuna-seal');
        db('INSERT INTO lib_audit (at, request, program, method, route, status, outcome)
            VALUES (UTC_TIMESTAMP(3) - INTERVAL 2 MINUTE, RANDOM_BYTES(16), "test", "GET", "/alerts", 200, 0)');
        return $on;
    }],
    [TomozunaBackupOld => 'no backup for ten days', sub {
        state_file(full => "$long_ago 20200101T000000Z 5000000 3\n" =~ s/\.\d+//r);
        state_file(log => int(time) . " binlog.000001 4\n");
        state_file(verified => int(time) . " 20200101T000000Z 3\n");
        watching({ %backup });
        return sub { state_file(full => int(time) . " 20200101T000000Z 5000000 3\n") };
    }],
    [TomozunaLogNotTaken => 'nobody takes the log along', sub {
        state_file(log => int(time) - 1000 . " binlog.000001 4\n");
        return sub { state_file(log => int(time) . " binlog.000001 4\n") };
    }],
    [TomozunaRestoreUnproved => 'no restore was tried for ten days', sub {
        state_file(verified => int($long_ago) . " 20200101T000000Z 3\n");
        return sub { state_file(verified => int(time) . " 20200101T000000Z 3\n"); watching() };
    }],
    [TomozunaFinding => 'somebody has switched the general log on', sub {
        db("SET GLOBAL $_") for 'log_output = "NONE"', 'general_log = 1';
        return sub { db("SET GLOBAL $_") for 'general_log = 0', 'log_output = "FILE"' };
    }],
    [TomozunaCopyOld => 'what the copy follows is locked', sub {
        # The server ends a statement after a while; this one has to stand for minutes.
        my $pid = start("$dir/lock.log", 'mariadb', '--no-defaults', '--socket=' . demo('DB_SOCKET'), demo('DB_NAME'), '-e',
            'SET max_statement_time = 0; LOCK TABLES care_followed WRITE; SELECT SLEEP(900)');
        my $sleeping = sub { db('SELECT id FROM information_schema.processlist WHERE info LIKE "SELECT SLEEP(900)%"') };
        wait_for($sleeping, 10) or die "care_followed is not locked\n";
        return sub { db("KILL $_") for $sleeping->(); waitpid $pid, 0 };
    }],
    [TomozunaUnreachable => 'nginx is gone', sub {
        kill QUIT => pid_of('nginx');
        return sub { system "$root/deploy/demo >$dir/demo.log 2>&1"; kill STOP => pid_of('watch'); watching() };
    }],
);

my %known = map { $_ => 1 } slurp($rules) =~ /^ +- alert: (\w+)/mg;
is_deeply [sort map { $_->[0] } @case], [sort keys %known], 'each alert of the file has its cause here';

for my $case (@case) {
    my ($alert, $what, $cause, $meanwhile) = @$case;
    next if @ARGV && !grep { $alert =~ /$_/ } @ARGV;
    my $undo = $cause->();
    my $began = time;
    my $fired = wait_for(sub { $meanwhile->() if $meanwhile; firing()->{$alert} }, 90);
    my $took = time - $began;
    ok $fired, sprintf '%s: %s', $alert, $what;
    ok $fired && $fired->{annotations}{summary} && $fired->{annotations}{todo}, '  with what to do next';
    note sprintf '%s fired after %.1f s', $alert, $took;
    $undo->();
    # Two count what was in the last five minutes.
    next if $alert =~ /\A(?:TomozunaErrors|TomozunaSlow|TomozunaAuditJournal)\z/;
    ok wait_for(sub { !firing()->{$alert} }, 90), '  and is over when the cause is' or diag slurp("$dir/watch.log");
}
done_testing;
