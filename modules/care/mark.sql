-- Marks: what waits for a user on a patient. Written in the transaction of
-- their cause by any module; the patient list counts them.

--! exec team (ref about, key patient, key author, text module, text kind, utc now)
-- For everyone of the team but the author. Officers and volunteers get none:
-- they see what consent or an incident opens, and no badge may tell them more.
INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
SELECT DISTINCT user_id, patient_id, :module, :kind, :about, :now
  FROM care_team_person
 WHERE patient_id = :patient AND told AND user_id <> :author;

--! exec clear (key user, key patient, ref about, text? kind)
-- Takes one mark of a thing from a user; with kind NULL all of that thing.
DELETE FROM care_mark
 WHERE user_id = :user AND patient_id = :patient AND ref = :about
   AND (:kind IS NULL OR kind = :kind);
