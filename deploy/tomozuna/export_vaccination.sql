-- What the vaccination module keeps of a person. Asked only where it is installed.

--! row dose (ref id, text vaccine, text vaccine_name, text? product, text? product_name, text? standard_code,
--!   text? programme, i64? dose_number, date given_on, utc? given_at, text? lot_number, date? expires_on,
--!   text? site, text? route, text? dose_ml, text? vaccinator_name, text? vaccinator_profession,
--!   text? doctor_name, text? place, text? office, i64 reported, ref? visit, utc recorded_at,
--!   text writer_name, text writer_profession, text writer_office, ref? replaces, text? correction_reason,
--!   utc? ended_at, text? ended_name, text? end_reason, text? municipality_code, text? voucher_number)

--! many dose doses (key patient)
SELECT i.ref AS id, i.vaccine, i.vaccine_name, i.product, i.product_name, i.standard_code, i.programme,
       i.dose_number, i.given_on, i.given_at, i.lot_number, i.expires_on, i.site, i.route,
       CAST(i.dose_ml AS CHAR) AS dose_ml, i.vaccinator_name, i.vaccinator_profession, i.doctor_name, i.place,
       o.name AS office, i.reported, v.ref AS visit, i.recorded_at, i.writer_name, i.writer_profession,
       i.writer_office, r.ref AS replaces, i.correction_reason, i.ended_at, i.ended_name, i.end_reason, i.municipality_code,
       i.voucher_number
  FROM care_immunization i LEFT JOIN care_office o ON o.id = i.office_id
  LEFT JOIN vaccination_visit v ON v.patient_id = i.patient_id AND v.id = i.visit_id
  LEFT JOIN care_immunization r ON r.patient_id = i.patient_id AND r.id = i.replaces
 WHERE i.patient_id = :patient ORDER BY i.given_on, i.id;

--! row adverse (ref id, ref? immunization, text code, text name, utc began_at, text? note, i64 due_report,
--!   utc recorded_at, text writer_name, text writer_profession, text? report_reference, utc? reported_at,
--!   utc? ended_at)

--! many adverse adverse_events (key patient)
SELECT a.ref AS id, i.ref AS immunization, a.code, a.name, a.began_at, a.note, a.due_report, a.recorded_at,
       a.writer_name, a.writer_profession, a.report_reference, a.reported_at, a.ended_at
  FROM care_adverse_event a
  LEFT JOIN care_immunization i ON i.patient_id = a.patient_id AND i.id = a.immunization_id
 WHERE a.patient_id = :patient ORDER BY a.id;

--! row plan (ref id, text vaccine, text vaccine_name, date planned_on, text? note, utc planned_at,
--!   text planner_name, text? office, text state, utc state_at, ref? immunization, utc? given_at,
--!   i64? wait_minutes, utc? wait_until, utc? closed_at, text? watched_by, text? condition_after,
--!   text? early_reason)

--! many plan visits (key patient)
SELECT v.ref AS id, v.vaccine, v.vaccine_name, v.planned_on, v.note, v.planned_at, v.planner_name,
       o.name AS office, v.state, v.state_at, i.ref AS immunization, v.given_at, v.wait_minutes, v.wait_until,
       v.closed_at, v.watched_by, v.condition_after, v.early_reason
  FROM vaccination_visit v LEFT JOIN care_office o ON o.id = v.office_id
  LEFT JOIN care_immunization i ON i.patient_id = v.patient_id AND i.id = v.immunization_id
 WHERE v.patient_id = :patient ORDER BY v.id;

--! row screened (ref id, ref? visit, utc written_at, text writer_name, text writer_profession,
--!   text? temperature, text? wish, text signer, text? signer_name, text? signer_relation, text? sign_reason,
--!   text? intent_confirmed_by, text? note)

--! many screened screenings (key patient)
SELECT s.ref AS id, v.ref AS visit, s.written_at, s.writer_name, s.writer_profession,
       CAST(CAST(s.temperature / 10 AS DECIMAL(5,1)) AS CHAR) AS temperature, s.wish, s.signer, s.signer_name,
       s.signer_relation, s.sign_reason, s.intent_confirmed_by, s.note
  FROM vaccination_screening s
  LEFT JOIN vaccination_visit v ON v.patient_id = s.patient_id AND v.id = s.visit_id
 WHERE s.patient_id = :patient ORDER BY s.id;

--! row answer (ref? screening, text question, text answer)

--! many answer answers (key patient)
SELECT s.ref AS screening, a.question, a.answer
  FROM vaccination_answer a
  LEFT JOIN vaccination_screening s ON s.patient_id = a.patient_id AND s.id = a.screening_id
 WHERE a.patient_id = :patient ORDER BY a.screening_id, a.question;

--! row judged (ref id, ref? visit, ref? screening, utc judged_at, text doctor_name, text doctor_office,
--!   i64 possible, i64 explained, i64 remote, i64 acute_illness, text? remark, text? reason)

--! many judged judgements (key patient)
SELECT j.ref AS id, v.ref AS visit, s.ref AS screening, j.judged_at, j.doctor_name, j.doctor_office, j.possible,
       j.explained, j.remote, j.acute_illness, j.remark, j.reason
  FROM vaccination_judgement j
  LEFT JOIN vaccination_visit v ON v.patient_id = j.patient_id AND v.id = j.visit_id
  LEFT JOIN vaccination_screening s ON s.patient_id = j.patient_id AND s.id = j.screening_id
 WHERE j.patient_id = :patient ORDER BY j.id;

--! row not_given (ref id, ref? visit, text reason, text? note, utc written_at, text writer_name,
--!   text writer_profession)

--! many not_given not_given (key patient)
SELECT n.ref AS id, v.ref AS visit, n.reason, n.note, n.written_at, n.writer_name, n.writer_profession
  FROM vaccination_not_given n
  LEFT JOIN vaccination_visit v ON v.patient_id = n.patient_id AND v.id = n.visit_id
 WHERE n.patient_id = :patient ORDER BY n.id;

--! row paper (ref? visit, ref file, text kind, utc added_at, text adder_name)

--! many paper papers (key patient)
SELECT v.ref AS visit, f.ref AS file, p.kind, p.added_at, p.adder_name
  FROM vaccination_paper p JOIN care_file f ON f.id = p.file_id
  LEFT JOIN vaccination_visit v ON v.patient_id = p.patient_id AND v.id = p.visit_id
 WHERE p.patient_id = :patient ORDER BY p.added_at, p.file_id;

--! row booked (ref id, text vaccine, text vaccine_name, text place, text? clinic, text state, utc state_at,
--!   text caller, text caller_relation, text? caller_phone, date? wanted_1, date? wanted_2, date? wanted_3,
--!   text? wanted_note, date? offered_on, text? offered_time, text? offer_note, utc requested_at,
--!   text requester_name)

--! many booked bookings (key patient)
SELECT b.ref AS id, b.vaccine, b.vaccine_name, b.place, o.name AS clinic, b.state, b.state_at, b.caller,
       b.caller_relation, b.caller_phone, b.wanted_1, b.wanted_2, b.wanted_3, b.wanted_note, b.offered_on,
       b.offered_time, b.offer_note, b.requested_at, b.requester_name
  FROM vaccination_booking b LEFT JOIN care_office o ON o.id = b.clinic_id
 WHERE b.patient_id = :patient ORDER BY b.id;

--! row booked_step (ref? booking, text state, utc at, text user, text office, text? note)

--! many booked_step booking_steps (key patient)
SELECT b.ref AS booking, s.state, s.at, s.user_name AS user, s.office_name AS office, s.note
  FROM vaccination_booking_step s
  LEFT JOIN vaccination_booking b ON b.patient_id = s.patient_id AND b.id = s.booking_id
 WHERE s.patient_id = :patient ORDER BY s.id;

--! row agreed (text mobile, text agreed_by, text agreed_relation, utc recorded_at, text recorder_name,
--!   utc? ended_at, text? ended_name, text? end_reason)

--! many agreed agreements (key patient)
SELECT mobile, agreed_by, agreed_relation, recorded_at, recorder_name, ended_at, ended_name, end_reason
  FROM vaccination_agreement WHERE patient_id = :patient ORDER BY id;

--! row reminded (text vaccine, date last_on, utc made_at)

--! many reminded reminders (key patient)
SELECT vaccine, last_on, made_at FROM vaccination_reminder WHERE patient_id = :patient ORDER BY made_at, vaccine;

--! row rung (text result, text? note, utc at, text user)

--! many rung calls (key patient)
SELECT result, note, at, user_name AS user FROM vaccination_call WHERE patient_id = :patient ORDER BY id;

--! row reported (ref id, ref? adverse_event, utc written_at, text writer_name, text reporter, text reporter_name, text? office,
--!   text severity, text? hospital, date? admitted_on, date? discharged_on, text outcome, date? outcome_on, text causality,
--!   text? other_cause, text course, text? before_note, text? opinion)

--! many reported reports (key patient)
SELECT r.ref AS id, a.ref AS adverse_event, r.written_at, r.writer_name, r.reporter, r.reporter_name, o.name AS office,
       r.severity, r.hospital, r.admitted_on, r.discharged_on, r.outcome, r.outcome_on, r.causality, r.other_cause, r.course,
       r.before_note, r.opinion
  FROM vaccination_report r LEFT JOIN care_office o ON o.id = r.office_id
  LEFT JOIN care_adverse_event a ON a.patient_id = r.patient_id AND a.id = r.adverse_event_id
 WHERE r.patient_id = :patient ORDER BY r.id;

--! row alarmed (ref? adverse_event, utc made_at)

--! many alarmed alarms (key patient)
SELECT a.ref AS adverse_event, m.made_at
  FROM vaccination_alarm m LEFT JOIN care_adverse_event a ON a.patient_id = m.patient_id AND a.id = m.adverse_event_id
 WHERE m.patient_id = :patient ORDER BY m.adverse_event_id;

--! row struck (ref id, text struck, ref what, utc struck_at, text striker_name, text reason)

--! many struck strikes (key patient)
SELECT ref AS id, struck, struck_ref AS what, struck_at, striker_name, reason
  FROM vaccination_strike WHERE patient_id = :patient ORDER BY vaccination_strike.id;

--! row numbered (text resident_number, utc known_at)

--! many numbered resident_numbers (key patient)
SELECT resident_number, known_at FROM vaccination_resident WHERE patient_id = :patient;
