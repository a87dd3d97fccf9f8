#!/usr/bin/perl
# Groups that are about no patient: for whom they are, what is said, what is unread,
# who is in them, and that to everybody else there are none.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Test;

my %person = map { $_ => person($_) } qw(nurse doctor helper manager operator outsider clerk);
my %id = map { $_ => scalar db('SELECT LOWER(HEX(ref)) FROM care_user WHERE login = ?', $_) } keys %person;
my %profession = map { $_ => scalar db('SELECT f.profession FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = ? LIMIT 1', $_) } keys %person;
my @made;
END {
    local $?;
    for my $forum (@made) {
        my $key = db('SELECT id FROM care_forum WHERE ref = ?', unhex($forum));
        db("DELETE FROM $_ WHERE forum_id = ?", $key) for qw(forum_seen forum_entry care_forum_member);
        db('DELETE FROM care_forum WHERE id = ?', $key);
    }
}

sub made { my ($who, %field) = @_; my $answer = $person{$who}->post('/forums', { name => '試験の会', %field }); push @made, $answer->json->{id} if $answer->status == 201; return $answer }
sub group { my $answer = made(@_); is($answer->status, 201, "$_[0] makes one") or diag($answer->text); return $answer->json->{id} }
sub sees { my ($who, $forum) = @_; return scalar grep { $_->{id} eq $forum } @{ $person{$who}->get('/forums')->json->{forums} } }
sub unread { my ($who, $forum) = @_; my ($f) = grep { $_->{id} eq $forum } @{ $person{$who}->get('/forums')->json->{forums} }; return $f->{unread} }
sub said { my ($who, $forum) = @_; return @{ $person{$who}->get("/forums/$forum")->json->{entries} } }
sub writes { my ($who, $forum, $body, %field) = @_; my $answer = $person{$who}->post("/forums/$forum", { body => $body, %field }); is($answer->status, 201, "$who writes") or diag($answer->text); return $answer->json->{id} }
sub bit { return $_[0] ? 1 : 0 }

# ---- who makes which ----

is(made(nurse => open_to => $_, profession => '040')->status, 403, "a nurse makes none for: $_") for qw(network profession office);
is(made(operator => open_to => 'profession')->json->{error}{field}, 'profession', 'of a profession: which one');
is(made(operator => open_to => 'profession', profession => '000')->json->{error}{field}, 'profession', '  and one that there is');
my %forum = (
    network => group(operator => open_to => 'network', about => '地域のこと'),
    profession => group(operator => open_to => 'profession', profession => $profession{nurse}),
    office => group(manager => open_to => 'office'),
    members => group(nurse => open_to => 'members'),
);

# ---- who is in them ----

my %in = (
    network => [qw(nurse doctor helper manager operator outsider clerk)],
    profession => [grep { $profession{$_} eq $profession{nurse} } sort keys %person],
    office => [qw(nurse manager)],
    members => [qw(nurse)],
);
for my $kind (sort keys %forum) {
    my %is_in = map { $_ => 1 } @{ $in{$kind} };
    is_deeply([map { sees($_, $forum{$kind}) } sort keys %person], [map { $is_in{$_} ? 1 : 0 } sort keys %person], "$kind: in whose list it is");
}
sub hidden_from {
    my ($who, $forum, $entry) = @_;
    ok(!sees($who, $forum), "$who: not in the list");
    is($person{$who}->get("/forums/$forum$_")->status, 404, "  GET $_: not there") for '', '/members';
    is($person{$who}->post("/forums/$forum$_->[0]", $_->[1])->status, 404, "  POST $_->[0]: not there")
        for ['', { body => 'x' }], ['/read', { upto => $entry }], ['/members', { person => $id{$who} }], ['/leave', {}], ['/close', {}], ["/$entry/withdraw", {}];
    return;
}

# ---- what is said, and read ----

my $forum = $forum{members};
is($person{nurse}->post("/forums/$forum/members", { person => $id{doctor} })->status, 204, 'the doctor is named');
is($person{nurse}->post("/forums/$forum/members", { person => $_ })->json->{error}{field}, 'person', 'not twice, nor nobody') for $id{doctor}, 'ab' x 16;
is($person{$_->[0]}->post("/forums/$forum{$_->[1]}/members", { person => $id{doctor} })->status, 403, "nobody is named into one for: $_->[1]") for ['operator', 'network'], ['manager', 'office'];
my $first = writes(nurse => $forum, '来月の勉強会について');
hidden_from(helper => $forum, $first);
is(unread(doctor => $forum), 1, 'the doctor has something unread');
is(unread(nurse => $forum), 0, '  whoever wrote it has not');
like($person{doctor}->page('/forums')->text, qr/試験の会.*?未読 1/s, '  in words');
my $reply = writes(doctor => $forum, '第2週がよいです', reply_to => $first);
is($person{nurse}->post("/forums/$forum", { body => 'x', reply_to => $_ })->json->{error}{field}, 'reply_to', 'to what is no entry of it there is no reply') for $reply, 'ab' x 16;
my ($entry) = said(nurse => $forum);
is(join('|', $entry->{body}, $entry->{author}{name} ne '' ? 'named' : '', $entry->{replies}, map { $_->{body} } @{ $entry->{reply_entries} }), '来月の勉強会について|named|1|第2週がよいです', 'an entry has its replies');
is(unread(nurse => $forum), 1, 'a reply is unread, too');
my $upto = $person{nurse}->get("/forums/$forum")->json->{upto};
is($upto, $reply, 'the page says up to what it was read');
is($person{nurse}->post("/forums/$forum/read", { upto => $upto })->status, 204, 'read');
is(unread(nurse => $forum), 0, '  nothing is unread');
is($person{nurse}->get("/forums/$forum")->json->{upto}, undef, '  nor asked for again');
is($person{doctor}->post("/forums/$forum/read", { upto => $reply })->status, 204, 'the doctor has read, too');
is($person{doctor}->post("/forums/$forum/read", { upto => $first })->status, 204, '  and an older page of hers comes later');
is(unread(doctor => $forum), 0, '  which takes nothing back');
($entry) = said(nurse => $forum);
is($entry->{read_by}, 1, 'an entry says how many have read it, its author not counted');
is($person{doctor}->post("/forums/$forum/read", { upto => writes(manager => $forum{office}, 'よその話') })->json->{error}{field}, 'upto', 'up to an entry of another forum: refused');
is(scalar db('SELECT COUNT(*) FROM care_notice n JOIN forum_entry e ON e.ref = n.cause'), 0, 'no message is sent of any of it');

# ---- taken back ----

is($person{doctor}->post("/forums/$forum/$first/withdraw", {})->status, 403, 'nobody takes back what another wrote');
is($person{nurse}->post("/forums/$forum{office}/$first/withdraw", {})->status, 404, '  nor under another forum');
is($person{nurse}->post("/forums/$forum/$first/withdraw", {})->status, 204, 'its author does');
($entry) = said(doctor => $forum);
is(join('|', bit($entry->{withdrawn}), $entry->{body}), '1|', '  a trace stays, and no word of it');
is($person{doctor}->post("/forums/$forum", { body => 'x', reply_to => $first })->json->{error}{field}, 'reply_to', '  which nobody answers any more');

# ---- pages of fifty ----

db('INSERT INTO forum_entry (forum_id, ref, author_id, author_name, author_profession, author_office, written_at, body)
    SELECT f.id, RANDOM_BYTES(16), f.made_by, "試験", "040", "試験", UTC_TIMESTAMP(3), CONCAT("多い", seq) FROM care_forum f, seq_1_to_60 WHERE f.ref = ?', unhex($forum{network}));
my $page = $person{doctor}->get("/forums/$forum{network}")->json;
is(scalar @{ $page->{entries} }, 50, 'fifty a page');
is($page->{entries}[0]{body}, '多い60', '  the newest first');
is(scalar @{ $person{doctor}->get("/forums/$forum{network}?older=$page->{older}")->json->{entries} }, 10, '  and the rest behind it');
is(unread(doctor => $forum{network}), 60, 'all of them unread');

# ---- leaving, closing, leaving the office ----

is($person{nurse}->post("/forums/$forum{network}/leave", {})->status, 403, 'nobody leaves what is for all');
is($person{doctor}->post("/forums/$forum/leave", {})->status, 204, 'the doctor leaves');
hidden_from(doctor => $forum, $first);
is($person{nurse}->post("/forums/$forum/members", { person => $id{doctor} })->status, 204, '  and is named again');
ok(sees(doctor => $forum), '  then it is there again');
is($person{doctor}->post("/forums/$forum/close", {})->status, 403, 'who did not make it does not close it');
my $nurse = db('SELECT id FROM care_user WHERE login = "nurse"');
db('UPDATE care_staff SET left_at = UTC_TIMESTAMP(3) WHERE user_id = (SELECT id FROM care_user WHERE login = "doctor")');
is(scalar db('SELECT COUNT(*) FROM care_forum_reader r JOIN care_user u ON u.id = r.user_id WHERE r.ref = ? AND u.login = "doctor"', unhex($forum)), 0, 'who works there no more is in none');
db('UPDATE care_staff SET left_at = NULL WHERE user_id = (SELECT id FROM care_user WHERE login = "doctor")');
is($person{nurse}->post("/forums/$forum/close", {})->status, 204, 'its maker closes it');
hidden_from(nurse => $forum, $first);
is(scalar db('SELECT COUNT(*) FROM forum_entry e JOIN care_forum f ON f.id = e.forum_id WHERE f.ref = ?', unhex($forum)), 2, '  what was written is kept');
is_deeply([grep { $_ eq $forum{profession} } map { $_->{id} } @{ $person{operator}->get('/forums')->json->{managed} }], [$forum{profession}], 'an operator has before her what she is not in');
is($person{operator}->post("/forums/$forum{profession}/close", {})->status, 204, '  and closes it');
is($person{outsider}->post("/forums/$forum{network}/close", {})->status, 403, 'nobody else does');

done_testing;
