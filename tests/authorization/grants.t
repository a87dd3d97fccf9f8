#!/usr/bin/perl
# Every account with every statement, by rules: an account may run what its own
# program declares, and nothing of a list of acts that are nobody's. The rules are
# written here by hand; an account or a .sql file without one fails.
use strict;
use warnings;
use utf8;
use FindBin;
use Test::More;
use Tomozuna::Statements;
use Tomozuna::Test;

my $root = "$FindBin::Bin/../..";

# ---- the rules ----

# What every program runs, and what a module with people runs.
my @lib = map { "modules/lib/$_.sql" } qw(audit event health idempotency);
my @care = map { "modules/care/$_.sql" } qw(admit frame);
my $notice = 'modules/care/notice.sql';
my $outbox = 'modules/care/outbox.sql';
my $chain = 'modules/lib/seal_chain.sql';

# Account => the files that it runs whole.
my %RUNS = (
    identity => [@lib, @care, $notice, 'modules/identity/identity.sql'],
    patient  => [@lib, @care, 'modules/care/file.sql', map { "modules/patient/$_.sql" } qw(patient portrait)],
    timeline => [@lib, @care, $notice, 'modules/care/mark.sql', 'modules/care/file.sql', map { "modules/timeline/$_.sql" } qw(timeline receipt change gram paper draft own attachment reaction question mention)],
    team     => [@lib, @care, $notice, 'modules/care/file.sql', map { "modules/team/$_.sql" } qw(team registration consent episode invitation import correction reminder)],
    record   => [@lib, @care, $notice, 'modules/care/mark.sql', map { "modules/record/$_.sql" } qw(record facts vitals plans visits offices reminders papers)],
    emergency => [@lib, @care, $notice, 'modules/care/mark.sql', map { "modules/emergency/$_.sql" } qw(search opening summary copy kit hospital prepare looked)],
    meeting  => [@lib, @care, $notice, 'modules/care/file.sql', map { "modules/meeting/$_.sql" } qw(meeting invitation room poll paper reminder)],
    vaccination => [@lib, @care, map { "modules/$_.sql" } qw(care/mark care/file vaccination/visit vaccination/immunization vaccination/list
        care/notice care/sms_reply vaccination/booking vaccination/pass vaccination/reminder vaccination/report vaccination/coverage vaccination/circular vaccination/register)],
    disaster => [@lib, @care, $notice, 'modules/care/sms_reply.sql', map { "modules/disaster/$_.sql" } qw(register incident asking relative plan shelter message code area)],
    board    => [@lib, @care, map { "modules/board/$_.sql" } qw(member aggregate session after held)],
    secretariat => [@lib, @care, $notice, 'modules/care/file.sql', 'modules/board/held.sql', map { "modules/secretariat/$_.sql" } qw(office video)],
    bulletin => [@lib, @care, map { "modules/bulletin/$_.sql" } qw(bulletin outbreak)],
    forum    => [@lib, @care, map { "modules/forum/$_.sql" } qw(forum member)],
    feed     => [@lib, 'gateways/feed/feed.sql'],
    mail     => [@lib, $outbox, 'gateways/mail/mail.sql', 'gateways/mail/invitation.sql'],
    meet     => [@lib, 'gateways/meet/meet.sql'],
    sms      => [@lib, $outbox, 'gateways/sms/sms.sql'],
    ca       => ['gateways/ca/ca.sql', 'modules/lib/health.sql'],
    seal     => [$chain, 'modules/lib/health.sql'],
    admin    => [map { "deploy/tomozuna/$_.sql" } qw(certificate device disease doctor look meeting network notices office retention right staff user)],
    export   => [map { "deploy/tomozuna/$_.sql" } qw(export export_disaster export_emergency export_meeting export_record export_timeline export_vaccination)],
);

# Modules with people: what admission and the frame of a page need, all of them may.
my $people = join ' ', grep { my %has = map { $_ => 1 } @{ $RUNS{$_} }; @care == grep { $has{$_} } @care } sort keys %RUNS;

# Single statements of files that are not run whole.
my %RUNS_ALSO = (
    board => { 'modules/care/file.sql' => [qw(stored chunks_of)] },
    admin => { $chain => [qw(last_seal seal_at seals_after unsealed_records sealed_records newest_record count_unsealed)] },
);

# An act => the accounts that may, '' for nobody.
my %ACT = (
    # What phones send is kept by one gateway, and changed by nobody.
    "UPDATE care_sms_incoming SET words = ''"                       => '',
    "INSERT INTO care_sms_incoming (words) VALUES ('')"             => 'sms',
    # The audit trail is only added to.
    'UPDATE lib_audit SET user_id = 0 WHERE id = 1'                 => '',
    'UPDATE lib_audit SET at = at'                                  => '',
    'DELETE FROM lib_audit WHERE id = 1'                            => '',
    'REPLACE INTO lib_audit (id, at, request, program, method, route, status, outcome) VALUES (1, NOW(), "", "", "", "", 1, 1)' => '',
    'UPDATE lib_audit_seal SET head = "" WHERE seq = 1'             => '',
    'DELETE FROM lib_audit_seal WHERE seq = 1'                      => '',
    'INSERT INTO lib_audit_seal VALUES (1, 1, "", NOW())'           => 'seal',
    'SELECT user_id FROM lib_audit'                                 => 'seal admin export',
    'SELECT seq FROM lib_audit_seal'                                => 'seal admin',
    # Secrets of users.
    'SELECT password_hash FROM care_user'                           => 'identity admin',
    'SELECT pin_hash FROM care_user'                                => 'identity admin',
    'SELECT * FROM care_user'                                       => 'identity admin',
    'UPDATE care_user SET password_hash = ""'                       => 'admin',
    'UPDATE care_user SET roles = "operator"'                       => 'admin',
    'UPDATE care_user SET suspended_at = NULL'                      => 'admin',
    'UPDATE care_user SET login = "x"'                              => '',
    'DELETE FROM care_user'                                         => '',
    # Sessions and devices.
    'INSERT INTO care_session (token) VALUES ("")'                  => 'identity',
    'UPDATE care_session SET ended_at = NULL'                       => 'identity admin emergency',
    'UPDATE care_session SET user_id = 1'                           => '',
    'UPDATE care_session SET created_at = NOW()'                    => '',
    'DELETE FROM care_session'                                      => '',
    'SELECT token FROM care_session'                                => "$people admin",
    'UPDATE care_device SET revoked_at = NULL'                      => 'identity admin emergency',
    'UPDATE care_device SET certificate = ""'                       => 'ca',
    'INSERT INTO care_device (ref) VALUES ("")'                     => 'admin',
    'DELETE FROM care_attempt'                                      => 'identity admin',
    # Who may see whom.
    'INSERT INTO care_team (ref) VALUES ("")'                       => 'team',
    'UPDATE care_team SET left_at = NULL'                           => 'team admin',
    'UPDATE care_team SET user_id = 1'                              => '',
    'DELETE FROM care_team'                                         => '',
    'UPDATE care_staff SET office_manager = 1'                      => 'admin',
    'UPDATE care_staff SET further_professions = "010"'             => 'admin',
    'UPDATE care_session SET professions = "010"'                   => '',
    'UPDATE timeline_reader SET sees = "diagnosis"'                 => '',
    # Who is of a network for a disease.
    'INSERT INTO care_disease_member (user_id) VALUES (1)'          => 'admin',
    'SELECT user_id FROM care_disease_reader'                       => 'team timeline',
    'UPDATE care_disease_member SET user_id = 1'                    => '',
    # Who switched which notice.
    'INSERT INTO care_notice_switch (kind) VALUES ("")'             => 'identity admin',
    'UPDATE care_notice_switch SET wanted = 1'                      => '',
    'DELETE FROM care_notice_switch'                                => '',
    'UPDATE care_notice SET stop_token = NULL'                      => 'mail',
    'UPDATE team_import SET hash = ""'                              => '',
    'DELETE FROM team_import'                                       => '',
    'UPDATE care_staff SET may_stand_in = 1'                        => 'identity admin',
    'UPDATE care_staff SET on_duty = 1'                             => 'identity admin',
    'UPDATE care_consent SET withdrawn_at = NULL'                   => 'team',
    'DELETE FROM care_consent'                                      => '',
    'UPDATE care_consent SET valid_until = NULL'                    => '',
    'UPDATE care_consent SET signer = "x"'                          => '',
    'UPDATE care_consent SET scope = "x"'                           => '',
    'INSERT INTO care_consent (ref) VALUES ("")'                    => 'team',
    'INSERT INTO care_patient (ref) VALUES ("")'                    => 'team disaster',
    'UPDATE care_patient SET managing_office_id = 1'                => 'team',
    'INSERT INTO care_episode (ref) VALUES ("")'                    => 'team',
    'UPDATE care_episode SET closes_at = NULL'                      => 'team',
    'UPDATE care_episode SET opened_at = NOW()'                     => '',
    'DELETE FROM care_episode'                                      => '',
    'UPDATE care_invitation SET office_id = 1'                      => '',
    'UPDATE care_handover SET to_office_id = 1'                     => '',
    'INSERT INTO care_team_now (patient_id) VALUES (1)'             => '',
    'UPDATE care_team_now SET until = NOW()'                        => '',
    'DELETE FROM care_team_now'                                     => '',
    'UPDATE care_consent_now SET until = NOW()'                     => '',
    'DELETE FROM care_consent_now'                                  => '',
    'SELECT patient_id FROM record_summary_now'                     => 'record emergency',
    'INSERT INTO record_summary_now (patient_id) VALUES (1)'        => '',
    'UPDATE record_summary_now SET a = "x"'                         => '',
    'DELETE FROM record_summary_now'                                => '',
    'SELECT patient_id FROM care_team_member'                       => "$people",
    'SELECT patient_id FROM care_team_person'                       => "$people",
    'SELECT patient_id FROM care_consent_open'                      => "$people",
    'INSERT INTO admin_hold (patient_id) VALUES (1)'                => 'admin',
    'SELECT until FROM admin_keeping'                               => 'admin',
    'DELETE FROM admin_hold'                                        => '',
    'INSERT INTO admin_deletion (id) VALUES (1)'                    => '',
    'UPDATE admin_deletion SET head = ""'                           => '',
    'DELETE FROM admin_deletion'                                    => '',
    'INSERT INTO care_incident (ref) VALUES ("")'                   => 'disaster',
    'UPDATE care_incident SET opened_at = NOW()'                    => '',
    'UPDATE care_incident SET drill = 0'                            => '',
    # Patients and what is known of them.
    'SELECT family FROM care_patient'                               => "$people export",
    'UPDATE care_patient SET family = "x"'                          => 'team',
    'UPDATE care_patient SET network_id = 1'                        => '',
    'UPDATE team_correction SET was = "x"'                          => '',
    'DELETE FROM care_patient'                                      => '',
    'SELECT substance FROM care_allergy'                            => 'patient record export',
    'SELECT named FROM care_team_reader'                            => 'team',
    'SELECT user_id FROM care_register_reader'                      => 'team',
    'SELECT whereabouts FROM care_whereabouts'                      => 'team record export',
    'SELECT until FROM care_consent_now'                            => 'team',
    'SELECT ended_at FROM care_episode'                             => 'team record export',
    'SELECT address FROM care_patient'                              => 'patient team record emergency export vaccination disaster',
    'SELECT strip_allergies FROM care_patient'                      => "$people export",
    'UPDATE care_allergy SET substance = "x"'                       => '',
    'SELECT name FROM care_health_condition'                        => 'patient record export',
    'SELECT summary FROM care_advance_directive'                    => 'patient record export',
    'SELECT phone FROM care_emergency_contact'                      => 'patient record emergency disaster export',
    # A fact's words stay; a correction is a row.
    'INSERT INTO care_immunization (ref) VALUES ("")'               => 'vaccination',
    'UPDATE care_immunization SET lot_number = "x"'                 => '',
    'UPDATE care_immunization SET ended_at = NOW()'                 => 'vaccination',
    'DELETE FROM care_immunization'                                 => '',
    'UPDATE care_adverse_event SET note = "x"'                      => '',
    'UPDATE vaccination_screening SET temperature = 1'              => '',
    'UPDATE vaccination_judgement SET possible = 1'                 => '',
    'DELETE FROM vaccination_visit'                                 => '',
    'UPDATE vaccination_booking SET clinic_id = 1'                  => '',
    'UPDATE vaccination_booking_step SET note = ""'                 => '',
    'SELECT state FROM vaccination_booking'                         => 'vaccination export',
    'UPDATE vaccination_agreement SET mobile = ""'                  => '',
    'SELECT mobile FROM vaccination_agreement'                      => 'vaccination export',
    'UPDATE vaccination_report SET course = ""'                     => '',
    'SELECT course FROM vaccination_report'                         => 'vaccination export',
    'DELETE FROM vaccination_alarm'                                 => '',
    'UPDATE vaccination_strike SET reason = ""'                     => '',
    'SELECT given FROM vaccination_coverage'                        => 'vaccination',
    'DELETE FROM vaccination_area'                                  => 'vaccination',
    'UPDATE vaccination_circular SET body = ""'                     => '',
    'DELETE FROM vaccination_circular_reader'                       => '',
    'DELETE FROM vaccination_circular_file'                         => '',
    'SELECT file_id FROM vaccination_circular_file'                 => 'vaccination',
    'SELECT body FROM vaccination_circular'                         => 'vaccination',
    'SELECT patient_id FROM vaccination_resident'                   => 'vaccination export',
    'UPDATE vaccination_import SET name = ""'                       => '',
    'SELECT last_on FROM vaccination_due'                           => 'vaccination',
    'UPDATE care_allergy SET ended_at = NOW()'                      => 'record',
    'UPDATE care_medication SET dose = "x"'                         => '',
    'UPDATE care_advance_directive SET place = "x"'                 => '',
    'DELETE FROM care_allergy'                                      => '',
    'INSERT INTO care_field (value) VALUES ("x")'                   => 'record',
    'UPDATE care_field SET value = "x"'                             => '',
    'DELETE FROM care_field'                                        => '',
    'UPDATE care_whereabouts SET place = "x"'                       => '',
    'UPDATE care_level SET valid_to = NOW()'                        => '',
    'UPDATE care_patient SET whereabouts = "home"'                  => '',
    'UPDATE record_change SET label = "x"'                          => '',
    'UPDATE record_vital_sign SET temperature = 1'                  => '',
    'UPDATE record_vital_sign SET ended_at = NOW()'                 => 'record',
    'DELETE FROM record_vital_sign'                                 => '',
    'UPDATE record_vital_limit SET low = 1'                         => '',
    'UPDATE record_care_plan SET goals = "x"'                       => '',
    'UPDATE record_visit SET note = "x"'                            => '',
    'UPDATE record_calendar SET token = ""'                         => '',
    # What was written stays written.
    'SELECT body FROM timeline_entry'                               => 'export',
    'UPDATE record_paper SET valid_to = NULL'                       => '',
    'UPDATE record_paper_field SET value = "x"'                     => '',
    'UPDATE care_office SET name = "x"'                             => '',
    'UPDATE care_office SET phone = "x"'                            => 'record',
    'SELECT kind FROM timeline_entry'                               => 'export',
    'SELECT author_name FROM timeline_entry'                        => 'export',
    'SELECT audience_of FROM timeline_entry'                        => 'export',
    'SELECT gone_reason FROM timeline_entry'                        => 'export',
    'SELECT body FROM timeline_seen'                                => 'timeline record',
    'SELECT body FROM timeline_own'                                 => 'timeline',
    'SELECT body FROM timeline_own_seen'                            => 'timeline',
    'UPDATE timeline_seen SET body = "x"'                           => '',
    'UPDATE timeline_entry SET audience_of = ",p333,"'              => '',
    'UPDATE timeline_entry SET reach = 0'                           => '',
    'UPDATE timeline_entry SET gone = NULL'                         => 'timeline',
    'SELECT asked FROM timeline_question'                           => 'timeline export',
    'UPDATE timeline_question SET due_at = NOW()'                   => '',
    'DELETE FROM timeline_question'                                 => '',
    'UPDATE timeline_right SET reach = 1'                           => '',
    # Of a meeting neither provider nor mail learns the title; the timeline has its minutes.
    'SELECT title FROM meeting_meeting'                             => 'meeting timeline export',
    'SELECT title FROM meeting_calendar'                            => 'meeting',
    'UPDATE meeting_calendar SET invited = 1'                       => '',
    'INSERT INTO meeting_calendar (user_id) VALUES (1)'             => '',
    'SELECT patient_id FROM meeting_invitation'                     => 'meeting export',
    'SELECT mail FROM meeting_invitation'                           => 'meeting mail export',
    'UPDATE meeting_meeting SET provider_id = "x"'                  => 'meet',
    'UPDATE meeting_invitation SET told_at = NULL'                  => 'mail',
    'UPDATE meeting_provider SET origin = "x"'                      => 'admin',
    'UPDATE meeting_meeting SET recording = 1'                      => 'meeting',
    'UPDATE meeting_meeting SET forum_id = 1'                       => '',
    'UPDATE meeting_invitation SET token_before = NULL'             => '',
    'DELETE FROM meeting_meeting'                                   => '',
    'DELETE FROM meeting_vote'                                      => '',
    'UPDATE meeting_paper SET owner_id = 1'                         => '',
    'UPDATE care_file SET until_at = NULL'                          => 'patient meeting team vaccination',
    'SELECT gram FROM timeline_gram'                                => 'timeline',
    'DELETE FROM timeline_gram'                                     => '',
    'SELECT sealed FROM timeline_draft'                             => 'timeline',
    'UPDATE timeline_fax SET sent_to = "x"'                         => '',
    'DELETE FROM timeline_fax'                                      => '',
    'DELETE FROM timeline_reply'                                    => '',
    'INSERT INTO timeline_entry (body) VALUES ("x")'                => 'timeline',
    'UPDATE timeline_entry SET body = "x"'                          => '',
    'UPDATE timeline_entry SET author_id = 1'                       => '',
    'UPDATE timeline_entry SET written_at = NOW()'                  => '',
    'UPDATE timeline_entry SET urgent = 0'                          => '',
    'UPDATE timeline_entry SET read_by = 0'                         => 'timeline',
    'DELETE FROM timeline_entry'                                    => '',
    'REPLACE INTO timeline_entry (patient_id, id) VALUES (1, 1)'    => '',
    'UPDATE timeline_receipt SET read_at = NOW()'                   => '',
    'DELETE FROM timeline_receipt'                                  => '',
    'SELECT kind FROM care_mark'                                    => "$people mail",
    'SELECT patient_id FROM care_mark'                              => "$people",
    # Of a forum: never what was written; who is in it others may be given to ask.
    'SELECT body FROM forum_said'                                   => 'forum',
    'SELECT body FROM forum_entry'                                  => '',
    'UPDATE forum_entry SET body = "x"'                             => '',
    'UPDATE forum_entry SET gone_at = NULL'                         => 'forum',
    'DELETE FROM forum_entry'                                       => '',
    'UPDATE care_forum SET open_to = "network"'                     => '',
    'UPDATE care_forum_member SET user_id = 1'                      => '',
    'SELECT user_id FROM care_forum_reader'                         => 'forum meeting',
    # Derived by triggers alone.
    'INSERT INTO care_visit (user_id) VALUES (1)'                   => '',
    'INSERT INTO care_opened (user_id) VALUES (1)'                  => '',
    'SELECT at FROM care_opened'                                    => 'patient',
    'SELECT starts_at FROM care_visit'                              => 'patient',
    'UPDATE timeline_entry SET mentions = ","'                      => 'timeline',
    'DELETE FROM care_mark'                                         => 'timeline team meeting vaccination record emergency',
    # Files: whoever takes them in may sweep them up; triggers hold what somebody owns.
    'SELECT wrapped_key FROM care_file'                             => 'patient timeline team meeting vaccination board secretariat export',
    'SELECT sealed FROM care_file_chunk'                            => 'patient timeline team meeting vaccination board secretariat export',
    'INSERT INTO care_file_chunk (file_id) VALUES (1)'              => 'patient timeline team meeting vaccination secretariat',
    'UPDATE care_file_chunk SET sealed = ""'                        => '',
    'UPDATE care_file SET uploader_id = 1'                          => '',
    'UPDATE care_file SET patient_id = 1'                           => 'patient timeline team meeting vaccination secretariat',
    'UPDATE care_file SET ref = ""'                                 => '',
    'DELETE FROM care_file'                                         => 'patient timeline team meeting vaccination secretariat',
    'DELETE FROM care_file_chunk'                                   => 'patient timeline team meeting vaccination secretariat',
    'UPDATE timeline_attachment SET entry_id = 1'                   => 'timeline',
    'SELECT file_id FROM patient_portrait'                          => 'patient export',
    'UPDATE patient_portrait SET patient_id = 1'                    => '',
    'DELETE FROM patient_portrait'                                  => '',
    'UPDATE care_patient SET strip_portrait = 1'                    => '',
    'DELETE FROM timeline_attachment'                               => '',
    'UPDATE timeline_entry SET attached = 0'                        => 'timeline',
    # Notices.
    'UPDATE care_notice SET due_at = NOW()'                         => 'mail sms',
    'SELECT state FROM care_notice'                                 => 'identity timeline team mail sms admin record emergency meeting vaccination disaster secretariat',
    # The review board: what a member proposes is read through views, a decision stays.
    'SELECT level FROM board_proposal'                              => '',
    'SELECT comment FROM board_proposal'                            => '',
    'SELECT level FROM board_shown_proposal'                        => 'board',
    'UPDATE board_proposal SET user_id = 1'                         => '',
    'SELECT family FROM board_person'                               => 'secretariat',
    'SELECT application_id FROM board_person'                       => 'secretariat',
    'SELECT insured_number FROM care_patient'                       => 'patient team record emergency export disaster secretariat',
    'SELECT reason FROM board_recusal'                              => 'secretariat',
    'SELECT user_id FROM board_recusal'                             => 'board secretariat',
    'SELECT level FROM board_own_proposal'                          => 'board',
    'SELECT words FROM board_paper'                                 => 'secretariat',
    'UPDATE board_paper SET pages = 1'                              => '',
    'DELETE FROM board_paper'                                       => '',
    'SELECT done FROM board_proposal'                               => 'board',
    'SELECT proposed FROM board_progress'                           => 'secretariat',
    'UPDATE board_person SET family = "x"'                          => '',
    'DELETE FROM board_person'                                      => '',
    'UPDATE board_application SET applied_on = NOW()'               => '',
    'DELETE FROM board_application'                                 => '',
    'UPDATE board_first_stage SET level = "care1"'                  => '',
    'UPDATE board_decision SET level = "care1"'                     => '',
    'DELETE FROM board_decision'                                    => '',
    'UPDATE board_seat SET letter = "A"'                            => '',
    'DELETE FROM board_purge'                                       => '',
    'INSERT INTO board_sitting_step VALUES ("a", "b")'              => '',
    # Look-up by ambulance crews: who opened whom is never taken back.
    'SELECT sealed FROM patient_crew_face'                          => 'emergency',
    'UPDATE patient_portrait SET crews = 1'                         => 'patient',
    'SELECT code_hash FROM emergency_look_code'                     => '',
    'SELECT patient_id FROM emergency_by_code'                      => 'emergency',
    'SELECT body FROM timeline_crew'                                => 'emergency',
    'SELECT opening FROM emergency_open_now'                        => 'emergency',
    'UPDATE emergency_open_now SET until = "2099-01-01"'            => '',
    'SELECT user_name FROM emergency_opening'                       => 'emergency export',
    'INSERT INTO emergency_opening (ref) VALUES ("")'               => 'emergency',
    'UPDATE emergency_opening SET ended_at = NOW()'                 => 'emergency',
    'UPDATE emergency_opening SET reason = NULL'                    => '',
    'UPDATE emergency_opening SET opened_at = NOW()'                => '',
    'DELETE FROM emergency_opening'                                 => '',
    'INSERT INTO emergency_review (note) VALUES ("x")'              => 'emergency',
    'UPDATE emergency_review SET verdict = "justified"'             => '',
    'DELETE FROM emergency_review'                                  => '',
    'UPDATE emergency_hospital_request SET closed_at = NOW()'       => 'emergency',
    'UPDATE emergency_hospital_request SET complaint = "x"'         => '',
    'UPDATE emergency_hospital_asked SET answer = "accept"'         => 'emergency',
    'DELETE FROM emergency_hospital_asked'                          => '',
    'DELETE FROM emergency_service_status'                          => '',
    'UPDATE emergency_contact_told SET mobile = "x"'                => '',
    'UPDATE emergency_alone SET keyholder = "x"'                    => '',
    'DELETE FROM emergency_alone'                                   => '',
    'DELETE FROM emergency_kit_card'                                => '',
    'UPDATE emergency_kit_card SET code = "2"'                      => '',
    'UPDATE emergency_kit_card SET ended_at = NOW()'                => 'emergency',
    'UPDATE emergency_call SET result = "answered"'                 => '',
    'UPDATE emergency_report SET note = "x"'                        => '',
    'UPDATE emergency_answer SET body = "x"'                        => '',
    'INSERT INTO emergency_due VALUES (1, NOW())'                   => '',
    'DELETE FROM emergency_address'                                 => '',
    # Outbreaks: a correction is a row; public figures are the gateway's.
    'SELECT ill_users FROM bulletin_outbreak_report'                => 'bulletin',
    'INSERT INTO bulletin_outbreak_report (id) VALUES (1)'          => 'bulletin',
    'UPDATE bulletin_outbreak_report SET ill_users = 1'             => '',
    'UPDATE bulletin_outbreak SET office_id = 1'                    => '',
    'DELETE FROM bulletin_outbreak_report'                          => '',
    'DELETE FROM bulletin_outbreak'                                 => '',
    'INSERT INTO care_bulletin_figure (disease) VALUES ("x")'       => 'feed',
    'UPDATE care_bulletin_figure SET hundredths = 1'                => '',
    # Disasters: what was said stays, who opened stays, and what holds now is a trigger's.
    'SELECT address FROM disaster_registration'                     => 'disaster export',
    'DELETE FROM disaster_registration'                             => '',
    'UPDATE disaster_registration_change SET words = "x"'           => '',
    'DELETE FROM disaster_district'                                 => '',
    'UPDATE disaster_hazard SET outline = "x"'                      => 'disaster',
    'DELETE FROM disaster_hazard'                                   => '',
    'SELECT status FROM disaster_safety_status'                     => 'export',
    'SELECT status FROM disaster_person'                            => '',
    'SELECT status FROM disaster_seen'                              => 'disaster',
    'SELECT status FROM disaster_teamed'                            => 'disaster',
    'SELECT status FROM disaster_said'                              => 'disaster',
    'UPDATE disaster_request SET mobile = NULL'                     => '',
    'UPDATE disaster_relative SET mobile = "x"'                     => '',
    'DELETE FROM disaster_relative'                                 => '',
    'UPDATE disaster_message SET audience = "teams"'                => '',
    'DELETE FROM disaster_message'                                  => '',
    'SELECT code_hash FROM disaster_relative_code'                  => '',
    'SELECT status FROM disaster_by_code'                           => 'disaster',
    'UPDATE disaster_shelter_word SET people = 0'                   => '',
    'UPDATE disaster_office_report SET damage = "none"'             => '',
    'DELETE FROM disaster_shelter'                                  => '',
    'UPDATE disaster_plan SET route = "x"'                          => '',
    'INSERT INTO care_incident_patient VALUES (1, 1)'               => 'disaster',
    'DELETE FROM care_incident_patient'                             => '',
    'UPDATE disaster_safety_status SET status = "safe"'             => '',
    'DELETE FROM disaster_safety_status'                            => '',
    'UPDATE disaster_person SET status = "safe"'                    => '',
    'UPDATE disaster_person SET waits = 3'                          => '',
    'DELETE FROM disaster_person'                                   => '',
    'UPDATE disaster_incident SET until = NOW()'                    => 'disaster',
    'UPDATE disaster_incident SET prepared_at = NOW()'              => '',
    'DELETE FROM disaster_incident'                                 => '',
    'DELETE FROM disaster_secrecy'                                  => '',
    'SELECT subject_id FROM care_followed'                          => 'emergency',
    'INSERT INTO care_followed (subject_id) VALUES (1)'             => '',
    'INSERT INTO care_follower (module) VALUES ("x")'               => 'emergency',
    'UPDATE care_notice SET state = "sent"'                         => 'timeline mail sms',
    'UPDATE care_notice SET user_id = 1'                            => '',
    'UPDATE care_notice SET channel = "sms"'                        => '',
    'DELETE FROM care_notice'                                       => '',
    # What a network does without.
    'UPDATE care_network_module SET enabled = 1'                    => 'admin',
    'DELETE FROM care_network_module'                               => '',
    'UPDATE care_network_choice SET wanted = 1'                     => 'admin',
    'UPDATE care_network_right SET sees = ""'                       => 'admin',
    # Certificates.
    'SELECT parcel FROM ca_request'                                 => 'ca admin',
    'INSERT INTO ca_request (ref) VALUES ("")'                      => 'admin',
    'SELECT der FROM ca_certificate'                                => 'ca',
    'INSERT INTO ca_certificate (serial) VALUES ("")'               => 'ca',
    'UPDATE ca_certificate SET device_id = 1'                       => '',
    'UPDATE ca_certificate SET revoked_at = NULL'                   => 'ca',
    'DELETE FROM ca_certificate'                                    => '',
    'SELECT number FROM ca_crl'                                     => 'ca admin',
    'DELETE FROM ca_crl'                                            => '',
    'SELECT units FROM sms_month'                                   => 'sms',
    # Public bulletins: one program writes them, and sees nobody.
    'INSERT INTO care_bulletin (ref) VALUES ("")'                   => 'feed',
    'UPDATE care_bulletin SET issued_at = NOW()'                    => '',
    'UPDATE care_bulletin SET until_at = NOW()'                     => 'feed',
    'DELETE FROM care_bulletin'                                     => '',
    'SELECT title FROM care_bulletin'                               => "$people feed",
    'INSERT INTO care_bulletin_area (municipality) VALUES ("")'     => 'feed',
    'UPDATE care_bulletin_source SET good_at = NOW()'               => 'feed',
    'SELECT good_at FROM care_bulletin_source'                      => 'admin bulletin feed',
    'INSERT INTO care_network_municipality VALUES (1, "")'          => 'admin',
    'DELETE FROM care_network_municipality'                         => 'admin',
    'UPDATE feed_telegram SET packed = ""'                          => '',
    'DELETE FROM feed_telegram'                                     => '',
    'DELETE FROM feed_document'                                     => '',
    'SELECT url FROM feed_document'                                 => 'feed',
    # The server itself.
    'SELECT * FROM lib_migration'                                   => '',
    'SELECT * FROM lib_lease'                                       => 'seal',
    'SELECT * FROM mysql.user'                                      => '',
    'SELECT * FROM mysql.global_priv'                               => '',
    'UPDATE mysql.global_priv SET User = User'                      => '',
    'SELECT LOAD_FILE("/etc/passwd") FROM mysql.user'               => '',
);

my @refused = qw(1044 1045 1142 1143 1227 1370);

# ---- nothing without a rule ----

my @account = map { m{/([a-z]+)/grants\.sql\z} } glob "$root/db/*/grants.sql";
@account = grep { !/\A(?:lib|care)\z/ } @account;
is_deeply([sort @account], [sort keys %RUNS], 'each account has a rule');
is_deeply([sort(db('SELECT User FROM mysql.global_priv WHERE User LIKE "tomozuna%"'))],
    [sort map { "tomozuna_$_" } keys %RUNS], 'the server has these accounts and no other');

my %ruled = map { $_ => 1 } map { @$_ } values %RUNS;
my @file = map { s{\A\Q$root\E/}{}r } glob "$root/modules/*/*.sql $root/gateways/*/*.sql $root/deploy/*/*.sql";
is_deeply([grep { !$ruled{$_} } @file], [], 'each .sql file is somebody\'s');
my %statement = map { $_ => statements("$root/$_") } @file;
ok(%{ $statement{$_} }, "$_ has statements") for @file;

# ---- what a program declares, its account may do ----

for my $account (sort keys %RUNS) {
    my %may = map { my $f = $_; map { ("$f: $_" => $statement{$f}{$_}) } keys %{ $statement{$f} // {} } } @{ $RUNS{$account} };
    for my $f (keys %{ $RUNS_ALSO{$account} // {} }) {
        $may{"$f: $_"} = $statement{$f}{$_} for @{ $RUNS_ALSO{$account}{$f} };
    }
    my @name = sort keys %may;
    my @refusal = refusals($account, @may{@name});
    is_deeply([map { "$name[$_]: $refusal[$_]" } grep { $refusal[$_] } 0 .. $#name], [],
        "$account may run its " . @name . ' statements');
}

# ---- and no change of another's, but where two share a right ----

# Account => statements of other programs that ask for nothing but what its own
# ask for: its own outbox row, its own end of a session.
my %SHARED = (
    patient  => [map({ "modules/meeting/paper.sql: $_" } qw(own_file take_back drop_file)), map({ "modules/team/import.sql: $_" } qw(own_list end_list drop_list)), 'modules/team/consent.sql: own_image'],
    admin    => [map({ "modules/identity/identity.sql: $_" } qw(choose record)), 'gateways/ca/ca.sql: expire', map({ "gateways/meet/meet.sql: $_" } qw(pause set_away)), map { "modules/identity/identity.sql: $_" } qw(end_session end_sessions_of forgive set_duty allow_duty)],
    ca       => ['deploy/tomozuna/certificate.sql: taken'],
    identity => ['deploy/tomozuna/network.sql: record_choice', map({ "deploy/tomozuna/notices.sql: $_" } qw(record choose choose_again)), 'gateways/mail/mail.sql: digest_for', 'gateways/sms/sms.sql: tell_managers',
        map { "deploy/tomozuna/$_" } 'device.sql: end_sessions', 'device.sql: revoke', 'office.sql: revoke_devices', 'staff.sql: duty',
        'staff.sql: end_sessions', 'user.sql: end_sessions', 'user.sql: forget_attempts'],
    timeline => ['modules/patient/portrait.sql: drop_file', 'modules/team/import.sql: drop_list', 'gateways/sms/sms.sql: silent', 'modules/vaccination/visit.sql: clear_doctors', 'modules/vaccination/visit.sql: mark_doctors', 'modules/meeting/paper.sql: drop_file', map({ "modules/meeting/poll.sql: $_" } qw(mark unmark)), 'modules/emergency/opening.sql: clear_marks', 'gateways/mail/mail.sql: digest_for', 'gateways/sms/sms.sql: tell_managers', 'modules/team/episode.sql: clear_marks', 'modules/team/consent.sql: own_image', map { "modules/record/$_" }
        'vitals.sql: mark', 'plans.sql: clear_office', 'record.sql: clear_unread', 'reminders.sql: mark', 'papers.sql: mark_station'],
    team     => [map({ "modules/patient/portrait.sql: $_" } qw(lend drop_file)), map({ "modules/meeting/paper.sql: $_" } qw(own_file take_back)), 'modules/disaster/register.sql: new_patient', 'modules/vaccination/visit.sql: clear_doctors', 'modules/meeting/paper.sql: drop_file', 'modules/meeting/poll.sql: unmark', 'modules/emergency/opening.sql: clear_marks', 'gateways/mail/mail.sql: digest_for', 'gateways/sms/sms.sql: tell_managers', 'modules/timeline/change.sql: forget_marks',
        map({ "modules/record/$_" } 'record.sql: move', 'plans.sql: clear_office', 'record.sql: clear_unread'), 'deploy/tomozuna/office.sql: leave_teams',
        'deploy/tomozuna/staff.sql: leave_teams'],
    emergency => ['modules/vaccination/visit.sql: clear_doctors', 'modules/vaccination/visit.sql: mark_doctors', 'modules/meeting/poll.sql: mark', 'modules/meeting/poll.sql: unmark', 'gateways/mail/mail.sql: digest_for', 'gateways/sms/sms.sql: tell_managers', 'modules/team/episode.sql: clear_marks',
        map({ "modules/record/$_" } 'plans.sql: clear_office', 'record.sql: clear_unread', 'reminders.sql: mark', 'vitals.sql: mark'),
        map { "modules/timeline/$_" } 'change.sql: forget_marks', 'receipt.sql: mark_for'],
    # What may follow is the triggers', whoever of the two asks.
    board    => [map { "modules/secretariat/office.sql: $_" } qw(add_stage go_on application_goes applications_go recuse reopen)],
    secretariat => ['modules/patient/portrait.sql: drop_file', 'modules/team/import.sql: drop_list', 'modules/meeting/paper.sql: drop_file', 'modules/meeting/meeting.sql: tell_cancelled', 'modules/meeting/room.sql: renew', 'gateways/mail/mail.sql: digest_for', 'gateways/sms/sms.sql: tell_managers', 'modules/team/consent.sql: own_image',
        map({ "modules/board/session.sql: $_" } qw(go_on application_goes put_on_table rerun reopen)), map({ "modules/board/after.sql: $_" } qw(close purge)), 'modules/board/member.sql: declare'],
    disaster => ['gateways/mail/mail.sql: digest_for', 'gateways/sms/sms.sql: tell_managers', 'modules/team/registration.sql: add_patient'],
    record   => ['modules/vaccination/visit.sql: clear_doctors', 'modules/vaccination/visit.sql: mark_doctors', 'modules/meeting/poll.sql: mark', 'modules/meeting/poll.sql: unmark', 'modules/emergency/opening.sql: clear_marks', 'gateways/mail/mail.sql: digest_for', 'gateways/sms/sms.sql: tell_managers', 'modules/team/episode.sql: clear_marks', 'modules/team/episode.sql: set_whereabouts',
        map { "modules/timeline/$_" } 'change.sql: forget_marks', 'receipt.sql: mark_for', 'timeline.sql: mark', 'mention.sql: mark'],
    vaccination => [map({ "modules/patient/portrait.sql: $_" } qw(lend drop_file)), 'modules/team/import.sql: drop_list', 'modules/meeting/paper.sql: drop_file', map({ "modules/meeting/poll.sql: $_" } qw(mark unmark)), 'gateways/mail/mail.sql: digest_for', 'gateways/sms/sms.sql: tell_managers', 'modules/emergency/opening.sql: clear_marks', 'modules/team/consent.sql: own_image', 'modules/team/episode.sql: clear_marks', map({ "modules/record/$_" } 'plans.sql: clear_office',
        'record.sql: clear_unread', 'reminders.sql: mark', 'vitals.sql: mark'), map { "modules/timeline/$_" } 'change.sql: forget_marks', 'receipt.sql: mark_for'],
    mail     => ['modules/timeline/change.sql: call_off', map { "gateways/sms/sms.sql: $_" } qw(give_back silent tell_managers)],
    sms      => ['gateways/mail/mail.sql: digest_for', 'modules/timeline/change.sql: call_off'],
    meet     => ['modules/meeting/room.sql: renew', map { "modules/secretariat/video.sql: $_" } qw(tell_new tell_cancelled)],
    meeting  => [map({ "modules/patient/portrait.sql: $_" } qw(lend drop_file)), map({ "modules/team/import.sql: $_" } qw(drop_list end_list own_list)), map({ "modules/secretariat/video.sql: $_" } qw(add invite_self tell_new cancel tell_cancelled)), 'modules/vaccination/visit.sql: clear_doctors', 'modules/vaccination/visit.sql: mark_doctors', 'modules/emergency/opening.sql: clear_marks', 'modules/team/consent.sql: own_image', 'modules/team/episode.sql: clear_marks', 'gateways/mail/mail.sql: digest_for', 'gateways/sms/sms.sql: tell_managers',
        map({ "modules/record/$_" } 'plans.sql: clear_office', 'record.sql: clear_unread', 'reminders.sql: mark', 'vitals.sql: mark'), map { "modules/timeline/$_" } 'change.sql: forget_marks', 'receipt.sql: mark_for'],
);
push @{ $SHARED{emergency} }, map({ "gateways/sms/sms.sql: $_" } qw(stop_for_good stop_lasting)), map({ "modules/identity/identity.sql: $_" } qw(end_session end_sessions_of)),
    map { "deploy/tomozuna/$_" } 'device.sql: revoke', 'device.sql: end_sessions', 'office.sql: revoke_devices', 'staff.sql: end_sessions', 'user.sql: end_sessions';
push @{ $SHARED{$_} }, 'modules/vaccination/register.sql: drop_file' for qw(timeline team secretariat);
push @{ $SHARED{$_} }, map { "modules/vaccination/register.sql: $_" } qw(drop_file own_file) for qw(meeting patient);
push @{ $SHARED{vaccination} }, map { "modules/meeting/paper.sql: $_" } qw(own_file take_back);
push @{ $SHARED{vaccination} }, map { "modules/team/import.sql: $_" } qw(own_list end_list);
push @{ $SHARED{team} }, 'modules/vaccination/register.sql: own_file';
push @{ $SHARED{$_} }, map { "modules/emergency/copy.sql: $_" } qw(shut_device shut_sessions) for qw(admin identity);
push @{ $SHARED{vaccination} }, map { "gateways/sms/sms.sql: $_" } qw(stop_for_good stop_lasting);
# Who may insert a notice.
push @$_, 'gateways/sms/sms.sql: tell_phone' for grep { grep { /tell_managers/ } @$_ } values %SHARED;

for my $account (sort keys %RUNS) {
    my %own = map { $_ => 1 } @{ $RUNS{$account} };
    my %shared = map { $_ => 1 } @{ $SHARED{$account} // [] };
    my @write;
    for my $f (grep { !$own{$_} && !m{\Amodules/(?:lib|care)/} } @file) {
        push @write, map { ["$f: $_", $statement{$f}{$_}] } grep { $statement{$f}{$_} =~ /\A\s*(?:INSERT|UPDATE|DELETE|REPLACE)/i }
            sort keys %{ $statement{$f} };
    }
    my @refusal = refusals($account, map { $_->[1] } @write);
    is_deeply([grep { !$shared{$_} } map { $write[$_][0] } grep { !$refusal[$_] } 0 .. $#write], [],
        "$account changes nothing by another's statements");
}

# ---- acts ----

my @act = sort keys %ACT;
for my $account (sort keys %RUNS) {
    my @refusal = refusals($account, @act);
    my @wrong;
    for my $i (0 .. $#act) {
        my $may = grep { $_ eq $account } split ' ', $ACT{ $act[$i] };
        my $no = grep { $_ eq $refusal[$i] } @refused;
        push @wrong, "may: $act[$i]" if !$may && !$no;
        push @wrong, "may not: $act[$i] ($refusal[$i])" if $may && $refusal[$i];
    }
    is_deeply(\@wrong, [], "$account and " . @act . ' acts');
}

# ---- rights that no statement shows ----

is_deeply([db('SELECT CONCAT(GRANTEE, " ", PRIVILEGE_TYPE) FROM information_schema.USER_PRIVILEGES
    WHERE GRANTEE LIKE "\'tomozuna%" AND PRIVILEGE_TYPE <> "USAGE"')], [], 'no right over the whole server');
is_deeply([db('SELECT CONCAT(GRANTEE, " ", PRIVILEGE_TYPE) FROM information_schema.SCHEMA_PRIVILEGES
    WHERE GRANTEE LIKE "\'tomozuna%"')], [], 'none over a whole database');
is_deeply([db('SELECT CONCAT(GRANTEE, " ", TABLE_NAME, " ", PRIVILEGE_TYPE) FROM information_schema.TABLE_PRIVILEGES
    WHERE GRANTEE LIKE "\'tomozuna%" AND (IS_GRANTABLE = "YES"
       OR PRIVILEGE_TYPE NOT IN ("SELECT", "INSERT", "UPDATE", "DELETE"))')], [], 'no DROP, ALTER, CREATE, TRIGGER, GRANT');
is_deeply([db('SELECT DISTINCT CONCAT(User, " ", Routine_name) FROM mysql.procs_priv WHERE User LIKE "tomozuna%" AND Proc_priv > ""')],
    ['tomozuna_admin admin_delete_patient'], 'no procedure but the one that refuses by itself');
is_deeply([db('SELECT CONCAT(GRANTEE, " ", TABLE_NAME) FROM information_schema.COLUMN_PRIVILEGES
    WHERE GRANTEE LIKE "\'tomozuna%" AND IS_GRANTABLE = "YES"')], [], 'nor GRANT on a column');
is_deeply([db('SELECT CONCAT(User, "@", Host) FROM mysql.global_priv WHERE User LIKE "tomozuna%" AND Host <> "localhost"')], [],
    'every account is of this machine');
is_deeply([db('SELECT User FROM mysql.user WHERE User LIKE "tomozuna%" AND authentication_string = ""')], [], 'and has a password');
is(scalar db('SELECT COUNT(*) FROM mysql.global_priv WHERE User = "" OR User = "PUBLIC"'), 0, 'nobody comes without a name');

done_testing;
