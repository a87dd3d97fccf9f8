#!/usr/bin/perl
# The town's circulars: to every clinic and hospital of the network, read by each person of it
# for herself; the desk sees who has and who has not.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Picture;
use Tomozuna::Test;

my ($clerk, $doctor, $nurse) = map { person($_) } qw(clerk doctor nurse);
my $desk = '/vaccination/desk/circulars';
my $mine = '/vaccination/circulars';
my $office = db('SELECT o.name FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = "doctor" ORDER BY o.id LIMIT 1');
my @made;
END {
    local $?;
    for (@made) {
        db('DELETE FROM care_notice WHERE cause = ?', unhex($_));
        my $id = db('SELECT id FROM vaccination_circular WHERE ref = ?', unhex($_));
        db("DELETE FROM $_ WHERE circular_id = ?", $id) for qw(vaccination_circular_file vaccination_circular_reader vaccination_circular_office);
        db('DELETE FROM vaccination_circular WHERE id = ?', $id);
    }
}

sub told { return scalar db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.kind = "circular" AND n.cause = ? AND u.login = ?', unhex($_[0]), $_[1]) }
sub unread { return $_[0]->get('/vaccination')->json->{unread_circulars} }
sub seen { my ($who, $id) = @_; my ($c) = grep { $_->{id} eq $id } @{ $who->get($mine)->json->{circulars} }; return $c }

is($doctor->get($desk)->status, 403, 'the desk alone sends');
is($doctor->post($desk, { subject => 'x', body => 'y' })->status, 403, '  and nobody else');
is($clerk->post($desk, { subject => '', body => 'y' })->json->{error}{field}, 'subject', 'a circular has a subject');
my $before = unread($doctor);
my $made = $clerk->post($desk, { subject => '供給の見込み', body => "来週は届きません。\n再来週に送ります。" });
is($made->status, 201, 'sent');
my $id = $made->json->{id};
push @made, $id;
is(join(' ', map { told($id, $_) } qw(doctor nurse)), '1 0', 'clinics are told by mail, a nursing station is not');
is(unread($doctor) - $before, 1, '  and it counts as unread');
is(seen($doctor, $id)->{body}, "来週は届きません。\n再来週に送ります。", '  with its words');
is(seen($nurse, $id), undef, '  for those whom it went to');
is($nurse->post("$mine/$id/read", {})->status, 404, '  and no others');
my $who = sub { return grep { $_->{office} eq $office } @{ $clerk->get("$desk/$id")->json->{recipients} } };
my ($line) = $who->();
ok(!$line->{has_read}, 'the desk sees that it was not read there');
is($doctor->post("$mine/$id/read", {})->status, 204, 'read');
is($doctor->post("$mine/$id/read", {})->status, 204, '  and again');
is(unread($doctor) - $before, 0, '  it counts no more');
($line) = $who->();
ok($line->{has_read}, 'the desk sees that it was');
is(scalar @{ $line->{readers} }, 1, '  by whom, once');
is($line->{readers}[0]{reader_name}, db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "doctor"'), '  by name');
my ($listed) = grep { $_->{id} eq $id } @{ $clerk->get($desk)->json->{circulars} };
is($listed->{offices_read}, 1, '  and how many of how many');
cmp_ok($listed->{offices}, '>', 1, '  clinics');
# ---- with a file ----

my $paper = $clerk->post_files($desk, { subject => '様式', body => '添付を使ってください。', attachment => ['予診票.jpg', 'image/jpeg', jpeg()] });
is($paper->status, 201, 'one with a file');
my $with = $paper->json->{id};
push @made, $with;
my ($file) = @{ seen($doctor, $with)->{files} };
is($file->{name}, '予診票.jpg', '  which the clinic sees by name');
is($doctor->get("$mine/$with/files/$file->{id}")->header('content-type'), 'image/jpeg', '  and opens');
is($clerk->get("$desk/$with/files/$file->{id}")->header('content-type'), 'image/jpeg', '  as the desk does');
is($nurse->get("$mine/$with/files/$file->{id}")->status, 404, '  and nobody to whom it did not go');
is($doctor->get("$mine/$id/files/$file->{id}")->status, 404, '  nor under another circular');
is($doctor->get("$desk/$with/files/$file->{id}")->status, 403, '  nor a clinic at the desk');
is($clerk->post_files($desk, { subject => 'x', body => 'y', attachment => ['a.exe', 'application/pdf', "MZ\0\0" . "\0" x 600] })->status, 415, 'a program is no attachment');

# ---- taken back ----

is($doctor->post("$desk/$id/end", {})->status, 403, 'a clinic takes nothing back');
is($clerk->post("$desk/$id/end", {})->status, 204, 'taken back');
is($clerk->post("$desk/$id/end", {})->status, 409, '  once');
ok(seen($doctor, $id)->{ended_at}, '  where it went it says so');
is($clerk->get("$desk/" . 'ab' x 16)->status, 404, 'one that there is not');
is($_->[0]->page($_->[1])->status, 200, "page $_->[1]") for [$clerk, $desk], [$clerk, "$desk/$id"], [$doctor, $mine], [$nurse, $mine];

done_testing;
