CREATE TABLE hello_visit (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	name VARCHAR(40) NOT NULL,
	note VARCHAR(200) NULL,
	at DATETIME(3) NOT NULL,
	greeted_at DATETIME(3) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO lib_reactor (topic, program) VALUES ('hello.visited', 'hello');
