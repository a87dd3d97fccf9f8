#!/usr/bin/perl
# One person of two professions in one office: what she may is the union of both, no
# more, and what she has one profession less for is gone at the next request.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

# A care manager who is a nurse besides; beside her who is one of the two.
my ($both, $planner, $nurse, $doctor) = map { person($_) } qw(carenurse caremanager nurse doctor);
my %who = (both => $both, planner => $planner, nurse => $nurse);
my $p = new_patient(carenurse => 'care_manager', caremanager => 'care_manager', nurse => 'visiting_nurse', doctor => 'attending_physician');
my $network = db('SELECT network_id FROM care_user WHERE login = "carenurse"');
END { local $?; further('040'); db('DELETE FROM care_network_right WHERE network_id = ?', $network) if $network }

sub further { db('UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.further_professions = ? WHERE u.login = "carenurse"', $_[0]); return }
sub says { my ($who, %field) = @_; return $who{$who}->post("/timeline/$p", { body => '共有', %field })->status }
sub offered { my ($who) = @_; return join ' ', map { $_->{kind} } @{ $who{$who}->get("/timeline/$p/write")->json->{kinds} } }
sub addressed { return $doctor->post("/timeline/$p", { body => "宛先 @_", audience => 'professions', profession => [@_] })->json->{id} }
sub sees { my ($who, $entry) = @_; return $who{$who}->get("/timeline/$p/$entry")->status == 200 ? 1 : 0 }
sub plan_of {
    my ($who) = @_;
    my ($newest) = map { $_->{version} } @{ $who{$who}->get("/record/$p/care_plans")->json->{plans} };
    return $who{$who}->post("/record/$p/care_plans", { newest => $newest // 0, valid_from => '2026-12-01', valid_to => '2027-05-31',
        wishes => '家で', policy => '転ばない', goals => '歩く', services => '訪問看護', what_changed => '試験' })->status;
}
sub receives {
    my ($who) = @_;
    my $answer = $who{$who}->post('/vaccination/stock', { product => 'none', lot_number => 'A1', expires_on => '2099-01-01', stock => 1 });
    return $answer->status;     # 400: she might, with a product that there is
}
sub reports { my ($who) = @_; return $who{$who}->get("/record/$p/papers/visit_report?month=2026-10-01")->status }
sub signs { my ($entry) = @_; my ($e) = grep { $_->{id} eq $entry } @{ $doctor->get("/timeline/$p")->json->{entries} }; return $e->{author}{profession_code} }

# ---- the matrix: deed => who may ----

my %MAY = (
    'a care plan'          => [sub { plan_of($_[0]) },                              201, { planner => 1, both => 1 }],
    'what is diagnosed'    => [sub { says($_[0], kind => 'diagnosis') },         201, { nurse => 1, both => 1 }],
    'medication'           => [sub { says($_[0], kind => 'medication') },        201, { nurse => 1, both => 1 }],
    'a note'               => [sub { says($_[0], kind => 'note') },              201, { planner => 1, nurse => 1, both => 1 }],
    'a stock of vaccines'  => [sub { receives($_[0]) },                          400, { nurse => 1, both => 1 }],
    'a report of visits'   => [sub { reports($_[0]) },                           404, { nurse => 1, both => 1 }],
);
sub matrix {
    my ($title, $is) = @_;
    my @wrong;
    for my $deed (sort keys %MAY) {
        my ($do, $fine, $may) = @{ $MAY{$deed} };
        for my $who (sort keys %who) {
            my $got = $do->($who);
            my $want = $may->{ $who eq 'both' ? $is : $who } ? $fine : 403;
            push @wrong, "$who, $deed: $got instead of $want" if $got != $want;
        }
    }
    is_deeply(\@wrong, [], $title);
    return;
}
matrix('she may what either may', 'both');
is(offered('both'), offered('nurse'), 'is offered what a nurse is');
isnt(offered('both'), offered('planner'), '  and not only what a care manager is');
like($both->page('/patients')->text, qr{介護支援専門員 / 看護師}, 'the frame of her pages names both');
{
    my ($m) = grep { $_->{profession} eq '介護支援専門員' && @{ $_->{further} } } @{ $nurse->get("/team/$p")->json->{members} };
    is_deeply([map { $_->{profession} } @{ $m->{further} }], ['看護師'], 'and the team reads who she is');
    like($nurse->page("/team/$p")->text, qr{介護支援専門員 / 看護師}, '  on its page');
}

# ---- addressed as either ----

my %to = map { $_ => addressed($_) } qw(150 040 010);
is(join(' ', map { sees(both => $to{$_}) } qw(150 040 010)), '1 1 0', 'an entry for care managers, one for nurses, not one for physicians');
is(join(' ', map { sees(planner => $to{$_}) } qw(150 040 010)), '1 0 0', 'who is only one of them reads that');
{
    my @code = map { $_->{code} } @{ $doctor->get("/timeline/$p/write")->json->{professions} };
    is_deeply([sort @code], [qw(010 040 150)], 'each profession is offered once to whoever writes');
    my $id = $doctor->post("/timeline/$p", { body => 'うかがいます', asked => '040', due_on => '2099-01-01' })->json->{id};
    is_deeply([db('SELECT u.login FROM care_mark m JOIN care_user u ON u.id = m.user_id WHERE m.ref = ? AND m.kind = "question" ORDER BY u.login', unhex($id))],
        [qw(carenurse nurse)], 'a question to nurses waits for her, too');
}
is(signs($both->post("/timeline/$p", { body => '訪問した', kind => 'note' })->json->{id}), '150', 'she signs with the first');

# ---- a network's own rights: the union of what it leaves to each ----

my $illness = $doctor->post("/timeline/$p", { body => '診断', kind => 'diagnosis' })->json->{id};
db('INSERT INTO care_network_right (network_id, profession, sees) VALUES (?, "040", "note")', $network);
ok(!sees(nurse => $illness) && sees(both => $illness), 'taken from nurses she reads it as a care manager');
is(says('both', kind => 'diagnosis'), 403, '  and writes none: nurses read none, care managers write none');
db('INSERT INTO care_network_right (network_id, profession, sees) VALUES (?, "150", "plan")', $network);
ok(!sees(both => $illness), 'taken from both she does not');
db('DELETE FROM care_network_right WHERE network_id = ?', $network);
ok(sees(both => $illness), 'and reads it when they are given back');

# ---- one profession less ----

my $waits = sub { scalar db('SELECT COUNT(*) FROM care_mark m JOIN care_user u ON u.id = m.user_id WHERE u.login = "carenurse" AND m.ref = ?', unhex($to{'040'})) };
is($waits->(), 1, 'what is for nurses waits for her');
further(undef);
matrix('no nurse any more, at the next request', 'planner');
is(sees(both => $to{'040'}) . $waits->(), '00', 'what is for nurses is gone, and waits no more');
is(offered('both'), offered('planner'), 'she is offered what a care manager is');
further('040');
is(sees(both => $to{'040'}) . $waits->(), '11', 'and all is as before');
is(signs($illness), '010', '(entries stay signed as they were)');
done_testing;
