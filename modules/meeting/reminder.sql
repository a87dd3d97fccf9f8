-- Who is reminded of a meeting, and what is not to be recorded any more. Run by the program itself, for nobody.

--! row due (key invitation, key? user_id)

--! many due due (utc now, utc until, i64 most)
-- Invited the day before or earlier, and not declined; of another time once more.
SELECT i.id AS invitation, i.user_id
  FROM meeting_meeting m
  JOIN meeting_invitation i ON i.meeting_id = m.id
 WHERE m.state = 'scheduled' AND m.starts_at > :now AND m.starts_at <= :until
   AND i.removed_at IS NULL AND i.told_at < m.starts_at - INTERVAL 1 DAY
   AND (i.response IS NULL OR i.response <> 'declined')
   AND (i.reminded_for IS NULL OR i.reminded_for <> m.starts_at)
 ORDER BY m.starts_at, i.id LIMIT :most;

--! exec take (key invitation, utc now)
-- 1 for the one program that reminds. A guest gets his mail once more, with a link that is new.
UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id
   SET i.reminded_for = m.starts_at, i.mail_due_at = IF(i.guest IS NULL, i.mail_due_at, :now),
       i.mail_version = i.mail_version + (i.guest IS NOT NULL), i.mail_attempts = IF(i.guest IS NULL, i.mail_attempts, 0)
 WHERE i.id = :invitation AND (i.reminded_for IS NULL OR i.reminded_for <> m.starts_at);

--! exec unrecord (utc now, utc since)
-- Meetings to come, or begun since, that the network or the patient does not let be recorded any more. The provider is told.
UPDATE meeting_meeting m LEFT JOIN meeting_provider p ON p.network_id = m.network_id
   SET m.recording = IF(m.asked_at IS NULL, 0, 2), m.act_due_at = IF(m.asked_at IS NULL, m.act_due_at, :now)
 WHERE m.state IN ('draft', 'scheduled') AND m.starts_at > :since AND m.recording = 1
   AND (NOT COALESCE(p.recording, 0) OR (m.patient_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM care_consent_open c WHERE c.patient_id = m.patient_id AND c.purpose = 'video_recording')));
