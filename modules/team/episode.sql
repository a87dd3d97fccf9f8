-- The episode: what begins with consent and ends with it, with death, discharge
-- or a move.

--! row episode (key episode_id, ref id, utc opened_at, utc? ended_at, text? end_reason,
--!   utc? closes_at, date? keep_until, bool closed)
--! row officers (key? office_id)

--! one episode latest (key patient, utc now)
-- By the key: `ORDER BY id` alone would mean the ref that is given out as id.
SELECT e.id AS episode_id, e.ref AS id, e.opened_at, e.ended_at, e.end_reason, e.closes_at,
       e.keep_until, e.closes_at IS NOT NULL AND e.closes_at <= :now AS closed
  FROM care_episode e WHERE e.patient_id = :patient ORDER BY e.id DESC LIMIT 1;

--! one officers officers (key network)
SELECT officer_office_id AS office_id FROM care_network WHERE id = :network;

--! exec1 open (ref id, key patient, utc now)
INSERT INTO care_episode (ref, patient_id, opened_at) VALUES (:id, :patient, :now);

--! exec1 join (ref id, key patient, key office, key user, text role, utc now, key viewer)
-- Into the episode that is open; 409 if none is.
INSERT INTO care_team (ref, patient_id, episode_id, office_id, user_id, team_role,
       joined_at, joined_by)
SELECT :id, e.patient_id, e.id, :office, :user, :role, :now, :viewer
  FROM care_episode e
 WHERE e.patient_id = :patient AND e.ended_at IS NULL;

--! exec1 end_episode (key episode, utc now, key viewer, text reason, utc closes_at, date? keep_until)
UPDATE care_episode
   SET ended_at = :now, ended_by = :viewer, end_reason = :reason, closes_at = :closes_at,
       keep_until = :keep_until
 WHERE id = :episode AND ended_at IS NULL;

--! exec1 undo_end (key episode, utc now)
-- An end that was a mistake, while the team can still write.
UPDATE care_episode
   SET ended_at = NULL, ended_by = 0, end_reason = NULL, closes_at = NULL, keep_until = NULL
 WHERE id = :episode AND ended_at IS NOT NULL AND closes_at > :now;

--! exec leave_all (key patient, utc now, key viewer, text reason)
UPDATE care_team SET left_at = :now, left_by = :viewer, left_reason = :reason
 WHERE patient_id = :patient AND left_at IS NULL;

--! exec cancel_invitations (key patient, utc now, key viewer)
UPDATE care_invitation SET state = 'cancelled', ended_at = :now, ended_by = :viewer
 WHERE patient_id = :patient AND state = 'pending';

--! exec cancel_handovers (key patient, utc now, key viewer)
UPDATE care_handover SET state = 'cancelled', answered_at = :now, answered_by = :viewer
 WHERE patient_id = :patient AND state = 'pending';

--! exec clear_marks (key patient)
-- What waited for people who are not of the team any more. Not where somebody
-- writes at the same time: those rows are newer than the reader's view.
DELETE FROM care_mark
 WHERE patient_id = :patient AND user_id NOT IN
       (SELECT user_id FROM care_team_person WHERE patient_id = :patient);

--! exec set_whereabouts (key patient, ref id, text whereabouts, date since, key by, text name, text profession, utc now)
-- A row of the record's own; a trigger puts it onto the strip.
INSERT INTO care_whereabouts (patient_id, ref, whereabouts, since_on, confirmed_at,
       confirmed_by, confirmed_name, confirmed_profession)
VALUES (:patient, :id, :whereabouts, :since, :now, :by, :name, :profession);

