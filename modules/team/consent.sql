-- Consents, proxies, and what a withdrawal ends.

--! row consent (ref id, text purpose, text form, text signer, text signer_relation,
--!   text? sign_reason, text explainer, bool officer, date given_on, date? valid_until,
--!   text? scope, text? document_hash, bool imported,
--!   utc? recorded_at, text recorded_by, utc? withdrawn_at, text? withdrawn_by,
--!   text? withdrawn_relation, text? withdrawal_effect, bool in_force, i64? days_left, bool near,
--!   ref? image, text? disease_network)

--! row found (key consent_id, ref id, text purpose, key? disease_network_id, bool officer, text signer,
--!   text signer_relation, date given_on, bool in_force)

--! row signed_image (key file_id)

--! row bound (key disease_network_id, ref id, text name)

--! row others (i64 team, i64 officers)

--! row loser (key user_id, text name, text profession_code, text office, text team_role,
--!   bool whole_office, bool stand_in, calc text profession)

--! row reader (text office, i64 people)

--! row proxy (ref id, text kind, text name, text relation, text? phone, text scope,
--!   date valid_from, date ends_on, utc? ended_at, bool valid)

--! row signer (key proxy_id, text name, text relation, date ends_on)

--! many consent all (key patient, date today)
SELECT c.ref AS id, c.purpose, c.form, c.signer, c.signer_relation, c.sign_reason,
       c.explainer, c.officer, c.given_on, c.valid_until, c.scope,
       LOWER(HEX(c.document_hash)) AS document_hash, c.import_id IS NOT NULL AS imported, c.recorded_at,
       COALESCE(CONCAT(u.family, ' ', u.given), '') AS recorded_by, c.withdrawn_at,
       c.withdrawn_by, c.withdrawn_relation, c.withdrawal_effect,
       c.withdrawn_at IS NULL AND (c.valid_until IS NULL OR c.valid_until >= :today) AS in_force,
       CAST(DATEDIFF(c.valid_until, :today) AS SIGNED) AS days_left,
       c.withdrawn_at IS NULL AND COALESCE(c.valid_until BETWEEN :today AND :today + INTERVAL 60 DAY, 0) AS near,
       i.ref AS image, n.name AS disease_network
  FROM care_consent c LEFT JOIN care_user u ON u.id = c.recorded_by
  LEFT JOIN care_file i ON i.id = c.file_id
  LEFT JOIN care_disease_network n ON n.id = c.disease_network_id
 WHERE c.patient_id = :patient
 ORDER BY in_force DESC, c.given_on DESC, c.id DESC;

--! one found find (key patient, ref consent, date today)
SELECT id AS consent_id, ref AS id, purpose, disease_network_id, officer, signer, signer_relation, given_on,
       withdrawn_at IS NULL AND (valid_until IS NULL OR valid_until >= :today) AS in_force
  FROM care_consent WHERE patient_id = :patient AND ref = :consent;

--! one others others (key patient, key consent, text purpose, key? disease_network, date today)
-- Other consents to the same purpose, which stay.
SELECT COUNT(*) AS team, COALESCE(SUM(officer), 0) AS officers FROM care_consent
 WHERE patient_id = :patient AND purpose = :purpose AND id <> :consent
   AND disease_network_id <=> :disease_network
   AND withdrawn_at IS NULL AND (valid_until IS NULL OR valid_until >= :today);

--! exec1 record (ref id, key patient, text purpose, key? disease_network, text form, text signer,
--!   text relation, text? reason, key? proxy, text? scope, text explainer, date given_on,
--!   date? valid_until, bool officer, utc now, key viewer)
INSERT INTO care_consent (ref, patient_id, purpose, disease_network_id, form, signer, signer_relation,
       sign_reason, proxy_id, scope, explainer, given_on, valid_until, officer, recorded_at,
       recorded_by)
VALUES (:id, :patient, :purpose, :disease_network, :form, :signer, :relation, :reason, :proxy, :scope, :explainer,
       :given_on, :valid_until, :officer, :now, :viewer);

--! exec1 own_image (key file, key patient)
-- It came by a page without a strip: now it says whose it is, and goes when she does.
UPDATE care_file SET patient_id = :patient WHERE id = :file;

--! exec1 put_image (key patient, ref consent, key file, bytes hash, ref? was)
UPDATE care_consent c LEFT JOIN care_file f ON f.id = c.file_id
   SET c.file_id = :file, c.document_hash = :hash
 WHERE c.patient_id = :patient AND c.ref = :consent AND f.ref <=> :was;

--! one signed_image image (key patient, ref consent)
SELECT COALESCE(file_id, 0) AS file_id FROM care_consent
 WHERE patient_id = :patient AND ref = :consent AND file_id IS NOT NULL;

--! many loser team_losers (key patient, bool team, bool officers)
-- The people who see the page now and will not without this consent. While a
-- disaster is open officers go on without theirs, unless the page itself ends.
SELECT t.user_id, CONCAT(u.family, ' ', u.given) AS name,
       MIN(t.profession) AS profession_code, o.name AS office,
       MIN(t.team_role) AS team_role, COALESCE(MAX(t.named) = 0, 0) AS whole_office,
       COALESCE(MAX(t.named) = -1, 0) AS stand_in
  FROM care_team_reader t
  JOIN care_user u ON u.id = t.user_id
  JOIN care_office o ON o.id = t.office_id
 WHERE t.patient_id = :patient
   AND (:team AND (t.told OR :officers) OR :officers AND NOT t.told AND NOT EXISTS
       (SELECT 1 FROM care_incident i JOIN care_incident_patient q ON q.incident_id = i.id
         WHERE q.patient_id = :patient AND NOT i.drill AND i.opened_at <= UTC_TIMESTAMP(3)
           AND (i.closed_at IS NULL OR i.closed_at > UTC_TIMESTAMP(3))))
 GROUP BY t.user_id, t.office_id, o.name, u.family, u.given, u.kana_family, u.kana_given
 ORDER BY o.name, stand_in, whole_office, u.kana_family, u.kana_given;

--! many loser wide_losers (key patient, key network)
-- The same of offices elsewhere, when the consent to share beyond goes.
SELECT t.user_id, CONCAT(u.family, ' ', u.given) AS name,
       MIN(t.profession) AS profession_code, o.name AS office,
       MIN(t.team_role) AS team_role, COALESCE(MAX(t.named) = 0, 0) AS whole_office,
       COALESCE(MAX(t.named) = -1, 0) AS stand_in
  FROM care_team_reader t
  JOIN care_user u ON u.id = t.user_id
  JOIN care_office o ON o.id = t.office_id AND o.network_id <> :network
 WHERE t.patient_id = :patient
 GROUP BY t.user_id, t.office_id, o.name, u.family, u.given, u.kana_family, u.kana_given
 ORDER BY o.name, stand_in, whole_office, u.kana_family, u.kana_given;

--! many bound bounds (key network)
-- Networks for a disease that a patient may agree to.
SELECT id AS disease_network_id, ref AS id, name FROM care_disease_network n
 WHERE network_id = :network AND closed_at IS NULL ORDER BY name;

--! many loser disease_losers (key patient, key disease_network)
-- The people of the team who read what is for a network, and will not without this consent.
SELECT t.user_id, CONCAT(u.family, ' ', u.given) AS name,
       MIN(t.profession) AS profession_code, o.name AS office,
       MIN(t.team_role) AS team_role, COALESCE(MAX(t.named) = 0, 0) AS whole_office,
       COALESCE(MAX(t.named) = -1, 0) AS stand_in
  FROM care_team_reader t
  JOIN care_disease_reader d ON d.patient_id = t.patient_id AND d.user_id = t.user_id AND d.office_id = t.office_id
   AND d.disease_network_id = :disease_network
  JOIN care_user u ON u.id = t.user_id
  JOIN care_office o ON o.id = t.office_id
 WHERE t.patient_id = :patient
 GROUP BY t.user_id, t.office_id, o.name, u.family, u.given, u.kana_family, u.kana_given
 ORDER BY o.name, stand_in, whole_office, u.kana_family, u.kana_given;

--! many loser supply_losers (key patient)
-- Whom the register is given to beforehand by this consent alone, as the module that keeps
-- the register says (care_register_reader).
SELECT t.user_id, CONCAT(u.family, ' ', u.given) AS name,
       MIN(f.profession) AS profession_code, o.name AS office,
       '' AS team_role, FALSE AS whole_office, FALSE AS stand_in
  FROM care_register_reader t
  JOIN care_staff f ON f.user_id = t.user_id AND f.office_id = t.office_id
  JOIN care_user u ON u.id = t.user_id
  JOIN care_office o ON o.id = t.office_id
 WHERE t.patient_id = :patient
 GROUP BY t.user_id, t.office_id, o.name, u.family, u.given, u.kana_family, u.kana_given
 ORDER BY o.name, u.kana_family, u.kana_given;

--! many reader readers_of_role (key network, text role)
-- Offices whose people see by this purpose because of their office.
SELECT o.name AS office, COUNT(*) AS people
  FROM care_user u
  JOIN care_staff f ON f.user_id = u.id AND f.left_at IS NULL
  JOIN care_office o ON o.id = f.office_id AND o.network_id = :network AND o.closed_at IS NULL
 WHERE u.suspended_at IS NULL AND FIND_IN_SET(:role, u.roles) > 0
 GROUP BY o.id, o.name ORDER BY o.name;

--! exec1 withdraw (key consent, utc now, text by, text relation, key viewer, text effect)
UPDATE care_consent
   SET withdrawn_at = :now, withdrawn_by = :by, withdrawn_relation = :relation,
       withdrawn_recorded_by = :viewer, withdrawal_effect = :effect
 WHERE id = :consent AND withdrawn_at IS NULL;

--! exec leave_wide (key patient, key network, utc now, key viewer, text reason)
UPDATE care_team SET left_at = :now, left_by = :viewer, left_reason = :reason
 WHERE patient_id = :patient AND left_at IS NULL
   AND office_id IN (SELECT id FROM care_office WHERE network_id <> :network);

--! many proxy proxies (key patient, date today)
SELECT x.ref AS id, x.kind, x.name, x.relation, x.phone, x.scope, x.valid_from, x.ends_on,
       x.ended_at, x.ended_at IS NULL AND x.valid_from <= :today AND x.ends_on >= :today AS valid
  FROM care_proxy x WHERE x.patient_id = :patient ORDER BY valid DESC, x.ends_on DESC, x.id DESC;

--! one signer signer (key patient, ref proxy, date given_on)
-- A proxy who could sign on that day.
SELECT id AS proxy_id, name, relation, ends_on FROM care_proxy
 WHERE patient_id = :patient AND ref = :proxy AND ended_at IS NULL
   AND valid_from <= :given_on AND ends_on >= :given_on;

--! exec1 add_proxy (ref id, key patient, text kind, text name, text relation,
--!   text? phone, text scope, date valid_from, date ends_on, utc now, key viewer)
INSERT INTO care_proxy (ref, patient_id, kind, name, relation, phone, scope, valid_from,
       ends_on, recorded_at, recorded_by)
VALUES (:id, :patient, :kind, :name, :relation, :phone, :scope, :valid_from, :ends_on,
       :now, :viewer);

--! exec1 end_proxy (key patient, ref proxy, utc now)
UPDATE care_proxy SET ended_at = :now
 WHERE patient_id = :patient AND ref = :proxy AND ended_at IS NULL;
