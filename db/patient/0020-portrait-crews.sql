-- Whether a crew that has her open sees the small picture of her face: said apart, for it
-- was the team alone that the word for the picture was given for.
ALTER TABLE patient_portrait
	ADD COLUMN IF NOT EXISTS crews TINYINT NOT NULL DEFAULT 0 COMMENT 'a crew that has her open sees the small one';

-- All that a crew's program may read of pictures: the small one of now, sealed as it lies
-- there, of those who agreed. One chunk is all of it.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW patient_crew_face AS
SELECT p.current_of AS patient_id, p.set_at, p.set_name, f.id AS file_id, f.ref, f.network_id, f.type, f.name, f.bytes,
       f.generation, f.wrapped_key, c.sealed
  FROM patient_portrait p JOIN care_file f ON f.id = p.thumbnail_id JOIN care_file_chunk c ON c.file_id = f.id AND c.number = 0
 WHERE p.current_of IS NOT NULL AND p.crews AND f.kept_at IS NOT NULL AND f.wrapped_key IS NOT NULL AND f.bytes <= 16384;

-- Who keeps a copy of her summary hears of it.
CREATE OR REPLACE TRIGGER patient_portrait_follow_added AFTER INSERT ON patient_portrait FOR EACH ROW CALL care_follow(NEW.patient_id);
DELIMITER //
CREATE OR REPLACE TRIGGER patient_portrait_follow_changed AFTER UPDATE ON patient_portrait FOR EACH ROW
IF NOT (NEW.crews <=> OLD.crews AND NEW.ended_at <=> OLD.ended_at AND NEW.thumbnail_id <=> OLD.thumbnail_id) THEN
	CALL care_follow(NEW.patient_id);
END IF//
DELIMITER ;
