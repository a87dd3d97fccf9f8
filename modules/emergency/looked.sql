-- One-time codes by which the patient or a relative sees who opened her.

--! row looker (key patient_id, ref code, text nickname, text? town_phone)
--! row look (utc opened_at, utc until, utc? ended_at, text office_name, text profession_code, text basis, text? reason, text? verdict,
--!   bool open, calc text profession)

--! exec1 put (ref id, key patient, text code, text name, text relation, text known_by, utc now, key viewer, text writer, utc until)
INSERT INTO emergency_look_code (ref, patient_id, code_hash, name, relation, known_by, given_at, given_by, given_name, until)
VALUES (:id, :patient, UNHEX(SHA2(:code, 256)), :name, :relation, :known_by, :now, :viewer, :writer, :until);

--! one looker by_code (text code)
SELECT c.patient_id, c.ref AS code, n.nickname, n.phone AS town_phone
  FROM emergency_by_code c JOIN care_network n ON n.id = c.network_id WHERE c.code_hash = UNHEX(SHA2(:code, 256));

--! exec1 use (ref code, key patient, utc now)
-- Of two who type it at once one sees.
UPDATE emergency_look_code SET used_at = :now WHERE ref = :code AND patient_id = :patient AND used_at IS NULL;

--! many look looks (key patient, utc now)
-- Which office, why, until when, what the privacy officer found; no name of a crew, nothing that was read.
SELECT o.opened_at, o.until, o.ended_at, o.office_name, o.profession AS profession_code, o.basis, o.reason,
       (SELECT v.verdict FROM emergency_review v WHERE v.patient_id = o.patient_id AND v.opening_id = o.id ORDER BY v.id DESC LIMIT 1) AS verdict,
       o.until > :now AND o.ended_at IS NULL AS open
  FROM emergency_opening o WHERE o.patient_id = :patient ORDER BY o.id DESC LIMIT 100;
