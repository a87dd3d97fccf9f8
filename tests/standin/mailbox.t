#!/usr/bin/perl
# A mail that the sink took is a readable file; one that it did not take is not.

use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::RealBin;
use Encode qw(encode decode);
use File::Temp qw(tempdir);
use MIME::Base64;
use Net::SMTP;
use Test::More;
use Testbed qw(free_port start stop wait_for answers slurp);

plan skip_all => 'smtp-sink is not installed' if !grep { -x "$_/smtp-sink" } split(/:/, $ENV{PATH}), '/usr/sbin';
binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $dir = tempdir(CLEANUP => 1);
chmod 0755, $dir;
my $port = free_port();
my $mail = join "\n",
    'From: tomozuna@town.example', 'To: nurse@office.example',
    'Subject: =?UTF-8?B?' . encode_base64(encode('UTF-8', '【本町】新しい'), '') . '?=',
    ' =?UTF-8?Q?=E7=94=B3=E3=81=97_1?=',
    'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary="=_part"', '',
    '--=_part', 'Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: base64', '',
    encode_base64(encode('UTF-8', "新しい申し送りがあります。\n.一行\n")),
    '--=_part', 'Content-Type: text/html; charset=UTF-8', 'Content-Transfer-Encoding: quoted-printable', '',
    '<p>=E7=94=B3=', '=E3=81=97</p>', '--=_part--', '';

sub with_sink {
    my ($folder, @options) = @_;
    my $pid = start("$dir/errors", "$FindBin::RealBin/mailbox", '--listen', "127.0.0.1:$port",
        '--folder', "$dir/$folder", @options);
    ok(answers($port), "the sink for $folder answers");
    return $pid;
}

# The reply code to the final dot, after the mail was sent in one go.
sub deliver {
    my ($text) = @_;
    my $smtp = Net::SMTP->new('127.0.0.1', Port => $port, Timeout => 5) or return 'no greeting';
    $smtp->mail('tomozuna@town.example');
    $smtp->to('nurse@office.example');
    $smtp->data($text);
    my $code = $smtp->code;
    $smtp->quit;
    return $code;
}

my $pid = with_sink('box', '--pid', "$dir/pid");
is(slurp("$dir/pid"), "$pid\n", 'the pid file names it');
is(deliver($mail), 250, 'a mail is taken');
my ($txt) = wait_for(20, sub { (glob "$dir/box/*.txt")[0] });
ok($txt, 'and is there');
(my $eml = $txt) =~ s/txt\z/eml/;
like(slurp($eml), qr/\QX-Rcpt-Args: <nurse\E\@/, 'the .eml has the envelope');
like(slurp($eml), qr/\Q$mail\E\z/, 'and the mail as it was sent');
is(decode('UTF-8', slurp($txt)), <<'END', 'the .txt is decoded');
From: tomozuna@town.example
To: nurse@office.example
Subject: 【本町】新しい申し 1
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=_part"

新しい申し送りがあります。
.一行

<p>申し</p>
END

my $half = IO::Socket::INET->new("127.0.0.1:$port");
for my $line ('', "HELO x\r\n", "MAIL FROM:<a\@town.example>\r\n", "RCPT TO:<b\@town.example>\r\n", "DATA\r\n") {
    print {$half} $line;
    <$half>;
}
print {$half} "Subject: half\r\n\r\nhalf\r\n";
close $half;
is(deliver("Subject: next\n\nnext\n"), 250, 'another mail after one that broke off');
ok(wait_for(2, sub { 2 == (() = glob "$dir/box/*.txt") }), 'is there');
is(scalar(() = glob "$dir/box/*.eml"), 2, 'the broken one is not');
is(stop($pid), 0, 'SIGTERM ends it cleanly');
ok(!-e "$dir/pid", 'without its pid file');

for my $case (['-r .', 450], ['-f DATA', 500], ['-q .', 421]) {
    my ($fault, $code) = @$case;
    $pid = with_sink('faults', '--', split / /, $fault);
    is(deliver($mail), $code, "$fault: the client is told $code");
    is(stop($pid), 0, "$fault: stopped");
    is_deeply([glob "$dir/faults/*"], [], "$fault: nothing is delivered");
}

my $elsewhere = start("$dir/refused", "$FindBin::RealBin/mailbox", '--listen', "0.0.0.0:$port", '--folder', "$dir/no");
ok(wait_for(3, sub { waitpid($elsewhere, 1) == $elsewhere }) && $?, 'no address but loopback');
done_testing();
