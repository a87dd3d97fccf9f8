-- Whom the register names now: db/care/0084-register-listed.sql.
CREATE OR REPLACE VIEW care_register_listed AS
SELECT g.patient_id FROM disaster_registration g WHERE g.ended_at IS NULL;
