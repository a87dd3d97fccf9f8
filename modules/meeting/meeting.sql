-- Meetings: the calendar, one of them, making and changing them.

--! row listed (key patient_key, ref id, text kind, text title, utc starts_at, utc ends_at, text phase,
--!   text? patient, text? response, bool organizer, bool invited, bool open_signup)

--! row found (key meeting, key patient_key, ref id, text kind, text title, text? agenda, utc starts_at, utc ends_at,
--!   text phase, text state, text? reason, ref? patient_id, text? patient, text organizer_name, bool organizer, bool invited,
--!   text presence, text? consent_signer, text? consent_relation, utc? consent_at, bool recording,
--!   bool open_signup, bool asked, i64 sequence, text? minutes, utc? minutes_at, text? minutes_name)

--! many listed mine (key viewer, key office, key network, utc from, utc to)
-- What the viewer is invited to or holds, and what she may sign up for. Of a patient only while she is of the team.
SELECT COALESCE(m.patient_id, 0) AS patient_key, m.ref AS id, m.kind, m.title, m.starts_at, m.ends_at,
       CASE WHEN m.state = 'cancelled' THEN 'cancelled' WHEN m.polled_at IS NOT NULL THEN 'polling' WHEN m.state = 'scheduled' AND m.ends_at < UTC_TIMESTAMP(3) THEN 'ended'
            WHEN m.state = 'draft' AND m.asked_at IS NOT NULL THEN IF(m.act_reason IS NULL, 'preparing', 'refused')
            ELSE m.state END AS phase,
       (SELECT CONCAT(p.family, ' ', p.given) FROM care_patient p WHERE p.id = m.patient_id) AS patient,
       i.response, m.organizer_id = :viewer AS organizer, i.id IS NOT NULL AS invited, m.open_signup
  FROM (SELECT meeting_id FROM meeting_invitation WHERE user_id = :viewer AND removed_at IS NULL
        UNION SELECT id FROM meeting_meeting WHERE organizer_id = :viewer AND starts_at >= :from AND starts_at < :to
        UNION SELECT id FROM meeting_meeting
               WHERE network_id = :network AND open_signup AND starts_at >= :from AND starts_at < :to AND state = 'scheduled') AS x
  JOIN meeting_meeting m ON m.id = x.meeting_id AND m.starts_at >= :from AND m.starts_at < :to
  LEFT JOIN meeting_invitation i ON i.meeting_id = m.id AND i.user_id = :viewer AND i.removed_at IS NULL
 WHERE (m.patient_id IS NULL OR EXISTS (SELECT 1 FROM care_team_person f
        WHERE f.patient_id = m.patient_id AND f.user_id = :viewer AND f.office_id = :office))
   AND (m.state <> 'draft' OR m.organizer_id = :viewer OR m.polled_at IS NOT NULL)
 ORDER BY m.starts_at, m.id LIMIT 200;

--! many listed of_patient (key patient, key viewer, utc from, bool looks)
-- A patient's meetings, for her team; drafts for who holds them. Without `looks` those that the viewer is invited to.
SELECT COALESCE(m.patient_id, 0) AS patient_key, m.ref AS id, m.kind, m.title, m.starts_at, m.ends_at,
       CASE WHEN m.state = 'cancelled' THEN 'cancelled' WHEN m.polled_at IS NOT NULL THEN 'polling' WHEN m.state = 'scheduled' AND m.ends_at < UTC_TIMESTAMP(3) THEN 'ended'
            WHEN m.state = 'draft' AND m.asked_at IS NOT NULL THEN IF(m.act_reason IS NULL, 'preparing', 'refused')
            ELSE m.state END AS phase,
       CAST(NULL AS CHAR) AS patient, i.response, m.organizer_id = :viewer AS organizer, i.id IS NOT NULL AS invited, m.open_signup
  FROM meeting_meeting m
  LEFT JOIN meeting_invitation i ON i.meeting_id = m.id AND i.user_id = :viewer AND i.removed_at IS NULL
 WHERE m.patient_id = :patient AND m.starts_at >= :from AND (:looks OR i.id IS NOT NULL)
   AND (m.state <> 'draft' OR m.organizer_id = :viewer OR (m.polled_at IS NOT NULL AND i.id IS NOT NULL))
 ORDER BY m.starts_at DESC, m.id DESC LIMIT 100;

--! one found find (ref meeting, key viewer, key office, key network)
-- One that the viewer may see: her patient's, or one that she holds, is invited to or may sign up for.
SELECT m.id AS meeting, COALESCE(m.patient_id, 0) AS patient_key, m.ref AS id, m.kind, m.title, m.agenda, m.starts_at, m.ends_at,
       CASE WHEN m.state = 'cancelled' THEN 'cancelled' WHEN m.polled_at IS NOT NULL THEN 'polling' WHEN m.state = 'scheduled' AND m.ends_at < UTC_TIMESTAMP(3) THEN 'ended'
            WHEN m.state = 'draft' AND m.asked_at IS NOT NULL THEN IF(m.act_reason IS NULL, 'preparing', 'refused')
            ELSE m.state END AS phase,
       m.state, m.act_reason AS reason, p.ref AS patient_id, CONCAT(p.family, ' ', p.given) AS patient,
       m.organizer_name, m.organizer_id = :viewer AS organizer, i.id IS NOT NULL AS invited, m.presence, m.consent_signer, m.consent_relation, m.consent_at,
       m.recording, m.open_signup, m.asked_at IS NOT NULL AS asked, m.sequence, m.minutes, m.minutes_at, m.minutes_name
  FROM meeting_meeting m LEFT JOIN care_patient p ON p.id = m.patient_id
  LEFT JOIN meeting_invitation i ON i.meeting_id = m.id AND i.user_id = :viewer AND i.removed_at IS NULL
 WHERE m.ref = :meeting AND m.network_id = :network
   AND (m.state <> 'draft' OR m.organizer_id = :viewer OR (m.polled_at IS NOT NULL AND i.id IS NOT NULL))
   AND ((m.patient_id IS NOT NULL AND EXISTS (SELECT 1 FROM care_team_person f
          WHERE f.patient_id = m.patient_id AND f.user_id = :viewer AND f.office_id = :office))
     OR (m.patient_id IS NULL AND (m.organizer_id = :viewer OR m.open_signup OR i.id IS NOT NULL)));

--! row provider (text kind, bool recording, utc? away_since)

--! one provider provider (key network)
SELECT kind, recording, away_since FROM meeting_provider WHERE network_id = :network;

--! row agreed (i64 n)

--! one agreed recording_agreed (key patient)
-- Whether the patient agrees to being recorded now.
SELECT COUNT(*) AS n FROM care_consent_open WHERE patient_id = :patient AND purpose = 'video_recording';

--! exec1 add (ref id, key network, key? patient, text kind, text title, text? agenda, utc starts_at, utc ends_at,
--!   bool open_signup, key viewer, text name, utc now, text presence, bool recording, text room)
INSERT INTO meeting_meeting (ref, network_id, patient_id, kind, title, agenda, starts_at, ends_at, open_signup,
       organizer_id, organizer_name, made_at, presence, recording, room)
VALUES (:id, :network, :patient, :kind, :title, :agenda, :starts_at, :ends_at, :open_signup,
       :viewer, :name, :now, :presence, :recording, :room);

--! exec consent (ref id, text signer, text relation, key viewer, utc now)
-- 0 rows when it was recorded before.
UPDATE meeting_meeting SET consent_signer = :signer, consent_relation = :relation, consent_at = :now, consent_by = :viewer
 WHERE ref = :id AND consent_at IS NULL AND presence <> 'none' AND state <> 'cancelled';

--! exec ask_provider (ref id, utc now)
-- Invitations may leave as soon as the provider has the meeting. 0 rows: it is over, was cancelled, waits for a date, or lacks a consent.
UPDATE meeting_meeting SET asked_at = COALESCE(asked_at, :now), act_due_at = :now, act_reason = NULL
 WHERE ref = :id AND state <> 'cancelled' AND polled_at IS NULL AND ends_at > :now AND (presence = 'none' OR consent_at IS NOT NULL);

--! exec change (key meeting, text title, text? agenda, utc starts_at, utc ends_at, bool moved, utc now)
-- A moved one is another revision for the provider and another SEQUENCE for who was told.
UPDATE meeting_meeting
   SET title = :title, agenda = :agenda, starts_at = :starts_at, ends_at = :ends_at,
       sequence = sequence + IF(state = 'scheduled' AND :moved, 1, 0), revision = revision + :moved,
       act_due_at = IF(:moved AND asked_at IS NOT NULL, :now, act_due_at)
 WHERE id = :meeting AND state <> 'cancelled';

--! exec forget_answers (key meeting)
-- Another time asks for another answer.
UPDATE meeting_invitation SET response = NULL, response_note = NULL, responded_at = NULL
 WHERE meeting_id = :meeting AND removed_at IS NULL;

--! exec cancel (key meeting, utc now)
UPDATE meeting_meeting SET state = 'cancelled', polled_at = NULL, cancelled_at = :now, sequence = sequence + 1, act_due_at = :now
 WHERE id = :meeting AND state <> 'cancelled';

--! exec tell_cancelled (key meeting, utc now)
-- Those who were told of it, and have not been told that it is off.
UPDATE meeting_invitation SET mail_due_at = IF(told_method = 'REQUEST', :now, NULL), mail_version = mail_version + 1, mail_attempts = 0
 WHERE meeting_id = :meeting AND removed_at IS NULL;

--! exec write_minutes (key meeting, text minutes, text name, utc now)
UPDATE meeting_meeting SET minutes = :minutes, minutes_name = :name, minutes_at = :now
 WHERE id = :meeting AND state = 'scheduled' AND starts_at <= :now AND minutes_at IS NULL;

--! row course (ref id, text title, utc starts_at, utc ends_at, text organizer_name)

--! many course courses (key viewer)
-- What the viewer attended: she came in.
SELECT m.ref AS id, m.title, m.starts_at, m.ends_at, m.organizer_name
  FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id AND m.kind = 'training_course' AND m.state = 'scheduled'
 WHERE i.user_id = :viewer AND i.joined_at IS NOT NULL AND i.removed_at IS NULL
 ORDER BY m.starts_at DESC LIMIT 500;
