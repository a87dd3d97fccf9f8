-- What a network has spent on SMS, in billing units, counted as they are
-- handed over; care_network has the cap and the price.
CREATE TABLE sms_month (
	network_id BIGINT NOT NULL,
	month INT NOT NULL COMMENT 'Japanese month as YYYYMM',
	units INT NOT NULL DEFAULT 0,
	PRIMARY KEY (network_id, month),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
