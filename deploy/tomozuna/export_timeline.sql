-- What the timeline keeps of a person. Asked only where it is installed.

--! row entry (key entry_id, ref id, utc written_at, text author, text author_profession,
--!   text author_office, bool stand_in, text kind, text audience, i64 reach, text? audience_names,
--!   bool urgent, ref? reply_to, ref? corrects, ref? corrected_by, text? gone, utc? gone_at,
--!   text? gone_reason, utc? recalled_at, bool moved_in, utc? moved_at, text body)

--! many entry entries_of (key patient, i64 after, i64 limit)
-- In the order of their making, a batch at a time. What was moved had been another
-- patient's all along: its words are with her.
SELECT e.id AS entry_id, e.ref AS id, e.written_at, e.author_name AS author, e.author_profession,
       e.author_office, e.stand_in, e.kind, e.audience, e.reach, e.audience_names, e.urgent,
       r.ref AS reply_to, e.corrects, e.corrected_by, e.gone, e.gone_at, e.gone_reason,
       e.recalled_at, e.moved_in, e.moved_at, IF(e.gone <=> 'moved', '', e.body) AS body
  FROM timeline_entry e
  LEFT JOIN timeline_entry r ON r.patient_id = e.patient_id AND r.id = e.reply_to
 WHERE e.patient_id = :patient AND e.id > :after ORDER BY e.id LIMIT :limit;

--! row receipt (key entry_id, key user_id, ref entry, text user, utc read_at, utc? acknowledged_at)

--! many receipt receipts (key patient, i64 after, i64 upto)
-- Of the entries of a batch.
SELECT r.entry_id, r.user_id, e.ref AS entry, CONCAT(u.family, ' ', u.given) AS user,
       r.read_at, r.acknowledged_at
  FROM timeline_receipt r
  JOIN timeline_entry e ON e.patient_id = r.patient_id AND e.id = r.entry_id
  JOIN care_user u ON u.id = r.user_id
 WHERE r.patient_id = :patient AND r.entry_id > :after AND r.entry_id <= :upto
 ORDER BY r.entry_id, r.user_id;

--! row attachment (key entry_id, ref entry, i64 number, ref file, ref? thumbnail)

--! many attachment attachments (key patient, i64 after, i64 upto)
-- Likewise; the files themselves are in file.csv.
SELECT a.entry_id, e.ref AS entry, a.number, f.ref AS file, t.ref AS thumbnail
  FROM timeline_attachment a
  JOIN timeline_entry e ON e.patient_id = a.patient_id AND e.id = a.entry_id
  JOIN care_file f ON f.id = a.file_id
  LEFT JOIN care_file t ON t.id = a.thumbnail_id
 WHERE a.patient_id = :patient AND a.entry_id > :after AND a.entry_id <= :upto
 ORDER BY a.entry_id, a.number;

--! row fax (ref id, ref entry, text user, text sent_to, utc at)

--! many fax faxes (key patient)
-- To whom an entry was sent on paper.
SELECT x.ref AS id, e.ref AS entry, CONCAT(u.family, ' ', u.given) AS user, x.sent_to, x.at
  FROM timeline_fax x
  JOIN timeline_entry e ON e.patient_id = x.patient_id AND e.id = x.entry_id
  JOIN care_user u ON u.id = x.user_id
 WHERE x.patient_id = :patient ORDER BY x.id;

--! row asked_question (ref entry, text asked, text? asked_profession, utc due_at, ref? answered_by,
--!   utc? closed_at, utc? told_at)

--! many asked_question questions (key patient)
-- What an entry asked of whom, and the reply that answered it.
SELECT e.ref AS entry, q.asked, NULLIF(q.asked_profession, '') AS asked_profession, q.due_at,
       q.answered_by, q.closed_at, q.told_at
  FROM timeline_question q
  JOIN timeline_entry e ON e.patient_id = q.patient_id AND e.id = q.entry_id
 WHERE q.patient_id = :patient ORDER BY q.entry_id;
