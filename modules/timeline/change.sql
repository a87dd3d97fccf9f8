-- What happens to an entry after it was written: corrected, withdrawn, recalled,
-- moved to the patient whom it is about.

--! row holder (key user_id)

--! row target (key patient_id)

--! row other (key patient_id, ref id, text name, text kana, date birth_date)

--! exec1 correct (key patient, key entry, ref by)
-- Only once, and not what is gone.
UPDATE timeline_entry SET corrected_by = :by
 WHERE patient_id = :patient AND id = :entry AND corrected_by IS NULL AND gone IS NULL;

--! exec link (key patient, ref id, ref by)
-- The same between two that were moved together.
UPDATE timeline_entry SET corrected_by = :by WHERE patient_id = :patient AND ref = :id;

--! exec uncorrect (key patient, ref by)
-- The correction itself was recalled.
UPDATE timeline_entry SET corrected_by = NULL
 WHERE patient_id = :patient AND corrected_by = :by;

--! exec1 withdraw (key patient, key entry, key viewer, text gone, utc now, text? reason)
-- Who had read it sees it as unread again: what she knows of it is not so.
UPDATE timeline_entry
   SET gone = :gone, gone_at = :now, gone_reason = :reason, kept = readers
 WHERE patient_id = :patient AND id = :entry AND author_id = :viewer AND gone IS NULL;

--! exec withdraw_replies (key patient, key entry, utc now)
-- The replies to what was moved may repeat what it said.
UPDATE timeline_reply r
  JOIN timeline_entry e ON e.patient_id = r.patient_id AND e.id = r.reply_id
   SET e.gone = 'moved', e.gone_at = :now
 WHERE r.patient_id = :patient AND r.entry_id = :entry AND e.gone IS NULL;

--! exec forget_marks (key patient, ref about)
DELETE FROM care_mark WHERE ref = :about AND patient_id = :patient AND module = 'timeline';

--! exec forget_marks_of_replies (key patient, key entry)
DELETE m FROM timeline_reply r
  JOIN timeline_entry e ON e.patient_id = r.patient_id AND e.id = r.reply_id
  JOIN care_mark m ON m.ref = e.ref AND m.module = 'timeline'
 WHERE r.patient_id = :patient AND r.entry_id = :entry;

--! exec call_off (ref cause, utc now, text reason)
-- Word of an urgent entry that has not left: somebody has acknowledged it, or
-- there is nothing to tell any more.
UPDATE care_notice SET state = 'suppressed', reason = :reason, done_at = :now
 WHERE cause = :cause AND kind = 'urgent_entry' AND state = 'queued';

--! exec mark_readers (key patient, key entry, ref about, utc now)
INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
SELECT r.user_id, r.patient_id, 'timeline', 'unread', :about, :now
  FROM timeline_receipt r WHERE r.patient_id = :patient AND r.entry_id = :entry;

--! many holder had_read (key patient, key entry)
SELECT user_id FROM timeline_receipt
 WHERE patient_id = :patient AND entry_id = :entry LIMIT 500;

--! exec1 recall (key patient, key entry, key viewer, utc now, utc since)
-- Only the author, only what nobody has read or answered, only since `since`,
-- and nothing urgent: of that messages have left.
UPDATE timeline_entry SET recalled_at = :now
 WHERE patient_id = :patient AND id = :entry AND author_id = :viewer
   AND read_by = 0 AND replies = 0 AND urgent = 0 AND gone IS NULL
   AND corrected_by IS NULL AND recalled_at IS NULL AND written_at >= :since;

--! one target target (key viewer, key office, ref patient)
-- A patient by name, if the viewer herself or her whole office is of the team.
SELECT p.id AS patient_id FROM care_patient p
 WHERE p.ref = :patient
   AND EXISTS (SELECT 1 FROM care_team_member t
                WHERE t.patient_id = p.id AND t.office_id = :office
                  AND t.user_id IN (0, :viewer));

--! many other others (key viewer, key office, key patient, i64 limit)
-- The viewer's other patients, for the entry that belongs to one of them.
SELECT p.id AS patient_id, p.ref AS id, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, p.birth_date
  FROM (SELECT DISTINCT patient_id FROM care_team_member
         WHERE office_id = :office AND user_id IN (0, :viewer)) AS t
  JOIN care_patient p ON p.id = t.patient_id
 WHERE p.id <> :patient
 ORDER BY p.kana_family, p.kana_given LIMIT :limit;
