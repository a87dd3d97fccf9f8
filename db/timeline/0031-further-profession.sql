-- Of several professions in one office (db/care/0054-further-profession.sql) somebody
-- reads what any of them reads, is addressed by each, and her marks follow.
ALTER TABLE timeline_reader
	ADD COLUMN IF NOT EXISTS further VARCHAR(43) NULL
		COMMENT 'pattern of her further professions in an audience: ,p(150|300),';

-- Of her professions those count that read here at all; the first of these comes first.
CREATE OR REPLACE VIEW timeline_reader_due AS
SELECT f.user_id, f.office_id,
       SUBSTRING_INDEX(GROUP_CONCAT(g.profession ORDER BY g.profession <> f.profession, g.profession), ',', 1) AS profession,
       BIT_OR(COALESCE(n.sees + 0, g.sees + 0)) AS sees, MAX(o.network_id) AS network_id,
       IF(COUNT(*) = 1, NULL, CONCAT(',p(', SUBSTR(GROUP_CONCAT(g.profession
           ORDER BY g.profession <> f.profession, g.profession SEPARATOR '|'), 5), '),')) AS further
  FROM care_staff f
  JOIN care_office o ON o.id = f.office_id
  JOIN timeline_right g ON FIND_IN_SET(g.profession, CONCAT_WS(',', f.profession, f.further_professions))
  LEFT JOIN care_network_right n ON n.network_id = o.network_id AND n.profession = g.profession
 WHERE f.left_at IS NULL
 GROUP BY f.user_id, f.office_id;

CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_seen AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office,
       e.patient_id, e.id, e.ref, e.author_id, e.author_name,
       e.author_profession, e.author_office, e.stand_in, e.written_at, e.kind,
       e.audience, e.reach, e.audience_of, e.audience_names, e.urgent,
       e.reply_to, e.replies, e.read_by, e.acknowledged_by, e.readers,
       e.acknowledgers, e.kept, e.corrects, e.corrected_by, e.gone, e.gone_at,
       e.gone_reason, e.moved_in, e.moved_at, e.question,
       IFNULL(e.special, 0) OR e.question AS special, e.attached,
       IF(e.gone IS NULL, e.body, '') AS body
  FROM timeline_reader f
  JOIN timeline_entry e
 WHERE e.recalled_at IS NULL
   AND ((e.reach < 2 AND FIND_IN_SET(COALESCE(e.team_kind, e.kind), f.sees) > 0)
        OR LOCATE(CONCAT(',u', f.user_id, ','), e.audience_of) > 0
        OR LOCATE(CONCAT(',p', f.profession, ','), e.audience_of) > 0
        OR (f.further IS NOT NULL AND e.audience_of REGEXP f.further));

DELIMITER //

-- `code` NULL: whatever her profession; `person` NULL: everybody.
CREATE OR REPLACE PROCEDURE timeline_marks_changed(IN network BIGINT, IN code CHAR(3), IN person BIGINT)
	COMMENT 'marks follow what people read'
BEGIN
	INSERT IGNORE INTO timeline_mark_aside (user_id, patient_id, kind, ref, at)
	SELECT m.user_id, m.patient_id, m.kind, m.ref, m.at
	  FROM care_office o
	  JOIN care_staff f ON f.office_id = o.id AND (person IS NULL OR f.user_id = person)
	   AND (code IS NULL OR FIND_IN_SET(code, CONCAT_WS(',', f.profession, f.further_professions)))
	  JOIN care_mark m ON m.user_id = f.user_id AND m.module = 'timeline'
	 WHERE o.network_id = network AND NOT EXISTS
	       (SELECT 1 FROM timeline_seen e
	         WHERE e.viewer_id = m.user_id AND e.patient_id = m.patient_id AND e.ref = m.ref);
	DELETE m FROM timeline_mark_aside a
	  JOIN care_mark m ON m.user_id = a.user_id AND m.patient_id = a.patient_id
	   AND m.module = 'timeline' AND m.kind = a.kind AND m.ref = a.ref;
	INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
	SELECT DISTINCT a.user_id, a.patient_id, 'timeline', a.kind, a.ref, a.at
	  FROM timeline_mark_aside a
	  JOIN care_team_person t ON t.patient_id = a.patient_id AND t.user_id = a.user_id
	  JOIN timeline_seen e ON e.viewer_id = a.user_id AND e.viewer_office = t.office_id
	   AND e.patient_id = a.patient_id AND e.ref = a.ref AND e.gone IS NULL
	   AND LOCATE(CONCAT(',', a.user_id, ','), e.readers) = 0;
	-- What was read, withdrawn or is no patient of hers any more waits for nothing.
	DELETE a FROM timeline_mark_aside a
	 WHERE EXISTS (SELECT 1 FROM timeline_seen e
	         WHERE e.viewer_id = a.user_id AND e.patient_id = a.patient_id AND e.ref = a.ref)
	    OR NOT EXISTS (SELECT 1 FROM care_team_person t
	         WHERE t.user_id = a.user_id AND t.patient_id = a.patient_id);
END//

CREATE OR REPLACE PROCEDURE timeline_readers_changed(IN network BIGINT, IN code CHAR(3))
	COMMENT 'what people of a profession read, as it is decided now'
BEGIN
	UPDATE timeline_reader r
	  JOIN timeline_reader_due d ON d.user_id = r.user_id AND d.office_id = r.office_id
	   SET r.sees = d.sees
	 WHERE d.network_id = network;
	CALL timeline_marks_changed(network, code, NULL);
END//

CREATE OR REPLACE PROCEDURE timeline_reader_again(IN person BIGINT, IN office BIGINT)
	COMMENT 'what one person reads in an office'
BEGIN
	DELETE FROM timeline_reader WHERE user_id = person AND office_id = office;
	INSERT INTO timeline_reader (user_id, office_id, profession, sees, further)
	SELECT d.user_id, d.office_id, d.profession, d.sees, d.further FROM timeline_reader_due d
	 WHERE d.user_id = person AND d.office_id = office;
END//

CREATE OR REPLACE PROCEDURE timeline_readers_again()
	COMMENT 'what everybody reads, after a migration has changed what holds by default'
BEGIN
	DELETE FROM timeline_reader;
	INSERT INTO timeline_reader (user_id, office_id, profession, sees, further)
	SELECT d.user_id, d.office_id, d.profession, d.sees, d.further FROM timeline_reader_due d;
END//

CREATE OR REPLACE TRIGGER timeline_staff_added AFTER INSERT ON care_staff FOR EACH ROW
CALL timeline_reader_again(NEW.user_id, NEW.office_id)//

CREATE OR REPLACE TRIGGER timeline_staff_changed AFTER UPDATE ON care_staff FOR EACH ROW
IF NOT (OLD.user_id <=> NEW.user_id AND OLD.office_id <=> NEW.office_id AND OLD.profession <=> NEW.profession
	AND OLD.further_professions <=> NEW.further_professions AND (OLD.left_at IS NULL) = (NEW.left_at IS NULL)) THEN
	DELETE FROM timeline_reader WHERE user_id = OLD.user_id AND office_id = OLD.office_id;
	CALL timeline_reader_again(NEW.user_id, NEW.office_id);
	CALL timeline_marks_changed((SELECT network_id FROM care_office WHERE id = NEW.office_id), NULL, NEW.user_id);
END IF//

CREATE OR REPLACE TRIGGER timeline_office_changed AFTER UPDATE ON care_office FOR EACH ROW
IF NEW.network_id <> OLD.network_id THEN
	DELETE FROM timeline_reader WHERE office_id = NEW.id;
	INSERT INTO timeline_reader (user_id, office_id, profession, sees, further)
	SELECT d.user_id, d.office_id, d.profession, d.sees, d.further FROM timeline_reader_due d
	 WHERE d.office_id = NEW.id;
END IF//

CREATE OR REPLACE TRIGGER timeline_default_added AFTER INSERT ON timeline_right FOR EACH ROW
CALL timeline_readers_again()//
CREATE OR REPLACE TRIGGER timeline_default_changed AFTER UPDATE ON timeline_right FOR EACH ROW
CALL timeline_readers_again()//
CREATE OR REPLACE TRIGGER timeline_default_gone AFTER DELETE ON timeline_right FOR EACH ROW
CALL timeline_readers_again()//

-- As in 0010-reader.sql; they call what is above.
CREATE OR REPLACE TRIGGER timeline_right_added AFTER INSERT ON care_network_right FOR EACH ROW
CALL timeline_readers_changed(NEW.network_id, NEW.profession)//
CREATE OR REPLACE TRIGGER timeline_right_changed AFTER UPDATE ON care_network_right FOR EACH ROW
CALL timeline_readers_changed(NEW.network_id, NEW.profession)//
CREATE OR REPLACE TRIGGER timeline_right_removed AFTER DELETE ON care_network_right FOR EACH ROW
CALL timeline_readers_changed(OLD.network_id, OLD.profession)//

DROP PROCEDURE IF EXISTS timeline_rights_changed//

DELIMITER ;

CALL timeline_readers_again();
