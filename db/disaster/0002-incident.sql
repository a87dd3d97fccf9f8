-- Incidents: a room that is prepared, opened by an officer for some districts and some
-- hours, and closes by itself. Every statement may run again.

-- While it is open there is a row of care_incident with the same ref, too.
CREATE TABLE IF NOT EXISTS disaster_incident (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	drill TINYINT NOT NULL DEFAULT 0,
	kind ENUM('weather','landslide','flood','earthquake','tsunami','volcano','outage','other') NOT NULL,
	title VARCHAR(120) NOT NULL,
	bulletin BINARY(16) NULL COMMENT 'ref of what proposed it',
	bulletin_title VARCHAR(300) NULL,
	publisher VARCHAR(120) NULL,
	prepared_at DATETIME(3) NOT NULL,
	prepared_by BIGINT NOT NULL DEFAULT 0 COMMENT '0: a bulletin',
	basis VARCHAR(400) NULL COMMENT 'why lives are at risk, in the officer''s words',
	opened_at DATETIME(3) NULL,
	opened_by BIGINT NOT NULL DEFAULT 0,
	opened_name VARCHAR(81) NULL,
	until DATETIME(3) NULL COMMENT 'closes by itself at this instant',
	longer VARCHAR(400) NULL COMMENT 'why it was lengthened',
	closed_at DATETIME(3) NULL COMMENT 'before its time',
	closed_name VARCHAR(81) NULL,
	discarded_at DATETIME(3) NULL COMMENT 'never opened',
	PRIMARY KEY (id), UNIQUE KEY (ref),
	KEY by_network (network_id, discarded_at, until),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What is opened; since when it is without power.
CREATE TABLE IF NOT EXISTS disaster_area (
	incident_id BIGINT NOT NULL,
	district_id BIGINT NOT NULL,
	outage_since DATETIME(3) NULL,
	PRIMARY KEY (incident_id, district_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who is on the list of an incident: a row a person, made when it opens. Number, for
-- paper. What holds now of her is kept by the trigger below.
CREATE TABLE IF NOT EXISTS disaster_person (
	incident_id BIGINT NOT NULL,
	patient_id BIGINT NOT NULL,
	number INT NOT NULL,
	district_id BIGINT NOT NULL,
	tier TINYINT NOT NULL DEFAULT 5 COMMENT '1 battery runs out, 2 needs power, 3 alone, 4 care level, 5 others',
	place_in_line BIGINT NOT NULL DEFAULT 0 COMMENT 'the smallest is next',
	power_dependent TINYINT NOT NULL DEFAULT 0,
	equipment VARCHAR(200) NULL,
	battery_until DATETIME(3) NULL COMMENT 'of what keeps her alive, in an outage',
	status ENUM('unknown','contacting','safe','injured','rescue_needed','evacuated','hospital','missing','deceased')
	    NOT NULL DEFAULT 'unknown',
	conflict TINYINT NOT NULL DEFAULT 0 COMMENT 'two said otherwise within half an hour',
	waits TINYINT NOT NULL DEFAULT 2 COMMENT '1 for help, 2 for word, 3 for nothing',
	status_at DATETIME(3) NULL,
	status_by VARCHAR(81) NULL,
	assignee_id BIGINT NOT NULL DEFAULT 0,
	assignee_name VARCHAR(81) NULL,
	assigned_until DATETIME(3) NULL,
	PRIMARY KEY (incident_id, patient_id),
	UNIQUE KEY (incident_id, number),
	KEY work (incident_id, waits, place_in_line),
	KEY by_patient (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What somebody said of somebody; never changed. The newest counts, by when it was seen.
CREATE TABLE IF NOT EXISTS disaster_safety_status (
	patient_id BIGINT NOT NULL,
	incident_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	status ENUM('unknown','contacting','safe','injured','rescue_needed','evacuated','hospital','missing','deceased') NOT NULL,
	place_kind ENUM('home','shelter','welfare_shelter','relative','hospital','car','other') NULL,
	place VARCHAR(120) NULL,
	needs SET('water','food','medicine','power','oxygen','transport','other') NOT NULL DEFAULT '',
	note VARCHAR(200) NULL,
	method ENUM('call','visit','sensor','family','paper') NOT NULL,
	settles TINYINT NOT NULL DEFAULT 0 COMMENT 'who wrote it knows of what others said',
	at DATETIME(3) NOT NULL COMMENT 'when it was seen or heard',
	written_at DATETIME(3) NOT NULL COMMENT 'when it arrived: later where the line was down',
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	office_name VARCHAR(80) NOT NULL,
	PRIMARY KEY (patient_id, incident_id, id),
	UNIQUE KEY (ref), KEY (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

DELIMITER //
-- Whoever writes holds the person's row (lock_person), so that none of two misses the other.
CREATE OR REPLACE TRIGGER disaster_status_added AFTER INSERT ON disaster_safety_status FOR EACH ROW
BEGIN
	DECLARE settled DATETIME(3);
	DECLARE others INT;
	SELECT MAX(s.at) INTO settled FROM disaster_safety_status s
	 WHERE s.patient_id = NEW.patient_id AND s.incident_id = NEW.incident_id AND s.settles;
	SELECT COUNT(*) INTO others FROM disaster_safety_status s
	 WHERE s.patient_id = NEW.patient_id AND s.incident_id = NEW.incident_id AND s.id <> NEW.id
	   AND s.user_id <> NEW.user_id AND s.status <> NEW.status
	   AND s.status NOT IN ('unknown', 'contacting') AND NEW.status NOT IN ('unknown', 'contacting')
	   AND ABS(TIMESTAMPDIFF(SECOND, s.at, NEW.at)) <= 1800
	   AND LEAST(s.at, NEW.at) >= COALESCE(settled, '2000-01-01');
	UPDATE disaster_person p
	   SET p.conflict = IF(NEW.settles, 0, IF(others > 0, 1, IF(NEW.at >= COALESCE(p.status_at, NEW.at) + INTERVAL 30 MINUTE, 0, p.conflict))),
	       p.status = IF(NEW.at >= COALESCE(p.status_at, NEW.at), NEW.status, p.status),
	       p.status_by = IF(NEW.at >= COALESCE(p.status_at, NEW.at), NEW.user_name, p.status_by),
	       p.waits = CASE WHEN p.conflict OR p.status IN ('injured', 'rescue_needed', 'missing') THEN 1
	                      WHEN p.status IN ('unknown', 'contacting') THEN 2 ELSE 3 END,
	       p.status_at = GREATEST(NEW.at, COALESCE(p.status_at, NEW.at))
	 WHERE p.incident_id = NEW.incident_id AND p.patient_id = NEW.patient_id;
END//
DELIMITER ;

INSERT IGNORE INTO lib_reactor (topic, program) VALUES
	('bulletin.issued', 'disaster'), ('bulletin.updated', 'disaster'), ('bulletin.retracted', 'disaster');
