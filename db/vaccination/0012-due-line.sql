-- What the town's list shows, in one range of one table: the rows lie in its order, each with the name and
-- the booking that stand beside it. Looked up for each of fifty rows they took most of the page's time, and without
-- that order nine thousand who are overdue were passed over before the first. Kept by triggers: no program can forget it.
-- Every statement may run again.
SET SESSION max_statement_time = 0;
ALTER TABLE vaccination_due
	ADD COLUMN IF NOT EXISTS patient_ref BINARY(16) NOT NULL DEFAULT '' COMMENT 'from here on as care_patient and vaccination_booking say',
	ADD COLUMN IF NOT EXISTS name VARCHAR(81) NOT NULL DEFAULT '',
	ADD COLUMN IF NOT EXISTS kana VARCHAR(121) NOT NULL DEFAULT '',
	ADD COLUMN IF NOT EXISTS birth_date DATE NOT NULL DEFAULT '1900-01-01',
	ADD COLUMN IF NOT EXISTS phone VARCHAR(20) NULL,
	ADD COLUMN IF NOT EXISTS booking ENUM('requested','offered','booked') NULL,
	ADD UNIQUE KEY IF NOT EXISTS one (patient_id, vaccine),
	ADD KEY IF NOT EXISTS by_person (patient_id, vaccine, programme, dose_number, due_on),
	DROP PRIMARY KEY, ADD PRIMARY KEY (network_id, vaccine, last_on, patient_id),
	DROP KEY IF EXISTS by_town;

DELIMITER //

-- The person is read under a lock, as INSERT … SELECT does: whoever renames her meanwhile waits.
CREATE OR REPLACE TRIGGER vaccination_due_named BEFORE INSERT ON vaccination_due FOR EACH ROW
IF NEW.name = '' THEN
BEGIN
	DECLARE who BINARY(16);
	DECLARE called, sounds VARCHAR(121) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
	DECLARE born DATE;
	DECLARE reached, asked VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

	SELECT p.ref, CONCAT(p.family, ' ', p.given), CONCAT(p.kana_family, ' ', p.kana_given), p.birth_date, p.phone,
	       (SELECT CONCAT(b.state) FROM vaccination_booking b WHERE b.patient_id = p.id AND b.open_vaccine = NEW.vaccine)
	  INTO who, called, sounds, born, reached, asked
	  FROM care_patient p WHERE p.id = NEW.patient_id LOCK IN SHARE MODE;
	SET NEW.patient_ref = who, NEW.name = called, NEW.kana = sounds, NEW.birth_date = born, NEW.phone = reached, NEW.booking = asked;
END;
END IF//

CREATE OR REPLACE TRIGGER vaccination_due_renamed AFTER UPDATE ON care_patient FOR EACH ROW
IF NEW.family <> OLD.family OR NEW.given <> OLD.given OR NEW.kana_family <> OLD.kana_family OR NEW.kana_given <> OLD.kana_given OR
	NEW.birth_date <> OLD.birth_date OR NOT NEW.phone <=> OLD.phone THEN
	UPDATE vaccination_due SET name = CONCAT(NEW.family, ' ', NEW.given), kana = CONCAT(NEW.kana_family, ' ', NEW.kana_given),
	       birth_date = NEW.birth_date, phone = NEW.phone
	 WHERE patient_id = NEW.id;
END IF//

CREATE OR REPLACE TRIGGER vaccination_due_asked AFTER INSERT ON vaccination_booking FOR EACH ROW
IF NEW.state NOT IN ('done', 'cancelled') THEN
	UPDATE vaccination_due SET booking = CONCAT(NEW.state) WHERE patient_id = NEW.patient_id AND vaccine = NEW.vaccine;
END IF//

CREATE OR REPLACE TRIGGER vaccination_due_booked AFTER UPDATE ON vaccination_booking FOR EACH ROW
IF NEW.state <> OLD.state THEN
	UPDATE vaccination_due SET booking = IF(NEW.state IN ('done', 'cancelled'), NULL, CONCAT(NEW.state))
	 WHERE patient_id = NEW.patient_id AND vaccine = NEW.vaccine;
END IF//

CREATE OR REPLACE TRIGGER vaccination_due_unbooked AFTER DELETE ON vaccination_booking FOR EACH ROW
IF OLD.state NOT IN ('done', 'cancelled') THEN
	UPDATE vaccination_due SET booking = NULL WHERE patient_id = OLD.patient_id AND vaccine = OLD.vaccine;
END IF//

DELIMITER ;

-- What was there before.
UPDATE vaccination_due d JOIN care_patient p ON p.id = d.patient_id
  LEFT JOIN vaccination_booking b ON b.patient_id = d.patient_id AND b.open_vaccine = d.vaccine
   SET d.patient_ref = p.ref, d.name = CONCAT(p.family, ' ', p.given), d.kana = CONCAT(p.kana_family, ' ', p.kana_given),
       d.birth_date = p.birth_date, d.phone = p.phone, d.booking = b.state
 WHERE d.name = '';
