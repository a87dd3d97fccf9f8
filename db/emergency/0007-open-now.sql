-- Whom a user has open at this instant, found by a whole key: what each request of a crew
-- asks, in the statement of its admission (modules/emergency/opening.sql's `holder`). Kept
-- by triggers, from emergency_opening, which says what happened; a row of a user that is over
-- goes when she opens somebody else.
CREATE TABLE IF NOT EXISTS emergency_open_now (
	user_id BIGINT NOT NULL,
	patient_ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	opening_id BIGINT NOT NULL,
	opening BINARY(16) NOT NULL,
	basis ENUM('consent','break_glass') NOT NULL,
	reason ENUM('unconscious','consent_oral','family_consent','dispatch_preinfo','disaster','other') NULL,
	reason_text VARCHAR(200) NULL,
	dispatch_number VARCHAR(20) NULL,
	opened_at DATETIME(3) NOT NULL,
	until DATETIME(3) NOT NULL,
	extended_at DATETIME(3) NULL,
	PRIMARY KEY (user_id, patient_ref)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

DELIMITER //
-- The newest opening of a user and a patient counts.
CREATE OR REPLACE PROCEDURE emergency_opened(IN of_user BIGINT, IN of_patient BIGINT, IN newest BIGINT)
BEGIN
	DELETE FROM emergency_open_now
	 WHERE user_id = of_user AND (until <= UTC_TIMESTAMP(3) OR (patient_id = of_patient AND opening_id <= newest));
	INSERT IGNORE INTO emergency_open_now (user_id, patient_ref, patient_id, opening_id, opening, basis, reason, reason_text,
	       dispatch_number, opened_at, until, extended_at)
	SELECT o.user_id, p.ref, o.patient_id, o.id, o.ref, o.basis, o.reason, o.reason_text,
	       o.dispatch_number, o.opened_at, o.until, o.extended_at
	  FROM emergency_opening o JOIN care_patient p ON p.id = o.patient_id
	 WHERE o.patient_id = of_patient AND o.id = newest AND o.ended_at IS NULL;
END//

CREATE OR REPLACE TRIGGER emergency_opening_now_added AFTER INSERT ON emergency_opening FOR EACH ROW
CALL emergency_opened(NEW.user_id, NEW.patient_id, NEW.id)//
CREATE OR REPLACE TRIGGER emergency_opening_now_changed AFTER UPDATE ON emergency_opening FOR EACH ROW
CALL emergency_opened(NEW.user_id, NEW.patient_id, NEW.id)//
CREATE OR REPLACE TRIGGER emergency_opening_now_gone AFTER DELETE ON emergency_opening FOR EACH ROW
DELETE FROM emergency_open_now WHERE user_id = OLD.user_id AND opening_id = OLD.id//
DELIMITER ;

INSERT IGNORE INTO emergency_open_now (user_id, patient_ref, patient_id, opening_id, opening, basis, reason, reason_text,
       dispatch_number, opened_at, until, extended_at)
SELECT o.user_id, p.ref, o.patient_id, o.id, o.ref, o.basis, o.reason, o.reason_text,
       o.dispatch_number, o.opened_at, o.until, o.extended_at
  FROM emergency_opening o JOIN care_patient p ON p.id = o.patient_id
 WHERE o.until > UTC_TIMESTAMP(3) AND o.ended_at IS NULL ORDER BY o.id DESC;
