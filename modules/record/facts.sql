-- The facts of the summary, one group of statements a kind: all of a patient
-- (what ended behind what holds), one that holds by its name, adding, ending.

--! row fact (key fact_id, text label)

--! row allergy (ref id, text substance, text? reaction, text? category, text? criticality,
--!   utc? confirmed_at, text? confirmed_name, utc? ended_at, text? ended_name, text? end_reason)

--! row health_condition (ref id, text name, text? since, bool past, text? facility,
--!   utc? confirmed_at, text? confirmed_name, utc? ended_at, text? ended_name, text? end_reason)

--! row medication (ref id, text name, text? dose, text? dosage, text? prescriber,
--!   date? dispensed_on, bool blood_thinner, text? code,
--!   utc? confirmed_at, text? confirmed_name, utc? ended_at, text? ended_name, text? end_reason)

--! row equipment (ref id, text name, bool power_dependent, text? battery_hours, i64? battery_minutes,
--!   text? settings, text? supplier, text? supplier_phone,
--!   utc? confirmed_at, text? confirmed_name, utc? ended_at, text? ended_name, text? end_reason)

--! row advance_directive (ref id, text summary, text author, date stated_on, text? place,
--!   text? resuscitation, date? review_on,
--!   utc? confirmed_at, text? confirmed_name, utc? ended_at, text? ended_name, text? end_reason)

--! row emergency_contact (ref id, text name, text relation, text phone, text? hours,
--!   i64 position, bool key_person, bool lives_with,
--!   utc? confirmed_at, text? confirmed_name, utc? ended_at, text? ended_name, text? end_reason)

--! row holding (i64 facts)

--! one holding holding (key patient, text section)
-- How many facts of a section hold.
SELECT CASE :section
       WHEN 'allergies' THEN (SELECT COUNT(*) FROM care_allergy WHERE patient_id = :patient AND ended_at IS NULL)
       WHEN 'health_conditions' THEN (SELECT COUNT(*) FROM care_health_condition WHERE patient_id = :patient AND ended_at IS NULL)
       WHEN 'medications' THEN (SELECT COUNT(*) FROM care_medication WHERE patient_id = :patient AND ended_at IS NULL)
       WHEN 'equipment' THEN (SELECT COUNT(*) FROM care_equipment WHERE patient_id = :patient AND ended_at IS NULL)
       WHEN 'advance_directives' THEN (SELECT COUNT(*) FROM care_advance_directive WHERE patient_id = :patient AND ended_at IS NULL)
       WHEN 'emergency_contacts' THEN (SELECT COUNT(*) FROM care_emergency_contact WHERE patient_id = :patient AND ended_at IS NULL)
       ELSE 0 END AS facts;

--! many allergy allergies (key patient)
SELECT ref AS id, substance, reaction, category, criticality, confirmed_at, confirmed_name,
       ended_at, ended_name, end_reason
  FROM care_allergy WHERE patient_id = :patient ORDER BY ended_at IS NOT NULL, ended_at DESC, care_allergy.id;

--! one fact find_allergy (key patient, ref id)
SELECT id AS fact_id, substance AS label FROM care_allergy
 WHERE ref = :id AND patient_id = :patient AND ended_at IS NULL;

--! exec1 add_allergy (key patient, ref id, text substance, text? reaction, text? category,
--!   text? criticality, i64? replaces, key user, text name, text profession, utc now)
INSERT INTO care_allergy (patient_id, ref, substance, reaction, category, criticality, replaces,
       confirmed_at, confirmed_by, confirmed_name, confirmed_profession)
VALUES (:patient, :id, :substance, :reaction, :category, :criticality, :replaces, :now, :user, :name, :profession);

--! exec1 end_allergy (key patient, key fact, key user, text name, text reason, utc now)
UPDATE care_allergy SET ended_at = :now, ended_by = :user, ended_name = :name, end_reason = :reason
 WHERE id = :fact AND patient_id = :patient AND ended_at IS NULL;

--! many health_condition health_conditions (key patient)
SELECT ref AS id, name, since, past, facility, confirmed_at, confirmed_name, ended_at, ended_name, end_reason
  FROM care_health_condition WHERE patient_id = :patient ORDER BY ended_at IS NOT NULL, ended_at DESC, past, care_health_condition.id;

--! one fact find_health_condition (key patient, ref id)
SELECT id AS fact_id, name AS label FROM care_health_condition
 WHERE ref = :id AND patient_id = :patient AND ended_at IS NULL;

--! exec1 add_health_condition (key patient, ref id, text condition, text? since, bool past,
--!   text? facility, i64? replaces, key user, text name, text profession, utc now)
INSERT INTO care_health_condition (patient_id, ref, name, since, past, facility, replaces,
       confirmed_at, confirmed_by, confirmed_name, confirmed_profession)
VALUES (:patient, :id, :condition, :since, :past, :facility, :replaces, :now, :user, :name, :profession);

--! exec1 end_health_condition (key patient, key fact, key user, text name, text reason, utc now)
UPDATE care_health_condition SET ended_at = :now, ended_by = :user, ended_name = :name, end_reason = :reason
 WHERE id = :fact AND patient_id = :patient AND ended_at IS NULL;

--! many medication medications (key patient)
SELECT ref AS id, name, dose, dosage, prescriber, dispensed_on, blood_thinner, code,
       confirmed_at, confirmed_name, ended_at, ended_name, end_reason
  FROM care_medication WHERE patient_id = :patient
 ORDER BY ended_at IS NOT NULL, ended_at DESC, blood_thinner DESC, care_medication.id LIMIT 300;

--! one fact find_medication (key patient, ref id)
SELECT id AS fact_id, name AS label FROM care_medication
 WHERE ref = :id AND patient_id = :patient AND ended_at IS NULL;

--! exec1 add_medication (key patient, ref id, text medication, text? dose, text? dosage,
--!   text? prescriber, date? dispensed_on, bool blood_thinner, text? code, text? code_kind,
--!   i64? replaces, key user, text name, text profession, utc now)
INSERT INTO care_medication (patient_id, ref, name, dose, dosage, prescriber, dispensed_on,
       blood_thinner, code, code_kind, replaces, confirmed_at, confirmed_by, confirmed_name, confirmed_profession)
VALUES (:patient, :id, :medication, :dose, :dosage, :prescriber, :dispensed_on, :blood_thinner,
       :code, :code_kind, :replaces, :now, :user, :name, :profession);

--! exec1 end_medication (key patient, key fact, key user, text name, text reason, utc now)
UPDATE care_medication SET ended_at = :now, ended_by = :user, ended_name = :name, end_reason = :reason
 WHERE id = :fact AND patient_id = :patient AND ended_at IS NULL;

--! row held (key fact_id, text name, text? dose, text? dosage, text? prescriber, date? dispensed_on,
--!   bool blood_thinner)

--! many held held_medications (key patient)
-- What holds, to be compared with a notebook.
SELECT id AS fact_id, name, dose, dosage, prescriber, dispensed_on, blood_thinner
  FROM care_medication WHERE patient_id = :patient AND ended_at IS NULL ORDER BY id LIMIT 300;

--! many equipment equipment (key patient)
SELECT ref AS id, name, power_dependent, CAST(battery_hours AS CHAR) AS battery_hours,
       CAST(battery_hours * 60 AS SIGNED) AS battery_minutes, settings, supplier, supplier_phone, confirmed_at, confirmed_name, ended_at, ended_name, end_reason
  FROM care_equipment WHERE patient_id = :patient ORDER BY ended_at IS NOT NULL, ended_at DESC, care_equipment.id;

--! one fact find_equipment (key patient, ref id)
SELECT id AS fact_id, name AS label FROM care_equipment
 WHERE ref = :id AND patient_id = :patient AND ended_at IS NULL;

--! exec1 add_equipment (key patient, ref id, text equipment, bool power_dependent,
--!   text? battery_hours, text? settings, text? supplier, text? supplier_phone,
--!   i64? replaces, key user, text name, text profession, utc now)
INSERT INTO care_equipment (patient_id, ref, name, power_dependent, battery_hours, settings,
       supplier, supplier_phone, replaces, confirmed_at, confirmed_by, confirmed_name, confirmed_profession)
VALUES (:patient, :id, :equipment, :power_dependent, :battery_hours, :settings, :supplier,
       :supplier_phone, :replaces, :now, :user, :name, :profession);

--! exec1 end_equipment (key patient, key fact, key user, text name, text reason, utc now)
UPDATE care_equipment SET ended_at = :now, ended_by = :user, ended_name = :name, end_reason = :reason
 WHERE id = :fact AND patient_id = :patient AND ended_at IS NULL;

--! many advance_directive advance_directives (key patient)
SELECT ref AS id, summary, author, stated_on, place, resuscitation, review_on,
       confirmed_at, confirmed_name, ended_at, ended_name, end_reason
  FROM care_advance_directive WHERE patient_id = :patient
 ORDER BY ended_at IS NOT NULL, ended_at DESC, stated_on DESC, care_advance_directive.id DESC;

--! one fact find_advance_directive (key patient, ref id)
SELECT id AS fact_id, author AS label FROM care_advance_directive
 WHERE ref = :id AND patient_id = :patient AND ended_at IS NULL;

--! exec1 add_advance_directive (key patient, ref id, text summary, text author, date stated_on,
--!   text? place, text? resuscitation, date? review_on,
--!   i64? replaces, key user, text name, text profession, utc now)
INSERT INTO care_advance_directive (patient_id, ref, summary, author, stated_on, place,
       resuscitation, review_on, replaces, confirmed_at, confirmed_by, confirmed_name, confirmed_profession)
VALUES (:patient, :id, :summary, :author, :stated_on, :place, :resuscitation, :review_on,
       :replaces, :now, :user, :name, :profession);

--! exec1 end_advance_directive (key patient, key fact, key user, text name, text reason, utc now)
UPDATE care_advance_directive SET ended_at = :now, ended_by = :user, ended_name = :name, end_reason = :reason
 WHERE id = :fact AND patient_id = :patient AND ended_at IS NULL;

--! many emergency_contact emergency_contacts (key patient)
SELECT ref AS id, name, relation, phone, hours, position, key_person, lives_with,
       confirmed_at, confirmed_name, ended_at, ended_name, end_reason
  FROM care_emergency_contact WHERE patient_id = :patient
 ORDER BY ended_at IS NOT NULL, ended_at DESC, position, care_emergency_contact.id;

--! one fact find_emergency_contact (key patient, ref id)
SELECT id AS fact_id, CONCAT(name, ' ', relation) AS label FROM care_emergency_contact
 WHERE ref = :id AND patient_id = :patient AND ended_at IS NULL;

--! exec1 add_emergency_contact (key patient, ref id, text contact, text relation, text phone,
--!   text? hours, i64 position, bool key_person, bool lives_with,
--!   i64? replaces, key user, text name, text profession, utc now)
INSERT INTO care_emergency_contact (patient_id, ref, name, relation, phone, hours, position,
       key_person, lives_with, replaces, confirmed_at, confirmed_by, confirmed_name, confirmed_profession)
VALUES (:patient, :id, :contact, :relation, :phone, :hours, :position, :key_person, :lives_with,
       :replaces, :now, :user, :name, :profession);

--! exec1 end_emergency_contact (key patient, key fact, key user, text name, text reason, utc now)
UPDATE care_emergency_contact SET ended_at = :now, ended_by = :user, ended_name = :name, end_reason = :reason
 WHERE id = :fact AND patient_id = :patient AND ended_at IS NULL;
