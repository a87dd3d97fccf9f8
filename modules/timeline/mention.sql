-- Who is named in an entry.

--! row nameable (key user_id, text name, text family, text kana, text kana_family)

--! many nameable readers (key patient, ref about)
-- Those of the team who may read it, but not its author.
SELECT DISTINCT u.id AS user_id, CONCAT(u.family, ' ', u.given) AS name, u.family,
       CONCAT(u.kana_family, ' ', u.kana_given) AS kana, u.kana_family
  FROM care_team_person t
  JOIN timeline_seen e ON e.patient_id = t.patient_id
   AND e.viewer_office = t.office_id AND e.viewer_id = t.user_id
  JOIN care_user u ON u.id = t.user_id AND u.suspended_at IS NULL
 WHERE t.patient_id = :patient AND e.ref = :about AND e.viewer_id <> e.author_id
 ORDER BY u.id;

--! exec1 note (key patient, ref about, text keys, text names)
UPDATE timeline_entry SET mentions = :keys, mention_names = :names
 WHERE patient_id = :patient AND ref = :about;

--! exec mark (key patient, ref about, utc now)
-- A mark of its own, beside that of what is unread, which an officer or a
-- volunteer has only of what is addressed to her: by name it is.
INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
SELECT DISTINCT e.viewer_id, e.patient_id, 'timeline', k.kind, e.ref, :now
  FROM care_team_person t
  JOIN timeline_seen e ON e.patient_id = t.patient_id
   AND e.viewer_office = t.office_id AND e.viewer_id = t.user_id
  JOIN (SELECT 'unread' AS kind UNION ALL SELECT 'mention') AS k
 WHERE t.patient_id = :patient AND e.ref = :about AND e.viewer_id <> e.author_id
   AND LOCATE(CONCAT(',', e.viewer_id, ','), e.mentions) > 0;
