-- Reminders to residents who agreed, and the list of whom to ring instead.

--! row agreement (text mobile, text agreed_by, text agreed_relation, utc recorded_at, text recorder_name)
--! row reminded (key patient_id, key network_id, key user_id, text mobile)
--! row callee (key patient_id, ref patient, text name, text kana, date birth_date, text? phone, text vaccine,
--!   date last_on, bool failed, text? result, text? note, utc? called_at, calc text? vaccine_name)
--! row rung (text result, text? note, utc at, text user_name)

--! one agreement agreement (key patient)
SELECT mobile, agreed_by, agreed_relation, recorded_at, recorder_name
  FROM vaccination_agreement WHERE open_patient = :patient;

--! exec1 agree (key patient, text mobile, text agreed_by, text agreed_relation, utc now, key user, text name)
-- A second one that is open is a duplicate key.
INSERT INTO vaccination_agreement (patient_id, mobile, agreed_by, agreed_relation, recorded_at, recorded_by, recorder_name)
VALUES (:patient, :mobile, :agreed_by, :agreed_relation, :now, :user, :name);

--! exec1 stop (key patient, utc now, key user, text name, text reason)
UPDATE vaccination_agreement SET ended_at = :now, ended_by = :user, ended_name = :name, end_reason = :reason
 WHERE open_patient = :patient;

--! exec stop_number (text mobile, utc now, text name, text reason)
-- The phone itself said so: for whomever it was.
UPDATE vaccination_agreement SET ended_at = :now, ended_name = :name, end_reason = :reason
 WHERE mobile = :mobile AND ended_at IS NULL;

--! exec unsend (key patient, utc now)
-- What waits to be sent to her number goes no more.
INSERT INTO care_sms_stop (mobile, stopped_at)
SELECT mobile, :now FROM vaccination_agreement WHERE open_patient = :patient
    ON DUPLICATE KEY UPDATE stopped_at = :now;

--! many reminded due_today (date day)
-- Who agreed, has something due and was not told of it: not who is booked, planned, or away.
SELECT a.patient_id, p.network_id, a.recorded_by AS user_id, a.mobile
  FROM vaccination_agreement a
  JOIN care_patient p ON p.id = a.patient_id AND p.whereabouts NOT IN ('moved', 'deceased')
 WHERE a.ended_at IS NULL AND EXISTS
       (SELECT 1 FROM vaccination_due d
          LEFT JOIN vaccination_reminder m ON m.patient_id = d.patient_id AND m.vaccine = d.vaccine AND m.last_on = d.last_on
         WHERE d.patient_id = a.patient_id AND d.due_on <= :day AND d.last_on >= :day AND m.patient_id IS NULL
           AND NOT EXISTS (SELECT 1 FROM vaccination_booking b WHERE b.patient_id = d.patient_id AND b.open_vaccine = d.vaccine)
           AND NOT EXISTS (SELECT 1 FROM vaccination_visit v WHERE v.patient_id = d.patient_id AND v.open_vaccine = d.vaccine))
 LIMIT 50;

--! exec take (key patient, date day, ref cause, utc now)
-- All that is due for her; 0 when another program was first.
INSERT IGNORE INTO vaccination_reminder (patient_id, vaccine, last_on, cause, made_at)
SELECT d.patient_id, d.vaccine, d.last_on, :cause, :now
  FROM vaccination_due d
 WHERE d.patient_id = :patient AND d.due_on <= :day AND d.last_on >= :day
   AND NOT EXISTS (SELECT 1 FROM vaccination_booking b WHERE b.patient_id = d.patient_id AND b.open_vaccine = d.vaccine)
   AND NOT EXISTS (SELECT 1 FROM vaccination_visit v WHERE v.patient_id = d.patient_id AND v.open_vaccine = d.vaccine);

--! many callee callees (key network, date day, utc since)
-- Whose time it is and whom no message reaches: without agreement, or it failed. Not who is
-- booked, nor who was rung since, nor who said no to it while this window lasts.
-- Read in the order of the key by_end, so that it ends with the hundredth, however many are due.
SELECT STRAIGHT_JOIN p.id AS patient_id, p.ref AS patient, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, p.birth_date, p.phone, d.vaccine, d.last_on,
       n.id IS NOT NULL AS failed, c.result, c.note, c.at AS called_at
  FROM vaccination_due d FORCE INDEX (by_end)
  JOIN care_patient p ON p.id = d.patient_id
  LEFT JOIN vaccination_agreement a ON a.open_patient = d.patient_id
  LEFT JOIN vaccination_reminder m ON m.patient_id = d.patient_id AND m.vaccine = d.vaccine AND m.last_on = d.last_on
  LEFT JOIN care_notice n FORCE INDEX (once) ON n.cause = m.cause AND n.channel = 'sms' AND n.kind = 'vaccination_reminder'
   AND n.state IN ('failed', 'expired', 'unknown', 'suppressed')
  LEFT JOIN vaccination_call c ON c.patient_id = d.patient_id
   AND c.id = (SELECT MAX(k.id) FROM vaccination_call k WHERE k.patient_id = d.patient_id)
  LEFT JOIN vaccination_booking b ON b.patient_id = d.patient_id AND b.open_vaccine = d.vaccine
  LEFT JOIN vaccination_visit v ON v.patient_id = d.patient_id AND v.open_vaccine = d.vaccine
 WHERE d.network_id = :network AND d.due_on <= :day AND d.last_on >= :day AND p.phone IS NOT NULL
   AND (a.id IS NULL OR n.id IS NOT NULL)
   AND (c.id IS NULL OR (c.at < :since AND c.result NOT IN ('declined', 'wrong_number')) OR c.at < d.due_on)
   AND b.id IS NULL AND v.id IS NULL
 ORDER BY d.last_on, d.patient_id LIMIT 100;

--! exec1 ring (key patient, text result, text? note, utc now, key user, text name)
INSERT INTO vaccination_call (patient_id, result, note, at, user_id, user_name)
VALUES (:patient, :result, :note, :now, :user, :name);

--! many rung rung (key patient)
SELECT result, note, at, user_name FROM vaccination_call WHERE patient_id = :patient ORDER BY id DESC LIMIT 20;
