-- Admission: one statement a request, so that a revoked device, an ended
-- session, a suspended user and a left team count at the very next one.

--! row session (key user_id, key office_id, key device_id, key network_id,
--!   ref id, text login, text family, text given, text profession,
--!   text professions, text office_name, bool office_manager, bool on_duty, text roles,
--!   text lang, utc created_at, utc seen_at)

--! row member (key user_id, key office_id, key device_id, key network_id,
--!   ref id, text login, text family, text given, text profession,
--!   text professions, text office_name, bool office_manager, bool on_duty, text roles,
--!   text lang, utc created_at, utc seen_at,
--!   key patient_id, ref patient_ref, text name, text kana, text sex,
--!   date birth_date, text whereabouts, text care_level, text? allergies,
--!   bool blood_thinner, text? equipment, bool portrait, bool stand_in, key opened_patient)

--! row device (key device_id, key office_id, key network_id, text name, bool revoked)

--! one session session (bytes token, bytes certificate)
-- The session of a cookie on the device of a certificate, if both are good. A
-- session carries what is asked of both: db/care/0005-session.sql.
SELECT s.user_id, s.office_id, s.device_id, s.network_id, s.user_ref AS id,
       s.login, s.family, s.given, s.profession, s.professions, s.office_name,
       s.office_manager, s.on_duty, s.roles, s.lang, s.created_at, s.seen_at
  FROM care_session s
 WHERE s.token = :token AND s.certificate = :certificate AND s.door = 0
   AND s.barred = 0 AND s.ended_at IS NULL;

--! one member member (bytes token, bytes certificate, ref patient)
-- The same, and the patient, if the viewer is of the team: named, or by her
-- office as a whole. Each table is found by a whole key, and read before
-- MariaDB plans anything.
SELECT s.user_id, s.office_id, s.device_id, s.network_id, s.user_ref AS id,
       s.login, s.family, s.given, s.profession, s.professions, s.office_name,
       s.office_manager, s.on_duty, s.roles, s.lang, s.created_at, s.seen_at,
       p.id AS patient_id, p.ref AS patient_ref,
       CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana,
       p.sex, p.birth_date, p.whereabouts, p.care_level,
       p.strip_allergies AS allergies, p.strip_blood_thinner AS blood_thinner,
       p.strip_equipment AS equipment, p.strip_portrait AS portrait, FALSE AS stand_in, s.opened_patient
  FROM care_session s
  JOIN care_patient p ON p.ref = :patient
  LEFT JOIN care_team_now n ON n.patient_id = p.id AND n.office_id = s.office_id
   AND n.user_id = s.user_id
  LEFT JOIN care_team_now a ON a.patient_id = p.id AND a.office_id = s.office_id
   AND a.user_id = 0
 WHERE s.token = :token AND s.certificate = :certificate AND s.door = 0
   AND s.barred = 0 AND s.ended_at IS NULL
   AND (n.until > UTC_TIMESTAMP(3) OR a.until > UTC_TIMESTAMP(3));

--! one member otherwise (bytes token, bytes certificate, ref patient)
-- The same for whom else the page is open: an officer of the team while a
-- disaster is, and who is on duty in an office of the team.
SELECT s.user_id, s.office_id, s.device_id, s.network_id, s.user_ref AS id,
       s.login, s.family, s.given, s.profession, s.professions, s.office_name,
       s.office_manager, s.on_duty, s.roles, s.lang, s.created_at, s.seen_at,
       p.id AS patient_id, p.ref AS patient_ref,
       CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana,
       p.sex, p.birth_date, p.whereabouts, p.care_level,
       p.strip_allergies AS allergies, p.strip_blood_thinner AS blood_thinner,
       p.strip_equipment AS equipment, p.strip_portrait AS portrait, t.user_id = -1 AS stand_in, s.opened_patient
  FROM care_session s
  JOIN care_patient p ON p.ref = :patient
  JOIN care_team_member t ON t.patient_id = p.id AND t.office_id = s.office_id
   AND (t.user_id IN (0, s.user_id) OR (t.user_id = -1 AND s.on_duty))
 WHERE s.token = :token AND s.certificate = :certificate AND s.door = 0
   AND s.barred = 0 AND s.ended_at IS NULL
 ORDER BY stand_in LIMIT 1;

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

--! exec open (bytes token, key patient)
-- Whose page is open; a trigger keeps which ones were (db/care/0051-home.sql).
UPDATE care_session SET opened_patient = :patient
 WHERE token = :token AND opened_patient <> :patient AND ended_at IS NULL;
