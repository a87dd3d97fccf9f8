-- Meetings: the calendar, one of them, making and changing them.

--! row listed (key patient_key, key meeting_id, ref id, text kind, text title, utc starts_at, utc ends_at, text phase,
--!   text? patient, text? response, bool organizer, bool invited, bool open_signup)

--! row found (key meeting, key patient_key, key forum_key, ref id, text kind, text title, text? agenda, utc starts_at, utc ends_at,
--!   text phase, text state, text? reason, ref? patient_id, text? patient, text organizer_name, bool organizer, bool invited,
--!   text presence, text? consent_signer, text? consent_relation, utc? consent_at, bool recording,
--!   bool open_signup, bool asked, i64 sequence, text? minutes, utc? minutes_at, text? minutes_name, key sheets)

--! many listed mine (key viewer, key office, key network, utc from, utc to, key after, i64 limit)
-- What the viewer is invited to or holds, and what she may sign up for, behind a place of the list. Of a patient only
-- while she is of the team, by name or by her office as a whole: not who stands in (-1). That she works in that office
-- her session says (modules/care/admit.sql).
SELECT l.patient_key, l.meeting_id, l.id, l.kind, l.title, l.starts_at, l.ends_at, COALESCE(l.phase, '') AS phase, l.patient, l.response, l.organizer, l.invited, l.open_signup
  FROM (
(SELECT COALESCE(c.patient_id, 0) AS patient_key, c.meeting_id, c.ref AS id, c.kind, c.title, c.starts_at, c.ends_at,
        IF(c.phase = 'scheduled' AND c.ends_at < UTC_TIMESTAMP(3), 'ended', CONCAT(c.phase)) AS phase,
        (SELECT CONCAT(p.family, ' ', p.given) FROM care_patient p WHERE p.id = c.patient_id) AS patient,
        c.response, c.organizer, c.invited, c.open_signup
   FROM meeting_calendar c
  WHERE c.user_id = :viewer AND c.starts_at >= :from AND c.starts_at < :to
    AND (c.starts_at > :from OR c.meeting_id > :after)
    AND (c.organizer OR (c.invited AND c.phase NOT IN ('draft', 'preparing', 'refused')))
    AND (c.patient_id IS NULL OR EXISTS (SELECT 1 FROM care_team_member t
         WHERE t.patient_id = c.patient_id AND t.office_id = :office AND t.user_id IN (0, :viewer)))
  ORDER BY c.starts_at, c.meeting_id LIMIT :limit)
UNION ALL
(SELECT 0, c.meeting_id, c.ref, c.kind, c.title, c.starts_at, c.ends_at,
        IF(c.phase = 'scheduled' AND c.ends_at < UTC_TIMESTAMP(3), 'ended', CONCAT(c.phase)) AS phase, NULL, NULL, 0, 0, 1
   FROM meeting_calendar c
  WHERE c.network_id = :network AND c.user_id = 0 AND c.starts_at >= :from AND c.starts_at < :to
    AND (c.starts_at > :from OR c.meeting_id > :after) AND c.phase = 'scheduled'
    AND NOT EXISTS (SELECT 1 FROM meeting_calendar x
         WHERE x.meeting_id = c.meeting_id AND x.user_id = :viewer AND (x.organizer OR x.invited))
  ORDER BY c.starts_at, c.meeting_id LIMIT :limit)) AS l
 ORDER BY l.starts_at, l.meeting_id LIMIT :limit;

--! many listed of_patient (key patient, key viewer, utc from, bool looks)
-- A patient's meetings, for her team; drafts for who holds them. Without `looks` those that the viewer is invited to.
SELECT COALESCE(m.patient_id, 0) AS patient_key, m.id AS meeting_id, m.ref AS id, m.kind, m.title, m.starts_at, m.ends_at,
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
SELECT m.id AS meeting, COALESCE(m.patient_id, 0) AS patient_key, COALESCE(m.forum_id, 0) AS forum_key, m.ref AS id, m.kind, m.title, m.agenda, m.starts_at, m.ends_at,
       CASE WHEN m.state = 'cancelled' THEN 'cancelled' WHEN m.polled_at IS NOT NULL THEN 'polling' WHEN m.state = 'scheduled' AND m.ends_at < UTC_TIMESTAMP(3) THEN 'ended'
            WHEN m.state = 'draft' AND m.asked_at IS NOT NULL THEN IF(m.act_reason IS NULL, 'preparing', 'refused')
            ELSE m.state END AS phase,
       m.state, m.act_reason AS reason, p.ref AS patient_id, CONCAT(p.family, ' ', p.given) AS patient,
       m.organizer_name, m.organizer_id = :viewer AS organizer, i.id IS NOT NULL AS invited, m.presence, m.consent_signer, m.consent_relation, m.consent_at,
       m.recording = 1 AS recording, m.open_signup, m.asked_at IS NOT NULL AS asked, m.sequence, m.minutes, m.minutes_at, m.minutes_name,
       (SELECT COUNT(*) FROM meeting_paper d WHERE d.meeting_id = m.id) AS sheets
  FROM meeting_meeting m LEFT JOIN care_patient p ON p.id = m.patient_id
  LEFT JOIN meeting_invitation i ON i.meeting_id = m.id AND i.user_id = :viewer AND i.removed_at IS NULL
 WHERE m.ref = :meeting AND m.network_id = :network
   AND (m.state <> 'draft' OR m.organizer_id = :viewer OR (m.polled_at IS NOT NULL AND i.id IS NOT NULL))
   AND ((m.patient_id IS NOT NULL AND EXISTS (SELECT 1 FROM care_team_member t
          WHERE t.patient_id = m.patient_id AND t.office_id = :office AND t.user_id IN (0, :viewer)))
     OR (m.patient_id IS NULL AND (m.organizer_id = :viewer OR m.open_signup OR i.id IS NOT NULL)));

--! row forum (key forum, ref id, text name)

--! one forum forum_of (key viewer, key office, ref forum)
-- A forum that is open to the viewer in the office for which she has signed in.
SELECT f.id AS forum, f.ref AS id, f.name FROM care_forum_reader r JOIN care_forum f ON f.id = r.forum_id
 WHERE r.ref = :forum AND r.user_id = :viewer AND r.office_id = :office LIMIT 1;

--! one forum forum_named (key forum, key viewer, key office)
-- The same by its key: who was invited may have left it.
SELECT f.id AS forum, f.ref AS id, f.name FROM care_forum_reader r JOIN care_forum f ON f.id = r.forum_id
 WHERE r.forum_id = :forum AND r.user_id = :viewer AND r.office_id = :office LIMIT 1;

--! many listed of_forum (key forum, key viewer, utc from)
-- Set from a forum's page: those that the viewer holds, is invited to, or may sign up for.
SELECT 0 AS patient_key, m.id AS meeting_id, m.ref AS id, m.kind, m.title, m.starts_at, m.ends_at,
       CASE WHEN m.state = 'cancelled' THEN 'cancelled' WHEN m.polled_at IS NOT NULL THEN 'polling' WHEN m.state = 'scheduled' AND m.ends_at < UTC_TIMESTAMP(3) THEN 'ended'
            WHEN m.state = 'draft' AND m.asked_at IS NOT NULL THEN IF(m.act_reason IS NULL, 'preparing', 'refused')
            ELSE m.state END AS phase,
       CAST(NULL AS CHAR) AS patient, i.response, m.organizer_id = :viewer AS organizer, i.id IS NOT NULL AS invited, m.open_signup
  FROM meeting_meeting m
  LEFT JOIN meeting_invitation i ON i.meeting_id = m.id AND i.user_id = :viewer AND i.removed_at IS NULL
 WHERE m.forum_id = :forum AND m.starts_at >= :from
   AND (m.organizer_id = :viewer OR (m.state <> 'draft' AND (m.open_signup OR i.id IS NOT NULL)) OR (m.polled_at IS NOT NULL AND i.id IS NOT NULL))
 ORDER BY m.starts_at DESC, m.id DESC LIMIT 100;

--! row provider (text kind, bool recording, utc? away_since)

--! one provider provider (key network)
SELECT kind, recording, away_since FROM meeting_provider WHERE network_id = :network;

--! row agreed (i64 n)

--! one agreed recording_agreed (key patient)
-- Whether the patient agrees to being recorded now.
SELECT COUNT(*) AS n FROM care_consent_open WHERE patient_id = :patient AND purpose = 'video_recording';

--! exec1 add (ref id, key network, key? patient, key? forum, text kind, text title, text? agenda, utc starts_at, utc ends_at,
--!   bool open_signup, key viewer, text name, utc now, text presence, bool recording, text room)
INSERT INTO meeting_meeting (ref, network_id, patient_id, forum_id, kind, title, agenda, starts_at, ends_at, open_signup,
       organizer_id, organizer_name, made_at, presence, recording, room)
VALUES (:id, :network, :patient, :forum, :kind, :title, :agenda, :starts_at, :ends_at, :open_signup,
       :viewer, :name, :now, :presence, :recording, :room);

--! exec consent (ref id, text? presence, text signer, text relation, bool recorded, key viewer, utc now)
-- Who is there may be said with it; whether family may be recorded they say with it: the provider is told, if it knows
-- otherwise. 0 rows when it was recorded before, or nobody is there.
UPDATE meeting_meeting
   SET presence = COALESCE(:presence, presence), consent_signer = :signer, consent_relation = :relation, consent_recording = :recorded,
       act_due_at = IF(presence <> 'patient' AND NOT :recorded AND recording = 1 AND asked_at IS NOT NULL, :now, act_due_at),
       recording = IF(presence <> 'patient' AND NOT :recorded AND recording = 1, IF(asked_at IS NULL, 0, 2), recording),
       consent_at = :now, consent_by = :viewer
 WHERE ref = :id AND consent_at IS NULL AND patient_id IS NOT NULL AND COALESCE(:presence, presence) <> 'none' AND state <> 'cancelled';

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
