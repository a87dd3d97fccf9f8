-- A vaccination at home, step by step. The visit's row says where it stands; what
-- was asked, judged and done are rows that are only added.
CREATE TABLE vaccination_visit (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	vaccine VARCHAR(24) NOT NULL,
	vaccine_name VARCHAR(60) NOT NULL,
	planned_on DATE NOT NULL,
	note VARCHAR(200) NULL,
	planned_at DATETIME(3) NOT NULL,
	planned_by BIGINT NOT NULL,
	planner_name VARCHAR(81) NOT NULL,
	office_id BIGINT NOT NULL,
	state ENUM('planned','screened','eligible','waiting','completed','not_given','cancelled') NOT NULL DEFAULT 'planned',
	state_at DATETIME(3) NOT NULL,
	immunization_id BIGINT NOT NULL DEFAULT 0,
	given_at DATETIME(3) NULL,
	wait_minutes SMALLINT NULL,
	wait_until DATETIME(3) NULL,
	closed_at DATETIME(3) NULL,
	closed_by BIGINT NOT NULL DEFAULT 0,
	watched_by VARCHAR(81) NULL COMMENT 'who was with her',
	condition_after ENUM('well','concern','adverse') NULL,
	early_reason VARCHAR(200) NULL,
	open_vaccine VARCHAR(24) AS (IF(state IN ('completed','not_given','cancelled'), NULL, vaccine)) PERSISTENT,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id),
	UNIQUE KEY one_open (patient_id, open_vaccine),
	KEY by_state (state, planned_on),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- 予診票: each saving of the form is a row; the newest is the form.
CREATE TABLE vaccination_screening (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	visit_id BIGINT NOT NULL,
	written_at DATETIME(3) NOT NULL,
	written_by BIGINT NOT NULL,
	writer_name VARCHAR(81) NOT NULL,
	writer_profession CHAR(3) NOT NULL,
	temperature SMALLINT NULL COMMENT 'tenths of a degree',
	wish ENUM('wishes','declines') NULL COMMENT 'NULL: not asked yet',
	signer ENUM('self','other') NOT NULL DEFAULT 'self',
	signer_name VARCHAR(80) NULL,
	signer_relation VARCHAR(40) NULL,
	sign_reason VARCHAR(200) NULL,
	intent_confirmed_by VARCHAR(80) NULL,
	note VARCHAR(400) NULL,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id), KEY by_visit (patient_id, visit_id, id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE vaccination_answer (
	patient_id BIGINT NOT NULL,
	screening_id BIGINT NOT NULL,
	question VARCHAR(24) NOT NULL,
	answer ENUM('yes','no','unknown') NOT NULL COMMENT 'no row: not asked yet',
	PRIMARY KEY (patient_id, screening_id, question),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The doctor's own screening of one form.
CREATE TABLE vaccination_judgement (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	visit_id BIGINT NOT NULL,
	screening_id BIGINT NOT NULL,
	judged_at DATETIME(3) NOT NULL,
	doctor_id BIGINT NOT NULL,
	doctor_name VARCHAR(81) NOT NULL,
	doctor_office VARCHAR(80) NOT NULL,
	possible TINYINT NOT NULL COMMENT '1 可能, 0 見合わせる',
	explained TINYINT NOT NULL COMMENT '効果・副反応・救済制度',
	remote TINYINT NOT NULL,
	acute_illness TINYINT NOT NULL,
	remark VARCHAR(400) NULL,
	reason VARCHAR(400) NULL COMMENT 'why nevertheless, after an adverse event',
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id), KEY by_visit (patient_id, visit_id, id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- 未接種: why not, each time.
CREATE TABLE vaccination_not_given (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	visit_id BIGINT NOT NULL,
	reason ENUM('deferral','refused','absent','unwell') NOT NULL,
	note VARCHAR(200) NULL,
	written_at DATETIME(3) NOT NULL,
	written_by BIGINT NOT NULL,
	writer_name VARCHAR(81) NOT NULL,
	writer_profession CHAR(3) NOT NULL,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id), KEY by_visit (patient_id, visit_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Photos of voucher (接種券), form (予診票) and label of the lot.
CREATE TABLE vaccination_paper (
	patient_id BIGINT NOT NULL,
	visit_id BIGINT NOT NULL,
	file_id BIGINT NOT NULL,
	kind ENUM('voucher','form','label') NOT NULL,
	added_at DATETIME(3) NOT NULL,
	adder_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (patient_id, visit_id, file_id),
	UNIQUE KEY (file_id),
	FOREIGN KEY (file_id) REFERENCES care_file (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What an office has of each lot. An office with no row here keeps no stock.
CREATE TABLE vaccination_lot (
	office_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	vaccine VARCHAR(24) NOT NULL,
	product VARCHAR(24) NOT NULL,
	product_name VARCHAR(60) NOT NULL,
	lot_number VARCHAR(20) NOT NULL,
	expires_on DATE NOT NULL,
	stock INT NOT NULL COMMENT 'doses; falls with each',
	received_at DATETIME(3) NOT NULL,
	receiver_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (office_id, id),
	UNIQUE KEY (ref), KEY (id),
	UNIQUE KEY one_lot (office_id, product, lot_number),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO care_module (module, place, path, label, position) VALUES
	('vaccination', 'main', '/vaccination', '予防接種', 30),
	('vaccination', 'patient', '/vaccination/{patient}', '予防接種', 25);
