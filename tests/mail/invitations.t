#!/usr/bin/perl
# Invitations to meetings by tomozuna-mail: what travels, who hears of what, and that five hundred of
# one press are at the mail server in seconds.
use strict;
use warnings;
use utf8;
use Encode ();
use FindBin;
use MIME::Base64 qw(decode_base64);
use Time::HiRes ();
use lib "$FindBin::RealBin/../lib";
use Test::More;
use Tomozuna::Private qw(free_port start stop wait_for answers slurp spew $ROOT);

plan skip_all => 'tomozuna-mail is not built' if !Tomozuna::Private::program('mail');
binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;

my $w = Tomozuna::Private->new('meeting', 'mail');
my $port = free_port();
$w->{setting}{mail} = { smtp_url => "smtp://127.0.0.1:$port", mail_from => 'notices@tomozuna.example', smtp_timeout_s => 5 };
my $sink = start("$w->{dir}/sink.err", "$ROOT/tests/standin/mailbox", '--listen', "127.0.0.1:$port", '--folder', "$w->{dir}/mailbox", '--');
answers($port);
$w->gateway('mail');

my $ref = 'ab' x 16;
$w->sql("INSERT INTO meeting_meeting (id, ref, network_id, patient_id, kind, title, agenda, starts_at, ends_at, organizer_id, organizer_name, made_at, asked_at, state, room)
    VALUES (1, UNHEX('$ref'), 1, 1, 'care_conference', '$Tomozuna::Private::CANARY', '$Tomozuna::Private::CANARY', '2099-11-25 01:00:00', '2099-11-25 02:00:00', 4, 'x', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), 'scheduled', '$ref');
    INSERT INTO meeting_invitation (id, ref, meeting_id, patient_id, user_id, name, invited_at, invited_by) SELECT id, RANDOM_BYTES(16), 1, 1, id, CONCAT(family, ' ', given), UTC_TIMESTAMP(3), 4 FROM care_user WHERE id < 4;
    INSERT INTO meeting_invitation (id, ref, meeting_id, patient_id, guest, name, mail, invited_at, invited_by) VALUES (10, RANDOM_BYTES(16), 1, 1, 'family', '客', 'guest\@tomozuna.example', UTC_TIMESTAMP(3), 4)");

sub due { my ($where) = @_; $w->sql("UPDATE meeting_invitation SET mail_due_at = UTC_TIMESTAMP(3), mail_version = mail_version + 1, mail_attempts = 0 WHERE $where"); return }
sub none_due { return wait_for(30, sub { !$w->value('SELECT COUNT(*) FROM meeting_invitation WHERE mail_due_at IS NOT NULL') }) }

# The mails since the last look: [to, raw, text, calendar, the same attached].
my %seen;
sub mails {
    my @new = grep { !$seen{$_}++ } sort glob "$w->{dir}/mailbox/*.eml";
    return map {
        my $raw = slurp($_) =~ s/\r\n/\n/gr;
        my @part = map { Encode::decode('UTF-8', decode_base64($_)) } $raw =~ /Transfer-Encoding: base64\n\n([A-Za-z0-9+\/=\n]+)/g;
        my ($to) = $raw =~ /^To: <(.*?)>/m;
        { to => $to, raw => $raw, text => $part[0], calendar => ($part[1] // '') =~ s/\r\n /\n/gr =~ s/\r//gr, whole => $part[1] // '', attached => $part[2] // '' };
    } @new;
}
sub arrived { my ($n) = @_; my @m; wait_for(30, sub { push @m, mails(); @m >= $n }); return @m }
sub unfolded { return $_[0] =~ s/\r\n //gr }

# ---- what travels ----

due('1');
ok(none_due(), 'invitations go');
my @first = arrived(4);
is(join(' ', sort map { $_->{to} } @first), join(' ', map { "$_\@tomozuna.example" } qw(doctor guest helper nurse)), '  to each who is invited');
my ($nurse) = grep { $_->{to} =~ /nurse/ } @first;
my ($guest) = grep { $_->{to} =~ /guest/ } @first;
like($nurse->{raw}, qr{^Content-Type: text/calendar; method=REQUEST; charset=UTF-8$}m, 'a calendar beside the text');
like($nurse->{raw}, qr{^Content-Type: multipart/alternative}m, '  as an alternative');
like($nurse->{raw}, qr{^Content-Disposition: attachment; filename="invite\.ics"$}m, '  and attached');
is($nurse->{attached}, $nurse->{whole}, '  the same');
my $ics = unfolded($nurse->{whole});
for my $line ("METHOD:REQUEST", "UID:$ref\@tomozuna", 'SEQUENCE:0', 'DTSTART:20991125T010000Z', 'DTEND:20991125T020000Z', 'STATUS:CONFIRMED', 'SUMMARY:サービス担当者会議 #abab', "URL:https://care.example/meeting/$ref") {
    like($ics, qr/^\Q$line\E\r?$/m, "  $line");
}
like($ics, qr/^ATTENDEE;.*:mailto:nurse\@tomozuna\.example\r?$/m, '  to her alone');
unlike($ics, qr/doctor|helper|guest/, '  and no other address');
is((sort { $b <=> $a } map { length Encode::encode('UTF-8', $_) } split /\r\n/, $nurse->{whole})[0] <= 75, 1, '  folded');
like($nurse->{text}, qr{https://care\.example/meeting/$ref}, 'she signs in to answer');
my ($token) = $guest->{text} =~ m{https://family\.example/meeting/guest/([0-9a-f]{32})\r?$}m;
ok($token, 'a guest has a link');
is($w->value("SELECT id FROM meeting_invitation WHERE token = UNHEX(SHA2(UNHEX('$token'), 256)) AND token_until = '2099-11-25 02:30:00'"), 10, '  whose hash alone is kept, until the end');
like($guest->{text}, qr/2099-11-25 11:30 まで/, '  and that says until when');
is_deeply([grep { index($_->{raw} . $_->{text} . $_->{calendar}, $Tomozuna::Private::CANARY) >= 0 } @first], [], 'no mail says of whom it is');

# ---- who hears of what ----

$w->sql("UPDATE meeting_meeting SET sequence = 1, starts_at = starts_at + INTERVAL 1 DAY, ends_at = ends_at + INTERVAL 1 DAY");
due('id <> 3');
ok(none_due(), 'moved');
my @moved = arrived(3);
like($_->{calendar}, qr/^SEQUENCE:1$/m, "  SEQUENCE rises for $_->{to}") for @moved;
is(scalar(grep { $_->{text} =~ /日時が変わりました/ } @moved), 3, '  which the text says');
# A guest alone hears of it again, with another link: one that he asked for, or because it is soon.
for my $case (['2099-11-26 01:00:00', qr/\Aこの前のリンクに代わる/], ['UTC_TIMESTAMP(3) + INTERVAL 20 HOUR', qr/\Aお招きした会議が近づきました/]) {
    my ($at, $says) = @$case;
    $w->sql('UPDATE meeting_meeting SET starts_at = ' . ($at =~ /UTC/ ? "$at, ends_at = $at + INTERVAL 1 HOUR" : "'$at'"));
    my $before = $w->value('SELECT HEX(token) FROM meeting_invitation WHERE id = 10');
    due('id = 10');
    ok(none_due(), 'a guest is written to once more');
    my ($again) = arrived(1);
    like($again->{text}, $says, '  why');
    like($again->{calendar}, qr/^SEQUENCE:1$/m, '  of the same meeting');
    is($w->value("SELECT token_before = UNHEX('$before') AND token <> UNHEX('$before') FROM meeting_invitation WHERE id = 10"), 1, '  the link before is known as such');
    push @moved, $again;
}
$w->sql("UPDATE meeting_meeting SET starts_at = '2099-11-26 01:00:00', ends_at = '2099-11-26 02:00:00'");
$w->sql('UPDATE meeting_invitation SET removed_at = UTC_TIMESTAMP(3) WHERE id = 2');
due('id = 2');
ok(none_due(), 'one is taken back');
my @back = arrived(1);
is(scalar @back . " $back[0]{to}", '1 nurse@tomozuna.example', '  she alone hears of it');
like($back[0]{calendar}, qr/^METHOD:CANCEL$/m, '  that it is off');
like($back[0]{calendar}, qr/^SEQUENCE:2$/m, '  above what she was told');
like($back[0]{calendar}, qr/^STATUS:CANCELLED$/m, '  for her');
unlike($back[0]{text}, qr{https://}, '  and no link is left');
$w->sql('UPDATE meeting_invitation SET removed_at = NULL WHERE id = 2');
due('id = 2');
ok(none_due(), 'and invited again');
like((arrived(1))[0]{calendar}, qr/^SEQUENCE:3$/m, '  above that');
$w->sql("UPDATE meeting_meeting SET state = 'cancelled', sequence = 2");
due("told_method = 'REQUEST'");
ok(none_due(), 'cancelled');
my @off = arrived(4);
is(join(' ', sort map { $_->{calendar} =~ /^METHOD:(\w+)$/m ? $1 : '' } @off), 'CANCEL CANCEL CANCEL CANCEL', '  to all who were told');
my %id = map { ($_->{raw} =~ /^Message-ID: (\S+)/m)[0] => 1 } @first, @moved, @back, @off;
is(scalar keys %id, 14, 'each mail has its own Message-ID');

# ---- refused, suspended, killed ----

$w->sql("UPDATE meeting_meeting SET state = 'scheduled', sequence = 5; UPDATE care_user SET suspended_at = UTC_TIMESTAMP(3) WHERE id = 3");
due('id = 3');
ok(none_due(), 'a suspended user gets none');
is($w->value('SELECT mail_reason FROM meeting_invitation WHERE id = 3'), 'the account is suspended', '  and it is said why');
due('id IN (1, 2, 10)');
Time::HiRes::sleep(0.2);
$w->stop_gateway('mail', 'KILL');
$w->sql('UPDATE meeting_invitation SET mail_lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE mail_lease_until IS NOT NULL');
$w->gateway('mail');
ok(none_due(), 'killed in between: all the same');
my %got;
$got{ $_->{to} }++ for arrived(3);
is(scalar keys %got, 3, '  nobody is left out');

# ---- five hundred ----

$w->sql("INSERT INTO meeting_meeting (id, ref, network_id, kind, title, starts_at, ends_at, organizer_id, organizer_name, made_at, asked_at, state, room)
    VALUES (2, RANDOM_BYTES(16), 1, 'training_course', 'x', '2099-11-25 01:00:00', '2099-11-25 02:00:00', 4, 'x', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), 'scheduled', 'x');
    INSERT INTO meeting_invitation (ref, meeting_id, guest, name, mail, invited_at, invited_by)
    SELECT RANDOM_BYTES(16), 2, 'outsider', CONCAT('客 ', seq), CONCAT('guest', seq, '\@tomozuna.example'), UTC_TIMESTAMP(3), 4 FROM seq_1_to_500");
my $from = Time::HiRes::time();
due('meeting_id = 2');
ok(wait_for(120, sub { !$w->value('SELECT COUNT(*) FROM meeting_invitation WHERE mail_due_at IS NOT NULL') }), 'five hundred of one press');
diag(sprintf 'five hundred were handed over in %.1f s', Time::HiRes::time() - $from);
is($w->value("SELECT COUNT(*) FROM meeting_invitation WHERE meeting_id = 2 AND told_method = 'REQUEST'"), 500, '  all');
stop($sink);
done_testing;
