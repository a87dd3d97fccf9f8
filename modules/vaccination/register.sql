-- The town's own register: numbers of residents, columns, files that were read, doses for it.

--! row register_column (text field, text heading)
--! row known_by (key patient_id, date birth_date, text kana_folded, text? resident_number)
--! row imported (ref id, key import_id, key? file_id, text name, utc made_at, text maker_name, i64 entries_done, i64 added, i64 known,
--!   i64 faulty, utc? ended_at)
--! row lapsed_file (key import_id, key file_id)
--! row same_dose (i64 n)
--! row start (key after, i64 n)
--! row ours (key immunization_id, key patient_id, text? resident_number, text name, text kana, date birth_date, text sex,
--!   date given_on, text vaccine_name, text? product_name, text? product, text? lot_number, text? dose_ml, i64? dose_number,
--!   text? programme, text? place, text? office, text? doctor_name, text? site, text? route)

--! many register_column columns (key network)
SELECT field, heading FROM vaccination_column WHERE network_id = :network;

--! exec set_column (key network, text field, text heading)
INSERT INTO vaccination_column (network_id, field, heading) VALUES (:network, :field, :heading)
    ON DUPLICATE KEY UPDATE heading = VALUES(heading);

-- ---- whom a line means ----

--! one known_by by_number (key network, text number)
SELECT p.id AS patient_id, p.birth_date, p.kana_folded, n.resident_number
  FROM vaccination_resident n JOIN care_patient p ON p.id = n.patient_id
 WHERE n.network_id = :network AND n.resident_number = :number;

--! many known_by by_name (key network, text folded, date born)
-- More than one is nobody.
SELECT p.id AS patient_id, p.birth_date, p.kana_folded, n.resident_number
  FROM care_patient p LEFT JOIN vaccination_resident n ON n.patient_id = p.id
 WHERE p.network_id = :network AND p.kana_folded = :folded AND p.birth_date = :born LIMIT 2;

--! one known_by of_patient (key patient)
SELECT p.id AS patient_id, p.birth_date, p.kana_folded, n.resident_number
  FROM care_patient p LEFT JOIN vaccination_resident n ON n.patient_id = p.id WHERE p.id = :patient;

--! exec drop_number (key patient)
DELETE FROM vaccination_resident WHERE patient_id = :patient;

--! exec1 number (key network, text number, key patient, utc now)
-- One that somebody else has is a duplicate key.
INSERT INTO vaccination_resident (network_id, resident_number, patient_id, known_at)
VALUES (:network, :number, :patient, :now);

--! one same_dose same (key patient, text vaccine, date given_on)
SELECT COUNT(*) AS n FROM care_immunization
 WHERE patient_id = :patient AND vaccine = :vaccine AND stands_on = :given_on;

-- ---- files ----

--! exec1 add (key network, ref id, key file, text name, utc now, key user, text maker)
INSERT INTO vaccination_import (network_id, ref, file_id, name, made_at, made_by, maker_name)
VALUES (:network, :id, :file, :name, :now, :user, :maker);

--! exec1 own_file (key file, utc until)
-- Before it is kept: from then on the day can only come nearer.
UPDATE care_file SET until_at = :until WHERE id = :file AND kept_at IS NULL;

--! many imported imports (key network)
SELECT ref AS id, id AS import_id, file_id, name, made_at, maker_name, entries_done, added, known, faulty, ended_at
  FROM vaccination_import WHERE network_id = :network ORDER BY vaccination_import.id DESC LIMIT 20;

--! one imported one (key network, ref id)
SELECT ref AS id, id AS import_id, file_id, name, made_at, maker_name, entries_done, added, known, faulty, ended_at
  FROM vaccination_import WHERE network_id = :network AND ref = :id;

--! one imported lock (key network, ref id)
-- The same, for whoever writes on.
SELECT ref AS id, id AS import_id, file_id, name, made_at, maker_name, entries_done, added, known, faulty, ended_at
  FROM vaccination_import WHERE network_id = :network AND ref = :id FOR UPDATE;

--! exec1 go_on (key import, i64 done, i64 added, i64 known, i64 faulty, utc? ended_at)
UPDATE vaccination_import
   SET entries_done = :done, added = added + :added, known = known + :known, faulty = faulty + :faulty, ended_at = :ended_at
 WHERE id = :import;

--! many lapsed_file lapsed (i64 most)
-- Whose day has passed: content and file go, the row stays.
SELECT i.id AS import_id, f.id AS file_id FROM care_file f JOIN vaccination_import i ON i.file_id = f.id
 WHERE f.until_at <= UTC_TIMESTAMP(3) ORDER BY f.until_at LIMIT :most;

--! exec let_go (key import)
UPDATE vaccination_import SET file_id = NULL WHERE id = :import;

--! exec drop_file (key file)
DELETE FROM care_file WHERE id = :file AND until_at <= UTC_TIMESTAMP(3);

-- ---- for the register ----

--! many start starts (key network, date since, date until, i64 most)
-- Where each file of so many doses begins.
SELECT s.id - 1 AS after, s.n
  FROM (SELECT i.id, ROW_NUMBER() OVER (ORDER BY i.id) AS n
          FROM care_immunization i JOIN care_patient p ON p.id = i.patient_id AND p.network_id = :network
         WHERE i.given_on BETWEEN :since AND :until AND i.reported = 0 AND i.ended_at IS NULL) AS s
 WHERE s.n MOD :most = 1 ORDER BY s.n;

--! many ours ours (key network, date since, date until, key after, i64 most)
-- Of ours alone: what was reported the town has from elsewhere.
SELECT i.id AS immunization_id, p.id AS patient_id, n.resident_number, CONCAT(p.family, '　', p.given) AS name,
       CONCAT(p.kana_family, '　', p.kana_given) AS kana, p.birth_date, p.sex, i.given_on, i.vaccine_name, i.product_name,
       i.product, i.lot_number, CAST(i.dose_ml AS CHAR) AS dose_ml, i.dose_number, i.programme, i.place, o.name AS office,
       i.doctor_name, i.site, i.route
  FROM care_immunization i JOIN care_patient p ON p.id = i.patient_id AND p.network_id = :network
  LEFT JOIN vaccination_resident n ON n.patient_id = p.id
  LEFT JOIN care_office o ON o.id = i.office_id
 WHERE i.given_on BETWEEN :since AND :until AND i.reported = 0 AND i.ended_at IS NULL AND i.id > :after
 ORDER BY i.id LIMIT :most;
