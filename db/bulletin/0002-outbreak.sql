-- Illness in an office's own house or on its round: numbers, never a person. An
-- outbreak is its reports: whoever corrects one or has news adds a row. Of two
-- that count the same day the newer counts; disease, beginning and end are those
-- of the newest.
CREATE TABLE bulletin_outbreak (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	made_at DATETIME(3) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref), KEY (network_id, id),
	FOREIGN KEY (network_id) REFERENCES care_network (id),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE bulletin_outbreak_report (
	outbreak_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	user_id BIGINT NOT NULL COMMENT 'who said so; no page shows it',
	reported_at DATETIME(3) NOT NULL,
	disease VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'code of care/disease.h',
	place ENUM('house','round') NOT NULL COMMENT 'where: in the office''s house, or among those whom it visits',
	counted_on DATE NOT NULL COMMENT 'the day up to which the numbers count',
	ill_users SMALLINT NOT NULL COMMENT 'all who have fallen ill so far',
	ill_staff SMALLINT NOT NULL,
	began_on DATE NOT NULL,
	ended_on DATE NULL,
	withdrawn TINYINT NOT NULL DEFAULT 0 COMMENT '1: there is no such outbreak, it was entered by mistake',
	PRIMARY KEY (outbreak_id, id),
	KEY (id),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
