-- Entries of a patient, clustered as they are read: newest of one patient.
-- Author's name, profession and office are kept as they were at the writing.
-- No account may change what was written: UPDATE is granted on the four last
-- columns alone. They repeat what timeline_receipt says, in the transaction that
-- writes it: counting and looking up the receipts of fifty entries took half of
-- the time of a page.
CREATE TABLE timeline_entry (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	author_id BIGINT NOT NULL,
	author_name VARCHAR(81) NOT NULL,
	author_profession CHAR(3) NOT NULL,
	author_office VARCHAR(80) NOT NULL,
	stand_in TINYINT NOT NULL DEFAULT 0,
	written_at DATETIME(3) NOT NULL,
	kind VARCHAR(24) NOT NULL,
	audience VARCHAR(24) NOT NULL DEFAULT 'team',
	urgent TINYINT NOT NULL DEFAULT 0,
	reply_to BIGINT NOT NULL DEFAULT 0,
	read_by INT NOT NULL DEFAULT 0 COMMENT 'receipts, the author not counted',
	acknowledged_by INT NOT NULL DEFAULT 0,
	readers TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ','
	    COMMENT 'keys of those who have a receipt: ,12,45,',
	acknowledgers TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ','
	    COMMENT 'likewise, of those who acknowledged',
	body TEXT NOT NULL,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref),
	KEY by_id (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who has read and who has acknowledged; rows are only added.
CREATE TABLE timeline_receipt (
	patient_id BIGINT NOT NULL,
	entry_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	read_at DATETIME(3) NOT NULL,
	acknowledged_at DATETIME(3) NULL,
	PRIMARY KEY (patient_id, entry_id, user_id),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO care_module (module, place, path, label, position) VALUES
	('timeline', 'patient', '/timeline/{patient}', '記録', 10);
