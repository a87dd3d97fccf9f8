-- Hand-over of notices: claim in a short transaction, say that the act begins
-- in another, act without one, settle in a third. Owner and attempt fence off
-- whoever comes late. All times are the database's: no clock that jumps
-- elsewhere ends a lease.

--! row class (i64 priority)

--! one class waiting (text channel)
-- The most urgent class with something due; takes no lock, so it may be asked
-- several times a second.
SELECT priority FROM care_notice
 WHERE channel = :channel AND state = 'queued' AND priority IN (0, 1)
   AND due_at <= UTC_TIMESTAMP(3)
 ORDER BY priority LIMIT 1;

--! row candidate (key notice)

--! many candidate candidates (text channel, i64 priority, i64 most)
-- What is due, oldest first, but for what another gateway is taking.
SELECT id AS notice FROM care_notice
 WHERE channel = :channel AND state = 'queued' AND priority = :priority
   AND due_at <= UTC_TIMESTAMP(3)
 ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED;

--! exec1 take_one (key notice, ref owner, i64 lease_s)
UPDATE care_notice
   SET state = 'sending', owner = :owner, attempts = attempts + 1,
       acted_at = NULL, reason = NULL,
       lease_until = UTC_TIMESTAMP(3) + INTERVAL :lease_s SECOND
 WHERE id = :notice;

--! row due_notice (key notice, ref id, key network, key user, text kind,
--!   i64 priority, ref request, i64 count, i64 attempts, i64 late_s,
--!   utc created_at, text lang, text? mail, text? mobile, bool suspended, bool mobile_bad, bool stopped,
--!   text? code, text sender, text nickname, text phone, text? office, i64 cap)

--! many due_notice taken (text channel, ref owner)
-- What this owner has taken and not yet begun to hand over. A resident's number stands in
-- the notice itself; what is known of the user is not about her.
SELECT n.id AS notice, n.ref AS id, n.network_id AS network,
       n.user_id AS user, n.kind, n.priority, n.request, n.count, n.attempts,
       TIMESTAMPDIFF(SECOND, n.due_at, UTC_TIMESTAMP(3)) AS late_s,
       n.created_at, IF(n.resident_mobile IS NULL, u.lang, 'ja') AS lang, u.mail,
       COALESCE(n.resident_mobile, u.mobile) AS mobile,
       n.resident_mobile IS NULL AND u.suspended_at IS NOT NULL AS suspended,
       n.resident_mobile IS NULL AND u.mobile_bad_at IS NOT NULL AS mobile_bad,
       n.channel = 'sms' AND EXISTS (SELECT 1 FROM care_sms_stop s
                WHERE s.mobile = COALESCE(n.resident_mobile, u.mobile)
                  AND (s.lasting OR (n.resident_mobile IS NOT NULL AND s.stopped_at >= n.created_at))) AS stopped,
       n.code,
       w.sender, w.nickname, w.phone,
       (SELECT o.name FROM care_staff f
          JOIN care_office o ON o.id = f.office_id
         WHERE f.user_id = u.id AND f.left_at IS NULL
         ORDER BY f.office_id LIMIT 1) AS office,
       w.sms_monthly_cap AS cap
  FROM care_notice n
  JOIN care_user u ON u.id = n.user_id
  JOIN care_network w ON w.id = n.network_id
 WHERE n.channel = :channel AND n.state = 'sending' AND n.owner = :owner
   AND n.acted_at IS NULL
 ORDER BY n.priority, n.due_at;

--! exec begin_act (key notice, ref owner, i64 attempts, i64 lease_s, i64 units)
-- From here on a crash leaves the outcome unknown. No row: the lease is lost.
UPDATE care_notice
   SET acted_at = UTC_TIMESTAMP(3), units = :units,
       lease_until = UTC_TIMESTAMP(3) + INTERVAL :lease_s SECOND
 WHERE id = :notice AND owner = :owner AND attempts = :attempts
   AND state = 'sending' AND acted_at IS NULL;

--! exec end_act (key notice, ref owner, i64 attempts, text state, text? reason)
-- An outcome. It also replaces the `unknown` of a lease that ran out under the
-- same attempt; a receipt that came first stays.
UPDATE care_notice
   SET state = :state, reason = :reason, lease_until = NULL,
       sent_at = IF(:state = 'sent', UTC_TIMESTAMP(3), sent_at),
       done_at = IF(:state = 'sent' AND channel = 'sms', NULL, UTC_TIMESTAMP(3))
 WHERE id = :notice AND owner = :owner AND attempts = :attempts
   AND state IN ('sending', 'unknown');

--! exec again (key notice, ref owner, i64 attempts, i64 wait_ms, text reason)
-- It provably did not go: once more, later.
UPDATE care_notice
   SET state = 'queued', reason = :reason, owner = NULL, lease_until = NULL,
       acted_at = NULL, done_at = NULL, units = 0,
       due_at = UTC_TIMESTAMP(3) + INTERVAL :wait_ms * 1000 MICROSECOND
 WHERE id = :notice AND owner = :owner AND attempts = :attempts
   AND state IN ('sending', 'unknown');

--! exec untouched (key notice, ref owner, i64 attempts)
-- Begun together with others and not acted on: as if it had never been taken.
UPDATE care_notice
   SET state = 'queued', owner = NULL, lease_until = NULL, acted_at = NULL,
       done_at = NULL, units = 0, attempts = attempts - 1
 WHERE id = :notice AND owner = :owner AND attempts = :attempts
   AND state IN ('sending', 'unknown');

--! exec give_back_all (text channel, ref owner)
-- What was taken and not begun, as if it had never been taken.
UPDATE care_notice
   SET state = 'queued', owner = NULL, lease_until = NULL,
       attempts = attempts - 1
 WHERE channel = :channel AND state = 'sending' AND owner = :owner
   AND acted_at IS NULL;

--! exec sweep_unbegun (text channel)
-- A lease ran out before the act: nothing went. A notice that ends its gateway
-- three times is parked. (Assignments run from left to right.)
UPDATE care_notice
   SET crashes = crashes + 1, owner = NULL, lease_until = NULL,
       state = IF(crashes >= 3, 'failed', 'queued'),
       reason = IF(crashes >= 3, 'parked: ended its gateway three times', NULL),
       done_at = IF(crashes >= 3, UTC_TIMESTAMP(3), NULL)
 WHERE channel = :channel AND state = 'sending'
   AND lease_until < UTC_TIMESTAMP(3) AND acted_at IS NULL;

--! exec sweep_begun (text channel)
-- A lease ran out after the act began: flagged, never blindly sent again.
UPDATE care_notice
   SET state = 'unknown', lease_until = NULL, done_at = UTC_TIMESTAMP(3),
       reason = 'the gateway ended during the hand-over'
 WHERE channel = :channel AND state = 'sending'
   AND lease_until < UTC_TIMESTAMP(3) AND acted_at IS NOT NULL;
