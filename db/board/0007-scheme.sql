-- A board certifies care levels (要介護度, 介護保険法) or support levels (障害支援区分,
-- 障害者総合支援法): the scheme of a panel, of its sittings and of what they decide on. Words of
-- levels: class1 is 区分1. modules/board/scheme.c has the same numbers.
CREATE TABLE board_scheme (
	scheme ENUM('care_level','support_level') NOT NULL,
	items TINYINT NOT NULL COMMENT 'of the survey',
	steps TINYINT NOT NULL COMMENT 'of a review',
	least_months TINYINT NOT NULL, most_months TINYINT NOT NULL,
	PRIMARY KEY (scheme)
) ENGINE=InnoDB;
INSERT INTO board_scheme VALUES ('care_level', 74, 5, 3, 48), ('support_level', 80, 3, 3, 36);

CREATE TABLE board_scheme_level (
	scheme ENUM('care_level','support_level') NOT NULL,
	level VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	PRIMARY KEY (scheme, level)
) ENGINE=InnoDB;
INSERT INTO board_scheme_level VALUES
	('care_level','not_eligible'), ('care_level','support1'), ('care_level','support2'), ('care_level','care1'),
	('care_level','care2'), ('care_level','care3'), ('care_level','care4'), ('care_level','care5'),
	('support_level','not_eligible'), ('support_level','class1'), ('support_level','class2'), ('support_level','class3'),
	('support_level','class4'), ('support_level','class5'), ('support_level','class6');

-- A member of either board, or of both: her field on each.
ALTER TABLE board_member
	MODIFY field ENUM('health','medicine','welfare','none') NOT NULL COMMENT '保健 医療 福祉; none: of the other board alone',
	ADD COLUMN support_field ENUM('physical','intellectual','mental','intractable') NULL COMMENT '身体障害 知的障害 精神障害 難病',
	ADD CHECK (field <> 'none' OR support_field IS NOT NULL);
ALTER TABLE board_seat
	MODIFY field ENUM('health','medicine','welfare','physical','intellectual','mental','intractable') NOT NULL;

ALTER TABLE board_panel ADD COLUMN scheme ENUM('care_level','support_level') NOT NULL DEFAULT 'care_level';
ALTER TABLE board_sitting ADD COLUMN scheme ENUM('care_level','support_level') NOT NULL DEFAULT 'care_level',
	ADD UNIQUE KEY by_number (network_id, scheme, number), DROP KEY network_id;
ALTER TABLE board_application ADD COLUMN scheme ENUM('care_level','support_level') NOT NULL DEFAULT 'care_level',
	ADD COLUMN disability VARCHAR(60) NULL COMMENT '障害種別, as the export has it',
	MODIFY insured_class ENUM('first','second','welfare','none') NOT NULL COMMENT '第1号 第2号 みなし2号; none: of a support level',
	MODIFY previous_level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5',
	    'class1','class2','class3','class4','class5','class6') NULL,
	ADD CHECK ((scheme = 'care_level') = (insured_class <> 'none')),
	ADD CHECK (scheme = 'care_level' OR (simplified = 0 AND disease IS NULL)),
	ADD CHECK (scheme = 'support_level' OR disability IS NULL),
	ADD CHECK (previous_level IS NULL OR previous_level = 'not_eligible' OR (previous_level LIKE 'class%') = (scheme = 'support_level'));
ALTER TABLE board_first_stage MODIFY level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5',
	    'class1','class2','class3','class4','class5','class6') NOT NULL;
ALTER TABLE board_proposal MODIFY level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5',
	    'class1','class2','class3','class4','class5','class6') NULL;
ALTER TABLE board_ballot MODIFY level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5',
	    'class1','class2','class3','class4','class5','class6') NOT NULL;
ALTER TABLE board_decision MODIFY level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5',
	    'class1','class2','class3','class4','class5','class6') NULL,
	MODIFY first_level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5',
	    'class1','class2','class3','class4','class5','class6') NULL;

-- Whose it is: by the insurer's number, or by the municipality's and that of the recipient's
-- certificate (受給者証). Who has both is found in a team by the first; '' is none.
ALTER TABLE board_person ADD COLUMN scheme ENUM('care_level','support_level') NOT NULL DEFAULT 'care_level',
	ADD COLUMN municipality_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
	ADD COLUMN recipient_number CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
	DROP KEY once, ADD UNIQUE KEY once (network_id, insurer_number, insured_number, applied_on, scheme, municipality_code, recipient_number),
	ADD KEY by_recipient (network_id, municipality_code, recipient_number),
	ADD CHECK ((insurer_number = '') = (insured_number = '')),
	ADD CHECK (IF(scheme = 'care_level', insurer_number <> '' AND municipality_code = '' AND recipient_number = '',
	    municipality_code <> '' AND recipient_number <> ''));

-- How an export is read, each scheme's for itself: board_column, which a later release takes away.
CREATE TABLE board_heading (
	network_id BIGINT NOT NULL,
	scheme ENUM('care_level','support_level') NOT NULL,
	field VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	heading VARCHAR(60) NOT NULL,
	PRIMARY KEY (network_id, scheme, field),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO board_heading (network_id, scheme, field, heading) SELECT network_id, 'care_level', field, heading FROM board_column;

DELIMITER //
-- A sitting is of its panel's scheme, and hears nothing else.
CREATE OR REPLACE TRIGGER board_sitting_scheme BEFORE INSERT ON board_sitting FOR EACH ROW
BEGIN
	IF NEW.scheme <> (SELECT p.scheme FROM board_panel p WHERE p.id = NEW.panel_id) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the panel is of another board';
	END IF;
END//
CREATE OR REPLACE TRIGGER board_application_scheme BEFORE UPDATE ON board_application FOR EACH ROW
BEGIN
	IF NEW.scheme <> OLD.scheme THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an application stays what it is for';
	END IF;
	IF NEW.sitting_id IS NOT NULL AND NOT NEW.sitting_id <=> OLD.sitting_id
	    AND NEW.scheme <> (SELECT s.scheme FROM board_sitting s WHERE s.id = NEW.sitting_id) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the sitting is of another board';
	END IF;
END//
-- A level is one of what was applied for.
CREATE OR REPLACE TRIGGER board_first_stage_scheme BEFORE INSERT ON board_first_stage FOR EACH ROW
BEGIN
	IF NOT EXISTS (SELECT 1 FROM board_application a JOIN board_scheme c ON c.scheme = a.scheme
	    JOIN board_scheme_level l ON l.scheme = a.scheme AND l.level = NEW.level
	    WHERE a.id = NEW.application_id AND CHAR_LENGTH(NEW.answers) IN (0, c.items)
	      AND (a.scheme = 'care_level' OR (NEW.tenths = 0 AND NEW.stability IS NULL))) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a first stage of another scheme';
	END IF;
END//
CREATE OR REPLACE TRIGGER board_proposal_scheme BEFORE INSERT ON board_proposal FOR EACH ROW
BEGIN
	IF NEW.level IS NOT NULL AND NOT EXISTS (SELECT 1 FROM board_application a JOIN board_scheme_level l ON l.scheme = a.scheme AND l.level = NEW.level
	    WHERE a.id = NEW.application_id) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a level of another scheme';
	END IF;
END//
CREATE OR REPLACE TRIGGER board_proposal_scheme_changed BEFORE UPDATE ON board_proposal FOR EACH ROW
BEGIN
	IF NEW.level IS NOT NULL AND NOT NEW.level <=> OLD.level AND NOT EXISTS (SELECT 1 FROM board_application a
	    JOIN board_scheme_level l ON l.scheme = a.scheme AND l.level = NEW.level WHERE a.id = NEW.application_id) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a level of another scheme';
	END IF;
END//
CREATE OR REPLACE TRIGGER board_ballot_scheme BEFORE INSERT ON board_ballot FOR EACH ROW
BEGIN
	IF NOT EXISTS (SELECT 1 FROM board_application a JOIN board_scheme_level l ON l.scheme = a.scheme AND l.level = NEW.level
	    WHERE a.id = NEW.application_id) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a level of another scheme';
	END IF;
END//
CREATE OR REPLACE TRIGGER board_step_scheme BEFORE INSERT ON board_step FOR EACH ROW
BEGIN
	IF NEW.step > (SELECT c.steps FROM board_application a JOIN board_scheme c ON c.scheme = a.scheme WHERE a.id = NEW.application_id) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a step of another scheme';
	END IF;
END//
CREATE OR REPLACE TRIGGER board_decision_scheme BEFORE INSERT ON board_decision FOR EACH ROW
BEGIN
	IF NEW.level IS NOT NULL AND NOT EXISTS (SELECT 1 FROM board_application a JOIN board_scheme c ON c.scheme = a.scheme
	    JOIN board_scheme_level l ON l.scheme = a.scheme AND l.level = NEW.level WHERE a.id = NEW.application_id
	      AND (NEW.months IS NULL OR NEW.months BETWEEN c.least_months AND c.most_months)
	      AND (a.scheme = 'care_level' OR NEW.state_image IS NULL)) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a decision of another scheme';
	END IF;
	IF NEW.outcome = 'rejected_disease' AND (SELECT a.scheme FROM board_application a WHERE a.id = NEW.application_id) <> 'care_level' THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a decision of another scheme';
	END IF;
END//
DELIMITER ;

CREATE OR REPLACE VIEW board_seen AS
SELECT e.user_id AS viewer_id, a.id, a.ref, a.sitting_id, a.serial_number, a.state, a.kind, a.insured_class,
       a.disease, a.sex, a.age, a.applied_on, a.previous_level, a.previous_months, a.previous_to,
       a.survey_note, a.physician_opinion, a.simplified, s.ref AS sitting, s.state AS sitting_state, s.closes_at,
       a.scheme, a.disability
  FROM board_seat e JOIN board_sitting s ON s.id = e.sitting_id
  JOIN board_application a ON a.sitting_id = s.id
 WHERE s.state IN ('prereview_open','prereview_closed','in_session','suspended','closed','minutes_approved')
   AND a.state NOT IN ('withdrawn','deceased');
