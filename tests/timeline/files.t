#!/usr/bin/perl
# Photos, papers and video of an entry: in, sealed, out in ranges; what is refused.
use strict;
use warnings;
use utf8;
use Digest::SHA qw(sha256_hex);
use Encode qw(encode);
use File::Temp qw(tempfile);
use IO::Compress::Zip ();
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Picture;
use Tomozuna::Raw;
use Tomozuna::Test;

my %person = map { $_ => person($_) } qw(nurse doctor outsider);
my $nurse = $person{nurse};
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $url = "/timeline/$patient";

sub top { return $person{ $_[0] // 'doctor' }->get($url)->json->{entries}[0] }
sub sent { my ($field, %header) = @_; return $nurse->post_files($url, $field, %header) }
sub chunks { return scalar db('SELECT COUNT(*) FROM care_file_chunk') }
sub kept { return scalar db('SELECT COUNT(*) FROM care_file WHERE kept_at IS NOT NULL') }
sub path_of { my ($entry, $n) = @_; return "$url/$entry->{id}/files/$entry->{attachments}[$n // 0]{id}" }
sub refused {
    my ($field, $want, $what) = @_;
    my ($entries, $kept) = (entries_of($patient), kept());
    my $answer = sent($field);
    my $error = $answer->json->{error} // {};
    is(join(' ', $answer->status, $error->{code} // '', $error->{field} // ''), $want, $what);
    is(entries_of($patient) . ' ' . kept(), "$entries $kept", '  nothing is kept');
    return $answer;
}

# ---- a photo with words ----

my $made = sent({ body => '右のかかと、赤みが引いた', urgent => 1, attachment => ['かかと 1.jpg', 'image/jpeg', jpeg()] });
is($made->status, 201, 'an entry with a photo') or diag($made->body);
my $entry = top();
is($entry->{body}, '右のかかと、赤みが引いた', '  has its words');
ok($entry->{urgent}, '  and its other fields');
is(scalar @{ $entry->{attachments} }, 1, '  and one attachment');
my $photo = $entry->{attachments}[0];
is(join(' ', map { $photo->{$_} } qw(name type kind width height)), 'かかと 1.jpg image/jpeg picture 24 16', '  that says what it is');
my $got = $person{doctor}->get(path_of($entry));
is($got->status . ' ' . $got->header('content-type'), '200 image/jpeg', 'the doctor opens it');
is($got->header('x-content-type-options'), 'nosniff', '  nothing is guessed');
like($got->header('content-security-policy'), qr/default-src 'none'.*sandbox/, '  nothing of it runs');
is($got->header('cache-control'), 'no-store', '  nothing is kept');
is($got->header('content-disposition'), q(inline; filename="___ 1.jpg"; filename*=UTF-8''%E3%81%8B%E3%81%8B%E3%81%A8%201.jpg), '  its name, for old and new clients');
is($got->header('content-length'), length $got->body, '  whole');
like($person{doctor}->get(path_of($entry) . '?save=1')->header('content-disposition'), qr/\Aattachment; /, 'or stores it');
is($person{outsider}->get(path_of($entry))->status, 404, 'an outsider does not know of it');
is(nobody_at('open')->get(path_of($entry))->status =~ /\A40[134]\z/, 1, 'nor does the open door');
is($nurse->get("$url/$entry->{id}/files/" . 'ab' x 16)->status, 404, 'a file that there is not');
my $other = sent({ body => 'ほかの記録' })->json->{id};
is($nurse->get("$url/$other/files/$photo->{id}")->status, 404, 'a file of another entry');
is_deeply(top()->{attachments}, [], 'an entry without files has none');
like($person{doctor}->page($url)->text, qr{files#f-$photo->{id}}, 'the page leads to it');
like($person{doctor}->page("$url/$entry->{id}/files")->text, qr{<img class="large" src="$url/$entry->{id}/files/$photo->{id}"}, '  and shows it large');
ok(wait_for(sub { db('SELECT COUNT(*) FROM lib_audit WHERE route = "/timeline/{patient}/{entry}/files/{file}" AND status = 200
    AND user_id = (SELECT id FROM care_user WHERE login = "doctor") AND subject_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($patient)) > 0 }, 30),
    'each look is in the audit trail');

# ---- what it says besides is gone ----

# All that is left but the colour profile, which has an author of its own.
sub exiftool {
    my ($bytes) = @_;
    my ($out, $file) = tempfile(UNLINK => 1);
    binmode $out;
    print {$out} $bytes;
    close $out or die;
    return scalar qx(exiftool -a -ee --ICC_Profile:all $file);
}


is(index($got->body, MARK), -1, 'a JPEG without place, owner, comment');
is_deeply([segments($got->body)], [qw(e0 e1 e2 db db c0 c4 c4 c4 c4 da)], '  but with its colours');
like($got->body, qr/Exif\0\0MM\0\*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06/, '  and the way it is turned');
for my $case (['png', png(tail => MARK)], ['webp', webp(tail => MARK)], ['jpeg', jpeg(tail => 'PK' . MARK, little => 1)], ['mp4', mp4(200_000)]) {
    my ($kind, $bytes) = @$case;
    is(sent({ attachment => ["a.$kind", '', $bytes] })->status, 201, "$kind: taken, without words too");
    my $clean = $person{doctor}->get(path_of(top()))->body;
    cmp_ok(length $clean, '>', 100, '  there is something of it');
    is(index($clean, MARK), -1, '  without what it says besides');
    unlike(exiftool($clean), qr/GPS|Make|Copyright|Comment|XMP|SECRET|Warning|Error/i, '  says exiftool');
}

# ---- sealed ----

my $film = mp4(1_000_000);
my $paper = "%PDF-1.4\n" . 'CLEARTEXT' x 20_000 . "\n%%EOF\n";
my $mixed = sent({ body => '二つ', attachment => [['film.mp4', 'video/mp4', $film], ['紹介状.pdf', 'application/pdf', $paper]] });
is($mixed->status, 201, 'a film and a paper');
my $two = top();
is(join(' ', map { $_->{kind} } @{ $two->{attachments} }), 'video paper', '  in their order');
is(scalar db('SELECT COUNT(*) FROM care_file_chunk WHERE LOCATE("CLEARTEXT", sealed) > 0'), 0, 'no chunk is clear text');
is(scalar db('SELECT MAX(LENGTH(sealed)) FROM care_file_chunk'), 65_308, 'a chunk fits four pages');
my $pdf = $person{doctor}->get(path_of($two, 1));
is(sha256_hex($pdf->body), sha256_hex($paper), 'the paper comes back as it was');
like($pdf->header('content-disposition'), qr/\Aattachment; filename="___.pdf"/, '  to be stored, not shown');
is($pdf->header('content-type'), 'application/pdf', '  as what it is');

# ---- papers of other kinds ----

# A document of an office program as far as its beginning tells.
sub office {
    my ($main) = @_;
    my $zip = '';
    my $out = IO::Compress::Zip->new(\$zip, Name => '[Content_Types].xml', Method => IO::Compress::Zip::ZIP_CM_STORE(), Stream => 0);
    print {$out} '<?xml version="1.0"?><Types/>';
    for my $name ('_rels/.rels', $main) {
        $out->newStream(Name => $name, Method => IO::Compress::Zip::ZIP_CM_STORE(), Stream => 0);
        print {$out} '<x/>' x 100;
    }
    close $out;
    return $zip;
}
for my $case (['a.docx', 'word/document.xml', 'wordprocessingml.document'], ['a.xlsx', 'xl/workbook.xml', 'spreadsheetml.sheet'], ['a.pptx', 'ppt/presentation.xml', 'presentationml.presentation']) {
    my ($name, $main, $kind) = @$case;
    my $bytes = office($main);
    is(sent({ attachment => [$name, 'application/octet-stream', $bytes] })->status, 201, "$name is taken");
    like(top()->{attachments}[0]{type}, qr/openxmlformats-officedocument\.\Q$kind\E\z/, '  as what it is');
    is(sha256_hex($person{doctor}->get(path_of(top()))->body), sha256_hex($bytes), '  and comes back as it was');
}
is(sent({ attachment => ['メモ.txt', 'text/plain', "\x83\x81\x83\x82\r\n"] })->status, 201, 'a text in CP932');
like($person{doctor}->get(path_of(top()))->header('content-disposition'), qr/\Aattachment/, '  is stored, not shown');

# ---- ranges ----

my $path = path_of($two);
my $whole = $person{doctor}->get($path)->body;
is(length $whole, length $film, 'the film has its length');
my $tag = $person{doctor}->get($path)->header('etag');
is($person{doctor}->request('HEAD', $path)->header('content-length'), length $whole, 'HEAD tells the length');
for my $case (['0-0', 0, 1], ['0-99', 0, 100], ['65279-65280', 65279, 2], ['100000-500000', 100_000, 400_001], ['999990-', 999_990, 10],
    ['-7', 999_993, 7], ['0-', 0, 1_000_000], ['-5000000', 0, 1_000_000], ['999999-5000000', 999_999, 1]) {
    my ($range, $from, $n) = @$case;
    my $part = $person{doctor}->get($path, range => "bytes=$range");
    is($part->status . ' ' . ($part->header('content-range') // ''), "206 bytes $from-" . ($from + $n - 1) . '/1000000', "bytes=$range");
    is(sha256_hex($part->body), sha256_hex(substr $whole, $from, $n), '  are those bytes');
}
for my $none ('1000000-', '1000000-1000001', '-0') {
    my $part = $person{doctor}->get($path, range => "bytes=$none");
    is($part->status . ' ' . ($part->header('content-range') // ''), '416 bytes */1000000', "bytes=$none: there is nothing");
}
is($person{doctor}->get($path, range => $_)->status, 200, "a range that is none: $_") for 'bytes=5-4', 'bytes=0-1,5-6', 'bytes=x', 'lines=1-2', 'bytes=', 'bytes=--1', 'bytes=1-2x', 'bytes=99999999999999999999-';
is($person{doctor}->get($path, range => 'bytes=0-9', 'if-range' => $tag)->status, 206, 'If-Range of the same bytes');
is($person{doctor}->get($path, range => 'bytes=0-9', 'if-range' => '"x"')->status, 200, 'If-Range of others: all of it');
is($person{doctor}->get($path, 'if-none-match' => $tag)->status, 304, 'If-None-Match: had already');

# ---- chunks that were tampered with ----

my $file = db('SELECT id FROM care_file WHERE ref = ?', unhex($two->{attachments}[0]{id}));
sub changed {
    my ($what, @sql) = @_;
    db('CREATE TABLE t_files_saved AS SELECT * FROM care_file_chunk WHERE file_id = ?', $file);
    my $row = (db_rows('SELECT bytes, HEX(wrapped_key) AS k, type FROM care_file WHERE id = ?', $file))[0];
    db($_) for @sql;
    my $answer = $person{doctor}->get($path, range => 'bytes=65280-200000');
    my $all = $person{doctor}->get($path);
    ok($answer->status == 503 || $all->status == 503 || $all->status == 599, "$what: shows") or diag($answer->status, ' ', $all->status, ' ', length $all->body);
    isnt(sha256_hex($all->body), sha256_hex($whole), '  and nothing false is taken for it');
    db('DELETE FROM care_file_chunk WHERE file_id = ?', $file);
    db('INSERT INTO care_file_chunk SELECT * FROM t_files_saved');
    db('DROP TABLE t_files_saved');
    db('UPDATE care_file SET bytes = ?, wrapped_key = ?, type = ? WHERE id = ?', $row->{bytes}, unhex($row->{k}), $row->{type}, $file);
    return;
}
my $of = "file_id = $file AND number";
changed('two chunks swapped', "UPDATE care_file_chunk SET number = 99 WHERE $of = 1", "UPDATE care_file_chunk SET number = 1 WHERE $of = 2", "UPDATE care_file_chunk SET number = 2 WHERE $of = 99");
changed('one byte changed', "UPDATE care_file_chunk SET sealed = INSERT(sealed, 100, 1, CHAR(ASCII(SUBSTR(sealed, 100, 1)) ^ 1)) WHERE $of = 1");
changed('a chunk missing', "DELETE FROM care_file_chunk WHERE $of = 2");
changed('a chunk missing and the others moved up', "DELETE FROM care_file_chunk WHERE $of = 2", "UPDATE care_file_chunk SET number = number - 1 WHERE $of > 2 ORDER BY number");
changed('cut off at the end', "DELETE FROM care_file_chunk WHERE $of = 15", "UPDATE care_file SET bytes = 15 * 65280 WHERE id = $file");
changed('the same chunk twice', "UPDATE care_file_chunk c JOIN care_file_chunk d ON d.file_id = c.file_id AND d.number = 1 SET c.sealed = d.sealed WHERE c.file_id = $file AND c.number = 2");
changed('another type', "UPDATE care_file SET type = 'text/html' WHERE id = $file");
changed('a chunk of another file', "UPDATE care_file_chunk c JOIN care_file_chunk d ON d.number = 0 AND d.file_id = (SELECT id FROM care_file WHERE ref = X'$two->{attachments}[1]{id}') SET c.sealed = d.sealed WHERE c.file_id = $file AND c.number = 0");
is(sha256_hex($person{doctor}->get($path)->body), sha256_hex($whole), 'put back it opens again');

# ---- refused ----

refused({ body => 'x', attachment => ['a.html', 'image/jpeg', '<!DOCTYPE html><html><script>alert(1)</script></html>'] }, '415 file_type attachment', 'a page that calls itself a photo');
refused({ body => 'x', attachment => ['a.svg', 'image/svg+xml', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'] }, '415 file_type attachment', 'a drawing with script');
refused({ body => 'x', attachment => ['a.sh', 'text/plain', "#!/bin/sh\nrm -rf /\n"] }, '415 file_type attachment', 'a program');
refused({ body => 'x', attachment => ['a.exe', 'application/pdf', 'MZ' . "\0" x 500] }, '415 file_type attachment', 'another');
refused({ body => 'x', attachment => ['a.heic', 'image/heic', pack('N', 24) . 'ftypheic' . "\0\0\0\0heicmif1" . 'x' x 100] }, '415 file_heic attachment', 'HEIC, in words of its own');
refused({ body => 'x', attachment => ['a.jpg', 'image/jpeg', substr jpeg(), 0, 700] }, '400 file_damaged attachment', 'half a photo');
refused({ body => 'x', attachment => ['a.png', 'image/png', substr(png(), 0, -12)] }, '400 file_damaged attachment', 'a PNG without its end');
refused({ body => 'x', attachment => ['a.mp4', 'video/mp4', substr mp4(200_000), 0, 150_000] }, '400 file_damaged attachment', 'half a film');
{
    my $huge = png(said => 0);
    substr $huge, 16, 8, pack 'NN', 100_000, 100_000;
    refused({ body => 'x', attachment => ['a.png', 'image/png', $huge] }, '400 file_pixels attachment', 'a picture of 100,000 pixels a side');
}
refused({ body => 'x', attachment => ['a.jpg', 'image/jpeg', ''] }, '400 file_empty attachment', 'an empty file');
refused({ body => 'x', attachment => [map { ["$_.jpg", 'image/jpeg', jpeg()] } 1 .. 11] }, '400 too_many attachment', 'eleven files');
refused({ body => 'x', thumbnail => ['t.jpg', 'image/jpeg', jpeg(pad => 120_000)] }, '413 too_large thumbnail', 'a thumbnail that is none');
refused({ body => 'x', attachment => ["a\tb.jpg", 'image/jpeg', jpeg()] }, '400 file_name attachment', 'a control character in the name');
refused({ body => 'x', attachment => ["a\x{202e}gpj.exe.jpg", 'image/jpeg', jpeg()] }, '400 file_name attachment', 'a name that reads otherwise than it is');
refused({ body => 'x', attachment => ['a' x 130 . '.jpg', 'image/jpeg', jpeg()] }, '400 file_name attachment', 'a name without end');
refused({ body => 'x', foreign => ['a.jpg', 'image/jpeg', jpeg()] }, '400 unknown foreign', 'a file that nobody asked for');
refused({ body => ['b.jpg', 'image/jpeg', jpeg()] }, '400 malformed body', 'a file where a text belongs');
refused({ body => 'x', attachment => 'only text' }, '400 malformed attachment', 'a text where a file belongs');
refused({ body => 'x', foreign => 'y' }, '400 unknown foreign', 'an unknown field');
refused({ urgent => 1 }, '400 missing body', 'neither words nor a file');
refused({ attachment => ['', 'application/octet-stream', ''] }, '400 missing body', 'no file chosen, as a form says it');
refused({ body => 'x' x 4001, attachment => ['a.jpg', 'image/jpeg', jpeg()] }, '400 too_long body', 'too many words');
my $page = $nurse->post_files($url, { body => '大切な文', kind => 'report', attachment => ['a.sh', '', "#!/bin/sh\n"] }, accept => 'text/html');
is($page->status, 415, 'as a page');
like($page->text, qr{大切な文</textarea>}, '  that loses nothing typed');
like($page->text, qr{enctype="multipart/form-data".*<input id="f-attachment" name="attachment" type="file"}s, '  and asks for the file again');
like($page->text, qr{この種類のファイルは受け付けません}, '  and says why');
my $denied = $person{outsider}->post_files($url, { body => 'x', attachment => ['a.jpg', 'image/jpeg', jpeg()] });
is($denied->status, 404, 'an outsider sends nothing');
my $before = db('SELECT COALESCE(MAX(id), 0) FROM care_file');
$person{outsider}->post_files($url, { body => 'x', attachment => ['a.jpg', 'image/jpeg', jpeg()] });
is(scalar db('SELECT COALESCE(MAX(id), 0) FROM care_file'), $before, '  and not a row comes of it');

# ---- bodies that are none ----

my $type = 'multipart/form-data; boundary=X';
sub body { my ($bytes, $as) = @_; return $nurse->request('POST', $url, $bytes, 'content-type' => $as // $type) }
my $part = "Content-Disposition: form-data; name=\"body\"\r\n\r\nabc\r\n";
for my $case (['nothing', ''], ['no boundary', $part], ['another boundary', "--Y\r\n$part--Y--\r\n"], ['no end', "--X\r\n$part--X\r\n"], ['something before', "x\r\n--X\r\n$part--X--\r\n"],
    ['something behind', "--X\r\n$part--X--\r\nx"], ['line feeds alone', "--X\n" . ($part =~ s/\r//gr) . "--X--\n"], ['no head', "--X\r\n\r\nabc\r\n--X--\r\n"],
    ['no name', "--X\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--X--\r\n"], ['two names', "--X\r\nContent-Disposition: form-data; name=\"body\"; name=\"kind\"\r\n\r\nabc\r\n--X--\r\n"],
    ['an odd name', "--X\r\nContent-Disposition: form-data; name=\"bo dy\"\r\n\r\nabc\r\n--X--\r\n"], ['two dispositions', "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n$part--X--\r\n"],
    ['a folded head', "--X\r\nContent-Disposition: form-data;\r\n name=\"body\"\r\n\r\nabc\r\n--X--\r\n"], ['base64', "--X\r\nContent-Transfer-Encoding: base64\r\n$part--X--\r\n"],
    ['a long head', "--X\r\nX-A: " . 'a' x 5000 . "\r\n$part--X--\r\n"], ['an open quote', "--X\r\nContent-Disposition: form-data; name=\"body\r\n\r\nabc\r\n--X--\r\n"],
    ['501 parts', "--X\r\n" . ("Content-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--X\r\n") x 501 . "$part--X--\r\n"]) {
    my $answer = body($case->[1]);
    is($answer->status . ' ' . $answer->error, '400 malformed', "a body that is none: $case->[0]");
}
for my $as ('multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary="X', 'multipart/form-data; boundary=X; boundary=Y', 'multipart/form-data; boundary=' . 'X' x 71, 'multipart/form-datax; boundary=X', 'multipart/form-data boundary=X') {
    is(body("--X\r\n$part--X--\r\n", $as)->status, 400, "a type that is none: $as");
}
is(body("--X\r\n$part--X--\r\n", 'multipart/mixed; boundary=X')->status, 415, 'another type');
is(body("--X\r\n$part--X--\r\n", 'Multipart/Form-Data; charset=utf-8; boundary="X"')->status, 201, 'and one that is');
is(body("--X\r\n$part--X--")->status, 201, 'without the last line end');
{
    my $as = entries_of($patient);
    my $cookie = "__Host-tomozuna=$nurse->{cookie}{'__Host-tomozuna'}";
    my $half = substr "--X\r\n${part}--X\r\nContent-Disposition: form-data; name=\"attachment\"; filename=\"a.mp4\"\r\n\r\n" . mp4(600_000), 0, 300_000;
    my $socket = raw_connect($nurse);
    raw_send($socket, "POST $url HTTP/1.1\r\nHost: localhost\r\nOrigin: " . demo('URL') . "\r\nCookie: $cookie\r\nContent-Type: $type\r\nContent-Length: 600200\r\n\r\n$half");
    select undef, undef, undef, 0.2;
    $socket->close(SSL_no_shutdown => 1);
    is($nurse->get($url)->status, 200, 'a body cut off half-way leaves the door open');
    is(entries_of($patient), $as, '  and no entry');
}
my $large = sent({ body => 'x', attachment => ['a.mp4', 'video/mp4', mp4(42_000_000, noise => "\0" x 42_000_000)] });
is($large->status, 413, 'more than 40 MB');

# ---- once ----

my %key = ('idempotency-key' => 'files-' . time . "-$$");
my $first = sent({ body => '一度', attachment => ['a.jpg', 'image/jpeg', jpeg()] }, %key);
my $again = sent({ body => '一度', attachment => ['a.jpg', 'image/jpeg', jpeg()] }, %key);
is($again->status . $again->json->{id}, $first->status . $first->json->{id}, 'the same again: the same answer');
is(scalar(grep { $_->{body} eq '一度' } @{ $nurse->get($url)->json->{entries} }), 1, '  one entry');
is(sent({ body => '一度', attachment => ['a.jpg', 'image/jpeg', jpeg(orientation => 3)] }, %key)->status, 409, 'another file under the same key');

# ---- thumbnails ----

my $boundary = 'T';
my $pair = join '', map { "--T\r\nContent-Disposition: form-data; name=\"$_->[0]\"" . (defined $_->[1] ? "; filename=\"$_->[1]\"" : '') . "\r\n\r\n$_->[2]\r\n" }
    (['body', undef, encode('UTF-8', '二枚')], ['attachment', 'a.jpg', jpeg()], ['attachment', 'b.jpg', jpeg(orientation => 1)], ['thumbnail', 't.jpg', jpeg(said => 0)]);
is($nurse->request('POST', $url, "$pair--T--\r\n", 'content-type' => 'multipart/form-data; boundary=T')->status, 201, 'a thumbnail stands behind its picture');
my $both = top();
ok(!$both->{attachments}[0]{thumbnail} && $both->{attachments}[1]{thumbnail}, '  and belongs to that one');
is($person{doctor}->get(path_of($both, 1) . '/thumbnail')->status, 200, '  it is there');
is($person{doctor}->get(path_of($both, 0) . '/thumbnail')->status, 404, '  the other has none');
is($person{outsider}->get(path_of($both, 1) . '/thumbnail')->status, 404, '  nor has an outsider');

# ---- what nobody owns is swept up; what somebody owns stays ----

my $mine = db('SELECT id FROM care_file WHERE ref = ?', unhex($photo->{id}));
my @account = ('mariadb', '--no-defaults', '--socket=' . demo('DB_SOCKET'), '--user=tomozuna_timeline', '--password=' . (slurp(demo('CREDENTIALS') . '/timeline-db-password') =~ s/\s+//gr), demo('DB_NAME'), '-e');
for my $sql ("DELETE FROM care_file_chunk WHERE file_id = $mine", "DELETE FROM care_file WHERE id = $mine", "UPDATE care_file SET bytes = 1 WHERE id = $mine", "UPDATE care_file SET kept_at = NULL WHERE id = $mine", "UPDATE care_file_chunk SET sealed = '' WHERE file_id = $mine") {
    my $said = do { open my $out, '-|', "@account '" . ($sql =~ s/'/'\\''/gr) . "' 2>&1"; local $/; <$out> };
    like($said, qr/ERROR/, "not even the program's account: $sql");
}
db('INSERT INTO care_file (ref, network_id, uploader_id, type, name, bytes, generation, made_at) SELECT RANDOM_BYTES(16), id, 1, "", "orphan", 0, 0, UTC_TIMESTAMP(3) - INTERVAL ? MINUTE FROM care_network LIMIT 1', $_) for 61, 10;
db('INSERT INTO care_file_chunk SELECT id, 0, "x" FROM care_file WHERE name = "orphan"');
kill_program('tomozuna-timeline', 'TERM');	# it sweeps when it starts, and each minute
ok(wait_for(sub { db('SELECT COUNT(*) FROM care_file WHERE name = "orphan"') == 1 }, 90), 'what nobody kept goes after an hour');
is(scalar db('SELECT COUNT(*) FROM care_file_chunk c JOIN care_file f ON f.id = c.file_id WHERE f.name = "orphan"'), 1, '  with its chunks; a younger one stays');
db('DELETE c FROM care_file_chunk c JOIN care_file f ON f.id = c.file_id WHERE f.name = "orphan"');
db('DELETE FROM care_file WHERE name = "orphan"');
ok(wait_for(sub { $person{doctor}->get(path_of($entry))->status == 200 }, 30), 'what an entry owns is there');

done_testing;
