#!/usr/bin/perl
# The timeline of today and one of tomorrow, which wants a column more: under load the
# tables are expanded, the program is upgraded and rolled back again and again, and
# both serve side by side. Nobody's request may fail.
use strict;
use warnings;
use utf8;
use File::Copy ();
use File::Temp ();
use IO::Handle ();
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Picture;
use Tomozuna::Test;

my $root = Tomozuna::Faults::root();
my $folder = File::Temp->newdir('upgradeXXXXX', TMPDIR => 1);
my $bin = demo('BIN') . '/tomozuna-timeline';
my $number = 900;       # of tomorrow's migration
my $access = access_from();

# ---- tomorrow's program: a statement, a migration and a version more ----

sub run { my ($what, @command) = @_; my $ok = system("@command >>'$folder/log' 2>&1") == 0;
    ok($ok, $what) or diag substr(slurp("$folder/log"), -3000); return $ok }

sub append { my ($file, $text) = @_; open my $out, '>>:utf8', $file or die "$file: $!\n"; print {$out} $text; close $out or die; return }

run('a source of today', "$root/deploy/package source $folder/source") or BAIL_OUT('no source');
my ($tree) = grep { -d } glob "$folder/source/tomozuna-*";
append("$tree/modules/timeline/timeline.sql", <<'SQL');

--! row next_word (text? next_word)

--! many next_word next_words (i64 patient)
-- What only tomorrow's tables have.
SELECT next_word FROM timeline_entry WHERE patient_id = :patient LIMIT 1;
SQL
spew("$tree/db/timeline/$number-next.sql", "ALTER TABLE timeline_entry ADD COLUMN next_word VARCHAR(40) NULL;\n");
append("$tree/db/timeline/grants.sql", "GRANT SELECT (next_word) ON timeline_entry TO \@account\@;\n");
run('tomorrow is built', "cd $tree && sed -i 's/^AC_INIT(.tomozuna., .*/AC_INIT([tomozuna], [9.0])/' configure.ac && ./autogen.sh && mkdir -p out"
    . ' && cd out && ../configure --enable-modules=timeline ' . ($ENV{TOMOZUNA_CONFIGURE} // '') . ' && make -j2 all') or BAIL_OUT('no build');
my %program = (today => "$folder/today", tomorrow => "$folder/tomorrow");
File::Copy::copy($bin, $program{today}) or die "$bin: $!\n";
File::Copy::copy("$tree/out/modules/timeline/tomozuna-timeline", $program{tomorrow}) or die "$!\n";
chmod 0755, values %program, "$folder";

# ---- whether a program takes the tables as they are ----

sub check {
    my ($which) = @_;
    local $ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
    my $said = qx($program{$which} --config @{[demo('CONF')]}/timeline.conf --check 2>&1);
    return ($? >> 8, $said);
}

# As tomozuna-setup --module does before a package replaces its program.
sub migrate {
    my ($from) = @_;
    return "$from/db/migrate --socket " . demo('DB_SOCKET') . ' --database ' . demo('DB_NAME') . ' --credentials ' . demo('CREDENTIALS') . ' timeline';
}

sub version { my ($said) = qx($_[0] --version) =~ /(\S+)\s*\z/; return $said }

# ---- from one to the other, as a package does: a rename, and the end of the old one ----

sub become {
    my ($which) = @_;
    my $before = pid_of('tomozuna-timeline');
    File::Copy::copy($program{$which}, "$bin.new") or die "$!\n";
    chmod 0755, "$bin.new";
    rename "$bin.new", $bin or die "$!\n";
    kill TERM => $before;
    my $is = wait_for(sub { my $now = pid_of('tomozuna-timeline'); $now && $now != $before && -e "/proc/$now" && $now }, 20);
    return $is && wait_for(sub { health('timeline')->status == 200 }, 20) && version("/proc/$is/exe") eq version($program{$which});
}

sub all_answered {
    my ($load, $what) = @_;
    my $sum = check_ledger($load, $what);
    my @told = @{ $sum->{told} };
    my @failed = grep { $_->{status} >= 400 } @told;
    is(scalar @failed, 0, "$what: not one of " . @told . ' requests failed')
        or diag join "\n", map { "$_->{op} $_->{status} after $_->{took}" } @failed[0 .. ($#failed < 9 ? $#failed : 9)];
    my ($slowest) = sort { $b <=> $a } map { $_->{took} } @told;
    return (scalar @told, $sum->{acked}, scalar @failed, $slowest * 1000);
}

# Somebody sends photos, opens them again, and looks at what other modules show.
sub start_others {
    my ($told) = @_;
    my $who = person('nurse');
    my $patient = patient_of($who);
    my $photo = jpeg(pad => 200_000);
    my $pid = fork // die "fork: $!\n";
    return $pid if $pid;
    open my $out, '>', $told or POSIX::_exit(1);
    $out->autoflush(1);
    while (!-e "$told.stop") {
        my $sent = $who->post_files("/timeline/$patient", { body => '更新中の写真', attachment => ['p.jpg', 'image/jpeg', $photo] });
        print {$out} 'photo ', $sent->status, "\n";
        my $entry = $sent->json->{id} // next;
        my $files = $who->get("/timeline/$patient/$entry/files");
        print {$out} 'files ', $files->status, "\n";
        my $file = $files->json->{attachments}[0]{id} // next;
        print {$out} 'opened ', $who->get("/timeline/$patient/$entry/files/$file")->status, "\n";
        print {$out} "$_ ", $who->get("/$_/$patient")->status, "\n" for qw(team record);
    }
    POSIX::_exit(0);
}

sub end_others {
    my ($pid, $told) = @_;
    spew("$told.stop", '');
    waitpid $pid, 0;
    my @line = split /\n/, slurp($told);
    cmp_ok(scalar(grep { /\Aopened 200\z/ } @line), '>', 5, 'photos were sent and opened: ' . grep { /\Aopened/ } @line);
    is_deeply([grep { !/ 20[01]\z/ } @line], [], '  not one of ' . @line . ' requests with files, of team and record failed');
    note_numbers('besides: %d requests with files and of team and record, %d failed', scalar @line, scalar grep { !/ 20[01]\z/ } @line);
    return;
}

isnt(version($program{today}), version($program{tomorrow}), 'two programs: ' . join ', ', map { version($_) } values %program);
{
    my ($status, $said) = check('tomorrow');
    is($status, 1, "tomorrow's program does not start on today's tables");
    like($said, qr/next_word/, '  and says what it misses');
}

subtest 'tables first, then the program, five times there and back' => sub {
    my $load = load(workers => 4, access => $access);
    my $others = start_others("$folder/others");
    local $ENV{TOMOZUNA_DB_ADMIN} = scalar getpwuid $>;
    run('tables and rights are expanded under load', migrate($tree));
    is((check($_))[0], 0, "both take them: $_") for qw(today tomorrow);
    for my $round (1 .. 5) {
        ok(become('tomorrow'), "upgraded, $round");
        sleep 1;
        ok(become('today'), "rolled back, $round");
        sleep 1;
    }
    end_others($others, "$folder/others");
    my @numbers = all_answered($load, 'upgrade');
    note_numbers('5 upgrades and 5 rollbacks: %d requests, %d writes acknowledged, %d failed, longest wait %.0f ms', @numbers);
};

# ---- both at once, behind the same door ----

sub both_serve {
    my $conf = demo('CONF') . '/nginx';
    my $first = demo('RUN') . '/timeline.sock';
    my $text = slurp("$conf/professional/timeline.conf");
    $text =~ s{fastcgi_pass unix:\S+;}{fastcgi_pass timeline_both;}g;
    spew("$conf/professional/timeline.conf", $text);
    append("$conf/optional.conf", "upstream timeline_both { server unix:$first; server unix:$folder/second.sock; }\n");
    kill HUP => pid_of('nginx');
    return;
}

sub start_second {
    my @as = $> == 0 ? qw(setpriv --reuid=www-data --regid=www-data --clear-groups --) : ();
    my $journal = demo('STATE') . '/journal/timeline-second';
    mkdir $journal;
    my $settings = "$folder/second.conf";
    append($settings, 'include ' . demo('CONF') . "/timeline.conf\njournal_dir = $journal\n");
    if (@as) { my ($uid, $gid) = (getpwnam 'www-data')[2, 3]; chown $uid, $gid, $journal, "$folder" }
    my $pid = fork // die "fork: $!\n";
    return $pid if $pid;
    $ENV{CREDENTIALS_DIRECTORY} = demo('CREDENTIALS');
    open STDOUT, '>>', "$folder/second.log";
    open STDERR, '>&', \*STDOUT;
    exec @as, 'spawn-fcgi', '-n', '-s', "$folder/second.sock", '-M', '0660', '-b', '4096', '--', $program{tomorrow}, '--config', $settings;
    exit 127;
}

my $second;
subtest 'side by side' => sub {
    $second = start_second();
    ok(wait_for(sub { -S "$folder/second.sock" }, 20), "tomorrow's program serves beside today's") or diag slurp("$folder/second.log");
    sleep 1;
    both_serve();
    $access = access_from();
    my $load = load(workers => 4, access => $access);
    sleep heavy(4, 20);
    my @numbers = all_answered($load, 'side by side');
    my $by = () = slurp("$folder/second.log") =~ /"route":"\/timeline/g;
    cmp_ok($by, '>', 20, "tomorrow's answered $by of them");
    cmp_ok($numbers[0] - $by, '>', 20, "today's the others");
    note_numbers('side by side: %d requests, %d writes acknowledged, %d failed, longest wait %.0f ms; %d by the newer program', @numbers, $by);
    kill TERM => $second;
    waitpid $second, 0;
};

# As it was found: doors, program, tables.
END {
    my $status = $?;
    kill TERM => $second if $second;
    if ($program{today} && -e $program{today}) {
        become('today');
        revive();
        local $ENV{TOMOZUNA_DB_ADMIN} = scalar getpwuid $>;
        system(migrate($root) . ' >/dev/null 2>&1');
        db('ALTER TABLE timeline_entry DROP COLUMN IF EXISTS next_word');
        db("DELETE FROM lib_migration WHERE folder = 'timeline' AND number = $number");
    }
    $? = $status;
}
ok(healthy(10), 'everything is well');
done_testing;
