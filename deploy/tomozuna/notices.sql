--! row cost (text code, text nickname, i64 messages, i64 units, i64 cap, i64 yen, i64 unknown)

--! many cost cost (utc since)
-- What the SMS of a month cost so far, a network; units were handed over.
SELECT n.code, n.nickname, COUNT(x.id) AS messages,
       CAST(COALESCE(SUM(x.units), 0) AS SIGNED) AS units, n.sms_monthly_cap AS cap,
       CAST(CEILING(COALESCE(SUM(x.units), 0) * n.sms_unit_yen) AS SIGNED) AS yen,
       CAST(COALESCE(SUM(x.state = 'unknown'), 0) AS SIGNED) AS unknown
  FROM care_network n
  LEFT JOIN care_notice x ON x.network_id = n.id AND x.channel = 'sms'
   AND x.created_at >= :since AND x.units > 0
 GROUP BY n.id, n.code, n.nickname, n.sms_monthly_cap, n.sms_unit_yen ORDER BY n.code;
