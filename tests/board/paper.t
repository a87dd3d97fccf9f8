#!/usr/bin/perl
# Survey note and physician's opinion as PDF: taken in and looked through by the secretary,
# shown to members a page at a time with the reader's name across it, and never as a file.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Board;
use Tomozuna::Pdf;
use Tomozuna::Test;

my ($secretary, $member, $other) = map { person($_) } qw(secretary member1 member4);
my $sitting = new_sitting('notice_sent', 30, qw(member1 member2 member3));
my $application = add_application(undef, { survey_note => undef, physician_opinion => undef, checked_at => undef }, 'care2', 600);
my $office = "/board/office/applications/$application";
sub fault { my ($answer) = @_; return join ' ', $answer->status, map { $_ // '' } @{ $answer->json->{error} // {} }{qw(field code)} }
sub add { my ($kind, $pdf, $who) = @_; return ($who // $secretary)->post_files("$office/files", { kind => $kind, paper => ["$kind.pdf", 'application/pdf', $pdf] }) }

# ---- in ----

is(fault($secretary->post("$office/check", { sure => 1 })), '400 sure missing', 'no papers at all: nothing to check');
my $named = add('survey_note', pdf_of_text('秘密田さんは歩行器で歩く', '二ページ目'));
is($named->status, 201, 'a PDF is taken in') or diag $named->text;
my $page = $secretary->get($office)->json;
is_deeply([map { "$_->{kind} $_->{pages}" } @{ $page->{papers} }], ['survey_note 2'], '  with its pages counted');
is_deeply([map { "$_->{what} $_->{word}" } @{ $page->{hits} }], ['name 秘密田'], '  and its text searched for whom it names');
is(fault($secretary->post("$office/check", { sure => 1 })), '400 sure missing', 'the other paper is missing');
is(add('physician_opinion', pdf_of_pictures(3, 300, 400))->status, 201, '  here it is, all pictures');
is($secretary->post("$office/files/" . $named->json->{id} . '/remove', {})->status, 204, 'a paper with a name is taken back');
is($secretary->get("$office/files/" . $named->json->{id})->status, 404, '  and is gone');
is(add('survey_note', pdf_of_text('本人は歩行器で歩く'))->status, 201, 'another comes instead');
is_deeply($secretary->get($office)->json->{hits}, [], '  which names nobody');
is(fault($secretary->post("$office/check", {})), '400 sure confirm', 'what may be a picture wants eyes');
is($secretary->post("$office/check", { sure => 1 })->status, 204, '  it has been looked at');
my @paper = @{ $secretary->get($office)->json->{papers} };
is(add('survey_note', 'plain text')->status, 415, 'a text is no PDF');
is(fault(add('survey_note', "%PDF-1.4\n" . 'x' x 2000)), '400 paper damaged', 'what only begins like one is refused');
is(scalar db('SELECT state FROM board_application WHERE ref = ?', unhex($application)), 'papers_ready', '  and changes nothing');
my $long = add('survey_note', pdf_of_text(('あ' x 30_000) x 3));
is($long->status, 201, 'of much text as much as can be looked at') or diag $long->text;
$secretary->post("$office/files/" . $long->json->{id} . '/remove', {});
$secretary->post("$office/check", { sure => 1 });
is(add('survey_note', pdf_of_text('x'), $member)->status, 403, 'a member adds none');

# ---- the secretary's look ----

my $picture = $secretary->get("$office/files/$paper[0]{id}/page?page=1");
is($picture->status . ' ' . $picture->type, '200 image/jpeg', 'the secretary sees a page');
is($secretary->get("$office/files/$paper[0]{id}/page?page=2")->status, 404, '  and none that there is not');
is($member->get("$office/files/$paper[0]{id}/page?page=1")->status, 403, 'a member does not come in this way');

# ---- members ----

my ($opinion) = grep { $_->{kind} eq 'physician_opinion' } @paper;
my $leaf = "/board/applications/$application/papers/$opinion->{id}";
is($member->get("$leaf/page?page=1")->status, 404, 'before the pre-review a member has nothing');
is($secretary->post("/board/office/sittings/$sitting/applications", { application => [$application] })->status, 204, 'onto the list');
is($secretary->post("/board/office/sittings/$sitting/state", { act => 'open' })->status, 204, '  and out');
is(add('survey_note', pdf_of_text('x'))->status, 409, 'now its papers stay as they are');
is_deeply([map { $_->{pages} } sort { $a->{kind} cmp $b->{kind} } @{ $member->get("/board/applications/$application")->json->{papers} }], [3, 1], 'she has both');
like($member->page("$leaf?page=2")->text, qr{src="\Q$leaf\E/page\?page=2".*page=1.*page=3}s, 'a page, with those before and behind it');
my $mine = $member->get("$leaf/page?page=1");
is($mine->status . ' ' . $mine->type, '200 image/jpeg', 'it is a picture');
like($mine->header('cache-control') // '', qr/no-store/, '  that no device keeps');
isnt($mine->body, person('member2')->get("$leaf/page?page=1")->body, '  and no two members have the same one');
is($other->get("$leaf/page?page=1")->status, 404, 'who has no seat has no page');
is(person('secretary')->get($leaf)->status, 403, 'the secretary has her own way');
unlike($member->get($leaf)->text, qr/秘密田|words/, 'nothing of the text goes with it');
go($sitting, qw(prereview_closed in_session));
is($member->get("/board/session/$sitting/$application")->json->{papers}[0]{pages} + 0, 1, 'it is on the table, too');
go($sitting, qw(closed minutes_approved purged));
is($member->get("$leaf/page?page=1")->status, 404, 'after the purge there is no page any more');
done_testing;
