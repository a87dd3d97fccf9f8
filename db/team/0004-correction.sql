-- A patient's own data, corrected: what each was before, who changed it when and why. Rows are
-- only added.
CREATE TABLE IF NOT EXISTS team_correction (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL COMMENT 'of the press: its rows share it',
	field ENUM('family','given','kana_family','kana_given','sex','birth_date','address','phone',
	    'insurer_number','insured_number','lives_alone') NOT NULL,
	was VARCHAR(200) NULL COMMENT 'NULL: nothing was known',
	became VARCHAR(200) NULL,
	reason VARCHAR(200) NOT NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	office_name VARCHAR(80) NOT NULL,
	PRIMARY KEY (patient_id, id), KEY (id), KEY (ref),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
