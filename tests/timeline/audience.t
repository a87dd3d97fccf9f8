#!/usr/bin/perl
# Who sees what (公開範囲): one rule, held in lists, counts, marks, search, notices,
# events, readers and everything that can be done with an entry.
use strict;
use warnings;
use utf8;
use FindBin;
use Test::More;
use Tomozuna::Patient;
use Tomozuna::Statements;
use Tomozuna::Test;

my %person = map { $_ => person($_) } qw(nurse doctor helper officer pharmacist);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician', helper => 'home_helper',
    pharmacist => 'pharmacist', officer => 'welfare_volunteer');
my $office = db('SELECT office_id FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "officer"');
my $was = db('SELECT profession FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "officer"');

db('UPDATE care_consent SET officer = 1 WHERE patient_id = (SELECT id FROM care_patient WHERE ref = ?)', unhex($patient));

# The officer is a welfare volunteer (民生委員) for this test.
sub profession { db('UPDATE care_staff f JOIN care_user u ON u.id = f.user_id SET f.profession = ? WHERE u.login = ?', $_[1], $_[0]); return }
profession(officer => '333');
END { local $?; profession(officer => $was) if defined $was }

my %ref = map { $_ => lc scalar db('SELECT HEX(ref) FROM care_user WHERE login = ?', $_) } keys %person;

sub write_as {
    my ($who, %field) = @_;
    my $answer = $person{$who}->post("/timeline/$patient", \%field);
    is($answer->status, 201, "$who writes $field{body}") or diag($answer->text);
    return $answer->json->{id};
}

sub listed { my ($who) = @_; return map { $_->{id} } @{ $person{$who}->get("/timeline/$patient")->json->{entries} } }
sub sees { my ($who, $id) = @_; return scalar grep { $_ eq $id } listed($who) }
sub found { my ($who, $q) = @_; return map { $_->{id} } @{ $person{$who}->post("/timeline/$patient/search", { q => $q })->json->{entries} } }

# Everything by which somebody could learn of an entry, asked for one by one.
sub hidden_from {
    my ($who, $id, $word) = @_;
    my $at = "/timeline/$patient/$id";
    ok(!sees($who, $id), "$who: not in the list");
    is_deeply([grep { $_ eq $id } found($who, $word)], [], '  not in the search');
    unlike($person{$who}->page("/timeline/$patient")->text, qr/\Q$word\E/, '  not on the page');
    is($person{$who}->get("$at$_")->status, 404, "  GET $_: not there") for '', '/readers', '/move';
    is($person{$who}->post("$at$_->[0]", $_->[1])->status, 404, "  POST $_->[0]: not there")
        for ['/read', {}], ['/acknowledge', {}], ['/unread', {}], ['/withdraw', {}], ['/recall', {}],
            ['/correct', { body => 'x' }], ['/fax', { sent_to => 'x' }], ['/move', { patient => $patient }];
    is($person{$who}->post("/timeline/$patient", { body => 'x', reply_to => $id })->status, 400, '  no reply to it');
    is_deeply([grep { /\A$who / } marks_of($id)], [], '  no mark');
    is(scalar db('SELECT COUNT(*) FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE u.login = ? AND n.cause = ?', $who, unhex($id)), 0, '  no notice');
    return;
}

sub marks_of { return sort(db('SELECT CONCAT(u.login, " ", m.kind) FROM care_mark m JOIN care_user u ON u.id = m.user_id WHERE m.ref = ?', unhex($_[0]))) }
sub events { return scalar db('SELECT COUNT(*) FROM lib_event WHERE about = ?', unhex($_[0])) }
sub unread { my ($who) = @_; my ($p) = grep { $_->{id} eq $patient } @{ $person{$who}->get('/patients')->json->{patients} }; return $p->{unread} }

# ---- the whole team: a volunteer sees daily life and not diagnosis ----

my $life = write_as(nurse => body => 'さんぽ日和でした', kind => 'daily_life');
my $illness = write_as(doctor => body => 'しんだん告知しました', kind => 'diagnosis');
my $note = write_as(nurse => body => 'れんらくだけです');
ok(sees('officer', $life), 'a volunteer sees daily life');
is_deeply([found('officer', 'さんぽ')], [$life], '  and finds it');
is($person{officer}->post("/timeline/$patient/$life/read", {})->status, 204, '  and may have read it');
hidden_from(officer => $illness, 'しんだん');
hidden_from(officer => $note, 'れんらく');
ok(sees($_, $illness), "$_ sees the diagnosis") for qw(nurse helper pharmacist);
is_deeply([listed('officer')], [$life], 'her list has one entry');

# ---- professions ----

my $doctors = write_as(nurse => body => 'いしだけに', audience => 'professions', profession => '010', urgent => 1);
ok(sees($_, $doctors), "addressed to physicians: $_ sees it") for qw(doctor nurse);
hidden_from($_ => $doctors, 'いしだけ') for qw(helper officer pharmacist);
is_deeply([marks_of($doctors)], ['doctor unread', 'doctor urgent'], 'only the doctor is marked');
is_deeply([sort(db('SELECT DISTINCT u.login FROM care_notice n JOIN care_user u ON u.id = n.user_id WHERE n.cause = ?', unhex($doctors)))], ['doctor'], 'and told');
is(events($doctors), 0, 'no event tells other modules of it');
is(events($note), 1, '  as one does of what is for the team');
my ($entry) = grep { $_->{id} eq $doctors } @{ $person{doctor}->get("/timeline/$patient")->json->{entries} };
is("$entry->{audience} $entry->{audience_names}", 'professions 医師', 'it says for whom it is');
is_deeply([map { $_->{profession_code} } @{ $person{nurse}->get("/timeline/$patient/$doctors/readers")->json->{readers} }], ['010'], 'readers are those who may read');

# ---- named people, among them a volunteer ----

my $named = write_as(doctor => body => 'ふたりだけに', audience => 'named', person => $ref{officer});
ok(sees($_, $named), "named: $_ sees it") for qw(officer doctor);
hidden_from($_ => $named, 'ふたり') for qw(nurse helper pharmacist);
is_deeply([marks_of($named)], ['officer unread'], 'what is addressed to a volunteer is marked for her');
my $two = $person{doctor}->post("/timeline/$patient", { body => 'ABC', audience => 'named', person => [@ref{qw(nurse helper)}] });
is($two->status, 201, 'two people by name') or diag($two->text);
ok(sees($_, $two->json->{id}), "  $_") for qw(nurse helper);
ok(!sees('pharmacist', $two->json->{id}), '  not the third');

# ---- replies have the audience of their entry ----

my $reply = write_as(doctor => body => 'へんじのことば', reply_to => $doctors);
is(scalar(grep { $_->{id} eq $reply } map { @{ $_->{reply_entries} } } @{ $person{nurse}->get("/timeline/$patient")->json->{entries} }), 1, 'the author of the entry sees the reply');
hidden_from($_ => $reply, 'へんじ') for qw(helper officer);
my $wider = $person{doctor}->post("/timeline/$patient", { body => '広く', reply_to => $doctors, audience => 'team' });
ok(!sees('helper', $wider->json->{id}), 'a reply cannot be wider than its entry');

# ---- a correction, and a change of profession ----

my $right = $person{nurse}->post("/timeline/$patient/$doctors/correct", { body => 'いしだけに訂正' })->json->{id};
hidden_from(helper => $right, 'いしだけ');
ok(sees('doctor', $right), 'a correction has the audience of what it corrects');
profession(officer => '040');
ok(sees('officer', $illness), 'who becomes a nurse sees what nurses see, at the next request');
profession(officer => '333');
ok(!sees('officer', $illness), '  and no more');

# ---- audiences that are none: fail closed ----

for my $bad ([{ audience => 'professions' }, 'missing'], [{ audience => 'named' }, 'missing'], [{ audience => 'professions', profession => '99x' }, 'not_a_choice'],
    [{ audience => 'named', person => 'ab' x 16 }, 'not_a_choice'], [{ audience => 'named', person => lc scalar db('SELECT HEX(ref) FROM care_user WHERE login = "outsider"') }, 'not_a_choice'],
    [{ audience => 'everyone' }, 'not_a_choice'], [{ audience => 'named', person => 'x' }, 'malformed'], [{ audience => 'professions', profession => '0100' }, 'too_long'],
    [{ audience => 'professions', profession => "01\x{0}" }, 'control']) {
    my $answer = $person{nurse}->post("/timeline/$patient", { body => 'ひみつ', %{ $bad->[0] } });
    is($answer->status . ' ' . $answer->error, "400 $bad->[1]", "refused: @{[ %{ $bad->[0] } ]}");
}
is($person{nurse}->post("/timeline/$patient", { body => 'x', audience => 'professions', profession => [('010') x 31] })->status, 400, 'more than thirty');
is(scalar db('SELECT COUNT(*) FROM timeline_entry WHERE body = "ひみつ"'), 0, 'nothing was written');

# ---- E6: who may write what ----

for my $try (['officer', 'daily_life', 403], ['officer', 'note', 403], ['helper', 'diagnosis', 403], ['helper', 'medication', 403],
    ['helper', 'observation', 201], ['helper', 'daily_life', 201], ['nurse', 'diagnosis', 201], ['pharmacist', 'medication', 201]) {
    my ($who, $kind, $want) = @$try;
    is($person{$who}->post("/timeline/$patient", { body => "$who $kind", kind => $kind })->status, $want, "$who writes $kind: $want");
}
unlike($person{officer}->page("/timeline/$patient")->text, qr/data-composer/, 'who may not write is not offered to');
unlike($person{helper}->page("/timeline/$patient")->text, qr/value="diagnosis"/, 'nor what she may not write');
like($person{nurse}->page("/timeline/$patient")->text, qr/value="diagnosis"/, '  as a nurse is');

# The table of rights says what the list of professions says.
my $list = slurp("$FindBin::Bin/../../modules/care/profession.c");
my %right = map { $_->{profession} => "$_->{reach} $_->{kinds} $_->{sees}" } db_rows('SELECT profession, reach, kinds, sees FROM timeline_right');
my $every = 'note,observation,medication,daily_life,plan,report,diagnosis';
my ($all, $care) = ("1 $every $every", "1 note,observation,daily_life,plan,report $every");
my $n = 0;
while ($list =~ /\{ "(\d{3})", N_\("[^"]+"\),\s*"[^"]+",\s*([A-Z_| ]+), (?:true|false) \}/g) {
    my ($code, $rights) = ($1, $2);
    my $want = $rights =~ /MEDICAL/ ? $all : $rights =~ /\bCARE/ ? $care : $rights =~ /VIEW|CONSENTED/ ? '0  daily_life' : undef;
    is($right{$code}, $want, "profession $code");
    $n++;
}
is($n, 51, 'all professions were compared');

# ---- no statement reads an entry past the view ----

# What of timeline_entry may be read by joins and counts: nothing that an entry
# says, nothing by which one learns for whom it is.
my %key = map { $_ => 1 } qw(patient_id id ref author_id written_at urgent reply_to replies read_by acknowledged_by
    readers acknowledgers kept corrected_by gone recalled_at);
is_deeply([sort(db('SELECT COLUMN_NAME FROM information_schema.COLUMN_PRIVILEGES WHERE TABLE_NAME = "timeline_entry"
    AND PRIVILEGE_TYPE = "SELECT" AND GRANTEE LIKE "\'tomozuna_timeline\'%"'))], [sort keys %key], 'the account may read these columns of the table and no other');
is(scalar db('SELECT COUNT(*) FROM information_schema.TABLE_PRIVILEGES WHERE TABLE_NAME = "timeline_entry" AND PRIVILEGE_TYPE = "SELECT"
    AND GRANTEE LIKE "\'tomozuna%" AND GRANTEE NOT LIKE "\'tomozuna\_export\'%"'), 0, 'and nobody the table, but the export that a person may ask for');
my $root = "$FindBin::Bin/../..";
my $walked = 0;
for my $file (grep { !m{/export_timeline\.sql\z} } glob "$root/modules/*/*.sql $root/gateways/*/*.sql $root/deploy/tomozuna/*.sql") {
    my $statement = statements($file);
    for my $name (sort keys %$statement) {
        my $text = $statement->{$name};
        next if $text !~ /timeline_(?:entry|seen)/;
        $walked++;
        my ($alias) = $text =~ /(?:FROM|JOIN)\s+timeline_entry\s+(\w+)/;
        my @column = defined $alias ? $text =~ /\b$alias\.(\w+)/g : ();
        is_deeply([grep { !$key{$_} } grep { !/\Agone_(?:at|reason)\z/ } @column], [], "$name of the table: keys and counts only");
        next if $text !~ /timeline_seen\s+(\w+)/;
        my $seen = $1;
        ok($text =~ /\b$seen\.viewer_id = \?.*\b$seen\.viewer_office = \?/s || $text =~ /\b$seen\.viewer_office = t\.office_id/,
            "  $name of the view: for one viewer, or for the team");
    }
}
ok($walked > 20, "$walked statements were walked");

done_testing;
