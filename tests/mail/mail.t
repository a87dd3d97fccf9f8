#!/usr/bin/perl
# tomozuna-mail against a real SMTP sink: what a mail says, each way to refuse
# one, and what is left when either side is killed.
use strict;
use warnings;
use utf8;
use FindBin;
use Time::HiRes ();
use lib "$FindBin::RealBin/../lib";
use Test::More;
use Tomozuna::Private qw(free_port start stop wait_for answers slurp spew $ROOT);

plan skip_all => 'tomozuna-mail is not built' if !Tomozuna::Private::program('mail');
binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;

my $w = Tomozuna::Private->new('mail');
my $port = free_port();
my $sink;
$w->{setting}{mail} = { smtp_url => "smtp://127.0.0.1:$port", mail_from => 'notices@tomozuna.example', mail_stop => 'stop@tomozuna.example', smtp_timeout_s => 3 };

sub sink {
    my (@options) = @_;
    stop($sink) if $sink;
    $sink = start("$w->{dir}/sink.err", "$ROOT/tests/standin/mailbox", '--listen', "127.0.0.1:$port",
        '--folder', "$w->{dir}/mailbox", '--', @options);
    answers($port);
    return;
}

sub mails { return map { slurp($_) } sort glob "$w->{dir}/mailbox/*.$_[0]" }

sub mail { return $w->notice(channel => 'mail', @_) }

sub texts {
    my $ref = mail();
    ok($w->becomes($ref, 'sent'), 'a notice is sent');
    wait_for(5, sub { mails('txt') == 1 });
    my ($raw) = mails('eml');
    my ($text) = map { Encode::decode('UTF-8', $_) } mails('txt');
    like($raw, qr/^Message-ID: <$ref\@tomozuna\.example>\r?$/m, 'Message-ID from the ref');
    like($raw, qr/^Auto-Submitted: auto-generated/m, 'says that a machine wrote it');
    like($raw, qr/^Date: \w{3}, \d+ \w{3} \d{4} [\d:]{8} \+0900/m, 'Date');
    unlike($raw, qr/^List-Unsubscribe/m, 'no way to leave an urgent notice behind without signing in');
    is($w->value("SELECT COUNT(*) FROM care_notice WHERE stop_token IS NOT NULL AND ref = UNHEX('$ref')"), 1, '  though each mail has a key of its own');
    unlike($raw, qr/[^\x00-\x7f]/, 'only ASCII travels');
    cmp_ok((sort { $b <=> $a } map { length } split /\r?\n/, $raw =~ s/\A.*?^(?=Date:)//smr)[0], '<=', 78, 'short lines');
    like($text, qr/^Subject: 【あさひ町つながり帳】至急の申し送りがあります$/m, 'subject');
    like($text, qr{^From: あさひ町つながり帳\s+<notices\@tomozuna\.example>}m, 'sender');
    like($text, qr{^https://care\.example/patients$}m, 'where to look');
    like($text, qr/0000-00-0000/, 'whom to call');
    $w->sql("UPDATE care_user SET lang = 'en' WHERE id = 3");
    my $digest = mail(kind => 'digest', priority => 1, count => 7, user_id => 3);
    ok($w->becomes($digest, 'sent'), 'a digest too');
    wait_for(5, sub { mails('txt') == 2 });
    like(join('', mails('txt')), qr{7 things are waiting}, 'in English, with its count');
    my ($stop) = grep { /^List-Unsubscribe/m } mails('eml');
    $stop =~ s/\r//g;
    like($stop, qr{^List-Unsubscribe: <https://family\.example/notice/[0-9a-f]{32}>,\n <mailto:stop\@tomozuna\.example\?subject=[0-9a-f]{32}>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click$}m,
        'and how to stop it, by one press or by a mail');
    my ($token, $again) = $stop =~ m{/notice/([0-9a-f]{32}).*subject=([0-9a-f]{32})}s;
    is($token, $again, '  by the same key');
    is($w->value("SELECT HEX(ref) = UPPER('$digest') FROM care_notice WHERE stop_token = UNHEX(SHA2(UNHEX('$token'), 256))"), 1, '  of that mail; the database has a hash of it');
    unlike($stop, qr/\Q$digest\E.*\/notice\/\Q$digest\E/s, '  not the name by which the mail is known');
    for my $kind (qw(device_revoked test)) {
        my $n = () = mails('eml');
        mail(kind => $kind, priority => 0, user_id => 3);
        wait_for(10, sub { (() = mails('eml')) > $n });
        is(scalar(grep { /^List-Unsubscribe/m } mails('eml')), 1, "  not of $kind");
    }
    return;
}

sub unfit {
    $w->sql(qq{UPDATE care_user SET mail = 'a\@b.example>\\r\\nBcc: <c\@d.example' WHERE id = 3;
        UPDATE care_network SET sender = 'x\\r\\nBcc: c\@d.example'});
    my $bad = mail(user_id => 3);
    ok($w->becomes($bad, 'failed'), 'an address with a line end fails');
    my $before = () = mails('eml');
    my $odd = mail();
    ok($w->becomes($odd, 'sent'), 'a sender name with a line end is harmless');
    ok(wait_for(5, sub { (() = mails('eml')) == $before + 1 }), 'and arrives');
    unlike(join('', mails('eml')), qr/^Bcc:/mi, 'no header of its own');
    $w->sql(q{UPDATE care_network SET sender = 'あさひ町つながり帳'; UPDATE care_user SET mail = NULL WHERE id = 3;
        UPDATE care_user SET suspended_at = UTC_TIMESTAMP(3) WHERE id = 1});
    ok($w->becomes(mail(user_id => 3), 'suppressed'), 'no address: suppressed');
    ok($w->becomes(mail(user_id => 1), 'suppressed'), 'suspended: suppressed');
    $w->sql(q{UPDATE care_user SET suspended_at = NULL, mail = CONCAT(login, '@tomozuna.example')});
    return;
}

sub latency {
    my @ref = map { mail() } 1 .. 20;
    ok($w->becomes($_, 'sent')) || last for @ref;
    my ($worst) = $w->sql(q{SELECT MAX(TIMESTAMPDIFF(MICROSECOND, created_at, sent_at)) / 1000 FROM care_notice WHERE state = 'sent'});
    cmp_ok($worst, '<', 20_000, "insert to hand-over: $worst ms at most");
    return;
}

# What one mail meets, and how often it arrived.
sub refusals {
    for my $case ([['-r', 'RCPT'], 'queued', 0], [['-f', 'RCPT'], 'failed', 0], [['-f', 'MAIL'], 'failed', 0],
        [['-r', 'DATA'], 'queued', 0], [['-f', '.'], 'failed', 0], [['-r', '.'], 'queued', 0], [['-Q', 'RCPT'], 'queued', 0],
        [['-q', 'DATA'], 'queued', 0], [['-q', 'RCPT'], 'queued', 0], [['-q', '.'], 'unknown', 0], [['-W', '.:6'], 'unknown', 0]) {
        my ($options, $state, $arrived) = @$case;
        sink(@$options);
        my $ref = mail();
        my $seen = wait_for(10, sub {
            my ($s, $n) = split /\t/, $w->value("SELECT state, attempts FROM care_notice WHERE ref = UNHEX('$ref')");
            $n > 0 && $s ne 'sending' && $s;
        });
        is($seen, $state, "@$options: $state");
        $w->sql("UPDATE care_notice SET due_at = due_at + INTERVAL 1 DAY WHERE state = 'queued'");
    }
    sink();
    $w->sql("UPDATE care_notice SET due_at = UTC_TIMESTAMP(3) WHERE state = 'queued'");
    ok($w->quiet(10), 'what was put off goes once it may');
    my %times;
    ++$times{$_} for map { /^Message-ID: <(\w+)@/m } mails('eml');
    is_deeply([grep { $times{$_} > 1 } keys %times], [], 'none arrived twice');
    return;
}

# The gateway is killed at chosen moments of a stream of notices.
sub killed {
    $w->sql('DELETE FROM care_notice');
    unlink glob "$w->{dir}/mailbox/*.*";
    for my $round (1 .. 8) {
        sink('-W', '.:1') if $round == 5;
        my @ref = map { mail() } 1 .. 5;
        Time::HiRes::sleep(0.03 + 0.05 * $round);
        $w->stop_gateway('mail', 'KILL');
        $w->sql("UPDATE care_notice SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE state = 'sending'");
        $w->gateway('mail');
    }
    sink();
    $w->sql("UPDATE care_notice SET due_at = UTC_TIMESTAMP(3) WHERE state = 'queued'");
    ok($w->quiet(15), 'all have an end');
    Time::HiRes::sleep(0.3);
    my %times;
    ++$times{$_} for map { /^Message-ID: <(\w+)@/m } mails('eml');
    my %state = map { split /\t/ } $w->sql("SELECT LOWER(HEX(ref)), state FROM care_notice");
    is_deeply([grep { ($times{$_} // 0) > 1 } keys %state], [], 'none twice');
    is_deeply([grep { !$times{$_} && $state{$_} ne 'unknown' } keys %state], [], 'none lost unflagged');
    diag('killed 8 times: ' . $w->summary);
    return;
}

sub away {
    stop($sink);
    undef $sink;
    my @ref = map { mail() } 1 .. 10;
    Time::HiRes::sleep(1.5);
    is($w->summary("created_at > UTC_TIMESTAMP(3) - INTERVAL 2 SECOND AND state <> 'queued' AND state <> 'sending'"), '', 'no server: they wait');
    cmp_ok($w->value("SELECT COUNT(*) FROM care_notice WHERE state = 'queued' AND attempts = 0"), '>=', 5, 'most of them untried');
    sink();
    $w->sql("UPDATE care_notice SET due_at = UTC_TIMESTAMP(3) WHERE state = 'queued'");
    ok($w->becomes($_, 'sent', 12)) || last for @ref;
    return;
}

sub digests {
    my $minute = $w->value('SELECT HOUR(t) * 60 + MINUTE(t) FROM (SELECT UTC_TIMESTAMP() + INTERVAL 9 HOUR AS t) AS x');
    $w->sql(q{DELETE FROM care_notice;
        INSERT INTO care_mark (user_id, patient_id, module, kind, ref, at)
        VALUES (2, 1, 'timeline', 'unread', RANDOM_BYTES(16), UTC_TIMESTAMP(3)), (2, 1, 'timeline', 'urgent', RANDOM_BYTES(16), UTC_TIMESTAMP(3)),
               (2, 1, 'timeline', 'icon', RANDOM_BYTES(16), UTC_TIMESTAMP(3)), (3, 1, 'timeline', 'unread', RANDOM_BYTES(16), UTC_TIMESTAMP(3));
        INSERT INTO care_notice_choice VALUES (3, 'digest', 'mail', 0)});
    # Between half past seven and the latest minute in Japan the gateways of before wrote theirs.
    my $written = sub { scalar(() = slurp("$w->{dir}/mail.log") =~ /digest written/g) };
    for my $run (1, 2) {
        $w->stop_gateway('mail');
        my $before = $written->();
        $w->gateway('mail', digest_minute => $minute > 0 ? $minute - 1 : 0);
        wait_for(20, sub { $written->() > $before });
        is(join(',', map { tr/\t/ /r } $w->sql("SELECT user_id, kind, count FROM care_notice")), '2 digest 2',
            "run $run: one digest, of two things, for who wants it");
    }
    return;
}

sink();
$w->gateway('mail');
texts();
unfit();
latency();
refusals();
killed();
away();
digests();
is_deeply([$w->canary_seen], [], 'nothing of a patient anywhere');
unlike(slurp("$w->{dir}/mail.log"), qr/\@tomozuna\.example|care\.example/, 'no address in the log');
is($w->stop_gateway('mail'), 0, 'stops as asked');
done_testing();
