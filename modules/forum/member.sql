-- Who is in a forum.

--! row member (key user_id, text name, text profession_code, text office, bool maker, calc text profession)

--! row choice (ref id, text name, text office)

--! many member members (key forum, i64 limit)
SELECT r.user_id, CONCAT(u.family, ' ', u.given) AS name, r.profession AS profession_code,
       o.name AS office, u.id = f.made_by AS maker
  FROM care_forum_reader r
  JOIN care_forum f ON f.id = r.forum_id
  JOIN care_user u ON u.id = r.user_id
  JOIN care_office o ON o.id = r.office_id
 WHERE r.forum_id = :forum
 ORDER BY o.name, u.kana_family, u.kana_given LIMIT :limit;

--! many choice choices (key forum, key network, i64 limit)
-- People of the network who are not in it.
SELECT DISTINCT u.ref AS id, CONCAT(u.family, ' ', u.given) AS name, o.name AS office
  FROM care_staff s
  JOIN care_office o ON o.id = s.office_id AND o.network_id = :network AND o.closed_at IS NULL
  JOIN care_user u ON u.id = s.user_id AND u.suspended_at IS NULL
 WHERE s.left_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM care_forum_member m
                    WHERE m.forum_id = :forum AND m.user_id = u.id AND m.left_at IS NULL)
 ORDER BY o.name, u.kana_family, u.kana_given LIMIT :limit;

--! exec again (key forum, key network, ref person, key viewer, utc now)
-- Whoever was in it before: the same row. MariaDB wants UPDATE on every column named
-- for ON DUPLICATE KEY UPDATE, and keys are nobody's to change; so two.
UPDATE care_forum_member m JOIN care_user u ON u.id = m.user_id
   SET m.left_at = NULL, m.joined_at = :now, m.added_by = :viewer
 WHERE m.forum_id = :forum AND u.ref = :person AND u.network_id = :network AND m.left_at IS NOT NULL;

--! exec add (key forum, key network, ref person, key viewer, utc now)
-- 0 when there is no such person in the network, or she is in it already.
INSERT IGNORE INTO care_forum_member (forum_id, user_id, joined_at, added_by)
SELECT :forum, u.id, :now, :viewer FROM care_user u
 WHERE u.ref = :person AND u.network_id = :network AND u.suspended_at IS NULL
   AND EXISTS (SELECT 1 FROM care_staff s WHERE s.user_id = u.id AND s.left_at IS NULL);

--! exec leave (key forum, key viewer, utc now)
UPDATE care_forum_member SET left_at = :now
 WHERE forum_id = :forum AND user_id = :viewer AND left_at IS NULL;
