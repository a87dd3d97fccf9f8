-- Who is reminded of a meeting. Run by the program itself, for nobody.

--! row due (key invitation, key user_id)

--! many due due (utc now, utc until, i64 most)
-- Invited the day before or earlier, and not declined; of another time once more.
SELECT i.id AS invitation, u.id AS user_id
  FROM meeting_meeting m
  JOIN meeting_invitation i ON i.meeting_id = m.id
  JOIN care_user u ON u.id = i.user_id
 WHERE m.state = 'scheduled' AND m.starts_at > :now AND m.starts_at <= :until
   AND i.removed_at IS NULL AND i.told_at < m.starts_at - INTERVAL 1 DAY
   AND (i.response IS NULL OR i.response <> 'declined')
   AND (i.reminded_for IS NULL OR i.reminded_for <> m.starts_at)
 ORDER BY m.starts_at, i.id LIMIT :most;

--! exec take (key invitation)
-- 1 for the one program that reminds.
UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id
   SET i.reminded_for = m.starts_at
 WHERE i.id = :invitation AND (i.reminded_for IS NULL OR i.reminded_for <> m.starts_at);
