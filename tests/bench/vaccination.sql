-- A town of 100,000 residents with 500,000 immunizations: five each, of four vaccines, and
-- what is due for them as the pass of a night leaves it; and 8,000 visits whose waiting period is
-- over (bench_waiting). Loaded once, when a row of it is first wanted.
SET SESSION sql_log_bin = 0, foreign_key_checks = 0,
	max_statement_time = 0, idle_transaction_timeout = 0,
	time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_UNSIGNED_SUBTRACTION';

-- No pass of this day: what is due is written here.
REPLACE INTO vaccination_pass (on_day, started_at, ended_at) VALUES (DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3));
UPDATE care_user SET roles = 'crew,clerk' WHERE id BETWEEN 41 AND 80;
-- Whose icon it is would be asked at each dose.
DROP TRIGGER care_immunization_added;

-- Residents of whom no team knows, behind those who have one. Their keys of search are nobody's here.
INSERT INTO care_patient (id, ref, network_id, family, given, kana_family, kana_given, kana_folded, sex,
       birth_date, address, phone, insurer_number, insured_number, care_level, lives_alone, whereabouts)
SELECT 1000000 + seq, UNHEX(MD5(CONCAT('resident', seq))), 1, CONCAT('住民', seq), '花', 'じゅうみん', 'はな', 'じゅうみんはな', 'female',
       '1926-04-02' + INTERVAL seq * 7919 % 14600 DAY, CONCAT('架空県ともづな市港町', 1 + seq % 9, '丁目'), '000-0000-0000',
       '999998', LPAD(seq, 10, '0'), 'care1', 0, 'home'
  FROM seq_1_to_100000;

INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, product, given_on, recorded_at, recorded_by,
       writer_name, writer_profession, writer_office)
SELECT 1000000 + p.seq, UNHEX(MD5(CONCAT('dose', p.seq, '.', k.seq))), ELT(k.seq, 'influenza', 'influenza', 'covid19', 'covid19', 'zoster'), '',
       ELT(k.seq, 'influenza_ha', 'influenza_ha', 'comirnaty', 'comirnaty', 'shingrix'),
       CURDATE() - INTERVAL 300 + k.seq * 211 + p.seq % 97 DAY, '2026-01-01', 1, '三好 かえで', '040', 'あおぞら訪問看護ステーション'
  FROM seq_1_to_100000 p JOIN seq_1_to_5 k;

DELETE FROM vaccination_due;
INSERT INTO vaccination_due (patient_id, vaccine, network_id, programme, dose_number, due_on, last_on)
SELECT 1000000 + p.seq, ELT(k.seq, 'influenza', 'covid19', 'zoster', 'pneumococcal'), 1, 'bench', 1 + k.seq % 3,
       CURDATE() - INTERVAL p.seq % 60 DAY, CURDATE() + INTERVAL p.seq * 13 % 150 - 20 DAY
  FROM seq_1_to_100000 p JOIN seq_1_to_4 k WHERE (p.seq + k.seq) % 3;
DELETE FROM vaccination_due_count;
INSERT INTO vaccination_due_count (network_id, vaccine, due, overdue)
SELECT network_id, vaccine, SUM(last_on >= CURDATE()), SUM(last_on < CURDATE()) FROM vaccination_due GROUP BY 1, 2;

-- Visits of patients who have a team, with their dose and form: all that ending one asks.
INSERT INTO care_immunization (patient_id, id, ref, vaccine, vaccine_name, given_on, given_at, visit_id, recorded_at, recorded_by,
       writer_name, writer_profession, writer_office)
SELECT p.seq, 9000000 + p.seq * 1000 + k.seq, UNHEX(MD5(CONCAT('visited', p.seq, '.', k.seq))), CONCAT('bench', k.seq), '',
       CURDATE(), UTC_TIMESTAMP(3), p.seq * 1000 + k.seq, UTC_TIMESTAMP(3), 1, '三好 かえで', '040', 'あおぞら訪問看護ステーション'
  FROM seq_1_to_2000 p JOIN seq_1_to_VISITS k;
INSERT INTO vaccination_visit (patient_id, id, ref, vaccine, vaccine_name, planned_on, planned_at, planned_by, planner_name, office_id, state, state_at,
       immunization_id, given_at, wait_minutes, wait_until)
SELECT p.seq, p.seq * 1000 + k.seq, UNHEX(CONCAT('d', LPAD(p.seq * 1000 + k.seq, 31, '0'))), CONCAT('bench', k.seq), '',
       CURDATE(), UTC_TIMESTAMP(3), 1, '三好 かえで', 1, 'waiting', UTC_TIMESTAMP(3), 9000000 + p.seq * 1000 + k.seq,
       UTC_TIMESTAMP(3) - INTERVAL 1 HOUR, 15, UTC_TIMESTAMP(3) - INTERVAL 45 MINUTE
  FROM seq_1_to_2000 p JOIN seq_1_to_VISITS k;
INSERT INTO vaccination_screening (patient_id, ref, visit_id, written_at, written_by, writer_name, writer_profession, temperature, wish, signer)
SELECT patient_id, UNHEX(MD5(CONCAT('form', id))), id, UTC_TIMESTAMP(3), 1, '三好 かえで', '040', 364, 'wishes', 'self' FROM vaccination_visit;
CREATE TRIGGER care_immunization_added AFTER INSERT ON care_immunization FOR EACH ROW
UPDATE care_patient SET immunized_on =
	(SELECT MAX(stands_on) FROM care_immunization WHERE patient_id = NEW.patient_id)
 WHERE id = NEW.patient_id;
-- What others would make of so many new people is not asked here.
DELETE FROM emergency_due;
DELETE FROM care_followed;

ANALYZE TABLE care_patient, care_immunization, vaccination_due, vaccination_visit, vaccination_screening;
