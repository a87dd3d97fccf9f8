-- Copies of what is known of a patient, and whose copy is to be made anew. A program
-- that keeps such a copy (a follower) gets a row here, and then a row in
-- care_followed for each patient of whom something changes; written by triggers, in
-- the transaction of the change, so that no program can forget it and no change is
-- lost. Where nobody follows it costs the reading of an empty table.

CREATE TABLE IF NOT EXISTS care_follower (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	module VARCHAR(32) NOT NULL,
	meetings BIGINT NOT NULL COMMENT 'after a restore it is less than the follower knows',
	seen_at DATETIME(3) NOT NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- `subject_id` is the patient; it may name one who has just been deleted, so that her
-- copies go, too. The follower takes the row away if `n` is what it was before it read.
CREATE TABLE IF NOT EXISTS care_followed (
	follower_id BIGINT NOT NULL,
	subject_id BIGINT NOT NULL,
	n INT NOT NULL DEFAULT 1,
	PRIMARY KEY (follower_id, subject_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

DELIMITER //

CREATE OR REPLACE PROCEDURE care_follow(IN patient BIGINT)
	COMMENT 'something of this patient has changed'
	INSERT INTO care_followed (follower_id, subject_id)
	SELECT id, patient FROM care_follower
	    ON DUPLICATE KEY UPDATE n = n + 1//

-- Of offices and people who are of a team, all of that team's patients.
CREATE OR REPLACE PROCEDURE care_follow_office(IN office BIGINT)
	INSERT INTO care_followed (follower_id, subject_id)
	SELECT DISTINCT f.id, t.patient_id FROM care_team_now t JOIN care_follower f WHERE t.office_id = office
	    ON DUPLICATE KEY UPDATE n = n + 1//

CREATE OR REPLACE PROCEDURE care_follow_staff(IN office BIGINT, IN person BIGINT)
	INSERT INTO care_followed (follower_id, subject_id)
	SELECT f.id, t.patient_id FROM care_team_now t JOIN care_follower f WHERE t.office_id = office AND t.user_id = person
	    ON DUPLICATE KEY UPDATE n = n + 1//

CREATE OR REPLACE TRIGGER care_patient_follow_added AFTER INSERT ON care_patient FOR EACH ROW CALL care_follow(NEW.id)//
CREATE OR REPLACE TRIGGER care_patient_follow_gone AFTER DELETE ON care_patient FOR EACH ROW CALL care_follow(OLD.id)//
CREATE OR REPLACE TRIGGER care_patient_follow_changed AFTER UPDATE ON care_patient FOR EACH ROW
IF NOT (NEW.family <=> OLD.family AND NEW.given <=> OLD.given AND NEW.kana_family <=> OLD.kana_family
    AND NEW.kana_given <=> OLD.kana_given AND NEW.sex <=> OLD.sex AND NEW.birth_date <=> OLD.birth_date
    AND NEW.address <=> OLD.address AND NEW.phone <=> OLD.phone AND NEW.network_id <=> OLD.network_id
    AND NEW.care_level <=> OLD.care_level AND NEW.lives_alone <=> OLD.lives_alone AND NEW.whereabouts <=> OLD.whereabouts
    AND NEW.insurer_number <=> OLD.insurer_number AND NEW.insured_number <=> OLD.insured_number) THEN
	CALL care_follow(NEW.id);
END IF//

CREATE OR REPLACE TRIGGER care_team_now_follow_added AFTER INSERT ON care_team_now FOR EACH ROW CALL care_follow(NEW.patient_id)//
CREATE OR REPLACE TRIGGER care_team_now_follow_gone AFTER DELETE ON care_team_now FOR EACH ROW CALL care_follow(OLD.patient_id)//
CREATE OR REPLACE TRIGGER care_consent_now_follow_added AFTER INSERT ON care_consent_now FOR EACH ROW CALL care_follow(NEW.patient_id)//
CREATE OR REPLACE TRIGGER care_consent_now_follow_gone AFTER DELETE ON care_consent_now FOR EACH ROW CALL care_follow(OLD.patient_id)//

CREATE OR REPLACE TRIGGER care_office_follow AFTER UPDATE ON care_office FOR EACH ROW
IF NOT (NEW.name <=> OLD.name AND NEW.phone <=> OLD.phone AND NEW.hours <=> OLD.hours) THEN
	CALL care_follow_office(NEW.id);
END IF//
CREATE OR REPLACE TRIGGER care_staff_follow AFTER UPDATE ON care_staff FOR EACH ROW
IF NOT (NEW.on_duty <=> OLD.on_duty AND NEW.profession <=> OLD.profession) THEN
	CALL care_follow_staff(NEW.office_id, NEW.user_id);
END IF//
DELIMITER ;
