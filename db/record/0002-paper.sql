-- Papers that are issued, as they were: who, when, to whom, until when. Rows
-- are only added; what is wrong is issued anew.
CREATE TABLE record_paper (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	kind ENUM('physician_opinion','nursing_order','special_nursing_order') NOT NULL,
	office_id BIGINT NOT NULL DEFAULT 0 COMMENT 'the station that an order is for',
	valid_from DATE NULL, valid_to DATE NULL COMMENT 'last day',
	issued_at DATETIME(3) NOT NULL,
	issued_by BIGINT NOT NULL,
	issuer_name VARCHAR(81) NOT NULL,
	issuer_office VARCHAR(80) NOT NULL,
	issuer_address VARCHAR(200) NULL, issuer_phone VARCHAR(20) NULL,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id), KEY (valid_to),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE record_paper_field (
	paper_id BIGINT NOT NULL,
	position INT NOT NULL,
	patient_id BIGINT NOT NULL,
	label VARCHAR(60) NOT NULL COMMENT 'as the paper has it',
	value TEXT NOT NULL,
	PRIMARY KEY (paper_id, position),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
