-- What phones send back. A word that stops is lasting: what is queued later for that
-- number goes no more either, until a word of the same phone takes it back.
ALTER TABLE care_sms_stop
	ADD COLUMN IF NOT EXISTS lasting TINYINT NOT NULL DEFAULT 0 COMMENT '1: said by the phone itself';

ALTER TABLE care_notice
	ADD COLUMN IF NOT EXISTS code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'of the question that it asks',
	ADD KEY IF NOT EXISTS by_resident (resident_mobile, id);

ALTER TABLE care_user
	ADD KEY IF NOT EXISTS by_mobile (mobile);

-- A question to a number that waits for an answer: whose event it will be, and what it is about.
CREATE TABLE IF NOT EXISTS care_sms_question (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	mobile VARCHAR(16) NOT NULL COMMENT 'E.164',
	code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'digits; tells questions to one number apart',
	topic VARCHAR(60) NOT NULL COMMENT 'of the event that an answer is, such as disaster.answered',
	about BINARY(16) NOT NULL COMMENT 'ref of the thing, the asking program''s',
	asked_at DATETIME(3) NOT NULL,
	until DATETIME(3) NOT NULL COMMENT 'an answer after that is nobody''s',
	PRIMARY KEY (id), UNIQUE KEY (ref),
	KEY by_mobile (mobile, until), KEY by_about (about), KEY by_time (until),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A first word that is claimed by whoever put it here, in a migration of its own.
CREATE TABLE IF NOT EXISTS care_sms_keyword (
	word VARCHAR(31) NOT NULL COMMENT 'folded, as sms_words (care/sms_reply.h) gives it',
	topic VARCHAR(60) NOT NULL,
	PRIMARY KEY (word)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What came, once each; goes after 30 days.
CREATE TABLE IF NOT EXISTS care_sms_incoming (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	carrier_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the SMSC''s own, else Kannel''s',
	mobile VARCHAR(16) NOT NULL COMMENT 'E.164',
	words VARCHAR(700) NOT NULL COMMENT 'the text',
	taken_as ENUM('stop','resume','keyword','answer','several','nobody') NOT NULL,
	question_id BIGINT NOT NULL DEFAULT 0,
	received_at DATETIME(3) NOT NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref),
	UNIQUE KEY once (carrier_id, mobile),
	KEY by_mobile (mobile, received_at), KEY by_time (received_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
