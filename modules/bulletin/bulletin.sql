-- Bulletins by the towns of a network. Nothing here is of a person.

--! row bulletin (key bulletin_id, ref id, text topic, text? type, text subject, text? headline,
--!   text publisher, text? claimed, text severity, i64 level, text? link, bool correction,
--!   bool understood, utc issued_at, utc from_at, utc until_at, bool ahead)
--! row area (key bulletin_id, text area, text name, text? own_name, bool shown, text kind, i64 level, text severity)
--! row past (ref id, text topic, text subject, text publisher, text state, utc issued_at, utc until_at)
--! row source (text publisher, text topic, utc? good_at, utc? news_at, bool stale, bool silent)
--! row network (key network_id)
--! row count (i64 n)

--! many bulletin current (key network, bool drill, utc now, i64 limit)
-- What holds, and what is about to; the most severe first. What was not understood
-- may be grave: it stands with what is moderate.
SELECT b.id AS bulletin_id, b.ref AS id, CAST(b.topic AS CHAR) AS topic, b.type,
       b.title AS subject, b.headline, b.publisher, b.claimed,
       CAST(b.severity AS CHAR) AS severity, b.level, b.link, b.correction, b.understood,
       b.issued_at, b.from_at, b.until_at,
       b.from_at > :now AS ahead
  FROM care_bulletin b
 WHERE b.until_at > :now AND b.state = 'issued' AND (b.status <> 'actual') = :drill
   AND b.id IN (SELECT a.bulletin_id
         FROM (SELECT municipality AS code FROM care_network_municipality
                WHERE network_id = :network
                UNION SELECT CONCAT(LEFT(municipality, 2), '000')
                 FROM care_network_municipality WHERE network_id = :network
                UNION SELECT '00000') AS t
         JOIN care_bulletin_area a ON a.municipality = t.code
        WHERE a.kind <> 'none')
 ORDER BY GREATEST(b.severity + 0, IF(b.understood, 0, 3)) DESC, b.issued_at DESC,
       b.id DESC LIMIT :limit;

--! many area areas (key network, bool drill, utc now, i64 limit)
-- What holds where, of those. A name that is the bulletin's own need not be said
-- again beside it.
SELECT a.bulletin_id, a.area, a.name, NULLIF(a.name, b.title) AS own_name,
       a.area <> '' OR a.name <> b.title AS shown, a.kind, a.level,
       CAST(a.severity AS CHAR) AS severity
  FROM (SELECT municipality AS code FROM care_network_municipality
         WHERE network_id = :network
         UNION SELECT CONCAT(LEFT(municipality, 2), '000')
          FROM care_network_municipality WHERE network_id = :network
         UNION SELECT '00000') AS t
  JOIN care_bulletin_area a ON a.municipality = t.code AND a.kind <> 'none'
  JOIN care_bulletin b ON b.id = a.bulletin_id
 WHERE b.until_at > :now AND b.state = 'issued' AND (b.status <> 'actual') = :drill
 ORDER BY a.bulletin_id, a.severity DESC, a.n LIMIT :limit;

--! many past recent (key network, bool drill, utc now, utc since, i64 limit)
-- What has ended of late, and why.
SELECT b.ref AS id, CAST(b.topic AS CHAR) AS topic, b.title AS subject, b.publisher,
       CAST(b.state AS CHAR) AS state, b.issued_at, b.until_at
  FROM care_bulletin b
 WHERE b.until_at <= :now AND b.until_at > :since AND b.state <> 'replaced'
   AND (b.status <> 'actual') = :drill
   AND b.id IN (SELECT a.bulletin_id
         FROM (SELECT municipality AS code FROM care_network_municipality
                WHERE network_id = :network
                UNION SELECT CONCAT(LEFT(municipality, 2), '000')
                 FROM care_network_municipality WHERE network_id = :network
                UNION SELECT '00000') AS t
         JOIN care_bulletin_area a ON a.municipality = t.code)
 ORDER BY b.until_at DESC, b.id DESC LIMIT :limit;

--! one count drills (key network, utc now)
SELECT COUNT(*) AS n FROM care_bulletin b
 WHERE b.until_at > :now AND b.state = 'issued' AND b.status <> 'actual'
   AND b.id IN (SELECT a.bulletin_id
         FROM care_network_municipality m
         JOIN care_bulletin_area a ON a.municipality = m.municipality
        WHERE m.network_id = :network);

--! many source sources ()
-- One that still answers, and has had nothing new for too long, is silent.
SELECT label AS publisher, CAST(topic AS CHAR) AS topic, good_at, news_at,
       stale_at IS NOT NULL AS stale,
       stale_at IS NOT NULL AND good_at > stale_at - INTERVAL stale_after_s SECOND
       AND failures = 0 AS silent
  FROM care_bulletin_source ORDER BY stale_at IS NULL, topic, label;

--! one network network (ref network)
SELECT id AS network_id FROM care_network WHERE ref = :network;
