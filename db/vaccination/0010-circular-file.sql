-- What goes with a circular: a form, a leaflet. The content is a care_file.
CREATE TABLE IF NOT EXISTS vaccination_circular_file (
	circular_id BIGINT NOT NULL,
	position TINYINT NOT NULL,
	file_id BIGINT NOT NULL,
	PRIMARY KEY (circular_id, position),
	UNIQUE KEY (file_id),
	FOREIGN KEY (circular_id) REFERENCES vaccination_circular (id),
	FOREIGN KEY (file_id) REFERENCES care_file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
