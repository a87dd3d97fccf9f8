-- Who switched which notice on or off, when and by which way: kept as long as the
-- contract (F2), one row a change, never changed. `care_notice_choice` says what holds.
CREATE TABLE IF NOT EXISTS care_notice_switch (
	id BIGINT NOT NULL AUTO_INCREMENT,
	network_id BIGINT NOT NULL,
	user_id BIGINT NULL COMMENT 'whose; NULL: of all people of the network',
	kind VARCHAR(32) NOT NULL,
	channel ENUM('mail','sms') NOT NULL,
	wanted TINYINT NOT NULL,
	at DATETIME(3) NOT NULL,
	how ENUM('account','mail','command') NOT NULL
		COMMENT 'she, signed in; whoever held a mail to her; the operator',
	request BINARY(16) NULL COMMENT 'in the audit trail',
	PRIMARY KEY (id),
	KEY by_user (user_id, kind, channel, id), KEY by_network (network_id, id),
	FOREIGN KEY (network_id) REFERENCES care_network (id),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The key in a mail by which its kind is switched off (RFC 8058).
ALTER TABLE care_notice
	ADD COLUMN IF NOT EXISTS stop_token BINARY(32) NULL COMMENT 'SHA-256 of it',
	ADD UNIQUE KEY IF NOT EXISTS by_stop_token (stop_token);
