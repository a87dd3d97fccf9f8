-- The one place that decides who sees an entry. The program may read what an
-- entry says through timeline_seen and in no other way (grants.sql): lists,
-- counts, marks, search, notices, readers and files join this view, with the
-- viewer and her office, or with everyone of the team where marks are made.

-- E6 of the professions, as modules/care/profession.c has it (a test compares
-- them): reach 1 for those who write care or medical information, 0 for those
-- who may only look; a profession that is not here sees no entry. kinds: what
-- each may write; diagnosis and medication are medical information.
CREATE TABLE IF NOT EXISTS timeline_right (
	profession CHAR(3) NOT NULL,
	reach TINYINT NOT NULL,
	kinds SET('note','observation','medication','daily_life','plan','report','diagnosis') NOT NULL,
	PRIMARY KEY (profession)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT IGNORE INTO timeline_right (profession, reach, kinds)
SELECT code, 1, 'note,observation,medication,daily_life,plan,report,diagnosis'
  FROM JSON_TABLE('["010","020","030","040","050","060","070","080","090","100","130","190","320","321","322","324"]',
       '$[*]' COLUMNS (code CHAR(3) PATH '$')) AS medical;
INSERT IGNORE INTO timeline_right (profession, reach, kinds)
SELECT code, 1, 'note,observation,daily_life,plan,report'
  FROM JSON_TABLE('["110","120","125","140","150","160","170","180","200","300","301","302","303","304","305","306","307","309","323","325"]',
       '$[*]' COLUMNS (code CHAR(3) PATH '$')) AS care;
INSERT IGNORE INTO timeline_right (profession, reach, kinds)
SELECT code, 0, ''
  FROM JSON_TABLE('["210","999","308","330","331","332","333","334","335"]',
       '$[*]' COLUMNS (code CHAR(3) PATH '$')) AS looks;

CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_seen AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office,
       e.patient_id, e.id, e.ref, e.author_id, e.author_name,
       e.author_profession, e.author_office, e.stand_in, e.written_at, e.kind,
       e.audience, e.reach, e.audience_of, e.audience_names, e.urgent,
       e.reply_to, e.replies, e.read_by, e.acknowledged_by, e.readers,
       e.acknowledgers, e.kept, e.corrects, e.corrected_by, e.gone, e.gone_at,
       e.gone_reason, e.moved_in, IFNULL(e.special, 0) AS special, e.attached,
       IF(e.gone IS NULL, e.body, '') AS body
  FROM care_staff f
  JOIN timeline_right g ON g.profession = f.profession
  JOIN timeline_entry e
 WHERE f.left_at IS NULL AND e.recalled_at IS NULL
   AND (e.reach <= g.reach
        OR LOCATE(CONCAT(',u', f.user_id, ','), e.audience_of) > 0
        OR LOCATE(CONCAT(',p', f.profession, ','), e.audience_of) > 0);

-- What an office's own people wrote stays readable for it after it has left the
-- team: its record, which it must keep. Not what was taken back.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_own AS
SELECT f.office_id, e.patient_id, e.id, e.ref, e.kind, e.written_at, e.urgent,
       e.author_name, e.author_profession, e.author_office,
       IF(e.gone IS NULL, e.body, '') AS body
  FROM timeline_entry e JOIN care_staff f ON f.user_id = e.author_id
 WHERE e.recalled_at IS NULL;
