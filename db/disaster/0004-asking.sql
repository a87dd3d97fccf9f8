-- Asking relatives by SMS, and ringing whom no SMS reaches.
ALTER TABLE disaster_safety_status
	MODIFY COLUMN method ENUM('call','visit','sensor','family','paper','sms') NOT NULL;

-- Since when this incident asks, and in whose name.
ALTER TABLE disaster_incident
	ADD COLUMN IF NOT EXISTS asking_at DATETIME(3) NULL,
	ADD COLUMN IF NOT EXISTS asking_by BIGINT NOT NULL DEFAULT 0;

-- Who was asked about somebody: a row a person and incident. Its ref is the question's
-- (care_sms_question), too.
CREATE TABLE IF NOT EXISTS disaster_request (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	incident_id BIGINT NOT NULL,
	contact VARCHAR(130) NULL COMMENT 'name and relation of who was asked',
	mobile VARCHAR(16) NULL COMMENT 'E.164; NULL: nobody has one that is hers alone',
	asked_at DATETIME(3) NOT NULL,
	answered_at DATETIME(3) NULL,
	unclear VARCHAR(200) NULL COMMENT 'an answer that says no status',
	PRIMARY KEY (patient_id, id), KEY (id),
	UNIQUE KEY (ref), UNIQUE KEY (incident_id, patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Calls that brought no word; one that did is a safety status.
CREATE TABLE IF NOT EXISTS disaster_call (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	incident_id BIGINT NOT NULL,
	result ENUM('no_answer','later','wrong_number') NOT NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (patient_id, id), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Of whom nobody has been asked yet where an incident asks: keys alone.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW disaster_unasked AS
SELECT i.id AS incident_id, i.network_id, i.asking_by, i.drill, p.patient_id, p.place_in_line
  FROM disaster_incident i JOIN disaster_person p ON p.incident_id = i.id AND p.waits = 2 AND p.status = 'unknown'
 WHERE i.asking_at IS NOT NULL AND i.opened_at IS NOT NULL AND i.closed_at IS NULL AND i.until > UTC_TIMESTAMP(3)
   AND NOT EXISTS (SELECT 1 FROM disaster_request q WHERE q.incident_id = i.id AND q.patient_id = p.patient_id);

INSERT IGNORE INTO lib_reactor (topic, program) VALUES ('disaster.answered', 'disaster');
