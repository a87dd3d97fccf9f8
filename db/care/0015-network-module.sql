-- Modules that a network does without. Absent means: it has the module, if the
-- installation has it.
CREATE TABLE care_network_module (
	network_id BIGINT NOT NULL,
	module VARCHAR(32) NOT NULL,
	enabled TINYINT NOT NULL,
	PRIMARY KEY (network_id, module),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
