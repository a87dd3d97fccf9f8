-- Who reads of a person in the register by her consent alone, before any disaster: the people of
-- the support bodies of her district who have accepted the duty of secrecy, where the town's
-- ground is consent. The same as modules/disaster/register.sql asks, `listed`; an officer
-- reads without one.
CREATE OR REPLACE VIEW care_register_reader AS
SELECT DISTINCT g.patient_id, f.user_id, f.office_id
  FROM disaster_registration g
  JOIN disaster_support_body b ON b.network_id = g.network_id AND b.ended_at IS NULL
   AND b.district_id IN (0, g.district_id)
  JOIN care_office o ON o.id = b.office_id AND o.closed_at IS NULL
  JOIN care_staff f ON f.office_id = o.id AND f.left_at IS NULL
  JOIN care_user u ON u.id = f.user_id AND u.suspended_at IS NULL
   AND FIND_IN_SET('disaster_officer', u.roles) = 0
  JOIN disaster_secrecy s ON s.incident_id = 0 AND s.user_id = f.user_id
  LEFT JOIN disaster_town t ON t.network_id = g.network_id
 WHERE g.ended_at IS NULL AND COALESCE(t.peacetime_supply, 'consent') = 'consent';
