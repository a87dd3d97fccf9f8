-- What keeps the copy current (copy.h). Each statement reads little: a patient, the
-- crews' sessions, the openings of now.

--! row person (key patient_id, ref id, key network_id, text family, text given, text kana_family, text kana_given, text sex,
--!   date birth_date, text? address, text? phone, text care_level, bool lives_alone, text whereabouts, text? insurer_number,
--!   text? insured_number, ref network_ref, text network, bool consented, text? area, text? numbers)
--! row found_by (text kind, text a, text b, text c)
--! row crew (bytes token, bytes certificate, key user_id, key office_id, key device_id, key network_id, ref id, ref device, text login,
--!   text family, text given, text profession, text professions, text office_name, bool office_manager, bool on_duty, text roles, text lang,
--!   utc created_at, utc seen_at)
--! row opened (key user_id, key patient_id, ref opening, ref patient, text basis, text? reason, text? reason_text,
--!   text? dispatch_number, utc opened_at, utc until, utc? extended_at, utc? ended_at)
--! row privacy (key user_id, key network_id)
--! row follower (key follower_id)
--! row followed (key subject_id, i64 n)
--! row someone (key patient_id)

--! one person person (key patient)
SELECT p.id AS patient_id, p.ref AS id, p.network_id, p.family, p.given, p.kana_family, p.kana_given, p.sex,
       p.birth_date, p.address, p.phone, p.care_level, p.lives_alone, p.whereabouts, p.insurer_number,
       p.insured_number, n.ref AS network_ref, n.nickname AS network,
       EXISTS (SELECT 1 FROM care_consent_open c WHERE c.patient_id = p.id AND c.purpose = 'emergency') AS consented,
       a.area, a.numbers
  FROM care_patient p JOIN care_network n ON n.id = p.network_id
  LEFT JOIN emergency_address a ON a.patient_id = p.id AND a.lives_there
 WHERE p.id = :patient LIMIT 1;

--! many found_by found_by (key patient)
SELECT 'name' AS kind, k.family_sound AS a, k.sound AS b, k.written AS c FROM emergency_name k WHERE k.patient_id = :patient
UNION ALL SELECT 'card', k.code, LOWER(HEX(k.ref)), '' FROM emergency_kit_card k WHERE k.patient_id = :patient AND k.ended_at IS NULL
UNION ALL SELECT 'phone', k.phone, '', '' FROM emergency_phone k WHERE k.patient_id = :patient
UNION ALL SELECT 'place', k.area, k.numbers, '' FROM emergency_address k WHERE k.patient_id = :patient;

--! many crew crews (utc since)
-- Sessions that a crew may go on with, of this shift.
SELECT s.token, COALESCE(s.certificate, '') AS certificate, s.user_id, s.office_id, s.device_id, s.network_id, s.user_ref AS id, d.ref AS device, s.login,
       s.family, s.given, s.profession, s.professions, s.office_name, s.office_manager, s.on_duty, s.roles, s.lang,
       s.created_at, s.seen_at
  FROM care_session s JOIN care_device d ON d.id = s.device_id
 WHERE s.created_at > :since AND s.door = 0 AND s.barred = 0 AND s.ended_at IS NULL AND s.certificate IS NOT NULL
   AND (FIND_IN_SET('crew', s.roles) OR FIND_IN_SET('dispatcher', s.roles));

--! many opened opened (utc now)
-- One that rests on a consent which is withdrawn has ended.
SELECT o.user_id, o.patient_id, o.ref AS opening, p.ref AS patient, o.basis, o.reason, o.reason_text,
       o.dispatch_number, o.opened_at, o.until, o.extended_at,
       IF(o.basis = 'break_glass' OR EXISTS
          (SELECT 1 FROM care_consent_open c WHERE c.patient_id = o.patient_id AND c.purpose = 'emergency'), o.ended_at, o.until) AS ended_at
  FROM emergency_opening o JOIN care_patient p ON p.id = o.patient_id WHERE o.until > :now;

--! many privacy privacy ()
SELECT id AS user_id, network_id FROM care_user WHERE FIND_IN_SET('privacy_officer', roles) AND suspended_at IS NULL;

-- ---- the feed ----

--! exec meet (ref ref, i64 meetings, utc now)
-- 0: the database has not met this copy as often as it remembers.
UPDATE care_follower SET meetings = :meetings + 1, seen_at = :now WHERE ref = :ref AND meetings = :meetings;

--! exec follow (ref ref, i64 meetings, utc now)
INSERT INTO care_follower (ref, module, meetings, seen_at) VALUES (:ref, 'emergency', :meetings, :now)
    ON DUPLICATE KEY UPDATE meetings = VALUES(meetings), seen_at = VALUES(seen_at);

--! exec forget_followers (utc before)
-- A copy that is gone for good would be written to for ever.
DELETE f, d FROM care_follower f LEFT JOIN care_followed d ON d.follower_id = f.id
 WHERE f.module = 'emergency' AND f.seen_at < :before;

--! one follower follower (ref ref)
SELECT id AS follower_id FROM care_follower WHERE ref = :ref;

--! many followed followed (key follower, i64 limit)
SELECT subject_id, n FROM care_followed WHERE follower_id = :follower LIMIT :limit;

--! many followed opened_now (key follower, utc now, i64 limit)
-- Whom crews have open: they do not wait behind a thousand of an office that changed its number.
SELECT DISTINCT d.subject_id, d.n FROM emergency_open_now o JOIN care_followed d ON d.follower_id = :follower AND d.subject_id = o.patient_id
 WHERE o.until > :now LIMIT :limit;

--! one followed still (key follower, key subject, i64 noted)
-- One whom somebody is just changing is left for the next round: nobody else waits for that.
SELECT subject_id, n FROM care_followed WHERE follower_id = :follower AND subject_id = :subject AND n = :noted FOR UPDATE SKIP LOCKED;

--! exec taken (key follower, key subject, i64 n)
DELETE FROM care_followed WHERE follower_id = :follower AND subject_id = :subject AND n = :n;

--! many someone someone (key after, i64 limit)
SELECT id AS patient_id FROM care_patient WHERE id > :after ORDER BY id LIMIT :limit;

-- ---- a device that was shut out while this database was away ----

--! exec shut_device (ref device, utc now)
UPDATE care_device SET revoked_at = :now WHERE ref = :device AND revoked_at IS NULL;

--! exec shut_sessions (ref device, utc now)
UPDATE care_session SET ended_at = :now WHERE device_id = (SELECT id FROM care_device WHERE ref = :device) AND ended_at IS NULL;
