-- Networks for one disease (疾患別ネットワーク) across offices: who of a patient's team is of
-- one reads what was written for it, while the patient agrees to that network.
CREATE TABLE IF NOT EXISTS care_disease_network (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	name VARCHAR(40) NOT NULL,
	closed_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), UNIQUE KEY (network_id, name),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS care_disease_member (
	disease_network_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	joined_at DATETIME(3) NOT NULL,
	left_at DATETIME(3) NULL,
	PRIMARY KEY (disease_network_id, user_id, office_id),
	KEY by_user (user_id, office_id),
	FOREIGN KEY (disease_network_id) REFERENCES care_disease_network (id),
	FOREIGN KEY (user_id) REFERENCES care_user (id),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

ALTER TABLE care_consent
	MODIFY COLUMN purpose ENUM('share_team','share_wide_area','emergency','disaster_register',
	    'disaster_peacetime_supply','evacuation_plan','family_access',
	    'video_recording','research','disease_network') NOT NULL,
	ADD COLUMN IF NOT EXISTS disease_network_id BIGINT NULL COMMENT 'of that purpose: which';

DELIMITER //

-- A network for a disease is a purpose of its own: `disease_network 7`.
CREATE OR REPLACE PROCEDURE care_consent_refresh(IN patient BIGINT)
	COMMENT 'makes the rows of care_consent_now of one patient, then those of the team'
BEGIN
	DELETE FROM care_consent_now WHERE patient_id = patient;
	-- Days are Japanese ones; the last day counts whole.
	INSERT INTO care_consent_now (patient_id, purpose, since, until, officer_until)
	SELECT patient, CONCAT_WS(' ', purpose, disease_network_id) AS bound, MIN(TIMESTAMP(given_on)) - INTERVAL 9 HOUR,
	       MAX(IF(valid_until IS NULL, '9999-12-31', TIMESTAMP(valid_until) + INTERVAL 15 HOUR)),
	       MAX(IF(officer = 0, '1000-01-01',
	           IF(valid_until IS NULL, '9999-12-31', TIMESTAMP(valid_until) + INTERVAL 15 HOUR)))
	  FROM care_consent
	 WHERE patient_id = patient AND withdrawn_at IS NULL
	 GROUP BY bound;
	CALL care_team_refresh(patient);
END//

DELIMITER ;

-- Who, being of a team, reads what is for a network of that patient: at this instant.
CREATE OR REPLACE VIEW care_disease_reader AS
SELECT c.patient_id, m.disease_network_id, m.user_id, m.office_id
  FROM care_disease_member m
  JOIN care_disease_network n ON n.id = m.disease_network_id AND n.closed_at IS NULL
  JOIN care_consent_open c ON c.purpose = CONCAT('disease_network ', n.id)
 WHERE m.left_at IS NULL;
