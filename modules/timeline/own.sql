-- What an office's own people wrote stays readable for it after it has left the
-- team, or the page has closed: its record, which it must keep.

--! row subject (key patient_id, ref id, text name, text kana, date birth_date, calc i64 age)
--! row own_entry (key entry_id, ref id, text kind, text body, utc written_at, bool urgent,
--!   text author__name, text author__profession_code, calc text author__profession)

--! one subject subject (ref patient, key viewer, key office, bool manager)
-- A patient of whose team the viewer is or was: named, by her office as a whole,
-- or as the manager of an office of it.
SELECT p.id AS patient_id, p.ref AS id, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, p.birth_date
  FROM care_patient p
 WHERE p.ref = :patient AND EXISTS
       (SELECT 1 FROM care_team t WHERE t.patient_id = p.id AND t.office_id = :office
           AND (t.user_id IN (0, :viewer) OR :manager));

--! many own_entry entries (key patient, key viewer, key office, i64 before, i64 limit)
-- The manager reads all that was written for the office, which has to keep it.
-- Others what they might read in the timeline, and nothing younger than their own
-- membership: leaving the team ends what colleagues write from then on.
SELECT e.id AS entry_id, e.ref AS id, e.kind, e.body, e.written_at, e.urgent,
       e.author_name AS author__name, e.author_profession AS author__profession_code
  FROM care_staff f
  JOIN care_office o ON o.id = f.office_id
  JOIN timeline_right_now g ON g.network_id = o.network_id AND g.profession = f.profession
  JOIN timeline_own e ON e.office_id = f.office_id
 WHERE f.user_id = :viewer AND f.office_id = :office AND f.left_at IS NULL
   AND e.patient_id = :patient AND e.id < :before
   AND (f.office_manager
        OR ((e.author_id = f.user_id
             OR (e.reach < 2 AND FIND_IN_SET(e.team_kind, g.sees) > 0)
             OR LOCATE(CONCAT(',u', f.user_id, ','), e.audience_of) > 0
             OR LOCATE(CONCAT(',p', f.profession, ','), e.audience_of) > 0)
            AND EXISTS (SELECT 1 FROM care_team t
                 WHERE t.patient_id = e.patient_id AND t.office_id = f.office_id
                   AND t.user_id IN (0, f.user_id)
                   AND (t.left_at IS NULL OR t.left_at >= e.written_at))))
 ORDER BY e.id DESC LIMIT :limit;
