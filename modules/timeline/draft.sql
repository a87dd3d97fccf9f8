-- Drafts, sealed: the database cannot tell what somebody is about to write. One
-- of a patient's page, and one of each reply there: `to` is the entry's ref.

--! row kept (bytes sealed, utc saved_at)

--! exec save (key viewer, key patient, ref to, bytes sealed, utc now)
INSERT INTO timeline_draft (user_id, patient_id, reply_to, sealed, saved_at)
VALUES (:viewer, :patient, :to, :sealed, :now)
ON DUPLICATE KEY UPDATE sealed = :sealed, saved_at = :now;

--! exec drop (key viewer, key patient, ref to)
DELETE FROM timeline_draft
 WHERE user_id = :viewer AND patient_id = :patient AND reply_to = :to;

--! exec drop_old (key viewer, utc before)
DELETE FROM timeline_draft WHERE user_id = :viewer AND saved_at < :before;

--! one kept find (key viewer, key patient, ref to)
SELECT sealed, saved_at FROM timeline_draft
 WHERE user_id = :viewer AND patient_id = :patient AND reply_to = :to;
