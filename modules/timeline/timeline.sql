-- Statements of the timeline: entries, read and written. Each takes the patient
-- of the path, whose team the admission has checked, and the viewer with her
-- office, for timeline_seen to decide which entries there are for her.

--! row entry (key entry_id, bool has_files, ref id, text kind, text body, text audience,
--!   utc written_at, bool urgent, bool stand_in, i64 read_by,
--!   i64 acknowledged_by, i64 replies, bool mine, bool read,
--!   bool acknowledged, bool special, text author__name,
--!   text author__profession_code, text author__office,
--!   calc text author__profession, calc text? audience_names, calc bool kept,
--!   calc ref? corrects, calc ref? corrected_by, calc text? gone,
--!   calc utc? gone_at, calc text? gone_reason, calc bool moved_in, calc utc? moved_at,
--!   calc text? asked, calc utc? due_at, calc date? due_on, calc ref? answered_by, calc bool open_question,
--!   calc bool overdue, calc bool one_to_one, calc bool mentioned, calc text? mention_names, calc bool corrected, calc bool withdrawn, calc bool recallable)

--! row detail (key entry_id, text? audience_names, bool kept, ref? corrects,
--!   ref? corrected_by, text? gone, utc? gone_at, text? gone_reason, bool moved_in,
--!   utc? moved_at,
--!   text? asked, utc? due_at, ref? answered_by, bool open_question,
--!   bool one_to_one, bool mentioned, text? mention_names)

--! row reply (key entry_id, ref id, text kind, text body, utc written_at,
--!   bool stand_in, i64 read_by, bool mine, bool read, bool withdrawn,
--!   text? gone_reason, ref? corrects, bool corrected, bool mentioned, text? mention_names, text author__name,
--!   text author__profession_code, text author__office,
--!   calc text author__profession, calc bool answer)

--! row found (key entry_id, key author_id, ref id, key reply_to, text kind,
--!   text body, text audience, i64 reach, text audience_of,
--!   text? audience_names, bool urgent, i64 read_by, i64 replies,
--!   utc written_at, bool mine, bool read, bool kept, bool withdrawn,
--!   bool corrected, bool question, ref? corrects, ref? corrected_by,
--!   text author_name, text author_profession, text author_office)

--! row colleague (key user_id, ref id, text name, text profession_code,
--!   text professions, text office, calc text profession)

--! row bound (key disease_network_id, ref id, text name)

--! row state (text state, i64 fresh, ref? newest)

--! many entry newest (key patient, key viewer, key office, text me, i64 limit)
-- `me` is the viewer's key between commas, as the lists of keys have it.
-- The end of one range of the clustered key. Apart from `older`, because for a
-- range MariaDB first estimates its size, and reads the patient's oldest page
-- from the disk for that. The limit says the same of the one patient; for the
-- whole connection it would mislead joins of tables whose statistics are old.
SET STATEMENT eq_range_index_dive_limit = 1 FOR SELECT e.id AS entry_id, e.attached > 0 AS has_files, e.ref AS id, e.kind, e.body, e.audience,
       e.written_at, e.urgent, e.stand_in, e.read_by, e.acknowledged_by, e.replies, e.author_id = :viewer AS mine,
       LOCATE(:me, e.readers) > 0 AS `read`,
       LOCATE(:me, e.acknowledgers) > 0 AS acknowledged,
       e.special,
       e.author_name AS author__name,
       e.author_profession AS author__profession_code,
       e.author_office AS author__office
  FROM timeline_seen e
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND e.patient_id = :patient AND e.reply_to = 0
 ORDER BY e.id DESC LIMIT :limit;

--! many entry older (key patient, key viewer, key office, text me, i64 before, i64 limit)
-- The same from below `before`.
SELECT e.id AS entry_id, e.attached > 0 AS has_files, e.ref AS id, e.kind, e.body, e.audience,
       e.written_at, e.urgent, e.stand_in, e.read_by, e.acknowledged_by, e.replies, e.author_id = :viewer AS mine,
       LOCATE(:me, e.readers) > 0 AS `read`,
       LOCATE(:me, e.acknowledgers) > 0 AS acknowledged,
       e.special,
       e.author_name AS author__name,
       e.author_profession AS author__profession_code,
       e.author_office AS author__office
  FROM timeline_seen e
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND e.patient_id = :patient AND e.id < :before AND e.reply_to = 0
 ORDER BY e.id DESC LIMIT :limit;

--! many entry chosen (key patient, key viewer, key office, text me, text keys)
-- Those whose keys stand in a JSON array: one, or what a search has found.
SELECT e.id AS entry_id, e.attached > 0 AS has_files, e.ref AS id, e.kind, e.body, e.audience,
       e.written_at, e.urgent, e.stand_in, e.read_by, e.acknowledged_by, e.replies, e.author_id = :viewer AS mine,
       LOCATE(:me, e.readers) > 0 AS `read`,
       LOCATE(:me, e.acknowledgers) > 0 AS acknowledged,
       e.special,
       e.author_name AS author__name,
       e.author_profession AS author__profession_code,
       e.author_office AS author__office
  FROM JSON_TABLE(:keys, '$[*]' COLUMNS (id BIGINT PATH '$')) AS k
  JOIN timeline_seen e ON e.id = k.id
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND e.patient_id = :patient
 ORDER BY e.id DESC;

--! many detail details (key patient, key viewer, key office, text me, key oldest, key newest)
-- What most entries have nothing of, of those of a range that have: seven more
-- columns of every row cost more than this statement where it is needed.
SELECT e.id AS entry_id, e.audience_names, LOCATE(:me, e.kept) > 0 AS kept,
       e.corrects, e.corrected_by, e.gone, e.gone_at, e.gone_reason, e.moved_in, e.moved_at,
       q.asked, q.due_at, q.answered_by, q.closed_at IS NULL AND q.due_at IS NOT NULL AS open_question,
       e.one_to_one, LOCATE(:me, e.mentions) > 0 AS mentioned, e.mention_names
  FROM timeline_seen e
  LEFT JOIN timeline_question q ON q.patient_id = e.patient_id AND q.entry_id = e.id
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND e.patient_id = :patient AND e.id BETWEEN :oldest AND :newest AND e.special
 ORDER BY e.id DESC;

--! many reply replies (key patient, key viewer, key office, key oldest, key newest)
-- The replies to a range of entries, the first one first.
SELECT r.entry_id, e.ref AS id, e.kind, e.body, e.written_at, e.stand_in, e.read_by,
       e.author_id = :viewer AS mine,
       LOCATE(CONCAT(',', :viewer, ','), e.readers) > 0 AS `read`,
       e.gone IS NOT NULL AS withdrawn, e.gone_reason, e.corrects,
       e.corrected_by IS NOT NULL AS corrected,
       LOCATE(CONCAT(',', :viewer, ','), e.mentions) > 0 AS mentioned, e.mention_names,
       e.author_name AS author__name,
       e.author_profession AS author__profession_code,
       e.author_office AS author__office
  FROM timeline_reply r
  JOIN timeline_seen e ON e.patient_id = r.patient_id AND e.id = r.reply_id
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND r.patient_id = :patient AND r.entry_id BETWEEN :oldest AND :newest
 ORDER BY r.entry_id, r.reply_id;

--! one found find (key patient, key viewer, key office, ref entry)
-- An entry by its name, only under its own patient, if the viewer may see it.
SELECT e.id AS entry_id, e.author_id, e.ref AS id, e.reply_to, e.kind, e.body,
       e.audience, e.reach, e.audience_of, e.audience_names, e.urgent,
       e.read_by, e.replies, e.written_at, e.author_id = :viewer AS mine,
       LOCATE(CONCAT(',', :viewer, ','), e.readers) > 0 AS `read`,
       LOCATE(CONCAT(',', :viewer, ','), e.kept) > 0 AS kept,
       e.gone IS NOT NULL AS withdrawn, e.corrected_by IS NOT NULL AS corrected,
       e.question, e.corrects, e.corrected_by,
       e.author_name, e.author_profession, e.author_office
  FROM timeline_seen e
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND e.ref = :entry AND e.patient_id = :patient;

--! exec write (key patient, ref id, key network, key author, text author_name,
--!   text profession, text professions, text office, key office_id, bool stand_in, utc written_at, text kind,
--!   text audience, i64 reach, text audience_of, text? audience_names,
--!   bool urgent, key reply_to, ref? corrects, bool moved_in, utc? moved_at,
--!   bool question, text body)
-- 0 when none of the author's professions may write this kind.
INSERT INTO timeline_entry (patient_id, ref, network_id, author_id, author_name,
       author_profession, author_office, author_office_id, stand_in, written_at, kind, audience,
       reach, audience_of, audience_names, urgent, reply_to, corrects, moved_in,
       moved_at, question, body)
SELECT :patient, :id, :network, :author, :author_name, :profession, :office,
       :office_id, :stand_in, :written_at, :kind, :audience, :reach, :audience_of, :audience_names,
       :urgent, :reply_to, :corrects, :moved_in, :moved_at, :question, :body
  FROM timeline_right_now g
 WHERE g.network_id = :network AND FIND_IN_SET(g.profession, :professions) > 0
   AND FIND_IN_SET(:kind, g.writes) > 0 AND FIND_IN_SET(:kind, g.sees) > 0 LIMIT 1;

--! exec add_reply (key patient, key entry, ref id)
INSERT INTO timeline_reply (patient_id, entry_id, reply_id)
SELECT e.patient_id, :entry, e.id FROM timeline_entry e
 WHERE e.ref = :id AND e.patient_id = :patient;

--! exec count_reply (key patient, key entry, i64 n)
UPDATE timeline_entry SET replies = replies + :n
 WHERE patient_id = :patient AND id = :entry;

--! exec mark (key patient, ref about, key author, bool urgent, utc now)
-- Marks it for everyone of the team who may see it, but not for its author.
-- Officers and volunteers are marked only for what is addressed to them: they
-- see what consent or an incident opens, and no badge may tell them more.
INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
SELECT DISTINCT e.viewer_id, e.patient_id, 'timeline', k.kind, e.ref, :now
  FROM care_team_person t
  JOIN timeline_seen e ON e.patient_id = t.patient_id
   AND e.viewer_office = t.office_id AND e.viewer_id = t.user_id
  JOIN (SELECT 'unread' AS kind UNION ALL SELECT 'urgent') AS k
    ON k.kind = 'unread' OR :urgent
 WHERE t.patient_id = :patient AND e.ref = :about AND e.viewer_id <> :author
   AND (t.told OR e.reach = 2);

--! many colleague members (key patient)
-- Whom one may address: everyone of the team who reads here, with her professions.
SELECT u.id AS user_id, u.ref AS id, CONCAT(u.family, ' ', u.given) AS name,
       t.profession AS profession_code, COALESCE(t.professions, '') AS professions, o.name AS office
  FROM care_team_person t
  JOIN care_user u ON u.id = t.user_id AND u.suspended_at IS NULL
  JOIN care_office o ON o.id = t.office_id
  JOIN timeline_right g ON FIND_IN_SET(g.profession, t.professions)
 WHERE t.patient_id = :patient
 GROUP BY u.id, u.ref, u.family, u.given, u.kana_family, u.kana_given, t.profession, t.professions, o.name
 ORDER BY MAX(g.reach) DESC, t.profession, u.kana_family, u.kana_given;

--! many bound bounds (key patient, key viewer, key office)
-- Networks for a disease that the viewer is of and the patient agrees to.
SELECT n.id AS disease_network_id, n.ref AS id, n.name
  FROM care_disease_reader d JOIN care_disease_network n ON n.id = d.disease_network_id
 WHERE d.patient_id = :patient AND d.user_id = :viewer AND d.office_id = :office ORDER BY n.name;

--! one state state (key patient, key viewer, key office, ref? since)
-- A word that changes when anything of the newest entries does, and how many of
-- others have come since one of them.
SELECT LEFT(SHA2(CONCAT_WS('.', COUNT(*), MAX(n.id), SUM(n.read_by),
           SUM(n.acknowledged_by), SUM(n.replies), COUNT(n.gone),
           COUNT(n.corrected_by)), 256), 32) AS state,
       COALESCE(SUM(n.id > (SELECT s.id FROM timeline_entry s
           WHERE s.ref = :since AND s.patient_id = :patient) AND n.author_id <> :viewer), 0) AS fresh,
       (SELECT x.ref FROM timeline_seen x
         WHERE x.viewer_id = :viewer AND x.viewer_office = :office
           AND x.patient_id = :patient ORDER BY x.id DESC LIMIT 1) AS newest
  FROM (SELECT e.id, e.author_id, e.read_by, e.acknowledged_by, e.replies, e.gone, e.corrected_by
          FROM timeline_seen e
         WHERE e.viewer_id = :viewer AND e.viewer_office = :office
           AND e.patient_id = :patient
         ORDER BY e.id DESC LIMIT 60) AS n;
