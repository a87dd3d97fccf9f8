-- The record on one screen, and what its parts share. Each statement takes the
-- patient of the path, whose team the admission has checked.

--! row left_patient (key patient_id, ref id, text name, text kana, date birth_date, calc i64 age)

--! row item (text section, ref? id, text? a, text? b, text? c, text? d, i64? n, i64? flag,
--!   date? begins_on, date? ends_on, utc? at, text? by_name, text? by_profession)

--! row field_row (ref id, key field_id, text state, text? value, utc confirmed_at,
--!   text confirmed_name, text confirmed_profession)

--! row changed (utc at, text name, text profession_code, text section, text act,
--!   text about, calc text profession)

--! row moved (text whereabouts, date since_on, text? place, text? note,
--!   utc confirmed_at, text confirmed_name, text profession_code,
--!   calc text profession)

--! row leveled (text care_level, date? valid_from, date? valid_to,
--!   utc confirmed_at, text confirmed_name, text profession_code,
--!   calc text profession)

--! many item summary (key patient, key viewer, utc now, text? shown)
-- All of the page in one statement: a round trip a section cost more than the
-- reading. `section` says what a row is and so what its columns hold:
-- modules/record/summary.c. What is the same for every viewer at any time is one
-- range of a table that triggers keep (db/record/0003-summary-now.sql), each
-- section in the order of its ids. `shown`: record_shown().
SELECT section, ref AS id, a, b, c, d, n, flag, begins_on, ends_on, at, by_name, by_profession
  FROM record_summary_now WHERE patient_id = :patient
   AND (:shown IS NULL OR LOCATE(CONCAT(',', IF(section = 'field', a, section), ','), :shown) > 0)
UNION ALL
(SELECT 'visit', ref, kind, note, NULL, NULL, NULL, NULL, NULL, NULL, starts_at, NULL, NULL
  FROM record_visit WHERE patient_id = :patient AND starts_at >= :now AND cancelled_at IS NULL
 ORDER BY starts_at LIMIT 3)
UNION ALL
(SELECT 'alarm', ref, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, at, NULL, NULL
  FROM care_mark WHERE user_id = :viewer AND patient_id = :patient AND module = 'record' AND kind = 'urgent'
   AND :shown IS NULL
 LIMIT 1)
UNION ALL
(SELECT 'change', NULL, c.section, c.act, c.label, NULL, NULL, NULL, NULL, NULL, c.at, c.user_name, c.profession
  FROM record_change c
 WHERE c.patient_id = :patient AND c.user_id <> :viewer
   AND (:shown IS NULL OR LOCATE(CONCAT(',', c.section, ','), :shown) > 0) AND c.id > COALESCE(
       (SELECT change_id FROM record_seen WHERE user_id = :viewer AND patient_id = :patient), 0)
 ORDER BY c.id DESC LIMIT 8);

--! one field_row field (key patient, text field)
-- The newest row of one field; none: nobody has asked.
SELECT ref AS id, id AS field_id, state, value, confirmed_at, confirmed_name, confirmed_profession
  FROM care_field WHERE patient_id = :patient AND field = :field ORDER BY care_field.id DESC LIMIT 1;

--! exec1 add_field (key patient, ref id, text field, text state, text? value,
--!   key replaces, key user, text name, text profession, utc now)
-- A duplicate key when somebody has replaced the same row a moment ago.
INSERT INTO care_field (patient_id, ref, field, state, value, replaces, confirmed_at,
       confirmed_by, confirmed_name, confirmed_profession)
VALUES (:patient, :id, :field, :state, :value, :replaces, :now, :user, :name, :profession);

--! exec1 add_change (key patient, utc now, key user, text name, text profession,
--!   text section, text act, text label)
INSERT INTO record_change (patient_id, at, user_id, user_name, profession, section, act, label)
VALUES (:patient, :now, :user, :name, :profession, :section, :act, LEFT(:label, 120));

--! many changed changes (key patient, text? shown)
-- The newest hundred, of what the viewer is shown.
SELECT at, user_name AS name, profession AS profession_code, section, act, label AS about
  FROM record_change WHERE patient_id = :patient
   AND (:shown IS NULL OR LOCATE(CONCAT(',', section, ','), :shown) > 0) ORDER BY id DESC LIMIT 100;

--! exec seen (key patient, key viewer, utc now)
-- She has seen what changed until now.
INSERT INTO record_seen (user_id, patient_id, change_id, seen_at)
SELECT :viewer, :patient, COALESCE(MAX(id), 0), :now FROM record_change WHERE patient_id = :patient
    ON DUPLICATE KEY UPDATE change_id = VALUES(change_id), seen_at = VALUES(seen_at);

--! exec clear_unread (key patient, key viewer)
-- And what was new of it waits no more.
DELETE FROM care_mark
 WHERE user_id = :viewer AND patient_id = :patient AND module = 'record' AND kind = 'unread';

--! exec1 move (key patient, ref id, text whereabouts, date since, text? place,
--!   text? note, key user, text name, text profession, utc now)
INSERT INTO care_whereabouts (patient_id, ref, whereabouts, since_on, place, note, confirmed_at,
       confirmed_by, confirmed_name, confirmed_profession)
VALUES (:patient, :id, :whereabouts, :since, :place, :note, :now, :user, :name, :profession);

--! one left_patient left_patient (ref patient, key viewer, key office, bool manager)
-- A patient of whose team the viewer is or was: named, by her office as a whole,
-- or as the manager of an office of it.
SELECT p.id AS patient_id, p.ref AS id, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, p.birth_date
  FROM care_patient p
 WHERE p.ref = :patient AND EXISTS
       (SELECT 1 FROM care_team t WHERE t.patient_id = p.id AND t.office_id = :office
           AND (t.user_id IN (0, :viewer) OR :manager));

--! many moved moves (key patient)
-- Where the patient has been, newest first.
SELECT whereabouts, since_on, place, note, confirmed_at, confirmed_name,
       confirmed_profession AS profession_code
  FROM care_whereabouts WHERE patient_id = :patient ORDER BY id DESC LIMIT 50;

--! exec1 add_level (key patient, ref id, text care_level, date? valid_from,
--!   date? valid_to, key user, text name, text profession, utc now)
INSERT INTO care_level (patient_id, ref, care_level, valid_from, valid_to, confirmed_at,
       confirmed_by, confirmed_name, confirmed_profession)
VALUES (:patient, :id, :care_level, :valid_from, :valid_to, :now, :user, :name, :profession);

--! many leveled levels (key patient)
SELECT care_level, valid_from, valid_to, confirmed_at, confirmed_name,
       confirmed_profession AS profession_code
  FROM care_level WHERE patient_id = :patient ORDER BY id DESC LIMIT 50;
