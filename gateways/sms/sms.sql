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

-- ---- what phones send ----

--! row open_question (key question, text code, text topic)
--! row claimed_word (text topic)
--! row correspondent (key network, key user)
--! row lately (key notice)
--! row arrived (i64 n)

--! one arrived arrived (text mobile)
-- How much came from this phone within the hour.
SELECT COUNT(*) AS n FROM care_sms_incoming
 WHERE mobile = :mobile AND received_at > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR;

--! exec put_incoming (ref id, text carrier_id, text mobile, text body, text taken_as, key question)
-- Brought twice it is kept once: 0.
INSERT IGNORE INTO care_sms_incoming (ref, carrier_id, mobile, words, taken_as, question_id, received_at)
VALUES (:id, :carrier_id, :mobile, :body, :taken_as, :question, UTC_TIMESTAMP(3));

--! one claimed_word keyword (text word)
SELECT topic FROM care_sms_keyword WHERE word = :word;

--! many open_question open_questions (text mobile, utc now)
SELECT id AS question, code, topic FROM care_sms_question
 WHERE mobile = :mobile AND until > :now ORDER BY id DESC LIMIT 20;

--! exec stop_for_good (text mobile)
INSERT IGNORE INTO care_sms_stop (mobile, stopped_at, lasting) VALUES (:mobile, UTC_TIMESTAMP(3), 1);

--! exec stop_lasting (text mobile)
-- A stop that held for what was queued holds for good.
UPDATE care_sms_stop SET stopped_at = UTC_TIMESTAMP(3), lasting = 1 WHERE mobile = :mobile AND NOT lasting;

--! exec take_stop_back (text mobile)
DELETE FROM care_sms_stop WHERE mobile = :mobile AND lasting;

--! one correspondent correspondent (text mobile)
-- Who wrote to this phone last, in whose name; or whose it is.
SELECT c.network, c.user FROM (
	(SELECT network_id AS network, user_id AS user, 0 AS own FROM care_notice
	  WHERE resident_mobile = :mobile ORDER BY id DESC LIMIT 1)
	UNION ALL
	(SELECT network_id, id, 1 FROM care_user WHERE mobile = :mobile AND suspended_at IS NULL LIMIT 1)) AS c
 ORDER BY c.own LIMIT 1;

--! one lately told_lately (text mobile, text kind)
-- A notice of that kind within a day.
SELECT id AS notice FROM care_notice
 WHERE resident_mobile = :mobile AND kind = :kind AND created_at > UTC_TIMESTAMP(3) - INTERVAL 1 DAY LIMIT 1;

--! exec tell_phone (key network, key user, text mobile, text kind, i64 priority, ref cause, utc due)
INSERT IGNORE INTO care_notice
       (ref, network_id, user_id, channel, kind, priority, cause, request, due_at, created_at, resident_mobile)
VALUES (RANDOM_BYTES(16), :network, :user, 'sms', :kind, :priority, :cause, :cause, :due, UTC_TIMESTAMP(3), :mobile);

--! exec forget_incoming ()
DELETE FROM care_sms_incoming WHERE received_at < UTC_TIMESTAMP(3) - INTERVAL 30 DAY LIMIT 1000;

--! exec forget_questions ()
-- What nobody can answer any more.
DELETE FROM care_sms_question WHERE until < UTC_TIMESTAMP(3) - INTERVAL 30 DAY LIMIT 1000;
