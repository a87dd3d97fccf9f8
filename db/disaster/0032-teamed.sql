-- Of an incident's list those whom the viewer's teams look after, and nobody else: what
-- disaster_seen (0030) shows to a member of a team, found from her teams instead of by
-- looking at each of thousands. Every statement may run again.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW disaster_teamed AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office, p.incident_id, p.patient_id, p.number, p.district_id, p.tier,
       p.place_in_line, p.power_dependent, p.equipment, p.battery_until, p.status, p.conflict, p.waits, p.status_at, p.status_by,
       p.assignee_id, p.assignee_name, p.assigned_until, p.needs
  FROM disaster_person p
  JOIN disaster_incident i ON i.id = p.incident_id
  JOIN care_user u ON u.network_id = i.network_id
  JOIN care_staff f ON f.user_id = u.id
 WHERE i.opened_at IS NOT NULL AND i.closed_at IS NULL AND i.until > UTC_TIMESTAMP(3)
   AND f.left_at IS NULL AND u.suspended_at IS NULL
   AND p.patient_id IN (SELECT t.patient_id FROM care_team_member t
        WHERE t.office_id = f.office_id AND (t.user_id IN (0, f.user_id) OR (t.user_id = -1 AND f.on_duty)));
