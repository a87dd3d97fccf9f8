-- Whoever was of the team until its consent ran out still acts for the office that manages
-- the patient, as after a withdrawal.
CREATE OR REPLACE VIEW team_manager AS
SELECT p.id AS patient_id, f.user_id, f.office_id
  FROM care_patient p
  JOIN care_staff f ON f.office_id = p.managing_office_id AND f.left_at IS NULL
 WHERE f.office_manager OR f.user_id = p.registered_by
    OR EXISTS (SELECT 1 FROM care_team t
                WHERE t.patient_id = p.id AND t.office_id = f.office_id
                  AND t.user_id IN (0, f.user_id)
                  AND (t.left_at IS NULL OR t.left_reason IN ('end', 'consent_withdrawn', 'consent_expired')));

-- A death or a move written in the record ends the episode; what waits for people whose
-- consent ran out goes.
INSERT IGNORE INTO lib_reactor (topic, program) VALUES
	('record.whereabouts_changed', 'team'), ('team.consent_expired', 'team');
