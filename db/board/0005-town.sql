-- Grounds of recusal that are found by themselves, as a town has them; the team is always one.
ALTER TABLE board_setting
	ADD COLUMN by_physician TINYINT NOT NULL DEFAULT 0 COMMENT 'the attending physician, by name',
	ADD COLUMN by_facility TINYINT NOT NULL DEFAULT 0 COMMENT 'where she lives is where a member works, by name';

-- A joint body's insurers by name.
CREATE TABLE board_insurer (
	network_id BIGINT NOT NULL,
	insurer_number CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	name VARCHAR(60) NOT NULL,
	PRIMARY KEY (network_id, insurer_number),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The video meeting of a sitting.
ALTER TABLE board_sitting ADD COLUMN meeting BINARY(16) NULL;
