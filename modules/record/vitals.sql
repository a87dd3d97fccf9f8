-- Vital signs, their limits and who is told.

--! row reading (key vital_id, ref id, utc measured_at, i64? temperature, i64? systolic, i64? diastolic,
--!   i64? pulse, i64? spo2, i64? respiration, i64? weight, i64? glucose, i64? jcs,
--!   text? note, i64 outside, text writer, bool ended)

--! row period (date day, i64? temperature_min, i64? temperature_max, i64? systolic_min,
--!   i64? systolic_max, i64? diastolic_min, i64? diastolic_max, i64? pulse_min, i64? pulse_max,
--!   i64? spo2_min, i64? spo2_max, i64? respiration_min, i64? respiration_max,
--!   i64? weight_min, i64? weight_max, i64? glucose_min, i64? glucose_max)

--! row bound (text sign, i64? low, i64? high, utc set_at, text set_name)

--! row watcher (ref id, text name, text profession_code, text office, bool watching,
--!   calc text profession)

--! row watching (key user_id)

--! row known (key vital_id, utc measured_at)

--! many reading readings (key patient, utc from, i64 limit)
-- From an instant on, newest first.
SELECT record_vital_sign.id AS vital_id, ref AS id, measured_at, temperature, systolic, diastolic, pulse, spo2, respiration, weight,
       glucose, jcs, note, outside, writer_name AS writer, ended_at IS NOT NULL AS ended
  FROM record_vital_sign
 WHERE patient_id = :patient AND measured_at >= :from
 ORDER BY measured_at DESC, record_vital_sign.id DESC LIMIT :limit;

--! many reading own_readings (key patient, key viewer, key office, i64 before, i64 limit)
-- What an office's own people measured, for it alone: db/record/0041-own.sql says who reads
-- which. As it was written, newest first.
SELECT v.id AS vital_id, v.ref AS id, v.measured_at, v.temperature, v.systolic, v.diastolic, v.pulse, v.spo2,
       v.respiration, v.weight, v.glucose, v.jcs, v.note, v.outside, v.writer, v.ended_at IS NOT NULL AS ended
  FROM record_own_vital v
 WHERE v.patient_id = :patient AND v.viewer_id = :viewer AND v.viewer_office = :office AND v.id < :before
 ORDER BY v.id DESC LIMIT :limit;

--! many period periods (key patient, date from, i64 days)
-- Least and greatest values of every `days` days, oldest first, without those of no value.
SELECT MIN(day) AS day, MIN(temperature_min) AS temperature_min, MAX(temperature_max) AS temperature_max,
       MIN(systolic_min) AS systolic_min, MAX(systolic_max) AS systolic_max,
       MIN(diastolic_min) AS diastolic_min, MAX(diastolic_max) AS diastolic_max,
       MIN(pulse_min) AS pulse_min, MAX(pulse_max) AS pulse_max,
       MIN(spo2_min) AS spo2_min, MAX(spo2_max) AS spo2_max,
       MIN(respiration_min) AS respiration_min, MAX(respiration_max) AS respiration_max,
       MIN(weight_min) AS weight_min, MAX(weight_max) AS weight_max,
       MIN(glucose_min) AS glucose_min, MAX(glucose_max) AS glucose_max
  FROM record_vital_day
 WHERE patient_id = :patient AND day >= :from AND n > 0
 GROUP BY FLOOR(DATEDIFF(day, :from) / :days) ORDER BY 1 LIMIT 400;

--! exec1 add (key patient, ref id, utc measured_at, i64? temperature, i64? systolic,
--!   i64? diastolic, i64? pulse, i64? spo2, i64? respiration, i64? weight, i64? glucose,
--!   i64? jcs, text? note, i64 outside, key user, text name, text profession, key office, utc now, i64? replaces)
INSERT INTO record_vital_sign (patient_id, ref, measured_at, temperature, systolic, diastolic, pulse,
       spo2, respiration, weight, glucose, jcs, note, outside, written_at, written_by, writer_name,
       writer_profession, writer_office_id, replaces)
VALUES (:patient, :id, :measured_at, :temperature, :systolic, :diastolic, :pulse, :spo2, :respiration,
       :weight, :glucose, :jcs, :note, :outside, :now, :user, :name, :profession, :office, :replaces);

--! one known find (key patient, ref id)
-- One that still counts.
SELECT id AS vital_id, measured_at FROM record_vital_sign
 WHERE ref = :id AND patient_id = :patient AND ended_at IS NULL;

--! exec1 end (key patient, utc measured_at, key vital, key user, utc now)
UPDATE record_vital_sign SET ended_at = :now, ended_by = :user
 WHERE patient_id = :patient AND measured_at = :measured_at AND id = :vital AND ended_at IS NULL;

--! many bound bounds (key patient)
-- The newest limits of each sign.
SELECT l.sign, l.low, l.high, l.set_at, l.set_name
  FROM (SELECT sign, MAX(id) AS id FROM record_vital_limit WHERE patient_id = :patient GROUP BY sign) AS newest
  JOIN record_vital_limit l ON l.patient_id = :patient AND l.sign = newest.sign AND l.id = newest.id;

--! exec1 limit (key patient, ref id, text sign, i64? low, i64? high, key user, text name,
--!   text profession, utc now)
INSERT INTO record_vital_limit (patient_id, ref, sign, low, high, set_at, set_by, set_name, set_profession)
VALUES (:patient, :id, :sign, :low, :high, :now, :user, :name, :profession);

--! many watcher watchers (key patient)
-- Everyone of the team by name, and who of them is told of a value outside.
SELECT u.ref AS id, CONCAT(u.family, ' ', u.given) AS name, f.profession AS profession_code,
       o.name AS office, w.user_id IS NOT NULL AS watching
  FROM (SELECT DISTINCT user_id, office_id, profession FROM care_team_person
         WHERE patient_id = :patient AND told) AS f
  JOIN care_user u ON u.id = f.user_id AND u.suspended_at IS NULL
  JOIN care_office o ON o.id = f.office_id
  LEFT JOIN record_vital_watcher w ON w.patient_id = :patient AND w.user_id = f.user_id
 ORDER BY watching DESC, o.name, u.kana_family;

--! many watching watching (key patient)
-- Those told, if they are of the team still.
SELECT DISTINCT w.user_id
  FROM record_vital_watcher w
  JOIN care_team_person f ON f.patient_id = w.patient_id AND f.user_id = w.user_id AND f.told
 WHERE w.patient_id = :patient;

--! exec watch (key patient, ref user, key viewer, utc now)
-- A member of the team is told from now on; 0 rows if she is told already, or is no member.
INSERT IGNORE INTO record_vital_watcher (patient_id, user_id, since, chosen_by)
SELECT DISTINCT :patient, u.id, :now, :viewer
  FROM care_user u
  JOIN care_team_person f ON f.patient_id = :patient AND f.user_id = u.id AND f.told
 WHERE u.ref = :user;

--! exec unwatch (key patient, ref user)
DELETE w FROM record_vital_watcher w JOIN care_user u ON u.id = w.user_id
 WHERE w.patient_id = :patient AND u.ref = :user;

--! exec mark (key patient, ref about, key user, utc now)
-- What waits for one who is told.
INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
VALUES (:user, :patient, 'record', 'urgent', :about, :now);
