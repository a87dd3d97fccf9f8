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

--! many own_entry entries (key patient, key office, text office_name, i64 before, i64 limit)
-- Written for this office: who works at two has signed with the one.
SELECT e.id AS entry_id, e.ref AS id, e.kind, e.body, e.written_at, e.urgent,
       e.author_name AS author__name, e.author_profession AS author__profession_code
  FROM timeline_own e
 WHERE e.office_id = :office AND e.patient_id = :patient AND e.author_office = :office_name AND e.id < :before
 ORDER BY e.id DESC LIMIT :limit;
