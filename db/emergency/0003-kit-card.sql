-- The kit card (救急医療情報キット): a paper at home with a code by which a crew finds her. The
-- code gives no right, it only finds; a card that is lost is ended and finds nobody any more.
CREATE TABLE IF NOT EXISTS emergency_kit_card (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL COMMENT 'in the link that its QR carries',
	network_id BIGINT NOT NULL,
	code CHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'modules/emergency/card.h',
	issued_at DATETIME(3) NOT NULL,
	issued_by BIGINT NOT NULL,
	issuer_name VARCHAR(81) NOT NULL,
	ended_at DATETIME(3) NULL,
	ended_by BIGINT NOT NULL DEFAULT 0,
	ended_name VARCHAR(81) NULL,
	end_reason ENUM('lost','replaced','unwanted') NULL,
	open_patient BIGINT AS (IF(ended_at IS NULL, patient_id, NULL)) PERSISTENT,
	PRIMARY KEY (patient_id, id), KEY (id),
	UNIQUE KEY (ref), UNIQUE KEY by_code (network_id, code), UNIQUE KEY one_open (open_patient),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- It finds her in the copy, too.
CREATE OR REPLACE TRIGGER emergency_kit_card_follow_added AFTER INSERT ON emergency_kit_card FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_kit_card_follow_ended AFTER UPDATE ON emergency_kit_card FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_kit_card_follow_gone AFTER DELETE ON emergency_kit_card FOR EACH ROW CALL care_follow(OLD.patient_id);
