-- Everybody whom the page of a patient is open to at this instant, by whichever
-- way of admission (modules/care/admit.sql): by name, with the office as a whole
-- (named 0), or while on duty in an office of the team (named -1).
CREATE OR REPLACE VIEW care_team_reader AS
SELECT t.patient_id, f.user_id, t.office_id, t.user_id AS named, t.team_role, t.told,
       f.profession
  FROM care_team_member t
  JOIN care_office o ON o.id = t.office_id AND o.closed_at IS NULL
  JOIN care_staff f ON f.office_id = t.office_id AND f.left_at IS NULL
   AND (t.user_id IN (0, f.user_id) OR (t.user_id = -1 AND f.on_duty))
  JOIN care_user u ON u.id = f.user_id AND u.suspended_at IS NULL;
