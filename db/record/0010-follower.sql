-- Who keeps a copy of a patient's facts hears that they changed (db/care/0030-follower.sql).
CREATE OR REPLACE TRIGGER record_summary_now_follow_added AFTER INSERT ON record_summary_now FOR EACH ROW CALL care_follow(NEW.patient_id);
CREATE OR REPLACE TRIGGER record_summary_now_follow_gone AFTER DELETE ON record_summary_now FOR EACH ROW CALL care_follow(OLD.patient_id);
