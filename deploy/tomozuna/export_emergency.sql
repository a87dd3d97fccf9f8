-- What ambulance crews did with a person. Asked only where that module is installed.

--! row opening (ref id, text user, text profession, text office, text basis, text? reason, text? reason_text,
--!   text? dispatch_number, utc opened_at, utc until, utc? extended_at, utc? ended_at)
--! row review (ref? opening, text verdict, text? note, utc at, text user)
--! row call (ref? id, ref? opening, ref callee, text result, utc at, text user)
--! row report (ref id, ref? opening, text kind, text? hospital, text? note, utc at, text user)
--! row answer (ref id, ref? opening, text body, utc at, text user, text profession, text office)

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
