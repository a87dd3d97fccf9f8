-- Who reads of a patient in the town's register before any disaster because she agreed to its
-- being given out (避難行動要支援者名簿の平時提供), at this instant. Nobody, until the module that
-- keeps the register says who (db/disaster): the team's module asks here, and stands alone.
CREATE VIEW IF NOT EXISTS care_register_reader AS
SELECT p.id AS patient_id, f.user_id, f.office_id
  FROM care_patient p JOIN care_staff f WHERE FALSE;
