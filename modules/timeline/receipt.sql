-- Receipts: who has read an entry, who has acknowledged it. The entry's row
-- repeats them in the transaction that writes them.

--! row reader (text name, text profession_code, text office, utc? read_at,
--!   utc? acknowledged_at, calc text profession)

--! row network (bool named_receipts)

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

--! exec add_reader_of_replies (key patient, key entry, key viewer)
-- Of the replies under an entry, before receive_replies().
UPDATE timeline_reply r
  JOIN timeline_entry e ON e.patient_id = r.patient_id AND e.id = r.reply_id
   SET e.read_by = e.read_by + 1, e.readers = CONCAT(e.readers, :viewer, ',')
 WHERE r.patient_id = :patient AND r.entry_id = :entry
   AND e.author_id <> :viewer AND e.recalled_at IS NULL
   AND LOCATE(CONCAT(',', :viewer, ','), e.readers) = 0;

--! exec receive_replies (key patient, key entry, key viewer, utc now)
INSERT IGNORE INTO timeline_receipt (patient_id, entry_id, user_id, read_at)
SELECT e.patient_id, e.id, :viewer, :now
  FROM timeline_reply r
  JOIN timeline_entry e ON e.patient_id = r.patient_id AND e.id = r.reply_id
 WHERE r.patient_id = :patient AND r.entry_id = :entry
   AND e.author_id <> :viewer AND e.recalled_at IS NULL;

--! exec unmark_replies (key patient, key entry, key viewer)
DELETE m FROM timeline_reply r
  JOIN timeline_entry e ON e.patient_id = r.patient_id AND e.id = r.reply_id
  JOIN care_mark m ON m.user_id = :viewer AND m.patient_id = r.patient_id
   AND m.module = 'timeline' AND m.kind IN ('unread', 'mention') AND m.ref = e.ref
 WHERE r.patient_id = :patient AND r.entry_id = :entry;

--! exec keep (key patient, key entry, key viewer)
-- She wants to see it again; 0 when she had said so.
UPDATE timeline_entry SET kept = CONCAT(kept, :viewer, ',')
 WHERE patient_id = :patient AND id = :entry
   AND LOCATE(CONCAT(',', :viewer, ','), kept) = 0;

--! exec keep_no_more (key patient, key entry, key viewer)
UPDATE timeline_entry SET kept = REPLACE(kept, CONCAT(',', :viewer, ','), ',')
 WHERE patient_id = :patient AND id = :entry
   AND LOCATE(CONCAT(',', :viewer, ','), kept) > 0;

--! exec mark_for (key patient, ref about, key viewer, utc now)
INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
VALUES (:viewer, :patient, 'timeline', 'unread', :about, :now);

--! one network network (key network)
-- Whether who has read is told by name.
SELECT named_receipts FROM care_network WHERE id = :network;

--! many reader readers (key patient, key entry)
-- Everyone of the team who may see it, who has read and acknowledged first;
-- the author not; officers and volunteers only when it is addressed to them.
SELECT CONCAT(u.family, ' ', u.given) AS name, f.profession AS profession_code,
       o.name AS office, r.read_at, r.acknowledged_at
  FROM (SELECT DISTINCT e.viewer_id AS user_id, e.viewer_office AS office_id
          FROM care_team_person t
          JOIN timeline_seen e ON e.patient_id = t.patient_id
           AND e.viewer_office = t.office_id AND e.viewer_id = t.user_id
         WHERE t.patient_id = :patient AND e.id = :entry
           AND e.viewer_id <> e.author_id AND (t.told OR e.reach = 2)
         UNION
        SELECT r.user_id, f.office_id
          FROM timeline_receipt r JOIN care_staff f ON f.user_id = r.user_id
         WHERE r.patient_id = :patient AND r.entry_id = :entry) AS m
  JOIN care_staff f ON f.user_id = m.user_id AND f.office_id = m.office_id
  JOIN care_user u ON u.id = f.user_id
  JOIN care_office o ON o.id = f.office_id
  LEFT JOIN timeline_receipt r ON r.patient_id = :patient
   AND r.entry_id = :entry AND r.user_id = f.user_id
 ORDER BY r.acknowledged_at IS NULL, r.acknowledged_at, r.read_at IS NULL,
          r.read_at, u.kana_family;
