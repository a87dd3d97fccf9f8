-- What the team prepares beside the card: contacts that are told, the ledger of those who live alone.

--! row contact (ref id, key contact_id, text name, text relation, text phone, text? agreed_by, utc? recorded_at, text? recorder_name, calc bool mobile)
--! row named (key contact_id, text phone)
--! row alone (ref id, text? keyholder, text? keyholder_phone, text? watcher, text? note, text agreed_by, text agreed_relation,
--!   utc confirmed_at, text confirmer_name)
--! row dweller (key alone_id, key patient_id, ref id, text name, text kana, date birth_date, text? address, text? phone,
--!   text? keyholder, text? keyholder_phone, text? watcher, text? note, i64 contacts, utc confirmed_at, text confirmer_name,
--!   calc i64 age, calc i64 days, calc bool old)
--! row counted (i64 people, i64 without_key, i64 without_contact, i64 old, i64 missing)
--! row entry (key patient_id)

-- ---- contacts that are told ----

--! many contact contacts (key patient)
SELECT c.ref AS id, c.id AS contact_id, c.name, c.relation, c.phone, t.agreed_by, t.recorded_at, t.recorder_name
  FROM care_emergency_contact c LEFT JOIN emergency_contact_told t ON t.open_contact = c.id
 WHERE c.patient_id = :patient AND c.ended_at IS NULL ORDER BY c.position, c.id LIMIT 40;

--! one named named (key patient, ref contact)
SELECT id AS contact_id, phone FROM care_emergency_contact WHERE ref = :contact AND patient_id = :patient AND ended_at IS NULL;

--! exec1 agree (key patient, key contact, text mobile, text agreed_by, utc now, key viewer, text name)
-- A second one that is open is a duplicate key.
INSERT INTO emergency_contact_told (patient_id, contact_id, mobile, agreed_by, recorded_at, recorded_by, recorder_name)
VALUES (:patient, :contact, :mobile, :agreed_by, :now, :viewer, :name);

--! exec unsend (key contact, utc now)
-- What waits to be sent to that number goes no more.
INSERT INTO care_sms_stop (mobile, stopped_at)
SELECT mobile, :now FROM emergency_contact_told WHERE open_contact = :contact
    ON DUPLICATE KEY UPDATE stopped_at = :now;

--! exec1 stop (key contact, utc now, key viewer, text name)
UPDATE emergency_contact_told SET ended_at = :now, ended_by = :viewer, ended_name = :name WHERE open_contact = :contact;

--! exec tell (key patient, ref report, text kind, i64 priority, utc now)
-- One message a contact. Its cause is made of the report's: what was done away and comes home
-- twice is sent once; and what comes home hours later is no news any more.
INSERT IGNORE INTO care_notice
       (ref, network_id, user_id, channel, kind, priority, cause, request, due_at, created_at, resident_mobile)
SELECT RANDOM_BYTES(16), p.network_id, t.recorded_by, 'sms', :kind, :priority, UNHEX(MD5(CONCAT(HEX(:report), '-', t.id))), :report,
       UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), t.mobile
  FROM emergency_contact_told t
  JOIN care_emergency_contact c ON c.id = t.contact_id AND c.ended_at IS NULL
  JOIN care_patient p ON p.id = t.patient_id
  LEFT JOIN care_network_choice y ON y.network_id = p.network_id AND y.kind = :kind AND y.channel = 'sms'
 WHERE t.patient_id = :patient AND t.ended_at IS NULL AND COALESCE(y.wanted, 1)
   AND :now > UTC_TIMESTAMP(3) - INTERVAL 1 HOUR;

-- ---- who lives alone ----

--! one alone alone (key patient)
SELECT ref AS id, keyholder, keyholder_phone, watcher, note, agreed_by, agreed_relation, confirmed_at, confirmer_name
  FROM emergency_alone WHERE open_patient = :patient;

--! exec leave (key patient, text reason, utc now, text name)
UPDATE emergency_alone SET ended_at = :now, ended_name = :name, end_reason = :reason WHERE open_patient = :patient;

--! exec1 enter (key patient, ref ref, text? keyholder, text? keyholder_phone, text? watcher, text? note, text agreed_by, text agreed_relation,
--!   utc now, key viewer, text name)
INSERT INTO emergency_alone (patient_id, ref, network_id, keyholder, keyholder_phone, watcher, note, agreed_by, agreed_relation,
       confirmed_at, confirmed_by, confirmer_name)
SELECT id, :ref, network_id, :keyholder, :keyholder_phone, :watcher, :note, :agreed_by, :agreed_relation, :now, :viewer, :name
  FROM care_patient WHERE id = :patient;

--! one entry entry (ref alone, key network)
-- One that holds: what was written anew meanwhile is not confirmed unseen.
SELECT patient_id FROM emergency_alone WHERE ref = :alone AND open_network = :network;

--! exec1 still (key patient, ref ref, utc now, key viewer, text name)
-- The same words, as of now; before the entry that holds is ended.
INSERT INTO emergency_alone (patient_id, ref, network_id, keyholder, keyholder_phone, watcher, note, agreed_by, agreed_relation,
       confirmed_at, confirmed_by, confirmer_name)
SELECT patient_id, :ref, network_id, keyholder, keyholder_phone, watcher, note, agreed_by, agreed_relation, :now, :viewer, :name
  FROM emergency_alone WHERE patient_id = :patient AND end_reason = 'replaced' ORDER BY id DESC LIMIT 1;

--! many dweller dwellers (key network, key after, i64 limit)
-- As entries are never changed, the lowest number is the one that was confirmed longest ago.
SELECT a.id AS alone_id, p.id AS patient_id, a.ref AS id, CONCAT(p.family, ' ', p.given) AS name, CONCAT(p.kana_family, ' ', p.kana_given) AS kana,
       p.birth_date, p.address, p.phone, a.keyholder, a.keyholder_phone, a.watcher, a.note,
       (SELECT COUNT(*) FROM care_emergency_contact c WHERE c.patient_id = p.id AND c.ended_at IS NULL) AS contacts,
       a.confirmed_at, a.confirmer_name
  FROM emergency_alone a JOIN care_patient p ON p.id = a.patient_id
 WHERE a.open_network = :network AND a.id > :after ORDER BY a.id LIMIT :limit;

--! one counted counted (key network, utc old)
-- `missing`: who lives alone as her team says and stands in no ledger; how many, not who.
SELECT COUNT(*) AS people, CAST(COALESCE(SUM(a.keyholder IS NULL), 0) AS SIGNED) AS without_key,
       CAST(COALESCE(SUM(NOT EXISTS (SELECT 1 FROM care_emergency_contact c WHERE c.patient_id = a.patient_id AND c.ended_at IS NULL)), 0) AS SIGNED) AS without_contact,
       CAST(COALESCE(SUM(a.confirmed_at < :old), 0) AS SIGNED) AS old,
       (SELECT COUNT(*) FROM care_patient p WHERE p.network_id = :network AND p.lives_alone AND p.whereabouts NOT IN ('moved', 'deceased')
           AND NOT EXISTS (SELECT 1 FROM emergency_alone b WHERE b.open_patient = p.id)) AS missing
  FROM emergency_alone a WHERE a.open_network = :network;
