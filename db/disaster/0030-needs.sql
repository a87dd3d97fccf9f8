-- What somebody lacks (水, 酸素 …) stands with her until a word says that it was met, and
-- whoever lacks what keeps her alive waits for help, however well she is. Every statement
-- may run again.
ALTER TABLE disaster_safety_status ADD COLUMN IF NOT EXISTS met TINYINT NOT NULL DEFAULT 0 COMMENT 'what she lacked has arrived';
ALTER TABLE disaster_person ADD COLUMN IF NOT EXISTS needs SET('water','food','medicine','power','oxygen','transport','other') NOT NULL DEFAULT ''
	COMMENT 'what she lacks now; the trigger''s';

DELIMITER //
-- As in 0002, and needs: what is not spoken of stays (an answer by SMS is one digit).
CREATE OR REPLACE TRIGGER disaster_status_added AFTER INSERT ON disaster_safety_status FOR EACH ROW
BEGIN
	DECLARE settled DATETIME(3);
	DECLARE others INT;
	SELECT MAX(s.at) INTO settled FROM disaster_safety_status s
	 WHERE s.patient_id = NEW.patient_id AND s.incident_id = NEW.incident_id AND s.settles;
	SELECT COUNT(*) INTO others FROM disaster_safety_status s
	 WHERE s.patient_id = NEW.patient_id AND s.incident_id = NEW.incident_id AND s.id <> NEW.id
	   AND s.user_id <> NEW.user_id AND s.status <> NEW.status
	   AND s.status NOT IN ('unknown', 'contacting') AND NEW.status NOT IN ('unknown', 'contacting')
	   AND ABS(TIMESTAMPDIFF(SECOND, s.at, NEW.at)) <= 1800
	   AND LEAST(s.at, NEW.at) >= COALESCE(settled, '2000-01-01');
	UPDATE disaster_person p
	   SET p.conflict = IF(NEW.settles, 0, IF(others > 0, 1, IF(NEW.at >= COALESCE(p.status_at, NEW.at) + INTERVAL 30 MINUTE, 0, p.conflict))),
	       p.status = IF(NEW.at >= COALESCE(p.status_at, NEW.at), NEW.status, p.status),
	       p.status_by = IF(NEW.at >= COALESCE(p.status_at, NEW.at), NEW.user_name, p.status_by),
	       p.needs = IF(NEW.at < COALESCE(p.status_at, NEW.at), p.needs,
	                    IF(NEW.met OR NEW.status IN ('hospital', 'deceased'), NEW.needs + 0, (p.needs + 0) | (NEW.needs + 0))),
	       p.waits = CASE WHEN p.conflict OR p.status IN ('injured', 'rescue_needed', 'missing') THEN 1
	                      WHEN FIND_IN_SET('oxygen', p.needs) OR FIND_IN_SET('power', p.needs) OR FIND_IN_SET('medicine', p.needs) THEN 1
	                      WHEN p.status IN ('unknown', 'contacting') THEN 2 ELSE 3 END,
	       p.status_at = GREATEST(NEW.at, COALESCE(p.status_at, NEW.at))
	 WHERE p.incident_id = NEW.incident_id AND p.patient_id = NEW.patient_id;
END//
DELIMITER ;

-- As in 0003, and needs.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW disaster_seen AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office, p.incident_id, p.patient_id, p.number, p.district_id, p.tier,
       p.place_in_line, p.power_dependent, p.equipment, p.battery_until, p.status, p.conflict, p.waits, p.status_at, p.status_by,
       p.assignee_id, p.assignee_name, p.assigned_until, p.needs
  FROM disaster_person p
  JOIN disaster_incident i ON i.id = p.incident_id
  JOIN care_user u ON u.network_id = i.network_id
  JOIN care_staff f ON f.user_id = u.id
 WHERE i.opened_at IS NOT NULL AND i.closed_at IS NULL AND i.until > UTC_TIMESTAMP(3)
   AND f.left_at IS NULL AND u.suspended_at IS NULL
   AND ((FIND_IN_SET('disaster_officer', u.roles) > 0
         AND EXISTS (SELECT 1 FROM disaster_secrecy s WHERE s.incident_id = i.id AND s.user_id = u.id))
     OR (EXISTS (SELECT 1 FROM disaster_support_body b WHERE b.office_id = f.office_id AND b.network_id = i.network_id
             AND b.ended_at IS NULL AND b.district_id IN (0, p.district_id))
         AND EXISTS (SELECT 1 FROM disaster_secrecy s WHERE s.incident_id = i.id AND s.user_id = u.id))
     OR EXISTS (SELECT 1 FROM care_team_member t WHERE t.patient_id = p.patient_id AND t.office_id = f.office_id
             AND (t.user_id IN (0, f.user_id) OR (t.user_id = -1 AND f.on_duty))));

-- As in 0003, and whether what she lacked has arrived.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW disaster_said AS
SELECT p.viewer_id, p.viewer_office, p.waits, p.conflict, p.status_at, s.patient_id, s.incident_id, s.id, s.ref, s.status, s.place_kind,
       s.place, s.needs, s.note, s.method, s.settles, s.at, s.written_at, s.user_name, s.office_name, s.met
  FROM disaster_seen p JOIN disaster_safety_status s ON s.patient_id = p.patient_id AND s.incident_id = p.incident_id;
