-- What of an entry's team somebody reads, a row for each who works in an office.
-- Found by its whole key it costs a page one table instead of the five that it
-- is derived from: MariaDB plans each of them at each request.
CREATE TABLE IF NOT EXISTS timeline_reader (
	user_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	profession CHAR(3) NOT NULL,
	sees SET('note','observation','medication','daily_life','plan','report','diagnosis') NOT NULL,
	PRIMARY KEY (user_id, office_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
  COMMENT='derived by triggers; nothing else writes it';

CREATE OR REPLACE ALGORITHM = MERGE VIEW timeline_reader_due AS
SELECT f.user_id, f.office_id, f.profession, g.sees, o.network_id
  FROM care_staff f
  JOIN care_office o ON o.id = f.office_id
  JOIN timeline_right_now g ON g.network_id = o.network_id AND g.profession = f.profession
 WHERE f.left_at IS NULL;

DELIMITER //

CREATE OR REPLACE TRIGGER timeline_staff_added AFTER INSERT ON care_staff FOR EACH ROW
INSERT INTO timeline_reader (user_id, office_id, profession, sees)
SELECT d.user_id, d.office_id, d.profession, d.sees FROM timeline_reader_due d
 WHERE d.user_id = NEW.user_id AND d.office_id = NEW.office_id//

-- Her marks follow, too: 0009-network-right.sql.
CREATE OR REPLACE TRIGGER timeline_staff_changed AFTER UPDATE ON care_staff FOR EACH ROW
IF NOT (OLD.user_id <=> NEW.user_id AND OLD.office_id <=> NEW.office_id
	AND OLD.profession <=> NEW.profession AND (OLD.left_at IS NULL) = (NEW.left_at IS NULL)) THEN
	DELETE FROM timeline_reader WHERE user_id = OLD.user_id AND office_id = OLD.office_id;
	INSERT INTO timeline_reader (user_id, office_id, profession, sees)
	SELECT d.user_id, d.office_id, d.profession, d.sees FROM timeline_reader_due d
	 WHERE d.user_id = NEW.user_id AND d.office_id = NEW.office_id;
	CALL timeline_rights_changed((SELECT network_id FROM care_office WHERE id = NEW.office_id), NEW.profession);
END IF//

CREATE OR REPLACE TRIGGER timeline_staff_gone AFTER DELETE ON care_staff FOR EACH ROW
DELETE FROM timeline_reader WHERE user_id = OLD.user_id AND office_id = OLD.office_id//

CREATE OR REPLACE TRIGGER timeline_office_changed AFTER UPDATE ON care_office FOR EACH ROW
IF NEW.network_id <> OLD.network_id THEN
	DELETE FROM timeline_reader WHERE office_id = NEW.id;
	INSERT INTO timeline_reader (user_id, office_id, profession, sees)
	SELECT d.user_id, d.office_id, d.profession, d.sees FROM timeline_reader_due d
	 WHERE d.office_id = NEW.id;
END IF//

-- Before the marks, which follow what is read: 0009-network-right.sql.
CREATE OR REPLACE PROCEDURE timeline_readers_changed(IN network BIGINT, IN profession_code CHAR(3))
	COMMENT 'what people of a profession read, as it is decided now'
BEGIN
	UPDATE timeline_reader r
	  JOIN timeline_reader_due d ON d.user_id = r.user_id AND d.office_id = r.office_id
	   SET r.sees = d.sees
	 WHERE d.network_id = network AND d.profession = profession_code;
	CALL timeline_rights_changed(network, profession_code);
END//

CREATE OR REPLACE TRIGGER timeline_right_added AFTER INSERT ON care_network_right FOR EACH ROW
CALL timeline_readers_changed(NEW.network_id, NEW.profession)//

CREATE OR REPLACE TRIGGER timeline_right_changed AFTER UPDATE ON care_network_right FOR EACH ROW
CALL timeline_readers_changed(NEW.network_id, NEW.profession)//

CREATE OR REPLACE TRIGGER timeline_right_removed AFTER DELETE ON care_network_right FOR EACH ROW
CALL timeline_readers_changed(OLD.network_id, OLD.profession)//

-- The table of what holds by default is changed by migrations alone.
CREATE OR REPLACE TRIGGER timeline_default_added AFTER INSERT ON timeline_right FOR EACH ROW
INSERT IGNORE INTO timeline_reader (user_id, office_id, profession, sees)
SELECT d.user_id, d.office_id, d.profession, d.sees FROM timeline_reader_due d
 WHERE d.profession = NEW.profession//

CREATE OR REPLACE TRIGGER timeline_default_changed AFTER UPDATE ON timeline_right FOR EACH ROW
UPDATE timeline_reader r
  JOIN timeline_reader_due d ON d.user_id = r.user_id AND d.office_id = r.office_id
   SET r.sees = d.sees
 WHERE d.profession = NEW.profession//

CREATE OR REPLACE TRIGGER timeline_default_gone AFTER DELETE ON timeline_right FOR EACH ROW
DELETE FROM timeline_reader WHERE profession = OLD.profession//

DELIMITER ;

INSERT IGNORE INTO timeline_reader (user_id, office_id, profession, sees)
SELECT d.user_id, d.office_id, d.profession, d.sees FROM timeline_reader_due d;

CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_seen AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office,
       e.patient_id, e.id, e.ref, e.author_id, e.author_name,
       e.author_profession, e.author_office, e.stand_in, e.written_at, e.kind,
       e.audience, e.reach, e.audience_of, e.audience_names, e.urgent,
       e.reply_to, e.replies, e.read_by, e.acknowledged_by, e.readers,
       e.acknowledgers, e.kept, e.corrects, e.corrected_by, e.gone, e.gone_at,
       e.gone_reason, e.moved_in, IFNULL(e.special, 0) AS special, e.attached,
       IF(e.gone IS NULL, e.body, '') AS body
  FROM timeline_reader f
  JOIN timeline_entry e
 WHERE e.recalled_at IS NULL
   AND ((e.reach < 2 AND FIND_IN_SET(COALESCE(e.team_kind, e.kind), f.sees) > 0)
        OR LOCATE(CONCAT(',u', f.user_id, ','), e.audience_of) > 0
        OR LOCATE(CONCAT(',p', f.profession, ','), e.audience_of) > 0);
