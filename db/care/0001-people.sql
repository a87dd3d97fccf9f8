-- Networks, offices, users, devices, sessions. Words: glossary in the README.
-- Keys inside are BIGINT; outside, everything is named by `ref`.

CREATE TABLE care_network (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	code CHAR(6) NOT NULL COMMENT 'municipality_code of the seat',
	nickname VARCHAR(40) NOT NULL COMMENT 'what users call the product',
	colour CHAR(7) NOT NULL COMMENT '#rrggbb, heads every page',
	sender VARCHAR(40) NOT NULL COMMENT 'at the head of messages',
	phone VARCHAR(20) NOT NULL COMMENT 'inquiries, shown in messages',
	patient_word VARCHAR(10) NOT NULL DEFAULT '患者' COMMENT '患者, 利用者 or 対象者',
	sms_monthly_cap INT NOT NULL DEFAULT 3000 COMMENT 'billing units a month',
	sms_unit_yen DECIMAL(6,2) NOT NULL DEFAULT 10.00,
	named_receipts TINYINT NOT NULL DEFAULT 1 COMMENT 'who has read, by name',
	PRIMARY KEY (id),
	UNIQUE KEY (ref), UNIQUE KEY (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE care_office (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	kind VARCHAR(24) NOT NULL COMMENT 'clinic pharmacy visiting_nurse …',
	name VARCHAR(80) NOT NULL,
	office_number CHAR(10) NULL,
	phone VARCHAR(20) NULL,
	address VARCHAR(200) NULL,
	lat DOUBLE NULL, lon DOUBLE NULL,
	closed_at DATETIME(3) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref), UNIQUE KEY (network_id, office_number),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE care_user (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	login VARCHAR(40) NOT NULL,
	password_hash VARCHAR(384) NULL,
	pin_hash VARCHAR(384) NULL COMMENT 'six digits, reopens after idling',
	family VARCHAR(40) NOT NULL, given VARCHAR(40) NOT NULL,
	kana_family VARCHAR(60) NOT NULL, kana_given VARCHAR(60) NOT NULL,
	mail VARCHAR(254) NULL,
	mobile VARCHAR(16) NULL COMMENT 'E.164',
	mobile_bad_at DATETIME(3) NULL COMMENT 'two hard failures',
	lang CHAR(2) NOT NULL DEFAULT 'ja',
	roles SET('operator','privacy_officer','officer','disaster_officer','clerk',
	    'crew','dispatcher','secretary','board_member','welfare_volunteer')
	    NOT NULL DEFAULT '',
	suspended_at DATETIME(3) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref), UNIQUE KEY (login),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A user at an office, with the profession that she has there.
CREATE TABLE care_staff (
	user_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	profession CHAR(3) NOT NULL COMMENT 'MHLW LIFE code, 3xx are ours',
	office_manager TINYINT NOT NULL DEFAULT 0,
	on_duty TINYINT NOT NULL DEFAULT 0 COMMENT 'may stand in, is told at night',
	left_at DATETIME(3) NULL,
	PRIMARY KEY (user_id, office_id),
	KEY by_office (office_id, user_id),
	FOREIGN KEY (user_id) REFERENCES care_user (id),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A phone or PC of an office. Several of its users sign in on it.
CREATE TABLE care_device (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	office_id BIGINT NOT NULL,
	name VARCHAR(60) NOT NULL,
	certificate BINARY(32) NULL COMMENT 'SHA-256 of the DER, once issued',
	not_after DATETIME(3) NULL,
	created_at DATETIME(3) NOT NULL,
	revoked_at DATETIME(3) NULL,
	revoked_by BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (id),
	UNIQUE KEY (ref), UNIQUE KEY (certificate), KEY (office_id),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE care_session (
	token BINARY(32) NOT NULL COMMENT 'SHA-256 of the cookie',
	user_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	device_id BIGINT NOT NULL COMMENT '0 at the open door',
	door TINYINT NOT NULL COMMENT '0 professional, 1 open',
	created_at DATETIME(3) NOT NULL,
	seen_at DATETIME(3) NOT NULL COMMENT 'written at most once a minute',
	pin_failures TINYINT NOT NULL DEFAULT 0,
	ended_at DATETIME(3) NULL,
	PRIMARY KEY (token),
	KEY (user_id), KEY (device_id), KEY (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Wrong passwords and PINs, an account and a certificate each on its own.
CREATE TABLE care_attempt (
	kind ENUM('login','certificate') NOT NULL,
	subject BINARY(32) NOT NULL COMMENT 'SHA-256 of the login, or the certificate',
	failures INT NOT NULL,
	last_at DATETIME(3) NOT NULL,
	PRIMARY KEY (kind, subject),
	KEY (last_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Header tabs and patient tabs; each module's migration fills its own rows.
CREATE TABLE care_module (
	module VARCHAR(32) NOT NULL,
	place ENUM('main','patient') NOT NULL,
	path VARCHAR(80) NOT NULL COMMENT '{patient} is filled in',
	label VARCHAR(20) NOT NULL COMMENT 'Japanese, translated by the words',
	position INT NOT NULL,
	PRIMARY KEY (module, place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
