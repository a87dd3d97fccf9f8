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

--! row stoppable (key user_id, text login, text kind)

--! one stoppable stoppable (bytes token)
SELECT n.user_id, u.login, n.kind FROM care_notice n JOIN care_user u ON u.id = n.user_id
 WHERE n.stop_token = :token;

--! exec record (key user, text kind, utc now)
-- Before it is switched, and only where that changes something.
INSERT INTO care_notice_switch (network_id, user_id, kind, channel, wanted, at, how)
SELECT u.network_id, u.id, :kind, 'mail', 0, :now, 'command'
  FROM care_user u
 WHERE u.id = :user AND NOT EXISTS (SELECT 1 FROM care_notice_choice x
       WHERE x.user_id = u.id AND x.kind = :kind AND x.channel = 'mail' AND NOT x.wanted);

--! exec choose_again (key user, text kind)
UPDATE care_notice_choice SET wanted = 0
 WHERE user_id = :user AND kind = :kind AND channel = 'mail';

--! exec1 choose (key user, text kind)
INSERT INTO care_notice_choice (user_id, kind, channel, wanted) VALUES (:user, :kind, 'mail', 0);

--! row switched (utc at, text login, text kind, text channel, bool wanted, text how)

--! many switched switches (key network)
-- `login` is empty of what the network decided for all.
SELECT s.at, COALESCE(u.login, '') AS login, s.kind, s.channel, s.wanted, s.how
  FROM care_notice_switch s LEFT JOIN care_user u ON u.id = s.user_id
 WHERE s.network_id = :network ORDER BY s.id DESC LIMIT 1000;
