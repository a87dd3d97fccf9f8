-- The kit card, and what stands on its paper beside the summary.

--! row card (ref id, text code, utc issued_at, text issuer_name, calc text shown)
--! row bearer (text family, text given, text kana, text sex, date birth_date, text? address, text? phone, bool lives_alone)

--! one card card (key patient)
SELECT ref AS id, code, issued_at, issuer_name FROM emergency_kit_card WHERE open_patient = :patient;

--! one bearer bearer (key patient)
SELECT family, given, CONCAT(kana_family, ' ', kana_given) AS kana, sex, birth_date, address, phone, lives_alone
  FROM care_patient WHERE id = :patient;

--! exec1 issue (key patient, ref ref, text code, utc now, key viewer, text name)
-- A second one that holds is a duplicate key.
INSERT INTO emergency_kit_card (patient_id, ref, network_id, code, issued_at, issued_by, issuer_name)
SELECT id, :ref, network_id, :code, :now, :viewer, :name FROM care_patient WHERE id = :patient;

--! exec1 finish (key patient, text reason, utc now, key viewer, text name)
UPDATE emergency_kit_card SET ended_at = :now, ended_by = :viewer, ended_name = :name, end_reason = :reason
 WHERE open_patient = :patient;
