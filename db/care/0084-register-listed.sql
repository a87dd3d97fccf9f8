-- Whom a town's register names now (避難行動要支援者名簿). Nobody, until the module that keeps
-- the register says who (db/disaster): whoever is named is not deleted.
CREATE VIEW IF NOT EXISTS care_register_listed AS
SELECT p.id AS patient_id FROM care_patient p WHERE FALSE;
