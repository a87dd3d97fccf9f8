-- Notices: one message to one user over one channel. Inserted by the acting
-- module in its own transaction; only a gateway sends. No text is stored: a
-- notice names its kind, and the gateway fills that kind's template, which
-- has no place for patient data.

CREATE TABLE care_notice (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL COMMENT 'in the Message-ID and the receipt address',
	network_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	channel ENUM('mail','sms') NOT NULL,
	kind VARCHAR(32) NOT NULL COMMENT 'urgent_entry overdue_question disaster digest device …',
	cause BINARY(16) NOT NULL COMMENT 'ref of the thing that it is about',
	request BINARY(16) NOT NULL COMMENT 'id of the request that made it',
	count INT NOT NULL DEFAULT 0 COMMENT 'of things waiting, for a digest',
	state ENUM('queued','sending','sent','delivered','failed','expired',
	    'unknown','suppressed') NOT NULL DEFAULT 'queued',
	due_at DATETIME(3) NOT NULL,
	created_at DATETIME(3) NOT NULL,
	attempts INT NOT NULL DEFAULT 0,
	owner BINARY(16) NULL COMMENT 'gateway run that holds the lease',
	lease_until DATETIME(3) NULL,
	sent_at DATETIME(3) NULL,
	done_at DATETIME(3) NULL,
	units INT NOT NULL DEFAULT 0 COMMENT 'billing units handed over',
	reason VARCHAR(200) NULL COMMENT 'why it failed, is unknown or suppressed',
	PRIMARY KEY (id),
	UNIQUE KEY (ref),
	UNIQUE KEY once (cause, user_id, channel, kind),
	KEY due (channel, state, due_at),
	KEY by_network (network_id, channel, created_at),
	FOREIGN KEY (network_id) REFERENCES care_network (id),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Switches. Absent means: by the kind's own default (care/notice.h).
CREATE TABLE care_notice_choice (
	user_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	channel ENUM('mail','sms') NOT NULL,
	wanted TINYINT NOT NULL,
	PRIMARY KEY (user_id, kind, channel),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE care_network_choice (
	network_id BIGINT NOT NULL,
	kind VARCHAR(32) NOT NULL,
	channel ENUM('mail','sms') NOT NULL,
	wanted TINYINT NOT NULL,
	PRIMARY KEY (network_id, kind, channel),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
