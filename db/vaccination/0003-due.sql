-- What is due for whom, made anew each night and whenever a dose is written: lists read it
-- and reckon nothing. It has no truth of its own.
CREATE TABLE vaccination_due (
	patient_id BIGINT NOT NULL,
	vaccine VARCHAR(24) NOT NULL,
	network_id BIGINT NOT NULL,
	programme VARCHAR(24) NOT NULL,
	dose_number TINYINT NOT NULL,
	due_on DATE NOT NULL,
	last_on DATE NOT NULL COMMENT 'of age window or season',
	PRIMARY KEY (patient_id, vaccine),
	KEY by_town (network_id, vaccine, last_on, patient_id, due_on),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A night's pass: how far it has come. Whoever goes on with it locks the row.
CREATE TABLE vaccination_pass (
	on_day DATE NOT NULL COMMENT 'Japanese',
	started_at DATETIME(3) NOT NULL,
	ended_at DATETIME(3) NULL,
	after_id BIGINT NOT NULL DEFAULT 0 COMMENT 'people up to here are done',
	people BIGINT NOT NULL DEFAULT 0 COMMENT 'there are to look at',
	looked BIGINT NOT NULL DEFAULT 0,
	changed BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (on_day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How many there are, as of the last pass, so that a list counts nothing.
CREATE TABLE vaccination_due_count (
	network_id BIGINT NOT NULL,
	vaccine VARCHAR(24) NOT NULL,
	due INT NOT NULL,
	overdue INT NOT NULL,
	PRIMARY KEY (network_id, vaccine)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
