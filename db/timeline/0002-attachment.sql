-- What hangs on an entry: photos, papers, video, in the order they were sent.
-- The entry's row repeats how many, so that a page without any asks no further.
ALTER TABLE timeline_entry ADD COLUMN attached TINYINT NOT NULL DEFAULT 0;

CREATE TABLE timeline_attachment (
	patient_id BIGINT NOT NULL,
	entry_id BIGINT NOT NULL,
	number TINYINT NOT NULL,
	file_id BIGINT NOT NULL,
	thumbnail_id BIGINT NOT NULL DEFAULT 0 COMMENT 'a file of its own; 0: none',
	PRIMARY KEY (patient_id, entry_id, number),
	UNIQUE KEY (file_id),
	FOREIGN KEY (file_id) REFERENCES care_file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
