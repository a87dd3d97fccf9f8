#!/usr/bin/perl
# A lost phone: shut out at its next request, on a connection that it keeps, by a
# session that it resumes, and whatever has become of the list of revoked ones.
use strict;
use warnings;
use utf8;
use File::Temp ();
use Test::More;
use Time::HiRes qw(sleep time);
use Tomozuna::Faults;
use Tomozuna::Nginx;
use Tomozuna::Test;

my $people = demo('PEOPLE');
my $ca = demo('STATE') . '/ca';

# ---- the look at the device on every request ----

subtest 'revoked while it is connected' => sub {
    my ($device) = slurp("$people/member5.device") =~ /([0-9a-f]{32})/;
    my $phone = person('member5');
    is($phone->get('/account')->status, 200, 'signed in and served');
    my $port = sub { my $h = $phone->{http}{handle}; $h && $h->{fh} && $h->{fh}->sockport };
    my $was = $port->();
    ok($was, 'on a connection that is kept');
    my $at = time;
    db('UPDATE care_device SET revoked_at = UTC_TIMESTAMP(3) WHERE ref = ?', unhex($device));
    my $answer = $phone->get('/account');
    my $took = time - $at;
    like($answer->status, qr/\A40[13]\z/, 'refused at the next request');
    is($port->(), $was, '  on the same connection');
    unlike($answer->text, qr/member5/, '  and told nothing');
    soon($took, 1, sprintf '  %.0f ms after it was revoked', $took * 1000);
    is($phone->sign_in->status, 403, 'nor can one sign in with it');
    db('UPDATE care_device SET revoked_at = NULL WHERE ref = ?', unhex($device));
    is(person('member5')->{signed_in}->status, 303, 'the demo has its device back');
};

# ---- nginx and its list: a copy of it, on lists of our own ----

my $copy = Tomozuna::Nginx::start_copy(sub { return "Content-Type: text/plain\r\n\r\nwelcome" });
END { $copy->{stop}->() if $copy }
my $folder = $copy->{folder};
my $list = "$folder/people.crl";

# A list by the people's own authority: who is on it, when it ends.
sub make_list {
    my ($next, @revoked) = @_;
    my $index = '';
    for my $name (@revoked) {
        my ($serial) = qx(openssl x509 -in $people/$name.crt -noout -serial) =~ /=(\w+)/;
        $index .= "R\t291231235959Z\t251101000000Z\t$serial\tunknown\t/CN=$name\n";
    }
    spew("$folder/index", $index);
    spew("$folder/number", sprintf "%012X\n", time * 1000);
    spew("$folder/ca.cnf", "[ca]\ndefault_ca=c\n[c]\ndatabase=$folder/index\ncrlnumber=$folder/number\ndefault_md=sha256\n");
    # Without -crl_lastupdate the list would begin after its end.
    system("openssl ca -gencrl -config $folder/ca.cnf -cert $ca/people-ca.crt -keyfile $ca/people-ca.key"
        . " -crl_lastupdate 20200101000000Z -crl_nextupdate $next -out $list.new 2>$folder/openssl.log") == 0
        or die slurp("$folder/openssl.log");
    return;
}

# True once no worker is left that knows the old list; false when the new one was
# refused.
sub reload {
    my ($pid) = slurp("$folder/nginx.pid") =~ /(\d+)/;
    my $workers = sub { my %is = map { $_ => 1 } split ' ', slurp("/proc/$pid/task/$pid/children"); return \%is };
    my @old = keys %{ $workers->() };
    my $said = sub { my $n = () = join('', map { slurp($_) } glob "$folder/*error.log") =~ /\[emerg\]/g; return $n };
    my $before = $said->();
    kill HUP => $pid;
    wait_for(sub { $said->() > $before or !grep { $workers->()->{$_} } @old }, 20);
    return $said->() == $before;
}

sub door { my ($name, %o) = @_; return client(url => $copy->{professional}, device => $name, %o)->get('/echo')->status }

my ($conf) = "$folder/conf/nginx.conf";
SKIP: {
    skip 'the authority\'s key is not ours to use', 1 if !-r "$ca/people-ca.key";
    make_list('20991231235959Z');
    rename "$list.new", $list or die;
    my $text = slurp($conf);
    $text =~ s/ssl_crl \S+;/ssl_crl $list;/ or die 'no ssl_crl';
    spew($conf, $text);
    reload();

    subtest 'revoked, with a session to resume' => sub {
        my $connect = "openssl s_client -connect 127.0.0.1:" . ($copy->{professional} =~ /:(\d+)/)[0]
            . ' -CAfile ' . demo('CA') . " -cert $people/member4.crt -key $people/member4.key -ign_eof";
        my $get = "printf 'GET /echo HTTP/1.0\\r\\n\\r\\n'; sleep 0.3";
        for my $tls (qw(-tls1_2 -tls1_3)) {
            make_list('20991231235959Z');
            rename "$list.new", $list or die;
            reload();
            like(qx(($get) | $connect $tls -sess_out $folder/session$tls 2>&1), qr/welcome/, "$tls: let in at first");
            make_list('20991231235959Z', 'member4');
            rename "$list.new", $list or die;
            ok(reload(), '  revoked, and the new list read');
            my $resume = -s "$folder/session$tls" ? "-sess_in $folder/session$tls" : '';
            my $answer = qx(($get) | $connect $tls $resume 2>&1);
            unlike($answer, qr/welcome/, '  refused, with its old session' . ($resume ? '' : ' (none was given out)'));
            unlike($answer, qr/^Reused/m, '  which was not taken up');
        }
        is(door('member4'), 400, 'a new connection is refused');
        is(door('member3'), 200, '  and others are let in');
    };

    subtest 'a list that cannot be used' => sub {
        my $good = slurp($list, 1);
        for my $case (['cut off', substr $good, 0, length($good) / 2], ['empty', ''], ['no list', "nonsense\n"]) {
            spew($list, $case->[1]);
            ok(!reload(), "$case->[0]: is not taken");
            is(door('member4'), 400, '  the revoked one stays out');
            is(door('member3'), 200, '  others stay in');
        }
        unlink $list;
        ok(!reload(), 'missing: is not taken');
        is(door('member4'), 400, '  the revoked one stays out');
        spew($list, $good);
        make_list('20200102000000Z');
        rename "$list.new", $list or die;
        reload();
        is(door($_), 400, "a list that has ended: $_ is not let in") for qw(member3 member4);
        make_list('20991231235959Z', 'member4');
        rename "$list.new", $list or die;
        reload();
        is(door('member3'), 200, 'a fresh list: let in again');
        is(door('member4'), 400, '  but the revoked one');
    };
}
done_testing;
