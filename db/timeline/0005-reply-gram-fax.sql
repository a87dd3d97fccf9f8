-- Replies of an entry, so that those of a page are one range.
CREATE TABLE IF NOT EXISTS timeline_reply (
	patient_id BIGINT NOT NULL,
	entry_id BIGINT NOT NULL,
	reply_id BIGINT NOT NULL,
	PRIMARY KEY (patient_id, entry_id, reply_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Pairs of characters of an entry's folded text (gram.h), for the search:
-- MariaDB has no parser that finds words in Japanese.
CREATE TABLE IF NOT EXISTS timeline_gram (
	patient_id BIGINT NOT NULL,
	gram BIGINT NOT NULL COMMENT 'first code point * 2^21 + second',
	entry_id BIGINT NOT NULL,
	PRIMARY KEY (patient_id, gram, entry_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- To whom an entry was sent on paper.
CREATE TABLE IF NOT EXISTS timeline_fax (
	patient_id BIGINT NOT NULL,
	entry_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	user_id BIGINT NOT NULL,
	sent_to VARCHAR(80) NOT NULL,
	at DATETIME(3) NOT NULL,
	PRIMARY KEY (patient_id, entry_id, id),
	UNIQUE KEY (ref), KEY (id),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
