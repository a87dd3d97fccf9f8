-- Certificates that devices ask for and gateways/ca signs. The CA key is in a
-- file that only that program can read; what others want of it they write here.

CREATE TABLE ca_request (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	device_id BIGINT NOT NULL,
	asked_by BIGINT NOT NULL DEFAULT 0 COMMENT 'user; 0: the administrator',
	asked_at DATETIME(3) NOT NULL,
	csr BLOB NULL COMMENT 'DER, when the device made its own key',
	packing ENUM('modern','compatible','none') NOT NULL DEFAULT 'modern',
	state ENUM('asked','ready','taken','refused','expired') NOT NULL DEFAULT 'asked',
	reason VARCHAR(200) NULL,
	parcel BLOB NULL COMMENT 'PKCS#12, or for a CSR the certificate; gone when taken, or after 15 minutes',
	passphrase VARBINARY(200) NULL COMMENT 'of the PKCS#12, sealed (care/phrase.h)',
	ready_at DATETIME(3) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref), KEY (state, id),
	FOREIGN KEY (device_id) REFERENCES care_device (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE ca_certificate (
	serial BINARY(16) NOT NULL,
	device_id BIGINT NOT NULL,
	certificate BINARY(32) NOT NULL COMMENT 'SHA-256 of the DER',
	der BLOB NOT NULL,
	not_before DATETIME(3) NOT NULL,
	not_after DATETIME(3) NOT NULL,
	revoked_at DATETIME(3) NULL,
	PRIMARY KEY (serial),
	UNIQUE KEY (certificate), KEY (device_id),
	FOREIGN KEY (device_id) REFERENCES care_device (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE ca_crl (
	number BIGINT NOT NULL,
	issued_at DATETIME(3) NOT NULL,
	next_update DATETIME(3) NOT NULL,
	revoked INT NOT NULL COMMENT 'certificates of devices on it',
	probe ENUM('waiting','refused','accepted','unreachable','not_checked',
	    'not_reloaded','off') NOT NULL DEFAULT 'waiting'
	    COMMENT 'refused: the door said no to a revoked one, as it must',
	probe_reason VARCHAR(300) NULL,
	probed_at DATETIME(3) NULL,
	PRIMARY KEY (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
