-- Who is named in an entry (@佐藤 花子) and may read it; and entries between two people.
ALTER TABLE timeline_entry
	ADD COLUMN IF NOT EXISTS mentions VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ','
	    COMMENT 'keys of those who are named: ,12,45,',
	ADD COLUMN IF NOT EXISTS mention_names VARCHAR(1000) NULL
	    COMMENT 'the same in words, as they were; NULL: nobody';

ALTER TABLE timeline_mark_aside MODIFY kind ENUM('unread','urgent','question','icon','mention') NOT NULL;

-- Beside `special`, not within, as with questions (0013-question.sql). one_to_one:
-- for its author and one person whom she has named, and nobody else.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_seen AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office,
       e.patient_id, e.id, e.ref, e.author_id, e.author_name,
       e.author_profession, e.author_office, e.stand_in, e.written_at, e.kind,
       e.audience, e.reach, e.audience_of, e.audience_names, e.urgent,
       e.reply_to, e.replies, e.read_by, e.acknowledged_by, e.readers,
       e.acknowledgers, e.kept, e.corrects, e.corrected_by, e.gone, e.gone_at,
       e.gone_reason, e.moved_in, e.moved_at, e.question,
       IFNULL(e.special, 0) OR e.question OR e.mention_names IS NOT NULL AS special, e.attached,
       e.mentions, e.mention_names,
       IFNULL(REPLACE(e.audience_of, CONCAT('u', e.author_id, ','), '') RLIKE '^,u[0-9]+,$', 0) AS one_to_one,
       IF(e.gone IS NULL, e.body, '') AS body
  FROM timeline_reader f
  JOIN timeline_entry e
 WHERE e.recalled_at IS NULL
   AND ((e.reach < 2 AND FIND_IN_SET(COALESCE(e.team_kind, e.kind), f.sees) > 0)
        OR LOCATE(CONCAT(',u', f.user_id, ','), e.audience_of) > 0
        OR LOCATE(CONCAT(',p', f.profession, ','), e.audience_of) > 0
        OR (f.further IS NOT NULL AND e.audience_of REGEXP f.further));
