-- Her face, so that whoever opens a page is sure whose it is. A row is one picture; it is
-- current until another takes its place or somebody takes it away. Then the picture goes
-- from the disk, and who had set it stays.
CREATE TABLE IF NOT EXISTS patient_portrait (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	file_id BIGINT NULL COMMENT 'NULL: gone',
	thumbnail_id BIGINT NULL COMMENT 'made by the browser that sent it; NULL: none, or gone',
	set_at DATETIME(3) NOT NULL,
	set_by BIGINT NOT NULL,
	set_name VARCHAR(80) NOT NULL,
	ended_at DATETIME(3) NULL,
	ended_by BIGINT NOT NULL DEFAULT 0,
	ended_name VARCHAR(80) NULL,
	current_of BIGINT AS (IF(ended_at IS NULL, patient_id, NULL)) PERSISTENT,
	PRIMARY KEY (id), UNIQUE KEY (ref),
	UNIQUE KEY one_current (current_of),
	KEY by_patient (patient_id), KEY ended (ended_at),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id),
	FOREIGN KEY (file_id) REFERENCES care_file (id),
	FOREIGN KEY (thumbnail_id) REFERENCES care_file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

DELIMITER //
CREATE OR REPLACE TRIGGER patient_portrait_set AFTER INSERT ON patient_portrait FOR EACH ROW
UPDATE care_patient SET strip_portrait = NEW.ended_at IS NULL AND NEW.thumbnail_id IS NOT NULL
 WHERE id = NEW.patient_id//
CREATE OR REPLACE TRIGGER patient_portrait_ended AFTER UPDATE ON patient_portrait FOR EACH ROW
IF NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL THEN
	UPDATE care_patient SET strip_portrait = 0 WHERE id = NEW.patient_id;
END IF//
DELIMITER ;
