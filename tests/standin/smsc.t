#!/usr/bin/perl
# The SMSC stand-in alone, held to the document, and then behind a real Kannel
# that runs on conf/kannel.conf.in.

use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::RealBin;
use Encode qw(encode);
use File::Temp qw(tempdir);
use HTTP::Tiny;
use IO::Select;
use IO::Socket::INET;
use JSON::PP;
use Test::More;
use Smpp qw(%STATUS %COMMAND %STATE RESPONSE pdu cstring tlv parse_tlvs);
use Testbed qw(free_port start stop wait_for answers slurp spew);

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);
my $dir = tempdir(CLEANUP => 1);
my %port = map { $_ => free_port() } qw(ADMIN SMSBOX SENDSMS SMSC DLR);
my $number = '819000000001';

mkdir "$dir/incoming";
my $smsc = start("$dir/smsc.err", "$FindBin::RealBin/smsc", '--listen', "127.0.0.1:$port{SMSC}",
    '--log', "$dir/sms.log", '--control', "$dir/control", '--incoming', "$dir/incoming", '--pid', "$dir/smsc.pid");
ok(answers($port{SMSC}), 'the stand-in answers');
alone();
SKIP: {
    skip 'Kannel is not installed' if !grep { -x "$_/bearerbox" } split(/:/, $ENV{PATH}), '/usr/sbin';
    with_kannel();
}
is(stop($smsc), 0, 'SIGTERM ends it cleanly');
ok(!-e "$dir/smsc.pid", 'without its pid file');
my $elsewhere = start("$dir/refused", "$FindBin::RealBin/smsc", '--listen', "0.0.0.0:$port{SMSC}", '--log', "$dir/no");
ok(wait_for(3, sub { waitpid($elsewhere, 1) == $elsewhere }) && $?, 'no address but loopback');
done_testing();

# ---- a client of our own ----

sub connection {
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port{SMSC}, Timeout => 5);
    return $socket;
}

sub octets {
    my ($socket, $count) = @_;
    my $octets = '';
    while (length $octets < $count) {
        IO::Select->new($socket)->can_read(5) or die "no PDU within 5 s\n";
        sysread $socket, $octets, $count - length $octets, length $octets or return;
    }
    return $octets;
}

sub receive {
    my ($socket) = @_;
    my $header = octets($socket, 16) // return;
    my ($length, $command, $status, $sequence) = unpack 'N4', $header;
    return { command => $command, status => $status, sequence => $sequence, body => octets($socket, $length - 16) };
}

sub ask {
    my ($socket, $name, $body) = @_;
    $socket->syswrite(pdu($COMMAND{$name}, 0, ++(my $sequence = int rand 1e6), $body));
    return receive($socket);
}

sub bind_body {
    my (%with) = (system_id => 'tomozuna', password => 'standin', version => 0x34, @_);
    return cstring($with{system_id}) . cstring($with{password}) . cstring('')
        . pack('C3', $with{version}, 0, 0) . cstring('');
}

sub bound {
    my ($name) = @_;
    my $socket = connection();
    is(ask($socket, $name, bind_body())->{status}, 0, "$name is taken");
    return $socket;
}

sub submit {
    my (%with) = (service => '', from => '0005200000', to => $number, ton => 1, esm_class => 0, priority => 0,
        schedule => '', validity => '', registered => 0, replace => 0, coding => 0, default => 0, text => 'x',
        rest => '', @_);
    return cstring($with{service}) . pack('C2', 0, 1) . cstring($with{from})
        . pack('C2', $with{ton}, 1) . cstring($with{to})
        . pack('C3', $with{esm_class}, 0, $with{priority}) . cstring($with{schedule}) . cstring($with{validity})
        . pack('C4', @with{qw(registered replace coding default)}) . pack('C/a', $with{text}) . $with{rest};
}

sub last_line {
    my ($count) = @_;
    my @lines;
    wait_for(15, sub { @lines = split /\n/, slurp("$dir/sms.log"); @lines >= $count }) or return {};
    return decode_json($lines[$count - 1]);
}

sub alone {
    my $socket = connection();
    is(ask($socket, submit_sm => submit())->{status}, $STATUS{ESME_RINVBNDSTS}, 'submit_sm before a bind');
    for my $case ([{ password => 'wrong' }, 'ESME_RINVPASWD'], [{ system_id => 'nobody' }, 'ESME_RINVSYSID'],
        [{ system_id => 'x' x 16 }, 'ESME_RINVSYSID'], [{ version => 0x33 }, 'ESME_RBINDFAIL']) {
        my ($with, $status) = @$case;
        is(ask($socket, bind_transceiver => bind_body(%$with))->{status}, $STATUS{$status}, "a bind refused: $status");
    }
    $socket = bound('bind_transceiver');
    is(ask($socket, bind_transceiver => bind_body())->{status}, $STATUS{ESME_RALYBND}, 'a second bind');
    is(ask($socket, enquire_link => '')->{status}, 0, 'enquire_link');
    refusals($socket);
    parts($socket);
    receipts($socket);
    phones($socket);
    is(ask(bound('bind_receiver'), submit_sm => submit())->{status}, $STATUS{ESME_RINVBNDSTS}, 'a receiver may not submit');
    is(ask($socket, unbind => '')->{status}, 0, 'unbind');
    is(scalar receive($socket), undef, 'and the connection ends');
    bad_headers();
    faults();                             # last: any receiver that is bound gets the receipts
    return;
}

sub refusals {
    my ($socket) = @_;
    my @cases = (
        ['ESME_RINVDSTADR', to => '+819000000001'], ['ESME_RINVDSTADR', to => ''],
        ['ESME_RINVSRCADR', from => '+815000000000'], ['ESME_RINVDSTTON', ton => 7],
        ['ESME_RINVSERTYP', service => 'sixsix'], ['ESME_RINVESMCLASS', esm_class => 0x04],
        ['ESME_RINVPRTFLG', priority => 4], ['ESME_RINVSCHED', schedule => 'tomorrow'],
        ['ESME_RINVEXPIRY', validity => '261122'], ['ESME_RINVREGDLVFLG', registered => 3],
        ['ESME_RINVREPFLAG', replace => 2], ['ESME_RSUBMITFAIL', coding => 4],
        ['ESME_RINVDFTMSGID', default => 1], ['ESME_RINVMSGLEN', text => ''],
        ['ESME_RINVMSGLEN', text => 'x' x 161], ['ESME_RINVMSGLEN', coding => 8, text => 'xx' x 71],
        ['ESME_RSUBMITFAIL', text => "\xE3\x81\x82"], ['ESME_RSUBMITFAIL', coding => 8, text => 'odd'],
        ['ESME_RINVMSGLEN', esm_class => 0x40, text => "\x05\0\3\1"],
        ['ESME_RSUBMITFAIL', esm_class => 0x40, text => "\x05\0\3\1\2\3x"],
        ['ESME_RINVOPTPARSTREAM', rest => "\x02\x04\0"], ['ESME_ROPTPARNOTALLWD', rest => tlv(0x0424, 'x')],
    );
    is(ask($socket, submit_sm => submit(@$_[1 .. $#$_]))->{status}, $STATUS{ $_->[0] }, "refused: @$_[0, 1]") for @cases;
    is(ask($socket, submit_sm => substr submit(), 0, 20)->{status}, $STATUS{ESME_RINVCMDLEN}, 'refused: a short PDU');
    is(slurp("$dir/sms.log"), '', 'none of them was delivered');
    is(scalar(() = slurp("$dir/smsc.err") =~ /violation/g), 7 + @cases, 'each was reported');
    return;
}

sub parts {
    my ($socket) = @_;
    my $text = encode('UTF-16BE', 'あ' x 65 . '😀' . 'い' x 20);
    my @part = ("\x06\x08\4\1\2\2\1" . substr($text, 0, 132), "\x06\x08\4\1\2\2\2" . substr $text, 132);
    for my $part (reverse @part) {
        is(ask($socket, submit_sm => submit(coding => 8, esm_class => 0x43, text => $part))->{status}, 0, 'a part');
    }
    my $line = last_line(1);
    is($line->{text}, 'あ' x 65 . '😀' . 'い' x 20, '16-bit reference, parts the wrong way round, a pair cut in two');
    is($line->{segments}, 2, 'two segments');
    ask($socket, submit_sm => submit(coding => 8, esm_class => 0x43, text => $part[0]));
    ask($socket, submit_sm => submit(text => "\0\x1B\x65\x1B\x3C\x02"));
    is(last_line(2)->{text}, '@€[$', 'GSM 7-bit with its extension; a repeated part is no new message');
    return;
}

sub receipts {
    my ($socket) = @_;
    spew("$dir/control", join '', map { "suffix 00$STATE{$_} receipt=$_ delay=0\n" } sort keys %STATE);
    for my $word (sort keys %STATE) {
        my $answer = ask($socket, submit_sm => submit(to => "81900000000$STATE{$word}", registered => 1));
        my $id = $answer->{body} =~ s/\0//r;
        my $receipt = receive($socket);
        like($receipt->{body}, qr/id:$id sub:001 dlvrd:00[01] submit date:\d{10} done date:\d{10} stat:$word err:00[01] text:x/, "receipt $word");
        my ($tlvs) = $receipt->{body} =~ /text:x(.*)/s;
        is_deeply(parse_tlvs($tlvs), { 0x001E => "$id\0", 0x0427 => chr $STATE{$word} }, 'with its parameters');
        $socket->syswrite(pdu($COMMAND{deliver_sm} | RESPONSE, 0, $receipt->{sequence}, "\0"));
    }
    return;
}

# What a client sees of each fault: the answer, the number of receipts, whether the
# connection ends, and whether the message was delivered all the same.
sub faults {
    my @cases = (
        ['answer=none', undef, 1, 0, 1], ['answer=ignore', undef, 0, 0, 0], ['answer=drop', undef, 0, 1, 0],
        ['answer=take-drop receipt=none', undef, 0, 1, 1], ['answer=then-drop receipt=none', 0, 0, 1, 1],
        ['copies=2', 0, 2, 0, 1], ['receipt=ENROUTE,DELIVRD', 0, 2, 0, 1], ['receipt=none', 0, 0, 0, 1],
        ['resp=ESME_RMSGQFUL', $STATUS{ESME_RMSGQFUL}, 0, 0, 0],
    );
    for my $case (@cases) {
        my ($setting, $status, $receipts, $ends, $delivered) = @$case;
        spew("$dir/control", "suffix 1 resp=ESME_RSYSERR\nnext 1 resp=ESME_ROK delay=0 $setting\nwhat is this\n");
        my $lines = () = slurp("$dir/sms.log") =~ /\n/g;
        my $socket = connection();
        $socket->syswrite(pdu($COMMAND{bind_transceiver}, 0, 1, bind_body()) . pdu($COMMAND{submit_sm}, 0, 2, submit(registered => 1))
            . pdu($COMMAND{submit_sm}, 0, 3, submit()));
        my @seen = everything($socket, $ends);
        my ($answer) = map { $_->{status} } grep { $_->{sequence} == 2 && $_->{command} & RESPONSE } @seen;
        is($answer, $status, "$setting: the answer");
        is(scalar(grep { $_->{command} == $COMMAND{deliver_sm} } @seen), $receipts, "$setting: the receipts");
        is(scalar(() = slurp("$dir/sms.log") =~ /\n/g) - $lines, $delivered, "$setting: delivered or not");
    }
    like(slurp("$dir/smsc.err"), qr/control: not understood: what is this/, 'a line it cannot read is reported');
    return;
}

# What comes until the connection ends, by the fault or by our unbind once nothing
# has come for a while; receipts are acknowledged.
sub everything {
    my ($socket, $ends) = @_;
    my @seen;
    my $select = IO::Select->new($socket);
    while ($select->can_read($ends ? 5 : 0.2)) {
        my $pdu = receive($socket) // return @seen;
        push @seen, $pdu;
        $socket->syswrite(pdu($COMMAND{deliver_sm} | RESPONSE, 0, $pdu->{sequence}, "\0")) if $pdu->{command} == $COMMAND{deliver_sm};
    }
    ask($socket, unbind => '');
    return @seen;
}

# What a phone sends goes to whoever is bound, and its file with the answer to the last part.
sub phones {
    my ($socket) = @_;
    my $file = "$dir/incoming/1.json";
    spew($file, JSON::PP->new->utf8->encode({ from => '+819000000031', to => '0005200000', text => 'あ' x 70 . "い", id => 'abc' }));
    my @part = map { receive($socket) } 1 .. 2;
    like($_->{body}, qr/\A\x00\x01\x01819000000031\x00\x00\x010005200000\x00\x40/, 'a part') for @part;
    my $text = join '', map { substr((unpack 'C/a', substr $_->{body}, 1 + 2 + 13 + 2 + 11 + 3 + 2 + 4), 6) } @part;
    is(Encode::decode('UTF-16BE', $text), 'あ' x 70 . 'い', 'the text in two');
    like($part[0]{body}, qr/\x00\x1E\x00\x04abc\0\z/, "with the carrier's id");
    $socket->syswrite(pdu($COMMAND{deliver_sm} | RESPONSE, 0, $part[0]{sequence}, "\0"));
    ok(-e $file, 'it stays until all of it is answered');
    $socket->syswrite(pdu($COMMAND{deliver_sm} | RESPONSE, 0, $part[1]{sequence}, "\0"));
    ok(wait_for(5, sub { !-e $file }), 'and goes then');
    spew("$dir/incoming/2.json", 'nonsense');
    ok(wait_for(5, sub { !-e "$dir/incoming/2.json" && slurp("$dir/smsc.err") =~ /incoming: not understood/ }), 'what is no message is reported');
    return;
}

sub bad_headers {
    my $socket = bound('bind_transmitter');
    $socket->syswrite(pdu(0x77, 0, 5, ''));
    is_deeply(receive($socket), { command => $COMMAND{generic_nack}, status => $STATUS{ESME_RINVCMDID},
        sequence => 5, body => '' }, 'an unknown command is nacked');
    $socket->syswrite(pack 'N4', 12, $COMMAND{enquire_link}, 0, 6);
    is(receive($socket)->{status}, $STATUS{ESME_RINVCMDLEN}, 'so is an impossible length');
    is(scalar receive($socket), undef, 'after which the connection ends');
    return;
}

# ---- Kannel ----

my $asked = 0;

# Writes each request line to a file and answers 200.
sub receiver {
    my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port{DLR}, Listen => 16, ReuseAddr => 1);
    while (my $client = $listener->accept) {
        my $request = <$client> // next;
        while (<$client>) { last if /\A\r?\n/ }
        open my $file, '>>', "$dir/dlr.log";
        print {$file} $request;
        close $file;
        print {$client} "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    }
    exit 0;
}

sub start_kannel {
    mkdir "$dir/$_" for qw(spool dlr);
    my %value = ((map { +"${_}_PORT" => $port{$_} } keys %port), STATE => $dir, SENDER => '0005200000', LOOPBACK_PORT => $port{DLR},
        SMSC_USER => 'tomozuna', SMSC_PASSWORD => 'standin', ADMIN_PASSWORD => 'admin', SENDSMS_PASSWORD => 'secret');
    my $conf = slurp("$FindBin::RealBin/../../conf/kannel.conf.in");
    $conf =~ s/\@([A-Z_]+)\@/$value{$1} \/\/ die "kannel.conf.in: \@$1\@?\n"/ge;
    $conf =~ s/^sms-resend-freq = \K.*/1/m;
    spew("$dir/kannel.conf", $conf);
    start("$dir/receiver.err", \&receiver);
    start("$dir/bearerbox.err", 'bearerbox', '-v', 4, "$dir/kannel.conf");
    ok(answers($port{SMSBOX}), 'bearerbox runs on conf/kannel.conf.in');
    start("$dir/smsbox.err", 'smsbox', '-v', 4, "$dir/kannel.conf");
    ok(answers($port{SENDSMS}), 'so does smsbox');
    ok(wait_for(10, sub { status() =~ /online/ }), 'and Kannel is bound');
    return;
}

sub status {
    return HTTP::Tiny->new->get("http://127.0.0.1:$port{ADMIN}/status.txt?password=admin")->{content} =~ /carrier\[.*/ ? $& : '';
}

sub sendsms {
    my ($text, %header) = @_;
    ++$asked;
    my $reply = HTTP::Tiny->new(timeout => 5)->post("http://127.0.0.1:$port{SENDSMS}/cgi-bin/sendsms", {
        content => encode('UTF-8', $text),
        headers => { 'Content-Type' => 'text/plain; charset=UTF-8', 'X-Kannel-Username' => 'tomozuna',
            'X-Kannel-Password' => 'secret', 'X-Kannel-To' => "+$number", 'X-Kannel-Coding' => 2,
            'X-Kannel-DLR-Mask' => 31, 'X-Kannel-DLR-URL' => "http://127.0.0.1:$port{DLR}/dlr?ours=$asked&type=%d", %header },
    });
    return "$reply->{status} $reply->{content}";
}

sub receipt_types {
    my ($ours, $last) = @_;
    my @types;
    wait_for(10, sub { @types = slurp("$dir/dlr.log") =~ /^GET \/dlr\?ours=$ours&type=(\d+) /mg; grep { $_ == $last } @types });
    return join ' ', sort { $a <=> $b } @types;
}

sub with_kannel {
    spew("$dir/control", "suffix 04 receipt=UNDELIV\n");
    spew("$dir/sms.log", '');
    start_kannel();
    like(sendsms('x', 'X-Kannel-Password' => 'wrong'), qr/\A403 Authorization failed/, 'a wrong password');
    like(sendsms('x', 'X-Kannel-To' => 'abc'), qr/\A400 /, 'no number');
    texts();
    outcomes();
    unlike(join('', map { slurp($_) } glob "$dir/*box.log $dir/*box.err"), qr/concern/, 'no text in a log');
    unlike(slurp("$dir/smsbox.log"), qr/$number/, 'and no number in the log of smsbox');
    return;
}

sub texts {
    my $lines = 0;
    for my $case (['【本町 連絡帳】新しい申し送りがあります😀', 2, 1], ['申し送り。' x 30, 2, 3],
        ["ASCII {braces} [100%] ~ \$@ _\n", 0, 1], ['To whom it may concern. ' x 15, 0, 3]) {
        my ($text, $coding, $segments) = @$case;
        is(sendsms($text, 'X-Kannel-Coding' => $coding), '202 0: Accepted for delivery', "accepted: coding $coding, $segments parts");
        my $line = last_line(++$lines);
        is($line->{text}, $text, 'the text arrives as it was');
        is_deeply([@$line{qw(to from segments)}], ["+$number", '0005200000', $segments], 'to, from and segments');
        like($line->{at}, qr/\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z/, 'at');
        is(receipt_types($asked, 1), '1 8', 'taken, then delivered');
    }
    return;
}

sub outcomes {
    sendsms('no', 'X-Kannel-To' => '+819000000004');
    is(receipt_types($asked, 2), '2 8', 'UNDELIV is a failure');
    spew("$dir/control", "next 2 resp=ESME_RTHROTTLED\n");
    sendsms('later');
    is(receipt_types($asked, 1), '1 8', 'throttled twice, then delivered');
    is(scalar(() = slurp("$dir/sms.log") =~ /"later"/g), 1, 'and once only');
    spew("$dir/control", "next 1 answer=take-drop\n");
    sendsms('twice');
    is(receipt_types($asked, 1), '1 8', 'cut off before the answer, then delivered');
    is(scalar(() = slurp("$dir/sms.log") =~ /"twice"/g), 2, 'and twice, which nobody can prevent');
    spew("$dir/control", "next 1 resp=ESME_RINVDSTADR\n");
    sendsms('never');
    is(receipt_types($asked, 16), '16', 'a refused number is a refusal by the SMSC');
    return;
}
