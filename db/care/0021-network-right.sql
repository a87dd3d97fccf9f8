-- What a network decides of its own about professions; without a row, or where a
-- column is NULL, holds what E6 suggests (modules/care/profession.h). Kinds are
-- those of the timeline's entries: which ones of the whole team's somebody
-- reads, and which she writes.
CREATE TABLE care_network_right (
	network_id BIGINT NOT NULL,
	profession CHAR(3) NOT NULL,
	sees SET('note','observation','medication','daily_life','plan','report','diagnosis') NULL,
	writes SET('note','observation','medication','daily_life','plan','report','diagnosis') NULL,
	PRIMARY KEY (network_id, profession),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
