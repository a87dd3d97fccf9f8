#!/usr/bin/perl
# The administrator's command: what it does, what it refuses, what it leaves on
# record; and the town, loaded.
use strict;
use warnings;
use utf8;
use FindBin;
use lib "$FindBin::Bin/../ca";
use Test::More;
use World;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);
plan skip_all => 'tomozuna is not built' if !World::program('deploy/tomozuna/tomozuna');

my $w = World->new;
my $dir = $w->{dir};
my $fails = sub {
    my ($why, @arguments) = @_;
    my ($status, $out) = $w->tomozuna(@arguments);
    ok $status, "refused: @arguments";
    like $out, $why, '  and says why';
};

# ---- who has never seen it ----

is +($w->tomozuna('help'))[0], 0, 'help is as good as --help';
like +($w->tomozuna('help', 'backup'))[1], qr/tomozuna backup/, '  also of one noun';
unlike `'$FindBin::Bin/../../deploy/backup/backup' 2>&1`, qr/\A!|Settings/, 'backup says what it can, and nothing of its source';
like `'$FindBin::Bin/../../deploy/backup/backup' 2>&1`, qr/^  tomozuna backup keys .*^  tomozuna backup prune /ms, '  all of it';

# ---- networks, offices, people ----

my @network = ('--nickname', 'notebook', '--sender', 'here', '--phone', '000-000-0099');
$fails->(qr/contrast/, 'network', 'add', '994014', @network, '--colour', '#ffee88');
$fails->(qr/six digits/, 'network', 'add', '994015', @network, '--colour', '#2f6b4f');
$fails->(qr/--colour is missing/, 'network', 'add', '994014', @network);
$fails->(qr/no option --color/, 'network', 'list', '--color', 'red');
$w->admin('network', 'add', '994014', @network, '--colour', '#2f6b4f');
$fails->(qr/already/, 'network', 'add', '994014', @network, '--colour', '#2f6b4f');
$w->admin('network', 'set', '994014', '--sms-cap', '500', '--named-receipts', 'no');
is $w->sql('SELECT CONCAT_WS(" ", sms_monthly_cap, named_receipts, nickname) FROM care_network'), '500 0 notebook',
    'set changes what is given, and nothing else';
$fails->(qr/never sent by SMS/, 'network', 'switch', '994014', 'digest', 'sms', 'on');
$w->admin('network', 'switch', '994014', 'urgent_entry', 'sms', $_) for qw(off on off);
is $w->sql('SELECT wanted FROM care_network_choice'), 0, 'a switch';

my $office = $w->admin('office', 'add', '994014', '--kind', 'visiting_nurse', '--name', 'むつみ訪問看護', '--number', '9900000001');
$fails->(qr/office or officer/, 'network', 'set', '994014', '--registers', 'anybody');
$fails->(qr/yes or no/, 'network', 'set', '994014', '--patient-approves', 'perhaps');
$fails->(qr/--keep-years/, 'network', 'set', '994014', '--keep-years', '4');
$w->admin('network', 'set', '994014', '--registers', 'officer', '--patient-approves', 'yes', '--consent-image', 'yes', '--keep-years', '10', '--officer-office', '9900000001');
is $w->sql('SELECT CONCAT_WS(" ", registers, patient_approves, consent_image, keep_years, officer_office_id = (SELECT id FROM care_office), sms_monthly_cap) FROM care_network'),
    'officer 1 1 10 1 500', 'what a network decides about teams';

my @name = ('--family', '三好', '--given', 'かえで', '--kana-family', 'みよし', '--kana-given', 'かえで');
$fails->(qr/no SMS/, 'user', 'add', '994014', 'nurse', @name, '--mobile', '03-0000-0000');
$fails->(qr/no role king/, 'user', 'add', '994014', 'nurse', @name, '--role', 'clerk,king');
$w->admin('user', 'add', '994014', 'nurse', @name, '--mobile', '090-0000-0002', '--role', 'clerk,crew');
is $w->sql('SELECT CONCAT_WS(" ", mobile, roles) FROM care_user'), '+819000000002 clerk,crew', 'a number in one form';
$w->admin('staff', 'add', 'nurse', '9900000001', $_, '--manager') for qw(050 040);
$w->admin('staff', 'duty', 'nurse', $office, 'on');
$fails->(qr/one of these codes/, 'staff', 'add', 'nurse', $office, '000');
is $w->sql('SELECT CONCAT_WS(" ", profession, office_manager, on_duty) FROM care_staff'), '040 1 1', 'staff, by number or ref';
my $professions = sub { return $w->sql('SELECT CONCAT_WS(" ", profession, further_professions) FROM care_staff') };
$w->admin('profession', 'add', 'nurse', $office, $_) for qw(150 160);
is $professions->(), '040 150,160', 'she is a care manager and a social worker besides';
$fails->(qr/already, or none/, 'profession', 'add', 'nurse', $office, $_) for qw(040 160);
$fails->(qr/one of these codes/, 'profession', 'add', 'nurse', $office, '000');
$w->admin('profession', 'remove', 'nurse', $office, '150');
is $professions->(), '040 160', 'and no care manager any more';
$fails->(qr/already, or none/, 'profession', 'remove', 'nurse', $office, '150');
$w->admin('profession', 'add', 'nurse', $office, '301');
$w->admin('profession', 'remove', 'nurse', $office, '040');
is $professions->(), '160 301', 'the next one comes first';
$w->admin('staff', 'add', 'nurse', $office, '301', '--manager');
is $professions->(), '301', 'what she becomes first she is not besides';
$fails->(qr/already, or none/, 'profession', 'remove', 'nurse', $office, '301');
$w->admin('staff', 'add', 'nurse', $office, '040', '--manager');
$fails->(qr/there is no network 994041/, $_, 'list', '994041') for qw(office user device);
like $w->admin('user', 'list', '994014'), qr/nurse/, 'a list of a network that is there';

# ---- where meetings are held ----

$fails->(qr/jitsi or teams/, 'meeting', 'set', '994014', '--kind', 'zoom', '--client', 'x');
$fails->(qr/needs --origin/, 'meeting', 'set', '994014', '--kind', 'jitsi', '--client', 'x');
$fails->(qr/--origin is/, 'meeting', 'set', '994014', '--kind', 'jitsi', '--client', 'x', '--origin', $_) for 'http://meet.example', 'https://meet.example/x', 'https://';
$fails->(qr/is an id/, 'meeting', 'set', '994014', '--kind', 'jitsi', '--client', 'a b', '--origin', 'https://meet.example');
$fails->(qr/--tenant and --organizer/, 'meeting', 'set', '994014', '--kind', 'teams', '--client', 'x', '--tenant', 'y');
like $w->admin('meeting', 'set', '994014', '--kind', 'jitsi', '--client', 'tomozuna', '--origin', 'https://meet.example', '--probe', 'no'), qr/meet_994014/, 'a Jitsi, and where its key belongs';
is $w->sql('SELECT CONCAT_WS(" ", kind, origin, client, recording, probe) FROM meeting_provider'), 'jitsi https://meet.example tomozuna 0 0', '  as told';
$w->sql('INSERT INTO meeting_meeting (ref, network_id, kind, title, starts_at, ends_at, organizer_id, organizer_name, made_at, state, begun, room)
    SELECT RANDOM_BYTES(16), id, "sitting", "x", "2099-01-01", "2099-01-01 01:00", 1, "x", UTC_TIMESTAMP(3), "scheduled", 1, "x" FROM care_network');
my @teams = ('meeting', 'set', '994014', '--kind', 'teams', '--client', 'app', '--tenant', 'dir', '--organizer', 'user');
$fails->(qr/1 meetings to come/, @teams);
$fails->(qr/1 meetings to come/, 'meeting', 'clear', '994014');
$w->admin('meeting', 'set', '994014', '--kind', 'jitsi', '--client', 'tomozuna', '--origin', 'https://meet.example', '--recording', 'yes');
is $w->sql('SELECT CONCAT_WS(" ", recording, probe) FROM meeting_provider'), '1 1', '  the same one, set otherwise, leaves nothing behind';
$w->sql('DELETE FROM meeting_meeting');
$w->admin(@teams);
is $w->sql('SELECT CONCAT_WS(" ", kind, origin, login_origin, client, tenant, organizer) FROM meeting_provider'),
    'teams https://graph.microsoft.com https://login.microsoftonline.com app dir user', 'Teams, at Microsoft\'s own places';
like $w->admin('meeting', 'list'), qr/994014.*teams/, '  listed';
$w->admin('meeting', 'clear', '994014');
is $w->sql('SELECT COUNT(*) FROM meeting_provider'), 0, '  and nowhere any more';

# ---- secrets: never from the arguments ----

$w->spew('short', "only fourteen!\n");
$w->spew('named', "the nurse's password\n");
$w->spew('good', "four words and a rope\n");
$fails->(qr/15 characters/, 'user', 'password', 'nurse', '--file', "$dir/short");
$fails->(qr/hold the login/, 'user', 'password', 'nurse', '--file', "$dir/named");
$fails->(qr/too many arguments/, 'user', 'password', 'nurse', 'four words and a rope');
$w->admin('user', 'password', 'nurse', '--file', "$dir/good");
like $w->sql('SELECT password_hash FROM care_user'), qr/\A\$y\$/, 'the password is kept as yescrypt';
$w->{stdin} = "$dir/pin";
$w->spew('pin', "123456\n");
$fails->(qr/tries first/, 'user', 'pin', 'nurse');
$w->spew('pin', "194027\n");
$w->admin('user', 'pin', 'nurse');
like $w->sql('SELECT pin_hash FROM care_user'), qr/\A\$y\$/, 'the PIN, from standard input';
delete $w->{stdin};

# ---- ends ----

my $device = $w->admin('device', 'add', $office, '--name', 'phone');
like $device, qr/\A[0-9a-f]{32}\z/, 'a device has a ref';
my $session = sub {
    $w->sql("INSERT INTO care_session (token, user_id, office_id, device_id, door, created_at, seen_at)
        SELECT UNHEX(SHA2(UUID(), 256)), u.id, o.id, d.id, 0, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
        FROM care_user u, care_office o, care_device d");
};
my $open = sub { scalar $w->sql('SELECT COUNT(*) FROM care_session WHERE ended_at IS NULL') };
$session->();
$w->admin('user', 'suspend', 'nurse');
is $open->(), 0, 'suspending ends sessions';
$fails->(qr/already, or none/, 'user', 'suspend', 'nurse');
$w->admin('user', 'resume', 'nurse');
$session->();
$w->admin('device', 'revoke', $device);
is $open->(), 0, 'so does revoking a device';
$session->();
$w->admin('office', 'close', $office);
is $w->sql('SELECT COUNT(*) FROM care_device WHERE revoked_at IS NULL'), 0, 'closing an office revokes its devices';
$fails->(qr/no office/, 'office', 'close', '0000000000');

is join(', ', $w->sql("SELECT DISTINCT TRIM(route) FROM lib_audit WHERE program = 'tomozuna' AND method = 'CLI' ORDER BY id")),
    'network add, network set, network switch, office add, user add, staff add, staff duty, profession add, profession remove, meeting set, meeting clear, user password, user pin, device add,'
    . ' user suspend, user resume, device revoke, office close', 'each change is on record, and no refusal';
is +($w->try('mariadb', '--no-defaults', '-S', "$dir/db.sock", '-utomozuna_admin', '-p' . $w->slurp('conf/admin-db-password'),
    'tomozuna', '-e', 'UPDATE lib_audit SET route = 1'))[0], 1, 'its account cannot change the record';

# ---- doctor, audit ----

my ($status, $said) = $w->tomozuna('doctor');
is $status, 2, 'doctor: something is wrong';
like $said, qr/ok\s+MariaDB /, 'the database answers';
like $said, qr/WRONG\s+CRL\s+none was ever made\s+start tomozuna-ca/, 'a finding says what to do';
unlike $said, qr/三好/, 'and names nobody';
$w->sql("INSERT INTO lib_event (topic, about, at, sentence_ja, sentence_en) VALUES ('t', RANDOM_BYTES(16), UTC_TIMESTAMP(3), '', '')");
$w->sql("INSERT INTO lib_event_due (program, event_id, not_before, parked) SELECT 'timeline', id, UTC_TIMESTAMP(3), 'too long' FROM lib_event");
like +($w->tomozuna('doctor'))[1], qr/1 given up by timeline: too long/, 'a parked event is found';
($status, $said) = $w->tomozuna('audit', 'verify');
is $status, 1, 'rows without a seal are a finding';
$w->sql("SET GLOBAL general_log = 1");
like +($w->tomozuna('doctor'))[1], qr/WRONG\s+MariaDB settings\s+general_log is on/, 'a log in clear is found';
$w->sql("SET GLOBAL general_log = 0");
$w->stop('mariadbd');
($status, $said) = $w->tomozuna('doctor');
is $status, 2, 'doctor without a database';
like $said, qr/WRONG\s+MariaDB\s+does not answer .*start it/, 'says so, and ends';

done_testing;
