#!/usr/bin/perl
# What a person is handed on request (開示請求), read back without any of our code and
# compared with the database: nothing is missing, nothing is anybody else's, who
# looked is there, and the handing out is on record.
use strict;
use warnings;
use utf8;
use Encode ();
use FindBin;
use File::Temp 'tempdir';
use JSON::PP;
use Test::More;
use Tomozuna::Backup;
use Tomozuna::Patient;
use Tomozuna::Picture;
use Tomozuna::Test;

my $dir = tempdir(CLEANUP => 1);
my $place = { conf => demo('CONF') . '/admin.conf' };

# ---- a person with everything, and words that are awkward in files ----

my ($nurse, $doctor) = map { person($_) } qw(nurse doctor);
my $patient = new_patient(nurse => 'visiting_nurse', doctor => 'attending_physician');
my $key = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient));
my @odd = (qq{=HYPERLINK("http://x.example")}, qq{"引用符", コンマ\n改行}, q{'始まり}, '@SUM(1)', '髙﨑𠮷野　全角の空白', "-1\n+2");
for my $text (@odd) {
    is $nurse->post("/timeline/$patient", { body => $text })->status, 201, 'an awkward note';
}
my ($note) = db('SELECT LOWER(HEX(ref)) FROM timeline_entry WHERE patient_id = ? ORDER BY id LIMIT 1', $key);
is $doctor->post("/timeline/$patient/$note/acknowledge", {})->status, 204, 'the doctor has read one';
my $photo = jpeg();
my $text = "体温の表\n" x 12_000;    # three pieces
my $paper = Encode::encode('UTF-8', $text);
my $with = $nurse->post_files("/timeline/$patient", { body => '写真と書類',
    attachment => [['かかと: 1?.jpg', 'image/jpeg', $photo], ['表' x 100 . '.txt', 'text/plain', $paper]] });
is $with->status, 201, 'a note with a photo and a paper' or diag $with->body;
is $nurse->post("/record/$patient/vital_signs", { temperature => '36.8', systolic => 128, weight => '9.5', note => 'はかった' })->status, 201, 'a vital sign';
is $nurse->post("/timeline/$patient/" . $with->json->{id} . '/withdraw', { reason => '別の人' })->status =~ /\A20/ ? 1 : 0, 1, 'a note is withdrawn';
is $nurse->post("/timeline/$patient", { body => 'よその人のこと' })->status, 201, 'a note that is another\'s';
db('UPDATE timeline_entry SET gone = "moved" WHERE patient_id = ? AND body = "よその人のこと"', $key);

# Whatever hangs on a patient gets a row in which every column says something.
my %NOT = (
    care_consent_now => 'derived from care_consent', care_team_now => 'derived from care_team',
    record_summary_now => 'derived from the facts of the record',
    emergency_open_now => 'derived from emergency_opening',
    record_vital_day => 'derived from record_vital_sign', timeline_gram => 'derived from timeline_entry', timeline_reply => 'likewise',
    emergency_due => 'whose keys are to be made', map({ $_ => 'by which she is found; derived from her row and contacts' } qw(emergency_name emergency_phone emergency_address)),
    care_incident_patient => 'derived: whom an open incident is about',
    disaster_person => 'her place on the list of an incident; derived from her registration, equipment and what was said',
    care_mark => 'what waits for a user: of no meaning outside',
    meeting_calendar => 'derived from meeting_meeting and meeting_invitation',
    care_visit => 'derived from record_visitor', care_opened => 'derived from who has looked, which is exported',
    timeline_mark_aside => 'likewise, while a right is withheld',
    timeline_draft => 'begun and not sent: its writer\'s, who alone has its key',
    vaccination_due => 'derived from doses and schedule, each night',
    lib_event => 'messages between programs; what they tell of is exported',
);
my @hangs = grep { !$NOT{$_} } db('SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = DATABASE() AND column_name = "patient_id"
    AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = "BASE TABLE") ORDER BY 1');
my %POINTS = (
    patient_id => "$key", map({ $_ => scalar db('SELECT id FROM care_user WHERE login = "nurse"') } qw(user_id author_id uploader_id accepted_user)),
    map({ $_ => scalar db('SELECT f.office_id FROM care_staff f JOIN care_user u ON u.id = f.user_id WHERE u.login = "nurse" LIMIT 1') } qw(office_id from_office_id to_office_id clinic_id)),
    network_id => scalar db('SELECT network_id FROM care_patient WHERE id = ?', $key),
    episode_id => scalar db('SELECT id FROM care_episode WHERE patient_id = ?', $key),
    file_id => scalar db('SELECT MIN(id) FROM care_file WHERE patient_id = ?', $key),
    thumbnail_id => scalar db('SELECT MIN(id) FROM care_file WHERE patient_id = ?', $key),
    entry_id => scalar db('SELECT MIN(id) FROM timeline_entry WHERE patient_id = ?', $key),
);
$POINTS{reply_to} = $POINTS{entry_id};

sub value_of {
    my ($table, $column, $type) = @_;
    return $POINTS{$column} if exists $POINTS{$column};
    return $POINTS{user_id} if $column =~ /_by\z/ && $type =~ /int/;
    return newest($table) // ($table eq 'care_field' ? 0 : undef) if $column eq 'replaces';
    return newest_of($1) if $column =~ /\A(proxy|care_plan|visit|paper|change|meeting|date|booking)_id\z/;
    return ',' if $type eq 'ascii';
    return 'break_glass' if $column eq 'basis';
    return 1 if $type =~ /tinyint/;
    return $1 if $type =~ /\A(?:enum|set)\('(\w+)'/;
    return '2026-04-01 02:03:04.567' if $type =~ /datetime/;
    return '2026-04-01' if $type =~ /date/;
    return \pack('H*', sprintf '%032x', rand 2**32) if $type =~ /binary/;
    return $column eq 'measured_at' ? '2026-04-02 00:00:00.001' : 3 if $type =~ /int/;
    return '4.5' if $type =~ /decimal|double/;
    return substr '輸出の試し', 0, $type =~ /\((\d+)\)/ && $1 < 5 ? $1 : 5;
}
sub newest {
    my $id = db("SELECT MAX(id) FROM $_[0] WHERE patient_id = ?", $key);
    return defined $id && $id ne 'NULL' ? $id : undef;
}
sub newest_of {
    my ($what) = @_;
    return newest(grep { /_$what\z/ && $_ ne 'meeting_paper' } @hangs);
}
sub fill {
    my ($table) = @_;
    my @column = grep { $_->{extra} !~ /auto_increment|STORED|PERSISTENT/i } db_rows('SELECT column_name, IF(character_set_name = "ascii", "ascii", column_type) AS column_type, extra FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position', $table);
    # What a row takes the place of is there first.
    for my $pass (1 .. 1 + grep { $_->{column_name} eq 'replaces' } @column) {
        my @name = map { $_->{column_name} } @column;
        my @value = map { value_of($table, $_->{column_name}, $_->{column_type}) } @column;
        db("INSERT INTO $table (" . join(', ', @name) . ') VALUES (' . join(', ', ('?') x @name) . ')', @value);
    }
    return;
}
my %FILLED = (care_file => 1, timeline_receipt => 1, timeline_attachment => 1);    # by the notes above
fill($_) for grep { !$FILLED{$_} } sort { rank($a) <=> rank($b) || $a cmp $b } @hangs;
sub rank { return $_[0] =~ /_(?:proxy|care_plan|visit|paper|change|meeting)\z/ ? 0 : $_[0] =~ /_date\z/ ? 0.5 : $_[0] =~ /_episode\z/ ? 2 : 1 }
END { db('DELETE FROM admin_hold WHERE patient_id = ?', $key) if $key }

# Others look: a page, a list, and one who may not.
is $doctor->get('/patients')->status, 200, 'the doctor looks at a list';
is $doctor->get("/patients/$patient")->status, 200, '  and at her page';
is person('outsider')->get("/patients/$patient")->status, 404, 'an outsider is refused';
my $reads = sub { scalar db('SELECT COUNT(*) FROM lib_audit WHERE subject_id = ? OR JSON_CONTAINS(subjects, ?)', $key, "$key") };
my $shipped = $reads->();
my $looks = sub { scalar db("SELECT COUNT(*) FROM lib_audit a JOIN care_user u ON u.id = a.user_id AND u.login = 'doctor' WHERE $_[0]", @_[1 .. $#_]) };
ok wait_for(sub { $looks->('a.subject_id = ? AND a.route = "/patients/{patient}"', $key) && $looks->('JSON_CONTAINS(a.subjects, ?)', "$key") }, 30), 'which are in the trail';

# ---- handing it out ----

my $said = tomozuna_ok($place, 'export', 'person', $patient, '--to', "$dir/person");
like $said, qr/: \d+ resources, \d+ rows/, 'exported';
my %file = map { m{([^/]+)\z} ? ($1 => $_) : () } glob "$dir/person/*";
is_deeply [grep { (stat $file{$_})[2] & 077 } sort keys %file], [], 'nobody else may read it';
is +(stat "$dir/person")[2] & 077, 0, '  nor the folder';
my ($status, $why) = tomozuna($place, 'export', 'person', $patient, '--to', "$dir/person");
is $status, 1, 'nothing is overwritten';
like $why, qr/not there/, '  which it says';
is +(tomozuna($place, 'export', 'person', '0' x 32, '--to', "$dir/nobody"))[0], 1, 'nobody is nobody';
ok !-e "$dir/nobody", '  and leaves no folder';
my ($deed) = db_rows('SELECT route, purpose, subject_id FROM lib_audit WHERE route LIKE "export %" ORDER BY id DESC LIMIT 1');
is_deeply $deed, { route => 'export person', purpose => 'PATRQT', subject_id => $key }, 'the handing out is on record, with whose it was';

# ---- CSV, read by the rules of RFC 4180 ----

sub csv {
    my ($name) = @_;
    my $text = slurp($name);
    $text =~ s/\A\x{feff}// or fail "$name lacks the mark for Excel";
    my (@row, @cell);
    while ($text =~ /\G(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r\n)/gc) {
        my ($quoted, $plain, $end) = ($1, $2, $3);
        $quoted =~ s/""/"/g if defined $quoted;
        push @cell, $quoted // ($plain eq '' ? undef : $plain);
        push(@row, [@cell]), @cell = () if $end ne ',';
    }
    is pos($text) // 0, length $text, "$name is CSV to its end";
    my $head = shift @row;
    return map { my %r; @r{@$head} = @$_; \%r } @row;
}
my %csv = map { /\A(.*)\.csv\z/ ? ($1 => [csv($file{$_})]) : () } sort keys %file;
my @formula = grep { /\A[=+\-@]/ } map { grep { defined } values %$_ } map { @$_ } values %csv;
is_deeply [grep { !/\A-?\d+\z/ } @formula], [], 'no cell is a formula';
for my $row (map { @$_ } values %csv) {
    for my $cell (values %$row) {
        $cell =~ s/\A'// if defined $cell;
    }
}

# Table => file, and for each row what finds it there: its id, or these columns.
my %TABLE = (
    admin_hold => 'hold', team_correction => 'correction', care_episode => 'episode', care_team => 'team', care_consent => 'consent', care_allergy => 'allergy',
    care_health_condition => 'health_condition', care_medication => 'medication', care_equipment => 'equipment',
    care_advance_directive => 'advance_directive', care_emergency_contact => 'emergency_contact',
    care_proxy => 'proxy', care_invitation => 'invitation', care_handover => 'handover', care_field => 'field',
    care_whereabouts => 'whereabouts', care_level => 'care_level', care_file => 'file', patient_portrait => 'portrait',
    timeline_entry => 'entry', timeline_receipt => 'receipt', timeline_attachment => 'attachment', timeline_fax => 'fax', timeline_question => 'question',
    record_vital_sign => 'vital_sign', record_vital_limit => 'vital_limit', record_vital_watcher => 'vital_watcher',
    record_care_plan => 'care_plan', record_care_plan_receipt => 'care_plan_receipt', record_visit => 'visit', record_visitor => 'visitor',
    meeting_meeting => 'meeting', meeting_invitation => 'meeting_invitation', map({ $_ => $_ } qw(meeting_date meeting_vote meeting_paper)),
    care_immunization => 'immunization', care_adverse_event => 'adverse_event', vaccination_visit => 'vaccination_visit',
    vaccination_screening => 'screening', vaccination_answer => 'screening_answer', vaccination_judgement => 'judgement',
    vaccination_not_given => 'not_given', vaccination_paper => 'vaccination_paper', vaccination_booking => 'booking',
    vaccination_booking_step => 'booking_step', vaccination_agreement => 'reminder_agreement', vaccination_reminder => 'reminder',
    vaccination_call => 'reminder_call', vaccination_report => 'adverse_report', vaccination_alarm => 'adverse_alarm', vaccination_strike => 'struck', vaccination_resident => 'resident_number',
    record_paper => 'paper', record_paper_field => 'paper_field', record_change => 'change', record_seen => 'change_seen',
    map { $_ => $_ } qw(emergency_kit_card emergency_look_code emergency_contact_told emergency_alone emergency_hospital_request emergency_hospital_asked emergency_opening emergency_review emergency_call emergency_report emergency_answer
        disaster_registration disaster_registration_change disaster_safety_status disaster_request disaster_call disaster_relative disaster_plan disaster_relative_code),
);
# Columns that are called otherwise there: the names instead of keys.
my %CALLED = (
    ref => 'id', office_id => 'office', user_id => 'user', uploader_id => 'uploader', from_office_id => 'from_office', to_office_id => 'to_office',
    episode_id => 'episode', proxy_id => 'proxy', file_id => 'file', entry_id => 'entry', thumbnail_id => 'thumbnail', author_name => 'author',
    care_plan_id => 'care_plan', visit_id => 'visit', paper_id => 'paper', change_id => 'changes', opening_id => 'opening', meeting_id => 'meeting', date_id => 'date', district_id => 'district', incident_id => 'incident', user_name => 'user', office_name => 'office',
    disease_network_id => 'disease_network', booking_id => 'booking', clinic_id => 'clinic', immunization_id => 'immunization', screening_id => 'screening', contact_id => 'contact', request_id => 'request', adverse_event_id => 'adverse_event', struck_ref => 'what',
);
# Columns that are not there, and why.
my %WITHOUT = (
    'care_consent.import_id' => 'of which list it was a line; document_hash says what was signed',
    'patient_id network_id id' => 'whose folder it is, and keys of our own',
    'author_id author_office_id written_by set_by confirmed_by issued_by received_by ended_by recorded_by planned_by closed_by doctor_id requested_by registered_by given_by struck_by' => 'a key; the name as it was is beside it',
    'polled_at reminded_for' => 'of no meaning once it is held', until_at => 'the paper\'s own row has the day',
    'organizer_id owner_id consent_by invited_by' => 'a key of a user; a name is beside it',
    'forum_id' => 'no patient has one', 'room revision done begun provider_id provider_url act_due_at act_unsure_until act_owner act_lease_until act_attempts act_reason' => 'between us and the provider',
    'disaster_relative_code.code_hash' => 'a way in, for one person', 'emergency_look_code.code_hash' => 'a way in, for one person',
    'join_url token token_before token_until token_used_at' => 'ways in, for one person',
    'mail_due_at mail_version mail_owner mail_lease_until mail_attempts mail_reason told_sequence told_method' => 'between us and the mail server',
    'meeting_invitation.user_id' => 'her name is there', 'vaccination_reminder.cause' => 'of the message, which is gone',
    'digits open_mobile stands_on current_of open_vaccine open_office open_patient open_contact open_network special question mentions mention_names team_kind attached replies read_by acknowledged_by' => 'derived',
    'writer_office_id issuer_office_id' => 'a key; the name of the office is beside it',
    'readers acknowledgers' => 'who they are is in receipt.csv', kept => 'who wants to see it again: of no meaning outside',
    'record_change.user_id' => 'likewise', notice => 'by which notices to users are counted', asked_user => 'a key; asked has the name', audience_of => 'keys; audience_names has the words', 'generation wrapped_key' => 'the files are there, open',
);
my %without = map { my $why = $WITHOUT{$_}; map { $_ => $why } split ' ' } keys %WITHOUT;
is_deeply [grep { !$TABLE{$_} } @hangs], [], 'no table of a patient is forgotten';
sub plainly {
    my ($value, $column) = @_;
    return $value if !defined $value;
    $value =~ s/\A(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3})\z/${1}T${2}Z/;
    $value = sprintf '%.1f', $value / 10 if $column =~ /\A(?:temperature|weight)\z/;
    return $value;
}
for my $table (sort keys %TABLE) {
    my ($is, @column) = ($csv{ $TABLE{$table} }, db('SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?', $table));
    my %has = map { $_ => 1 } map { keys %$_ } @$is;
    cmp_ok scalar @$is, '>', 0, "$table: there";
    is scalar @$is, scalar db("SELECT COUNT(*) FROM $table WHERE patient_id = ?", $key), '  all rows';
    is_deeply [grep { !$has{$_} && !$has{ $CALLED{$_} // '' } && !$without{$_} && !$without{"$table.$_"} } @column], [], '  all columns';
    next if !$has{id};
    my %by_id = map { $_->{id} => $_ } @$is;
    my @want = db_rows("SELECT LOWER(HEX(ref)) AS line, t.*" . ($table eq 'care_consent' ? ', LOWER(HEX(document_hash)) AS document_hash' : '') . " FROM $table t WHERE patient_id = ?", $key);
    my @differ;
    for my $want (@want) {
        $want->{body} = '' if ($want->{gone} // '') eq 'moved';
        my $row = $by_id{ $want->{line} } or push(@differ, $want->{line}), next;
        for my $column (grep { exists $row->{$_} && !/\A(?:id|callee|reply_to|replaces|corrects|corrected_by|accepted_user)\z|_by\z/ } @column) {
            my ($x, $y) = (plainly($want->{$column}, $column), $row->{$column});
            $y =~ s/\.0\z// if $column eq 'battery_hours' && defined $y;
            push @differ, "$want->{line} $column: " . ($x // '(none)') . ' ' . ($y // '(none)') if ($x // '(none)') ne ($y // '(none)');
        }
        push @differ, map { "$want->{line} $_ is empty" } grep { /_by\z|replaces/ && exists $row->{$_} && ($want->{$_} // 0) =~ /\A[1-9]\d*\z/ && !defined $row->{$_} } @column;
    }
    is_deeply \@differ, [], '  each as it is';
}
my ($self) = @{ $csv{patient} };
my ($row) = db_rows('SELECT family, given, kana_family, birth_date, address, insured_number FROM care_patient WHERE id = ?', $key);
is_deeply { map { $_ => $self->{$_} } keys %$row }, $row, 'herself';
is_deeply [grep { my $t = $_; !grep { $_->{body} eq $t } @{ $csv{entry} } } @odd], [], 'awkward notes come back to the letter';
is scalar @{ $csv{receipt} }, db('SELECT COUNT(*) FROM timeline_receipt WHERE patient_id = ?', $key), 'who has read, all of it';

# ---- who looked ----

my $all = $reads->();
my @access = @{ $csv{access} };
cmp_ok scalar @access, '>=', $shipped, 'who looked: at least what was in the trail before';
cmp_ok scalar @access, '<=', $all, '  and no more than there is';
my ($name) = db('SELECT CONCAT(family, " ", given) FROM care_user WHERE login = "doctor"');
ok +(grep { ($_->{user} // '') eq $name && $_->{route} eq '/patients/{patient}' && $_->{at} =~ /Z\z/ } @access), 'the doctor, by name, with the instant';
ok +(grep { $_->{list} } @access), 'lists that showed her';
ok +(grep { $_->{route} eq 'export person' } @access), 'and this export itself';

# ---- files, as they were sent ----

my %file_row = map { $_->{type} => $_ } @{ $csv{file} };
is_deeply [sort map { $_->{name} } values %file_row], [sort 'かかと: 1?.jpg', '表' x 100 . '.txt'], 'files by their names';
for my $pair (['text/plain' => $paper], ['image/jpeg' => undef]) {
    my ($type, $sent) = @$pair;
    open my $in, '<:raw', "$dir/person/" . Encode::encode('UTF-8', $file_row{$type}{path}) or fail("$type is not there: $!"), next;
    local $/;
    my $got = <$in>;
    is length $got, $file_row{$type}{bytes}, "$type: as long as it says";
    ok $got eq $sent, '  and every byte of what was sent' if defined $sent;
    is substr($got, 0, 3), "\xff\xd8\xff", '  and a picture' if !defined $sent;
}
is_deeply [grep { $_->{path} !~ m{\Afile/[0-9a-f]{32}-[^/\\:*?"<>|]+\z} || length Encode::encode('UTF-8', $_->{path}) > 255 } @{ $csv{file} }], [], 'under names that every system takes';

# ---- nothing of anybody else ----

my $everything = join '', map { slurp($_) } grep { -f } values %file;
# Each run of 32 hexadecimal digits once, also those inside of longer ones: to seek each
# of thousands of ids in all the text would take minutes.
my %id;
while ($everything =~ /([0-9a-f]{32,})/g) {
    my $run = $1;
    $id{ substr $run, $_, 32 } = 1 for 0 .. length($run) - 32;
}
ok $id{$patient}, 'her own id is found so';
is_deeply [grep { $id{$_} } db('SELECT LOWER(HEX(ref)) FROM care_patient WHERE id <> ?', $key)], [], 'no other patient';
is_deeply [grep { $id{$_} } db('SELECT LOWER(HEX(ref)) FROM timeline_entry WHERE patient_id <> ?', $key)], [], 'nor an entry of one';
unlike $everything, qr/よその人のこと/, 'nor what was moved to her page';
unlike $everything, qr/\$y\$/, 'no secret of anybody';

# ---- FHIR ----

my $bundle = decode_json(Encode::encode('UTF-8', slurp($file{'bundle.json'})));
is "$bundle->{resourceType} $bundle->{type}", 'Bundle collection', 'a bundle';
my @resource = map { $_->{resource} } @{ $bundle->{entry} };
my %kind;
my @override = grep { $_->{resourceType} eq 'AuditEvent' && $_->{type}{code} eq '110113' } @resource;
my %apart = map { $_->{id} => 1 } @override;
push @{ $kind{ $_->{resourceType} } }, $_ for grep { !$apart{ $_->{id} } } @resource;
is_deeply [sort map { $_->{subtype}[0]{code} } @override], [sort map { (110127, 110138) } @{ $csv{emergency_opening} }],
    'a broken glass is an Emergency Override that started and stopped';
is_deeply [grep { $_->{agent}[0]{purposeOfUse}[0]{coding}[0]{code} ne 'BTG' || !$_->{entity}[0]{what}{reference} } @override], [], '  by whom, of whom, to break the glass';
is scalar @{ $kind{Patient} }, 1, 'one patient';
is $kind{Patient}[0]{birthDate}, $row->{birth_date}, '  with her birthday';
is_deeply [map { $_->{extension}[0]{valueCode} } @{ $kind{Patient}[0]{name} }], [qw(IDE SYL)], '  in both writings';
my %FHIR = (
    EpisodeOfCare => 'episode', RelatedPerson => 'proxy', CareTeam => 'team', Consent => 'consent', AllergyIntolerance => 'allergy', Condition => 'health_condition',
    MedicationStatement => 'medication', DeviceUseStatement => 'equipment', DocumentReference => 'advance_directive',
    Communication => 'entry', AuditEvent => 'access', Observation => 'vital_sign', CarePlan => 'care_plan', Appointment => 'visit',
    QuestionnaireResponse => 'paper', Immunization => 'immunization',
);
push @{ $csv{advance_directive} }, @{ $csv{file} };
is scalar @{ $kind{$_} // [] }, scalar @{ $csv{ $FHIR{$_} } }, "as many $_ as there are" for sort keys %FHIR;
my ($panel) = grep { ($_->{note}[0]{text} // '') eq 'はかった' } @{ $kind{Observation} };
is_deeply { map { $_->{code}{coding}[0]{code} => "$_->{valueQuantity}{value} $_->{valueQuantity}{code}" } @{ $panel->{component} } },
    { '8310-5' => '36.8 Cel', '8480-6' => '128 mm[Hg]', '29463-7' => '9.5 kg' }, 'measured values with their codes and units';
is_deeply [map { my ($dose) = @{ $kind{Immunization} }; $dose->{$_} } qw(status lotNumber primarySource occurrenceDateTime)],
    [qw(entered-in-error 輸出の試し), JSON::PP::false(), '2026-04-01T02:03:04.567Z'], 'a dose that was struck, given elsewhere';
my ($shown) = grep { $_->{id} eq $with->json->{id} } @{ $kind{Communication} };
is $shown->{status}, 'entered-in-error', 'a note that was withdrawn says so';
is_deeply [sort map { $_->{contentReference}{reference} } grep { $_->{contentReference} } @{ $shown->{payload} }],
    [sort map { "DocumentReference/$_->{id}" } @{ $csv{file} }], '  and leads to what hung on it';
is_deeply [grep { !$FHIR{$_} && $_ ne 'Patient' } sort keys %kind], [], 'and nothing else';
my %body = map { $_->{id} => $_->{payload}[0]{contentString} // '' } @{ $kind{Communication} };
is_deeply \%body, { map { $_->{id} => $_->{body} } @{ $csv{entry} } }, 'notes are the same in both';
my %there = map { ("$_->{resourceType}/$_->{id}" => 1) } @resource;
my %seen;
is_deeply [grep { $seen{"$_->{resourceType}/$_->{id}"}++ } @resource], [], 'each id once';
my @lost;
sub follow_references {
    my ($node) = @_;
    if (ref $node eq 'HASH') {
        push @lost, $node->{reference} if exists $node->{reference} && !$there{ $node->{reference} };
        follow_references($_) for values %$node;
    } elsif (ref $node eq 'ARRAY') {
        follow_references($_) for @$node;
    }
    return;
}
follow_references(\@resource);
is_deeply \@lost, [], 'each reference leads somewhere';
my $schema = ($ENV{TOMOZUNA_REALDATA} // "$FindBin::Bin/../../../shared/realdata") . '/fhir/schema/fhir.schema.json';
SKIP: {
    skip 'no real documents here', 1 if !-e $schema;
    skip 'no python3-jsonschema here', 1 if system('python3 -c "import jsonschema" 2>/dev/null') != 0;
    my $complaint = `python3 $FindBin::Bin/check_fhir.py $schema $file{'bundle.json'} 2>&1`;
    is $?, 0, 'FHIR R4\'s own schema has no complaint' or diag $complaint;
}

# ---- a network ----

my $code = db('SELECT n.code FROM care_network n JOIN care_patient p ON p.network_id = n.id WHERE p.id = ?', $key);
tomozuna_ok($place, 'export', 'network', $code, '--to', "$dir/network");
my @folder = glob "$dir/network/patient/*";
is scalar @folder, db('SELECT COUNT(*) FROM care_patient p JOIN care_network n ON n.id = p.network_id WHERE n.code = ?', $code), 'a folder a patient';
# A town's worth: Perl's own parser would need minutes for it.
my $read = 'import json, sys; print(sum(json.load(open(f + "/bundle.json", encoding="utf-8"))["type"] == "collection" for f in sys.stdin.read().split()))';
spew("$dir/folders", join "\n", @folder);
chomp(my $bundles = `python3 -c '$read' <$dir/folders`);
is $bundles, scalar @folder, 'each with a bundle';
for my $pair ([office => 'care_office'], [user => 'care_user'], [device => 'care_device']) {
    my @is = csv("$dir/network/$pair->[0].csv");
    is scalar @is, db("SELECT COUNT(*) FROM $pair->[1]"), "all of $pair->[1]" if $pair->[0] ne 'x';
}
unlike slurp("$dir/network/user.csv"), qr/\$y\$|password|pin_hash/, 'no secret goes along';
is +(tomozuna($place, 'export', 'network', '990000', '--to', "$dir/none"))[0], 1, 'a network that is not there';
done_testing;
