-- Statements of what hangs on entries. None decides whether the viewer may see
-- it: the statement that finds the entry for her has done so (timeline.sql).

--! row attachment (key entry_id, ref entry, ref id, text name, text type,
--!   i64 bytes, i64 width, i64 height, bool thumbnail, calc text kind,
--!   calc text size)

--! row attached_file (key file_id, key thumbnail_id)

--! exec add (key patient, ref entry, i64 number, key file, key thumbnail)
INSERT INTO timeline_attachment (patient_id, entry_id, number, file_id, thumbnail_id)
SELECT patient_id, id, :number, :file, :thumbnail FROM timeline_entry
 WHERE ref = :entry AND patient_id = :patient;

--! exec1 count (key patient, ref entry, i64 attached)
UPDATE timeline_entry SET attached = :attached
 WHERE ref = :entry AND patient_id = :patient;

--! many attachment of_entries (key patient, key viewer, key office, key from, key to)
-- Of all entries of a page, which lie in one range of the clustered key.
SELECT a.entry_id, e.ref AS entry, f.ref AS id, f.name, f.type, f.bytes, f.width, f.height,
       a.thumbnail_id > 0 AS thumbnail
  FROM timeline_attachment a
  JOIN timeline_seen e ON e.viewer_id = :viewer AND e.viewer_office = :office
   AND e.patient_id = a.patient_id AND e.id = a.entry_id AND e.gone IS NULL
  JOIN care_file f ON f.id = a.file_id
 WHERE a.patient_id = :patient AND a.entry_id >= :from AND a.entry_id <= :to
 ORDER BY a.entry_id, a.number;

--! one attached_file find (key patient, key entry, ref file)
SELECT a.file_id, a.thumbnail_id
  FROM timeline_attachment a JOIN care_file f ON f.id = a.file_id
 WHERE a.patient_id = :patient AND a.entry_id = :entry AND f.ref = :file;

--! exec move (key patient, key entry, key to, ref moved)
-- With an entry that was the wrong patient's goes what hangs on it.
UPDATE timeline_attachment
   SET patient_id = :to,
       entry_id = (SELECT id FROM timeline_entry WHERE ref = :moved AND patient_id = :to)
 WHERE patient_id = :patient AND entry_id = :entry;

--! exec move_files (key to, ref moved)
UPDATE care_file f
  JOIN timeline_attachment a ON f.id IN (a.file_id, a.thumbnail_id)
  JOIN timeline_entry e ON e.patient_id = a.patient_id AND e.id = a.entry_id
   SET f.patient_id = :to
 WHERE a.patient_id = :to AND e.ref = :moved;

--! exec recount (key to, ref moved)
UPDATE timeline_entry e
   SET e.attached = (SELECT COUNT(*) FROM timeline_attachment a
        WHERE a.patient_id = e.patient_id AND a.entry_id = e.id)
 WHERE e.ref = :moved AND e.patient_id = :to;
