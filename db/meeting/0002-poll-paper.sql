-- Dates put to those who are invited before a meeting is set, and papers that hang on one.

ALTER TABLE meeting_meeting
	ADD COLUMN IF NOT EXISTS polled_at DATETIME(3) NULL COMMENT 'of a draft: its dates were put to the invited; NULL: none, or one was taken',
	ADD KEY IF NOT EXISTS soon (state, starts_at);

ALTER TABLE meeting_invitation
	ADD COLUMN IF NOT EXISTS reminded_for DATETIME(3) NULL COMMENT 'the beginning of which she was reminded';

CREATE TABLE IF NOT EXISTS meeting_date (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	meeting_id BIGINT NOT NULL,
	patient_id BIGINT NULL COMMENT 'as of the meeting',
	starts_at DATETIME(3) NOT NULL,
	ends_at DATETIME(3) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref), UNIQUE KEY once (meeting_id, starts_at, ends_at), KEY by_patient (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS meeting_vote (
	date_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	patient_id BIGINT NULL COMMENT 'as of the meeting',
	answer ENUM('fits','perhaps','unfit') NOT NULL,
	voted_at DATETIME(3) NOT NULL,
	PRIMARY KEY (date_id, user_id), KEY by_patient (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The row stays when the paper has gone: that there was one, whose, and until when.
CREATE TABLE IF NOT EXISTS meeting_paper (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	meeting_id BIGINT NOT NULL,
	patient_id BIGINT NULL COMMENT 'as of the meeting',
	file_id BIGINT NULL COMMENT 'NULL: it has gone',
	name VARCHAR(120) NOT NULL,
	owner_id BIGINT NOT NULL,
	owner_name VARCHAR(81) NOT NULL,
	added_at DATETIME(3) NOT NULL,
	last_on DATE NOT NULL COMMENT 'the last day (Japanese) that it is there, as its owner set',
	PRIMARY KEY (id),
	UNIQUE KEY (ref), KEY by_meeting (meeting_id), KEY by_patient (patient_id), KEY by_file (file_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id),
	FOREIGN KEY (file_id) REFERENCES care_file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
