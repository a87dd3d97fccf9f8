-- include care
GRANT SELECT ON care_patient TO @account@;
GRANT SELECT ON care_consent TO @account@;
GRANT SELECT ON care_allergy TO @account@;
GRANT SELECT ON care_medication TO @account@;
GRANT SELECT ON care_equipment TO @account@;
GRANT SELECT ON care_health_condition TO @account@;
GRANT SELECT ON care_advance_directive TO @account@;
GRANT SELECT ON care_emergency_contact TO @account@;
GRANT SELECT ON care_visit TO @account@;
GRANT SELECT ON care_opened TO @account@;
-- Portraits: as for the timeline's files (care/0011-file.sql); one that was replaced or
-- taken away goes.
GRANT SELECT, INSERT, UPDATE (file_id, thumbnail_id, crews, ended_at, ended_by, ended_name) ON patient_portrait TO @account@;
GRANT SELECT, INSERT, DELETE ON care_file TO @account@;
GRANT UPDATE (patient_id, type, name, bytes, width, height, generation, wrapped_key, kept_at, until_at) ON care_file TO @account@;
GRANT SELECT, INSERT, DELETE ON care_file_chunk TO @account@;
