-- Who agreed to be reminded, on whose word; its end stays beside it.
CREATE TABLE vaccination_agreement (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	mobile VARCHAR(16) NOT NULL COMMENT 'E.164',
	agreed_by VARCHAR(80) NOT NULL,
	agreed_relation VARCHAR(40) NOT NULL,
	recorded_at DATETIME(3) NOT NULL,
	recorded_by BIGINT NOT NULL,
	recorder_name VARCHAR(81) NOT NULL,
	ended_at DATETIME(3) NULL,
	ended_by BIGINT NOT NULL DEFAULT 0,
	ended_name VARCHAR(81) NULL,
	end_reason VARCHAR(200) NULL,
	open_patient BIGINT AS (IF(ended_at IS NULL, patient_id, NULL)) PERSISTENT,
	PRIMARY KEY (patient_id, id),
	KEY (id), UNIQUE KEY one_open (open_patient),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Reminded once for each window of a vaccine; one message for all that is due on that day.
CREATE TABLE vaccination_reminder (
	patient_id BIGINT NOT NULL,
	vaccine VARCHAR(24) NOT NULL,
	last_on DATE NOT NULL,
	cause BINARY(16) NOT NULL COMMENT 'of the notice',
	made_at DATETIME(3) NOT NULL,
	PRIMARY KEY (patient_id, vaccine, last_on),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Whom the desk rang, and what came of it.
CREATE TABLE vaccination_call (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	result ENUM('will_book','declined','no_answer','wrong_number','later') NOT NULL,
	note VARCHAR(200) NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (patient_id, id),
	KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
