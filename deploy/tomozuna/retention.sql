-- The end of keeping (db/admin/0001-deletion.sql). No name of a patient is read.

--! row due (text network, ref patient, date kept_until)
--! row gone (text network, ref patient, date kept_until, utc deleted_at, text row_counts)
--! row kept (key patient_id)
--! row kept_line (text line, date? until)

--! many due due ()
SELECT n.code AS network, d.ref AS patient, COALESCE(d.kept_until, '1000-01-01') AS kept_until
  FROM admin_deletable d JOIN care_network n ON n.id = d.network_id
 ORDER BY d.kept_until, d.patient_id LIMIT 1000;

--! many gone proofs ()
SELECT n.code AS network, d.ref AS patient, d.kept_until, d.deleted_at, d.row_counts
  FROM admin_deletion d JOIN care_network n ON n.id = d.network_id
 ORDER BY d.id DESC LIMIT 1000;

--! one kept patient (ref patient)
SELECT id AS patient_id FROM care_patient WHERE ref = :patient;

--! many kept_line lines (key patient)
SELECT line, until FROM admin_keeping WHERE patient_id = :patient ORDER BY until IS NULL DESC, until DESC;

--! exec1 hold (key patient, date until, text reason, utc now)
INSERT INTO admin_hold (patient_id, until, reason, made_at)
VALUES (:patient, :until, :reason, :now);

--! exec delete_patient (ref patient)
CALL admin_delete_patient(:patient);
