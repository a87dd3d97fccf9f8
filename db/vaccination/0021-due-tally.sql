-- What is due, added up by the pass while it looks: to count a table of two million rows at its end took longer than
-- a program waits for an answer, so that with a million people no pass came to its end.
CREATE TABLE vaccination_due_tally (
	network_id BIGINT NOT NULL,
	on_day DATE NOT NULL COMMENT 'of the pass',
	vaccine VARCHAR(24) NOT NULL,
	due INT NOT NULL,
	overdue INT NOT NULL,
	PRIMARY KEY (network_id, on_day, vaccine)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
