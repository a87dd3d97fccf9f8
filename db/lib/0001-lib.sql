-- What every program stands on: audit, idempotency, events, leases.
-- Instants are UTC in DATETIME(3). Nothing here knows a word of care.

CREATE TABLE lib_audit (
	id BIGINT NOT NULL AUTO_INCREMENT,
	at DATETIME(3) NOT NULL,
	request BINARY(16) NOT NULL,
	program VARCHAR(32) NOT NULL,
	method VARCHAR(8) NOT NULL,
	route VARCHAR(160) NOT NULL COMMENT 'the pattern, never the URL',
	status SMALLINT NOT NULL,
	outcome TINYINT NOT NULL COMMENT 'FHIR AuditEvent.outcome: 0 4 8',
	network_id BIGINT NOT NULL DEFAULT 0,
	user_id BIGINT NOT NULL DEFAULT 0,
	office_id BIGINT NOT NULL DEFAULT 0,
	device_id BIGINT NOT NULL DEFAULT 0,
	subject_id BIGINT NOT NULL DEFAULT 0,
	purpose VARCHAR(16) NOT NULL DEFAULT 'TREAT' COMMENT 'v3 PurposeOfUse',
	stand_in TINYINT NOT NULL DEFAULT 0,
	subjects TEXT NULL COMMENT 'JSON array: patients of a list view',
	journal BINARY(16) NULL COMMENT 'the journal that carried it, if one did',
	journal_seq BIGINT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY journal_once (journal, journal_seq),
	KEY by_subject (subject_id, id),
	KEY by_user (user_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
  COMMENT='append-only; no account of the portal may update or delete';

CREATE TABLE lib_audit_seal (
	seq BIGINT NOT NULL,
	audit_id BIGINT NOT NULL,
	head BINARY(32) NOT NULL COMMENT 'SHA-256 over the head before and the row',
	sealed_at DATETIME(3) NOT NULL,
	PRIMARY KEY (seq),
	UNIQUE KEY one_seal (audit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One holder at a time; `fence` rises with each change of holder.
CREATE TABLE lib_lease (
	name VARCHAR(40) NOT NULL,
	owner BINARY(16) NOT NULL,
	fence BIGINT NOT NULL,
	until DATETIME(3) NOT NULL,
	PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What was answered to a change, so that the same again has one effect.
CREATE TABLE lib_idempotency (
	scope BINARY(32) NOT NULL COMMENT 'SHA-256 of viewer, route and key',
	inputs BINARY(32) NOT NULL COMMENT 'SHA-256 of path and inputs',
	status SMALLINT NULL COMMENT 'NULL only inside its own transaction',
	location VARCHAR(400) NULL,
	ref BINARY(16) NULL,
	at DATETIME(3) NOT NULL,
	PRIMARY KEY (scope),
	KEY by_age (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE lib_event (
	id BIGINT NOT NULL AUTO_INCREMENT,
	topic VARCHAR(60) NOT NULL,
	patient_id BIGINT NOT NULL DEFAULT 0,
	about BINARY(16) NOT NULL COMMENT 'ref of the thing',
	actor_id BIGINT NOT NULL DEFAULT 0,
	at DATETIME(3) NOT NULL,
	sentence_ja VARCHAR(400) NOT NULL,
	sentence_en VARCHAR(400) NOT NULL,
	PRIMARY KEY (id),
	KEY by_topic (topic, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Which program reacts to which topic; filled by the program's migrations.
CREATE TABLE lib_reactor (
	topic VARCHAR(60) NOT NULL,
	program VARCHAR(32) NOT NULL,
	PRIMARY KEY (topic, program)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE lib_event_due (
	program VARCHAR(32) NOT NULL,
	event_id BIGINT NOT NULL,
	attempts INT NOT NULL DEFAULT 0,
	not_before DATETIME(3) NOT NULL,
	parked VARCHAR(200) NULL COMMENT 'reason; NULL while it is still tried',
	PRIMARY KEY (program, event_id),
	KEY by_time (program, parked, not_before)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
