-- What finds a patient. Each statement reads one range of one index and nothing
-- else, and stops at `limit`: 1.5 million people are searched in milliseconds
-- (tests/bench/search.pl). The caller gives ranges so wide that they hold all where a
-- thing was not said. Who they are is asked of the few that may be named.

--! row candidate (key patient_id, ref id, text family, text given, date birth_date,
--!   text? area, text? numbers, bool consented, bool opened)

--! row hit (key patient_id)

--! many hit by_phone (key network, text phone, i64 limit)
SELECT k.patient_id
  FROM emergency_phone k
 WHERE k.network_id = :network AND k.phone = :phone LIMIT :limit;

--! many hit by_card (key network, text code, i64 limit)
SELECT k.patient_id
  FROM emergency_kit_card k
 WHERE k.network_id = :network AND k.code = :code AND k.ended_at IS NULL LIMIT :limit;

--! many hit by_link (key network, ref card)
-- What the QR of a card leads to.
SELECT k.patient_id
  FROM emergency_kit_card k
 WHERE k.network_id = :network AND k.ref = :card AND k.ended_at IS NULL;

--! many hit by_whole (key network, text sound, date born_from, date born_to, i64 limit)
-- Family and given name as they sound, whole: one short range of the same index as by_sound's,
-- however many there are whose name only begins so.
SELECT k.patient_id
  FROM emergency_name k FORCE INDEX (by_sound)
 WHERE k.network_id = :network AND k.sound = :sound AND k.birth_date BETWEEN :born_from AND :born_to LIMIT :limit;

--! many hit by_family (key network, text sound, date born_from, date born_to, i64 limit)
-- A family name and when she was born: its own index, so that 佐藤 of 82 is not
-- looked for among all of them.
SELECT k.patient_id
  FROM emergency_name k
 WHERE k.network_id = :network AND k.family_sound = :sound AND k.birth_date BETWEEN :born_from AND :born_to LIMIT :limit;

--! many hit by_sound (key network, text sound, text sound_end, date born_from, date born_to, i64 limit)
SELECT k.patient_id
  FROM emergency_name k FORCE INDEX (by_sound)
 WHERE k.network_id = :network AND k.sound >= :sound AND k.sound < :sound_end AND k.birth_date BETWEEN :born_from AND :born_to LIMIT :limit;

--! many hit by_written (key network, text written, text written_end, date born_from, date born_to, i64 limit)
SELECT k.patient_id
  FROM emergency_name k FORCE INDEX (by_written)
 WHERE k.network_id = :network AND k.written >= :written AND k.written < :written_end AND k.birth_date BETWEEN :born_from AND :born_to LIMIT :limit;

--! many hit by_place (key network, text area, text numbers, text numbers_end, text sound, text sound_end, text written, text written_end,
--!   date born_from, date born_to, i64 limit)
-- The house, and whatever else was said of her.
SELECT DISTINCT k.patient_id
  FROM emergency_address h FORCE INDEX (PRIMARY)
  JOIN emergency_name k ON k.patient_id = h.patient_id AND k.network_id = h.network_id
   AND k.sound >= :sound AND k.sound < :sound_end AND k.written >= :written AND k.written < :written_end
   AND k.birth_date BETWEEN :born_from AND :born_to
 WHERE h.network_id = :network AND h.area = :area AND (h.numbers = :numbers OR (h.numbers >= CONCAT(:numbers, '-') AND h.numbers < :numbers_end))
 LIMIT :limit;

--! many hit by_area (key network, text area, text sound, text sound_end, text written, text written_end,
--!   date born_from, date born_to, i64 limit)
-- A whole area, where no number was said.
SELECT DISTINCT k.patient_id
  FROM emergency_address h FORCE INDEX (PRIMARY)
  JOIN emergency_name k ON k.patient_id = h.patient_id AND k.network_id = h.network_id
   AND k.sound >= :sound AND k.sound < :sound_end AND k.written >= :written AND k.written < :written_end
   AND k.birth_date BETWEEN :born_from AND :born_to
 WHERE h.network_id = :network AND h.area = :area
 LIMIT :limit;

-- ---- who they are, once there are few enough to be named ----

--! many candidate candidates (text ids, key network, key viewer, utc now)
SELECT p.id AS patient_id, p.ref AS id, p.family, p.given, p.birth_date,
       (SELECT a.area FROM emergency_address a WHERE a.patient_id = p.id AND a.lives_there LIMIT 1) AS area,
       (SELECT a.numbers FROM emergency_address a WHERE a.patient_id = p.id AND a.lives_there LIMIT 1) AS numbers,
       EXISTS (SELECT 1 FROM care_consent_open c WHERE c.patient_id = p.id AND c.purpose = 'emergency') AS consented,
       EXISTS (SELECT 1 FROM emergency_opening o WHERE o.patient_id = p.id AND o.user_id = :viewer AND o.until > :now AND o.ended_at IS NULL
         AND (o.basis = 'break_glass' OR EXISTS (SELECT 1 FROM care_consent_open c WHERE c.patient_id = p.id AND c.purpose = 'emergency'))) AS opened
  FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id BIGINT PATH '$')) AS w
  JOIN care_patient p ON p.id = w.id AND p.network_id = :network
 ORDER BY p.kana_family, p.kana_given;

-- ---- the keys, made anew ----

--! row due (key patient_id, utc since)
--! row keyed (key network_id, text family, text given, text kana_family, text kana_given, date birth_date, text? address, text? phone)
--! row number (text phone)

--! many due due (i64 limit)
-- Whoever else makes keys takes others.
SELECT patient_id, since FROM emergency_due ORDER BY since, patient_id LIMIT :limit FOR UPDATE SKIP LOCKED;

--! one keyed keyed (key patient)
-- Locked: whoever deletes her meanwhile waits, and then takes these keys too.
SELECT network_id, family, given, kana_family, kana_given, birth_date, address, phone
  FROM care_patient WHERE id = :patient LOCK IN SHARE MODE;

--! many number numbers (key patient)
SELECT phone FROM care_emergency_contact WHERE patient_id = :patient AND ended_at IS NULL;

--! exec put_name (key patient, key network, text family_sound, text sound, date birth_date, text written)
INSERT INTO emergency_name (patient_id, network_id, family_sound, sound, birth_date, written)
VALUES (:patient, :network, :family_sound, :sound, :birth_date, :written)
    ON DUPLICATE KEY UPDATE network_id = VALUES(network_id), family_sound = VALUES(family_sound), sound = VALUES(sound),
       birth_date = VALUES(birth_date), written = VALUES(written);

--! exec forget_phones (key patient)
DELETE FROM emergency_phone WHERE patient_id = :patient;

--! exec put_phone (key network, text phone, key patient)
INSERT IGNORE INTO emergency_phone (network_id, phone, patient_id) VALUES (:network, :phone, :patient);

--! exec moved_away (key patient)
-- The address stays, as an old one: callers say it.
UPDATE emergency_address SET lives_there = 0 WHERE patient_id = :patient AND lives_there;

--! exec put_address (key network, text area, text numbers, key patient)
INSERT INTO emergency_address (network_id, area, numbers, patient_id, lives_there)
VALUES (:network, :area, :numbers, :patient, 1) ON DUPLICATE KEY UPDATE lives_there = 1;

--! exec done (key patient, utc since)
DELETE FROM emergency_due WHERE patient_id = :patient AND since = :since;
