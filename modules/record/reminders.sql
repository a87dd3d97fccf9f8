-- What runs out, and who is to know. Run by the program itself, for nobody.

--! row due (key patient_id, ref about)

--! row person (key user_id)

--! many due levels (date today, i64 days)
-- Care levels that count and end within so many days, of which nobody was reminded
-- yet; those of a team without a care manager wait for one.
SELECT l.patient_id, l.ref AS about
  FROM care_level l
  LEFT JOIN care_level newer ON newer.patient_id = l.patient_id AND newer.id > l.id
  LEFT JOIN record_reminder d ON d.ref = l.ref
 WHERE l.valid_to BETWEEN :today AND :today + INTERVAL :days DAY
   AND newer.id IS NULL AND d.ref IS NULL
   AND EXISTS (SELECT 1 FROM care_episode e WHERE e.patient_id = l.patient_id AND e.ended_at IS NULL)
   AND EXISTS (SELECT 1 FROM care_team_person t
       WHERE t.patient_id = l.patient_id AND t.team_role = 'care_manager')
 ORDER BY l.valid_to LIMIT 20;

--! row lapsing (key patient_id, ref about, key office_id)

--! many lapsing orders (date today, i64 days)
-- Nursing orders that end within so many days and that no later one of the station
-- follows; they wait for somebody of the station to be on the team.
SELECT p.patient_id, p.ref AS about, p.office_id
  FROM record_paper p
  LEFT JOIN record_paper newer ON newer.patient_id = p.patient_id AND newer.office_id = p.office_id
   AND newer.kind = p.kind AND newer.valid_to > p.valid_to
  LEFT JOIN record_reminder d ON d.ref = p.ref
 WHERE p.kind = 'nursing_order' AND p.valid_to BETWEEN :today AND :today + INTERVAL :days DAY
   AND newer.id IS NULL AND d.ref IS NULL
   AND EXISTS (SELECT 1 FROM care_episode e WHERE e.patient_id = p.patient_id AND e.ended_at IS NULL)
   AND EXISTS (SELECT 1 FROM care_team_person t
       WHERE t.patient_id = p.patient_id AND t.office_id = p.office_id AND t.told)
 ORDER BY p.valid_to LIMIT 20;

--! many person staff (key patient, key office)
-- Those of an office who are of the patient's team.
SELECT DISTINCT user_id FROM care_team_person
 WHERE patient_id = :patient AND office_id = :office AND told;

--! exec take (ref about, utc now)
-- 1 for the one program that reminds.
INSERT IGNORE INTO record_reminder (ref, reminded_at) VALUES (:about, :now);

--! many person managers (key patient)
-- The care managers of a patient's team.
SELECT DISTINCT user_id FROM care_team_person
 WHERE patient_id = :patient AND team_role = 'care_manager';

--! exec mark (key user, key patient, ref about, utc now)
INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
VALUES (:user, :patient, 'record', 'unread', :about, :now);
