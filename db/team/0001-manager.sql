-- Who may act for the office that manages a patient: its manager, whoever
-- registered her, and whoever is (or was, until the page closed) of her team.
CREATE VIEW team_manager AS
SELECT p.id AS patient_id, f.user_id, f.office_id
  FROM care_patient p
  JOIN care_staff f ON f.office_id = p.managing_office_id AND f.left_at IS NULL
 WHERE f.office_manager OR f.user_id = p.registered_by
    OR EXISTS (SELECT 1 FROM care_team t
                WHERE t.patient_id = p.id AND t.office_id = f.office_id
                  AND t.user_id IN (0, f.user_id)
                  AND (t.left_at IS NULL OR t.left_reason IN ('end', 'consent_withdrawn')));

-- Who answers for an office: its managers; where it has none, everyone there.
CREATE VIEW team_spokesman AS
SELECT f.user_id, f.office_id
  FROM care_staff f
 WHERE f.left_at IS NULL
   AND (f.office_manager OR NOT EXISTS
       (SELECT 1 FROM care_staff g
         WHERE g.office_id = f.office_id AND g.office_manager AND g.left_at IS NULL));

INSERT INTO care_module (module, place, path, label, position) VALUES
	('team', 'main', '/team', '登録・招待', 15),
	('team', 'patient', '/team/{patient}', 'チームと同意', 30);

-- Its own: what waits for people who are not of the team any more goes.
INSERT INTO lib_reactor (topic, program) VALUES
	('team.consent_withdrawn', 'team'), ('team.left', 'team');
