-- What an officer says to everybody at work in an incident: drafted by what prepared the
-- room, given out by her. Never changed once it is. Every statement may run again.
CREATE TABLE IF NOT EXISTS disaster_message (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	incident_id BIGINT NOT NULL,
	audience ENUM('teams','offices') NOT NULL,
	body VARCHAR(400) NOT NULL,
	prepared_at DATETIME(3) NOT NULL,
	given_at DATETIME(3) NULL,
	given_by BIGINT NOT NULL DEFAULT 0,
	given_name VARCHAR(81) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY by_incident (incident_id, given_at),
	FOREIGN KEY (incident_id) REFERENCES disaster_incident (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
