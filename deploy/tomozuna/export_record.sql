-- What the record module keeps of a person. Asked only where it is installed.

--! row vital_sign (ref id, utc measured_at, text? temperature, i64? systolic, i64? diastolic,
--!   i64? pulse, i64? spo2, i64? respiration, text? weight, i64? glucose, i64? jcs, text? note,
--!   i64 outside, utc written_at, text writer_name, text writer_profession, text? writer_office, ref? replaces,
--!   utc? ended_at, text? ended_by, key? temperature_tenths, key? weight_tenths)

--! many vital_sign vital_signs (key patient)
-- In degrees and kilograms for people, in tenths of them for the bundle.
SELECT v.ref AS id, v.measured_at, CAST(CAST(v.temperature / 10 AS DECIMAL(5,1)) AS CHAR) AS temperature,
       v.systolic, v.diastolic, v.pulse, v.spo2, v.respiration,
       CAST(CAST(v.weight / 10 AS DECIMAL(5,1)) AS CHAR) AS weight, v.glucose, v.jcs, v.note,
       v.outside, v.written_at, v.writer_name, v.writer_profession, o.name AS writer_office, r.ref AS replaces,
       v.ended_at, CONCAT(u.family, ' ', u.given) AS ended_by,
       v.temperature AS temperature_tenths, v.weight AS weight_tenths
  FROM record_vital_sign v LEFT JOIN record_vital_sign r ON r.id = v.replaces
  LEFT JOIN care_user u ON u.id = v.ended_by
  LEFT JOIN care_office o ON o.id = v.writer_office_id
 WHERE v.patient_id = :patient ORDER BY v.measured_at, v.id;

--! row vital_limit (ref id, text sign, i64? low, i64? high, utc set_at, text set_name,
--!   text set_profession)

--! many vital_limit vital_limits (key patient)
-- In the units of vital_sign.csv, but temperature and weight in tenths.
SELECT ref AS id, sign, low, high, set_at, set_name, set_profession
  FROM record_vital_limit WHERE patient_id = :patient ORDER BY record_vital_limit.id;

--! row watcher (text user, utc since, text? chosen_by)

--! many watcher watchers (key patient)
SELECT CONCAT(u.family, ' ', u.given) AS user, w.since, CONCAT(c.family, ' ', c.given) AS chosen_by
  FROM record_vital_watcher w JOIN care_user u ON u.id = w.user_id
  LEFT JOIN care_user c ON c.id = w.chosen_by
 WHERE w.patient_id = :patient ORDER BY w.since, w.user_id;

--! row care_plan (ref id, i64 version, date valid_from, date valid_to, text wishes, text policy,
--!   text goals, text services, text? what_changed, utc written_at, text writer_name,
--!   text writer_profession, text writer_office)

--! many care_plan care_plans (key patient)
SELECT ref AS id, version, valid_from, valid_to, wishes, policy, goals, services, what_changed,
       written_at, writer_name, writer_profession, writer_office
  FROM record_care_plan WHERE patient_id = :patient ORDER BY version;

--! row plan_receipt (ref care_plan, text office, utc received_at, text receiver_name)

--! many plan_receipt plan_receipts (key patient)
SELECT p.ref AS care_plan, o.name AS office, x.received_at, x.receiver_name
  FROM record_care_plan_receipt x
  JOIN record_care_plan p ON p.patient_id = x.patient_id AND p.id = x.care_plan_id
  JOIN care_office o ON o.id = x.office_id
 WHERE x.patient_id = :patient ORDER BY x.received_at, x.office_id;

--! row visit (ref id, utc starts_at, utc ends_at, text kind, text? note, i64 sequence,
--!   utc changed_at, text writer_name, utc? cancelled_at)

--! many visit visits (key patient)
SELECT ref AS id, starts_at, ends_at, kind, note, sequence, changed_at, writer_name, cancelled_at
  FROM record_visit WHERE patient_id = :patient ORDER BY starts_at, record_visit.id;

--! row visitor (ref visit, text user, utc starts_at)

--! many visitor visitors (key patient)
SELECT v.ref AS visit, CONCAT(u.family, ' ', u.given) AS user, x.starts_at
  FROM record_visitor x JOIN record_visit v ON v.id = x.visit_id
  JOIN care_user u ON u.id = x.user_id
 WHERE x.patient_id = :patient ORDER BY x.starts_at, x.visit_id, x.user_id;

--! row paper (key paper_id, ref id, text kind, text? office, date? valid_from, date? valid_to, utc issued_at,
--!   text issuer_name, text issuer_office, text? issuer_address, text? issuer_phone,
--!   text? subject_person, text? subject_address, text? subject_numbers)

--! many paper papers (key patient)
SELECT p.id AS paper_id, p.ref AS id, p.kind, o.name AS office, p.valid_from, p.valid_to,
       p.issued_at, p.issuer_name, p.issuer_office, p.issuer_address, p.issuer_phone,
       p.subject_person, p.subject_address, p.subject_numbers
  FROM record_paper p LEFT JOIN care_office o ON o.id = p.office_id
 WHERE p.patient_id = :patient ORDER BY p.id;

--! row paper_field (key paper_id, ref paper, i64 position, text label, text value)

--! many paper_field paper_fields (key patient)
SELECT x.paper_id, p.ref AS paper, x.position, x.label, x.value
  FROM record_paper_field x
  JOIN record_paper p ON p.patient_id = x.patient_id AND p.id = x.paper_id
 WHERE x.patient_id = :patient ORDER BY x.paper_id, x.position;

--! row change (utc at, text user_name, text profession, text section, text act, text label)

--! many change changes (key patient)
SELECT at, user_name, profession, section, act, label
  FROM record_change WHERE patient_id = :patient ORDER BY id;

--! row seen (text user, i64 changes, utc seen_at)

--! many seen seen_by (key patient)
-- Up to which of the changes somebody says that she has seen them: a count of
-- the lines of change.csv.
SELECT CONCAT(u.family, ' ', u.given) AS user,
       (SELECT COUNT(*) FROM record_change c WHERE c.patient_id = s.patient_id AND c.id <= s.change_id) AS changes,
       s.seen_at
  FROM record_seen s JOIN care_user u ON u.id = s.user_id
 WHERE s.patient_id = :patient ORDER BY s.seen_at, s.user_id;
