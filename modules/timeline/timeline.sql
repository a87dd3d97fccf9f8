-- Statements of the timeline. Each takes the patient of the path, whose team
-- the admission has checked, and the viewer.

--! row entry (key entry_id, ref id, text kind, text body, text audience,
--!   utc written_at, bool urgent, bool stand_in, i64 read_by,
--!   i64 acknowledged_by, bool mine, bool read, bool acknowledged,
--!   text author__name, text author__profession_code, text author__office,
--!   calc text author__profession)

--! row found (key entry_id, key author_id)

--! row reader (text name, text profession_code, text office, utc? read_at,
--!   utc? acknowledged_at, calc text profession)

--! many entry newest (key patient, key viewer, i64 limit)
-- The end of one range of the clustered key. Apart from `older`, because for a
-- range MariaDB first estimates its size, and reads the patient's oldest page
-- from the disk for that. The limit says the same of the one patient; for the
-- whole connection it would mislead joins of tables whose statistics are old.
SET STATEMENT eq_range_index_dive_limit = 1 FOR SELECT e.id AS entry_id, e.ref AS id, e.kind, e.body, e.audience,
       e.written_at, e.urgent, e.stand_in, e.read_by, e.acknowledged_by,
       e.author_id = :viewer AS mine,
       LOCATE(CONCAT(',', :viewer, ','), e.readers) > 0 AS `read`,
       LOCATE(CONCAT(',', :viewer, ','), e.acknowledgers) > 0 AS acknowledged,
       e.author_name AS author__name,
       e.author_profession AS author__profession_code,
       e.author_office AS author__office
  FROM timeline_entry e
 WHERE e.patient_id = :patient
 ORDER BY e.id DESC LIMIT :limit;

--! many entry older (key patient, key viewer, i64 before, i64 limit)
-- The same from below `before`.
SELECT e.id AS entry_id, e.ref AS id, e.kind, e.body, e.audience,
       e.written_at, e.urgent, e.stand_in, e.read_by, e.acknowledged_by,
       e.author_id = :viewer AS mine,
       LOCATE(CONCAT(',', :viewer, ','), e.readers) > 0 AS `read`,
       LOCATE(CONCAT(',', :viewer, ','), e.acknowledgers) > 0 AS acknowledged,
       e.author_name AS author__name,
       e.author_profession AS author__profession_code,
       e.author_office AS author__office
  FROM timeline_entry e
 WHERE e.patient_id = :patient AND e.id < :before
 ORDER BY e.id DESC LIMIT :limit;

--! one found find (key patient, ref entry)
-- An entry by its name, only under its own patient.
SELECT id AS entry_id, author_id FROM timeline_entry
 WHERE ref = :entry AND patient_id = :patient;

--! exec write (key patient, ref id, key network, key author, text author_name,
--!   text profession, text office, bool stand_in, utc now, text kind,
--!   text audience, bool urgent, text body)
INSERT INTO timeline_entry (patient_id, ref, network_id, author_id, author_name,
       author_profession, author_office, stand_in, written_at, kind, audience,
       urgent, body)
VALUES (:patient, :id, :network, :author, :author_name, :profession, :office,
       :stand_in, :now, :kind, :audience, :urgent, :body);

--! exec receive (key patient, key entry, key viewer, utc now)
-- Notes that the viewer has read it; 0 when she had before.
INSERT IGNORE INTO timeline_receipt (patient_id, entry_id, user_id, read_at)
VALUES (:patient, :entry, :viewer, :now);

--! exec acknowledge (key patient, key entry, key viewer, utc now)
-- Notes that the viewer has acknowledged it; 0 when she had before.
UPDATE timeline_receipt SET acknowledged_at = :now
 WHERE patient_id = :patient AND entry_id = :entry AND user_id = :viewer
   AND acknowledged_at IS NULL;

--! exec add_reader (key patient, key entry, key viewer)
-- What receive() wrote, as the entry's row repeats it.
UPDATE timeline_entry
   SET read_by = read_by + 1, readers = CONCAT(readers, :viewer, ',')
 WHERE patient_id = :patient AND id = :entry;

--! exec add_acknowledger (key patient, key entry, key viewer)
-- What acknowledge() wrote, likewise.
UPDATE timeline_entry
   SET acknowledged_by = acknowledged_by + 1,
       acknowledgers = CONCAT(acknowledgers, :viewer, ',')
 WHERE patient_id = :patient AND id = :entry;

--! many reader readers (key patient, key entry)
-- Everyone of the team, who has read and acknowledged first; the author not.
SELECT CONCAT(u.family, ' ', u.given) AS name, f.profession AS profession_code,
       o.name AS office, r.read_at, r.acknowledged_at
  FROM (SELECT DISTINCT user_id, office_id, profession
          FROM care_team_person
         WHERE patient_id = :patient AND told
         UNION
        SELECT r.user_id, f.office_id, f.profession
          FROM timeline_receipt r JOIN care_staff f ON f.user_id = r.user_id
         WHERE r.patient_id = :patient AND r.entry_id = :entry) AS f
  JOIN care_user u ON u.id = f.user_id
  JOIN care_office o ON o.id = f.office_id
  LEFT JOIN timeline_receipt r ON r.patient_id = :patient
   AND r.entry_id = :entry AND r.user_id = f.user_id
 WHERE f.user_id <> (SELECT author_id FROM timeline_entry
                      WHERE patient_id = :patient AND id = :entry)
 ORDER BY r.acknowledged_at IS NULL, r.acknowledged_at, r.read_at IS NULL,
          r.read_at, u.kana_family;
