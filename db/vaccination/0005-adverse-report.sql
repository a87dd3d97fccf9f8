-- What the report form (予防接種後副反応疑い報告書) asks besides the dose and the event. Each
-- saving is a row; the newest is the form.
CREATE TABLE vaccination_report (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	adverse_event_id BIGINT NOT NULL,
	written_at DATETIME(3) NOT NULL,
	written_by BIGINT NOT NULL,
	writer_name VARCHAR(81) NOT NULL,
	reporter ENUM('vaccinator','attending','other') NOT NULL,
	reporter_name VARCHAR(80) NOT NULL,
	office_id BIGINT NOT NULL COMMENT 'the reporter''s',
	severity ENUM('death','disability','death_feared','disability_feared','hospital','as_severe','birth_defect','not_severe') NOT NULL,
	hospital VARCHAR(80) NULL,
	admitted_on DATE NULL,
	discharged_on DATE NULL,
	outcome ENUM('recovered','improved','not_recovered','sequelae','died','unknown') NOT NULL,
	outcome_on DATE NULL,
	causality ENUM('related','unrelated','undetermined') NOT NULL,
	other_cause VARCHAR(400) NULL,
	course VARCHAR(2000) NOT NULL,
	before_note VARCHAR(1000) NULL COMMENT '予診票での留意点',
	opinion VARCHAR(400) NULL,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id), KEY by_event (patient_id, adverse_event_id, id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- That no report was there after a day has been said: once.
CREATE TABLE vaccination_alarm (
	patient_id BIGINT NOT NULL,
	adverse_event_id BIGINT NOT NULL,
	made_at DATETIME(3) NOT NULL,
	PRIMARY KEY (patient_id, adverse_event_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
