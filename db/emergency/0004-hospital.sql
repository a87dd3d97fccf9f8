-- Asking several hospitals at once whether they take somebody (受入照会).

-- What a hospital takes now, a department a row: its own word, changed by itself.
CREATE TABLE IF NOT EXISTS emergency_service_status (
	office_id BIGINT NOT NULL,
	department ENUM('emergency','internal','cardiology','neurology','surgery','orthopaedics','obstetrics','paediatrics','psychiatry') NOT NULL,
	state ENUM('open','limited','closed') NOT NULL,
	note VARCHAR(120) NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (office_id, department),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What is asked of all of them. No name in it: a hospital learns that when it is chosen.
CREATE TABLE IF NOT EXISTS emergency_hospital_request (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	opening_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL COMMENT 'the fire station, whose dispatchers go on with it',
	office_name VARCHAR(80) NOT NULL,
	department ENUM('emergency','internal','cardiology','neurology','surgery','orthopaedics','obstetrics','paediatrics','psychiatry') NOT NULL,
	age SMALLINT NOT NULL,
	sex VARCHAR(8) NOT NULL,
	complaint VARCHAR(200) NOT NULL,
	vitals VARCHAR(200) NULL,
	minutes SMALLINT NULL COMMENT 'until they would be there',
	alerts VARCHAR(1000) NOT NULL COMMENT 'the line for the radio, for the one that is chosen',
	made_at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	closed_at DATETIME(3) NULL COMMENT 'one is chosen, or nobody is asked any more',
	PRIMARY KEY (patient_id, id), KEY (id), UNIQUE KEY (ref), KEY by_office (office_id, made_at),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Whom it is asked of, and what each says.
CREATE TABLE IF NOT EXISTS emergency_hospital_asked (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	request_id BIGINT NOT NULL,
	ref BINARY(16) NOT NULL,
	office_id BIGINT NOT NULL COMMENT 'the hospital',
	asked_at DATETIME(3) NOT NULL,
	answer ENUM('accept','conditional','decline') NULL,
	answer_note VARCHAR(200) NULL,
	answered_at DATETIME(3) NULL,
	answered_by VARCHAR(81) NULL,
	by_phone TINYINT NOT NULL DEFAULT 0 COMMENT 'noted by the crew or the dispatcher',
	chosen_at DATETIME(3) NULL,
	called_off_at DATETIME(3) NULL,
	PRIMARY KEY (patient_id, id), KEY (id), UNIQUE KEY (ref), UNIQUE KEY once (request_id, office_id), KEY by_office (office_id, asked_at),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A dispatcher sees the openings of her station's shift.
ALTER TABLE emergency_opening ADD KEY IF NOT EXISTS by_station (office_id, opened_at);

-- What they say stands in the summary.
CREATE OR REPLACE TRIGGER emergency_hospital_request_follow AFTER UPDATE ON emergency_hospital_request FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_hospital_asked_follow_added AFTER INSERT ON emergency_hospital_asked FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_hospital_asked_follow_changed AFTER UPDATE ON emergency_hospital_asked FOR EACH ROW CALL care_follow(NEW.patient_id);

INSERT IGNORE INTO care_module (module, place, path, label, position, roles) VALUES
	('emergency_desk', 'main', '/emergency/desk', '指令台', 4, 'dispatcher'),
	('emergency_hospital', 'main', '/emergency/hospital', '救急の受入', 6, 'hospital_desk');
