-- The register before anything has happened: who is in it, why, and who may read it.

--! row reader (bool body, bool accepted, text supply)
--! row decided (text criterion, i64 threshold)
--! row district (key district_id, ref id, text name, text? outline, i64 people)
--! row body (ref id, text office, text? district)
--! row office (ref id, text name)
--! row listed (key patient_id, ref id, text name, text kana, date birth_date, text sex, text address, text? phone,
--!   text reasons, bool why__care_level, bool why__physical_disability, bool why__intellectual_disability, bool why__mental_disability, bool why__intractable_disease, bool why__power_dependent, bool why__lives_alone, bool why__mayor,
--!   text care_level, bool lives_alone, text? note, bool objects, text? district, calc i64 age)
--! row known (key patient_id, ref id, text? resident, text family, text given, text kana_family, text kana_given, date birth_date,
--!   text sex, text address, text? phone, text reasons, text care_level, bool lives_alone, i64 physical, i64 intellectual,
--!   i64 mental, bool intractable, i64? latitude, i64? longitude, bool mayor, bool ended)
--! row same (key patient_id)
--! row candidate (key patient_id, text family, text given, text kana_family, text kana_given, date birth_date, text sex,
--!   text? address, text? phone, text care_level, bool lives_alone, bool power, i64 physical, i64 intellectual, i64 mental,
--!   bool intractable, bool mayor, text? reasons, bool ended)
--! row count (i64 n)

--! one reader reader (key network, key office, key viewer)
-- Whether the viewer's office is a lawful receiver, and she has accepted the duty of secrecy.
SELECT EXISTS (SELECT 1 FROM disaster_support_body b
                WHERE b.network_id = n.id AND b.office_id = :office AND b.ended_at IS NULL) AS body,
       EXISTS (SELECT 1 FROM disaster_secrecy s WHERE s.incident_id = 0 AND s.user_id = :viewer) AS accepted,
       COALESCE((SELECT CAST(t.peacetime_supply AS CHAR) FROM disaster_town t WHERE t.network_id = n.id), 'consent') AS supply
  FROM care_network n WHERE n.id = :network;

--! many listed listed (key network, bool officer, key office, text supply, ref? district, i64 before, i64 limit)
-- An officer of the town reads all of it; a support body its districts, and only whom the
-- town's ground lets it read.
SELECT g.patient_id, g.ref AS id, CONCAT(g.family, ' ', g.given) AS name, CONCAT(g.kana_family, ' ', g.kana_given) AS kana,
       g.birth_date, CAST(g.sex AS CHAR) AS sex, g.address, g.phone, CAST(g.reasons AS CHAR) AS reasons,
       FIND_IN_SET('care_level', g.reasons) > 0 AS why__care_level, FIND_IN_SET('physical_disability', g.reasons) > 0 AS why__physical_disability,
       FIND_IN_SET('intellectual_disability', g.reasons) > 0 AS why__intellectual_disability, FIND_IN_SET('mental_disability', g.reasons) > 0 AS why__mental_disability,
       FIND_IN_SET('intractable_disease', g.reasons) > 0 AS why__intractable_disease, FIND_IN_SET('power_dependent', g.reasons) > 0 AS why__power_dependent,
       FIND_IN_SET('lives_alone', g.reasons) > 0 AS why__lives_alone, FIND_IN_SET('mayor', g.reasons) > 0 AS why__mayor,
       g.care_level, g.lives_alone, g.note, g.objects, d.name AS district
  FROM disaster_registration g LEFT JOIN disaster_district d ON d.id = g.district_id
 WHERE g.network_id = :network AND g.ended_at IS NULL AND g.patient_id < :before
   AND (:district IS NULL OR d.ref = :district)
   AND (:officer OR (
       EXISTS (SELECT 1 FROM disaster_support_body b WHERE b.network_id = g.network_id AND b.office_id = :office
                  AND b.ended_at IS NULL AND b.district_id IN (0, g.district_id))
       AND (:supply = 'ordinance' OR (:supply = 'opt_out_ordinance' AND NOT g.objects)
         OR (:supply = 'consent' AND EXISTS (SELECT 1 FROM care_consent_open c
                  WHERE c.patient_id = g.patient_id AND c.purpose = 'disaster_peacetime_supply')))))
 ORDER BY g.patient_id DESC LIMIT :limit;

--! many district districts (key network)
SELECT d.id AS district_id, d.ref AS id, d.name, d.outline,
       (SELECT COUNT(*) FROM disaster_registration g
         WHERE g.network_id = d.network_id AND g.ended_at IS NULL AND g.district_id = d.id) AS people
  FROM disaster_district d WHERE d.network_id = :network ORDER BY d.name LIMIT 400;

--! one count registered (key network)
SELECT COUNT(*) AS n FROM disaster_registration WHERE network_id = :network AND ended_at IS NULL;

-- ---- what the town decides ----

--! many decided criteria (key network)
SELECT CAST(criterion AS CHAR) AS criterion, threshold FROM disaster_criterion WHERE network_id = :network;

--! exec forget_criteria (key network)
DELETE FROM disaster_criterion WHERE network_id = :network;

--! exec1 put_criterion (key network, text criterion, i64 threshold)
INSERT INTO disaster_criterion (network_id, criterion, threshold) VALUES (:network, :criterion, :threshold);

--! exec put_supply (key network, text supply, utc now, key viewer)
INSERT INTO disaster_town (network_id, peacetime_supply, decided_at, decided_by) VALUES (:network, :supply, :now, :viewer)
ON DUPLICATE KEY UPDATE peacetime_supply = :supply, decided_at = :now, decided_by = :viewer;

--! many body bodies (key network)
SELECT b.ref AS id, o.name AS office, d.name AS district
  FROM disaster_support_body b JOIN care_office o ON o.id = b.office_id
  LEFT JOIN disaster_district d ON d.id = b.district_id
 WHERE b.network_id = :network AND b.ended_at IS NULL ORDER BY o.name, d.name LIMIT 400;

--! many office offices (key network)
SELECT ref AS id, name FROM care_office WHERE network_id = :network AND closed_at IS NULL ORDER BY name LIMIT 400;

--! exec add_body (ref id, key network, ref office, ref? district, utc now, key viewer)
-- An office of the network, for a district of it or for all.
INSERT INTO disaster_support_body (ref, network_id, office_id, district_id, named_at, named_by)
SELECT :id, o.network_id, o.id, COALESCE(d.id, 0), :now, :viewer
  FROM care_office o LEFT JOIN disaster_district d ON d.network_id = o.network_id AND d.ref = :district
 WHERE o.network_id = :network AND o.ref = :office AND (:district IS NULL OR d.id IS NOT NULL);

--! exec end_body (key network, ref id, utc now)
UPDATE disaster_support_body SET ended_at = :now WHERE network_id = :network AND ref = :id AND ended_at IS NULL;

--! exec accept (key incident, key viewer, key network, text name, text office_name, utc now)
INSERT IGNORE INTO disaster_secrecy (incident_id, user_id, network_id, user_name, office_name, at)
VALUES (:incident, :viewer, :network, :name, :office_name, :now);

-- ---- from the residents' register ----

--! one known known (key network, text resident)
SELECT patient_id, ref AS id, resident_number AS resident, family, given, kana_family, kana_given, birth_date,
       CAST(sex AS CHAR) AS sex, address, phone, CAST(reasons AS CHAR) AS reasons, care_level, lives_alone,
       physical_grade AS physical, intellectual_grade AS intellectual, mental_grade AS mental, intractable,
       latitude, longitude, FIND_IN_SET('mayor', reasons) > 0 AS mayor, ended_at IS NOT NULL AS ended
  FROM disaster_registration WHERE network_id = :network AND resident_number = :resident;

--! many same same (key network, text kana, date birth_date)
-- Whom care knows by that reading and birth date, and no other resident is.
SELECT p.id AS patient_id FROM care_patient p
 WHERE p.network_id = :network AND p.kana_folded = :kana AND p.birth_date = :birth_date
   AND NOT EXISTS (SELECT 1 FROM disaster_registration g WHERE g.patient_id = p.id AND g.resident_number IS NOT NULL)
 LIMIT 2;

--! one same new_patient (ref id, key network, text family, text given, text kana_family, text kana_given, text kana, text sex,
--!   date birth_date, text address, text? phone, text care_level, bool lives_alone, utc now, key viewer)
-- Known to the register alone: no episode, no team, no consent.
INSERT INTO care_patient (ref, network_id, family, given, kana_family, kana_given, kana_folded, sex, birth_date, address, phone,
       care_level, lives_alone, registered_at, registered_by)
VALUES (:id, :network, :family, :given, :kana_family, :kana_given, :kana, :sex, :birth_date, :address, :phone,
       :care_level, :lives_alone, :now, :viewer)
RETURNING id AS patient_id;

--! exec put (key patient, ref id, key network, text? resident, text family, text given, text kana_family, text kana_given,
--!   date birth_date, text sex, text address, text? phone, i64? latitude, i64? longitude, text reasons, text care_level,
--!   bool lives_alone, i64 physical, i64 intellectual, i64 mental, bool intractable, utc now)
-- New, or as it is now; whoever had left is back. The district is that whose name stands in the address.
INSERT INTO disaster_registration (patient_id, ref, network_id, resident_number, family, given, kana_family, kana_given, birth_date, sex,
       address, phone, latitude, longitude, reasons, care_level, lives_alone, physical_grade, intellectual_grade, mental_grade,
       intractable, registered_at, changed_at, district_id)
VALUES (:patient, :id, :network, :resident, :family, :given, :kana_family, :kana_given, :birth_date, :sex, :address, :phone,
       :latitude, :longitude, :reasons, :care_level, :lives_alone, :physical, :intellectual, :mental, :intractable, :now, :now,
       COALESCE((SELECT MIN(d.id) FROM disaster_district d WHERE d.network_id = :network AND LOCATE(d.name, :address) > 0), 0))
ON DUPLICATE KEY UPDATE resident_number = COALESCE(VALUES(resident_number), resident_number), family = VALUES(family), given = VALUES(given),
       kana_family = VALUES(kana_family), kana_given = VALUES(kana_given), birth_date = VALUES(birth_date), sex = VALUES(sex),
       address = VALUES(address), phone = VALUES(phone), latitude = COALESCE(VALUES(latitude), latitude),
       longitude = COALESCE(VALUES(longitude), longitude), reasons = VALUES(reasons), care_level = VALUES(care_level),
       lives_alone = VALUES(lives_alone), physical_grade = VALUES(physical_grade), intellectual_grade = VALUES(intellectual_grade),
       mental_grade = VALUES(mental_grade), intractable = VALUES(intractable), changed_at = VALUES(changed_at),
       district_id = VALUES(district_id), ended_at = NULL, end_reason = NULL;

--! exec end (key patient, text reason, utc now)
UPDATE disaster_registration SET ended_at = :now, end_reason = :reason, changed_at = :now
 WHERE patient_id = :patient AND ended_at IS NULL;

--! exec1 say (key patient, text what, text? words, utc now, key viewer, text name)
INSERT INTO disaster_registration_change (patient_id, what, words, at, user_id, user_name)
VALUES (:patient, :what, :words, :now, :viewer, :name);

--! many candidate candidates (key network)
-- Whom care or the register knows, and what the criteria ask of them.
SELECT p.id AS patient_id, COALESCE(g.family, p.family) AS family, COALESCE(g.given, p.given) AS given,
       COALESCE(g.kana_family, p.kana_family) AS kana_family, COALESCE(g.kana_given, p.kana_given) AS kana_given,
       COALESCE(g.birth_date, p.birth_date) AS birth_date, CAST(COALESCE(g.sex, p.sex) AS CHAR) AS sex,
       COALESCE(g.address, p.address) AS address, COALESCE(g.phone, p.phone) AS phone,
       IF(g.resident_number IS NULL, p.care_level, g.care_level) AS care_level,
       IF(g.resident_number IS NULL, p.lives_alone, g.lives_alone) AS lives_alone,
       EXISTS (SELECT 1 FROM care_equipment e WHERE e.patient_id = p.id AND e.ended_at IS NULL AND e.power_dependent) AS power,
       COALESCE(g.physical_grade, 0) AS physical, COALESCE(g.intellectual_grade, 0) AS intellectual,
       COALESCE(g.mental_grade, 0) AS mental, COALESCE(g.intractable, 0) AS intractable,
       COALESCE(FIND_IN_SET('mayor', g.reasons) > 0, 0) AS mayor, CAST(g.reasons AS CHAR) AS reasons,
       g.ended_at IS NOT NULL AS ended
  FROM care_patient p LEFT JOIN disaster_registration g ON g.patient_id = p.id
 WHERE p.network_id = :network AND p.whereabouts NOT IN ('moved', 'deceased')
   AND (g.end_reason IS NULL OR g.end_reason = 'criteria')
 ORDER BY p.id LIMIT 20000;

--! exec1 change (key network, ref id, bool objects, text? note, bool mayor, utc now)
-- What the residents' register does not have.
UPDATE disaster_registration SET objects = :objects, note = :note, changed_at = :now,
       reasons = IF(:mayor, CONCAT_WS(',', NULLIF(CAST(reasons AS CHAR), ''), 'mayor'), TRIM(BOTH ',' FROM REPLACE(CAST(reasons AS CHAR), 'mayor', '')))
 WHERE network_id = :network AND ref = :id AND ended_at IS NULL;

--! exec end_unfounded (key patient, utc now)
-- Nothing speaks for her any more.
UPDATE disaster_registration SET ended_at = :now, end_reason = 'criteria'
 WHERE patient_id = :patient AND reasons = '' AND ended_at IS NULL;

--! one same find (key network, ref id)
SELECT patient_id FROM disaster_registration WHERE network_id = :network AND ref = :id AND ended_at IS NULL;
