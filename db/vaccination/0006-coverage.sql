-- The town's areas, as it draws them: a resident lives in the one whose name stands in her address.
CREATE TABLE vaccination_area (
	network_id BIGINT NOT NULL,
	name VARCHAR(40) NOT NULL,
	position SMALLINT NOT NULL,
	PRIMARY KEY (network_id, name),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- How many of those whom a programme is for have had it, counted by the pass of a night. True
-- numbers: what may be told of them is decided where they are read (suppress.h).
CREATE TABLE vaccination_coverage (
	network_id BIGINT NOT NULL,
	on_day DATE NOT NULL COMMENT 'of the pass',
	vaccine VARCHAR(24) NOT NULL,
	area VARCHAR(40) NOT NULL COMMENT '"": none of the town''s',
	age SMALLINT NOT NULL COMMENT 'the least of the group',
	people INT NOT NULL,
	given INT NOT NULL COMMENT 'the last dose is one of ours',
	elsewhere INT NOT NULL COMMENT 'had it, the last dose given elsewhere',
	PRIMARY KEY (network_id, on_day, vaccine, area, age)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
