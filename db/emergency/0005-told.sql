-- Contacts whom the patient named to be told what a crew reports, by a text message that says
-- nothing of her. Who agreed, on whose word; its end stays beside it. A contact that is
-- corrected is another one, and agrees anew.
CREATE TABLE IF NOT EXISTS emergency_contact_told (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	contact_id BIGINT NOT NULL,
	mobile VARCHAR(16) NOT NULL COMMENT 'E.164',
	agreed_by VARCHAR(80) NOT NULL,
	recorded_at DATETIME(3) NOT NULL,
	recorded_by BIGINT NOT NULL,
	recorder_name VARCHAR(81) NOT NULL,
	ended_at DATETIME(3) NULL,
	ended_by BIGINT NOT NULL DEFAULT 0,
	ended_name VARCHAR(81) NULL,
	open_contact BIGINT AS (IF(ended_at IS NULL, contact_id, NULL)) PERSISTENT,
	PRIMARY KEY (patient_id, id), KEY (id), UNIQUE KEY one_open (open_contact),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
