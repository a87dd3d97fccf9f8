-- Drafts, sealed: the database cannot tell what somebody is about to write.

--! row kept (bytes sealed, utc saved_at)

--! exec save (key viewer, key patient, bytes sealed, utc now)
INSERT INTO timeline_draft (user_id, patient_id, sealed, saved_at)
VALUES (:viewer, :patient, :sealed, :now)
ON DUPLICATE KEY UPDATE sealed = :sealed, saved_at = :now;

--! exec drop (key viewer, key patient)
DELETE FROM timeline_draft WHERE user_id = :viewer AND patient_id = :patient;

--! exec drop_old (key viewer, utc before)
DELETE FROM timeline_draft WHERE user_id = :viewer AND saved_at < :before;

--! one kept find (key viewer, key patient)
SELECT sealed, saved_at FROM timeline_draft
 WHERE user_id = :viewer AND patient_id = :patient;
