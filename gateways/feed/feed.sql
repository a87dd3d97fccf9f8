-- What the gateway of public feeds asks and writes. Nothing here knows a person.

-- ---- sources and their marks ----

--! row mark (text source, bool catch_up, text url, text etag, text last_modified, bool wanted)
--! row condition (text name, utc since, utc? asked_at, utc? good_at, utc? news_at, i64 failures, text? reason, i64 stale_after_s, i64 silent_after_s, utc? stale_at)

--! exec declare_source (text name, text label, text topic, i64 interval_s, i64 stale_after_s, i64 silent_after_s, utc now)
INSERT INTO care_bulletin_source
       (name, label, topic, interval_s, stale_after_s, silent_after_s, since)
VALUES (:name, :label, :topic, :interval_s, :stale_after_s, :silent_after_s, :now)
    ON DUPLICATE KEY UPDATE label = VALUES(label), topic = VALUES(topic),
       interval_s = VALUES(interval_s), stale_after_s = VALUES(stale_after_s),
       silent_after_s = VALUES(silent_after_s);

--! exec forget_sources (text names)
-- Those that the file of sources no longer has: nobody waits for them.
DELETE FROM care_bulletin_source
 WHERE name NOT IN (SELECT j.name FROM JSON_TABLE(:names, '$[*]'
       COLUMNS (name VARCHAR(40) PATH '$')) AS j);

--! many mark marks ()
SELECT source, catch_up, url, etag, last_modified, wanted FROM feed_poll;

--! exec put_mark (text source, bool catch_up, text url, text etag, text last_modified, bool wanted)
INSERT INTO feed_poll (source, catch_up, url, etag, last_modified, wanted)
VALUES (:source, :catch_up, :url, :etag, :last_modified, :wanted)
    ON DUPLICATE KEY UPDATE url = VALUES(url), etag = VALUES(etag),
       last_modified = VALUES(last_modified), wanted = VALUES(wanted);

--! many condition conditions ()
SELECT name, since, asked_at, good_at, news_at, failures, reason, stale_after_s,
       silent_after_s, stale_at
  FROM care_bulletin_source;

--! exec source_good (text name, utc now, bool news)
UPDATE care_bulletin_source
   SET asked_at = :now, good_at = :now, failures = 0, reason = NULL,
       news_at = IF(:news, :now, news_at)
 WHERE name = :name;

--! exec source_failed (text name, utc now, text reason)
UPDATE care_bulletin_source
   SET asked_at = :now, failures = failures + 1, reason = :reason
 WHERE name = :name;

--! exec alarm (text name, utc? stale_at)
UPDATE care_bulletin_source SET stale_at = :stale_at WHERE name = :name;

-- ---- telegrams that feeds name ----

--! row listed (bytes url_hash, text url, i64 attempts)
--! row next_due (utc? not_before)

--! exec list_documents (text source, text authority, utc now, text documents)
-- [{"u": url, "t": instant}]: those not named before by the same authority; returns
-- how many. Rows of the first version have the address alone in their key.
INSERT IGNORE INTO feed_document (url_hash, plain, source, url, listed_at, not_before)
SELECT UNHEX(SHA2(CONCAT(:authority, ' ', j.url), 256)), UNHEX(SHA2(j.url, 256)),
       :source, j.url, LEAST(j.at, :now), :now
  FROM JSON_TABLE(:documents, '$[*]' COLUMNS (url VARCHAR(1000) PATH '$.u',
       at DATETIME(3) PATH '$.t')) AS j
 WHERE NOT EXISTS (SELECT 1 FROM feed_document d
        WHERE d.url_hash = UNHEX(SHA2(j.url, 256)) AND d.source = :source);

--! one listed next_document (text source, utc now)
-- The newest first: what holds now matters more than what has been. Of sources
-- that name the same, the one that named it first goes ahead.
SELECT url_hash, url, attempts FROM feed_document d
 WHERE source = :source AND state = 'due' AND not_before <= :now
   AND NOT EXISTS (SELECT 1 FROM feed_document o
        WHERE o.plain = d.plain AND o.state = 'due'
          AND (o.not_before, o.url_hash) < (d.not_before, d.url_hash))
 ORDER BY listed_at DESC LIMIT 1;

--! one next_due next_due (text source)
SELECT MIN(not_before) AS not_before FROM feed_document
 WHERE source = :source AND state = 'due';

--! exec document_is (bytes url_hash, bytes telegram)
UPDATE feed_document SET telegram = :telegram WHERE url_hash = :url_hash;

--! exec1 document_done (bytes url_hash, text state, text? reason)
UPDATE feed_document SET state = :state, reason = :reason
 WHERE url_hash = :url_hash;

--! exec1 document_later (bytes url_hash, i64 attempts, utc not_before, text reason)
UPDATE feed_document
   SET attempts = :attempts, not_before = :not_before, reason = :reason
 WHERE url_hash = :url_hash;

--! exec count_waiting (text source)
UPDATE care_bulletin_source
   SET waiting = (SELECT COUNT(*) FROM feed_document
                   WHERE source = :source AND state = 'due')
 WHERE name = :source;

-- ---- telegrams as they came ----

--! row added (key telegram)
--! row telegram (key telegram, text source, text? charset, text? place, utc received_at, i64 bytes, bytes packed)

--! one added add_telegram (bytes hash, text authority, text source, text? charset, text? place,
--!   utc now, i64 bytes, bytes packed, text? refused, text? unread)
-- None, when the same bytes are there from the same authority: one source that
-- shows what is another's may not keep the other from being heard.
INSERT IGNORE INTO feed_telegram (hash, authority, source, charset, place, received_at,
       bytes, packed, refused, unread)
VALUES (:hash, :authority, :source, :charset, :place, :now, :bytes, :packed, :refused, :unread)
RETURNING id AS telegram;

--! row puzzle (key telegram, text source, utc received_at, i64 bytes, text why)

--! many puzzle puzzles (utc since, i64 most)
-- What could not be read, or not all of it; the newest first.
SELECT id AS telegram, source, received_at, bytes, COALESCE(refused, unread) AS why
  FROM feed_telegram
 WHERE received_at >= :since AND (refused IS NOT NULL OR unread IS NOT NULL)
 ORDER BY received_at DESC, id DESC LIMIT :most;

--! one telegram one_telegram (key telegram)
SELECT id AS telegram, source, charset, place, received_at, bytes, packed
  FROM feed_telegram WHERE id = :telegram;

--! one telegram same_document (text url)
-- What another source has fetched from there.
SELECT t.id AS telegram, t.source, t.charset, t.place, t.received_at, t.bytes, t.packed
  FROM feed_document d JOIN feed_telegram t ON t.hash = d.telegram
 WHERE d.plain = UNHEX(SHA2(:url, 256)) LIMIT 1;

--! many telegram telegrams (key after, utc since, i64 most)
SELECT id AS telegram, source, charset, place, received_at, bytes, packed
  FROM feed_telegram WHERE id > :after AND received_at >= :since
 ORDER BY id LIMIT :most;

--! exec reread_telegram (key telegram, text? refused, text? unread)
UPDATE feed_telegram SET refused = :refused, unread = :unread WHERE id = :telegram;

--! exec count_unread (text source, utc now, text unread)
-- For the administrator, who reads no table of telegrams.
UPDATE care_bulletin_source
   SET unread = unread + 1, unread_at = :now, unread_why = :unread
 WHERE name = :source;

--! exec put_strange (text source, utc now, text types)
-- What a feed names and nobody has taught us, for the administrator, too.
UPDATE care_bulletin_source SET strange = :types, strange_at = :now WHERE name = :source;

-- ---- bulletins ----

--! row known (bytes series, key bulletin, key telegram)
--! row series (key bulletin, key unread, utc reported_at, utc sent_at, utc? retracted_at, bytes content)
--! row made (key bulletin)
--! row held (ref ref, text title, text publisher, text severity, text state, bool understood,
--!   utc issued_at, utc until_at)

--! one known find_item (bytes item)
SELECT series, bulletin_id AS bulletin, telegram_id AS telegram
  FROM feed_item WHERE item = :item;

--! exec put_item (bytes item, bytes series, key bulletin, key telegram)
INSERT INTO feed_item (item, series, bulletin_id, telegram_id)
VALUES (:item, :series, :bulletin, :telegram)
    ON DUPLICATE KEY UPDATE bulletin_id = VALUES(bulletin_id),
       telegram_id = VALUES(telegram_id), series = VALUES(series);

--! exec refer_item (bytes item, bytes series)
-- One that another refers to, before it has come.
INSERT IGNORE INTO feed_item (item, series) VALUES (:item, :series);

--! one series find_series (bytes series)
SELECT bulletin_id AS bulletin, unread_id AS unread, reported_at, sent_at,
       retracted_at, content
  FROM feed_series WHERE series = :series FOR UPDATE;

--! exec put_series (bytes series, key bulletin, key unread, utc reported_at, utc sent_at, utc? retracted_at, bytes content)
INSERT INTO feed_series (series, bulletin_id, unread_id, reported_at, sent_at,
       retracted_at, content)
VALUES (:series, :bulletin, :unread, :reported_at, :sent_at, :retracted_at, :content)
    ON DUPLICATE KEY UPDATE bulletin_id = VALUES(bulletin_id),
       unread_id = VALUES(unread_id), reported_at = VALUES(reported_at), sent_at = VALUES(sent_at),
       retracted_at = VALUES(retracted_at), content = VALUES(content);

--! one held find_bulletin (key bulletin)
SELECT ref, title, publisher, CAST(severity AS CHAR) AS severity,
       CAST(state AS CHAR) AS state, understood, issued_at, until_at
  FROM care_bulletin WHERE id = :bulletin;

--! one made add_bulletin (ref ref, text source, text publisher, text? claimed, text topic,
--!   text? type, text status, text severity, i64 level, text title, text? headline,
--!   text? link, bool correction, bool understood, utc issued_at, utc received_at, utc from_at, utc until_at, text state)
INSERT INTO care_bulletin (ref, source, publisher, claimed, topic, type, status,
       severity, level, title, headline, link, correction, understood, issued_at,
       received_at, from_at, until_at, state)
VALUES (:ref, :source, :publisher, :claimed, :topic, :type, :status,
       :severity, :level, :title, :headline, :link, :correction, :understood,
       :issued_at, :received_at, :from_at, :until_at, :state)
RETURNING id AS bulletin;

--! exec reread_bulletin (key bulletin, text publisher, text? claimed, text topic,
--!   text severity, i64 level, text title, text? headline, text? link, bool understood)
-- What a better reader makes of the same telegram.
UPDATE care_bulletin
   SET publisher = :publisher, claimed = :claimed, topic = :topic,
       severity = :severity, level = :level, title = :title, headline = :headline,
       link = :link, understood = :understood
 WHERE id = :bulletin;

--! exec end_bulletin (key bulletin, utc now, text state, key by)
UPDATE care_bulletin
   SET until_at = LEAST(until_at, :now), state = :state, replaced_by = :by
 WHERE id = :bulletin;

--! exec put_areas (key bulletin, text areas)
INSERT INTO care_bulletin_area
       (municipality, bulletin_id, n, area, kind, code, name, level, severity)
SELECT j.m, :bulletin, j.n, j.a, j.k, j.c, j.w, j.l, j.s
  FROM JSON_TABLE(:areas, '$[*]' COLUMNS (n FOR ORDINALITY,
       m CHAR(5) PATH '$.m', a VARCHAR(120) PATH '$.a', k VARCHAR(24) PATH '$.k',
       c VARCHAR(12) PATH '$.c', w VARCHAR(120) PATH '$.w', l INT PATH '$.l',
       s VARCHAR(12) PATH '$.s')) AS j;

--! exec copy_areas (key bulletin, key from)
-- Where another is said to hold, and nothing of what holds there.
INSERT INTO care_bulletin_area
       (municipality, bulletin_id, n, area, kind, code, name, level, severity)
SELECT a.municipality, b.id, MIN(a.n), MIN(a.area), 'other', '', LEFT(b.title, 120), 0, 'unknown'
  FROM care_bulletin_area a JOIN care_bulletin b ON b.id = :bulletin
 WHERE a.bulletin_id = :from
 GROUP BY a.municipality, b.id, b.title;

--! exec drop_areas (key bulletin)
DELETE FROM care_bulletin_area WHERE bulletin_id = :bulletin;

--! exec put_figures (key bulletin, text areas, text figures)
-- [{"d": disease, "w": Monday, "v": hundredths, "j": of all Japan}], of the towns
-- where the bulletin holds.
INSERT IGNORE INTO care_bulletin_figure
       (municipality, disease, week_on, bulletin_id, hundredths)
SELECT IF(f.j, '00000', a.m), f.d, f.w, :bulletin, f.v
  FROM JSON_TABLE(:figures, '$[*]' COLUMNS (d VARCHAR(24) PATH '$.d', w DATE PATH '$.w',
       v INT PATH '$.v', j INT PATH '$.j')) AS f
  JOIN JSON_TABLE(:areas, '$[*]' COLUMNS (m CHAR(5) PATH '$.m')) AS a;

--! exec drop_figures (key bulletin)
DELETE FROM care_bulletin_figure WHERE bulletin_id = :bulletin;

--! exec sweep_areas (utc before)
-- Of bulletins that ended before then; a hundred of them at a time.
DELETE FROM care_bulletin_area
 WHERE bulletin_id IN (SELECT id FROM (SELECT DISTINCT a.bulletin_id AS id
       FROM care_bulletin b JOIN care_bulletin_area a ON a.bulletin_id = b.id
      WHERE b.until_at < :before LIMIT 100) AS x);
