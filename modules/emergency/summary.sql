-- The summary of one patient, as a crew reads it. Admission to the row is
-- opening.sql's `open_now`.

--! row item (text section, ref? id, text? a, text? b, text? c, text? d, i64? n, i64? flag,
--!   date? begins_on, date? ends_on, utc? at, text? by_name, text? by_profession)

--! row face (key file, ref id, key network, text type, text name, i64 bytes, i64 generation, bytes? wrapped_key, bytes sealed)

--! one face face (key patient)
-- The small picture of her face as it lies there, sealed; only of who agreed that crews see it.
SELECT file_id AS file, ref AS id, network_id AS network, type, name, bytes, generation, wrapped_key, sealed
  FROM patient_crew_face WHERE patient_id = :patient;

--! many item all (key patient, utc now, utc fortnight, utc dispatch)
-- All of it in one statement, a row a thing; `section` says what its columns hold
-- (summary.c). The facts are one range of a table that triggers keep.
SELECT section, ref AS id, a, b, c, d, n, flag, begins_on, ends_on, at, by_name, by_profession
  FROM record_summary_now WHERE patient_id = :patient
UNION ALL
SELECT 'face', f.ref, f.set_name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, f.set_at, f.set_name, NULL
  FROM patient_crew_face f WHERE f.patient_id = :patient
UNION ALL
(SELECT 'team', o.ref, o.name, o.phone, o.hours, CONCAT(u.family, ' ', u.given), COALESCE(f.on_duty, 0), NULL, NULL, NULL, t.until, t.team_role, f.profession
  FROM care_team_now t JOIN care_office o ON o.id = t.office_id
  LEFT JOIN care_user u ON u.id = t.user_id
  LEFT JOIN care_staff f ON f.user_id = t.user_id AND f.office_id = t.office_id
 WHERE t.patient_id = :patient AND t.user_id >= 0 AND t.told AND t.until > :now)
UNION ALL
(SELECT 'call', k.callee, k.result, NULL, NULL, NULL, NULL, NULL, NULL, NULL, k.at, k.user_name, NULL
  FROM emergency_call k WHERE k.patient_id = :patient ORDER BY k.id DESC LIMIT 40)
UNION ALL
(SELECT 'immunizations', i.ref, i.vaccine_name, i.product_name, i.lot_number,
       (SELECT GROUP_CONCAT(v.name ORDER BY v.id SEPARATOR '、') FROM care_adverse_event v
         WHERE v.patient_id = i.patient_id AND v.immunization_id = i.id AND v.ended_at IS NULL),
       NULL, i.reported, i.given_on, NULL, i.recorded_at, i.writer_name, i.writer_profession
  FROM care_immunization i WHERE i.patient_id = :patient AND i.ended_at IS NULL ORDER BY i.given_on DESC, i.id DESC LIMIT 6)
UNION ALL
SELECT 'alone', k.ref, k.keyholder, k.keyholder_phone, k.watcher, k.note, NULL, NULL, NULL, NULL, k.confirmed_at, k.confirmer_name, NULL
  FROM emergency_alone k WHERE k.open_patient = :patient
UNION ALL
(SELECT 'entry', e.ref, LEFT(e.body, 400), e.kind, NULL, NULL, NULL, e.urgent, NULL, NULL, e.written_at, e.author_name, e.author_profession
  FROM timeline_crew e WHERE e.patient_id = :patient AND e.written_at > :fortnight ORDER BY e.id DESC LIMIT 6)
UNION ALL
(SELECT 'hospital', a.ref, o.name, a.answer, a.answer_note, q.department, NULL, a.chosen_at IS NOT NULL, NULL, NULL, a.answered_at, a.answered_by, NULL
  FROM emergency_hospital_asked a JOIN emergency_hospital_request q ON q.patient_id = a.patient_id AND q.id = a.request_id
  JOIN care_office o ON o.id = a.office_id
 WHERE a.patient_id = :patient AND a.asked_at >= :dispatch AND a.called_off_at IS NULL ORDER BY a.id LIMIT 20)
UNION ALL
(SELECT 'report', s.ref, s.kind, s.hospital, s.note, NULL, NULL, NULL, NULL, NULL, s.at, s.user_name, NULL
  FROM emergency_report s WHERE s.patient_id = :patient AND s.at >= :dispatch ORDER BY s.id DESC LIMIT 20)
UNION ALL
(SELECT 'answer', w.ref, w.body, w.office_name, NULL, NULL, NULL, NULL, NULL, NULL, w.at, w.user_name, w.profession
  FROM emergency_answer w WHERE w.patient_id = :patient AND w.at >= :dispatch ORDER BY w.id DESC LIMIT 20);
