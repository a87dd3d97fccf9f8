-- A file whose owner set until when it stays: after that a program may delete it, and not
-- before. The day may come nearer, by its owner's wish, and never move away.
ALTER TABLE care_file
	ADD COLUMN IF NOT EXISTS until_at DATETIME(3) NULL COMMENT 'it goes then; NULL: it stays',
	ADD KEY IF NOT EXISTS lapsing (until_at);

DELIMITER //
CREATE OR REPLACE TRIGGER care_file_stays BEFORE DELETE ON care_file FOR EACH ROW
BEGIN
	IF OLD.kept_at IS NOT NULL AND USER() LIKE 'tomozuna\_%' AND
	    (OLD.until_at IS NULL OR OLD.until_at > UTC_TIMESTAMP(3)) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a kept file stays';
	END IF;
END//
CREATE OR REPLACE TRIGGER care_file_is BEFORE UPDATE ON care_file FOR EACH ROW
BEGIN
	IF OLD.kept_at IS NOT NULL AND USER() LIKE 'tomozuna\_%' AND
	    (NOT NEW.kept_at <=> OLD.kept_at OR NEW.bytes <> OLD.bytes OR
	    NEW.type <> OLD.type OR NEW.name <> OLD.name OR
	    (NEW.until_at IS NULL) <> (OLD.until_at IS NULL) OR
	    COALESCE(NEW.until_at > OLD.until_at, FALSE)) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a kept file is as it is';
	END IF;
END//
CREATE OR REPLACE TRIGGER care_file_chunk_stays BEFORE DELETE ON care_file_chunk FOR EACH ROW
BEGIN
	IF USER() LIKE 'tomozuna\_%' AND EXISTS (SELECT 1 FROM care_file f WHERE f.id = OLD.file_id
	    AND f.kept_at IS NOT NULL AND (f.until_at IS NULL OR f.until_at > UTC_TIMESTAMP(3))) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a kept file stays';
	END IF;
END//
DELIMITER ;
