-- Questions: an entry that asks somebody something by a day, open until a reply
-- is its answer. What waits for whom is a mark, as with all that waits.

--! row open_question (key entry_id)

--! row overdue_question (key patient_id, key entry_id, ref id, key author_id)

--! row asked_user (key user_id)

--! row answered (ref id)

--! exec ask (key patient, ref about, key asked_user, text asked_profession, text asked, utc due_at)
INSERT INTO timeline_question (patient_id, entry_id, asked_user, asked_profession, asked, due_at)
SELECT e.patient_id, e.id, :asked_user, :asked_profession, :asked, :due_at
  FROM timeline_entry e WHERE e.ref = :about AND e.patient_id = :patient;

--! exec mark (key patient, ref about, utc now)
-- Marks it, while it is open, for those of the team who are asked and may see
-- it; how many. Whoever wrote it does not wait for herself.
INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
SELECT DISTINCT e.viewer_id, e.patient_id, 'timeline', 'question', e.ref, :now
  FROM care_team_person t
  JOIN timeline_seen e ON e.patient_id = t.patient_id
   AND e.viewer_office = t.office_id AND e.viewer_id = t.user_id
  JOIN timeline_question q ON q.patient_id = e.patient_id AND q.entry_id = e.id
 WHERE t.patient_id = :patient AND e.ref = :about AND e.viewer_id <> e.author_id
   AND q.closed_at IS NULL
   AND (e.viewer_id = q.asked_user OR (q.asked_user = 0 AND FIND_IN_SET(q.asked_profession, t.professions)));

--! exec close_by (key patient, key entry, ref by, utc now)
-- 0 when it asks nothing, or was answered before.
UPDATE timeline_question SET answered_by = :by, closed_at = :now
 WHERE patient_id = :patient AND entry_id = :entry AND closed_at IS NULL;

--! exec unmark (key patient, key entry)
DELETE m FROM timeline_entry e
  JOIN care_mark m ON m.ref = e.ref AND m.module = 'timeline' AND m.kind = 'question'
 WHERE e.patient_id = :patient AND e.id = :entry;

--! one answered answered (key patient, key entry, ref by)
-- The entry whose question a reply has answered.
SELECT e.ref AS id
  FROM timeline_question q JOIN timeline_entry e ON e.patient_id = q.patient_id AND e.id = q.entry_id
 WHERE q.patient_id = :patient AND q.entry_id = :entry AND q.answered_by = :by AND e.gone IS NULL;

--! exec open_again (key patient, key entry)
UPDATE timeline_question SET answered_by = NULL, closed_at = NULL
 WHERE patient_id = :patient AND entry_id = :entry;

--! exec close (key patient, key entry, utc now)
-- Its entry is gone: nobody waits for an answer.
UPDATE timeline_question SET closed_at = :now
 WHERE patient_id = :patient AND entry_id = :entry AND closed_at IS NULL;

--! exec copy (key patient, key entry, key to, ref moved)
-- Goes with its entry to the right patient; open again, for its answer stays.
INSERT INTO timeline_question (patient_id, entry_id, asked_user, asked_profession, asked, due_at)
SELECT n.patient_id, n.id, q.asked_user, q.asked_profession, q.asked, q.due_at
  FROM timeline_question q JOIN timeline_entry n ON n.ref = :moved AND n.patient_id = :to
 WHERE q.patient_id = :patient AND q.entry_id = :entry;

--! many open_question open (key patient, key viewer, key office, i64 limit)
-- What waits for an answer, and what names the viewer, or has a reply that does,
-- until she has read it.
SELECT q.entry_id
  FROM timeline_question q
  JOIN timeline_seen e ON e.patient_id = q.patient_id AND e.id = q.entry_id
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND q.patient_id = :patient AND q.closed_at IS NULL AND e.gone IS NULL
 UNION
SELECT IF(e.reply_to = 0, e.id, e.reply_to)
  FROM care_mark m
  JOIN timeline_seen e ON e.patient_id = m.patient_id AND e.ref = m.ref
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND m.user_id = :viewer AND m.patient_id = :patient AND m.module = 'timeline' AND m.kind = 'mention'
 ORDER BY entry_id DESC LIMIT :limit;

--! many overdue_question overdue (utc now, i64 limit)
-- Unanswered at the end of its day, and nobody has been told so.
SELECT q.patient_id, q.entry_id, e.ref AS id, e.author_id
  FROM timeline_question q JOIN timeline_entry e ON e.patient_id = q.patient_id AND e.id = q.entry_id
 WHERE q.closed_at IS NULL AND q.told_at IS NULL AND q.due_at <= :now
   AND e.recalled_at IS NULL
 ORDER BY q.due_at LIMIT :limit;

--! many asked_user asked (key patient, ref about, key author)
-- Those of the team for whom it waits still, and whoever asks.
SELECT DISTINCT t.user_id FROM care_team_person t
  LEFT JOIN care_mark m ON m.user_id = t.user_id AND m.patient_id = t.patient_id
   AND m.module = 'timeline' AND m.kind = 'question' AND m.ref = :about
 WHERE t.patient_id = :patient AND (m.ref IS NOT NULL OR t.user_id = :author);

--! exec told (key patient, key entry, utc now)
UPDATE timeline_question SET told_at = :now
 WHERE patient_id = :patient AND entry_id = :entry;
