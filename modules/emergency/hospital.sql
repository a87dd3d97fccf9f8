-- Asking hospitals: whom there is, what they take, what was asked and answered.

--! row hospital (ref id, key office_id, text name, text? phone)
--! row taking (key office_id, text department, text state, text? note, utc at)
--! row request (ref id, key request_id, key patient_id, text department, i64 age, text sex, text complaint, text? vitals, i64? minutes,
--!   utc made_at, text user_name, bool open)
--! row asked (ref id, key request_id, text name, text? phone, text? answer, text? answer_note, utc? answered_at,
--!   text? answered_by, bool by_phone, bool chosen, bool called_off)
--! row party (key patient_id, key request_id, key asked_id, ref patient, ref network)
--! row desk (ref network)
--! row wanted (ref id, key patient_id, text department, i64 age, text sex, text complaint, text? vitals, i64? minutes, utc asked_at, text office_name,
--!   text? answer, text? answer_note, utc? answered_at, text? answered_by, bool by_phone, bool chosen, bool called_off,
--!   text? name, text? kana, date? birth_date, text? alerts)
--! row receptionist (key user_id)

--! many hospital hospitals (key network)
SELECT ref AS id, id AS office_id, name, phone FROM care_office
 WHERE network_id = :network AND kind = 'hospital' AND closed_at IS NULL ORDER BY name LIMIT 60;

--! many taking taking (key network)
SELECT s.office_id, s.department, s.state, s.note, s.at
  FROM emergency_service_status s JOIN care_office o ON o.id = s.office_id
 WHERE o.network_id = :network AND o.kind = 'hospital' AND o.closed_at IS NULL ORDER BY s.office_id, s.department;

--! many request requests (key office, utc since, key patient)
-- Of one station, newest first; of one patient, or of all (0).
SELECT ref AS id, id AS request_id, patient_id, department, age, sex, complaint, vitals, minutes, made_at, user_name, closed_at IS NULL AS open
  FROM emergency_hospital_request
 WHERE office_id = :office AND made_at > :since AND (:patient = 0 OR patient_id = :patient)
 ORDER BY made_at DESC LIMIT 40;

--! many asked asked (key office, utc since)
SELECT a.ref AS id, a.request_id, o.name, o.phone, a.answer, a.answer_note, a.answered_at, a.answered_by, a.by_phone,
       a.chosen_at IS NOT NULL AS chosen, a.called_off_at IS NOT NULL AS called_off
  FROM emergency_hospital_request q
  JOIN emergency_hospital_asked a ON a.patient_id = q.patient_id AND a.request_id = q.id
  JOIN care_office o ON o.id = a.office_id
 WHERE q.office_id = :office AND q.made_at > :since
 ORDER BY a.id;

--! exec1 send (key patient, ref ref, ref opening, key office, text office_name, text department, i64 age, text sex, text complaint,
--!   text? vitals, i64? minutes, text alerts, utc now, key viewer, text name)
INSERT INTO emergency_hospital_request (patient_id, ref, opening_id, office_id, office_name, department, age, sex, complaint,
       vitals, minutes, alerts, made_at, user_id, user_name)
SELECT :patient, :ref, n.id, :office, :office_name, :department, :age, :sex, :complaint, :vitals, :minutes, LEFT(:alerts, 1000), :now, :viewer, :name
  FROM emergency_opening n WHERE n.patient_id = :patient AND n.ref = :opening;

--! exec ask (key patient, ref request, key network, text hospitals, utc now)
-- `hospitals`: refs joined by commas; of the network's own hospitals.
INSERT INTO emergency_hospital_asked (patient_id, request_id, ref, office_id, asked_at)
SELECT q.patient_id, q.id, RANDOM_BYTES(16), o.id, :now
  FROM emergency_hospital_request q
  JOIN care_office o ON o.network_id = :network AND o.kind = 'hospital' AND o.closed_at IS NULL AND FIND_IN_SET(LOWER(HEX(o.ref)), :hospitals)
 WHERE q.patient_id = :patient AND q.ref = :request;

--! many receptionist desks (key patient, ref request)
-- Who answers for the hospitals that were asked.
SELECT DISTINCT u.id AS user_id
  FROM emergency_hospital_request q
  JOIN emergency_hospital_asked a ON a.patient_id = q.patient_id AND a.request_id = q.id
  JOIN care_staff f ON f.office_id = a.office_id AND f.left_at IS NULL
  JOIN care_user u ON u.id = f.user_id AND u.suspended_at IS NULL AND FIND_IN_SET('hospital_desk', u.roles)
 WHERE q.patient_id = :patient AND q.ref = :request LIMIT 100;

--! one party party_of_station (ref asked, key office, utc since)
-- One that was asked by this station and may still be gone on with.
SELECT a.patient_id, a.request_id, a.id AS asked_id, p.ref AS patient, n.ref AS network
  FROM emergency_hospital_asked a
  JOIN emergency_hospital_request q ON q.patient_id = a.patient_id AND q.id = a.request_id
  JOIN care_patient p ON p.id = a.patient_id JOIN care_network n ON n.id = p.network_id
 WHERE a.ref = :asked AND q.office_id = :office AND q.closed_at IS NULL AND q.made_at > :since;

--! one party party_of_request (ref request, key office, utc since)
SELECT q.patient_id, q.id AS request_id, 0 AS asked_id, p.ref AS patient, n.ref AS network
  FROM emergency_hospital_request q
  JOIN care_patient p ON p.id = q.patient_id JOIN care_network n ON n.id = p.network_id
 WHERE q.ref = :request AND q.office_id = :office AND q.closed_at IS NULL AND q.made_at > :since;

--! one party party_of_hospital (ref asked, key office, utc since)
-- The same, by the hospital that was asked.
SELECT a.patient_id, a.request_id, a.id AS asked_id, p.ref AS patient, n.ref AS network
  FROM emergency_hospital_asked a
  JOIN emergency_hospital_request q ON q.patient_id = a.patient_id AND q.id = a.request_id
  JOIN care_patient p ON p.id = a.patient_id JOIN care_network n ON n.id = p.network_id
 WHERE a.ref = :asked AND a.office_id = :office AND q.closed_at IS NULL AND q.made_at > :since;

--! exec1 answer (key patient, key asked, text answer, text? note, utc now, text name, bool by_phone)
UPDATE emergency_hospital_asked SET answer = :answer, answer_note = :note, answered_at = :now, answered_by = :name, by_phone = :by_phone
 WHERE patient_id = :patient AND id = :asked AND called_off_at IS NULL;

--! exec1 choose (key patient, key asked, utc now)
UPDATE emergency_hospital_asked SET chosen_at = :now
 WHERE patient_id = :patient AND id = :asked AND answer IN ('accept', 'conditional') AND chosen_at IS NULL AND called_off_at IS NULL;

--! exec call_off (key patient, key request, utc now)
-- All that were not chosen.
UPDATE emergency_hospital_asked SET called_off_at = :now
 WHERE patient_id = :patient AND request_id = :request AND chosen_at IS NULL AND called_off_at IS NULL;

--! exec1 shut (key patient, key request, utc now)
UPDATE emergency_hospital_request SET closed_at = :now WHERE patient_id = :patient AND id = :request AND closed_at IS NULL;

-- ---- the hospital's side ----

--! one desk desk (key office)
-- None: her office is no hospital.
SELECT n.ref AS network FROM care_office o JOIN care_network n ON n.id = o.network_id WHERE o.id = :office AND o.kind = 'hospital';

--! many wanted wanted (key office, utc since)
-- Who she is stands there for the one that is chosen, and for nobody else.
SELECT a.ref AS id, a.patient_id, q.department, q.age, q.sex, q.complaint, q.vitals, q.minutes, a.asked_at, q.office_name,
       a.answer, a.answer_note, a.answered_at, a.answered_by, a.by_phone,
       a.chosen_at IS NOT NULL AS chosen, a.called_off_at IS NOT NULL AS called_off,
       IF(a.chosen_at IS NULL, NULL, CONCAT(p.family, ' ', p.given)) AS name,
       IF(a.chosen_at IS NULL, NULL, CONCAT(p.kana_family, ' ', p.kana_given)) AS kana,
       IF(a.chosen_at IS NULL, NULL, p.birth_date) AS birth_date,
       IF(a.chosen_at IS NULL, NULL, q.alerts) AS alerts
  FROM emergency_hospital_asked a
  JOIN emergency_hospital_request q ON q.patient_id = a.patient_id AND q.id = a.request_id
  JOIN care_patient p ON p.id = a.patient_id
 WHERE a.office_id = :office AND a.asked_at > :since ORDER BY a.asked_at DESC LIMIT 40;

--! many taking taking_here (key office)
SELECT office_id, department, state, note, at FROM emergency_service_status WHERE office_id = :office ORDER BY department;

--! exec put_status (key office, text department, text state, text? note, utc now, key viewer, text name)
INSERT INTO emergency_service_status (office_id, department, state, note, at, user_id, user_name)
VALUES (:office, :department, :state, :note, :now, :viewer, :name)
    ON DUPLICATE KEY UPDATE state = :state, note = :note, at = :now, user_id = :viewer, user_name = :name;

-- ---- the dispatcher's screen ----

--! row shift (ref id, key patient_id, text user_name, text profession_code, text? dispatch_number, utc opened_at, utc until,
--!   bool open, text basis, text? name, ref? patient, text? kind, text? hospital, text? note, utc? said_at, calc text profession)

--! one desk network (key network)
SELECT ref AS network FROM care_network WHERE id = :network;

--! many shift shift (key office, key viewer, utc since, utc now)
-- The openings of her station; whom, only where it is her own and open: an opening is its user's.
SELECT o.ref AS id, o.patient_id, o.user_name, o.profession AS profession_code, o.dispatch_number, o.opened_at, o.until,
       o.until > :now AND o.ended_at IS NULL AS open, o.basis,
       IF(o.user_id = :viewer AND o.until > :now AND o.ended_at IS NULL, CONCAT(p.family, ' ', p.given), NULL) AS name,
       IF(o.user_id = :viewer AND o.until > :now AND o.ended_at IS NULL, p.ref, NULL) AS patient,
       s.kind, s.hospital, s.note, s.at AS said_at
  FROM emergency_opening o
  JOIN care_patient p ON p.id = o.patient_id
  LEFT JOIN emergency_report s ON s.patient_id = o.patient_id
   AND s.id = (SELECT MAX(t.id) FROM emergency_report t WHERE t.patient_id = o.patient_id AND t.opening_id = o.id)
 WHERE o.office_id = :office AND o.opened_at > :since ORDER BY o.opened_at DESC LIMIT 60;
