-- What somebody has begun to write on a patient's page and not sent: a draft of
-- the page, and one of each reply that she has begun there. Sealed with a key of
-- her own (draft.c); forgotten when it is sent, and when old.
CREATE TABLE IF NOT EXISTS timeline_draft (
	user_id BIGINT NOT NULL,
	patient_id BIGINT NOT NULL,
	reply_to BINARY(16) NOT NULL DEFAULT 0x00000000000000000000000000000000
	    COMMENT 'ref of the entry that it answers; zero: it answers none',
	sealed BLOB NOT NULL,
	saved_at DATETIME(3) NOT NULL,
	PRIMARY KEY (user_id, patient_id, reply_to),
	KEY by_age (saved_at),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
