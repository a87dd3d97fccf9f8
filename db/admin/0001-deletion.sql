-- The end of keeping: when the years that the law asks for are over, all that was
-- kept of a patient goes at once, and a proof stays that cannot be turned back into her.

-- Why somebody is kept longer than her last episode asks for: a vaccination, a dispute.
CREATE TABLE admin_hold (
	id BIGINT NOT NULL AUTO_INCREMENT,
	patient_id BIGINT NOT NULL,
	until DATE NOT NULL COMMENT 'the last day',
	reason VARCHAR(200) NOT NULL,
	made_at DATETIME(3) NOT NULL,
	PRIMARY KEY (id), KEY (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What was deleted. `person` is SHA-256 over salt, name, reading, birth date and
-- numbers: who knows them can show that she was deleted, nobody can read them
-- from it. `head` chains the rows.
CREATE TABLE admin_deletion (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL COMMENT 'hers, as old links had it',
	network_id BIGINT NOT NULL,
	patient_key BIGINT NOT NULL COMMENT 'as the audit trail has it',
	salt BINARY(16) NOT NULL,
	person BINARY(32) NOT NULL,
	kept_until DATE NOT NULL COMMENT 'the day from which it was due',
	row_counts TEXT NOT NULL COMMENT 'table=rows, by name',
	deleted_at DATETIME(3) NOT NULL,
	head BINARY(32) NOT NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Patients whose time has come: every episode has ended and is past its day, and
-- nothing holds them.
CREATE VIEW admin_deletable AS
SELECT p.id AS patient_id, p.ref, p.network_id, MAX(e.keep_until) AS kept_until
  FROM care_patient p
  JOIN care_episode e ON e.patient_id = p.id
 WHERE NOT EXISTS (SELECT 1 FROM admin_hold h WHERE h.patient_id = p.id
           AND h.until >= DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR))
 GROUP BY p.id, p.ref, p.network_id
HAVING COUNT(*) = COUNT(e.keep_until)
   AND MAX(e.keep_until) <= DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR);

DELIMITER //

CREATE PROCEDURE admin_delete_from(IN name VARCHAR(64), IN patient BIGINT, INOUT counts TEXT)
	COMMENT 'the rows of one patient in one table'
BEGIN
	EXECUTE IMMEDIATE CONCAT('DELETE FROM `', name, '` WHERE patient_id = ?') USING patient;
	SET counts = CONCAT(counts, name, '=', ROW_COUNT(), ' ');
END//

CREATE PROCEDURE admin_delete_pieces(IN patient BIGINT, INOUT counts TEXT)
	COMMENT 'rows that name no patient but a row of hers: the chunks of a file'
BEGIN
	DECLARE done INT DEFAULT 0;
	DECLARE piece, piece_column, whole, whole_column VARCHAR(64);
	DECLARE pieces CURSOR FOR
	SELECT k.TABLE_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME
	  FROM information_schema.KEY_COLUMN_USAGE k
	 WHERE k.TABLE_SCHEMA = DATABASE() AND EXISTS
	       (SELECT 1 FROM information_schema.COLUMNS c WHERE c.TABLE_SCHEMA = k.TABLE_SCHEMA
	           AND c.TABLE_NAME = k.REFERENCED_TABLE_NAME AND c.COLUMN_NAME = 'patient_id')
	   AND NOT EXISTS
	       (SELECT 1 FROM information_schema.COLUMNS c WHERE c.TABLE_SCHEMA = k.TABLE_SCHEMA
	           AND c.TABLE_NAME = k.TABLE_NAME AND c.COLUMN_NAME = 'patient_id')
	 ORDER BY k.TABLE_NAME;
	DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = 1;
	OPEN pieces;
	walk: LOOP
		FETCH pieces INTO piece, piece_column, whole, whole_column;
		IF done THEN LEAVE walk; END IF;
		EXECUTE IMMEDIATE CONCAT('DELETE c FROM `', piece, '` c JOIN `', whole, '` w ON w.`', whole_column,
		    '` = c.`', piece_column, '` WHERE w.patient_id = ?') USING patient;
		SET counts = CONCAT(counts, piece, '=', ROW_COUNT(), ' ');
	END LOOP;
	CLOSE pieces;
END//

-- Nobody is deleted before her time, whoever asks. All tables that name a patient
-- in a column patient_id are hers, so that no module is forgotten; of the audit trail
-- and of events nothing goes.
CREATE PROCEDURE admin_delete_patient(IN patient_ref BINARY(16))
	COMMENT 'deletes one patient whose time has come, and leaves a proof'
BEGIN
	DECLARE done INT DEFAULT 0;
	DECLARE patient, network BIGINT;
	DECLARE due DATE;
	DECLARE name VARCHAR(64);
	DECLARE counts TEXT DEFAULT '';
	DECLARE fingerprint, previous BINARY(32);
	DECLARE salting BINARY(16) DEFAULT RANDOM_BYTES(16);
	DECLARE hers CURSOR FOR
	SELECT c.TABLE_NAME FROM information_schema.COLUMNS c
	  JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA
	   AND t.TABLE_NAME = c.TABLE_NAME AND t.TABLE_TYPE = 'BASE TABLE'
	 WHERE c.TABLE_SCHEMA = DATABASE() AND c.COLUMN_NAME = 'patient_id'
	   AND c.TABLE_NAME NOT LIKE 'lib\_%'
	 ORDER BY c.TABLE_NAME;
	DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = 1;

	SELECT d.patient_id, d.network_id, d.kept_until INTO patient, network, due
	  FROM admin_deletable d WHERE d.ref = patient_ref;
	IF patient IS NULL THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'her time has not come';
	END IF;
	SELECT UNHEX(SHA2(CONCAT(HEX(salting), '|', p.family, '|', p.given, '|', p.kana_family, '|', p.kana_given,
	           '|', p.birth_date, '|', COALESCE(p.insurer_number, ''), '|', COALESCE(p.insured_number, '')), 256))
	  INTO fingerprint FROM care_patient p WHERE p.id = patient FOR UPDATE;
	SET done = 0;
	-- They name each other; all of them go, and tests see to it that no other row
	-- points to one.
	SET SESSION foreign_key_checks = 0;
	CALL admin_delete_pieces(patient, counts);
	OPEN hers;
	walk: LOOP
		FETCH hers INTO name;
		IF done THEN LEAVE walk; END IF;
		CALL admin_delete_from(name, patient, counts);
	END LOOP;
	CLOSE hers;
	DELETE FROM care_patient WHERE id = patient;
	SET SESSION foreign_key_checks = 1;
	SET previous = COALESCE((SELECT d.head FROM admin_deletion d ORDER BY d.id DESC LIMIT 1 FOR UPDATE), REPEAT(X'00', 32));
	INSERT INTO admin_deletion (ref, network_id, patient_key, salt, person, kept_until, row_counts, deleted_at, head)
	VALUES (patient_ref, network, patient, salting, fingerprint, due, counts, UTC_TIMESTAMP(3),
	       UNHEX(SHA2(CONCAT(HEX(previous), HEX(patient_ref), network, '|', patient, '|', HEX(salting), HEX(fingerprint), due, counts), 256)));
END//

DELIMITER ;
