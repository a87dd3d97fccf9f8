-- The newest first stage of an application stands in its row, kept by triggers whoever writes one: looked for
-- in each of 46 rows of a member's list it took half of its time. And how many applications a sitting
-- has is counted in an index alone. Every statement may run again.
SET SESSION max_statement_time = 0;
ALTER TABLE board_application
	ADD COLUMN IF NOT EXISTS first_number TINYINT NULL COMMENT 'of the newest board_first_stage, as are the next two',
	ADD COLUMN IF NOT EXISTS first_level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5',
	    'class1','class2','class3','class4','class5','class6') NULL,
	ADD COLUMN IF NOT EXISTS first_tenths SMALLINT NULL,
	ADD KEY IF NOT EXISTS by_sitting (sitting_id, state);

DELIMITER //

CREATE OR REPLACE TRIGGER board_first_stage_newest AFTER INSERT ON board_first_stage FOR EACH ROW
	UPDATE board_application SET first_number = NEW.number, first_level = NEW.level, first_tenths = NEW.tenths
	 WHERE id = NEW.application_id AND (first_number IS NULL OR first_number < NEW.number)//

CREATE OR REPLACE TRIGGER board_first_stage_changed AFTER UPDATE ON board_first_stage FOR EACH ROW
	UPDATE board_application SET first_level = NEW.level, first_tenths = NEW.tenths
	 WHERE id = NEW.application_id AND first_number = NEW.number//

CREATE OR REPLACE TRIGGER board_first_stage_gone AFTER DELETE ON board_first_stage FOR EACH ROW
	UPDATE board_application a
	  LEFT JOIN (SELECT number, level, tenths FROM board_first_stage WHERE application_id = OLD.application_id ORDER BY number DESC LIMIT 1) AS f ON TRUE
	   SET a.first_number = f.number, a.first_level = f.level, a.first_tenths = f.tenths
	 WHERE a.id = OLD.application_id//

DELIMITER ;

-- What was there before.
UPDATE board_application a JOIN board_first_stage_now f ON f.application_id = a.id
   SET a.first_number = f.number, a.first_level = f.level, a.first_tenths = f.tenths
 WHERE a.first_number IS NULL;

CREATE OR REPLACE VIEW board_seen AS
SELECT e.user_id AS viewer_id, a.id, a.ref, a.sitting_id, a.serial_number, a.state, a.kind, a.insured_class,
       a.disease, a.sex, a.age, a.applied_on, a.previous_level, a.previous_months, a.previous_to,
       a.survey_note, a.physician_opinion, a.simplified, s.ref AS sitting, s.state AS sitting_state, s.closes_at,
       a.scheme, a.disability, a.first_number, a.first_level, a.first_tenths
  FROM board_seat e JOIN board_sitting s ON s.id = e.sitting_id
  JOIN board_application a ON a.sitting_id = s.id
 WHERE s.state IN ('prereview_open','prereview_closed','in_session','suspended','closed','minutes_approved')
   AND a.state NOT IN ('withdrawn','deceased');
