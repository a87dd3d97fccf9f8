-- The town's own register of vaccinations (予防接種台帳): whom it calls by which number, what it
-- calls its columns, and what was read out of files of it.
CREATE TABLE vaccination_resident (
	network_id BIGINT NOT NULL,
	resident_number VARCHAR(15) NOT NULL COMMENT '宛名番号; zeros in front count',
	patient_id BIGINT NOT NULL,
	known_at DATETIME(3) NOT NULL,
	PRIMARY KEY (network_id, resident_number),
	UNIQUE KEY (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE vaccination_column (
	network_id BIGINT NOT NULL,
	field VARCHAR(24) NOT NULL,
	heading VARCHAR(40) NOT NULL COMMENT '"": this column is not written',
	PRIMARY KEY (network_id, field),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A file that was read. It stays some days, for rehearsal and writing; the numbers stay.
CREATE TABLE vaccination_import (
	network_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	file_id BIGINT NULL,
	name VARCHAR(200) NOT NULL,
	made_at DATETIME(3) NOT NULL,
	made_by BIGINT NOT NULL,
	maker_name VARCHAR(81) NOT NULL,
	entries_done INT NOT NULL DEFAULT 0 COMMENT 'so far they are written',
	added INT NOT NULL DEFAULT 0,
	known INT NOT NULL DEFAULT 0,
	faulty INT NOT NULL DEFAULT 0,
	ended_at DATETIME(3) NULL COMMENT 'all is written',
	PRIMARY KEY (network_id, id),
	UNIQUE KEY (ref), KEY (id), KEY (file_id),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
