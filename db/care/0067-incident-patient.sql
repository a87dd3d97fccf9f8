-- Whom an open disaster is about: the officers of a team read of these patients alone, not
-- of everybody in the network. Kept by whoever opens it. What is open already goes on as it was.
CREATE TABLE IF NOT EXISTS care_incident_patient (
	incident_id BIGINT NOT NULL,
	patient_id BIGINT NOT NULL,
	PRIMARY KEY (patient_id, incident_id), KEY (incident_id),
	FOREIGN KEY (incident_id) REFERENCES care_incident (id) ON DELETE CASCADE,
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

INSERT IGNORE INTO care_incident_patient (incident_id, patient_id)
SELECT i.id, p.id FROM care_incident i JOIN care_patient p ON p.network_id = i.network_id
 WHERE NOT i.drill AND (i.closed_at IS NULL OR i.closed_at > UTC_TIMESTAMP(3));

CREATE OR REPLACE VIEW care_team_member AS
SELECT t.patient_id, t.office_id, t.user_id, t.team_role, t.told, t.since
  FROM care_team_now t
 WHERE t.until > UTC_TIMESTAMP(3)
    OR (t.incident_until > UTC_TIMESTAMP(3) AND EXISTS
        (SELECT 1 FROM care_incident_patient q JOIN care_incident i ON i.id = q.incident_id
          WHERE q.patient_id = t.patient_id AND i.network_id = t.network_id AND NOT i.drill
            AND i.opened_at <= UTC_TIMESTAMP(3)
            AND (i.closed_at IS NULL OR i.closed_at > UTC_TIMESTAMP(3))));
