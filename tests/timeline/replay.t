#!/usr/bin/perl
# The same form twice: one effect, one answer.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my $nurse = person('nurse');
my $doctor = person('doctor');
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $url = "/timeline/$patient";
my $n = 0;
sub key { return sprintf 'test-%08x-%04d', $$, ++$n }
sub send_it { my ($who, $key, $body, %more) = @_; return $who->post($url, { body => $body, %more }, 'idempotency-key' => $key) }
sub events { return scalar db('SELECT COUNT(*) FROM lib_event WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($patient)) }

my $key = key();
my @answer = map { send_it($nurse, $key, '二度送った', urgent => 1) } 1 .. 3;
is_deeply([map { $_->status } @answer], [201, 201, 201], 'three times the same');
is($_->json->{id}, $answer[0]->json->{id}, '  the same id') for @answer[1, 2];
is(entries_of($patient), 1, '  one entry');
is(events(), 1, '  one event');
is(scalar db('SELECT COUNT(*) FROM care_notice WHERE cause = ? AND again = 0', unhex($answer[0]->json->{id})), 2, '  notices once a channel');

my $other = send_it($nurse, $key, '別の内容');
is($other->status . ' ' . $other->error, '409 idempotency_key_reused', 'the key with other content');
is(entries_of($patient), 1, '  writes nothing');
like($nurse->post_form($url, { body => '別の<内容>', idempotency_key => $key })->text, qr/別の&lt;内容&gt;/, '  and as a page loses nothing typed');
is(send_it($doctor, $key, '二度送った')->status, 201, "another's key is another key");
is(entries_of($patient), 2, '  and her own entry');

# In parallel.
for my $round (1 .. 3) {
    $key = key();
    my $before = entries_of($patient);
    my @pipe = map {
        my $pid = open my $out, '-|';
        die "fork: $!\n" if !defined $pid;
        if (!$pid) {
            my $tab = client(device => 'nurse');
            $tab->{cookie} = $nurse->{cookie};
            my $told = send_it($tab, $key, "並んで $round");
            print $told->status, ' ', $told->json->{id} // '', "\n";
            close STDOUT;
            require POSIX;
            POSIX::_exit(0);
        }
        $out;
    } 1 .. 6;
    my %said;
    for my $out (@pipe) { $said{ scalar readline $out }++; close $out }
    is(scalar keys %said, 1, 'six at the same time get one answer') or diag(explain \%said);
    like((keys %said)[0], qr/\A201 [0-9a-f]{32}\n\z/, '  201 and the id');
    is(entries_of($patient), $before + 1, '  one entry');
}

# As a form: by the page's hidden token.
my ($token) = $nurse->page($url)->text =~ /name="idempotency_key" value="([^"]+)"/;
ok($token, 'the page carries a token');
my $before = entries_of($patient);
my @form = map { $nurse->post_form($url, { body => '二度押した', idempotency_key => $token }) } 1, 2;
is_deeply([map { $_->status . ' ' . $_->header('location') } @form], [("303 $url") x 2], 'pressed twice: the same redirection');
is(entries_of($patient), $before + 1, '  one entry');
isnt(($nurse->page($url)->text =~ /name="idempotency_key" value="([^"]+)"/)[0], $token, '  the next page has another');

# A refused one may be sent again, corrected.
$key = key();
is(send_it($nurse, $key, '')->status, 400, 'refused');
is(send_it($nurse, $key, 'なおした')->status, 201, '  corrected under the same key');

# The same key on another route, for another patient.
my $second = new_patient(nurse => 'visiting_nurse');
is($nurse->post("/timeline/$second", { body => 'なおした' }, 'idempotency-key' => $key)->status, 201, 'the same key for another patient is another');
is(entries_of($second), 1, '  and writes there');

# Keys of another form.
for my $bad ('short', 'x' x 65, "quote'quote", 'with blank in', 'ünïcödé-key') {
    my $told = send_it($nurse, $bad, 'だめな鍵');
    is($told->status . ' ' . ($told->json->{error}{field} // ''), '400 idempotency_key', 'a malformed key is refused by name');
}
is(scalar db('SELECT COUNT(*) FROM timeline_entry WHERE body = ?', 'だめな鍵'), 0, '  and writes nothing');

# A replay tells nothing to who may no longer ask.
$key = key();
my $first = send_it($nurse, $key, '抜ける前');
db('UPDATE care_team SET left_at = UTC_TIMESTAMP(3) WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?) AND user_id = (SELECT id FROM care_user WHERE login = "nurse")', unhex($patient));
is(send_it($nurse, $key, '抜ける前')->status, 404, 'who left the team hears 404, not the old answer');
db('UPDATE care_team SET left_at = NULL WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($patient));

# Receipts are alike without a key.
my $id = $first->json->{id};
is($doctor->post("$url/$id/acknowledge", {}, 'idempotency-key' => key())->status, 204, 'acknowledged with a key') for 1, 2;
is(scalar db('SELECT acknowledged_by FROM timeline_entry WHERE ref = ?', unhex($id)), 1, '  counted once');

done_testing;
