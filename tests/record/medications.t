#!/usr/bin/perl
# A medication notebook's codes: compared before anything is written, then the
# list as the notebook has it.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($pharmacist, $nurse, $helper) = map { person($_) } qw(pharmacist nurse helper);
my $p = new_patient(pharmacist => 'pharmacist', nurse => 'visiting_nurse', helper => 'home_helper');
my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($p));
my $path = "/record/$p/medications";

sub list { return map { join '|', map { $_ // '' } @$_{qw(name dose dosage)} } @{ $nurse->get("/record/$p")->json->{medications}{items} } }
sub held { $pharmacist->post($path, { name => $_[0], dose => $_[1], dosage => $_[2] })->status }

held('アムロジピン錠5㎎', '1錠', '分1 朝食後');
held('フロセミド錠20mg', '1錠', '分1 朝食後');
held('市販のかぜ薬', '3錠', '毎食後');
my $head = "JAHISTC07,1\n1,試験 太郎,1,S150102\n5,R081101,1\n51,試験医院,13,1,9999999,1\n";
my @part = ("${head}201,1,アムロジピン錠５ｍｇ,1,錠,1,,1\n201,1,フロセミド錠20mg,2,錠,1,,1\n911,A,2,1\n",
    "${head}301,1,分1 朝食後,14,日分,1,1,,1\n201,2,ワルファリン錠1mg,1,錠,4,3332001F1024,1\n301,2,分1 夕食後,14,日分,1,1,,1\n911,A,2,2\n");
my $codes = $part[1] . $part[0];

my $half = $nurse->post("$path/read", { codes => $part[0] })->json;
is("$half->{fault} $half->{parts} $half->{missing_part}", 'missing 2 2', 'half of the codes: which one is missing');
my $seen = $nurse->post("$path/read", { codes => $codes });
is($seen->status, 200, 'both are compared');
is_deeply({ map { $_->{name} => $_->{state} } @{ $seen->json->{medications} } },
    { 'アムロジピン錠5mg' => 'same', 'フロセミド錠20mg' => 'changed', 'ワルファリン錠1mg' => 'added', '市販のかぜ薬' => 'missing' }, 'with what differs');
my $page = $nurse->post("$path/read", { codes => $codes }, accept => 'text/html');
like($page->text, qr/<del[^>]*>1錠 分1 朝食後<\/del>/, '  as a page, with what was before');
is(scalar(list()), 3, 'and nothing is written yet');

is($helper->post("$path/import", { codes => $codes, missing => 'keep' })->status, 403, 'a helper imports nothing');
is($nurse->post("$path/import", { codes => 'JAHISTC', missing => 'keep' })->json->{error}{field}, 'codes', 'nor anybody what is none');
is($nurse->post("$path/import", { codes => $codes, missing => 'keep' })->status, 201, 'imported');
is_deeply([sort(list())], [sort 'アムロジピン錠5㎎|1錠|分1 朝食後', 'フロセミド錠20mg|2錠|分1 朝食後', 'ワルファリン錠1mg|1錠|分1 夕食後', '市販のかぜ薬|3錠|毎食後'], 'the list is the notebook, and what it lacks stays');
is(scalar db('SELECT strip_blood_thinner FROM care_patient WHERE id = ?', $id), 1, 'a blood thinner is known by its code');
is_deeply([db('SELECT CONCAT(a.dose, " ", b.dose, " ", b.prescriber, " ", b.dispensed_on) FROM care_medication a JOIN care_medication b ON b.replaces = a.id WHERE a.patient_id = ?', $id)],
    ['1錠 2錠 試験医院 2026-11-01'], 'what changed names what it replaces');
is($nurse->post("$path/import", { codes => $codes, missing => 'end' })->status, 201, 'again, ending what it lacks');
is(scalar(list()), 3, '  adds nothing twice');
is(scalar db('SELECT end_reason FROM care_medication WHERE patient_id = ? AND name = "市販のかぜ薬"', $id), 'ended', '  and keeps what ended');
like($nurse->get("/record/$p")->json->{medications}{items}[0]{confirmed_by}, qr/\S/, 'the list counts as confirmed');

(my $other = $codes) =~ s/S150102/S100303/g;
is($nurse->post("$path/read", { codes => $other })->json->{other_person}, JSON::PP::true(), "another birth date is said");
is($nurse->post("$path/import", { codes => $other, missing => 'keep' })->status, 409, '  and not imported');
is(scalar(list()), 3, '  at all');
unlike($nurse->post("$path/read", { codes => "${head}201,1,<script>x</script>,1,錠\n" }, accept => 'text/html')->text, qr/<script>x/, 'what a code holds is never markup');

done_testing;
