#!/usr/bin/perl
# Who is named in an entry (@名前): only whoever may read it, waiting for her until
# she has; and entries between two people.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my %person = map { $_ => person($_) } qw(nurse doctor helper pharmacist outsider);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper', pharmacist => 'pharmacist');
my $other = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
sub column { my ($what) = @_; return map { $_ => scalar db("SELECT $what FROM care_user WHERE login = ?", $_) } keys %person }
my %id = column('LOWER(HEX(ref))');
my %key = column('id');
my %family = column('family');
my %given = column('given');
my %kana = column('kana_family');
my $home = "/timeline/$patient";

sub writes { my ($who, $body, %field) = @_; my $made = $person{$who}->post($home, { body => $body, %field }); is($made->status, 201, "$who writes") or diag($made->text); return $made->json }
sub waits { return sort(db('SELECT u.login FROM care_mark m JOIN care_user u ON u.id = m.user_id WHERE m.ref = ? AND m.kind = "mention"', unhex($_[0]))) }
sub entry { my ($who, $id, $of) = @_; my ($e) = grep { $_->{id} eq $id } @{ $person{$who}->get($of // $home)->json->{entries} }; return $e }
sub listed { my ($who) = @_; my ($p) = grep { $_->{id} eq $patient } @{ $person{$who}->get('/patients')->json->{patients} }; return $p->{mentions} }
sub for_me { return map { $_->{id} } @{ $person{$_[0]}->get("$home/questions")->json->{entries} } }
sub bit { return $_[0] ? 1 : 0 }

# ---- how a name is written ----

for my $at ("\@$family{doctor} $given{doctor}", "＠$family{doctor}　$given{doctor}先生", "\@$family{doctor}先生", "\@$kana{doctor}さん") {
    my $made = writes(nurse => "$at お願いします");
    is($made->{mentioned}, 1, "named: $at");
    is_deeply([waits($made->{id})], ['doctor'], '  and nobody else');
}
for my $body ('先生、お願いします', "$family{doctor}先生へ", 'たとえば a@example.invalid', '@', '@だれか', "\@$family{outsider} $given{outsider}", "\@$family{nurse} $given{nurse}") {
    my $made = writes(nurse => $body);
    is($made->{mentioned}, 0, "nobody is named: $body");
    is_deeply([waits($made->{id})], [], '  nor marked');
}

# ---- waits until it is read ----

db('DELETE FROM care_mark WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($patient));
my $before = db('SELECT COUNT(*) FROM care_notice WHERE kind <> "digest"');
my $made = writes(nurse => "\@$family{doctor} \@$family{helper} \@$family{doctor} 明日の時間を確かめてください");
my $id = $made->{id};
is($made->{mentioned}, 2, 'two are named, one of them twice');
is_deeply([waits($id)], [qw(doctor helper)], 'both have it waiting');
is_deeply([map { listed($_) } qw(nurse doctor helper pharmacist)], [0, 1, 1, 0], '  in their lists');
is_deeply([for_me('doctor'), for_me('pharmacist')], [$id], '  and among what waits for her');
like($person{doctor}->page('/patients')->text, qr/あなたへ 1/, '  in words');
like($person{doctor}->page($home)->text, qr/あなたへ/, '  on the entry');
my $seen = entry(pharmacist => $id);
is(bit($seen->{mentioned}), 0, 'to the others it says');
is($seen->{mention_names}, join('、', map { "$family{$_} $given{$_}" } sort { $key{$a} <=> $key{$b} } qw(doctor helper)), '  who is named');
is(scalar db('SELECT COUNT(*) FROM care_notice WHERE kind <> "digest"'), $before, 'no message is sent of it');
$person{doctor}->post("$home/$id/read", {});
is_deeply([waits($id)], ['helper'], 'who has read it waits no more');
is(listed('doctor'), 0, '  in the list');
$person{helper}->post("$home/$id/acknowledge", {});
is_deeply([waits($id)], [], 'nor who has acknowledged it');
is(bit(entry(doctor => $id)->{mentioned}), 1, 'the entry goes on saying so');

# ---- replies, urgent ones, withdrawn, corrected, moved ----

my $reply = writes(doctor => "\@$family{nurse} 10時です", reply_to => $id)->{id};
is_deeply([waits($reply)], ['nurse'], 'a reply names, too');
is_deeply([for_me('nurse')], [$id], '  its entry is what waits');
like($person{nurse}->page("$home/$id")->text, qr/あなたへ/, '  and shows it');
$person{nurse}->post("$home/$id/read", {});
is_deeply([waits($reply)], [], 'read with its entry');

my $urgent = writes(nurse => "\@$family{doctor} すぐ来てください", urgent => 1);
is_deeply([waits($urgent->{id})], ['doctor'], 'an urgent one marks likewise');
is(scalar db('SELECT COUNT(DISTINCT kind) FROM care_notice WHERE cause = ?', unhex($urgent->{id})), 1, '  and what is sent of it is what any urgent entry sends');
$person{nurse}->post("$home/$urgent->{id}/withdraw", {});
is_deeply([waits($urgent->{id})], [], 'withdrawn: it waits for nobody');

my $wrong = writes(nurse => "\@$family{doctor} 体温 36.2")->{id};
my $right = $person{nurse}->post("$home/$wrong/correct", { body => "\@$family{helper} 体温 38.2" })->json->{id};
is_deeply([waits($right)], ['helper'], 'a correction names whom its own text names');
my $lost = writes(nurse => "\@$family{doctor} \@$family{helper} 別の方でした")->{id};
my $moved = $person{nurse}->post("$home/$lost/move", { patient => $other })->json->{id};
is_deeply([waits($lost)], [], 'moved: it waits for nobody here');
is_deeply([waits($moved)], ['doctor'], '  there for whoever is of that team');

# ---- nobody who may not read it ----

my $few = writes(nurse => "\@$family{doctor} \@$family{helper} 内密に", audience => 'professions', profession => '010');
is_deeply([waits($few->{id})], ['doctor'], 'only those of its audience can be named');
is(entry(doctor => $few->{id})->{mention_names}, "$family{doctor} $given{doctor}", '  and stand there');

# ---- more @ than people ----

is(writes(nurse => '@' x 3000 . "\@$family{doctor}")->{mentioned}, 1, 'thousands of @ do no harm');

# ---- between two ----

my $pair = writes(nurse => '二人の話です', audience => 'named', person => $id{doctor})->{id};
is(bit(entry($_ => $pair)->{one_to_one}), 1, "$_ sees that it is between two") for qw(nurse doctor);
like($person{nurse}->page($home)->text, qr/\Q$family{doctor} $given{doctor}\E さんとあなた、二人だけ/, '  whoever wrote it, with whom');
like($person{doctor}->page($home)->text, qr/\Q$family{nurse} $given{nurse}\E さんとあなた、二人だけ/, '  whoever reads it, with whom');
like($person{doctor}->page("$home/$pair")->text, qr/二人だけに見えます/, '  and where the answer is written');
ok(!defined entry(helper => $pair), 'nobody else sees it');
my $answer = writes(doctor => '分かりました', reply_to => $pair)->{id};
is($person{helper}->get("$home/$answer")->status, 404, '  nor its answer');
my $picked = writes(nurse => '自分も選んだ', audience => 'named', person => [@id{qw(doctor nurse)}])->{id};
is(bit(entry(nurse => $picked)->{one_to_one}), 1, 'her own name among those picked changes nothing');
my $three = writes(nurse => '三人', audience => 'named', person => [@id{qw(doctor helper)}])->{id};
is(bit(entry(nurse => $three)->{one_to_one}), 0, 'three are not two');
my $profession = writes(nurse => '医師に', audience => 'professions', profession => '010')->{id};
is(bit(entry(nurse => $profession)->{one_to_one}), 0, 'nor is a profession, though it be one person today');

done_testing;
