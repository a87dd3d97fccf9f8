-- For the copy that answers while MariaDB does not (modules/emergency/copy.h).

-- What of an opening holds now is asked every second, by its end alone.
ALTER TABLE emergency_opening ADD KEY IF NOT EXISTS by_until (until);

-- A call that was noted away and is brought home twice is one call.
ALTER TABLE emergency_call ADD COLUMN IF NOT EXISTS ref BINARY(16) NULL, ADD UNIQUE KEY IF NOT EXISTS by_ref (ref);

CREATE OR REPLACE TRIGGER emergency_call_follow AFTER INSERT ON emergency_call FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_report_follow AFTER INSERT ON emergency_report FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_answer_follow AFTER INSERT ON emergency_answer FOR EACH ROW CALL care_follow(NEW.patient_id);

-- What she is found by.
CREATE OR REPLACE TRIGGER emergency_name_follow_added AFTER INSERT ON emergency_name FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_name_follow_changed AFTER UPDATE ON emergency_name FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_phone_follow_added AFTER INSERT ON emergency_phone FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_phone_follow_gone AFTER DELETE ON emergency_phone FOR EACH ROW CALL care_follow(OLD.patient_id);
CREATE OR REPLACE TRIGGER emergency_address_follow_added AFTER INSERT ON emergency_address FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER emergency_address_follow_changed AFTER UPDATE ON emergency_address FOR EACH ROW CALL care_follow(NEW.patient_id);
