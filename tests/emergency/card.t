#!/usr/bin/perl
# The kit card: who issues it, what its paper and its code say, whom it finds, until when.
use strict;
use warnings;
use utf8;
use Encode ();
use File::Temp ();
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Test;

my ($crew, $nurse, $doctor, $helper, $outsider) = map { person($_) } qw(crew nurse doctor helper outsider);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper');
my $path = "/emergency/$patient/card";
my $folder = File::Temp->newdir;
sub holds { return $nurse->get("/emergency/$patient/prepare")->json->{card} }
sub search { return $crew->post('/emergency/search', { q => $_[0] })->json }

# The text of a paper, and what a camera reads of it.
sub paper {
    my ($answer) = @_;
    open my $out, '>:raw', "$folder/card.pdf" or die;
    print {$out} $answer->body;
    close $out;
    my $text = Encode::decode('UTF-8', scalar `pdftotext -layout $folder/card.pdf - 2>/dev/null`);
    system "pdftoppm -r 150 -gray -png -singlefile $folder/card.pdf $folder/card 2>/dev/null";
    chomp(my $code = `zbarimg --quiet --raw $folder/card.png 2>/dev/null`);
    return ($text, $code);
}

# ---- issued by whoever cares for her ----

is($nurse->get($path)->status, 404, 'no card, no paper');
is(holds(), undef, 'none is issued');
is($outsider->post($path, {})->status, 404, 'nobody else issues one');
$doctor->post("/record/$patient/allergies", { substance => 'ペニシリン', reaction => '呼吸困難', category => 'medication' });
$doctor->post("/record/$patient/medications", { name => 'エドキサバン', dose => '30mg', blood_thinner => 1 });
$nurse->post("/record/$patient/emergency_contacts", { name => '試験一', relation => '子', phone => '090-0000-7741', position => 1 });
is($nurse->post($path, {})->status, 201, 'her nurse does');
is($nurse->post($path, {})->status, 409, '  one at a time');
like(holds()->{code}, qr/\A[2-7]\d{3}-\d{4}-\d{4}\z/, 'it has twelve digits');
like($nurse->page("/emergency/$patient/prepare")->text, qr/\Q${\ holds()->{code}}\E/, '  which the page shows');

# ---- its paper ----

my ($text, $code) = paper($nurse->get($path));
my $ref = db('SELECT LOWER(HEX(c.ref)) FROM emergency_kit_card c JOIN care_patient p ON p.id = c.patient_id WHERE p.ref = ? AND c.ended_at IS NULL', unhex($patient));
like($text, qr/\Q${\ holds()->{code}}\E/, 'the paper has the number');
like($text, $_, "  and $_") for qr/ペニシリン/, qr/エドキサバン.*抗血栓薬/, qr/試験一（子）\s*090-0000-7741/, qr/在宅医療機器\s+まだ聞いていない/, qr/昭和15年1月2日/;
is($code, demo('URL') . "/emergency/card/$ref", 'its code is a link and nothing else');
is($helper->get($path)->status, $helper->get("/record/$patient/papers/care_summary")->status, 'a helper prints it only if she prints other papers');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit a JOIN care_patient p ON p.id = a.subject_id WHERE p.ref = ? AND a.route = "/emergency/{patient}/card" AND a.method = "GET" AND a.status = 200', unhex($patient)) }, 20), 'each print is in the trail');

# ---- whom it finds ----

my $number = holds()->{code};
for my $said ($number, $number =~ tr/-//dr, $number =~ tr/-/ /r, $number =~ tr/0-9\-/０-９－/r) {
    my $found = search($said);
    is_deeply([map { $_->{id} } @{ $found->{candidates} }], [$patient], "found by $said");
}
my $wrong = $number;
substr($wrong, 6, 1) = (substr($wrong, 6, 1) + 1) % 10;
is(search($wrong)->{found} // 0, 0, 'one digit misheard: nobody');
my $scanned = $crew->get("/emergency/card/$ref");
is_deeply([map { $_->{id} } @{ $scanned->json->{candidates} }], [$patient], 'found by what the camera reads');
is($scanned->json->{candidates}[0]{consented} ? 1 : 0, 0, '  which opens nothing by itself');
is($crew->get("/emergency/$patient")->status, 404, '  and shows nothing');
like($crew->page("/emergency/card/$ref")->text, qr/理由をえらんでひらく/, '  but leads to the opening');
is($nurse->get("/emergency/card/$ref")->status, 403, 'nobody but crews follows it');
is(nobody_at('professional')->get("/emergency/card/$ref")->status, 400, '  nor a telephone of the street');
is($crew->get('/emergency/card/' . 'ab' x 16)->json->{found}, 0, 'a code that is none finds nobody');

# ---- until it is ended ----

is($nurse->post("$path/end", { reason => 'bored' })->status, 400, 'it ends for a reason');
is($nurse->post("$path/end", { reason => 'lost' })->status, 204, 'it was lost');
is(search($number)->{found}, 0, '  and its number finds nobody at the next search');
is($crew->get("/emergency/card/$ref")->json->{found}, 0, '  nor its code');
is($nurse->get($path)->status, 404, '  nor is it printed');
is($nurse->post("$path/end", { reason => 'lost' })->status, 409, '  once');
is($nurse->post($path, {})->status, 201, 'another one');
isnt(holds()->{code}, $number, '  has another number');
is(scalar db('SELECT COUNT(*) FROM emergency_kit_card c JOIN care_patient p ON p.id = c.patient_id WHERE p.ref = ?', unhex($patient)), 2, '  and the first is kept');

done_testing;
