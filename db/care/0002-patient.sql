-- The patient, the team, consent, and the facts of the summary.

CREATE TABLE care_patient (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	family VARCHAR(40) NOT NULL, given VARCHAR(40) NOT NULL,
	kana_family VARCHAR(60) NOT NULL, kana_given VARCHAR(60) NOT NULL,
	kana_folded VARCHAR(120) NOT NULL COMMENT 'kana_fold() of both, for search',
	sex ENUM('female','male','other','unknown') NOT NULL COMMENT 'FHIR administrative-gender',
	birth_date DATE NOT NULL,
	address VARCHAR(200) NULL,
	phone VARCHAR(20) NULL,
	insurer_number CHAR(6) NULL,
	insured_number CHAR(10) NULL,
	care_level VARCHAR(12) NOT NULL DEFAULT 'none' COMMENT 'none support1-2 care1-5',
	lives_alone TINYINT NOT NULL DEFAULT 0,
	whereabouts ENUM('home','hospital','short_stay','facility','moved','deceased') NOT NULL DEFAULT 'home',
	whereabouts_since DATE NULL,
	strip_allergies VARCHAR(1000) NULL COMMENT 'derived by the triggers below',
	strip_blood_thinner TINYINT NOT NULL DEFAULT 0 COMMENT 'likewise',
	strip_equipment VARCHAR(1000) NULL COMMENT 'likewise',
	PRIMARY KEY (id),
	UNIQUE KEY (ref),
	UNIQUE KEY (network_id, insurer_number, insured_number),
	KEY by_kana (network_id, kana_folded), KEY by_birth (network_id, birth_date),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- From consent to end, move or death; reopening is a new one.
CREATE TABLE care_episode (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	opened_at DATETIME(3) NOT NULL,
	ended_at DATETIME(3) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref), KEY (patient_id, ended_at),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who may see the patient: an office, by named users or (user_id 0) as a
-- whole. A row with left_at NULL is access; the end of the episode sets it.
CREATE TABLE care_team (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	episode_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL DEFAULT 0,
	team_role VARCHAR(32) NOT NULL COMMENT 'attending_physician care_manager …',
	joined_at DATETIME(3) NOT NULL,
	left_at DATETIME(3) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref),
	KEY by_patient (patient_id, office_id, user_id),
	KEY by_office (office_id, user_id, patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id),
	FOREIGN KEY (episode_id) REFERENCES care_episode (id),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE care_consent (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	purpose ENUM('share_team','share_wide_area','emergency','disaster_register',
	    'disaster_peacetime_supply','evacuation_plan','family_access',
	    'video_recording','research') NOT NULL,
	form ENUM('written','oral_recorded','ordinance') NOT NULL,
	signer VARCHAR(80) NOT NULL,
	signer_relation VARCHAR(40) NOT NULL COMMENT '本人, 長女, 成年後見人 …',
	given_on DATE NOT NULL,
	valid_until DATE NULL,
	withdrawn_at DATETIME(3) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref), KEY (patient_id, purpose),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Facts of the summary: each says by whom and when it was last confirmed.
CREATE TABLE care_allergy (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	substance VARCHAR(80) NOT NULL,
	reaction VARCHAR(120) NULL,
	confirmed_at DATETIME(3) NULL, confirmed_by BIGINT NOT NULL DEFAULT 0,
	ended_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE care_health_condition (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	name VARCHAR(120) NOT NULL,
	since VARCHAR(20) NULL,
	confirmed_at DATETIME(3) NULL, confirmed_by BIGINT NOT NULL DEFAULT 0,
	ended_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE care_medication (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	name VARCHAR(120) NOT NULL,
	dose VARCHAR(60) NULL, dosage VARCHAR(120) NULL,
	blood_thinner TINYINT NOT NULL DEFAULT 0,
	confirmed_at DATETIME(3) NULL, confirmed_by BIGINT NOT NULL DEFAULT 0,
	ended_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE care_equipment (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	name VARCHAR(80) NOT NULL,
	power_dependent TINYINT NOT NULL DEFAULT 0,
	battery_hours DECIMAL(5,1) NULL,
	confirmed_at DATETIME(3) NULL, confirmed_by BIGINT NOT NULL DEFAULT 0,
	ended_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE care_advance_directive (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	summary VARCHAR(400) NOT NULL,
	author VARCHAR(80) NOT NULL,
	stated_on DATE NOT NULL,
	ended_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE care_emergency_contact (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	position INT NOT NULL,
	name VARCHAR(80) NOT NULL,
	relation VARCHAR(40) NOT NULL,
	phone VARCHAR(20) NOT NULL,
	hours VARCHAR(60) NULL,
	key_person TINYINT NOT NULL DEFAULT 0,
	confirmed_at DATETIME(3) NULL, confirmed_by BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY (patient_id, position),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The identity strip stands on every page of a patient. Gathering it from
-- three tables at each request cost more than the rest of the admission, so
-- it is kept with the patient, by triggers: no program can forget it.
CREATE TRIGGER care_allergy_added AFTER INSERT ON care_allergy FOR EACH ROW
UPDATE care_patient SET strip_allergies =
	(SELECT LEFT(GROUP_CONCAT(substance ORDER BY id SEPARATOR '、'), 1000) FROM care_allergy WHERE patient_id = NEW.patient_id AND ended_at IS NULL)
 WHERE id = NEW.patient_id;
CREATE TRIGGER care_allergy_changed AFTER UPDATE ON care_allergy FOR EACH ROW
UPDATE care_patient SET strip_allergies =
	(SELECT LEFT(GROUP_CONCAT(substance ORDER BY id SEPARATOR '、'), 1000) FROM care_allergy WHERE patient_id = NEW.patient_id AND ended_at IS NULL)
 WHERE id = NEW.patient_id;
CREATE TRIGGER care_medication_added AFTER INSERT ON care_medication FOR EACH ROW
UPDATE care_patient SET strip_blood_thinner =
	(SELECT COALESCE(MAX(blood_thinner), 0) FROM care_medication WHERE patient_id = NEW.patient_id AND ended_at IS NULL)
 WHERE id = NEW.patient_id;
CREATE TRIGGER care_medication_changed AFTER UPDATE ON care_medication FOR EACH ROW
UPDATE care_patient SET strip_blood_thinner =
	(SELECT COALESCE(MAX(blood_thinner), 0) FROM care_medication WHERE patient_id = NEW.patient_id AND ended_at IS NULL)
 WHERE id = NEW.patient_id;
CREATE TRIGGER care_equipment_added AFTER INSERT ON care_equipment FOR EACH ROW
UPDATE care_patient SET strip_equipment =
	(SELECT LEFT(GROUP_CONCAT(name ORDER BY id SEPARATOR '、'), 1000) FROM care_equipment WHERE patient_id = NEW.patient_id AND ended_at IS NULL)
 WHERE id = NEW.patient_id;
CREATE TRIGGER care_equipment_changed AFTER UPDATE ON care_equipment FOR EACH ROW
UPDATE care_patient SET strip_equipment =
	(SELECT LEFT(GROUP_CONCAT(name ORDER BY id SEPARATOR '、'), 1000) FROM care_equipment WHERE patient_id = NEW.patient_id AND ended_at IS NULL)
 WHERE id = NEW.patient_id;

-- What waits for a user on a patient: written in the transaction of its cause,
-- by any module; the patient list counts them.
CREATE TABLE care_mark (
	user_id BIGINT NOT NULL,
	patient_id BIGINT NOT NULL,
	module VARCHAR(32) NOT NULL,
	kind ENUM('unread','urgent','question','icon') NOT NULL,
	ref BINARY(16) NOT NULL COMMENT 'the thing that waits',
	at DATETIME(3) NOT NULL,
	PRIMARY KEY (user_id, patient_id, module, kind, ref),
	KEY by_ref (ref),
	FOREIGN KEY (user_id) REFERENCES care_user (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
