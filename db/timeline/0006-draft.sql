-- What somebody has begun to write on a patient's page and not sent. Sealed
-- with a key of her own (draft.c); forgotten when it is sent, and when old.
CREATE TABLE IF NOT EXISTS timeline_draft (
	user_id BIGINT NOT NULL,
	patient_id BIGINT NOT NULL,
	sealed BLOB NOT NULL,
	saved_at DATETIME(3) NOT NULL,
	PRIMARY KEY (user_id, patient_id),
	KEY by_age (saved_at),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
