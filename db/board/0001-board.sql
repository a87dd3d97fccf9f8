-- The review board (介護認定審査会): members and panels, sittings, applications, what
-- members propose, what was decided. Words: glossary in the README. States go on only
-- as board_sitting_step and board_application_step say, whoever asks.

-- A town's own numbers; a network without a row has the defaults.
CREATE TABLE board_setting (
	network_id BIGINT NOT NULL,
	notice_days TINYINT NOT NULL DEFAULT 7 COMMENT 'convocation before the sitting, its day excluded',
	reveal_days TINYINT NOT NULL DEFAULT 2 COMMENT 'the pre-review closes so long before',
	purge_hours SMALLINT NOT NULL DEFAULT 24 COMMENT 'members'' copies go so long after the close',
	longest_months TINYINT NOT NULL DEFAULT 48,
	slight_simplified TINYINT NOT NULL DEFAULT 1 COMMENT 'short way for 要支援2 and 要介護1, too',
	hard_to_find TINYINT NOT NULL DEFAULT 0 COMMENT 'panels of fewer than five (施行令9条3項)',
	PRIMARY KEY (network_id),
	FOREIGN KEY (network_id) REFERENCES care_network (id),
	CHECK (reveal_days BETWEEN 0 AND 14), CHECK (purge_hours BETWEEN 0 AND 72),
	CHECK (longest_months BETWEEN 3 AND 48), CHECK (notice_days BETWEEN 0 AND 30)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE board_member (
	user_id BIGINT NOT NULL,
	network_id BIGINT NOT NULL,
	field ENUM('health','medicine','welfare') NOT NULL COMMENT '保健 医療 福祉',
	term_from DATE NOT NULL, term_to DATE NOT NULL COMMENT 'acts until the successor',
	office_id BIGINT NOT NULL DEFAULT 0 COMMENT 'where she works: conflicts are found by it',
	PRIMARY KEY (user_id),
	KEY (network_id),
	FOREIGN KEY (user_id) REFERENCES care_user (id),
	CHECK (term_to > term_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE board_panel (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	name VARCHAR(40) NOT NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), UNIQUE KEY (network_id, name),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE board_panel_member (
	panel_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	post ENUM('chair','deputy','member') NOT NULL DEFAULT 'member',
	joined_on DATE NOT NULL,
	PRIMARY KEY (panel_id, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE board_sitting (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	panel_id BIGINT NOT NULL,
	number INT NOT NULL COMMENT '第41回',
	begins_at DATETIME(3) NOT NULL,
	closes_at DATETIME(3) NOT NULL COMMENT 'of the pre-review: then the aggregate is seen',
	place VARCHAR(80) NOT NULL,
	state ENUM('draft','notice_sent','prereview_open','prereview_closed','in_session','suspended',
	    'closed','minutes_approved','purged','cancelled') NOT NULL DEFAULT 'draft',
	closed_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), UNIQUE KEY (network_id, number),
	KEY by_time (network_id, begins_at), KEY by_state (state, closes_at),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who sits: the panel as it was when the sitting was made, and substitutes.
CREATE TABLE board_seat (
	sitting_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	letter CHAR(1) NOT NULL COMMENT 'how the member is called on the screen',
	field ENUM('health','medicine','welfare') NOT NULL,
	post ENUM('chair','deputy','member') NOT NULL,
	substitute TINYINT NOT NULL DEFAULT 0,
	answer ENUM('yes','no') NULL,
	answered_at DATETIME(3) NULL,
	attended TINYINT NOT NULL DEFAULT 0,
	presides TINYINT NOT NULL DEFAULT 0 COMMENT 'as chair or in the chair''s place',
	PRIMARY KEY (sitting_id, user_id), UNIQUE KEY (sitting_id, letter), KEY (user_id, sitting_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Nothing here says whose it is: that is board_person, which no statement of a member's
-- page and none of the sitting's screen names.
CREATE TABLE board_application (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	sitting_id BIGINT NULL,
	serial_number INT NULL COMMENT 'within the sitting',
	state ENUM('registered','papers_ready','assigned','prereview','tabled','decided','carried_over',
	    're_survey','re_opinion','withdrawn','deceased','notified') NOT NULL DEFAULT 'registered',
	kind ENUM('new','change','renewal') NOT NULL,
	insured_class ENUM('first','second','welfare') NOT NULL COMMENT '第1号 第2号 みなし2号',
	disease VARCHAR(60) NULL COMMENT '特定疾病 of the second class',
	sex ENUM('female','male') NOT NULL,
	age SMALLINT NOT NULL,
	applied_on DATE NOT NULL,
	previous_level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5') NULL,
	previous_months TINYINT NULL,
	previous_to DATE NULL,
	survey_note TEXT NULL COMMENT '特記事項',
	physician_opinion TEXT NULL COMMENT '主治医意見書',
	checked_at DATETIME(3) NULL COMMENT 'that nothing in the papers names anybody',
	checked_by BIGINT NOT NULL DEFAULT 0,
	simplified TINYINT NOT NULL DEFAULT 0,
	PRIMARY KEY (id), UNIQUE KEY (ref), UNIQUE KEY (sitting_id, serial_number),
	KEY by_state (network_id, state, applied_on),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The serial-to-person map.
CREATE TABLE board_person (
	application_id BIGINT NOT NULL,
	network_id BIGINT NOT NULL,
	insurer_number CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	insured_number CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	family VARCHAR(40) NOT NULL, given VARCHAR(40) NOT NULL,
	kana VARCHAR(120) NOT NULL,
	birth_date DATE NOT NULL,
	address VARCHAR(200) NULL,
	phone VARCHAR(20) NULL,
	facility VARCHAR(80) NULL COMMENT 'where she lives or stays',
	surveyor VARCHAR(80) NULL,
	physician VARCHAR(80) NULL,
	applied_on DATE NOT NULL,
	PRIMARY KEY (application_id),
	UNIQUE KEY once (network_id, insurer_number, insured_number, applied_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What the insurer's software says. A corrected answer is a new row of a new run.
CREATE TABLE board_first_stage (
	application_id BIGINT NOT NULL,
	number TINYINT NOT NULL,
	level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5') NOT NULL,
	tenths SMALLINT NOT NULL COMMENT '基準時間 in tenths of a minute',
	parts VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'the eight, in tenths, joined by a blank',
	answers VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT '74 items, a digit each',
	stability ENUM('stable','unstable') NULL,
	probability TINYINT NULL COMMENT 'of 認知症自立度Ⅱ以上, per cent',
	physical CHAR(2) NULL COMMENT '障害高齢者の日常生活自立度, 1 to 9',
	cognitive_survey CHAR(1) NULL COMMENT '認知症高齢者の…, 1 to 8, as surveyed',
	cognitive_opinion CHAR(1) NULL COMMENT 'as the physician writes',
	reason VARCHAR(200) NULL COMMENT 'of a further run',
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	PRIMARY KEY (application_id, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Half a proposal is kept too. Read through the two views below and not from here.
CREATE TABLE board_proposal (
	application_id BIGINT NOT NULL,
	sitting_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5') NULL,
	months TINYINT NULL,
	state_image ENUM('cognitive_decline','unstable') NULL,
	comment VARCHAR(400) NULL,
	done TINYINT NOT NULL DEFAULT 0,
	saved_at DATETIME(3) NOT NULL,
	PRIMARY KEY (application_id, sitting_id, user_id),
	KEY by_member (sitting_id, user_id, done),
	CHECK (done = 0 OR (level IS NOT NULL AND (months IS NOT NULL OR level = 'not_eligible')))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Reading counts as activity.
CREATE TABLE board_reading (
	application_id BIGINT NOT NULL,
	sitting_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	first_at DATETIME(3) NOT NULL,
	last_at DATETIME(3) NOT NULL,
	PRIMARY KEY (application_id, sitting_id, user_id), KEY by_member (sitting_id, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who may not vote on what. Members see that, and never why.
CREATE TABLE board_recusal (
	application_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	reason ENUM('service','facility','attending_physician','surveyor','relative','declared','chair_order') NOT NULL,
	at DATETIME(3) NOT NULL,
	by_user BIGINT NOT NULL COMMENT '0: found by itself',
	PRIMARY KEY (application_id, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The five steps of a review, in order.
CREATE TABLE board_step (
	application_id BIGINT NOT NULL,
	sitting_id BIGINT NOT NULL,
	step TINYINT NOT NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	PRIMARY KEY (application_id, sitting_id, step),
	CHECK (step BETWEEN 1 AND 5)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE board_ballot (
	application_id BIGINT NOT NULL,
	sitting_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5') NOT NULL,
	PRIMARY KEY (application_id, sitting_id, user_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Never changed, never taken away.
CREATE TABLE board_decision (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	application_id BIGINT NOT NULL,
	sitting_id BIGINT NOT NULL,
	outcome ENUM('decided','rejected_disease','carried_over','re_survey','re_opinion','withdrawn','deceased') NOT NULL,
	level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5') NULL,
	first_level ENUM('not_eligible','support1','support2','care1','care2','care3','care4','care5') NULL,
	months TINYINT NULL,
	valid_from DATE NULL, valid_to DATE NULL,
	state_image ENUM('cognitive_decline','unstable') NULL,
	reason VARCHAR(400) NULL COMMENT 'care effort, from note or opinion, where the level is not the first stage''s',
	item TINYINT NULL COMMENT 'the survey item that it stands on',
	board_opinion VARCHAR(400) NULL COMMENT '27条5項',
	manner ENUM('agreement','majority','chair') NULL,
	ayes TINYINT NULL, voters TINYINT NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY (application_id, id), KEY (sitting_id),
	CHECK (outcome <> 'decided' OR level IS NOT NULL),
	CHECK (level IS NULL OR level = 'not_eligible' OR (months IS NOT NULL AND valid_from IS NOT NULL AND valid_to > valid_from))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- 延期通知: within the thirty days, with the time expected and the reason.
CREATE TABLE board_delay_letter (
	application_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	expected_on DATE NOT NULL,
	reason VARCHAR(200) NOT NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	PRIMARY KEY (application_id, id), KEY (id), UNIQUE KEY (ref)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- That members' copies went, when, and how many.
CREATE TABLE board_purge (
	sitting_id BIGINT NOT NULL,
	at DATETIME(3) NOT NULL,
	proposals INT NOT NULL, readings INT NOT NULL, ballots INT NOT NULL,
	PRIMARY KEY (sitting_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How an insurer's export is read: the heading of each field's column.
CREATE TABLE board_column (
	network_id BIGINT NOT NULL,
	field VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	heading VARCHAR(60) NOT NULL,
	PRIMARY KEY (network_id, field),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Each export as it came; its bytes are kept.
CREATE TABLE board_import (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	file_id BIGINT NOT NULL,
	taken INT NOT NULL, known INT NOT NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY (network_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- ---- how states go on; modules/board/states.c has the same pairs ----

CREATE TABLE board_sitting_step (
	from_state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	to_state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	PRIMARY KEY (from_state, to_state)
) ENGINE=InnoDB;
INSERT INTO board_sitting_step VALUES
	('draft','notice_sent'), ('draft','cancelled'),
	('notice_sent','prereview_open'), ('notice_sent','cancelled'),
	('prereview_open','prereview_closed'), ('prereview_closed','in_session'),
	('in_session','suspended'), ('suspended','in_session'), ('in_session','closed'),
	('closed','minutes_approved'), ('minutes_approved','purged');

CREATE TABLE board_application_step (
	from_state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	to_state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	PRIMARY KEY (from_state, to_state)
) ENGINE=InnoDB;
INSERT INTO board_application_step VALUES
	('registered','papers_ready'), ('papers_ready','registered'),
	('papers_ready','assigned'), ('assigned','papers_ready'),
	('assigned','prereview'), ('prereview','tabled'),
	('tabled','decided'), ('tabled','carried_over'), ('tabled','re_survey'), ('tabled','re_opinion'),
	('carried_over','assigned'), ('re_survey','papers_ready'), ('re_opinion','papers_ready'),
	('registered','withdrawn'), ('papers_ready','withdrawn'), ('assigned','withdrawn'), ('prereview','withdrawn'),
	('tabled','withdrawn'), ('carried_over','withdrawn'), ('re_survey','withdrawn'), ('re_opinion','withdrawn'),
	('registered','deceased'), ('papers_ready','deceased'), ('assigned','deceased'), ('prereview','deceased'),
	('tabled','deceased'), ('carried_over','deceased'), ('re_survey','deceased'), ('re_opinion','deceased'),
	('decided','notified'), ('withdrawn','notified'), ('deceased','notified');

DELIMITER //
CREATE TRIGGER board_sitting_goes BEFORE UPDATE ON board_sitting FOR EACH ROW
BEGIN
	IF NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM board_sitting_step
	    WHERE from_state = OLD.state AND to_state = NEW.state) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a sitting does not go on so';
	END IF;
END//
CREATE TRIGGER board_application_goes BEFORE UPDATE ON board_application FOR EACH ROW
BEGIN
	IF NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM board_application_step
	    WHERE from_state = OLD.state AND to_state = NEW.state) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an application does not go on so';
	END IF;
	IF NEW.state IN ('papers_ready','assigned','prereview') AND NEW.checked_at IS NULL THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'nobody has checked whom its papers name';
	END IF;
END//
-- Programs begin at the beginning.
CREATE TRIGGER board_sitting_begins BEFORE INSERT ON board_sitting FOR EACH ROW
BEGIN
	IF NEW.state <> 'draft' AND USER() LIKE 'tomozuna\_%' THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a sitting begins as a draft';
	END IF;
END//
CREATE TRIGGER board_application_begins BEFORE INSERT ON board_application FOR EACH ROW
BEGIN
	IF NEW.state <> 'registered' AND USER() LIKE 'tomozuna\_%' THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an application begins registered';
	END IF;
END//
CREATE TRIGGER board_decision_stays BEFORE UPDATE ON board_decision FOR EACH ROW
	SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a decision stays as it is'//
CREATE TRIGGER board_decision_is_kept BEFORE DELETE ON board_decision FOR EACH ROW
BEGIN
	IF USER() LIKE 'tomozuna\_%' THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a decision stays';
	END IF;
END//
-- Steps come in their order.
CREATE TRIGGER board_step_follows BEFORE INSERT ON board_step FOR EACH ROW
BEGIN
	IF NEW.step > 1 AND NOT EXISTS (SELECT 1 FROM board_step s WHERE s.application_id = NEW.application_id
	    AND s.sitting_id = NEW.sitting_id AND s.step = NEW.step - 1) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the step before has not been taken';
	END IF;
END//
-- Nobody proposes after the close, nor changes what she proposed.
CREATE TRIGGER board_proposal_in_time BEFORE INSERT ON board_proposal FOR EACH ROW
BEGIN
	IF USER() LIKE 'tomozuna\_%' AND NOT EXISTS (SELECT 1 FROM board_sitting s WHERE s.id = NEW.sitting_id
	    AND s.state = 'prereview_open' AND s.closes_at > UTC_TIMESTAMP(3)) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the pre-review is closed';
	END IF;
END//
CREATE TRIGGER board_proposal_stays BEFORE UPDATE ON board_proposal FOR EACH ROW
BEGIN
	IF USER() LIKE 'tomozuna\_%' AND NOT EXISTS (SELECT 1 FROM board_sitting s WHERE s.id = NEW.sitting_id
	    AND s.state = 'prereview_open' AND s.closes_at > UTC_TIMESTAMP(3)) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the pre-review is closed';
	END IF;
END//
DELIMITER ;

-- ---- what may be read ----

-- What a member has before her: applications of a sitting in which she has a seat, from
-- the opening of the pre-review until the purge; nothing that says whose.
CREATE VIEW board_seen AS
SELECT e.user_id AS viewer_id, a.id, a.ref, a.sitting_id, a.serial_number, a.state, a.kind, a.insured_class,
       a.disease, a.sex, a.age, a.applied_on, a.previous_level, a.previous_months, a.previous_to,
       a.survey_note, a.physician_opinion, a.simplified, s.ref AS sitting, s.state AS sitting_state, s.closes_at
  FROM board_seat e JOIN board_sitting s ON s.id = e.sitting_id
  JOIN board_application a ON a.sitting_id = s.id
 WHERE s.state IN ('prereview_open','prereview_closed','in_session','suspended','closed','minutes_approved')
   AND a.state NOT IN ('withdrawn','deceased');

-- One's own; every statement that reads it takes the viewer.
CREATE VIEW board_own_proposal AS
SELECT application_id, sitting_id, user_id, level, months, state_image, comment, done, saved_at FROM board_proposal;

-- Everybody's, when the pre-review is over, of those who may vote.
CREATE VIEW board_shown_proposal AS
SELECT p.application_id, p.sitting_id, p.user_id, e.letter, e.field, p.level, p.months, p.state_image, p.comment
  FROM board_proposal p JOIN board_sitting s ON s.id = p.sitting_id
  JOIN board_seat e ON e.sitting_id = p.sitting_id AND e.user_id = p.user_id
 WHERE p.done AND s.state IN ('prereview_closed','in_session','suspended','closed','minutes_approved')
   AND NOT EXISTS (SELECT 1 FROM board_recusal r WHERE r.application_id = p.application_id AND r.user_id = p.user_id);

-- Who has got how far, and never with what.
CREATE VIEW board_progress AS
SELECT e.sitting_id, e.user_id,
       (SELECT COUNT(*) FROM board_proposal p WHERE p.sitting_id = e.sitting_id AND p.user_id = e.user_id AND p.done) AS proposed,
       (SELECT COUNT(*) FROM board_proposal p WHERE p.sitting_id = e.sitting_id AND p.user_id = e.user_id AND NOT p.done) AS begun,
       (SELECT COUNT(*) FROM board_reading g WHERE g.sitting_id = e.sitting_id AND g.user_id = e.user_id) AS opened,
       GREATEST(COALESCE((SELECT MAX(g.last_at) FROM board_reading g WHERE g.sitting_id = e.sitting_id AND g.user_id = e.user_id), '1970-01-01'),
           COALESCE((SELECT MAX(p.saved_at) FROM board_proposal p WHERE p.sitting_id = e.sitting_id AND p.user_id = e.user_id), '1970-01-01')) AS active_at
  FROM board_seat e;

-- The newest run of the insurer's software.
CREATE VIEW board_first_stage_now AS
SELECT f.* FROM board_first_stage f
 WHERE f.number = (SELECT MAX(n.number) FROM board_first_stage n WHERE n.application_id = f.application_id);

INSERT INTO care_module (module, place, path, label, position, roles) VALUES
	('board', 'main', '/board/sittings', '審査会', 6, 'board_member,secretary');
