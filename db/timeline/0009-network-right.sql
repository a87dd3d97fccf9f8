-- A network's own table of rights (care_network_right) decides, at the next
-- request, who of a team reads which kinds and who writes them.

-- What holds where a network has said nothing: whoever writes care reads all
-- that is for the team; who only looks reads daily life.
ALTER TABLE timeline_right
	ADD COLUMN IF NOT EXISTS sees SET('note','observation','medication','daily_life','plan','report','diagnosis')
	    NOT NULL DEFAULT 'daily_life';
UPDATE timeline_right SET sees = 'note,observation,medication,daily_life,plan,report,diagnosis' WHERE reach = 1;

-- A reply is read by whoever reads what it answers, whatever its own kind.
ALTER TABLE timeline_entry
	ADD COLUMN IF NOT EXISTS team_kind VARCHAR(24) NULL
	    COMMENT 'of a reply: the kind of its entry; NULL: its own';
UPDATE timeline_entry e JOIN timeline_entry p ON p.patient_id = e.patient_id AND p.id = e.reply_to
   SET e.team_kind = p.kind
 WHERE e.reply_to <> 0 AND e.team_kind IS NULL;
-- A moved or corrected one, of before, keeps what its reach said.
UPDATE timeline_entry SET team_kind = IF(reach = 0, 'daily_life', 'note')
 WHERE reply_to = 0 AND reach < 2 AND team_kind IS NULL AND (reach = 0) <> (kind = 'daily_life');

CREATE OR REPLACE TRIGGER timeline_entry_team_kind BEFORE INSERT ON timeline_entry FOR EACH ROW
SET NEW.team_kind = IF(NEW.reply_to = 0, NEW.team_kind,
    (SELECT COALESCE(p.team_kind, p.kind) FROM timeline_entry p
      WHERE p.patient_id = NEW.patient_id AND p.id = NEW.reply_to));

-- The right of each profession in each network, as it is now. What one may not
-- read one does not write.
CREATE OR REPLACE ALGORITHM = MERGE VIEW timeline_right_now AS
SELECT w.id AS network_id, g.profession, g.reach,
       COALESCE(n.sees, g.sees) AS sees, COALESCE(n.writes, g.kinds) AS writes
  FROM care_network w
  JOIN timeline_right g
  LEFT JOIN care_network_right n ON n.network_id = w.id AND n.profession = g.profession;

CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_seen AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office,
       e.patient_id, e.id, e.ref, e.author_id, e.author_name,
       e.author_profession, e.author_office, e.stand_in, e.written_at, e.kind,
       e.audience, e.reach, e.audience_of, e.audience_names, e.urgent,
       e.reply_to, e.replies, e.read_by, e.acknowledged_by, e.readers,
       e.acknowledgers, e.kept, e.corrects, e.corrected_by, e.gone, e.gone_at,
       e.gone_reason, e.moved_in, IFNULL(e.special, 0) AS special, e.attached,
       IF(e.gone IS NULL, e.body, '') AS body
  FROM care_staff f
  JOIN care_office o ON o.id = f.office_id
  JOIN timeline_right_now g ON g.network_id = o.network_id AND g.profession = f.profession
  JOIN timeline_entry e
 WHERE f.left_at IS NULL AND e.recalled_at IS NULL
   AND ((e.reach < 2 AND FIND_IN_SET(COALESCE(e.team_kind, e.kind), g.sees) > 0)
        OR LOCATE(CONCAT(',u', f.user_id, ','), e.audience_of) > 0
        OR LOCATE(CONCAT(',p', f.profession, ','), e.audience_of) > 0);

CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_own AS
SELECT e.author_office_id AS office_id, e.patient_id, e.id, e.ref, e.kind, e.written_at,
       e.urgent, e.author_name, e.author_profession, e.author_office,
       IF(e.gone IS NULL, e.body, '') AS body, e.author_id, e.reach, e.audience_of,
       COALESCE(e.team_kind, e.kind) AS team_kind
  FROM timeline_entry e
 WHERE e.author_office_id <> 0 AND e.recalled_at IS NULL;

-- Marks of what a profession reads no more: kept aside, because a badge would
-- tell of it, and back once it is read again.
CREATE TABLE IF NOT EXISTS timeline_mark_aside (
	user_id BIGINT NOT NULL,
	patient_id BIGINT NOT NULL,
	kind ENUM('unread','urgent','question','icon') NOT NULL,
	ref BINARY(16) NOT NULL,
	at DATETIME(3) NOT NULL,
	PRIMARY KEY (user_id, patient_id, kind, ref),
	FOREIGN KEY (user_id) REFERENCES care_user (id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

DELIMITER //

CREATE OR REPLACE PROCEDURE timeline_rights_changed(IN network BIGINT, IN profession_code CHAR(3))
	COMMENT 'marks follow what people of a profession read'
BEGIN
	INSERT IGNORE INTO timeline_mark_aside (user_id, patient_id, kind, ref, at)
	SELECT m.user_id, m.patient_id, m.kind, m.ref, m.at
	  FROM care_office o
	  JOIN care_staff f ON f.office_id = o.id AND f.profession = profession_code
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

CREATE OR REPLACE TRIGGER timeline_right_added AFTER INSERT ON care_network_right FOR EACH ROW
CALL timeline_rights_changed(NEW.network_id, NEW.profession)//

CREATE OR REPLACE TRIGGER timeline_right_changed AFTER UPDATE ON care_network_right FOR EACH ROW
CALL timeline_rights_changed(NEW.network_id, NEW.profession)//

CREATE OR REPLACE TRIGGER timeline_right_removed AFTER DELETE ON care_network_right FOR EACH ROW
CALL timeline_rights_changed(OLD.network_id, OLD.profession)//

DELIMITER ;
