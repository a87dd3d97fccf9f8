-- What an office's own people wrote stays readable for it after it has left the
-- team, or the page has closed: its record, which it must keep.

--! row subject (key patient_id, ref id, text name, text kana, date birth_date, calc i64 age)
--! row own_entry (key entry_id, ref id, text kind, text body, utc written_at, bool urgent, i64 attached,
--!   text author__name, text author__profession_code, calc text author__profession)

--! row own_file (key entry_id, ref entry, ref id, text name, text type, i64 bytes, calc text kind, calc text size)

--! row own_kept (key file_id)

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
-- Who reads which: db/timeline/0041-own-files.sql.
SELECT e.id AS entry_id, e.ref AS id, e.kind, e.body, e.written_at, e.urgent, e.attached,
       e.author_name AS author__name, e.author_profession AS author__profession_code
  FROM timeline_own_seen e
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND e.patient_id = :patient AND e.id < :before
 ORDER BY e.id DESC LIMIT :limit;

--! many own_file files (key patient, key viewer, key office, key from, key to)
-- What hangs on the entries of a page.
SELECT e.id AS entry_id, e.ref AS entry, f.ref AS id, f.name, f.type, f.bytes
  FROM timeline_own_seen e
  JOIN timeline_attachment a ON a.patient_id = e.patient_id AND a.entry_id = e.id
  JOIN care_file f ON f.id = a.file_id
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office AND e.attached > 0
   AND e.patient_id = :patient AND e.id >= :from AND e.id <= :to
 ORDER BY a.entry_id, a.number;

--! one own_kept file (key patient, key viewer, key office, ref entry, ref file)
SELECT a.file_id
  FROM timeline_own_seen e
  JOIN timeline_attachment a ON a.patient_id = e.patient_id AND a.entry_id = e.id
  JOIN care_file f ON f.id = a.file_id
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office AND e.attached > 0
   AND e.patient_id = :patient AND e.ref = :entry AND f.ref = :file;
