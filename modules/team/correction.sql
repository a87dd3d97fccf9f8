-- Correcting who a patient is: name, birth date, address, numbers.

--! row correctable (key patient_id, key network_id, ref id, text family, text given, text kana_family, text kana_given,
--!   text sex, date birth_date, text? address, text? phone, text? insurer_number, text? insured_number, bool lives_alone, bool managed)
--! row corrected (ref id, text field, text? was, text? became, text reason, utc at, text name, text office)

--! row unmanaged (ref id, key patient_key, text name, text kana, date birth_date, text? address, text? insured_number)

--! many unmanaged unmanaged (key network, date? birth, text? insured)
-- Whom no office manages, for the town's officers: by her birth date or her number.
SELECT p.ref AS id, p.id AS patient_key, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, p.birth_date, p.address, p.insured_number
  FROM care_patient p
 WHERE p.network_id = :network AND p.managing_office_id IS NULL
   AND (p.birth_date = :birth OR p.insured_number = :insured)
 ORDER BY p.kana_folded LIMIT 50;

--! one correctable find (ref patient, key viewer, key office, key network, bool officer)
-- For whoever acts for the office that manages her; of whom no office does, for the town's
-- officers of her network.
SELECT p.id AS patient_id, p.network_id, p.ref AS id, p.family, p.given, p.kana_family, p.kana_given,
       CAST(p.sex AS CHAR) AS sex, p.birth_date, p.address, p.phone, p.insurer_number, p.insured_number, p.lives_alone,
       p.managing_office_id IS NOT NULL AS managed
  FROM care_patient p
 WHERE p.ref = :patient
   AND (EXISTS (SELECT 1 FROM team_manager g WHERE g.patient_id = p.id AND g.user_id = :viewer AND g.office_id = :office)
     OR (:officer AND p.managing_office_id IS NULL AND p.network_id = :network));

--! many corrected history (key patient)
SELECT c.ref AS id, CAST(c.field AS CHAR) AS field, c.was, c.became, c.reason, c.at, c.user_name AS name, c.office_name AS office
  FROM team_correction c WHERE c.patient_id = :patient ORDER BY c.id DESC LIMIT 200;

--! exec1 note (key patient, ref id, text field, text? was, text? became, text reason, utc now, key viewer, text name, text office)
INSERT INTO team_correction (patient_id, ref, field, was, became, reason, at, user_id, user_name, office_name)
VALUES (:patient, :id, :field, :was, :became, :reason, :now, :viewer, :name, :office);

--! exec correct (key patient, text family, text given, text kana_family, text kana_given, text kana_folded, text sex,
--!   date birth, text? address, text? phone, text? insurer, text? insured, bool lives_alone)
UPDATE care_patient
   SET family = :family, given = :given, kana_family = :kana_family, kana_given = :kana_given,
       kana_folded = :kana_folded, sex = :sex, birth_date = :birth, address = :address, phone = :phone,
       insurer_number = :insurer, insured_number = :insured, lives_alone = :lives_alone
 WHERE id = :patient;
