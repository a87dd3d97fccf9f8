-- What ambulance crews did with a person. Asked only where that module is installed.

--! row opening (ref id, text user, text profession, text office, text basis, text? reason, text? reason_text,
--!   text? dispatch_number, utc opened_at, utc until, utc? extended_at, utc? ended_at)
--! row review (ref? opening, text verdict, text? note, utc at, text user)
--! row call (ref? id, ref? opening, ref callee, text result, utc at, text user)
--! row report (ref id, ref? opening, text kind, text? hospital, text? note, utc at, text user)
--! row answer (ref id, ref? opening, text body, utc at, text user, text profession, text office)
--! row request (ref id, ref? opening, text department, i64 age, text sex, text complaint, text? vitals, i64? minutes, text alerts, text office,
--!   utc made_at, text user, utc? closed_at)
--! row asked (ref id, ref? request, text office, utc asked_at, text? answer, text? answer_note, utc? answered_at, text? answered_by, bool by_phone,
--!   utc? chosen_at, utc? called_off_at)
--! row told (text? contact, text mobile, text agreed_by, utc recorded_at, text recorder_name, utc? ended_at, text? ended_name)
--! row alone (ref id, text? keyholder, text? keyholder_phone, text? watcher, text? note, text agreed_by, text agreed_relation,
--!   utc confirmed_at, text confirmer_name, utc? ended_at, text? ended_name, text? end_reason)
--! row card (ref id, text code, utc issued_at, text issuer_name, utc? ended_at, text? ended_name, text? end_reason)

--! row look_code (ref id, text name, text relation, text known_by, utc given_at, text given_name, utc until, utc? used_at)

--! many look_code look_codes (key patient)
SELECT ref AS id, name, relation, known_by, given_at, given_name, until, used_at
  FROM emergency_look_code WHERE patient_id = :patient ORDER BY emergency_look_code.id;

--! many opening openings (key patient)
SELECT ref AS id, user_name AS user, profession, office_name AS office, basis, reason, reason_text, dispatch_number,
       opened_at, until, extended_at, ended_at
  FROM emergency_opening o WHERE o.patient_id = :patient ORDER BY o.id;

--! many review reviews (key patient)
SELECT o.ref AS opening, r.verdict, r.note, r.at, r.user_name AS user
  FROM emergency_review r LEFT JOIN emergency_opening o ON o.patient_id = r.patient_id AND o.id = r.opening_id
 WHERE r.patient_id = :patient ORDER BY r.id;

--! many call calls (key patient)
SELECT c.ref AS id, o.ref AS opening, c.callee, c.result, c.at, c.user_name AS user
  FROM emergency_call c LEFT JOIN emergency_opening o ON o.patient_id = c.patient_id AND o.id = c.opening_id
 WHERE c.patient_id = :patient ORDER BY c.id;

--! many report reports (key patient)
SELECT r.ref AS id, o.ref AS opening, r.kind, r.hospital, r.note, r.at, r.user_name AS user
  FROM emergency_report r LEFT JOIN emergency_opening o ON o.patient_id = r.patient_id AND o.id = r.opening_id
 WHERE r.patient_id = :patient ORDER BY r.id;

--! many answer answers (key patient)
SELECT a.ref AS id, o.ref AS opening, a.body, a.at, a.user_name AS user, a.profession, a.office_name AS office
  FROM emergency_answer a LEFT JOIN emergency_opening o ON o.patient_id = a.patient_id AND o.id = a.opening_id
 WHERE a.patient_id = :patient ORDER BY a.id;

--! many card cards (key patient)
SELECT ref AS id, code, issued_at, issuer_name, ended_at, ended_name, end_reason
  FROM emergency_kit_card WHERE patient_id = :patient ORDER BY emergency_kit_card.id;

--! many request requests (key patient)
SELECT q.ref AS id, o.ref AS opening, q.department, q.age, q.sex, q.complaint, q.vitals, q.minutes, q.alerts, q.office_name AS office, q.made_at,
       q.user_name AS user, q.closed_at
  FROM emergency_hospital_request q LEFT JOIN emergency_opening o ON o.patient_id = q.patient_id AND o.id = q.opening_id
 WHERE q.patient_id = :patient ORDER BY q.id;

--! many asked asked (key patient)
SELECT a.ref AS id, q.ref AS request, o.name AS office, a.asked_at, a.answer, a.answer_note, a.answered_at, a.answered_by, a.by_phone,
       a.chosen_at, a.called_off_at
  FROM emergency_hospital_asked a JOIN care_office o ON o.id = a.office_id
  LEFT JOIN emergency_hospital_request q ON q.patient_id = a.patient_id AND q.id = a.request_id
 WHERE a.patient_id = :patient ORDER BY a.id;

--! many told told (key patient)
SELECT c.name AS contact, t.mobile, t.agreed_by, t.recorded_at, t.recorder_name, t.ended_at, t.ended_name
  FROM emergency_contact_told t LEFT JOIN care_emergency_contact c ON c.id = t.contact_id
 WHERE t.patient_id = :patient ORDER BY t.id;

--! many alone alone (key patient)
SELECT ref AS id, keyholder, keyholder_phone, watcher, note, agreed_by, agreed_relation, confirmed_at, confirmer_name,
       ended_at, ended_name, end_reason
  FROM emergency_alone WHERE patient_id = :patient ORDER BY emergency_alone.id;
