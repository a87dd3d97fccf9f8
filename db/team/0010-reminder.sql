-- Of which consent's end the managing office was reminded, and at how many days before it:
-- once each.
CREATE TABLE IF NOT EXISTS team_reminder (
	ref BINARY(16) NOT NULL COMMENT 'care_consent',
	days SMALLINT NOT NULL,
	reminded_at DATETIME(3) NOT NULL,
	PRIMARY KEY (ref, days)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
