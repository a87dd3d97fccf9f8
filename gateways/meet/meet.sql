-- Meetings that the provider does not have as they are wanted. Claimed in one
-- transaction, acted on without one, settled in a third; owner and attempt fence
-- off whoever comes late. All times are the database's.

--! row candidate (key meeting, key network)

--! many candidate candidates (text busy, i64 most)
-- What is due, but of networks that another lane has, for whose provider asked us to wait, and for what a request without an answer may still change.
SELECT m.id AS meeting, m.network_id AS network FROM meeting_meeting m
 WHERE m.act_due_at <= UTC_TIMESTAMP(3) AND FIND_IN_SET(m.network_id, :busy) = 0
   AND (m.act_lease_until IS NULL OR m.act_lease_until < UTC_TIMESTAMP(3))
   AND (m.act_unsure_until IS NULL OR m.act_unsure_until <= UTC_TIMESTAMP(3))
   AND NOT EXISTS (SELECT 1 FROM meeting_provider p WHERE p.network_id = m.network_id AND p.pause_until > UTC_TIMESTAMP(3))
 ORDER BY m.act_due_at LIMIT :most FOR UPDATE SKIP LOCKED;

--! exec1 take_one (key meeting, ref owner, i64 lease_s)
-- From here on a create may reach the provider, whatever becomes of us; and may do so until the lease ends.
UPDATE meeting_meeting
   SET act_owner = :owner, act_attempts = act_attempts + 1,
       act_lease_until = UTC_TIMESTAMP(3) + INTERVAL :lease_s SECOND,
       begun = IF(state <> 'cancelled' AND network_id IN (SELECT network_id FROM meeting_provider), 1, begun)
 WHERE id = :meeting;

--! row due_meeting (key meeting, ref id, key network, text code, text kind, utc starts_at, utc ends_at, bool recording,
--!   bool unrecorded,
--!   text state, bool past, bool closed, text room, i64 revision, i64 done, bool begun, text? provider_id, text? provider_url,
--!   i64 attempts, text? provider, text? origin, text? login_origin, text? tenant, text? client, text? organizer, bool probe)

--! one due_meeting taken (key meeting, ref owner, i64 linger_s)
-- Recording wants the network's leave, too. `closed`: the last have left, its links die. `unrecorded`: recording was taken back after the provider may have heard of it.
SELECT m.id AS meeting, m.ref AS id, m.network_id AS network, n.code, m.kind, m.starts_at, m.ends_at, m.recording = 1 AND COALESCE(p.recording, 0) AS recording, m.recording = 2 AS unrecorded,
       m.state, m.ends_at < UTC_TIMESTAMP(3) AS past, m.ends_at < UTC_TIMESTAMP(3) - INTERVAL :linger_s SECOND AS closed, m.room, m.revision, m.done, m.begun, m.provider_id, m.provider_url,
       m.act_attempts AS attempts, p.kind AS provider, p.origin, p.login_origin, p.tenant, p.client, p.organizer, COALESCE(p.probe, 0) AS probe
  FROM meeting_meeting m JOIN care_network n ON n.id = m.network_id
  LEFT JOIN meeting_provider p ON p.network_id = m.network_id
 WHERE m.id = :meeting AND m.act_owner = :owner AND m.act_lease_until > UTC_TIMESTAMP(3);

--! exec settle_done (key meeting, ref owner, i64 attempts, i64 revision, text? provider_id, text? url, i64 linger_s)
-- The provider has this revision. What was wanted since is due at once; that its links die, when the last have left.
UPDATE meeting_meeting
   SET provider_id = :provider_id, provider_url = :url, done = :revision,
       state = IF(state = 'draft', 'scheduled', state),
       act_due_at = IF(revision = :revision AND state <> 'cancelled', ends_at + INTERVAL :linger_s SECOND, UTC_TIMESTAMP(3)),
       act_reason = NULL, act_owner = NULL, act_lease_until = NULL, act_unsure_until = NULL, act_attempts = 0
 WHERE id = :meeting AND act_owner = :owner AND act_attempts = :attempts;

--! exec settle_gone (key meeting, ref owner, i64 attempts)
-- The provider has nothing of it.
UPDATE meeting_meeting
   SET provider_id = NULL, provider_url = NULL, done = -1, begun = 0, act_due_at = NULL, act_reason = NULL,
       act_owner = NULL, act_lease_until = NULL, act_unsure_until = NULL, act_attempts = 0
 WHERE id = :meeting AND act_owner = :owner AND act_attempts = :attempts;

--! exec settle_again (key meeting, ref owner, i64 attempts, i64 wait_ms, i64 unsure_ms, text reason, bool never,
--!   text? provider_id, text? url)
-- Not yet. What was learned on the way is kept; `never`: not by itself.
UPDATE meeting_meeting
   SET provider_id = :provider_id, provider_url = :url, act_reason = :reason,
       act_due_at = IF(:never, NULL, UTC_TIMESTAMP(3) + INTERVAL :wait_ms * 1000 MICROSECOND),
       act_unsure_until = IF(:unsure_ms > 0, UTC_TIMESTAMP(3) + INTERVAL :unsure_ms * 1000 MICROSECOND, NULL),
       act_owner = NULL, act_lease_until = NULL
 WHERE id = :meeting AND act_owner = :owner AND act_attempts = :attempts;

--! exec pause (key network, i64 wait_ms)
-- The provider asked for it: nobody of the network asks before.
UPDATE meeting_provider SET pause_until = UTC_TIMESTAMP(3) + INTERVAL :wait_ms * 1000 MICROSECOND
 WHERE network_id = :network;

--! row invitee (key invitation, ref id, text name, bool guest, text? join_url)

--! many invitee invitees (key meeting)
SELECT id AS invitation, ref AS id, name, guest IS NOT NULL AS guest, join_url FROM meeting_invitation
 WHERE meeting_id = :meeting AND removed_at IS NULL;

--! exec set_join (key invitation, text join_url)
UPDATE meeting_invitation SET join_url = :join_url WHERE id = :invitation AND removed_at IS NULL;

--! exec forget_joins (key meeting)
UPDATE meeting_invitation SET join_url = NULL WHERE meeting_id = :meeting;

--! exec tell (key meeting, bool everyone)
-- Invitations leave now, and not before: to everyone when the meeting is new or moved.
UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id
   SET i.mail_due_at = UTC_TIMESTAMP(3), i.mail_version = i.mail_version + 1, i.mail_attempts = 0
 WHERE i.meeting_id = :meeting AND i.removed_at IS NULL AND m.state = 'scheduled' AND m.done = m.revision
   AND (:everyone OR (i.told_at IS NULL AND i.mail_due_at IS NULL));

--! row watched (key network, text origin, bool away)

--! many watched watched ()
-- Servers of one's own, which nobody else watches for us.
SELECT network_id AS network, origin, away_since IS NOT NULL AS away FROM meeting_provider WHERE kind = 'jitsi' AND probe;

--! exec set_away (key network, text origin, bool away)
UPDATE meeting_provider SET away_since = IF(:away, COALESCE(away_since, UTC_TIMESTAMP(3)), NULL)
 WHERE network_id = :network AND origin = :origin;
