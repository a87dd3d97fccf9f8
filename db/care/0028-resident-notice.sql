-- A message to a resident who agreed to it and is no user: the number stands in the notice,
-- whose user is the one who recorded that agreement.
ALTER TABLE care_notice
	ADD COLUMN IF NOT EXISTS resident_mobile VARCHAR(16) NULL COMMENT 'E.164; NULL: to the user herself';

-- A number that wants no more: what was queued for it before goes no more.
CREATE TABLE IF NOT EXISTS care_sms_stop (
	mobile VARCHAR(16) NOT NULL COMMENT 'E.164',
	stopped_at DATETIME(3) NOT NULL,
	PRIMARY KEY (mobile)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
