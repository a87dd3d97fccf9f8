-- Before each run: the same state, whatever an earlier run has written.
SET SESSION sql_log_bin = 0, unique_checks = 0, foreign_key_checks = 0,
	max_statement_time = 0, idle_transaction_timeout = 0, time_zone = '+00:00';
DELETE FROM timeline_entry WHERE id > 1000000;
TRUNCATE timeline_attachment;
TRUNCATE care_file_chunk;
TRUNCATE care_file;
TRUNCATE lib_audit;
TRUNCATE lib_event;
TRUNCATE lib_event_due;
TRUNCATE lib_idempotency;
TRUNCATE care_mark;
-- The last three entries of a patient are unread to those of the team.
INSERT INTO care_mark (user_id, patient_id, module, kind, ref, at)
SELECT DISTINCT f.user_id, t.patient_id, 'timeline', IF(n.seq = 500, 'urgent', 'unread'),
       UNHEX(MD5(CONCAT('entry', t.patient_id, '.', n.seq))), '2026-10-01'
  FROM care_team t
  JOIN care_staff f ON f.office_id = t.office_id AND (t.user_id = f.user_id OR t.user_id = 0)
  JOIN seq_498_to_500 n
 ORDER BY 1, 2, 3, 4, 5;
-- Meetings are to come, some each day.
UPDATE meeting_meeting SET starts_at = DATE(UTC_TIMESTAMP()) + INTERVAL 2 + id % 300 DAY + INTERVAL 5 HOUR, ends_at = starts_at + INTERVAL 1 HOUR;
-- Everybody is of a crew, too, and has the first of her patients open.
UPDATE care_user SET roles = 'crew' WHERE roles = '';
TRUNCATE emergency_opening;
TRUNCATE emergency_open_now;
INSERT INTO emergency_opening (patient_id, ref, network_id, user_id, user_name, profession, office_id, office_name, basis, opened_at, until)
SELECT MIN(t.patient_id), UNHEX(MD5(CONCAT('opening', s.user_id))), MIN(s.network_id), s.user_id, MIN(CONCAT(s.family, ' ', s.given)),
       MIN(s.profession), MIN(s.office_id), MIN(s.office_name), 'consent', UTC_TIMESTAMP(3), '2099-01-01'
  FROM care_session s
  JOIN care_team t ON t.office_id = s.office_id AND t.user_id IN (0, s.user_id) AND t.left_at IS NULL
 GROUP BY s.user_id;
-- A drill is open, and everybody is on its list; users 1 to 40 are its officers, too.
UPDATE care_user SET roles = CONCAT(roles, ',disaster_officer') WHERE id <= 40 AND NOT FIND_IN_SET('disaster_officer', roles);
DELETE FROM disaster_safety_status;
DELETE FROM disaster_person;
DELETE FROM disaster_secrecy;
INSERT IGNORE INTO disaster_district (id, ref, network_id, name, outline)
VALUES (1, UNHEX(MD5('district')), 1, '港町', '33.50,137.50 33.50,137.55 33.55,137.55 33.55,137.50');
INSERT IGNORE INTO disaster_registration (patient_id, ref, network_id, family, given, kana_family, kana_given, birth_date, sex, address, district_id,
       latitude, longitude, reasons, care_level, lives_alone, registered_at, changed_at)
SELECT id, UNHEX(MD5(CONCAT('registration', id))), network_id, family, given, kana_family, kana_given, birth_date, sex, address, 1,
       33500000 + id * 977 % 50000, 137500000 + id * 613 % 50000, 'care_level', care_level, lives_alone, '2026-01-01', '2026-01-01' FROM care_patient;
INSERT IGNORE INTO disaster_incident (id, ref, network_id, drill, kind, title, prepared_at, basis, opened_at, opened_name, until)
VALUES (1, UNHEX(CONCAT('e', LPAD(1, 31, '0'))), 1, 1, 'outage', '停電', '2026-01-01', '計測', '2026-01-01', '計測', '2099-01-01');
INSERT IGNORE INTO disaster_area (incident_id, district_id) VALUES (1, 1);
INSERT INTO disaster_person (incident_id, patient_id, number, district_id, tier, place_in_line, status, waits)
SELECT 1, id, id, 1, 5, 5000000000000000 + id, IF(id % 3 = 0, 'safe', IF(id % 40 = 1, 'rescue_needed', 'unknown')), IF(id % 3 = 0, 3, IF(id % 40 = 1, 1, 2))
  FROM care_patient;
INSERT INTO disaster_secrecy (incident_id, user_id, network_id, user_name, office_name, at)
SELECT 1, id, network_id, family, '計測', '2026-01-01' FROM care_user WHERE id <= 40;
UPDATE care_session SET created_at = UTC_TIMESTAMP(3), seen_at = UTC_TIMESTAMP(3);
RESET MASTER;
-- A line a session: its cookie, its device, the patients that it may see.
SET SESSION group_concat_max_len = 1048576;
SELECT SHA2(CONCAT('session', s.user_id), 256), s.device_id,
       GROUP_CONCAT(DISTINCT LOWER(HEX(p.ref)) ORDER BY p.id SEPARATOR ',')
  FROM care_session s
  JOIN care_team t ON t.office_id = s.office_id AND t.user_id IN (0, s.user_id) AND t.left_at IS NULL
  JOIN care_patient p ON p.id = t.patient_id
 GROUP BY s.user_id, s.device_id;
