-- Admission: one statement a request, so that a revoked device, an ended
-- session, a suspended user and a left team count at the very next one.

--! row session (key user_id, key office_id, key device_id, key network_id,
--!   ref id, text login, text family, text given, text profession,
--!   text office_name, bool office_manager, bool on_duty, text roles,
--!   text lang, utc created_at, utc seen_at)

--! row member (key user_id, key office_id, key device_id, key network_id,
--!   ref id, text login, text family, text given, text profession,
--!   text office_name, bool office_manager, bool on_duty, text roles,
--!   text lang, utc created_at, utc seen_at,
--!   key patient_id, ref patient_ref, text name, text kana, text sex,
--!   date birth_date, text whereabouts, text care_level, text? allergies,
--!   bool blood_thinner, text? equipment)

--! row device (key device_id, key office_id, key network_id, text name, bool revoked)

--! one session session (bytes token, bytes certificate)
-- The session of a cookie on the device of a certificate, if both are good.
SELECT s.user_id, s.office_id, s.device_id, u.network_id, u.ref AS id, u.login,
       u.family, u.given, f.profession, o.name AS office_name,
       f.office_manager, f.on_duty, u.roles, u.lang, s.created_at, s.seen_at
  FROM care_session s
  JOIN care_device d ON d.id = s.device_id AND d.certificate = :certificate
   AND d.revoked_at IS NULL
  JOIN care_user u ON u.id = s.user_id AND u.suspended_at IS NULL
  JOIN care_staff f ON f.user_id = s.user_id AND f.office_id = s.office_id
   AND f.left_at IS NULL
  JOIN care_office o ON o.id = s.office_id AND o.closed_at IS NULL
 WHERE s.token = :token AND s.door = 0 AND s.ended_at IS NULL;

--! one member member (bytes token, bytes certificate, ref patient)
-- The same, and the patient, if the viewer is of the team: named, or by her
-- office as a whole. `+ 0` keeps MariaDB from weighing ranges of the few rows
-- that patient and office leave: a fifth of this statement.
SELECT s.user_id, s.office_id, s.device_id, u.network_id, u.ref AS id, u.login,
       u.family, u.given, f.profession, o.name AS office_name,
       f.office_manager, f.on_duty, u.roles, u.lang, s.created_at, s.seen_at,
       p.id AS patient_id, p.ref AS patient_ref,
       CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana,
       p.sex, p.birth_date, p.whereabouts, p.care_level,
       p.strip_allergies AS allergies, p.strip_blood_thinner AS blood_thinner,
       p.strip_equipment AS equipment
  FROM care_session s
  JOIN care_device d ON d.id = s.device_id AND d.certificate = :certificate
   AND d.revoked_at IS NULL
  JOIN care_user u ON u.id = s.user_id AND u.suspended_at IS NULL
  JOIN care_staff f ON f.user_id = s.user_id AND f.office_id = s.office_id
   AND f.left_at IS NULL
  JOIN care_office o ON o.id = s.office_id AND o.closed_at IS NULL
  JOIN care_patient p ON p.ref = :patient
  JOIN care_team t ON t.patient_id = p.id AND t.office_id = s.office_id
   AND t.left_at IS NULL
   AND t.user_id + 0 IN (0, s.user_id)
 WHERE s.token = :token AND s.door = 0 AND s.ended_at IS NULL LIMIT 1;

--! one member stand_in (bytes token, bytes certificate, ref patient)
-- The same for who is on duty in an office of the team, but not of the team.
SELECT s.user_id, s.office_id, s.device_id, u.network_id, u.ref AS id, u.login,
       u.family, u.given, f.profession, o.name AS office_name,
       f.office_manager, f.on_duty, u.roles, u.lang, s.created_at, s.seen_at,
       p.id AS patient_id, p.ref AS patient_ref,
       CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana,
       p.sex, p.birth_date, p.whereabouts, p.care_level,
       p.strip_allergies AS allergies, p.strip_blood_thinner AS blood_thinner,
       p.strip_equipment AS equipment
  FROM care_session s
  JOIN care_device d ON d.id = s.device_id AND d.certificate = :certificate
   AND d.revoked_at IS NULL
  JOIN care_user u ON u.id = s.user_id AND u.suspended_at IS NULL
  JOIN care_staff f ON f.user_id = s.user_id AND f.office_id = s.office_id
   AND f.left_at IS NULL AND f.on_duty
  JOIN care_office o ON o.id = s.office_id AND o.closed_at IS NULL
  JOIN care_patient p ON p.ref = :patient
  JOIN care_team t ON t.patient_id = p.id AND t.office_id = s.office_id
   AND t.left_at IS NULL
 WHERE s.token = :token AND s.door = 0 AND s.ended_at IS NULL LIMIT 1;

--! one device device_of (bytes certificate)
-- The device of a certificate, revoked or not; with its office closed it is.
SELECT d.id AS device_id, d.office_id, o.network_id, d.name,
       d.revoked_at IS NOT NULL OR o.closed_at IS NOT NULL AS revoked
  FROM care_device d JOIN care_office o ON o.id = d.office_id
 WHERE d.certificate = :certificate;

--! exec touch (bytes token, utc at)
-- Last seen, at most once a minute a session; the reader's clock only rises.
UPDATE care_session SET seen_at = :at
 WHERE token = :token AND seen_at < :at AND ended_at IS NULL;
