-- Shelters (避難所) and welfare shelters (福祉避難所, 災対法施行令20条の6), what state they are in
-- during an incident, and how offices stand. Every statement may run again.
CREATE TABLE IF NOT EXISTS disaster_shelter (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	name VARCHAR(80) NOT NULL,
	welfare TINYINT NOT NULL DEFAULT 0,
	municipality CHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	address VARCHAR(200) NOT NULL,
	phone VARCHAR(20) NULL,
	designated_on DATE NULL COMMENT '指定の日',
	targets SET('elderly','disabled','medical_care','maternity','infant') NOT NULL DEFAULT '' COMMENT 'for whom; none: for everybody',
	capacity INT NOT NULL,
	family_most TINYINT NULL COMMENT 'of the family so many come along',
	generator TINYINT NOT NULL DEFAULT 0,
	wheelchair_toilet TINYINT NOT NULL DEFAULT 0,
	medical_staff TINYINT NOT NULL DEFAULT 0,
	office_id BIGINT NOT NULL DEFAULT 0 COMMENT 'which runs it; 0: the town',
	changed_at DATETIME(3) NOT NULL,
	changed_by BIGINT NOT NULL,
	ended_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY by_network (network_id, ended_at),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What was said of a shelter in an incident; never changed, the newest counts.
CREATE TABLE IF NOT EXISTS disaster_shelter_word (
	incident_id BIGINT NOT NULL,
	shelter_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	state ENUM('not_open','preparing','open','full','closed') NOT NULL,
	people INT NOT NULL DEFAULT 0,
	note VARCHAR(200) NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	office_name VARCHAR(80) NOT NULL,
	PRIMARY KEY (incident_id, shelter_id, id), KEY (id), UNIQUE KEY (ref),
	FOREIGN KEY (shelter_id) REFERENCES disaster_shelter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How an office stands in an incident: a quick word first, corrected later by another row,
-- by itself or by an officer who has rung it up. Never changed, the newest counts.
CREATE TABLE IF NOT EXISTS disaster_office_report (
	incident_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	quick TINYINT NOT NULL COMMENT '速報: to be corrected',
	service ENUM('normal','reduced','stopped','unknown') NOT NULL,
	damage ENUM('none','slight','heavy','unknown') NOT NULL,
	hurt INT NOT NULL DEFAULT 0 COMMENT 'how many are hurt there',
	needs SET('water','food','medicine','power','oxygen','transport','other') NOT NULL DEFAULT '',
	note VARCHAR(400) NULL,
	told_by VARCHAR(80) NULL COMMENT 'by proxy: who of the office said so; NULL: it is the office''s own word',
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (incident_id, office_id, id), KEY (id), UNIQUE KEY (ref),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
