-- A session carries what admission asks of its device, user, staff and office.
-- Joining those four at each request cost more than all the rest of it: MariaDB
-- plans a prepared statement anew at each execution, some 60,000 instructions a
-- table. The triggers keep the copies, so that no program can forget them, and
-- in the transaction of the change, so that it counts at the next request.

ALTER TABLE care_session
	ADD COLUMN certificate BINARY(32) NULL COMMENT 'NULL once the device is revoked',
	ADD COLUMN barred TINYINT NOT NULL DEFAULT 0
		COMMENT '1 user suspended, 2 not of the staff, 4 office closed',
	ADD COLUMN network_id BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN user_ref BINARY(16) NOT NULL DEFAULT '',
	ADD COLUMN login VARCHAR(40) NOT NULL DEFAULT '',
	ADD COLUMN family VARCHAR(40) NOT NULL DEFAULT '',
	ADD COLUMN given VARCHAR(40) NOT NULL DEFAULT '',
	ADD COLUMN roles VARCHAR(255) NOT NULL DEFAULT '',
	ADD COLUMN lang CHAR(2) NOT NULL DEFAULT 'ja',
	ADD COLUMN profession CHAR(3) NOT NULL DEFAULT '',
	ADD COLUMN office_manager TINYINT NOT NULL DEFAULT 0,
	ADD COLUMN on_duty TINYINT NOT NULL DEFAULT 0,
	ADD COLUMN office_name VARCHAR(80) NOT NULL DEFAULT '',
	ADD KEY by_office (office_id);

-- The rows are locked while they are read: whoever revokes, suspends or closes
-- at the same moment waits, and then finds the new session.
CREATE VIEW care_session_card AS
SELECT f.user_id, f.office_id, u.network_id, u.ref AS user_ref, u.login, u.family,
       u.given, u.roles, u.lang, f.profession, f.office_manager, f.on_duty,
       o.name AS office_name,
       (u.suspended_at IS NOT NULL) + 2 * (f.left_at IS NOT NULL) +
       4 * (o.closed_at IS NOT NULL) AS barred
  FROM care_staff f JOIN care_user u ON u.id = f.user_id JOIN care_office o ON o.id = f.office_id;

DELIMITER //
CREATE TRIGGER care_session_begins BEFORE INSERT ON care_session FOR EACH ROW
BEGIN
	DECLARE c ROW TYPE OF care_session_card;
	DECLARE CONTINUE HANDLER FOR NOT FOUND SET NEW.barred = 2;

	SET NEW.barred = 0;
	SELECT * INTO c FROM care_session_card
	 WHERE user_id = NEW.user_id AND office_id = NEW.office_id
	  LOCK IN SHARE MODE;
	IF NEW.barred = 0 THEN
		SET NEW.barred = c.barred, NEW.network_id = c.network_id,
		    NEW.user_ref = c.user_ref, NEW.login = c.login,
		    NEW.family = c.family, NEW.given = c.given,
		    NEW.roles = c.roles, NEW.lang = c.lang,
		    NEW.profession = c.profession,
		    NEW.office_manager = c.office_manager,
		    NEW.on_duty = c.on_duty, NEW.office_name = c.office_name;
	END IF;
	SET NEW.certificate = (SELECT certificate FROM care_device
	     WHERE id = NEW.device_id AND revoked_at IS NULL LOCK IN SHARE MODE);
END//
DELIMITER ;

CREATE TRIGGER care_user_changed AFTER UPDATE ON care_user FOR EACH ROW
UPDATE care_session
   SET barred = (barred & 6) | (NEW.suspended_at IS NOT NULL),
       network_id = NEW.network_id, user_ref = NEW.ref, login = NEW.login,
       family = NEW.family, given = NEW.given, roles = NEW.roles, lang = NEW.lang
 WHERE user_id = NEW.id AND ended_at IS NULL;

CREATE TRIGGER care_staff_changed AFTER UPDATE ON care_staff FOR EACH ROW
UPDATE care_session
   SET barred = (barred & 5) | 2 * (NEW.left_at IS NOT NULL),
       profession = NEW.profession, office_manager = NEW.office_manager,
       on_duty = NEW.on_duty
 WHERE user_id = NEW.user_id AND office_id = NEW.office_id AND ended_at IS NULL;

CREATE TRIGGER care_staff_gone AFTER DELETE ON care_staff FOR EACH ROW
UPDATE care_session SET barred = barred | 2
 WHERE user_id = OLD.user_id AND office_id = OLD.office_id AND ended_at IS NULL;

CREATE TRIGGER care_office_changed AFTER UPDATE ON care_office FOR EACH ROW
UPDATE care_session
   SET barred = (barred & 3) | 4 * (NEW.closed_at IS NOT NULL),
       office_name = NEW.name
 WHERE office_id = NEW.id AND ended_at IS NULL;

CREATE TRIGGER care_device_changed AFTER UPDATE ON care_device FOR EACH ROW
UPDATE care_session
   SET certificate = IF(NEW.revoked_at IS NULL, NEW.certificate, NULL)
 WHERE device_id = NEW.id AND ended_at IS NULL;

CREATE TRIGGER care_device_gone AFTER DELETE ON care_device FOR EACH ROW
UPDATE care_session SET certificate = NULL
 WHERE device_id = OLD.id AND ended_at IS NULL;

-- Sessions that are open already.
UPDATE care_session s
  JOIN care_session_card c ON c.user_id = s.user_id AND c.office_id = s.office_id
  LEFT JOIN care_device d ON d.id = s.device_id AND d.revoked_at IS NULL
   SET s.certificate = d.certificate, s.barred = c.barred, s.network_id = c.network_id,
       s.user_ref = c.user_ref, s.login = c.login, s.family = c.family, s.given = c.given,
       s.roles = c.roles, s.lang = c.lang, s.profession = c.profession,
       s.office_manager = c.office_manager, s.on_duty = c.on_duty,
       s.office_name = c.office_name
 WHERE s.ended_at IS NULL;
