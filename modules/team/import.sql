-- Lists of consents.

--! row import (key import_id, ref id, key? file_id, text name, utc made_at, utc? applied_at,
--!   i64 recorded, i64 known, i64 refused, text hash)

--! row listed (key patient_id, key network_id, text name, bool deceased)

--! row met (bool known, bool withdrawn_since)

--! row lapsed_list (key import_id, key file_id)

--! exec1 own_list (key file, utc until)
-- Before it is kept: from then on the hour can only come nearer.
UPDATE care_file SET until_at = :until WHERE id = :file AND kept_at IS NULL;

--! exec1 add (ref id, key network, key file, text name, bytes hash, utc now, key viewer)
INSERT INTO team_import (ref, network_id, file_id, name, hash, made_at, made_by)
VALUES (:id, :network, :file, :name, :hash, :now, :viewer);

--! many import imports (key network)
SELECT id AS import_id, ref AS id, file_id, name, made_at, applied_at, recorded, known, refused,
       LOWER(HEX(hash)) AS hash
  FROM team_import i WHERE network_id = :network ORDER BY i.id DESC LIMIT 20;

--! one import find (key network, ref import)
SELECT id AS import_id, ref AS id, file_id, name, made_at, applied_at, recorded, known, refused,
       LOWER(HEX(hash)) AS hash
  FROM team_import WHERE network_id = :network AND ref = :import;

--! many listed people (key network, text insured, text? insurer, date birth)
-- Whose they are, in this network; two where registers are doubtful.
SELECT p.id AS patient_id, p.network_id, CONCAT(p.family, ' ', p.given) AS name,
       p.whereabouts = 'deceased' AS deceased
  FROM care_patient p
 WHERE p.network_id = :network AND p.insured_number = :insured AND p.birth_date = :birth
   AND (:insurer IS NULL OR p.insurer_number IS NULL OR p.insurer_number = :insurer)
 LIMIT 2;

--! one met met (key patient, text purpose, text form, text signer, date given_on)
-- Whether this consent is there, withdrawn or not; and whether she has taken back one to
-- the same purpose since.
SELECT COALESCE(MAX(c.form = :form AND c.signer = :signer AND c.given_on = :given_on), 0) AS known,
       COALESCE(MAX(COALESCE(c.withdrawn_at >= TIMESTAMP(:given_on) - INTERVAL 9 HOUR, FALSE)), 0) AS withdrawn_since
  FROM care_consent c WHERE c.patient_id = :patient AND c.purpose = :purpose;

--! exec1 record (ref id, key patient, text purpose, text form, text signer, text relation,
--!   text? reason, text? scope, text explainer, date given_on, date? valid_until, bool officer,
--!   utc now, key viewer, key import)
INSERT INTO care_consent (ref, patient_id, purpose, form, signer, signer_relation, sign_reason, scope,
       explainer, given_on, valid_until, officer, recorded_at, recorded_by, import_id)
VALUES (:id, :patient, :purpose, :form, :signer, :relation, :reason, :scope, :explainer, :given_on,
       :valid_until, :officer, :now, :viewer, :import);

--! exec1 applied (key import, utc now, key viewer, i64 recorded, i64 known, i64 refused)
-- Once: of two at a time the second is a 409.
UPDATE team_import SET applied_at = :now, applied_by = :viewer, recorded = :recorded, known = :known,
       refused = :refused
 WHERE id = :import AND applied_at IS NULL;

--! exec end_list (key file, utc now)
UPDATE care_file SET until_at = :now WHERE id = :file AND until_at > :now;

--! many lapsed_list lapsed (i64 most)
SELECT i.id AS import_id, f.id AS file_id FROM care_file f JOIN team_import i ON i.file_id = f.id
 WHERE f.until_at <= UTC_TIMESTAMP(3) ORDER BY f.until_at LIMIT :most;

--! exec let_go (key import)
UPDATE team_import SET file_id = NULL WHERE id = :import;

--! exec drop_list (key file)
DELETE FROM care_file WHERE id = :file AND until_at <= UTC_TIMESTAMP(3);
