-- Registering a patient, and who is registered already.

--! row alike (ref? id, key patient_key, text name, text kana, date? birth_date,
--!   bool same_number, bool same_name, bool same_birth, text office, text office_phone)
--! row network (text registers, bool patient_approves, bool consent_image, i64 keep_years)
--! row numbered (key patient_id)

--! many alike alike (key network, key viewer, key office, text kana, text family,
--!   text given, date birth, text? insured, key self)
-- Whoever may be the same person: the same number; the same reading; the same
-- birthday and one of the two names (a marriage, a hasty hand). Of others'
-- patients no name is given out, only which office to ask.
SELECT IF(a.mine, a.ref, NULL) AS id, a.patient_key, IF(a.mine, a.name, '') AS name,
       IF(a.mine, a.kana, '') AS kana, IF(a.mine, a.birth_date, NULL) AS birth_date,
       a.same_number, a.same_name, a.same_birth,
       COALESCE(o.name, '') AS office, COALESCE(o.phone, '') AS office_phone
  FROM (SELECT p.id AS patient_key, p.ref, p.managing_office_id, p.birth_date,
               CONCAT(p.family, ' ', p.given) AS name,
               CONCAT(p.kana_family, ' ', p.kana_given) AS kana,
               COALESCE(p.insured_number = :insured, 0) AS same_number,
               COALESCE(p.kana_folded = :kana, 0) AS same_name,
               COALESCE(p.birth_date = :birth, 0) AS same_birth,
               EXISTS (SELECT 1 FROM care_team_member t WHERE t.patient_id = p.id
                   AND t.office_id = :office AND t.user_id IN (0, :viewer)) AS mine
          FROM care_patient p
         WHERE p.network_id = :network AND p.id <> :self
           AND (p.insured_number = :insured OR p.kana_folded = :kana
                OR (p.birth_date = :birth
                    AND (LEFT(p.kana_folded, CHAR_LENGTH(:family)) = :family
                         OR RIGHT(p.kana_folded, CHAR_LENGTH(:given)) = :given)))
       ) AS a
  LEFT JOIN care_office o ON o.id = a.managing_office_id
 ORDER BY a.same_number DESC, a.same_name + a.same_birth DESC, a.patient_key LIMIT 20;

--! one numbered numbered (key network, text insurer, text insured)
SELECT id AS patient_id FROM care_patient
 WHERE network_id = :network AND insurer_number = :insurer AND insured_number = :insured;

--! one network network (key network)
SELECT registers, patient_approves, consent_image, keep_years FROM care_network WHERE id = :network;

--! exec1 add_patient (ref id, key network, text family, text given, text kana_family,
--!   text kana_given, text kana_folded, text sex, date birth, text? address,
--!   text? phone, text? insurer, text? insured, text care_level, bool lives_alone,
--!   key office, key viewer, utc now)
INSERT INTO care_patient (ref, network_id, family, given, kana_family, kana_given,
       kana_folded, sex, birth_date, address, phone, insurer_number, insured_number,
       care_level, lives_alone, managing_office_id, registered_at, registered_by)
VALUES (:id, :network, :family, :given, :kana_family, :kana_given, :kana_folded, :sex,
       :birth, :address, :phone, :insurer, :insured, :care_level, :lives_alone, :office,
       :now, :viewer);
