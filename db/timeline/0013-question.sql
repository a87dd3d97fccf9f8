-- Questions (質問・依頼): an entry that asks a profession or a person something by
-- a day. It is open until a reply is marked as its answer.
CREATE TABLE IF NOT EXISTS timeline_question (
	patient_id BIGINT NOT NULL,
	entry_id BIGINT NOT NULL,
	asked_user BIGINT NOT NULL DEFAULT 0 COMMENT '0: a profession is asked',
	asked_profession CHAR(3) NOT NULL DEFAULT '',
	asked VARCHAR(81) NOT NULL COMMENT 'whom, in words, as they were',
	due_at DATETIME(3) NOT NULL,
	answered_by BINARY(16) NULL COMMENT 'ref of the reply',
	closed_at DATETIME(3) NULL COMMENT 'answered, or its entry is gone',
	told_at DATETIME(3) NULL COMMENT 'that it is overdue',
	PRIMARY KEY (patient_id, entry_id),
	KEY overdue (closed_at, told_at, due_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The entry's row says that there is one to look for; and of what came from
-- another patient's page, when: its own hour stays that of the observation.
ALTER TABLE timeline_entry
	ADD COLUMN IF NOT EXISTS question TINYINT NOT NULL DEFAULT 0,
	ADD COLUMN IF NOT EXISTS moved_at DATETIME(3) NULL;

-- `question` beside `special`, not within: that column would be made anew for
-- every entry there is.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_seen AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office,
       e.patient_id, e.id, e.ref, e.author_id, e.author_name,
       e.author_profession, e.author_office, e.stand_in, e.written_at, e.kind,
       e.audience, e.reach, e.audience_of, e.audience_names, e.urgent,
       e.reply_to, e.replies, e.read_by, e.acknowledged_by, e.readers,
       e.acknowledgers, e.kept, e.corrects, e.corrected_by, e.gone, e.gone_at,
       e.gone_reason, e.moved_in, e.moved_at, e.question,
       IFNULL(e.special, 0) OR e.question AS special, e.attached,
       IF(e.gone IS NULL, e.body, '') AS body
  FROM timeline_reader f
  JOIN timeline_entry e
 WHERE e.recalled_at IS NULL
   AND ((e.reach < 2 AND FIND_IN_SET(COALESCE(e.team_kind, e.kind), f.sees) > 0)
        OR LOCATE(CONCAT(',u', f.user_id, ','), e.audience_of) > 0
        OR LOCATE(CONCAT(',p', f.profession, ','), e.audience_of) > 0);
