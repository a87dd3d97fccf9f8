-- A person may have several professions in one office, such as a nurse who is a care
-- manager besides (E6): her rights there are the union of theirs. The first stays in
-- its column and is the one that she signs with.
ALTER TABLE care_staff
	ADD COLUMN IF NOT EXISTS further_professions VARCHAR(39) NULL
		COMMENT 'codes beside the first, joined by a comma',
	ADD CONSTRAINT IF NOT EXISTS care_staff_further
		CHECK (further_professions REGEXP '^[0-9]{3}(,[0-9]{3})*$');
ALTER TABLE care_session
	ADD COLUMN IF NOT EXISTS professions VARCHAR(43) NOT NULL DEFAULT ''
		COMMENT 'all of hers at that office, the first one first';

CREATE OR REPLACE VIEW care_session_card AS
SELECT f.user_id, f.office_id, u.network_id, u.ref AS user_ref, u.login, u.family,
       u.given, u.roles, u.lang, f.profession, f.office_manager, f.on_duty,
       o.name AS office_name,
       (u.suspended_at IS NOT NULL) + 2 * (f.left_at IS NOT NULL) +
       4 * (o.closed_at IS NOT NULL) AS barred,
       CONCAT_WS(',', f.profession, f.further_professions) AS professions
  FROM care_staff f JOIN care_user u ON u.id = f.user_id JOIN care_office o ON o.id = f.office_id;

DELIMITER //
CREATE OR REPLACE TRIGGER care_session_begins BEFORE INSERT ON care_session FOR EACH ROW
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
		    NEW.professions = c.professions,
		    NEW.office_manager = c.office_manager,
		    NEW.on_duty = c.on_duty, NEW.office_name = c.office_name;
	END IF;
	SET NEW.certificate = (SELECT certificate FROM care_device
	     WHERE id = NEW.device_id AND revoked_at IS NULL LOCK IN SHARE MODE);
END//
DELIMITER ;

CREATE OR REPLACE TRIGGER care_staff_changed AFTER UPDATE ON care_staff FOR EACH ROW
UPDATE care_session
   SET barred = (barred & 5) | 2 * (NEW.left_at IS NOT NULL),
       profession = NEW.profession,
       professions = CONCAT_WS(',', NEW.profession, NEW.further_professions),
       office_manager = NEW.office_manager, on_duty = NEW.on_duty
 WHERE user_id = NEW.user_id AND office_id = NEW.office_id AND ended_at IS NULL;

-- Sessions that are open already.
UPDATE care_session s
  JOIN care_session_card c ON c.user_id = s.user_id AND c.office_id = s.office_id
   SET s.professions = c.professions
 WHERE s.ended_at IS NULL;

CREATE OR REPLACE VIEW care_team_person AS
SELECT t.patient_id, f.user_id, t.office_id, t.user_id AS named, t.team_role, t.told,
       f.profession, f.on_duty, CONCAT_WS(',', f.profession, f.further_professions) AS professions
  FROM care_team_member t
  JOIN care_staff f ON f.office_id = t.office_id AND f.left_at IS NULL
   AND (t.user_id = f.user_id OR t.user_id = 0);
