-- What the first page shows besides who waits: where somebody goes today, and whose
-- page she had open last.

-- Visits that stand, a row for each who goes; whichever module plans them writes
-- it by triggers.
CREATE TABLE IF NOT EXISTS care_visit (
	user_id BIGINT NOT NULL,
	starts_at DATETIME(3) NOT NULL,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	ends_at DATETIME(3) NOT NULL,
	kind VARCHAR(24) NOT NULL,
	PRIMARY KEY (user_id, starts_at, ref),
	KEY (ref),
	FOREIGN KEY (user_id) REFERENCES care_user (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
  COMMENT='derived by triggers; nothing else writes it';

CREATE TABLE IF NOT EXISTS care_opened (
	user_id BIGINT NOT NULL,
	patient_id BIGINT NOT NULL,
	at DATETIME(3) NOT NULL,
	PRIMARY KEY (user_id, patient_id),
	KEY newest (user_id, at),
	FOREIGN KEY (user_id) REFERENCES care_user (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
  COMMENT='derived by a trigger; nothing else writes it';

-- The session remembers whose page it had open, which admission reads anyway: a row
-- is written when that changes, and not by each look at the same patient.
ALTER TABLE care_session
	ADD COLUMN IF NOT EXISTS opened_patient BIGINT NOT NULL DEFAULT 0;

DELIMITER //
CREATE OR REPLACE TRIGGER care_session_opens AFTER UPDATE ON care_session FOR EACH ROW
IF NEW.opened_patient <> OLD.opened_patient AND NEW.opened_patient <> 0 THEN
	INSERT INTO care_opened (user_id, patient_id, at)
	VALUES (NEW.user_id, NEW.opened_patient, UTC_TIMESTAMP(3))
	ON DUPLICATE KEY UPDATE at = UTC_TIMESTAMP(3);
END IF//
DELIMITER ;
