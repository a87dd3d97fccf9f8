-- What a voucher (接種券, until 2024-03) said of a dose: texts, whose zeros in front count.
ALTER TABLE care_immunization
	ADD COLUMN IF NOT EXISTS municipality_code CHAR(6) NULL COMMENT 'that gave the voucher out, with its check digit',
	ADD COLUMN IF NOT EXISTS voucher_number VARCHAR(10) NULL COMMENT '券番号';
