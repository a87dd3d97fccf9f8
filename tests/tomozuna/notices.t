#!/usr/bin/perl
# What an administrator asks about messages: what a month's SMS cost, whether the templates may
# go out, who wants none any more, who switched what.
use strict;
use warnings;
use utf8;
use Digest::SHA 'sha256_hex';
use FindBin;
use lib "$FindBin::Bin/../ca";
use POSIX ();
use Test::More;
use World;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);
plan skip_all => 'tomozuna is not built' if !World::program('deploy/tomozuna/tomozuna');

my $w = World->new;
my $texts = "$FindBin::Bin/../../conf/notices";

# ---- templates ----

like $w->admin('notices', 'lint', $texts), qr/every template is fine/, 'ours may go out';
my $own = "$w->{dir}/own";
sub lint_with {
    my ($file, $said) = @_;
    system('rm', '-rf', $own);
    system('cp', '-r', $texts, $own) == 0 or die "no copy\n";
    open my $out, '>:utf8', "$own/$file" or die "$file: $!\n";
    print {$out} $said;
    close $out;
    return $w->tomozuna('notices', 'lint', $own);
}
my ($status, $out) = lint_with('urgent_entry.sms.ja.txt', "{{sender}}: {{patient}}さんに至急です\n");
ok $status, 'a template with a name of ours in it is refused';
like $out, qr/urgent_entry\.sms\.ja.*patient/s, '  and says which, and what';
($status, $out) = lint_with('urgent_entry.sms.ja.txt', '{{sender}} ' . 'あ' x 300 . "\n");
ok $status, 'so is an SMS that costs many';
unlink "$own/urgent_entry.sms.ja.txt";
ok +($w->tomozuna('notices', 'lint', $own))[0], 'and a folder in which one is missing';

# ---- what it costs ----

for my $code ('994014', '994022') {
    $w->admin('network', 'add', $code, '--nickname', "of$code", '--sender', 'here', '--phone', '000-000-0099', '--colour', '#2f6b4f');
    $w->admin('user', 'add', $code, "nurse$code", '--family', '三好', '--given', 'かえで', '--kana-family', 'みよし', '--kana-given', 'かえで');
}
$w->admin('network', 'set', '994014', '--sms-cap', '500');
my $yen = $w->sql('SELECT sms_unit_yen FROM care_network WHERE code = "994014"');
sub notice {
    my ($units, $state, $when) = @_;
    $w->sql(qq{INSERT INTO care_notice (ref, network_id, user_id, channel, kind, cause, request, state, due_at, created_at, units)
        SELECT RANDOM_BYTES(16), u.network_id, u.id, 'sms', 'urgent_entry', RANDOM_BYTES(16), RANDOM_BYTES(16), '$state', $when, $when, $units
          FROM care_user u WHERE u.login = 'nurse994014'});
    return;
}
notice(1, 'delivered', 'UTC_TIMESTAMP(3)') for 1 .. 3;
notice(2, 'unknown', 'UTC_TIMESTAMP(3)');
notice(0, 'queued', 'UTC_TIMESTAMP(3)');
notice(3, 'delivered', 'UTC_TIMESTAMP(3) - INTERVAL 33 DAY');
my %line = map { /^(\d{6})\s+(.*)$/ ? ($1 => [split ' ', $2]) : () } split /\n/, $w->admin('notices', 'cost');
is_deeply $line{'994014'}, ['of994014', 4, 5, 500, '1%', POSIX::ceil(5 * $yen), 1],
    'what was handed over this month: messages, units, cap, part of it, yen, unknown';
is_deeply $line{'994022'}, ['of994022', 0, 0, 3000, '0%', 0, 0], 'and of who sent none';

# ---- who wants none ----

my $token = '5b' x 16;
my $hash = sha256_hex(pack 'H*', $token);
$w->sql(qq{INSERT INTO care_notice (ref, network_id, user_id, channel, kind, cause, request, state, due_at, created_at, stop_token)
    SELECT RANDOM_BYTES(16), u.network_id, u.id, 'mail', 'digest', RANDOM_BYTES(16), RANDOM_BYTES(16), 'sent', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), 0x$hash
      FROM care_user u WHERE u.login = 'nurse994014'});
ok +($w->tomozuna('notices', 'stop', '5c' x 16))[0], 'a token that no mail had is refused';
ok +($w->tomozuna('notices', 'stop', 'nonsense'))[0], 'and what is none';
like $w->admin('notices', 'stop', $token), qr/nurse994014 gets no more mails of digest/, 'hers is taken';
$w->admin('notices', 'stop', $token);
is $w->sql('SELECT CONCAT_WS(" ", kind, channel, wanted) FROM care_notice_choice'), 'digest mail 0', '  once and twice is the same';
my $switches = $w->admin('notices', 'switches', '994014');
like $switches, qr/nurse994014\s+digest\s+mail\s+off\s+command/, 'who switched what stands there';
is scalar(() = $switches =~ /digest/g), 1, '  once';
unlike $w->admin('notices', 'switches', '994022'), qr/digest/, '  of the own network only';
done_testing;
