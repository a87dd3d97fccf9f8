-- Doses and what came after them are in the crew's summary: who keeps a copy of it hears
-- that they changed (0030-follower.sql).
DELIMITER //
CREATE OR REPLACE TRIGGER care_immunization_follow_added AFTER INSERT ON care_immunization FOR EACH ROW CALL care_follow(NEW.patient_id)//
CREATE OR REPLACE TRIGGER care_immunization_follow_changed AFTER UPDATE ON care_immunization FOR EACH ROW CALL care_follow(NEW.patient_id)//
CREATE OR REPLACE TRIGGER care_immunization_follow_gone AFTER DELETE ON care_immunization FOR EACH ROW CALL care_follow(OLD.patient_id)//
CREATE OR REPLACE TRIGGER care_adverse_event_follow_added AFTER INSERT ON care_adverse_event FOR EACH ROW CALL care_follow(NEW.patient_id)//
CREATE OR REPLACE TRIGGER care_adverse_event_follow_changed AFTER UPDATE ON care_adverse_event FOR EACH ROW CALL care_follow(NEW.patient_id)//
DELIMITER ;
