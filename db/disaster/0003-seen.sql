-- Who sees a person of an incident: this view decides, and the program's account has no
-- other way to what is known of her there. While it is open: an officer of the town and an
-- office that supports (of its districts), once they have accepted the duty of secrecy for
-- this incident, and her team, by name, as an office, or on duty.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW disaster_seen AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office, p.incident_id, p.patient_id, p.number, p.district_id, p.tier,
       p.place_in_line, p.power_dependent, p.equipment, p.battery_until, p.status, p.conflict, p.waits, p.status_at, p.status_by,
       p.assignee_id, p.assignee_name, p.assigned_until
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

-- What was said of those whom the viewer sees.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW disaster_said AS
SELECT p.viewer_id, p.viewer_office, p.waits, p.conflict, p.status_at, s.patient_id, s.incident_id, s.id, s.ref, s.status, s.place_kind,
       s.place, s.needs, s.note, s.method, s.settles, s.at, s.written_at, s.user_name, s.office_name
  FROM disaster_seen p JOIN disaster_safety_status s ON s.patient_id = p.patient_id AND s.incident_id = p.incident_id;

-- Numbers alone, of whomever and at any time: how many, when, by whom.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW disaster_count AS
SELECT incident_id, CAST(COALESCE(SUM(waits = 1), 0) AS SIGNED) AS help, CAST(COALESCE(SUM(waits = 2), 0) AS SIGNED) AS unknown,
       CAST(COALESCE(SUM(waits = 3), 0) AS SIGNED) AS done, CAST(COALESCE(SUM(status = 'safe'), 0) AS SIGNED) AS safe,
       CAST(COALESCE(SUM(status = 'evacuated'), 0) AS SIGNED) AS evacuated, CAST(COALESCE(SUM(status = 'hospital'), 0) AS SIGNED) AS hospital,
       COUNT(*) AS people
  FROM disaster_person GROUP BY incident_id;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW disaster_first_word AS
SELECT p.incident_id, COALESCE(MIN(s.written_at), TIMESTAMP '2000-01-01 00:00:00') AS at
  FROM disaster_person p JOIN disaster_safety_status s ON s.patient_id = p.patient_id AND s.incident_id = p.incident_id
 WHERE s.status NOT IN ('unknown', 'contacting') GROUP BY p.incident_id, p.patient_id;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW disaster_teller AS
SELECT p.incident_id, s.office_name, s.method, COUNT(*) AS words
  FROM disaster_person p JOIN disaster_safety_status s ON s.patient_id = p.patient_id AND s.incident_id = p.incident_id
 GROUP BY p.incident_id, s.office_name, s.method;
