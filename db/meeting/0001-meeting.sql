-- Video meetings. The module writes what is wanted; tomozuna-meet brings the
-- provider to it and notes what the provider has; tomozuna-mail tells people.

-- Where a network's meetings are held: one row a network. Secrets are files of
-- tomozuna-meet's (meet-CODE.pem or meet-CODE.secret), none of them is here.
CREATE TABLE meeting_provider (
	network_id BIGINT NOT NULL,
	kind ENUM('jitsi','teams') NOT NULL,
	origin VARCHAR(200) NOT NULL COMMENT 'https://meet.example or https://graph.microsoft.com',
	login_origin VARCHAR(200) NULL COMMENT 'teams: https://login.microsoftonline.com',
	tenant VARCHAR(64) NULL COMMENT 'teams: directory id; jitsi: sub',
	client VARCHAR(64) NOT NULL COMMENT 'teams: application id; jitsi: app id',
	organizer VARCHAR(64) NULL COMMENT 'teams: object id of the user who holds meetings',
	recording TINYINT NOT NULL DEFAULT 0 COMMENT '1: the network allows recording',
	pause_until DATETIME(3) NULL COMMENT 'the provider asked us to wait so long',
	PRIMARY KEY (network_id),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE meeting_meeting (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL COMMENT 'UID of the invitations, externalId at the provider',
	network_id BIGINT NOT NULL,
	patient_id BIGINT NULL COMMENT 'NULL: of no patient, or of nobody who may be named',
	kind ENUM('care_conference','discharge_conference','community_conference',
	    'training_course','sitting') NOT NULL,
	title VARCHAR(80) NOT NULL COMMENT 'shown after signing in only',
	agenda TEXT NULL,
	starts_at DATETIME(3) NOT NULL,
	ends_at DATETIME(3) NOT NULL,
	open_signup TINYINT NOT NULL DEFAULT 0 COMMENT 'everyone of the network may sign up',
	organizer_id BIGINT NOT NULL,
	organizer_name VARCHAR(81) NOT NULL,
	made_at DATETIME(3) NOT NULL,
	-- Who of the family is there, and who agreed to it.
	presence ENUM('none','patient','family','both') NOT NULL DEFAULT 'none',
	consent_signer VARCHAR(80) NULL,
	consent_relation VARCHAR(40) NULL,
	consent_at DATETIME(3) NULL,
	consent_by BIGINT NOT NULL DEFAULT 0,
	recording TINYINT NOT NULL DEFAULT 0,
	state ENUM('draft','scheduled','cancelled') NOT NULL DEFAULT 'draft',
	asked_at DATETIME(3) NULL COMMENT 'invitations were pressed; they leave once the provider has it',
	cancelled_at DATETIME(3) NULL,
	sequence INT NOT NULL DEFAULT 0 COMMENT 'SEQUENCE of RFC 5546',
	minutes TEXT NULL,
	minutes_at DATETIME(3) NULL,
	minutes_name VARCHAR(81) NULL,
	-- What the provider is to have (revision), and what it has (done).
	room CHAR(32) NOT NULL COMMENT '128 random bits',
	revision INT NOT NULL DEFAULT 0,
	done INT NOT NULL DEFAULT -1,
	begun TINYINT NOT NULL DEFAULT 0 COMMENT 'a create may have reached the provider',
	provider_id VARCHAR(400) NULL,
	provider_url VARCHAR(2000) NULL,
	act_due_at DATETIME(3) NULL COMMENT 'NULL: nothing to do',
	act_unsure_until DATETIME(3) NULL COMMENT 'an act without an answer may still happen until then',
	act_owner BINARY(16) NULL,
	act_lease_until DATETIME(3) NULL,
	act_attempts INT NOT NULL DEFAULT 0,
	act_reason VARCHAR(24) NULL COMMENT 'throttled access_policy …: gateways/meet/provider.h',
	PRIMARY KEY (id),
	UNIQUE KEY (ref), UNIQUE KEY (room),
	KEY by_patient (patient_id, starts_at),
	KEY by_organizer (organizer_id, starts_at),
	KEY by_network (network_id, open_signup, starts_at),
	KEY due (act_due_at),
	FOREIGN KEY (network_id) REFERENCES care_network (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who is invited: a user, or a guest who has a name and an address instead.
-- What she was told last, and what the next mail has to say, follows from this row.
CREATE TABLE meeting_invitation (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	meeting_id BIGINT NOT NULL,
	patient_id BIGINT NULL COMMENT 'as of the meeting',
	user_id BIGINT NULL,
	guest ENUM('family','outsider') NULL COMMENT 'NULL: a user',
	name VARCHAR(81) NOT NULL,
	profession CHAR(3) NULL,
	office VARCHAR(80) NULL COMMENT 'of a guest: who he is',
	mail VARCHAR(254) NULL COMMENT 'of a guest',
	invited_at DATETIME(3) NOT NULL,
	invited_by BIGINT NOT NULL,
	removed_at DATETIME(3) NULL,
	response ENUM('accepted','declined','tentative') NULL,
	response_note VARCHAR(200) NULL,
	responded_at DATETIME(3) NULL,
	joined_at DATETIME(3) NULL,
	join_url VARCHAR(3000) NULL COMMENT 'hers alone; NULL until the provider has the meeting',
	-- Mails: due, under whose lease, and what was told last.
	mail_due_at DATETIME(3) NULL,
	mail_version INT NOT NULL DEFAULT 0 COMMENT 'rises with each reason to write',
	mail_owner BINARY(16) NULL,
	mail_lease_until DATETIME(3) NULL,
	mail_attempts INT NOT NULL DEFAULT 0,
	mail_reason VARCHAR(200) NULL,
	told_sequence INT NULL,
	told_method ENUM('REQUEST','CANCEL') NULL,
	told_at DATETIME(3) NULL,
	-- A guest's link: SHA-256 of what it holds. Used once.
	token BINARY(32) NULL,
	token_until DATETIME(3) NULL,
	token_used_at DATETIME(3) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref), UNIQUE KEY (token),
	UNIQUE KEY once (meeting_id, user_id),
	KEY by_user (user_id, meeting_id),
	KEY by_patient (patient_id),
	KEY mail_due (mail_due_at),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT INTO care_module (module, place, path, label, position) VALUES
	('meeting', 'main', '/meeting', '会議', 30),
	('meeting', 'patient', '/meeting/of/{patient}', '会議', 50);
