-- Forums and what is said in them. Each statement joins care_forum_reader with the
-- viewer and her office: for who is not in a forum there is none.

--! row forum (key forum_id, ref id, text name, text? about, text open_to, text profession_code,
--!   key made_by, bool mine, text? office, i64 people, i64 unread, utc? newest_at,
--!   calc text profession)

--! row entry (key entry_id, ref id, text body, utc written_at, bool mine, bool read, i64 read_by, i64 replies,
--!   bool withdrawn, text author__name, text author__profession_code,
--!   text author__office, calc text author__profession)

--! row reply (key entry_id, ref id, text body, utc written_at, bool mine, bool read, i64 read_by,
--!   bool withdrawn, text author__name, text author__profession_code,
--!   text author__office, calc text author__profession)

--! row managed (key forum_id, ref id, text name, text open_to, text profession_code, text? office,
--!   calc text profession)

--! row found (key entry_id, key reply_to, bool mine, bool withdrawn)

--! many forum mine (key viewer, key office, i64 limit)
-- Those that are open to the viewer; what is new comes first.
SELECT f.id AS forum_id, f.ref AS id, f.name, f.about, f.open_to, f.profession AS profession_code,
       f.made_by, f.made_by = :viewer AS mine, o.name AS office,
       (SELECT COUNT(DISTINCT p.user_id) FROM care_forum_reader p WHERE p.forum_id = f.id) AS people,
       (SELECT COUNT(*) FROM forum_said e
         WHERE e.forum_id = f.id AND e.id > COALESCE(s.upto, 0) AND e.author_id <> :viewer
           AND e.gone_at IS NULL) AS unread,
       (SELECT MAX(e.written_at) FROM forum_said e WHERE e.forum_id = f.id) AS newest_at
  FROM care_forum_reader r
  JOIN care_forum f ON f.id = r.forum_id
  LEFT JOIN care_office o ON o.id = f.office_id
  LEFT JOIN forum_seen s ON s.forum_id = f.id AND s.user_id = :viewer
 WHERE r.user_id = :viewer AND r.office_id = :office
 ORDER BY unread > 0 DESC, newest_at DESC, f.id DESC LIMIT :limit;

--! one forum find (key viewer, key office, ref forum)
SELECT f.id AS forum_id, f.ref AS id, f.name, f.about, f.open_to, f.profession AS profession_code,
       f.made_by, f.made_by = :viewer AS mine, o.name AS office,
       (SELECT COUNT(DISTINCT p.user_id) FROM care_forum_reader p WHERE p.forum_id = f.id) AS people,
       (SELECT COUNT(*) FROM forum_said e
         WHERE e.forum_id = f.id AND e.id > COALESCE(s.upto, 0) AND e.author_id <> :viewer
           AND e.gone_at IS NULL) AS unread,
       (SELECT MAX(e.written_at) FROM forum_said e WHERE e.forum_id = f.id) AS newest_at
  FROM care_forum_reader r
  JOIN care_forum f ON f.id = r.forum_id
  LEFT JOIN care_office o ON o.id = f.office_id
  LEFT JOIN forum_seen s ON s.forum_id = f.id AND s.user_id = :viewer
 WHERE r.user_id = :viewer AND r.office_id = :office AND f.ref = :forum;

--! row meets (i64 n)

--! one meets meets (key network)
-- Whether the network has meetings, which may be set from a forum's page.
SELECT COUNT(*) AS n FROM care_module c
 WHERE c.module = 'meeting' AND c.place = 'main' AND NOT EXISTS
       (SELECT 1 FROM care_network_module x WHERE x.network_id = :network AND x.module = c.module AND NOT x.enabled);

--! exec1 make (ref id, key network, text name, text? about, text open_to, key office, text profession, key viewer, utc now)
INSERT INTO care_forum (ref, network_id, name, about, open_to, office_id, profession, made_by, made_at)
VALUES (:id, :network, :name, :about, :open_to, IF(:open_to = 'office', :office, NULL), :profession, :viewer, :now);

--! exec join_maker (ref id, key viewer, utc now)
INSERT INTO care_forum_member (forum_id, user_id, joined_at, added_by)
SELECT f.id, :viewer, :now, :viewer FROM care_forum f WHERE f.ref = :id;

--! many managed managed (key viewer, key office, key network, bool operator, i64 limit)
-- Those that she may close and is not in: her own, and for an operator all of the network.
SELECT f.id AS forum_id, f.ref AS id, f.name, f.open_to, f.profession AS profession_code, o.name AS office
  FROM care_forum f LEFT JOIN care_office o ON o.id = f.office_id
 WHERE f.network_id = :network AND f.closed_at IS NULL AND (f.made_by = :viewer OR :operator)
   AND NOT EXISTS (SELECT 1 FROM care_forum_reader r
                    WHERE r.forum_id = f.id AND r.user_id = :viewer AND r.office_id = :office)
 ORDER BY f.name, f.id LIMIT :limit;

--! row closable (key forum_id)

--! one closable to_close (key viewer, key network, bool operator, ref forum)
SELECT f.id AS forum_id FROM care_forum f
 WHERE f.ref = :forum AND f.network_id = :network AND f.closed_at IS NULL
   AND (f.made_by = :viewer OR :operator);

--! exec1 close (key forum, key viewer, utc now)
UPDATE care_forum SET closed_at = :now, closed_by = :viewer WHERE id = :forum AND closed_at IS NULL;

--! many entry entries (key forum, key viewer, i64 before, i64 limit)
-- Newest first. Whoever has read a later one has had this before her, too.
SELECT e.id AS entry_id, e.ref AS id, e.body, e.written_at, e.author_id = :viewer AS mine,
       e.author_id = :viewer OR e.id <= COALESCE((SELECT s.upto FROM forum_seen s
           WHERE s.forum_id = :forum AND s.user_id = :viewer), 0) AS `read`,
       (SELECT COUNT(*) FROM forum_seen s
         WHERE s.forum_id = :forum AND s.upto >= e.id AND s.user_id <> e.author_id) AS read_by,
       (SELECT COUNT(*) FROM forum_said x WHERE x.forum_id = :forum AND x.reply_to = e.id) AS replies,
       e.gone_at IS NOT NULL AS withdrawn, e.author_name AS author__name,
       e.author_profession AS author__profession_code, e.author_office AS author__office
  FROM forum_said e
 WHERE e.forum_id = :forum AND e.id < :before AND e.reply_to = 0
 ORDER BY e.id DESC LIMIT :limit;

--! many reply replies (key forum, key viewer, key oldest, key newest)
SELECT e.reply_to AS entry_id, e.ref AS id, e.body, e.written_at, e.author_id = :viewer AS mine,
       e.author_id = :viewer OR e.id <= COALESCE((SELECT s.upto FROM forum_seen s
           WHERE s.forum_id = :forum AND s.user_id = :viewer), 0) AS `read`,
       (SELECT COUNT(*) FROM forum_seen s
         WHERE s.forum_id = :forum AND s.upto >= e.id AND s.user_id <> e.author_id) AS read_by,
       e.gone_at IS NOT NULL AS withdrawn, e.author_name AS author__name,
       e.author_profession AS author__profession_code, e.author_office AS author__office
  FROM forum_said e
 WHERE e.forum_id = :forum AND e.reply_to BETWEEN :oldest AND :newest AND e.reply_to <> 0
 ORDER BY e.reply_to, e.id;

--! row newest (ref id)

--! one newest newest (key forum)
SELECT e.ref AS id FROM forum_said e WHERE e.forum_id = :forum ORDER BY e.id DESC LIMIT 1;

--! one found entry (key forum, key viewer, ref entry)
SELECT e.id AS entry_id, e.reply_to, e.author_id = :viewer AS mine, e.gone_at IS NOT NULL AS withdrawn
  FROM forum_said e WHERE e.ref = :entry AND e.forum_id = :forum;

--! exec1 write (key forum, ref id, key viewer, text name, text profession, text office, key reply_to, text body, utc now)
INSERT INTO forum_entry (forum_id, ref, author_id, author_name, author_profession, author_office,
       written_at, reply_to, body)
VALUES (:forum, :id, :viewer, :name, :profession, :office, :now, :reply_to, :body);

--! exec withdraw (key forum, key entry, key viewer, utc now)
UPDATE forum_entry SET gone_at = :now
 WHERE forum_id = :forum AND id = :entry AND author_id = :viewer AND gone_at IS NULL;

--! exec seen (key forum, key viewer, key upto, utc now)
-- Up to here; never back. Two statements, because MariaDB wants UPDATE on keys, too,
-- for ON DUPLICATE KEY UPDATE.
UPDATE forum_seen SET upto = :upto, at = :now
 WHERE forum_id = :forum AND user_id = :viewer AND upto < :upto;

--! exec seen_first (key forum, key viewer, key upto, utc now)
INSERT IGNORE INTO forum_seen (forum_id, user_id, upto, at) VALUES (:forum, :viewer, :upto, :now);
