-- The register of those who cannot flee without help (避難行動要支援者名簿), and what the
-- town has decided about it. Every statement may run again.

-- On what ground the register is given out before anything has happened (災対法49条の11第2項):
-- each agreed; an ordinance; an ordinance, but for those who objected.
CREATE TABLE IF NOT EXISTS disaster_town (
	network_id BIGINT NOT NULL,
	peacetime_supply ENUM('consent','ordinance','opt_out_ordinance') NOT NULL DEFAULT 'consent',
	decided_at DATETIME(3) NOT NULL,
	decided_by BIGINT NOT NULL,
	PRIMARY KEY (network_id),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who belongs into it: one that is fulfilled is enough. No row: none of the town's.
CREATE TABLE IF NOT EXISTS disaster_criterion (
	network_id BIGINT NOT NULL,
	criterion ENUM('care_level','physical_disability','intellectual_disability','mental_disability',
	    'intractable_disease','power_dependent','lives_alone') NOT NULL,
	threshold TINYINT NOT NULL COMMENT 'modules/disaster/criteria.h',
	PRIMARY KEY (network_id, criterion),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- 地区: the smallest area that is opened, printed, without power.
CREATE TABLE IF NOT EXISTS disaster_district (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	name VARCHAR(40) NOT NULL COMMENT 'as addresses have it',
	outline TEXT NULL COMMENT 'corners: "latitude,longitude latitude,longitude …"',
	PRIMARY KEY (id), UNIQUE KEY (ref), UNIQUE KEY (network_id, name),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Hazard areas (ハザードマップ), as the town publishes them.
CREATE TABLE IF NOT EXISTS disaster_hazard (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	kind ENUM('flood','landslide','tsunami','storm_surge') NOT NULL,
	name VARCHAR(80) NOT NULL,
	outline TEXT NOT NULL COMMENT 'as of a district',
	ended_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY (network_id),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- 避難支援等関係者: offices to which the register may be given.
CREATE TABLE IF NOT EXISTS disaster_support_body (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	district_id BIGINT NOT NULL DEFAULT 0 COMMENT '0: all of them',
	named_at DATETIME(3) NOT NULL,
	named_by BIGINT NOT NULL,
	ended_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY by_office (office_id, ended_at),
	FOREIGN KEY (network_id) REFERENCES care_network (id),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A person of the register (災対法49条の10第2項): name, birth, sex, address, phone, why, and what
-- else the mayor finds needful, as the residents' register has them.
CREATE TABLE IF NOT EXISTS disaster_registration (
	patient_id BIGINT NOT NULL,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	resident_number VARCHAR(15) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT '宛名番号; NULL: known by care alone',
	family VARCHAR(40) NOT NULL, given VARCHAR(40) NOT NULL,
	kana_family VARCHAR(60) NOT NULL, kana_given VARCHAR(60) NOT NULL,
	birth_date DATE NOT NULL,
	sex ENUM('female','male','other','unknown') NOT NULL,
	address VARCHAR(200) NOT NULL,
	phone VARCHAR(20) NULL,
	district_id BIGINT NOT NULL DEFAULT 0 COMMENT '0: in none',
	latitude INT NULL COMMENT 'millionths of a degree',
	longitude INT NULL,
	reasons SET('care_level','physical_disability','intellectual_disability','mental_disability',
	    'intractable_disease','power_dependent','lives_alone','mayor') NOT NULL,
	care_level VARCHAR(12) NOT NULL DEFAULT 'none',
	lives_alone TINYINT NOT NULL DEFAULT 0,
	physical_grade TINYINT NOT NULL DEFAULT 0 COMMENT '0: no certificate',
	intellectual_grade TINYINT NOT NULL DEFAULT 0 COMMENT '1: A, 2: B',
	mental_grade TINYINT NOT NULL DEFAULT 0,
	intractable TINYINT NOT NULL DEFAULT 0,
	note VARCHAR(400) NULL COMMENT 'what else is needful',
	objects TINYINT NOT NULL DEFAULT 0 COMMENT 'said no to being supplied before a disaster',
	registered_at DATETIME(3) NOT NULL,
	changed_at DATETIME(3) NOT NULL,
	ended_at DATETIME(3) NULL,
	end_reason ENUM('moved','deceased','criteria') NULL,
	PRIMARY KEY (patient_id),
	UNIQUE KEY (ref), UNIQUE KEY (network_id, resident_number),
	KEY by_network (network_id, ended_at, district_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What became of a registration, when, by whom; never changed.
CREATE TABLE IF NOT EXISTS disaster_registration_change (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	what ENUM('added','changed','ended','again') NOT NULL,
	words VARCHAR(400) NULL COMMENT 'of the address, the reasons … as they were before',
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (patient_id, id), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Whoever is shown a register has accepted the duty of secrecy (災対法49条の13) before.
CREATE TABLE IF NOT EXISTS disaster_secrecy (
	incident_id BIGINT NOT NULL COMMENT '0: before any disaster',
	user_id BIGINT NOT NULL,
	network_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	office_name VARCHAR(80) NOT NULL,
	at DATETIME(3) NOT NULL,
	PRIMARY KEY (incident_id, user_id),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT IGNORE INTO care_module (module, place, path, label, position, roles) VALUES
	('disaster', 'main', '/disaster', '災害', 45, NULL);
