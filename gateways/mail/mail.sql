-- The daily digest. Hand-over itself is care's outbox.sql.

--! row reader (key user, i64 waiting)

--! many reader readers (key after, i64 most)
-- Who has something waiting, and how much; read without locks.
SELECT user_id AS user, COUNT(*) AS waiting
  FROM care_mark
 WHERE user_id > :after AND kind IN ('unread', 'urgent', 'question')
 GROUP BY user_id ORDER BY user_id LIMIT :most;

--! exec digest_for (text kind, i64 priority, ref cause, ref request, i64 waiting, key user, bool usual)
-- One user's digest, if she has mail and neither she nor her network has
-- switched it off. The cause names user and day: a second one adds nothing.
INSERT IGNORE INTO care_notice
       (ref, network_id, user_id, channel, kind, priority, cause, request,
        count, due_at, created_at)
SELECT RANDOM_BYTES(16), u.network_id, u.id, 'mail', :kind, :priority, :cause,
       :request, :waiting, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)
  FROM care_user u
  LEFT JOIN care_notice_choice x
    ON x.user_id = u.id AND x.kind = :kind AND x.channel = 'mail'
  LEFT JOIN care_network_choice y
    ON y.network_id = u.network_id AND y.kind = :kind AND y.channel = 'mail'
 WHERE u.id = :user AND u.suspended_at IS NULL AND u.mail IS NOT NULL
   AND COALESCE(y.wanted, 1) AND COALESCE(x.wanted, y.wanted, :usual);

--! exec give_token (key notice, bytes token)
-- By which whoever gets this mail may end its kind.
UPDATE care_notice SET stop_token = :token WHERE id = :notice;

--! row written (i64 networks)

--! one written digest_written (utc since)
-- In how many networks today's digest has been written.
SELECT COUNT(*) AS networks FROM care_network w
 WHERE EXISTS (SELECT 1 FROM care_notice n
    WHERE n.network_id = w.id AND n.channel = 'mail' AND n.created_at >= :since
      AND n.kind = 'digest');
