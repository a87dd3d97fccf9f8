-- Why a dose or an adverse event was none, and who said so: what was written keeps its words.
CREATE TABLE vaccination_strike (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	struck ENUM('dose','adverse_event') NOT NULL,
	struck_ref BINARY(16) NOT NULL COMMENT 'of care_immunization or care_adverse_event',
	struck_at DATETIME(3) NOT NULL,
	struck_by BIGINT NOT NULL,
	striker_name VARCHAR(81) NOT NULL,
	reason VARCHAR(200) NOT NULL,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id), UNIQUE KEY once (patient_id, struck_ref),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
