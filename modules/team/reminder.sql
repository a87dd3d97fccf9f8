-- Consents that run out soon, and who is to know: the office that manages the patient.

--! row ending (key patient_id, ref about, i64 days)
--! row acting (key user_id)
--! row near (ref patient, key patient_key, text name, text purpose, text? disease_network, date? valid_until, i64? days_left)

--! many ending ending (date today, i64 first, i64 second, i64 limit)
-- The last one of its purpose ends within so many days, and nobody was told at that stage. Of whom no
-- office manages it waits for one; whoever has died or moved needs no other.
SELECT c.patient_id, c.ref AS about,
       CAST(IF(c.valid_until <= :today + INTERVAL :second DAY, :second, :first) AS SIGNED) AS days
  FROM care_consent c
  JOIN care_patient p ON p.id = c.patient_id AND p.whereabouts NOT IN ('deceased', 'moved')
  LEFT JOIN team_reminder d ON d.ref = c.ref
   AND d.days <= IF(c.valid_until <= :today + INTERVAL :second DAY, :second, :first)
 WHERE c.valid_until BETWEEN :today AND :today + INTERVAL :first DAY AND c.withdrawn_at IS NULL AND d.ref IS NULL
   AND NOT EXISTS (SELECT 1 FROM care_consent n
       WHERE n.patient_id = c.patient_id AND n.purpose = c.purpose AND n.disease_network_id <=> c.disease_network_id
         AND n.withdrawn_at IS NULL AND n.id <> c.id
         AND (n.valid_until IS NULL OR n.valid_until > c.valid_until OR (n.valid_until = c.valid_until AND n.id > c.id)))
   AND EXISTS (SELECT 1 FROM team_manager g WHERE g.patient_id = c.patient_id)
 ORDER BY c.valid_until LIMIT :limit;

--! exec take (ref about, i64 days, utc now)
-- 1 for the one program that reminds.
INSERT IGNORE INTO team_reminder (ref, days, reminded_at) VALUES (:about, :days, :now);

--! many acting acting (key patient)
SELECT DISTINCT g.user_id FROM team_manager g JOIN care_user u ON u.id = g.user_id AND u.suspended_at IS NULL
 WHERE g.patient_id = :patient;

--! many near near (key viewer, key office, date today, i64 days)
-- What the viewer's office is to renew, the soonest first.
SELECT p.ref AS patient, p.id AS patient_key, CONCAT(p.family, ' ', p.given) AS name, c.purpose, w.name AS disease_network,
       c.valid_until, CAST(DATEDIFF(c.valid_until, :today) AS SIGNED) AS days_left
  FROM team_manager g
  JOIN care_patient p ON p.id = g.patient_id AND p.managing_office_id = :office AND p.whereabouts NOT IN ('deceased', 'moved')
  JOIN care_consent c ON c.patient_id = p.id AND c.withdrawn_at IS NULL
   AND c.valid_until BETWEEN :today AND :today + INTERVAL :days DAY
  LEFT JOIN care_disease_network w ON w.id = c.disease_network_id
 WHERE g.user_id = :viewer AND g.office_id = :office
   AND NOT EXISTS (SELECT 1 FROM care_consent n
       WHERE n.patient_id = c.patient_id AND n.purpose = c.purpose AND n.disease_network_id <=> c.disease_network_id
         AND n.withdrawn_at IS NULL AND n.id <> c.id
         AND (n.valid_until IS NULL OR n.valid_until > c.valid_until OR (n.valid_until = c.valid_until AND n.id > c.id)))
 ORDER BY c.valid_until, p.kana_folded LIMIT 100;
