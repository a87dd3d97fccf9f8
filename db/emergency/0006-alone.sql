-- The ledger of those who live alone (独居高齢者台帳): who has the key, who looks after her, as a
-- crew at a locked door wants to know it. Each word of it is a row; the newest holds.
CREATE TABLE IF NOT EXISTS emergency_alone (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	keyholder VARCHAR(80) NULL,
	keyholder_phone VARCHAR(20) NULL,
	watcher VARCHAR(120) NULL COMMENT 'who looks in, how often',
	note VARCHAR(200) NULL,
	agreed_by VARCHAR(80) NOT NULL COMMENT 'to standing in a ledger that the town sees',
	agreed_relation VARCHAR(40) NOT NULL,
	confirmed_at DATETIME(3) NOT NULL,
	confirmed_by BIGINT NOT NULL,
	confirmer_name VARCHAR(81) NOT NULL,
	ended_at DATETIME(3) NULL,
	ended_name VARCHAR(81) NULL,
	end_reason ENUM('replaced','with_family','facility','deceased','unwanted') NULL,
	open_patient BIGINT AS (IF(ended_at IS NULL, patient_id, NULL)) PERSISTENT,
	open_network BIGINT AS (IF(ended_at IS NULL, network_id, NULL)) PERSISTENT,
	PRIMARY KEY (patient_id, id), KEY (id), UNIQUE KEY (ref), UNIQUE KEY one_open (open_patient), KEY by_network (open_network, id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE OR REPLACE TRIGGER emergency_alone_follow_added AFTER INSERT ON emergency_alone FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_alone_follow_ended AFTER UPDATE ON emergency_alone FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_alone_follow_gone AFTER DELETE ON emergency_alone FOR EACH ROW CALL care_follow(OLD.patient_id);

INSERT IGNORE INTO care_module (module, place, path, label, position, roles) VALUES
	('emergency_alone', 'main', '/emergency/alone', '独居台帳', 60, 'officer');
