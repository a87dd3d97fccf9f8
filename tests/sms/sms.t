#!/usr/bin/perl
# tomozuna-sms with a real Kannel, the SMSC stand-in and nginx before its receiver:
# each receipt, throttling, the cap, what phones send, and every part killed or stopped.
use strict;
use warnings;
use utf8;
use FindBin;
use HTTP::Tiny;
use JSON::PP qw(decode_json encode_json);
use feature 'state';
use Time::HiRes 'sleep';
use lib "$FindBin::RealBin/../lib";
use Test::More;
use Tomozuna::Private qw(free_port start stop wait_for answers slurp spew $ROOT);

$ENV{PATH} .= ':/usr/sbin';
plan skip_all => 'tomozuna-sms is not built' if !Tomozuna::Private::program('sms');
plan skip_all => "$_ is missing" for grep { my $name = $_; !grep { -x "$_/$name" } split /:/, $ENV{PATH} } qw(bearerbox smsbox nginx);
binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;

my $w = Tomozuna::Private->new('sms');
my $dir = $w->{dir};
my %port = map { $_ => free_port() } qw(ADMIN SMSBOX SENDSMS SMSC HTTP);
my %pid;
spew("$dir/conf/kannel", "standin1\n");
$w->{setting}{sms} = { kannel_url => "http://127.0.0.1:$port{SENDSMS}/cgi-bin/sendsms", kannel_password_file => "$dir/conf/kannel",
    kannel_timeout_ms => 1500, receipt_url => "http://127.0.0.1:$port{HTTP}/sms/receipt" };

sub start_smsc {
    return $pid{smsc} = start("$dir/smsc.err", "$ROOT/tests/standin/smsc", '--listen', "127.0.0.1:$port{SMSC}", '--log', "$dir/carrier.log",
        '--control', "$dir/control", '--incoming', "$dir/incoming", '--system-id', 'tomozuna', '--password', 'standin');
}

sub start_kannel {
    mkdir "$dir/$_" for qw(spool dlr);
    my %value = ((map { +"${_}_PORT" => $port{$_} } keys %port), LOOPBACK_PORT => $port{HTTP}, STATE => $dir, SENDER => '0005200000',
        SMSC_USER => 'tomozuna', SMSC_PASSWORD => 'standin', ADMIN_PASSWORD => 'admin', SENDSMS_PASSWORD => 'standin1');
    my $conf = slurp("$ROOT/conf/kannel.conf.in") =~ s/\@([A-Z_]+)\@/$value{$1}/gr;
    $conf =~ s/^(?:sms-resend-freq|http-queue-delay) = \K.*/1/mg;
    $conf =~ s/^sms-resend-retry = \K.*/4/m;
    spew("$dir/kannel.conf", $conf);
    $pid{bearerbox} = start("$dir/bearerbox.err", 'bearerbox', '-v', 4, "$dir/kannel.conf");
    answers($port{SMSBOX});
    $pid{smsbox} = start("$dir/smsbox.err", 'smsbox', '-v', 4, "$dir/kannel.conf");
    answers($port{SENDSMS});
    return wait_for(10, sub { status() =~ /online/ });
}

sub status {
    return HTTP::Tiny->new(timeout => 2)->get("http://127.0.0.1:$port{ADMIN}/status.txt?password=admin")->{content} =~ /carrier\[.*/ ? $& : '';
}

sub start_nginx {
    spew("$dir/nginx.conf", <<"END");
daemon off; pid $dir/nginx.pid; error_log $dir/nginx.err; user @{[ $> == 0 ? 'root' : scalar getpwuid $> ]};
events {}
http { access_log off; client_body_temp_path $dir/run; proxy_temp_path $dir/run; fastcgi_temp_path $dir/run;
  uwsgi_temp_path $dir/run; scgi_temp_path $dir/run;
  server { listen 127.0.0.1:$port{HTTP}; location / { fastcgi_pass unix:$dir/run/sms.sock;
    fastcgi_param REQUEST_METHOD \$request_method; fastcgi_param DOCUMENT_URI \$document_uri;
    fastcgi_param QUERY_STRING \$query_string; fastcgi_param CONTENT_TYPE \$content_type;
    fastcgi_param CONTENT_LENGTH \$content_length; fastcgi_param TOMOZUNA_DOOR loopback; } } }
END
    $pid{nginx} = start("$dir/nginx.out", 'nginx', '-c', "$dir/nginx.conf");
    return answers($port{HTTP});
}

sub control { return spew("$dir/control", "$_[0]\n") }
sub arrived { return map { decode_json($_) } split /\n/, slurp("$dir/carrier.log") }
sub column { my ($ref, $column) = @_; return $w->value("SELECT $column FROM care_notice WHERE ref = UNHEX('$ref')") }
sub due_now { return $w->sql("UPDATE care_notice SET due_at = UTC_TIMESTAMP(3) WHERE state = 'queued'") }

sub delivered {
    my $ref = $w->notice;
    ok($w->becomes($ref, 'delivered'), 'a message is delivered');
    my ($m) = arrived();
    is($m->{to}, '+819000000002', 'to the number');
    like($m->{text}, qr/\A【あさひ町つながり帳】至急の申し送りがあります（\d+月\d+日 \d+:\d\d）/, 'headed by the sender');
    like($m->{text}, qr{https://care\.example/patients\n問い合わせ 0000-00-0000\z}, 'where, and whom to call');
    is(column($ref, 'units'), $m->{segments}, 'its segments are counted');
    is($w->value('SELECT units FROM sms_month'), $m->{segments}, 'in the month too');
    my @ref = map { $w->notice } 1 .. 20;
    ok($w->becomes($_, 'delivered')) || last for @ref;
    my ($worst) = $w->sql('SELECT MAX(TIMESTAMPDIFF(MICROSECOND, created_at, acted_at)) / 1000 FROM care_notice');
    cmp_ok($worst, '<', 20_000, "insert to hand-over: $worst ms at most");
    return;
}

sub each_receipt {
    for my $case (['EXPIRED', 'expired'], ['DELETED', 'failed'], ['UNDELIV', 'failed'], ['UNKNOWN', 'unknown'], ['ENROUTE,DELIVRD', 'delivered'],
        ['REJECTD', 'failed']) {
        control("all receipt=$case->[0]");
        ok($w->becomes($w->notice(user_id => $case->[0] =~ /UNDELIV|REJECTD/ ? 3 : 2), $case->[1]), "$case->[0]: $case->[1]");
    }
    is($w->value('SELECT mobile_bad_at IS NOT NULL FROM care_user WHERE id = 3'), 1, 'twice undeliverable: the number is marked');
    is($w->value("SELECT GROUP_CONCAT(user_id) FROM care_notice WHERE kind = 'mobile_bad'"), 4, 'and the manager of the office told by mail');
    ok($w->becomes($w->notice(user_id => 3), 'suppressed'), 'no further message goes to it');
    $w->sql("UPDATE care_user SET mobile_bad_at = NULL; DELETE FROM care_notice WHERE kind = 'mobile_bad'");
    control('next 1 resp=ESME_RINVDSTADR');
    ok($w->becomes($w->notice(attempts => 5), 'failed'), 'refused by the SMSC for the sixth time: failed');
    control('next 2 resp=ESME_RTHROTTLED');
    ok($w->becomes($w->notice, 'delivered'), 'throttled: later');
    control('next 40 resp=ESME_RTHROTTLED');
    my $ref = $w->notice;
    ok($w->becomes($ref, 'sent'), 'throttled for long: handed over');
    ok($w->becomes($ref, 'queued', 15), 'and given back to the outbox');
    control('');
    due_now();
    ok($w->becomes($ref, 'delivered'), 'and delivered after all');
    return;
}

sub knock {
    my (%field) = @_;
    my $query = join '&', map { "$_=$field{$_}" } sort keys %field;
    return HTTP::Tiny->new->get("http://127.0.0.1:$port{HTTP}/sms/receipt?$query")->{status};
}

# Forged, repeated, out of order and late receipts.
sub odd_receipts {
    control('all receipt=none');
    my $ref = $w->notice;
    ok($w->becomes($ref, 'sent'), 'no receipt: sent');
    # bearerbox keeps where to report only when the SMSC has answered, after `sent`.
    my $token;
    ok(wait_for(10, sub { ($token) = map { /token=(\w+)/ } `grep -rhao 'id=$ref&token=[0-9a-f]*' $dir/dlr` }), 'Kannel knows whom to tell');
    my %mine = (id => $ref, token => $token);
    is(knock(%mine, token => '0' x 32, type => 1), 403, 'wrong token');
    is(knock(id => '0' x 32, token => $token, type => 1), 403, 'token of another');
    is(knock(%mine), 400, 'no type');
    is(knock(%mine, type => 'x'), 400, 'no number');
    is(knock(%mine, id => 'x', type => 1), 400, 'no ref');
    is(knock(%mine, type => 34), 200, 'expired');
    is($w->state_of($ref), 'expired', 'is recorded');
    is(knock(%mine, type => 2), 200, 'a failure after that');
    is($w->state_of($ref), 'expired', 'changes nothing');
    is(knock(%mine, type => 1), 200, 'late, but delivered');
    is($w->state_of($ref), 'delivered', 'counts');
    for my $type (1, 2, 4, 8, 16, 34) {
        is(knock(%mine, type => $type), 200, "type $type after delivery");
        is($w->state_of($ref), 'delivered', 'takes nothing back');
    }
    my $silent = $w->notice;
    ok($w->becomes($silent, 'sent'), 'another without receipt');
    $w->sql("UPDATE care_notice SET sent_at = sent_at - INTERVAL 1 DAY WHERE state = 'sent'");
    ok($w->becomes($silent, 'unknown', 5), 'is flagged in time');
    $w->sql("DELETE FROM care_notice WHERE ref = UNHEX('$ref')");
    is(knock(%mine, type => 1), 404, 'no such notice');
    control('');
    return;
}

# ---- what phones send ----

sub phone_says {
    my ($from, $text, %with) = @_;
    state $n = 0;
    my $file = sprintf '%s/incoming/%03d.json', $dir, ++$n;
    spew($file, encode_json({ from => $from, to => '0005200000', text => $text, %with }));
    return wait_for(10, sub { !-e $file });
}

sub taken { return $w->value("SELECT CONCAT_WS(' ', COUNT(*), taken_as) FROM care_sms_incoming WHERE mobile = '$_[0]' AND words = '$_[1]'") }

sub published { return $w->value("SELECT COUNT(*) FROM lib_event e JOIN care_sms_incoming i ON i.ref = e.about WHERE e.topic = '$_[0]' AND i.mobile = '$_[1]'") }

sub told { return $w->value("SELECT GROUP_CONCAT(kind ORDER BY id) FROM care_notice WHERE resident_mobile = '$_[0]' AND kind LIKE 'sms\\_%'") // 'NULL' }

sub ask_phone {
    my ($mobile, $code, $topic, $until) = @_;
    return $w->sql("INSERT INTO care_sms_question (ref, network_id, mobile, code, topic, about, asked_at, until)
        VALUES (RANDOM_BYTES(16), 1, '$mobile', '$code', '$topic', RANDOM_BYTES(16), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL $until MINUTE)");
}

sub answers_of_phones {
    my $one = '+819000000021';
    ask_phone($one, '4827', 'try.answered', 60);
    ask_phone($one, '1111', 'try.answered', -1);
    ok(phone_says($one, '１', id => 'a1'), 'an answer is taken off by Kannel');
    ok(wait_for(10, sub { taken($one, '１') eq '1 answer' }), 'the one question that is open is answered');
    is(published('try.answered', $one), 1, 'whoever asked hears of it');
    phone_says($one, '１', id => 'a1') for 1 .. 2;
    phone_says($one, '2', id => 'a2');
    ok(wait_for(10, sub { taken($one, '2') eq '1 answer' }), 'another answer counts for itself');
    is(taken($one, '１'), '1 answer', 'brought three times by the carrier, kept once');
    is(published('try.answered', $one), 2, 'and told of once');
    ask_phone($one, '9310', 'try.other', 60);
    phone_says($one, '1');
    ok(wait_for(10, sub { taken($one, '1') eq '1 several' }), 'two questions and no code: nobody guesses');
    phone_says($one, '1（9310）' . 'あ' x 80);
    ok(wait_for(10, sub { published('try.other', $one) == 1 }), 'with its code, in a message of two parts');
    return;
}

sub words_of_phones {
    my ($phone, $stranger) = ('+819000000022', '+819000000023');
    $w->sql("INSERT INTO care_sms_keyword VALUES ('予約', 'try.booking')");
    phone_says($stranger, '予約 あした');
    ok(wait_for(10, sub { published('try.booking', $stranger) == 1 }), 'a first word that somebody claims');
    phone_says($stranger, 'こんにちは');
    ok(wait_for(10, sub { taken($stranger, 'こんにちは') eq '1 nobody' }), "nobody's");
    is(told($stranger), 'NULL', 'and a stranger gets no answer');
    ok($w->becomes($w->notice(kind => 'vaccination_reminder', resident_mobile => $phone), 'delivered'), 'a resident is written to');
    phone_says($phone, 'ありがとう'), phone_says($phone, 'ありがとうね');
    ok(wait_for(10, sub { taken($phone, 'ありがとうね') eq '1 nobody' }), 'she answers what nobody reads');
    is(told($phone), 'sms_unread', 'and is told so, once');
    ok(phone_says($phone, 'ＳＴＯＰ。'), 'she wants no more');
    ok(wait_for(10, sub { told($phone) eq 'sms_unread,sms_stopped' }), 'which is confirmed');
    phone_says($phone, '停止');
    ok(wait_for(10, sub { taken($phone, '停止') eq '1 stop' }), 'a second time');
    is(told($phone), 'sms_unread,sms_stopped', 'is not confirmed again');
    is(published('sms.stopped', $phone), 1, 'nor told of again');
    ok($w->quiet(10) && wait_for(10, sub { (grep { $_->{to} eq $phone && $_->{text} =~ /停止しました/ } arrived()) == 1 }), 'the confirmation arrives all the same');
    ok($w->becomes($w->notice(kind => 'vaccination_reminder', resident_mobile => $phone), 'suppressed'), 'nothing else goes, queued later');
    phone_says('+819000000001', 'stop');
    ok(wait_for(10, sub { $w->value("SELECT COUNT(*) FROM care_sms_stop WHERE mobile = '+819000000001'") }), 'a user says it');
    ok($w->becomes($w->notice(user_id => 1), 'suppressed'), 'and gets none either');
    phone_says($_, '再開') for $phone, '+819000000001';
    ok(wait_for(10, sub { published('sms.resumed', $phone) == 1 && !$w->value('SELECT COUNT(*) FROM care_sms_stop') }), 'both take it back');
    ok($w->becomes($w->notice(kind => 'vaccination_reminder', resident_mobile => $phone), 'delivered'), 'and hear of us again');
    return;
}

# Who is not Kannel, and what is of no use.
sub odd_messages {
    my $count = sub { $w->value('SELECT COUNT(*) FROM care_sms_incoming') };
    my $before = $count->();
    my $post = sub {
        my (%with) = (account => 'tomozuna:standin1', query => 'id=odd', from => '+819000000024', type => 'text/plain; charset="UTF-8"', text => 'x', @_);
        my $r = HTTP::Tiny->new->post("http://$with{account}\@127.0.0.1:$port{HTTP}/sms/incoming?$with{query}",
            { content => $with{text}, headers => { 'Content-Type' => $with{type}, 'X-Kannel-From' => $with{from} } });
        return $r->{status};
    };
    is($post->(account => 'tomozuna:wrong'), 403, 'a wrong password');
    is($post->(account => 'other:standin1'), 403, 'a wrong name');
    is(HTTP::Tiny->new->post("http://127.0.0.1:$port{HTTP}/sms/incoming?id=odd")->{status}, 403, 'none at all');
    is(HTTP::Tiny->new->get("http://tomozuna:standin1\@127.0.0.1:$port{HTTP}/sms/incoming?id=odd")->{status}, 405, 'by GET');
    is($post->(query => 'x=1'), 400, 'without an id');
    is($post->(query => 'id=' . 'a' x 65), 400, 'an id that is too long');
    is($post->(text => 'x' x 4097), 413, 'too long a text');
    is($post->(from => '0312345678'), 200, 'a fixed number cannot have sent it');
    is($post->(text => "\xff\xfe"), 200, 'no text');
    is($post->(text => "a\0b"), 200, 'a NUL');
    is($post->(text => 'abc', type => 'text/plain; charset="UTF-16BE"'), 200, 'half a character');
    is($count->(), $before, 'nothing of it is kept');
    is($post->(query => "id=many$_"), 200, 'one of many') for 1 .. 45;
    is($count->() - $before, 40, 'a phone that raves is not heard for an hour');
    return;
}

sub capped {
    my $spent = $w->value('SELECT units FROM sms_month');
    $w->sql("UPDATE care_network SET sms_monthly_cap = $spent + 1");
    my $ref = $w->notice;
    ok($w->becomes($ref, 'suppressed'), 'over the cap: suppressed');
    like(column($ref, 'reason'), qr/used up/, 'with its reason');
    ok($w->becomes($w->notice(kind => 'disaster'), 'delivered'), 'but not in a disaster');
    $w->sql('UPDATE care_network SET sms_monthly_cap = 100000');
    return;
}

# Kannel killed, stopped and away. Each message once, or flagged.
sub kannel_in_trouble {
    $w->sql('DELETE FROM care_notice');
    my $before = () = arrived();
    my $spent = $w->value('SELECT units FROM sms_month');
    kill STOP => $pid{bearerbox};
    my $hung = $w->notice;
    ok($w->becomes($hung, 'unknown'), 'bearerbox hangs: unknown');
    kill CONT => $pid{bearerbox};
    ok($w->becomes($hung, 'delivered', 15), 'until its receipt comes after all');
    kill KILL => $pid{bearerbox};
    stop($pid{$_}) for qw(bearerbox smsbox);
    # To another number: Kannel counts its references from 1 again, and the SMSC
    # would take the parts for ones sent again.
    $w->notice(user_id => 1) for 1 .. 6;
    sleep 1.5;
    is($w->summary("state NOT IN ('queued', 'sending', 'unknown')"), 'delivered 1', 'Kannel away: they wait');
    wait_for(5, sub { !$w->value("SELECT COUNT(*) FROM care_notice WHERE state = 'sending'") });
    cmp_ok($w->value("SELECT COUNT(*) FROM care_notice WHERE state = 'queued' AND attempts = 0 AND acted_at IS NULL"), '>=', 3,
        '  those that would have gone with the first were never tried');
    is($w->value("SELECT COALESCE(SUM(units), 0) FROM care_notice WHERE state = 'queued'"), 0, '  and cost nothing');
    is($w->value('SELECT units FROM sms_month'), $spent + $w->value("SELECT SUM(units) FROM care_notice WHERE state IN ('delivered', 'unknown')"), '  in the month neither');
    ok(start_kannel(), 'Kannel is back');
    due_now();
    ok($w->quiet(12), 'and takes them');
    ok(wait_for(10, sub { $w->summary !~ /sent/ }), 'and they arrive');
    my $flagged = $w->value("SELECT COUNT(*) FROM care_notice WHERE state = 'unknown'");
    my $count;
    wait_for(5, sub { ($count = (() = arrived()) - $before) >= 7 });
    cmp_ok($count, '>=', 7 - $flagged, "each once: $count of 7, $flagged flagged");
    cmp_ok($count, '<=', 7, 'none twice');
    return;
}

sub smsc_away {
    stop($pid{smsc});
    wait_for(5, sub { status() !~ /online/ });
    my @ref = map { $w->notice } 1 .. 8;
    sleep 1.5;
    cmp_ok($w->value("SELECT COUNT(*) FROM care_notice WHERE state = 'queued'"), '>=', 3, 'SMSC away: most wait in the outbox, not in Kannel');
    start_smsc();
    ok($w->becomes($_, 'delivered', 15)) || last for @ref;
    return;
}

sub gateway_killed {
    $w->sql('DELETE FROM care_notice');
    my $before = () = arrived();
    my $n = 0;
    for my $round (1 .. 10) {
        $w->notice, ++$n for 1 .. 4;
        sleep 0.02 * $round;
        $w->stop_gateway('sms', 'KILL');
        $w->sql("UPDATE care_notice SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE state = 'sending'");
        $w->gateway('sms');
    }
    ok($w->quiet(15), 'killed ten times: all have an end');
    wait_for(10, sub { $w->summary !~ /sent/ });
    my %state = map { split / / } split /, /, $w->summary;
    my $count;
    wait_for(3, sub { ($count = (() = arrived()) - $before) >= $n });
    cmp_ok($count, '<=', $n, 'none twice');
    cmp_ok($count, '>=', $n - ($state{unknown} // 0), 'none lost unflagged');
    diag('killed 10 times: ' . $w->summary);
    return;
}

# A notice under a lease that ran out: before the act it goes back, three times
# at most; after it, it is flagged; the late owner cannot touch it.
sub leases {
    my $old = "state = 'sending', owner = RANDOM_BYTES(16), attempts = 1, lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND";
    my @ref = map { $w->notice(state => 'suppressed') } 1 .. 3;
    $w->sql("UPDATE care_notice SET $old WHERE ref = UNHEX('$ref[0]');
        UPDATE care_notice SET $old, acted_at = UTC_TIMESTAMP(3) WHERE ref = UNHEX('$ref[1]');
        UPDATE care_notice SET $old, crashes = 2 WHERE ref = UNHEX('$ref[2]')");
    ok($w->becomes($ref[0], 'delivered'), 'not begun: sent');
    ok($w->becomes($ref[1], 'unknown'), 'begun: flagged');
    ok($w->becomes($ref[2], 'failed'), 'for the third time: parked');
    return;
}

mkdir "$dir/incoming";
start_smsc();
ok(start_nginx(), 'nginx runs');
ok(start_kannel(), 'Kannel is bound');
$w->gateway('sms');
delivered();
each_receipt();
odd_receipts();
capped();
leases();
answers_of_phones();
words_of_phones();
odd_messages();
kannel_in_trouble();
smsc_away();
gateway_killed();
is_deeply([$w->canary_seen], [], 'nothing of a patient anywhere');
unlike(slurp("$dir/$_"), qr/ありがとう|819000000022/, "no text and no number in $_") for qw(sms.log smsbox.log);
unlike(slurp("$dir/carrier.log"), qr/$Tomozuna::Private::CANARY/, 'nor at the SMSC');
unlike(slurp("$dir/smsbox.log"), qr/Malformed status line/, 'Kannel understands our answers');
is($w->stop_gateway('sms'), 0, 'stops as asked');
done_testing();
