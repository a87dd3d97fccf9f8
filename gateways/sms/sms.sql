-- Receipts, the month's units, and numbers that do not work. Hand-over itself
-- is care's outbox.sql.

--! exec month_open (key network, i64 month)
INSERT IGNORE INTO sms_month (network_id, month, units)
VALUES (:network, :month, 0);

--! row spent (i64 units)

--! one spent month_spent (key network, i64 month)
-- The month's units, held until the transaction ends.
SELECT units FROM sms_month
 WHERE network_id = :network AND month = :month FOR UPDATE;

--! exec month_add (key network, i64 month, i64 units)
-- Units may be negative: a refund.
UPDATE sms_month SET units = GREATEST(units + :units, 0)
 WHERE network_id = :network AND month = :month;

--! row cost (text network, i64 units, i64 cap, text yen)

--! many cost cost (i64 month)
-- What each network has spent in a month, for people who pay.
SELECT w.code AS network, m.units, w.sms_monthly_cap AS cap,
       CAST(m.units * w.sms_unit_yen AS CHAR) AS yen
  FROM sms_month m JOIN care_network w ON w.id = m.network_id
 WHERE m.month = :month ORDER BY w.code;

--! row handed (key notice, key network, key user, text state, bool acked, i64 attempts, i64 units, utc? acted_at, bool resident)

--! one handed handed (ref id)
-- The notice that a receipt is about, held until the transaction ends.
SELECT id AS notice, network_id AS network, user_id AS user, state,
       acked_at IS NOT NULL AS acked, attempts, units, acted_at, resident_mobile IS NOT NULL AS resident
  FROM care_notice WHERE ref = :id AND channel = 'sms' FOR UPDATE;

--! exec receipt (key notice, text state, bool changed, text? reason)
-- What a receipt has made of it.
UPDATE care_notice
   SET acked_at = COALESCE(acked_at, UTC_TIMESTAMP(3)),
       sent_at = COALESCE(sent_at, UTC_TIMESTAMP(3)),
       done_at = IF(:changed, IF(:state = 'sent', NULL, UTC_TIMESTAMP(3)), done_at),
       reason = IF(:changed, :reason, reason),
       lease_until = IF(:changed, NULL, lease_until),
       state = :state
 WHERE id = :notice;

--! exec give_back (key notice, text reason, i64 wait_ms)
-- Kannel gave up before the SMSC took it: ours again.
UPDATE care_notice
   SET state = 'queued', reason = :reason, owner = NULL, lease_until = NULL,
       acted_at = NULL, sent_at = NULL, done_at = NULL, units = 0,
       due_at = UTC_TIMESTAMP(3) + INTERVAL :wait_ms * 1000 MICROSECOND
 WHERE id = :notice;

--! exec silent (i64 minutes, i64 minutes_acked)
-- No receipt at all, or none that is final: flagged; a late one still counts.
UPDATE care_notice
   SET state = 'unknown', done_at = UTC_TIMESTAMP(3),
       reason = IF(acked_at IS NULL, 'no receipt came', 'no final receipt came')
 WHERE channel = 'sms' AND state = 'sent'
   AND sent_at < UTC_TIMESTAMP(3) - INTERVAL
       IF(acked_at IS NULL, :minutes, :minutes_acked) MINUTE;

--! row failures (i64 n)

--! one failures hard_failures (key user)
-- How many of the last two messages that met their end failed by the number.
SELECT COUNT(*) AS n
  FROM (SELECT state, reason FROM care_notice
         WHERE user_id = :user AND channel = 'sms' AND resident_mobile IS NULL
           AND state IN ('delivered', 'failed') AND acked_at IS NOT NULL
         ORDER BY done_at DESC, id DESC LIMIT 2) AS latest
 WHERE state = 'failed' AND reason LIKE 'number: %';

--! exec mark_bad (key user)
UPDATE care_user SET mobile_bad_at = UTC_TIMESTAMP(3)
 WHERE id = :user AND mobile_bad_at IS NULL;

--! exec tell_managers (key user, text kind, i64 priority, ref cause, utc due, bool usual)
-- By mail, who manages an office of hers, unless switched off; not herself.
INSERT IGNORE INTO care_notice
       (ref, network_id, user_id, channel, kind, priority, cause, request,
        due_at, created_at)
SELECT RANDOM_BYTES(16), u.network_id, u.id, 'mail', :kind, :priority, :cause,
       :cause, :due, UTC_TIMESTAMP(3)
  FROM (SELECT DISTINCT g.user_id
          FROM care_staff f
          JOIN care_staff g ON g.office_id = f.office_id AND g.office_manager
           AND g.left_at IS NULL
         WHERE f.user_id = :user AND f.left_at IS NULL
           AND g.user_id <> :user) AS m
  JOIN care_user u ON u.id = m.user_id AND u.suspended_at IS NULL
  LEFT JOIN care_notice_choice x
    ON x.user_id = u.id AND x.kind = :kind AND x.channel = 'mail'
  LEFT JOIN care_network_choice y
    ON y.network_id = u.network_id AND y.kind = :kind AND y.channel = 'mail'
 WHERE u.mail IS NOT NULL
   AND COALESCE(y.wanted, 1) AND COALESCE(x.wanted, y.wanted, :usual);
