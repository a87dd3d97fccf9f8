-- The facts of the summary: corrections by new rows, three states, whereabouts
-- and care level with their times. Every statement may run again.
--
-- A fact's content is never updated. `replaces` names the row that a
-- correction takes the place of (one correction a row: the second is a
-- conflict); the old one gets `ended_at`, by whom and why, and stays.
ALTER TABLE care_allergy
	ADD COLUMN IF NOT EXISTS category ENUM('medication','food','latex','other') NULL AFTER reaction,
	ADD COLUMN IF NOT EXISTS criticality ENUM('low','high','unknown') NULL AFTER category,
	ADD COLUMN IF NOT EXISTS confirmed_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS confirmed_profession CHAR(3) NULL,
	ADD COLUMN IF NOT EXISTS ended_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN IF NOT EXISTS ended_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS end_reason ENUM('replaced','ended','mistake') NULL,
	ADD COLUMN IF NOT EXISTS replaces BIGINT NULL,
	ADD UNIQUE KEY IF NOT EXISTS replaces (replaces);
ALTER TABLE care_health_condition
	ADD COLUMN IF NOT EXISTS past TINYINT NOT NULL DEFAULT 0 COMMENT '既往' AFTER since,
	ADD COLUMN IF NOT EXISTS facility VARCHAR(80) NULL COMMENT 'where it is treated' AFTER past,
	ADD COLUMN IF NOT EXISTS confirmed_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS confirmed_profession CHAR(3) NULL,
	ADD COLUMN IF NOT EXISTS ended_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN IF NOT EXISTS ended_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS end_reason ENUM('replaced','ended','mistake') NULL,
	ADD COLUMN IF NOT EXISTS replaces BIGINT NULL,
	ADD UNIQUE KEY IF NOT EXISTS replaces (replaces);
ALTER TABLE care_medication
	ADD COLUMN IF NOT EXISTS prescriber VARCHAR(120) NULL COMMENT 'institution, as the prescription names it' AFTER dosage,
	ADD COLUMN IF NOT EXISTS dispensed_on DATE NULL AFTER prescriber,
	ADD COLUMN IF NOT EXISTS code VARCHAR(20) NULL COMMENT 'of the kind code_kind' AFTER dispensed_on,
	ADD COLUMN IF NOT EXISTS code_kind ENUM('receipt','mhlw','yj','hot') NULL AFTER code,
	ADD COLUMN IF NOT EXISTS confirmed_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS confirmed_profession CHAR(3) NULL,
	ADD COLUMN IF NOT EXISTS ended_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN IF NOT EXISTS ended_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS end_reason ENUM('replaced','ended','mistake') NULL,
	ADD COLUMN IF NOT EXISTS replaces BIGINT NULL,
	ADD UNIQUE KEY IF NOT EXISTS replaces (replaces);
ALTER TABLE care_equipment
	ADD COLUMN IF NOT EXISTS settings VARCHAR(120) NULL COMMENT 'such as 2 L/min' AFTER battery_hours,
	ADD COLUMN IF NOT EXISTS supplier VARCHAR(80) NULL AFTER settings,
	ADD COLUMN IF NOT EXISTS supplier_phone VARCHAR(20) NULL AFTER supplier,
	ADD COLUMN IF NOT EXISTS confirmed_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS confirmed_profession CHAR(3) NULL,
	ADD COLUMN IF NOT EXISTS ended_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN IF NOT EXISTS ended_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS end_reason ENUM('replaced','ended','mistake') NULL,
	ADD COLUMN IF NOT EXISTS replaces BIGINT NULL,
	ADD UNIQUE KEY IF NOT EXISTS replaces (replaces);
ALTER TABLE care_advance_directive
	ADD COLUMN IF NOT EXISTS place VARCHAR(120) NULL COMMENT 'where the original is kept' AFTER stated_on,
	ADD COLUMN IF NOT EXISTS resuscitation ENUM('wanted','not_wanted','undecided') NULL AFTER place,
	ADD COLUMN IF NOT EXISTS review_on DATE NULL COMMENT 'when to talk again' AFTER resuscitation,
	ADD COLUMN IF NOT EXISTS confirmed_at DATETIME(3) NULL,
	ADD COLUMN IF NOT EXISTS confirmed_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN IF NOT EXISTS confirmed_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS confirmed_profession CHAR(3) NULL,
	ADD COLUMN IF NOT EXISTS ended_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN IF NOT EXISTS ended_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS end_reason ENUM('replaced','ended','mistake') NULL,
	ADD COLUMN IF NOT EXISTS replaces BIGINT NULL,
	ADD UNIQUE KEY IF NOT EXISTS replaces (replaces);
ALTER TABLE care_emergency_contact
	ADD COLUMN IF NOT EXISTS lives_with TINYINT NOT NULL DEFAULT 0 COMMENT '同居' AFTER key_person,
	ADD COLUMN IF NOT EXISTS confirmed_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS confirmed_profession CHAR(3) NULL,
	ADD COLUMN IF NOT EXISTS ended_at DATETIME(3) NULL,
	ADD COLUMN IF NOT EXISTS ended_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN IF NOT EXISTS ended_name VARCHAR(81) NULL,
	ADD COLUMN IF NOT EXISTS end_reason ENUM('replaced','ended','mistake') NULL,
	ADD COLUMN IF NOT EXISTS replaces BIGINT NULL,
	ADD UNIQUE KEY IF NOT EXISTS replaces (replaces);

-- The directory of offices, which each corrects itself.
ALTER TABLE care_office
	ADD COLUMN IF NOT EXISTS fax VARCHAR(20) NULL AFTER phone,
	ADD COLUMN IF NOT EXISTS hours VARCHAR(120) NULL,
	ADD COLUMN IF NOT EXISTS services VARCHAR(400) NULL COMMENT 'what it offers, where, to whom',
	ADD COLUMN IF NOT EXISTS corrected_at DATETIME(3) NULL COMMENT 'by itself',
	ADD COLUMN IF NOT EXISTS corrected_name VARCHAR(81) NULL;

-- What is asked of every patient, one row each time somebody asked or
-- confirmed: a value of the care summary, or (value NULL) a whole section such
-- as `allergies`. The greatest id of a field counts; no row is "not asked".
-- `replaces` is the row that the writer saw, 0 for none: two who correct the
-- same one at once are a duplicate key.
CREATE TABLE IF NOT EXISTS care_field (
	patient_id BIGINT NOT NULL,
	field VARCHAR(24) NOT NULL COMMENT 'allergies … mobility …: modules/record/field.h',
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	state ENUM('not_asked','none','present') NOT NULL,
	value VARCHAR(400) NULL,
	replaces BIGINT NOT NULL DEFAULT 0,
	confirmed_at DATETIME(3) NOT NULL,
	confirmed_by BIGINT NOT NULL,
	confirmed_name VARCHAR(81) NOT NULL,
	confirmed_profession CHAR(3) NOT NULL,
	PRIMARY KEY (patient_id, field, id),
	UNIQUE KEY (ref), UNIQUE KEY (patient_id, field, replaces), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Where the patient is, each change a row; the greatest id counts. The
-- patient's own row repeats it for the identity strip, by the trigger below.
CREATE TABLE IF NOT EXISTS care_whereabouts (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	whereabouts ENUM('home','hospital','short_stay','facility','moved','deceased') NOT NULL,
	since_on DATE NOT NULL,
	place VARCHAR(80) NULL COMMENT 'name of hospital or facility',
	note VARCHAR(200) NULL,
	confirmed_at DATETIME(3) NOT NULL,
	confirmed_by BIGINT NOT NULL,
	confirmed_name VARCHAR(81) NOT NULL,
	confirmed_profession CHAR(3) NOT NULL,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- 要介護認定: level and validity as the insurer's notice has them; the greatest
-- id counts.
CREATE TABLE IF NOT EXISTS care_level (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	care_level VARCHAR(12) NOT NULL COMMENT 'none support1-2 care1-5',
	valid_from DATE NULL,
	valid_to DATE NULL COMMENT 'last day',
	confirmed_at DATETIME(3) NOT NULL,
	confirmed_by BIGINT NOT NULL,
	confirmed_name VARCHAR(81) NOT NULL,
	confirmed_profession CHAR(3) NOT NULL,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id), KEY (valid_to),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE OR REPLACE TRIGGER care_whereabouts_added AFTER INSERT ON care_whereabouts FOR EACH ROW
UPDATE care_patient SET whereabouts = NEW.whereabouts, whereabouts_since = NEW.since_on
 WHERE id = NEW.patient_id;
CREATE OR REPLACE TRIGGER care_level_added AFTER INSERT ON care_level FOR EACH ROW
UPDATE care_patient SET care_level = NEW.care_level WHERE id = NEW.patient_id;

-- The strip tells "asked, and there is none" from "nobody has asked": `none`
-- for the one, NULL for the other.
CREATE OR REPLACE TRIGGER care_allergy_added AFTER INSERT ON care_allergy FOR EACH ROW
UPDATE care_patient SET strip_allergies =
	(SELECT LEFT(GROUP_CONCAT(substance ORDER BY id SEPARATOR '、'), 1000) FROM care_allergy WHERE patient_id = NEW.patient_id AND ended_at IS NULL)
 WHERE id = NEW.patient_id;
CREATE OR REPLACE TRIGGER care_allergy_changed AFTER UPDATE ON care_allergy FOR EACH ROW
UPDATE care_patient SET strip_allergies =
	(SELECT LEFT(GROUP_CONCAT(substance ORDER BY id SEPARATOR '、'), 1000) FROM care_allergy WHERE patient_id = NEW.patient_id AND ended_at IS NULL)
 WHERE id = NEW.patient_id;
CREATE OR REPLACE TRIGGER care_field_added AFTER INSERT ON care_field FOR EACH ROW
UPDATE care_patient SET strip_allergies = COALESCE(
	(SELECT LEFT(GROUP_CONCAT(substance ORDER BY id SEPARATOR '、'), 1000) FROM care_allergy WHERE patient_id = NEW.patient_id AND ended_at IS NULL),
	IF(NEW.state = 'none', 'none', NULL))
 WHERE id = NEW.patient_id AND NEW.field = 'allergies';
