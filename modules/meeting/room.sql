-- The waiting page and who joined; a guest's link.

--! row place (key invitation, utc starts_at, utc ends_at, text kind, text phase, text? join_url, utc? joined_at)

--! one place own (ref meeting, key viewer)
-- The viewer's own place at a meeting, if she is invited.
SELECT i.id AS invitation, m.starts_at, m.ends_at, m.kind,
       CASE WHEN m.state = 'cancelled' THEN 'cancelled' WHEN m.state = 'scheduled' AND m.ends_at < UTC_TIMESTAMP(3) THEN 'ended'
            ELSE m.state END AS phase, i.join_url, i.joined_at
  FROM meeting_meeting m JOIN meeting_invitation i ON i.meeting_id = m.id AND i.user_id = :viewer AND i.removed_at IS NULL
 WHERE m.ref = :meeting;

--! exec join (key invitation, utc now)
UPDATE meeting_invitation SET joined_at = COALESCE(joined_at, :now) WHERE id = :invitation AND removed_at IS NULL;

--! row guest (key invitation, utc starts_at, utc ends_at, text kind, text phase, text? join_url, text nickname,
--!   text phone, utc token_until, utc? used_at,
--!   bool replaced, text? response)

--! one guest guest (bytes token)
-- Whose link it is; nobody's after an hour beyond the end, or when he was removed. One that another has replaced admits nobody.
SELECT i.id AS invitation, m.starts_at, m.ends_at, m.kind,
       CASE WHEN m.state = 'cancelled' THEN 'cancelled' WHEN m.state = 'scheduled' AND m.ends_at < UTC_TIMESTAMP(3) THEN 'ended'
            ELSE m.state END AS phase, i.join_url, n.nickname, n.phone, COALESCE(i.token_until, m.ends_at) AS token_until, i.token_used_at AS used_at,
       COALESCE(i.token <> :token, 1) AS replaced, i.response
  FROM meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id JOIN care_network n ON n.id = m.network_id
 WHERE (i.token = :token OR i.token_before = :token) AND i.removed_at IS NULL AND m.ends_at > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR;

--! exec use (key invitation, utc now)
-- Once: 0 rows the second time.
UPDATE meeting_invitation SET token_used_at = :now, joined_at = COALESCE(joined_at, :now)
 WHERE id = :invitation AND token_used_at IS NULL AND removed_at IS NULL;

--! exec answer (key invitation, text response, utc now)
UPDATE meeting_invitation SET response = :response, responded_at = :now WHERE id = :invitation AND removed_at IS NULL;

--! exec renew (key invitation, utc now)
-- Another link goes to his address; not more often than every five minutes.
UPDATE meeting_invitation SET mail_due_at = :now, mail_version = mail_version + 1, mail_attempts = 0
 WHERE id = :invitation AND removed_at IS NULL AND mail_due_at IS NULL
   AND (told_at IS NULL OR told_at < :now - INTERVAL 5 MINUTE);
