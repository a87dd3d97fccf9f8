-- The town's circulars to the clinics that vaccinate, and who has read which. Whom one went to
-- stays as it was on that day.
CREATE TABLE vaccination_circular (
	network_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	subject VARCHAR(120) NOT NULL,
	body VARCHAR(4000) NOT NULL,
	sent_at DATETIME(3) NOT NULL,
	sent_by BIGINT NOT NULL,
	sender_name VARCHAR(81) NOT NULL,
	ended_at DATETIME(3) NULL COMMENT 'taken back',
	ended_name VARCHAR(81) NULL,
	PRIMARY KEY (network_id, id),
	UNIQUE KEY (ref), KEY (id),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE vaccination_circular_office (
	circular_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	PRIMARY KEY (circular_id, office_id),
	KEY by_office (office_id, circular_id),
	FOREIGN KEY (circular_id) REFERENCES vaccination_circular (id),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE vaccination_circular_reader (
	circular_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	reader_name VARCHAR(81) NOT NULL,
	read_at DATETIME(3) NOT NULL,
	PRIMARY KEY (circular_id, office_id, user_id),
	FOREIGN KEY (circular_id) REFERENCES vaccination_circular (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
