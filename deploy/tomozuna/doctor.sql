-- What doctor asks. Every statement is cheap on a full database.

--! row server (utc now, text version, i64 flush, bool local_infile, bool general_log, bool log_bin, i64 sync_binlog, text data)

--! one server server ()
SELECT UTC_TIMESTAMP(3) AS now, VERSION() AS version,
       @@GLOBAL.innodb_flush_log_at_trx_commit AS flush,
       @@GLOBAL.local_infile AS local_infile, @@GLOBAL.general_log AS general_log,
       @@GLOBAL.log_bin AS log_bin, @@GLOBAL.sync_binlog AS sync_binlog, @@GLOBAL.datadir AS data;

--! row signer (i64 expiring, i64 ended, i64 without, i64 waiting, utc? waiting_since)

--! one signer signer (utc now)
-- Devices in use by the end of their certificate, and requests not served.
SELECT CAST(COALESCE(SUM(not_after > :now AND not_after < :now + INTERVAL 30 DAY), 0) AS SIGNED) AS expiring,
       CAST(COALESCE(SUM(not_after <= :now), 0) AS SIGNED) AS ended,
       CAST(COALESCE(SUM(certificate IS NULL), 0) AS SIGNED) AS without,
       (SELECT COUNT(*) FROM ca_request WHERE state = 'asked') AS waiting,
       (SELECT MIN(asked_at) FROM ca_request WHERE state = 'asked') AS waiting_since
  FROM care_device WHERE revoked_at IS NULL;

--! row list (i64 number, utc issued_at, utc next_update, i64 revoked, text probe, text? reason)

--! one list newest_list ()
SELECT number, issued_at, next_update, revoked, probe, probe_reason AS reason
  FROM ca_crl ORDER BY number DESC LIMIT 1;

--! row notices (i64 overdue, utc? oldest, i64 stuck, i64 failed, i64 unknown)

--! one notices notices (utc now)
-- Due for ten minutes and not sent; held by a gateway that is gone; and what
-- became of those of the last day.
SELECT (SELECT COUNT(*) FROM care_notice WHERE channel IN ('mail', 'sms')
           AND state = 'queued' AND due_at < :now - INTERVAL 10 MINUTE) AS overdue,
       (SELECT MIN(due_at) FROM care_notice WHERE channel IN ('mail', 'sms')
           AND state = 'queued') AS oldest,
       (SELECT COUNT(*) FROM care_notice WHERE channel IN ('mail', 'sms')
           AND state = 'sending' AND lease_until < :now - INTERVAL 10 MINUTE) AS stuck,
       (SELECT COUNT(*) FROM care_notice WHERE channel IN ('mail', 'sms')
           AND state = 'failed' AND due_at > :now - INTERVAL 1 DAY) AS failed,
       (SELECT COUNT(*) FROM care_notice WHERE channel IN ('mail', 'sms')
           AND state = 'unknown' AND due_at > :now - INTERVAL 7 DAY) AS unknown;

--! row due (text program, i64 late, i64 parked, text? reason)

--! many due due (utc now)
-- Events that a program has not taken, or has given up on.
SELECT program,
       CAST(SUM(parked IS NULL AND not_before < :now - INTERVAL 5 MINUTE) AS SIGNED) AS late,
       CAST(SUM(parked IS NOT NULL) AS SIGNED) AS parked, MIN(parked) AS reason
  FROM lib_event_due GROUP BY program HAVING late > 0 OR parked > 0;

--! row audit (i64 unsealed, utc? oldest, utc? newest)

--! one audit audit (utc now)
-- Rows without a seal among the newest; the sealer takes five seconds.
SELECT COUNT(*) AS unsealed, MIN(a.at) AS oldest,
       (SELECT MAX(sealed_at) FROM lib_audit_seal
         WHERE seq = (SELECT MAX(seq) FROM lib_audit_seal)) AS newest
  FROM lib_audit a
  LEFT JOIN lib_audit_seal s ON s.audit_id = a.id
 WHERE a.id > (SELECT COALESCE(MAX(id), 0) FROM lib_audit) - 50000
   AND a.at < :now - INTERVAL 1 MINUTE AND s.seq IS NULL;

--! row feed (text name, text? reason, i64 minutes, i64 quiet_hours, bool stale, bool silent,
--!   i64 unread, text? unread_why, text? strange)

--! many feed feeds (utc now, utc since)
-- Public feeds: for how long each has given no answer that could be read, and no
-- news; by themselves, for the gateway that raises the alarm may be gone. And the
-- telegrams that it did not understand, and the types that it does not know, if the
-- last is no older than `since`.
SELECT name, reason, TIMESTAMPDIFF(MINUTE, COALESCE(good_at, since), :now) AS minutes,
       TIMESTAMPDIFF(HOUR, COALESCE(news_at, since), :now) AS quiet_hours,
       :now > COALESCE(good_at, since) + INTERVAL (stale_after_s + 60) SECOND AS stale,
       silent_after_s > 0
       AND :now > COALESCE(news_at, since) + INTERVAL (silent_after_s + 60) SECOND AS silent,
       IF(unread_at > :since, unread, 0) AS unread, unread_why,
       IF(strange_at > :since, strange, NULL) AS strange
  FROM care_bulletin_source ORDER BY name;

--! row people (i64 mobile_bad, i64 without_password, i64 operators)

--! one people people ()
SELECT CAST(COALESCE(SUM(mobile_bad_at IS NOT NULL), 0) AS SIGNED) AS mobile_bad,
       CAST(COALESCE(SUM(password_missing), 0) AS SIGNED) AS without_password,
       CAST(COALESCE(SUM(FIND_IN_SET('operator', roles) > 0), 0) AS SIGNED) AS operators
  FROM (SELECT mobile_bad_at, password_hash IS NULL AS password_missing, roles
          FROM care_user WHERE suspended_at IS NULL) AS u;

--! row cap (text code, i64 units, i64 cap)

--! many cap near_cap (utc since)
-- Networks that have used four fifths of what they may send this month.
SELECT n.code, CAST(SUM(x.units) AS SIGNED) AS units, n.sms_monthly_cap AS cap
  FROM care_network n JOIN care_notice x ON x.network_id = n.id AND x.channel = 'sms'
   AND x.created_at >= :since
 GROUP BY n.id, n.code, n.sms_monthly_cap HAVING units * 5 >= cap * 4;
