-- One-time codes by which a relative learns of one person (災対法86条の15), without a name and
-- without signing in. Every statement may run again.
CREATE TABLE IF NOT EXISTS disaster_relative_code (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	incident_id BIGINT NOT NULL,
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

-- What an unused code opens while its incident is open: of one person, and without her name.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW disaster_by_code AS
SELECT c.code_hash, c.patient_id, c.ref, i.network_id, i.drill, i.title, p.status, p.status_at
  FROM disaster_relative_code c
  JOIN disaster_incident i ON i.id = c.incident_id
  JOIN disaster_person p ON p.incident_id = c.incident_id AND p.patient_id = c.patient_id
 WHERE c.used_at IS NULL AND c.until > UTC_TIMESTAMP(3) AND i.opened_at IS NOT NULL AND i.closed_at IS NULL AND i.until > UTC_TIMESTAMP(3);
