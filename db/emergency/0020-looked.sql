-- One-time codes by which the patient or a relative sees who opened her, without signing in
-- and without her name. Every statement may run again.
CREATE TABLE IF NOT EXISTS emergency_look_code (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	code_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of twelve digits',
	name VARCHAR(80) NOT NULL,
	relation VARCHAR(40) NOT NULL,
	known_by VARCHAR(120) NOT NULL COMMENT 'how it was made sure who asks',
	given_at DATETIME(3) NOT NULL,
	given_by BIGINT NOT NULL,
	given_name VARCHAR(81) NOT NULL,
	until DATETIME(3) NOT NULL,
	used_at DATETIME(3) NULL,
	PRIMARY KEY (patient_id, id), KEY (id), UNIQUE KEY (ref), UNIQUE KEY (code_hash),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Whom an unused code is about.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW emergency_by_code AS
SELECT c.code_hash, c.patient_id, c.ref, p.network_id
  FROM emergency_look_code c JOIN care_patient p ON p.id = c.patient_id
 WHERE c.used_at IS NULL AND c.until > UTC_TIMESTAMP(3);
