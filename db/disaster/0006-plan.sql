-- Evacuation plans (個別避難計画, 災対法49条の14): each save is a row, the newest counts.
CREATE TABLE IF NOT EXISTS disaster_plan (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	state ENUM('drafting','agreed','provided','refused','revoked') NOT NULL,
	agreed_by VARCHAR(80) NULL COMMENT 'the person herself, or who speaks for her',
	supporter VARCHAR(80) NULL COMMENT '避難支援等実施者',
	supporter_address VARCHAR(200) NULL,
	supporter_phone VARCHAR(20) NULL,
	supporter_agreed TINYINT NOT NULL DEFAULT 0,
	second_supporter VARCHAR(80) NULL,
	second_phone VARCHAR(20) NULL,
	shelter VARCHAR(120) NULL COMMENT '避難施設その他の避難場所',
	route VARCHAR(400) NULL COMMENT '避難路その他の避難経路',
	transport ENUM('walk','wheelchair','stretcher','car') NULL,
	medicine_days TINYINT NULL,
	note VARCHAR(400) NULL,
	review_on DATE NOT NULL COMMENT 'a year at most',
	written_at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	office_name VARCHAR(80) NOT NULL,
	PRIMARY KEY (patient_id, id), KEY (id), UNIQUE KEY (ref),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The plan of whomever the viewer sees in an incident: without anybody's consent then
-- (49条の15).
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW disaster_plan_seen AS
SELECT s.viewer_id, s.viewer_office, s.incident_id, s.patient_id, n.supporter, n.supporter_phone, n.second_supporter, n.second_phone,
       n.shelter, n.route, n.transport, n.note, n.written_at
  FROM disaster_seen s JOIN disaster_plan n ON n.patient_id = s.patient_id
   AND n.id = (SELECT MAX(x.id) FROM disaster_plan x WHERE x.patient_id = s.patient_id)
 WHERE n.state NOT IN ('refused', 'revoked');
