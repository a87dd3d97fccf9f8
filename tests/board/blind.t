#!/usr/bin/perl
# Before the close nobody learns what another proposes: not by a route, a count, a log, the
# trail, a mail; and a member never learns whose an application is.
use strict;
use warnings;
use utf8;
use FindBin;
use Test::More;
use Tomozuna::Board;
use Tomozuna::Routes;
use Tomozuna::Statements;
use Tomozuna::Test;

my $root = "$FindBin::Bin/../..";
my $sitting = new_sitting('prereview_open', 30, qw(member1 member2 member3));
my ($application, $other) = map { add_application($sitting, {}, 'care2', 600) } 1, 2;
my %who = map { $_ => person($_) } qw(member1 member2 member3 member4 secretary operator privacy nurse);
my %ref = (sitting => $sitting, application => $application, paper => 'e' x 32);
# A paper as PDF, whose page says nothing of others, either; its text is the secretariat's.
db('INSERT INTO board_paper (ref, application_id, kind, file_id, pages, words, added_at, added_by) SELECT ?, ?, "survey_note", 1000000000 + ?, 3, "秘密田", UTC_TIMESTAMP(3), 0',
    unhex($ref{paper}), (application_key($application)) x 2);
my $canary = 'カナリアの理由' . int rand 1e9;
my @route = grep { $_->{path} =~ m{\A/board/} && $_->{who} ne 'LOOPBACK' } routes();
cmp_ok(scalar(grep { $_->{method} eq 'GET' } @route), '>=', 12, 'there are routes to ask');

# All that a person can read, by every route of the board.
sub world {
    my ($login, $accept) = @_;
    my %world;
    for my $r (grep { $_->{method} eq 'GET' } @route) {
        my $path = $r->{path} =~ s/\{(\w+)\}/$ref{$1} \/\/ 'cd' x 16/ger;
        my $answer = $who{$login}->get($path, accept => $accept);
        $world{$r->{key}} = $answer->text =~ s/name="idempotency_key" value="[^"]*"//gr if $answer->status == 200;
    }
    return \%world;
}

# ---- another's proposal changes nothing that a member sees, to the letter ----

for my $accept ('application/json', 'text/html') {
    db('DELETE FROM board_proposal WHERE sitting_id = ?', sitting_key($sitting));
    my %before = map { $_ => world($_, $accept) } qw(member1 member3 member4 nurse operator privacy);
    cmp_ok(scalar(keys %{ $before{member1} }), '>=', 4, "member1 reads her pages as $accept");
    is($who{member2}->post("/board/applications/$application/proposal", { act => 'propose', level => 'care5', months => 7, comment => $canary })->status, 204, 'another proposes');
    my %after = map { $_ => world($_, $accept) } keys %before;
    for my $login (sort keys %before) {
        is_deeply($after{$login}, $before{$login}, "  $login sees nothing of it");
    }
}
my $seen = join '', values %{ world('secretary', 'application/json') };
unlike($seen, qr/$canary/, 'the secretary sees no reason');
my ($seat) = grep { $_->{letter} eq 'B' } @{ $who{secretary}->get("/board/office/sittings/$sitting")->json->{seats} };
is("$seat->{proposed} " . join(',', grep { /level|months|comment|image/ } keys %$seat), '1 ', '  but how many, and never what');
is($who{secretary}->get("/board/session/$sitting")->status, 404, '  and no sitting to look into before the close');
is($who{$_}->get("/board/applications/$application")->status, $_ eq 'member4' ? 404 : 403, "$_ has no application") for qw(member4 nurse operator);

# The answer to a change is as long for everybody: a second proposal tells nothing of the first.
my @answer = map { my $a = $who{$_}->post("/board/applications/$application/proposal", { act => 'keep', level => 'care1', months => 6 }); $a->status . ' ' . length $a->body } qw(member1 member3);
is($answer[0], $answer[1], 'the answers are alike');

# ---- nowhere else ----

select undef, undef, undef, 6;
my @log = (glob(demo('LOG') . '/programs/*.log'), glob(demo('LOG') . '/nginx*.log'));
ok(!(grep { slurp($_) =~ /\Q$canary\E|care5/ } @log), 'no log has it');
is(scalar db('SELECT COUNT(*) FROM lib_audit WHERE LOCATE("care5", CONCAT_WS(" ", route, purpose, method)) > 0'), 0, 'nor the trail');
ok(!(grep { $_->{text} =~ /\Q$canary\E|要介護|秘密田/ } mails()), 'nor a mail');
is(scalar db('SELECT COUNT(*) FROM lib_event WHERE LOCATE(?, sentence_ja) > 0', $canary), 0, 'nor an event');

# ---- whose it is ----

# A ref may happen to have such digits inside.
my $secret = qr/秘密田|名子|ひみつだ|秘密台|(?<![0-9a-f])97\d{8}(?![0-9a-f])/;
for my $login (qw(member1 member2)) {
    for my $accept ('application/json', 'text/html') {
        my $world = world($login, $accept);
        my @names = grep { $world->{$_} =~ $secret } sort keys %$world;
        is_deeply(\@names, [], "$login never reads whose it is, as $accept");
    }
}
like($who{secretary}->page("/board/office/applications/$application")->text, $secret, '  the secretary does');

# ---- the same by reading the sources ----

for my $file (qw(member aggregate session after held)) {
    my $sql = slurp("$root/modules/board/$file.sql") =~ s/^--(?!!).*$//mgr;
    unlike($sql, qr/board_person|care_patient|board_import/, "$file.sql names no person");
    # (The purge counts what it takes away.)
    unlike($sql, qr/(?:FROM|JOIN) board_proposal\b/, '  and reads no proposal past the views') if $file ne 'after';
}
for my $statement (split /^--! (?:one|many)/m, slurp("$root/modules/board/member.sql")) {
    next if $statement !~ /board_own_proposal/;
    my $name = $statement =~ /\A \w+ (\w+)/ ? $1 : '';
    my @of = $statement =~ /user_id = :viewer/g;
    my @read = $statement =~ /board_own_proposal/g;
    next if $name eq '';
    cmp_ok(scalar @of, '>=', scalar @read, "member.sql $name: one's own is one's own");
}
# Nor could it: what each of the two accounts may not read, whatever its statements become.
my @map = map { "SELECT $_ FROM board_person" } qw(application_id family insured_number);
is_deeply([refusals('board', @map)], [(1142) x @map], 'who serves members cannot read whose it is');
is_deeply([refusals('board', 'SELECT reason FROM board_recusal', 'SELECT insured_number FROM care_patient')], [1143, 1143], '  nor the ground of a conflict');
is_deeply([refusals('secretariat', map { "SELECT level FROM $_" } qw(board_proposal board_own_proposal board_shown_proposal board_ballot))], [(1142) x 4], 'the secretariat cannot read what a member thinks');
for my $file (qw(sittings application opinions)) {
    unlike(slurp("$root/modules/board/$file.c"), qr/office_sql|after_sql|session_sql/, "$file.c has no other statements");
}

# ---- after the close they see it, and conflicts without their ground ----

db('INSERT INTO board_recusal (application_id, user_id, reason, at, by_user) VALUES (?, ?, "relative", UTC_TIMESTAMP(3), 0)', application_key($other), user_key('member3'));
db('UPDATE board_sitting SET closes_at = UTC_TIMESTAMP(3) WHERE ref = ?', unhex($sitting));
is($who{member1}->post("/board/applications/$application/proposal", { act => 'keep', comment => 'x' })->status, 409, 'closed: no more');
ok(wait_for(sub { db('SELECT state FROM board_sitting WHERE ref = ?', unhex($sitting)) eq 'prereview_closed' }, 60), 'the close comes by itself');
my $page = $who{member1}->get("/board/sittings/$sitting");
my ($differing) = grep { $_->{id} eq $application } @{ $page->json->{differing} };
is_deeply($differing->{cells}[7]{letters}, ['B'], 'now all see who stands where');
my ($conflict) = grep { $_->{id} eq $other } @{ $page->json->{differing} };
is_deeply($conflict->{conflicts}, ['C'], 'a conflict is told');
unlike($page->text, qr/relative/, '  without its ground');
is($who{member3}->post("/board/applications/$other/proposal", { act => 'keep' })->status, 403, '  and she does not propose');
done_testing;
