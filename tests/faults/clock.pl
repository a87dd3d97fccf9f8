#!/usr/bin/perl
# T-30. The clock of one program jumps, while it runs, by an hour, a day, ten minutes
# back; or its time zone is another: nothing is sent twice or kept back, nobody is let in
# for longer or signed out elsewhere, and what is stored is UTC.
use strict;
use warnings;
use utf8;
use File::Temp ();
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Own;
use Tomozuna::Test;

my ($library) = grep { -e } glob '/usr/lib/*/faketime/libfaketimeMT.so.1';
plan skip_all => 'no libfaketime here' if !$library;
plan skip_all => 'the sanitizer wants to be the first library' if qx(ldd @{[demo('BIN')]}/tomozuna-timeline) =~ /libasan/;

my $nurse = person('nurse');
my $patient = patient_of($nurse);
my $url = "/timeline/$patient";
my $dir = File::Temp->newdir;
chmod 0755, "$dir";

# The clock that others have set: waits that go by the monotonic one must not notice.
my %env = (LD_PRELOAD => $library, FAKETIME_TIMESTAMP_FILE => "$dir/now", FAKETIME_NO_CACHE => 1, FAKETIME_DONT_FAKE_MONOTONIC => 1, FAKETIME_XRESET => 1);
sub jump { my ($by) = @_; spew("$dir/now", "$by\n"); return }

# ---- a gateway ----

sub of { my ($id) = @_; return db_rows("SELECT LOWER(HEX(ref)) AS ref, state FROM care_notice WHERE channel = 'mail' AND cause = ?", unhex($id)) }

my ($mails, $twice, $missing) = (0, 0, 0);
{
    jump('+0');
    my $own = Tomozuna::Own->start('mail', env => \%env);
    for my $by (qw(+0 +1h -10m +1d -1d +0), heavy((), qw(+30d -1h +0))) {
        # With the demo's gateway, and without it.
        for my $hold (undef, stopped(pid_of('tomozuna-mail'))) {
            my $what = "clock $by" . ($hold ? ', alone' : '');
            jump($by);
            my $id = $nurse->post($url, { body => "Clock $by", urgent => 1 })->json->{id};
            ok(wait_for(sub { my @n = of($id); @n && !grep { $_->{state} =~ /queued|sending/ } @n }, 60), "$what: each mail has its end");
            sleep 0.5;
            my %times;
            for my $mail (mails()) { $times{$1}++ if $mail->{raw} =~ /^Message-ID: <(\w+)@/m }
            for my $n (of($id)) {
                $mails++;
                $twice++ if ($times{ $n->{ref} } // 0) > 1;
                $missing++ if $n->{state} eq 'sent' && !$times{ $n->{ref} };
            }
            is("$twice $missing", '0 0', "$what: none twice, and what is called sent has arrived");
        }
    }
    ok($own->alive, 'the gateway has lived through it') or diag slurp("$own->{dir}/log");
    is($own->end('TERM'), 0, '  and ends as asked');
}

# ---- a module ----

# Waits that have to do with another's clock: a session is idle or too old by it.
{
    jump('+0');
    my $own = Tomozuna::Own->start('timeline', env => \%env);
    ok($own->ready(30), 'a timeline with a clock of its own');
    my %want = ('+0' => 200, '-10m' => 200, '-1h' => 200, '+20m' => 401, '+1h' => 401, '+1d' => 401, '+30d' => 401);
    for my $by (qw(+0 -10m +20m +1h +1d -1h +30d +0)) {
        jump($by);
        my $from = time;
        is($own->get($nurse, $url)->{status}, $want{$by}, "clock $by: her session is " . ($want{$by} == 200 ? 'taken' : 'too old or idle there'));
        soon(time - $from, 5, "clock $by: it answers at once");
        is($nurse->get($url)->status, 200, '  and elsewhere as good as before');
    }
    my $key = sprintf 'clock-%08x', rand 2**32;
    my $told = $own->post($nurse, $url, { body => $key }, $key);
    is($told->{status}, 201, 'a note, now that its clock is right');
    jump('-10m');
    is($own->post($nurse, $url, { body => $key }, $key)->{status}, 201, '  and again by a clock that went back');
    is(scalar db('SELECT COUNT(*) FROM timeline_entry WHERE body = ?', $key), 1, '  is one note');
    is($own->end('TERM'), 0, 'it ends as asked');
}

# ---- time zones ----

for my $zone ('Asia/Tokyo', 'America/New_York', 'Pacific/Chatham', 'Nowhere/AtAll', ':/no/such/file') {
    my $own = Tomozuna::Own->start('timeline', env => { TZ => $zone });
    ok($own->ready(30), "TZ=$zone: it serves");
    my $key = sprintf 'zone-%08x', rand 2**32;
    my $told = $own->post($nurse, $url, { body => $key }, $key);
    is($told->{status}, 201, '  a note');
    my $apart = db('SELECT ABS(TIMESTAMPDIFF(SECOND, written_at, UTC_TIMESTAMP(3))) FROM timeline_entry WHERE body = ?', $key);
    cmp_ok($apart, '<', 120, "  stored in UTC ($apart s ago)");
    $own->end('TERM');
}
note_numbers('clocks jumped under a gateway and a module: %d mails, %d twice, %d missing', $mails, $twice, $missing);
done_testing;
