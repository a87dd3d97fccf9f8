-- Visits, who comes, and calendars at the open door.

--! row visit (ref id, key visit_id, utc starts_at, utc ends_at, text kind, text? note,
--!   text writer_name, bool cancelled, bool mine)

--! row visitor (key visit_id, text name, text profession_code, text office, calc text profession)

--! row member (ref id, text name, text profession_code, text office, bool mine, calc text profession)

--! row mine (key patient_key, ref patient_id, text patient, ref id, utc starts_at, utc ends_at,
--!   text kind, text? note, i64 others)

--! row calendar (ref id, text name, utc created_at)

--! row owner (key user_id, text lang)

--! row planned (ref id, utc starts_at, utc ends_at, text kind, i64 sequence, utc changed_at,
--!   bool cancelled, i64 others)

--! many visit visits (key patient, key viewer, utc from, utc to)
-- Of one patient, in order; cancelled ones too.
SELECT v.ref AS id, v.id AS visit_id, v.starts_at, v.ends_at, v.kind, v.note, v.writer_name,
       v.cancelled_at IS NOT NULL AS cancelled,
       EXISTS (SELECT 1 FROM record_visitor w WHERE w.visit_id = v.id AND w.user_id = :viewer) AS mine
  FROM record_visit v
 WHERE v.patient_id = :patient AND v.starts_at >= :from AND v.starts_at < :to
 ORDER BY v.starts_at, v.id LIMIT 200;

--! many visitor visitors (key patient, utc from, utc to)
SELECT w.visit_id, CONCAT(u.family, ' ', u.given) AS name, f.profession AS profession_code,
       o.name AS office
  FROM record_visitor w
  JOIN care_user u ON u.id = w.user_id
  JOIN care_staff f ON f.user_id = u.id
  JOIN care_office o ON o.id = f.office_id
 WHERE w.patient_id = :patient AND w.starts_at >= :from AND w.starts_at < :to
 ORDER BY w.visit_id, u.kana_family;

--! many member members (key patient, key viewer)
-- Who may visit: the team by name, the viewer first.
SELECT u.ref AS id, CONCAT(u.family, ' ', u.given) AS name, f.profession AS profession_code,
       o.name AS office, u.id = :viewer AS mine
  FROM (SELECT DISTINCT user_id, office_id, profession FROM care_team_person
         WHERE patient_id = :patient AND told) AS f
  JOIN care_user u ON u.id = f.user_id AND u.suspended_at IS NULL
  JOIN care_office o ON o.id = f.office_id
 ORDER BY mine DESC, o.name, u.kana_family;

--! exec1 add (key patient, ref id, utc starts_at, utc ends_at, text kind, text? note, key user,
--!   text name, utc now)
INSERT INTO record_visit (patient_id, ref, starts_at, ends_at, kind, note, changed_at, written_by, writer_name)
VALUES (:patient, :id, :starts_at, :ends_at, :kind, :note, :now, :user, :name);

--! exec add_visitor (key patient, ref visit, ref visitor)
-- 0 rows when she is not of the team; a second time adds nothing.
INSERT IGNORE INTO record_visitor (visit_id, patient_id, user_id, starts_at)
SELECT DISTINCT v.id, v.patient_id, u.id, v.starts_at
  FROM record_visit v
  JOIN care_user u ON u.ref = :visitor
  JOIN care_team_person f ON f.patient_id = v.patient_id AND f.user_id = u.id AND f.told
 WHERE v.ref = :visit AND v.patient_id = :patient;

--! exec cancel (key patient, ref visit, utc now)
-- 0 rows when there is none, or it was cancelled before.
UPDATE record_visit SET cancelled_at = :now, changed_at = :now, sequence = sequence + 1
 WHERE ref = :visit AND patient_id = :patient AND cancelled_at IS NULL;

--! many mine mine (key viewer, key office, utc from, utc to)
-- The viewer's own visits, of patients whose team she is of at this moment.
SELECT p.id AS patient_key, p.ref AS patient_id, CONCAT(p.family, ' ', p.given) AS patient,
       v.ref AS id, v.starts_at, v.ends_at, v.kind, v.note,
       (SELECT COUNT(*) FROM record_visitor o WHERE o.visit_id = v.id) - 1 AS others
  FROM record_visitor w
  JOIN record_visit v ON v.patient_id = w.patient_id AND v.starts_at = w.starts_at AND v.id = w.visit_id
  JOIN care_patient p ON p.id = v.patient_id
 WHERE w.user_id = :viewer AND w.starts_at >= :from AND w.starts_at < :to AND v.cancelled_at IS NULL
   AND EXISTS (SELECT 1 FROM care_team_person f WHERE f.patient_id = v.patient_id
                  AND f.user_id = :viewer AND f.office_id = :office)
 ORDER BY v.starts_at LIMIT 200;

--! many calendar calendars (key viewer)
-- Her subscriptions that work.
SELECT ref AS id, name, created_at FROM record_calendar
 WHERE user_id = :viewer AND revoked_at IS NULL ORDER BY record_calendar.id;

--! exec1 add_calendar (ref id, bytes token, key viewer, text name, utc now)
INSERT INTO record_calendar (ref, token, user_id, name, created_at)
VALUES (:id, :token, :viewer, :name, :now);

--! exec revoke (ref id, key viewer, utc now)
UPDATE record_calendar SET revoked_at = :now
 WHERE ref = :id AND user_id = :viewer AND revoked_at IS NULL;

--! one owner owner (bytes token)
-- Whose calendar it is; nobody's when it was taken back or she may not sign in.
SELECT c.user_id, u.lang
  FROM record_calendar c JOIN care_user u ON u.id = c.user_id AND u.suspended_at IS NULL
 WHERE c.token = :token AND c.revoked_at IS NULL
   AND EXISTS (SELECT 1 FROM care_staff f JOIN care_office o ON o.id = f.office_id AND o.closed_at IS NULL
                WHERE f.user_id = u.id AND f.left_at IS NULL);

--! many planned planned (key user, utc from, utc to)
-- What a calendar shows: times and kinds, of patients whose team she is of, and no word of them.
SELECT v.ref AS id, v.starts_at, v.ends_at, v.kind, v.sequence, v.changed_at,
       v.cancelled_at IS NOT NULL AS cancelled,
       (SELECT COUNT(*) FROM record_visitor o WHERE o.visit_id = v.id) - 1 AS others
  FROM record_visitor w
  JOIN record_visit v ON v.patient_id = w.patient_id AND v.starts_at = w.starts_at AND v.id = w.visit_id
 WHERE w.user_id = :user AND w.starts_at >= :from AND w.starts_at < :to
   AND EXISTS (SELECT 1 FROM care_team_person f WHERE f.patient_id = v.patient_id AND f.user_id = :user)
 ORDER BY v.starts_at LIMIT 500;
