-- The number of a contact as digits, so that whoever is a contact of two people is found. Kept
-- by triggers and not generated: of this table with a string made by REGEXP_REPLACE CHECKSUM TABLE said
-- another number after each question (MariaDB 10.11), and a restore seemed to have lost something.
ALTER TABLE care_emergency_contact
	ADD COLUMN IF NOT EXISTS digits VARCHAR(20) NULL COMMENT 'of phone, by triggers',
	ADD KEY IF NOT EXISTS by_digits (digits);

UPDATE care_emergency_contact SET digits = REGEXP_REPLACE(phone, '[^0-9]', '');

DELIMITER //
CREATE OR REPLACE TRIGGER care_contact_digits BEFORE INSERT ON care_emergency_contact FOR EACH ROW
SET NEW.digits = REGEXP_REPLACE(NEW.phone, '[^0-9]', '')//
CREATE OR REPLACE TRIGGER care_contact_digits_changed BEFORE UPDATE ON care_emergency_contact FOR EACH ROW
IF NEW.phone <> OLD.phone THEN SET NEW.digits = REGEXP_REPLACE(NEW.phone, '[^0-9]', ''); END IF//
DELIMITER ;
