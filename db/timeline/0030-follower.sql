-- Who keeps a copy of what a crew may read hears that it changed
-- (db/care/0030-follower.sql): the rows of the view timeline_crew, and no others.
DELIMITER //
CREATE OR REPLACE TRIGGER timeline_entry_follow_added AFTER INSERT ON timeline_entry FOR EACH ROW
IF NEW.reach <= 1 AND NEW.reply_to = 0 AND (NEW.urgent OR NEW.kind IN ('observation', 'diagnosis', 'medication')) THEN
	CALL care_follow(NEW.patient_id);
END IF//
CREATE OR REPLACE TRIGGER timeline_entry_follow_changed AFTER UPDATE ON timeline_entry FOR EACH ROW
IF NOT (NEW.reach <=> OLD.reach AND NEW.gone <=> OLD.gone AND NEW.recalled_at <=> OLD.recalled_at
    AND NEW.corrected_by <=> OLD.corrected_by AND NEW.urgent <=> OLD.urgent AND NEW.kind <=> OLD.kind) THEN
	CALL care_follow(NEW.patient_id);
END IF//
DELIMITER ;
