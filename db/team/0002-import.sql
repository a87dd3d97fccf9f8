-- Lists of consents that the town took with its own forms, such as applications for
-- certification. The list itself goes as soon as it is applied, or after an hour; what
-- stays is its hash and what came of it.
CREATE TABLE IF NOT EXISTS team_import (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	file_id BIGINT NULL COMMENT 'care_file; NULL: gone',
	name VARCHAR(120) NOT NULL COMMENT 'of the file',
	hash BINARY(32) NOT NULL COMMENT 'SHA-256 of its bytes',
	made_at DATETIME(3) NOT NULL,
	made_by BIGINT NOT NULL,
	applied_at DATETIME(3) NULL,
	applied_by BIGINT NOT NULL DEFAULT 0,
	recorded INT NOT NULL DEFAULT 0,
	known INT NOT NULL DEFAULT 0,
	refused INT NOT NULL DEFAULT 0,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY by_network (network_id, id), KEY (file_id),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
