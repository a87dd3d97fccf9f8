-- A booking by telephone: the town's desk takes it, a clinic answers, the desk rings back.
-- The row says where it stands; each step is a row that is only added.
CREATE TABLE vaccination_booking (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	vaccine VARCHAR(24) NOT NULL,
	vaccine_name VARCHAR(60) NOT NULL,
	place ENUM('clinic','home') NOT NULL,
	clinic_id BIGINT NOT NULL COMMENT 'care_office that is asked',
	state ENUM('requested','offered','booked','done','cancelled') NOT NULL DEFAULT 'requested',
	state_at DATETIME(3) NOT NULL,
	caller VARCHAR(80) NOT NULL,
	caller_relation VARCHAR(40) NOT NULL,
	caller_phone VARCHAR(20) NULL COMMENT 'to ring back',
	wanted_1 DATE NULL,
	wanted_2 DATE NULL,
	wanted_3 DATE NULL,
	wanted_note VARCHAR(200) NULL,
	offered_on DATE NULL,
	offered_time CHAR(5) NULL COMMENT 'HH:MM',
	offer_note VARCHAR(200) NULL COMMENT 'what to bring, where to wait: it is on the card',
	requested_at DATETIME(3) NOT NULL,
	requested_by BIGINT NOT NULL,
	requester_name VARCHAR(81) NOT NULL,
	open_vaccine VARCHAR(24) AS (IF(state IN ('done','cancelled'), NULL, vaccine)) PERSISTENT,
	PRIMARY KEY (patient_id, id),
	UNIQUE KEY (ref), KEY (id),
	UNIQUE KEY one_open (patient_id, open_vaccine),
	KEY by_town (network_id, state, state_at),
	KEY by_clinic (clinic_id, state, state_at),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id),
	FOREIGN KEY (clinic_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE vaccination_booking_step (
	patient_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	booking_id BIGINT NOT NULL,
	state ENUM('requested','offered','booked','done','cancelled') NOT NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	office_name VARCHAR(80) NOT NULL,
	note VARCHAR(200) NULL,
	PRIMARY KEY (patient_id, id),
	KEY (id), KEY by_booking (booking_id, id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- As a desk and a clinic read it.
CREATE VIEW vaccination_booking_line AS
SELECT b.ref AS id, b.id AS booking_id, b.network_id, b.clinic_id, b.patient_id, p.ref AS patient,
       COALESCE(CONCAT(p.family, ' ', p.given), '') AS name,
       COALESCE(CONCAT(p.kana_family, ' ', p.kana_given), '') AS kana,
       p.birth_date, p.address, p.phone, b.vaccine, b.vaccine_name, b.place, o.name AS clinic_name,
       o.address AS clinic_address, o.phone AS clinic_phone, b.state, b.state_at, b.caller, b.caller_relation,
       b.caller_phone, b.wanted_1, b.wanted_2, b.wanted_3, b.wanted_note, b.offered_on, b.offered_time,
       b.offer_note, b.requested_at, b.requested_by, b.requester_name
  FROM vaccination_booking b
  JOIN care_patient p ON p.id = b.patient_id
  JOIN care_office o ON o.id = b.clinic_id;
