-- The nightly pass and the lists made of it.

--! row pass (date on_day, utc started_at, utc? ended_at, key after_id, i64 people, i64 looked, i64 changed)
--! row one_person (key patient_id, key network_id, date birth_date, text? address)
--! row one_dose (key patient_id, text vaccine, text? product, date given_on, bool reported)
--! row standing (key patient_id, text vaccine, text programme, i64 dose_number, date due_on, date last_on)
--! row line (key patient_id, ref patient, text name, text kana, date birth_date, text? phone, text vaccine,
--!   i64 dose_number, date due_on, date last_on, bool overdue, text? booking, calc text? vaccine_name)
--! row count (text vaccine, i64 due, i64 overdue, calc text? vaccine_name, calc i64 number)

--! exec open (date day, utc now)
-- How many there are is what the pass before it found, or about as many as there are: to count them takes too long.
INSERT IGNORE INTO vaccination_pass (on_day, started_at, people)
SELECT :day, :now, COALESCE((SELECT p.looked FROM vaccination_pass p WHERE p.ended_at IS NOT NULL ORDER BY p.on_day DESC LIMIT 1),
       (SELECT t.TABLE_ROWS FROM information_schema.TABLES t WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_NAME = 'care_patient'), 0);

--! one pass state (date day)
SELECT on_day, started_at, ended_at, after_id, people, looked, changed FROM vaccination_pass WHERE on_day = :day;

--! one pass lock (date day)
-- Of several programs one goes on at a time.
SELECT on_day, started_at, ended_at, after_id, people, looked, changed
  FROM vaccination_pass WHERE on_day = :day FOR UPDATE;

--! one pass newest ()
SELECT on_day, started_at, ended_at, after_id, people, looked, changed
  FROM vaccination_pass ORDER BY on_day DESC LIMIT 1;

--! many one_person people (key after, i64 most)
-- Also those who left: what is due for them is taken away (birth_date is not asked).
SELECT id AS patient_id, network_id, IF(whereabouts IN ('moved', 'deceased'), DATE('9999-01-01'), birth_date) AS birth_date,
       address
  FROM care_patient WHERE id > :after ORDER BY id LIMIT :most;

--! many one_dose doses (key after, key upto)
-- As the table lies; the program sorts the few of one person.
SELECT patient_id, vaccine, product, given_on, reported FROM care_immunization
 WHERE patient_id > :after AND patient_id <= :upto AND ended_at IS NULL ORDER BY patient_id, id;

--! many standing kept (key after, key upto)
SELECT patient_id, vaccine, programme, dose_number, due_on, last_on FROM vaccination_due FORCE INDEX (by_person)
 WHERE patient_id > :after AND patient_id <= :upto ORDER BY patient_id, vaccine;

--! exec put (text rows)
-- [[patient,"vaccine","programme",dose,"due_on","last_on"], …]
-- Name and booking beside them as a trigger would fill them in, which takes longer (db/vaccination/0012-due-line.sql).
INSERT INTO vaccination_due (patient_id, network_id, vaccine, programme, dose_number, due_on, last_on,
       patient_ref, name, kana, birth_date, phone, booking)
SELECT p.id, p.network_id, j.vaccine, j.programme, j.dose, j.due_on, j.last_on, p.ref, CONCAT(p.family, ' ', p.given),
       CONCAT(p.kana_family, ' ', p.kana_given), p.birth_date, p.phone, b.state
  FROM JSON_TABLE(:rows, '$[*]' COLUMNS (patient BIGINT PATH '$[0]', vaccine VARCHAR(24) PATH '$[1]',
       programme VARCHAR(24) PATH '$[2]', dose INT PATH '$[3]', due_on DATE PATH '$[4]', last_on DATE PATH '$[5]')) AS j
  JOIN care_patient p ON p.id = j.patient
  LEFT JOIN vaccination_booking b ON b.patient_id = p.id AND b.open_vaccine = j.vaccine
    ON DUPLICATE KEY UPDATE programme = VALUES(programme), dose_number = VALUES(dose_number),
       due_on = VALUES(due_on), last_on = VALUES(last_on);

--! exec drop (text rows)
-- [[patient,"vaccine"], …]
DELETE d FROM vaccination_due d
  JOIN JSON_TABLE(:rows, '$[*]' COLUMNS (patient BIGINT PATH '$[0]', vaccine VARCHAR(24) PATH '$[1]')) AS j
    ON j.patient = d.patient_id AND j.vaccine = d.vaccine;

--! exec drop_all (key patient)
DELETE FROM vaccination_due WHERE patient_id = :patient;

--! exec go_on (date day, key after, i64 looked, i64 changed)
UPDATE vaccination_pass SET after_id = :after, looked = looked + :looked, changed = changed + :changed,
       people = GREATEST(people, looked)
 WHERE on_day = :day;

--! exec end (date day, utc now)
UPDATE vaccination_pass SET ended_at = :now, people = looked WHERE on_day = :day AND ended_at IS NULL;

--! exec uncount ()
DELETE FROM vaccination_due_count;

--! exec count_all (date day)
INSERT INTO vaccination_due_count (network_id, vaccine, due, overdue)
SELECT network_id, vaccine, due, overdue FROM vaccination_due_tally WHERE on_day = :day;

--! exec tally (date day, text rows)
-- [[network,"vaccine",due,overdue], …]
INSERT INTO vaccination_due_tally (network_id, on_day, vaccine, due, overdue)
SELECT j.network, :day, j.vaccine, j.d, j.o
  FROM JSON_TABLE(:rows, '$[*]' COLUMNS (network BIGINT PATH '$[0]', vaccine VARCHAR(24) PATH '$[1]',
       d INT PATH '$[2]', o INT PATH '$[3]')) AS j
    ON DUPLICATE KEY UPDATE due = due + VALUES(due), overdue = overdue + VALUES(overdue);

--! exec untally ()
DELETE FROM vaccination_due_tally;

-- ---- lists ----

--! many count counts (key network)
SELECT vaccine, due, overdue FROM vaccination_due_count WHERE network_id = :network;

--! many line of_office (key viewer, key office, date day)
-- Of the viewer's own patients: what ends first, first; what has ended last.
SELECT p.id AS patient_id, p.ref AS patient, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, p.birth_date, p.phone, d.vaccine, d.dose_number, d.due_on,
       d.last_on, d.last_on < :day AS overdue,
       (SELECT b.state FROM vaccination_booking b WHERE b.patient_id = d.patient_id AND b.open_vaccine = d.vaccine) AS booking
  FROM (SELECT DISTINCT patient_id FROM care_team_member
         WHERE office_id = :office AND user_id IN (0, :viewer)) AS t
  JOIN vaccination_due d ON d.patient_id = t.patient_id AND d.due_on <= :day
  JOIN care_patient p ON p.id = d.patient_id
 ORDER BY d.last_on < :day, d.last_on, p.kana_folded LIMIT 300;

--! many line of_town (key network, text vaccine, date day, date last_from, date last_until, key after)
-- One page: windows that end between two days, from a person on. A range of the table as it lies; without the word
-- all of the vaccine is read from its first that is overdue.
SELECT patient_id, patient_ref AS patient, name, kana, birth_date, phone, vaccine, dose_number, due_on, last_on,
       last_on < :day AS overdue, booking
  FROM vaccination_due FORCE INDEX (PRIMARY)
 WHERE network_id = :network AND vaccine = :vaccine AND last_on BETWEEN :last_from AND :last_until
   AND (last_on > :last_from OR patient_id > :after) AND due_on <= :day
 ORDER BY last_on, patient_id LIMIT 51;

--! many line of_clinic (key network, key clinic, date day)
-- Residents who have this clinic in their team, for the desk.
SELECT p.id AS patient_id, p.ref AS patient, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, p.birth_date, p.phone, d.vaccine, d.dose_number, d.due_on,
       d.last_on, d.last_on < :day AS overdue,
       (SELECT b.state FROM vaccination_booking b WHERE b.patient_id = d.patient_id AND b.open_vaccine = d.vaccine) AS booking
  FROM (SELECT DISTINCT patient_id FROM care_team_now WHERE office_id = :clinic AND user_id >= 0) AS t
  JOIN vaccination_due d ON d.patient_id = t.patient_id AND d.network_id = :network AND d.due_on <= :day
  JOIN care_patient p ON p.id = d.patient_id
 ORDER BY d.last_on < :day, d.last_on, p.kana_folded LIMIT 300;
