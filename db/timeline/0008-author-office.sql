-- Whose record an entry is: the office for which its author wrote it. Its name
-- alone (author_office, as it was at the writing) may be another's, too.
ALTER TABLE timeline_entry
	ADD COLUMN IF NOT EXISTS author_office_id BIGINT NOT NULL DEFAULT 0
	    COMMENT 'care_office; 0: not known, and then nobody''s own';

-- The author's only office of that name; else the only one at which she ever
-- worked, which was called otherwise. What is left says nothing: not known.
CREATE OR REPLACE VIEW timeline_author_office AS
SELECT f.user_id, f.office_id, o.name,
       NOT EXISTS (SELECT 1 FROM care_staff g JOIN care_office q ON q.id = g.office_id
         WHERE g.user_id = f.user_id AND g.office_id <> f.office_id AND q.name = o.name) AS only_so_called,
       NOT EXISTS (SELECT 1 FROM care_staff g
         WHERE g.user_id = f.user_id AND g.office_id <> f.office_id) AS only_one
  FROM care_staff f JOIN care_office o ON o.id = f.office_id;

UPDATE timeline_entry e
  JOIN timeline_author_office a ON a.user_id = e.author_id
   AND ((a.name = e.author_office AND a.only_so_called) OR a.only_one)
   SET e.author_office_id = a.office_id
 WHERE e.author_office_id = 0;

-- The programs of before, and who loads entries, do not say it. No aggregate
-- here: MariaDB refuses one below an INSERT … SELECT under ONLY_FULL_GROUP_BY.
CREATE OR REPLACE TRIGGER timeline_entry_office BEFORE INSERT ON timeline_entry FOR EACH ROW
SET NEW.author_office_id = IF(NEW.author_office_id <> 0, NEW.author_office_id,
    COALESCE((SELECT a.office_id FROM timeline_author_office a
      WHERE a.user_id = NEW.author_id
        AND ((a.name = NEW.author_office AND a.only_so_called) OR a.only_one)), 0));

-- What was written for an office, one row an entry, and for whom: own.sql asks
-- who of that office reads. Not what was taken back.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_own AS
SELECT e.author_office_id AS office_id, e.patient_id, e.id, e.ref, e.kind, e.written_at,
       e.urgent, e.author_name, e.author_profession, e.author_office,
       IF(e.gone IS NULL, e.body, '') AS body, e.author_id, e.reach, e.audience_of
  FROM timeline_entry e
 WHERE e.author_office_id <> 0 AND e.recalled_at IS NULL;
