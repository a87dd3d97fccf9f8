-- Doses and what happened after them: facts of the summary that more than one
-- module reads. A correction is a row that replaces the old one; a dose that
-- was never given is ended as a mistake. No word of a row changes.
CREATE TABLE care_immunization (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	vaccine VARCHAR(24) NOT NULL COMMENT 'code of the schedule: against what',
	vaccine_name VARCHAR(60) NOT NULL COMMENT 'as it was called on that day',
	product VARCHAR(24) NULL COMMENT 'code of the schedule; NULL: one that it does not know',
	product_name VARCHAR(60) NULL,
	standard_code VARCHAR(60) NULL COMMENT 'CVX where identical, else JP-…',
	programme VARCHAR(24) NULL COMMENT '定期接種; NULL: 任意接種, or not known',
	dose_number TINYINT NULL,
	given_on DATE NOT NULL,
	given_at DATETIME(3) NULL COMMENT 'of a dose of ours',
	lot_number VARCHAR(20) NULL,
	expires_on DATE NULL,
	site ENUM('left_arm','right_arm','left_thigh','right_thigh') NULL,
	route ENUM('im','sc') NULL,
	dose_ml DECIMAL(3,2) NULL,
	vaccinator_name VARCHAR(81) NULL,
	vaccinator_profession CHAR(3) NULL,
	doctor_name VARCHAR(81) NULL,
	place VARCHAR(80) NULL,
	office_id BIGINT NOT NULL DEFAULT 0 COMMENT 'that gave it; 0: elsewhere',
	reported TINYINT NOT NULL DEFAULT 0 COMMENT 'given elsewhere: FHIR primarySource false',
	visit_id BIGINT NOT NULL DEFAULT 0,
	recorded_at DATETIME(3) NOT NULL,
	recorded_by BIGINT NOT NULL,
	writer_name VARCHAR(81) NOT NULL,
	writer_profession CHAR(3) NOT NULL,
	writer_office VARCHAR(80) NOT NULL,
	replaces BIGINT NULL,
	correction_reason VARCHAR(200) NULL,
	ended_at DATETIME(3) NULL,
	ended_by BIGINT NOT NULL DEFAULT 0,
	ended_name VARCHAR(81) NULL,
	end_reason ENUM('replaced','mistake') NULL,
	stands_on DATE AS (IF(ended_at IS NULL, given_on, NULL)) PERSISTENT,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), UNIQUE KEY (replaces), KEY (id),
	KEY by_office (office_id, vaccine, id),
	UNIQUE KEY once_a_day (patient_id, vaccine, stands_on),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- 副反応, of one dose. Rows are only added, and ended if they were a mistake.
CREATE TABLE care_adverse_event (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	immunization_id BIGINT NOT NULL,
	code VARCHAR(24) NOT NULL COMMENT 'of the schedule, or other',
	name VARCHAR(60) NOT NULL,
	began_at DATETIME(3) NOT NULL,
	note VARCHAR(400) NULL,
	due_report TINYINT NOT NULL COMMENT 'within the window of the schedule',
	recorded_at DATETIME(3) NOT NULL,
	recorded_by BIGINT NOT NULL,
	writer_name VARCHAR(81) NOT NULL,
	writer_profession CHAR(3) NOT NULL,
	report_reference VARCHAR(60) NULL COMMENT 'of the 副反応疑い報告',
	reported_at DATETIME(3) NULL,
	ended_at DATETIME(3) NULL,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The icon of the patient list, kept with the patient so that the list asks no
-- further: the day of the newest dose that stands.
ALTER TABLE care_patient ADD COLUMN immunized_on DATE NULL COMMENT 'derived by the triggers of care_immunization';
CREATE TRIGGER care_immunization_added AFTER INSERT ON care_immunization FOR EACH ROW
UPDATE care_patient SET immunized_on =
	(SELECT MAX(stands_on) FROM care_immunization WHERE patient_id = NEW.patient_id)
 WHERE id = NEW.patient_id;
CREATE TRIGGER care_immunization_ended AFTER UPDATE ON care_immunization FOR EACH ROW
UPDATE care_patient SET immunized_on =
	(SELECT MAX(stands_on) FROM care_immunization WHERE patient_id = NEW.patient_id)
 WHERE id = NEW.patient_id;
