-- The episode: what begins with consent and ends with it, with death, discharge
-- or a move.

--! row episode (key episode_id, ref id, utc opened_at, utc? ended_at, text? end_reason,
--!   utc? closes_at, date? keep_until, bool closed)
--! row officers (key? office_id)
--! row stay (key network_id, text whereabouts)
--! row move (text whereabouts, date since_on)
--! row lapsed (key patient_id, key network_id, utc until)

--! one episode latest (key patient, utc now)
-- By the key: `ORDER BY id` alone would mean the ref that is given out as id.
SELECT e.id AS episode_id, e.ref AS id, e.opened_at, e.ended_at, e.end_reason, e.closes_at,
       e.keep_until, e.closes_at IS NOT NULL AND e.closes_at <= :now AS closed
  FROM care_episode e WHERE e.patient_id = :patient ORDER BY e.id DESC LIMIT 1;

--! one officers officers (key network)
SELECT officer_office_id AS office_id FROM care_network WHERE id = :network;

--! one stay stay (key patient)
SELECT network_id, CAST(whereabouts AS CHAR) AS whereabouts FROM care_patient WHERE id = :patient;

--! one move move (key patient, ref id)
-- What a row of her whereabouts says, if none has come after it.
SELECT CAST(w.whereabouts AS CHAR) AS whereabouts, w.since_on FROM care_whereabouts w
 WHERE w.patient_id = :patient AND w.ref = :id
   AND NOT EXISTS (SELECT 1 FROM care_whereabouts n WHERE n.patient_id = w.patient_id AND n.id > w.id);

--! one move before (key patient)
-- Where she was last, alive and here.
SELECT CAST(w.whereabouts AS CHAR) AS whereabouts, w.since_on FROM care_whereabouts w
 WHERE w.patient_id = :patient AND w.whereabouts NOT IN ('moved', 'deceased')
 ORDER BY w.id DESC LIMIT 1;

--! many lapsed lapsed (key? patient, utc now, i64 limit)
-- Whose last consent to share has run out while somebody is of the team; of one patient, or any.
SELECT c.patient_id, p.network_id, c.until
  FROM care_consent_now c JOIN care_patient p ON p.id = c.patient_id
 WHERE c.purpose = 'share_team' AND c.until <= :now AND (:patient IS NULL OR c.patient_id = :patient)
   AND (EXISTS (SELECT 1 FROM care_episode e WHERE e.patient_id = c.patient_id AND e.ended_at IS NULL)
     OR EXISTS (SELECT 1 FROM care_team t WHERE t.patient_id = c.patient_id AND t.left_at IS NULL))
 LIMIT :limit;

--! many lapsed lapsed_wide (key? patient, utc now, i64 limit)
-- Likewise of the consent to share beyond the network, while an office of elsewhere is of the team.
SELECT c.patient_id, p.network_id, c.until
  FROM care_consent_now c JOIN care_patient p ON p.id = c.patient_id
 WHERE c.purpose = 'share_wide_area' AND c.until <= :now AND (:patient IS NULL OR c.patient_id = :patient)
   AND EXISTS (SELECT 1 FROM care_team t JOIN care_office o ON o.id = t.office_id AND o.network_id <> p.network_id
        WHERE t.patient_id = c.patient_id AND t.left_at IS NULL)
 LIMIT :limit;

--! many lapsed lapsed_disease (key? patient, utc soon, i64 limit)
-- Likewise of a network for a disease, before its last moment: what was written for it is
-- shut by a change of the consent's row, not by the clock (db/care/0090-consent-end.sql).
SELECT DISTINCT c.patient_id, p.network_id, COALESCE(TIMESTAMP(c.valid_until) + INTERVAL 15 HOUR, UTC_TIMESTAMP(3)) AS until
  FROM care_consent c JOIN care_patient p ON p.id = c.patient_id
 WHERE c.disease_network_id > 0 AND TIMESTAMP(c.valid_until) + INTERVAL 15 HOUR <= :soon
   AND c.withdrawn_at IS NULL AND c.withdrawal_effect IS NULL AND (:patient IS NULL OR c.patient_id = :patient)
 LIMIT :limit;

--! exec lapse_disease (key patient, utc soon)
UPDATE care_consent SET withdrawal_effect = '期限が切れ、読めなくなりました'
 WHERE patient_id = :patient AND disease_network_id > 0 AND withdrawn_at IS NULL AND withdrawal_effect IS NULL
   AND TIMESTAMP(valid_until) + INTERVAL 15 HOUR <= :soon;

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

