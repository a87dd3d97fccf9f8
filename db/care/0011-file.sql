-- Files: photos, papers, video, sealed. Whoever owns one names it by its key; a
-- row without kept_at belongs to nobody yet and is swept up after an hour.

CREATE TABLE care_file (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	patient_id BIGINT NOT NULL DEFAULT 0 COMMENT 'on whose page it was sent; 0: none',
	uploader_id BIGINT NOT NULL,
	type VARCHAR(100) NOT NULL COMMENT 'by content',
	name VARCHAR(120) NOT NULL,
	bytes BIGINT NOT NULL COMMENT 'of the clear text, as it is stored',
	width INT NOT NULL DEFAULT 0, height INT NOT NULL DEFAULT 0,
	generation SMALLINT NOT NULL COMMENT 'of the key that sealed wrapped_key',
	wrapped_key BINARY(60) NULL COMMENT 'nonce, key, tag; NULL while it arrives',
	made_at DATETIME(3) NOT NULL,
	kept_at DATETIME(3) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref),
	KEY unkept (kept_at, made_at),
	KEY by_generation (generation),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE care_file_chunk (
	file_id BIGINT NOT NULL,
	number INT NOT NULL,
	sealed BLOB NOT NULL COMMENT 'nonce, 65,280 bytes or the rest, tag',
	PRIMARY KEY (file_id, number),
	FOREIGN KEY (file_id) REFERENCES care_file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- No program may take away or change what somebody owns, whatever its grants: it
-- may seal a key anew, and that is all.
DELIMITER //
CREATE TRIGGER care_file_stays BEFORE DELETE ON care_file FOR EACH ROW
BEGIN
	IF OLD.kept_at IS NOT NULL AND USER() LIKE 'tomozuna\_%' THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a kept file stays';
	END IF;
END//
CREATE TRIGGER care_file_is BEFORE UPDATE ON care_file FOR EACH ROW
BEGIN
	IF OLD.kept_at IS NOT NULL AND USER() LIKE 'tomozuna\_%' AND
	    (NOT NEW.kept_at <=> OLD.kept_at OR NEW.bytes <> OLD.bytes OR
	    NEW.type <> OLD.type OR NEW.name <> OLD.name) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a kept file is as it is';
	END IF;
END//
CREATE TRIGGER care_file_chunk_stays BEFORE DELETE ON care_file_chunk FOR EACH ROW
BEGIN
	IF USER() LIKE 'tomozuna\_%' AND (SELECT kept_at FROM care_file
	    WHERE id = OLD.file_id) IS NOT NULL THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a kept file stays';
	END IF;
END//
DELIMITER ;
