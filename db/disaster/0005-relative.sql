-- Relatives who are told by SMS when there is word of somebody: on whose word, and until when.
CREATE TABLE IF NOT EXISTS disaster_relative (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	name VARCHAR(80) NOT NULL,
	relation VARCHAR(40) NOT NULL,
	mobile VARCHAR(16) NOT NULL COMMENT 'E.164',
	agreed_by VARCHAR(80) NOT NULL COMMENT 'the person herself, or who speaks for her',
	registered_at DATETIME(3) NOT NULL,
	registered_by BIGINT NOT NULL,
	registered_name VARCHAR(81) NOT NULL,
	ended_at DATETIME(3) NULL,
	ended_name VARCHAR(81) NULL,
	open_mobile VARCHAR(16) AS (IF(ended_at IS NULL, mobile, NULL)) PERSISTENT,
	PRIMARY KEY (patient_id, id), KEY (id),
	UNIQUE KEY (ref), UNIQUE KEY one_open (patient_id, open_mobile),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Whom to tell that something else is known of somebody now: not in a drill. `was` is what
-- was known before.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW disaster_to_tell AS
SELECT p.incident_id, p.patient_id, p.status AS was, i.network_id, r.mobile, r.registered_by
  FROM disaster_relative r
  JOIN disaster_person p ON p.patient_id = r.patient_id
  JOIN disaster_incident i ON i.id = p.incident_id AND NOT i.drill
 WHERE r.ended_at IS NULL;

INSERT IGNORE INTO care_module (module, place, path, label, position, roles) VALUES
	('disaster', 'patient', '/disaster/of/{patient}', '災害の備え', 60, NULL);
