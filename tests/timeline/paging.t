#!/usr/bin/perl
# Paging by cursor: all of it, once, while others write.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my $nurse = person('nurse');
my $doctor = person('doctor');
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $other = new_patient(nurse => 'visiting_nurse');

my @id = map { $nurse->post("/timeline/$patient", { body => "記録 $_" })->json->{id} } 1 .. 120;
is(entries_of($patient), 120, '120 entries');

sub page_of { my ($who, $older) = @_; return $who->get("/timeline/$patient" . (defined $older ? "?older=$older" : ''))->json }

# A writer goes on all the while.
my $writer = fork // die "fork: $!\n";
if (!$writer) {
    my $late = person('doctor');
    for my $n (1 .. 40) { my $a = $late->post("/timeline/$patient", { body => "あとから $n" }); warn $a->status, $a->text if $a->status != 201 }
    require POSIX;
    POSIX::_exit(0);
}
wait_for(sub { entries_of($patient) > 122 }, 10);
my (@seen, $older, @size);
do {
    my $page = page_of($nurse, $older);
    push @seen, map { $_->{body} } @{ $page->{entries} };
    push @size, scalar @{ $page->{entries} };
    $older = $page->{older};
    select undef, undef, undef, 0.1;
} while (defined $older && @size < 20);
waitpid $writer, 0;

my @old = grep { /\A記録/ } @seen;
is_deeply(\@old, [map { "記録 $_" } reverse 1 .. 120], 'each of the 120 once, newest first');
my %twice;
$twice{$_}++ for @seen;
is_deeply([grep { $twice{$_} > 1 } keys %twice], [], '  none of the later ones twice');
cmp_ok($_, '<=', 50, "  $_ a page") for @size;
is($size[0], 50, '  the first is full');
is(scalar(grep { $_->{body} =~ /\Aあとから/ } @{ page_of($nurse)->{entries} }), 40, 'the later ones are on the first page afterwards');

# ---- the cursor ----

my $cursor = page_of($nurse)->{older};
like($cursor, qr/\A[A-Za-z0-9_-]+\z/, 'a cursor says nothing');
is_deeply(page_of($doctor, $cursor)->{entries}[0]{id}, page_of($nurse, $cursor)->{entries}[0]{id}, '  and works for a colleague');
my $foreign = $nurse->get("/timeline/$other?older=$cursor")->json;
is_deeply($foreign->{entries}, [], 'under another patient it shows nothing of this one');
for my $bad ('1', '0', '-1', 'x' x 32, substr($cursor, 1), $cursor . 'A', $cursor =~ tr/A-Za-z/B-ZAb-za/r, '9' x 40, "$cursor%00") {
    my $answer = $nurse->get("/timeline/$patient?older=$bad");
    is($answer->status . ' ' . ($answer->json->{error}{field} // ''), '400 older', 'a cursor that nobody gave out');
}
is($nurse->get("/timeline/$patient?older=$cursor&older=$cursor")->json->{error}{code}, 'twice', 'nor twice');
is($nurse->get("/timeline/$patient?older=")->status, 200, 'an empty one is none');
like($nurse->page("/timeline/$patient")->text, qr/\Q?older=\E[A-Za-z0-9_-]+/, 'the page links to what is older');
unlike($nurse->page("/timeline/$other")->text, qr/\?older=/, '  where there is any');

done_testing;
