-- The report of an adverse event, and the alarm when there is none after a day.

--! row suspected (ref id, key event_id, key immunization_id, text name, utc began_at, text? note, bool due_report, utc recorded_at,
--!   text? report_reference, utc? reported_at, ref immunization, text vaccine, text vaccine_name, text? product,
--!   text? product_name, text? programme, i64? dose_number, date given_on, utc? given_at, text? lot_number,
--!   text? site, text? route, text? dose_ml, text? place, text? office, text? office_address, key visit_id)
--! row filled (ref id, utc written_at, text writer_name, text reporter, text reporter_name, text severity, text? hospital,
--!   date? admitted_on, date? discharged_on, text outcome, date? outcome_on, text causality, text? other_cause, text course,
--!   text? before_note, text? opinion, text? office, text? office_address, text? office_phone)
--! row counted (i64 n)
--! row home (text? address)
--! row unreported (key patient_id, ref patient, text name, text kana, ref id, text? event, text vaccine_name, date given_on,
--!   utc recorded_at, text? office, text? office_phone, bool late)
--! row missing (key patient_id, key event_id, ref id, key network_id)
--! row listener (key user_id)

--! one suspected event (key patient, ref id)
-- With the dose that it followed; none of a dose that was never given.
SELECT a.ref AS id, a.id AS event_id, i.id AS immunization_id, a.name, a.began_at, a.note, a.due_report, a.recorded_at,
       a.report_reference, a.reported_at, i.ref AS immunization, i.vaccine, i.vaccine_name, i.product, i.product_name,
       i.programme, i.dose_number, i.given_on, i.given_at, i.lot_number, i.site, i.route,
       CAST(i.dose_ml AS CHAR) AS dose_ml, i.place, o.name AS office, o.address AS office_address, i.visit_id
  FROM care_adverse_event a JOIN care_immunization i ON i.patient_id = a.patient_id AND i.id = a.immunization_id
  LEFT JOIN care_office o ON o.id = i.office_id
 WHERE a.patient_id = :patient AND a.ref = :id AND a.ended_at IS NULL AND i.ended_at IS NULL;

--! one filled newest (key patient, key event)
SELECT r.ref AS id, r.written_at, r.writer_name, r.reporter, r.reporter_name, r.severity, r.hospital, r.admitted_on,
       r.discharged_on, r.outcome, r.outcome_on, r.causality, r.other_cause, r.course, r.before_note, r.opinion,
       o.name AS office, o.address AS office_address, o.phone AS office_phone
  FROM vaccination_report r LEFT JOIN care_office o ON o.id = r.office_id
 WHERE r.patient_id = :patient AND r.adverse_event_id = :event ORDER BY r.id DESC LIMIT 1;

--! exec1 fill_one (key patient, ref id, key event, utc now, key user, text name, text reporter, text reporter_name, key office,
--!   text severity, text? hospital, date? admitted_on, date? discharged_on, text outcome, date? outcome_on, text causality,
--!   text? other_cause, text course, text? before_note, text? opinion)
INSERT INTO vaccination_report (patient_id, ref, adverse_event_id, written_at, written_by, writer_name, reporter, reporter_name,
       office_id, severity, hospital, admitted_on, discharged_on, outcome, outcome_on, causality, other_cause, course,
       before_note, opinion)
VALUES (:patient, :id, :event, :now, :user, :name, :reporter, :reporter_name, :office, :severity, :hospital, :admitted_on,
       :discharged_on, :outcome, :outcome_on, :causality, :other_cause, :course, :before_note, :opinion);

--! one home home (key patient)
SELECT address FROM care_patient WHERE id = :patient;

-- ---- what has none ----

--! many unreported of_office (key viewer, key office, utc before)
-- Of the viewer's patients: oldest first.
SELECT p.id AS patient_id, p.ref AS patient, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, a.ref AS id, a.name AS event, i.vaccine_name, i.given_on,
       a.recorded_at, o.name AS office, o.phone AS office_phone, a.recorded_at <= :before AS late
  FROM (SELECT DISTINCT patient_id FROM care_team_member
         WHERE office_id = :office AND user_id IN (0, :viewer)) AS t
  JOIN care_adverse_event a ON a.patient_id = t.patient_id AND a.due_report AND a.reported_at IS NULL AND a.ended_at IS NULL
  JOIN care_immunization i ON i.patient_id = a.patient_id AND i.id = a.immunization_id AND i.ended_at IS NULL
  JOIN care_patient p ON p.id = a.patient_id
  LEFT JOIN care_office o ON o.id = i.office_id
 ORDER BY a.recorded_at, a.id LIMIT 50;

--! many unreported of_town (key network, utc before)
-- The desk hears that a report is missing and whom to ring; what happened is none of its.
SELECT p.id AS patient_id, p.ref AS patient, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, a.ref AS id, NULLIF(a.name, a.name) AS event, i.vaccine_name, i.given_on,
       a.recorded_at, o.name AS office, o.phone AS office_phone, a.recorded_at <= :before AS late
  FROM care_adverse_event a
  JOIN care_patient p ON p.id = a.patient_id AND p.network_id = :network
  JOIN care_immunization i ON i.patient_id = a.patient_id AND i.id = a.immunization_id AND i.ended_at IS NULL
  LEFT JOIN care_office o ON o.id = i.office_id
 WHERE a.due_report = 1 AND a.reported_at IS NULL AND a.ended_at IS NULL
 ORDER BY a.recorded_at, a.id LIMIT 200;

--! one counted late_of_town (key network, utc before)
SELECT COUNT(*) AS n FROM care_adverse_event a
  JOIN care_patient p ON p.id = a.patient_id AND p.network_id = :network
  JOIN care_immunization i ON i.patient_id = a.patient_id AND i.id = a.immunization_id AND i.ended_at IS NULL
 WHERE a.due_report = 1 AND a.reported_at IS NULL AND a.ended_at IS NULL AND a.recorded_at <= :before;

--! many missing missing (utc before)
-- Of which nothing was said yet.
SELECT a.patient_id, a.id AS event_id, a.ref AS id, p.network_id
  FROM care_adverse_event a
  JOIN care_immunization i ON i.patient_id = a.patient_id AND i.id = a.immunization_id AND i.ended_at IS NULL
  JOIN care_patient p ON p.id = a.patient_id
  LEFT JOIN vaccination_alarm m ON m.patient_id = a.patient_id AND m.adverse_event_id = a.id
 WHERE a.due_report = 1 AND a.reported_at IS NULL AND a.ended_at IS NULL AND a.recorded_at <= :before
   AND m.patient_id IS NULL
 ORDER BY a.recorded_at LIMIT 50;

--! exec alarm (key patient, key event, utc now)
-- 0 when another program was first.
INSERT IGNORE INTO vaccination_alarm (patient_id, adverse_event_id, made_at) VALUES (:patient, :event, :now);

--! many listener whom (key patient, key network)
-- The town's desk, and the physicians of the team.
SELECT id AS user_id FROM care_user
 WHERE network_id = :network AND suspended_at IS NULL AND FIND_IN_SET('clerk', roles)
 UNION
SELECT t.user_id FROM care_team_person t JOIN care_staff f ON f.user_id = t.user_id AND f.office_id = t.office_id
 WHERE t.patient_id = :patient AND t.told AND f.profession = '010';
