-- Care plans, each version whole, and which office has received which.

--! row plan (ref id, key plan_id, i64 version, date valid_from, date valid_to, text wishes,
--!   text policy, text goals, text services, text? what_changed, utc written_at,
--!   text writer_name, text profession_code, text writer_office, bool received, calc text profession)

--! row received (key plan_id, text office, utc received_at, text receiver_name)

--! row waiting (text office)

--! row version (i64 version)

--! row known_plan (key plan_id)

--! many plan versions (key patient, key office)
-- Newest first; whether the viewer's own office has received each.
SELECT p.ref AS id, p.id AS plan_id, p.version, p.valid_from, p.valid_to, p.wishes, p.policy,
       p.goals, p.services, p.what_changed, p.written_at, p.writer_name,
       p.writer_profession AS profession_code, p.writer_office, r.office_id IS NOT NULL AS received
  FROM record_care_plan p
  LEFT JOIN record_care_plan_receipt r ON r.patient_id = p.patient_id AND r.care_plan_id = p.id
   AND r.office_id = :office
 WHERE p.patient_id = :patient ORDER BY p.id DESC LIMIT 30;

--! many received receipts (key patient)
SELECT r.care_plan_id AS plan_id, o.name AS office, r.received_at, r.receiver_name
  FROM record_care_plan_receipt r JOIN care_office o ON o.id = r.office_id
 WHERE r.patient_id = :patient ORDER BY r.received_at;

--! many waiting waiting (key patient)
-- Offices of the team that have not received the newest version; its writer's has it.
SELECT o.name AS office
  FROM (SELECT DISTINCT office_id FROM care_team_person WHERE patient_id = :patient AND told) AS t
  JOIN care_office o ON o.id = t.office_id
  JOIN (SELECT MAX(id) AS id FROM record_care_plan WHERE patient_id = :patient) AS newest
    ON newest.id IS NOT NULL
  LEFT JOIN record_care_plan_receipt r ON r.patient_id = :patient AND r.care_plan_id = newest.id
   AND r.office_id = t.office_id
 WHERE r.office_id IS NULL ORDER BY o.name;

--! one version newest (key patient)
SELECT version FROM record_care_plan WHERE patient_id = :patient ORDER BY id DESC LIMIT 1;

--! one known_plan find (key patient, ref id)
SELECT id AS plan_id FROM record_care_plan WHERE ref = :id AND patient_id = :patient;

--! exec1 write (key patient, ref id, i64 version, date valid_from, date valid_to, text wishes,
--!   text policy, text goals, text services, text? what_changed, key user, text name,
--!   text profession, text office_name, utc now)
-- A version that somebody else has written a moment ago is a duplicate key.
INSERT INTO record_care_plan (patient_id, ref, version, valid_from, valid_to, wishes, policy, goals,
       services, what_changed, written_at, written_by, writer_name, writer_profession, writer_office)
VALUES (:patient, :id, :version, :valid_from, :valid_to, :wishes, :policy, :goals, :services,
       :what_changed, :now, :user, :name, :profession, :office_name);

--! exec receive (key patient, ref plan, key office, key user, text name, utc now)
-- Once an office.
INSERT IGNORE INTO record_care_plan_receipt (patient_id, care_plan_id, office_id, received_at, received_by, receiver_name)
SELECT :patient, id, :office, :now, :user, :name FROM record_care_plan
 WHERE ref = :plan AND patient_id = :patient;

--! exec clear_office (key patient, ref plan, key office)
-- What one of an office has received waits for none of it.
DELETE m FROM care_mark m JOIN care_staff f ON f.user_id = m.user_id
 WHERE m.patient_id = :patient AND m.ref = :plan AND f.office_id = :office;
