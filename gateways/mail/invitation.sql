-- Invitations to meetings: what a person was told last and what is so now, in one row. A
-- mail that may have gone is sent again under the same Message-ID: calendars fold it.

--! exec take_due (ref owner, i64 lease_s, i64 most)
UPDATE meeting_invitation
   SET mail_owner = :owner, mail_attempts = mail_attempts + 1,
       mail_lease_until = UTC_TIMESTAMP(3) + INTERVAL :lease_s SECOND
 WHERE mail_due_at <= UTC_TIMESTAMP(3)
   AND (mail_lease_until IS NULL OR mail_lease_until < UTC_TIMESTAMP(3))
 ORDER BY mail_due_at LIMIT :most;

--! row due_invitation (key invitation, ref id, i64 version, i64 attempts, ref meeting_id, text kind, utc starts_at, utc ends_at,
--!   bool off, i64 sequence, i64? told_sequence, text? told_method, bool guest, text name, text? mail, bool suspended,
--!   text lang, text sender, text nickname, text phone)

--! many due_invitation taken (ref owner)
SELECT i.id AS invitation, i.ref AS id, i.mail_version AS version, i.mail_attempts AS attempts, m.ref AS meeting_id, m.kind,
       m.starts_at, m.ends_at, m.state = 'cancelled' OR i.removed_at IS NOT NULL AS off, m.sequence, i.told_sequence,
       i.told_method, i.guest IS NOT NULL AS guest, i.name, COALESCE(i.mail, u.mail) AS mail,
       u.suspended_at IS NOT NULL AS suspended, COALESCE(u.lang, 'ja') AS lang, n.sender, n.nickname, n.phone
  FROM meeting_invitation i
  JOIN meeting_meeting m ON m.id = i.meeting_id
  JOIN care_network n ON n.id = m.network_id
  LEFT JOIN care_user u ON u.id = i.user_id
 WHERE i.mail_owner = :owner AND i.mail_lease_until > UTC_TIMESTAMP(3);

--! exec give_token (key invitation, ref owner, bytes token, utc until)
-- A guest's link, made for this mail alone; the one before is dead.
UPDATE meeting_invitation SET token = :token, token_until = :until, token_used_at = NULL
 WHERE id = :invitation AND mail_owner = :owner;

--! exec told (key invitation, ref owner, i64 version, i64 sequence, text method)
-- What was wanted meanwhile stays due.
UPDATE meeting_invitation
   SET told_sequence = :sequence, told_method = :method, told_at = UTC_TIMESTAMP(3), mail_reason = NULL,
       mail_due_at = IF(mail_version = :version, NULL, UTC_TIMESTAMP(3)), mail_owner = NULL, mail_lease_until = NULL
 WHERE id = :invitation AND mail_owner = :owner;

--! exec again (key invitation, ref owner, i64 wait_ms, text reason)
UPDATE meeting_invitation
   SET mail_due_at = UTC_TIMESTAMP(3) + INTERVAL :wait_ms * 1000 MICROSECOND, mail_reason = :reason,
       mail_owner = NULL, mail_lease_until = NULL
 WHERE id = :invitation AND mail_owner = :owner;

--! exec never (key invitation, ref owner, text reason)
UPDATE meeting_invitation
   SET mail_due_at = NULL, mail_reason = :reason, mail_owner = NULL, mail_lease_until = NULL
 WHERE id = :invitation AND mail_owner = :owner;
