-- Look-up by ambulance crews: what finds a patient, who opened whom, and what came
-- of it. Every statement may run again.

-- ---- what finds a patient: made of care_patient and her contacts, folded by the
-- program (modules/emergency/sound.h, place.h), a few seconds after they change ----

-- Whose keys are to be made anew. Filled by the triggers below: no program can
-- forget it.
CREATE TABLE IF NOT EXISTS emergency_due (
	patient_id BIGINT NOT NULL,
	since DATETIME(3) NOT NULL,
	PRIMARY KEY (patient_id), KEY (since)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS emergency_name (
	patient_id BIGINT NOT NULL,
	network_id BIGINT NOT NULL,
	family_sound VARCHAR(60) NOT NULL,
	sound VARCHAR(120) NOT NULL COMMENT 'of family and given name',
	birth_date DATE NOT NULL,
	written VARCHAR(80) NOT NULL,
	PRIMARY KEY (patient_id),
	KEY by_family (network_id, family_sound, birth_date),
	KEY by_sound (network_id, sound, birth_date),
	KEY by_written (network_id, written, birth_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Any number that is hers or that of somebody to call for her.
CREATE TABLE IF NOT EXISTS emergency_phone (
	network_id BIGINT NOT NULL,
	phone VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '+81…',
	patient_id BIGINT NOT NULL,
	PRIMARY KEY (network_id, phone, patient_id), KEY (patient_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Where she lives, and where she lived: callers say the old one.
CREATE TABLE IF NOT EXISTS emergency_address (
	network_id BIGINT NOT NULL,
	area VARCHAR(80) NOT NULL COMMENT 'of the municipality, without its number',
	numbers VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '1-4-203',
	patient_id BIGINT NOT NULL,
	lives_there TINYINT NOT NULL DEFAULT 1 COMMENT '0: no more',
	PRIMARY KEY (network_id, area, numbers, patient_id), KEY (patient_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- ---- who opened whom, why, and what was thought of it ----

CREATE TABLE IF NOT EXISTS emergency_opening (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	profession CHAR(3) NOT NULL,
	office_id BIGINT NOT NULL,
	office_name VARCHAR(80) NOT NULL,
	basis ENUM('consent','break_glass') NOT NULL COMMENT 'agreed to beforehand, or without',
	reason ENUM('unconscious','consent_oral','family_consent','dispatch_preinfo','disaster','other') NULL,
	reason_text VARCHAR(200) NULL,
	dispatch_number VARCHAR(20) NULL COMMENT 'may follow',
	opened_at DATETIME(3) NOT NULL,
	until DATETIME(3) NOT NULL COMMENT 'shut at this instant',
	extended_at DATETIME(3) NULL COMMENT 'once',
	ended_at DATETIME(3) NULL COMMENT 'before its time, by the crew',
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id), KEY by_user (user_id, until), KEY by_network (network_id, opened_at),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The privacy officer's word on an opening without consent; the newest counts.
CREATE TABLE IF NOT EXISTS emergency_review (
	patient_id BIGINT NOT NULL,
	opening_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	verdict ENUM('justified','unjustified','needs_info') NOT NULL,
	note VARCHAR(400) NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (patient_id, opening_id, id), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who was called, and whether anybody answered: the next crew calls her first.
CREATE TABLE IF NOT EXISTS emergency_call (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	opening_id BIGINT NOT NULL,
	callee BINARY(16) NOT NULL COMMENT 'ref of the contact or the office',
	result ENUM('answered','no_answer') NOT NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (patient_id, id), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What the crew tells the team.
CREATE TABLE IF NOT EXISTS emergency_report (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	opening_id BIGINT NOT NULL,
	kind ENUM('called','on_scene','departed','arrived','family_arrived','not_transported','closed') NOT NULL,
	hospital VARCHAR(80) NULL,
	note VARCHAR(200) NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (patient_id, id), UNIQUE KEY (ref), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What the team answers: "anything they must know?"
CREATE TABLE IF NOT EXISTS emergency_answer (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	opening_id BIGINT NOT NULL,
	body VARCHAR(400) NOT NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	profession CHAR(3) NOT NULL,
	office_name VARCHAR(80) NOT NULL,
	PRIMARY KEY (patient_id, id), UNIQUE KEY (ref), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

DELIMITER //
CREATE OR REPLACE TRIGGER emergency_patient_added AFTER INSERT ON care_patient FOR EACH ROW
INSERT INTO emergency_due VALUES (NEW.id, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE since = since//

-- Every allergy changes the strip on the patient's row: only what is searched by counts.
CREATE OR REPLACE TRIGGER emergency_patient_changed AFTER UPDATE ON care_patient FOR EACH ROW
IF NOT (NEW.family <=> OLD.family AND NEW.given <=> OLD.given AND NEW.kana_family <=> OLD.kana_family
    AND NEW.kana_given <=> OLD.kana_given AND NEW.birth_date <=> OLD.birth_date
    AND NEW.address <=> OLD.address AND NEW.phone <=> OLD.phone AND NEW.network_id <=> OLD.network_id) THEN
	INSERT INTO emergency_due VALUES (NEW.id, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE since = since;
END IF//

CREATE OR REPLACE TRIGGER emergency_contact_added AFTER INSERT ON care_emergency_contact FOR EACH ROW
INSERT INTO emergency_due VALUES (NEW.patient_id, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE since = since//

CREATE OR REPLACE TRIGGER emergency_contact_changed AFTER UPDATE ON care_emergency_contact FOR EACH ROW
IF NOT (NEW.phone <=> OLD.phone AND NEW.ended_at <=> OLD.ended_at) THEN
	INSERT INTO emergency_due VALUES (NEW.patient_id, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE since = since;
END IF//
DELIMITER ;

INSERT IGNORE INTO emergency_due SELECT id, UTC_TIMESTAMP(3) FROM care_patient;

INSERT IGNORE INTO care_module (module, place, path, label, position, roles) VALUES
	('emergency', 'main', '/emergency', '救急', 5, 'crew,dispatcher'),
	('emergency_review', 'main', '/emergency/reviews', '救急の点検', 70, 'privacy_officer'),
	('emergency', 'patient', '/emergency/{patient}/openings', '救急', 40, NULL);
