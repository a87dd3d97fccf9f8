-- What the record module alone has. Facts that others read are care_ tables.

-- What changed, for "since I last looked": rows are only added.
CREATE TABLE record_change (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	profession CHAR(3) NOT NULL,
	section VARCHAR(24) NOT NULL,
	act ENUM('added','corrected','ended','mistake') NOT NULL,
	label VARCHAR(120) NOT NULL COMMENT 'what it is about, shortened',
	PRIMARY KEY (patient_id, id), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Up to which change a user says that she has seen a patient's record.
CREATE TABLE record_seen (
	user_id BIGINT NOT NULL,
	patient_id BIGINT NOT NULL,
	change_id BIGINT NOT NULL,
	seen_at DATETIME(3) NOT NULL,
	PRIMARY KEY (user_id, patient_id),
	FOREIGN KEY (user_id) REFERENCES care_user (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One measuring a row (FHIR: a vital-signs panel), clustered as it is read:
-- the newest of one patient. Values are whole numbers in the unit of the
-- comment; NULL was not measured. A row that was wrong gets ended_at and, if
-- corrected, another that replaces it; a value is never updated.
CREATE TABLE record_vital_sign (
	patient_id BIGINT NOT NULL,
	measured_at DATETIME(3) NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	temperature SMALLINT NULL COMMENT 'tenths of a degree Celsius',
	systolic SMALLINT NULL COMMENT 'mmHg',
	diastolic SMALLINT NULL COMMENT 'mmHg',
	pulse SMALLINT NULL COMMENT 'a minute',
	spo2 SMALLINT NULL COMMENT 'percent',
	respiration SMALLINT NULL COMMENT 'a minute',
	weight SMALLINT NULL COMMENT 'tenths of a kilogram',
	glucose SMALLINT NULL COMMENT 'mg/dL',
	jcs SMALLINT NULL COMMENT '0 1 2 3 10 20 30 100 200 300',
	note VARCHAR(200) NULL,
	outside SMALLINT NOT NULL DEFAULT 0 COMMENT 'values outside of the limits of that day',
	written_at DATETIME(3) NOT NULL,
	written_by BIGINT NOT NULL,
	writer_name VARCHAR(81) NOT NULL,
	writer_profession CHAR(3) NOT NULL,
	replaces BIGINT NULL,
	ended_at DATETIME(3) NULL,
	ended_by BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (patient_id, measured_at, id),
	UNIQUE KEY (ref), UNIQUE KEY (replaces), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What a day of one patient was like, kept by the triggers below, so that the
-- graph of twenty years need not read every measuring of them.
CREATE TABLE record_vital_day (
	patient_id BIGINT NOT NULL,
	day DATE NOT NULL COMMENT 'Japanese',
	n INT NOT NULL,
	temperature_min SMALLINT NULL, temperature_max SMALLINT NULL,
	systolic_min SMALLINT NULL, systolic_max SMALLINT NULL,
	diastolic_min SMALLINT NULL, diastolic_max SMALLINT NULL,
	pulse_min SMALLINT NULL, pulse_max SMALLINT NULL,
	spo2_min SMALLINT NULL, spo2_max SMALLINT NULL,
	respiration_min SMALLINT NULL, respiration_max SMALLINT NULL,
	weight_min SMALLINT NULL, weight_max SMALLINT NULL,
	glucose_min SMALLINT NULL, glucose_max SMALLINT NULL,
	PRIMARY KEY (patient_id, day),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TRIGGER record_vital_sign_added AFTER INSERT ON record_vital_sign FOR EACH ROW
REPLACE INTO record_vital_day
SELECT NEW.patient_id, DATE(NEW.measured_at + INTERVAL 9 HOUR), COUNT(*),
       MIN(temperature), MAX(temperature), MIN(systolic), MAX(systolic), MIN(diastolic), MAX(diastolic), MIN(pulse), MAX(pulse), MIN(spo2), MAX(spo2), MIN(respiration), MAX(respiration), MIN(weight), MAX(weight), MIN(glucose), MAX(glucose)
  FROM record_vital_sign
 WHERE patient_id = NEW.patient_id AND ended_at IS NULL
   AND measured_at >= DATE(NEW.measured_at + INTERVAL 9 HOUR) - INTERVAL 9 HOUR
   AND measured_at < DATE(NEW.measured_at + INTERVAL 9 HOUR) + INTERVAL 15 HOUR;
CREATE TRIGGER record_vital_sign_ended AFTER UPDATE ON record_vital_sign FOR EACH ROW
REPLACE INTO record_vital_day
SELECT NEW.patient_id, DATE(NEW.measured_at + INTERVAL 9 HOUR), COUNT(*),
       MIN(temperature), MAX(temperature), MIN(systolic), MAX(systolic), MIN(diastolic), MAX(diastolic), MIN(pulse), MAX(pulse), MIN(spo2), MAX(spo2), MIN(respiration), MAX(respiration), MIN(weight), MAX(weight), MIN(glucose), MAX(glucose)
  FROM record_vital_sign
 WHERE patient_id = NEW.patient_id AND ended_at IS NULL
   AND measured_at >= DATE(NEW.measured_at + INTERVAL 9 HOUR) - INTERVAL 9 HOUR
   AND measured_at < DATE(NEW.measured_at + INTERVAL 9 HOUR) + INTERVAL 15 HOUR;

-- From when on which values of this patient are an alarm; the greatest id of a
-- sign counts, and one with neither low nor high is "no limit".
CREATE TABLE record_vital_limit (
	patient_id BIGINT NOT NULL,
	sign VARCHAR(16) NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	low SMALLINT NULL COMMENT 'below it is outside', high SMALLINT NULL COMMENT 'above it is',
	set_at DATETIME(3) NOT NULL,
	set_by BIGINT NOT NULL,
	set_name VARCHAR(81) NOT NULL,
	set_profession CHAR(3) NOT NULL,
	PRIMARY KEY (patient_id, sign, id),
	UNIQUE KEY (ref), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who is told at once when a value is outside.
CREATE TABLE record_vital_watcher (
	patient_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	since DATETIME(3) NOT NULL,
	chosen_by BIGINT NOT NULL,
	PRIMARY KEY (patient_id, user_id),
	FOREIGN KEY (user_id) REFERENCES care_user (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- 居宅サービス計画: each version whole; the newest counts.
CREATE TABLE record_care_plan (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	version INT NOT NULL,
	valid_from DATE NOT NULL, valid_to DATE NOT NULL,
	wishes TEXT NOT NULL COMMENT '利用者及び家族の意向',
	policy TEXT NOT NULL COMMENT '総合的な援助の方針',
	goals TEXT NOT NULL COMMENT '長期・短期目標',
	services TEXT NOT NULL COMMENT '週間のサービス',
	what_changed VARCHAR(400) NULL,
	written_at DATETIME(3) NOT NULL,
	written_by BIGINT NOT NULL,
	writer_name VARCHAR(81) NOT NULL,
	writer_profession CHAR(3) NOT NULL,
	writer_office VARCHAR(80) NOT NULL,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), UNIQUE KEY (patient_id, version), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE record_care_plan_receipt (
	patient_id BIGINT NOT NULL,
	care_plan_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	received_at DATETIME(3) NOT NULL,
	received_by BIGINT NOT NULL,
	receiver_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (patient_id, care_plan_id, office_id),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Visits to come and past; several visitors are a joint visit.
CREATE TABLE record_visit (
	patient_id BIGINT NOT NULL,
	starts_at DATETIME(3) NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	ends_at DATETIME(3) NOT NULL,
	kind VARCHAR(24) NOT NULL,
	note VARCHAR(200) NULL,
	sequence INT NOT NULL DEFAULT 0 COMMENT 'iCalendar: changes so far',
	changed_at DATETIME(3) NOT NULL,
	written_by BIGINT NOT NULL,
	writer_name VARCHAR(81) NOT NULL,
	cancelled_at DATETIME(3) NULL,
	PRIMARY KEY (patient_id, starts_at, id),
	UNIQUE KEY (ref), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE record_visitor (
	visit_id BIGINT NOT NULL,
	patient_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	starts_at DATETIME(3) NOT NULL COMMENT 'as the visit has it',
	PRIMARY KEY (visit_id, user_id),
	KEY by_user (user_id, starts_at),
	FOREIGN KEY (user_id) REFERENCES care_user (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A user's calendar at the open door. Only the token's hash is kept; who takes
-- it back stops every subscription made with it.
CREATE TABLE record_calendar (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	token BINARY(32) NOT NULL COMMENT 'SHA-256 of the 16 bytes in the address',
	user_id BIGINT NOT NULL,
	name VARCHAR(40) NOT NULL COMMENT 'which telephone or program',
	created_at DATETIME(3) NOT NULL,
	revoked_at DATETIME(3) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref), UNIQUE KEY (token), KEY (user_id),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Of what somebody was reminded, once.
CREATE TABLE record_reminder (
	ref BINARY(16) NOT NULL COMMENT 'of what runs out',
	reminded_at DATETIME(3) NOT NULL,
	PRIMARY KEY (ref)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO care_module (module, place, path, label, position) VALUES
	('record', 'patient', '/record/{patient}', 'サマリー', 15),
	('visits', 'main', '/visits', '訪問の予定', 20),
	('offices', 'main', '/offices', '事業所', 60);
