-- Bookings by telephone. The town's desk sees those of its network, a clinic those that
-- it is asked for; nobody else any.

--! row booking (ref id, key booking_id, key patient_id, ref patient, text name, text kana, date birth_date,
--!   text? address, text? phone, text vaccine, text vaccine_name, text place, text clinic_name,
--!   text? clinic_address, text? clinic_phone, text state, utc state_at, text caller, text caller_relation,
--!   text? caller_phone, date? wanted_1, date? wanted_2, date? wanted_3, text? wanted_note, date? offered_on,
--!   text? offered_time, text? offer_note, utc requested_at, key requested_by, text requester_name, key clinic_key)
--! row step (key booking_id, text state, utc at, text user_name, text office_name, text? note)
--! row resident (key patient_id, ref id, text name, text kana, text sex, date birth_date, text? address, text? phone)
--! row clinic (ref id, key office_id, text name)
--! row colleague (key user_id)
--! row letterhead (text name, text? address, text? phone, text nickname)

-- ---- whom the desk speaks with ----

--! many resident by_reading (key network, text sound, text sound_end)
-- Whose reading begins so; the statement reads one range of one index.
SELECT id AS patient_id, ref AS id, CONCAT(family, ' ', given) AS name, CONCAT(kana_family, ' ', kana_given) AS kana,
       sex, birth_date, address, phone
  FROM care_patient
 WHERE network_id = :network AND kana_folded >= :sound AND kana_folded < :sound_end
 ORDER BY kana_folded, birth_date LIMIT 40;

--! many resident by_birth (key network, date born)
SELECT id AS patient_id, ref AS id, CONCAT(family, ' ', given) AS name, CONCAT(kana_family, ' ', kana_given) AS kana,
       sex, birth_date, address, phone
  FROM care_patient
 WHERE network_id = :network AND birth_date = :born ORDER BY kana_folded LIMIT 40;

--! one resident resident (key network, ref id)
SELECT id AS patient_id, ref AS id, CONCAT(family, ' ', given) AS name, CONCAT(kana_family, ' ', kana_given) AS kana,
       sex, birth_date, address, phone
  FROM care_patient WHERE network_id = :network AND ref = :id;

--! many clinic clinics (key network)
-- Who may be asked for a dose.
SELECT ref AS id, id AS office_id, name FROM care_office
 WHERE network_id = :network AND kind IN ('clinic', 'hospital') AND closed_at IS NULL ORDER BY name LIMIT 200;

-- ---- bookings ----

--! exec1 request_one (key patient, ref id, key network, text vaccine, text vaccine_name, text place, key clinic,
--!   text caller, text caller_relation, text? caller_phone, date? wanted_1, date? wanted_2, date? wanted_3,
--!   text? wanted_note, utc now, key user, text name)
-- One that is open for this vaccine already is a duplicate key.
INSERT INTO vaccination_booking (patient_id, ref, network_id, vaccine, vaccine_name, place, clinic_id, state_at,
       caller, caller_relation, caller_phone, wanted_1, wanted_2, wanted_3, wanted_note, requested_at, requested_by,
       requester_name)
VALUES (:patient, :id, :network, :vaccine, :vaccine_name, :place, :clinic, :now, :caller, :caller_relation,
       :caller_phone, :wanted_1, :wanted_2, :wanted_3, :wanted_note, :now, :user, :name);

--! exec add_step (key patient, ref booking, text state, utc now, key user, text name, text office, text? note)
INSERT INTO vaccination_booking_step (patient_id, booking_id, state, at, user_id, user_name, office_name, note)
SELECT b.patient_id, b.id, :state, :now, :user, :name, :office, :note
  FROM vaccination_booking b WHERE b.patient_id = :patient AND b.ref = :booking;

--! many booking of_town (key network, utc since)
-- What waits for the desk first, then for a clinic, then by its day; what ended lately last.
SELECT id, booking_id, patient_id, patient, name, kana, birth_date, address, phone, vaccine, vaccine_name, place,
       clinic_name, clinic_address, clinic_phone, state, state_at, caller, caller_relation, caller_phone, wanted_1,
       wanted_2, wanted_3, wanted_note, offered_on, offered_time, offer_note, requested_at, requested_by, requester_name,
       clinic_id AS clinic_key
  FROM vaccination_booking_line
 WHERE network_id = :network AND (state IN ('requested', 'offered', 'booked') OR state_at > :since)
 ORDER BY FIELD(state, 'offered', 'requested', 'booked', 'done', 'cancelled'), offered_on, state_at, booking_id LIMIT 200;

--! many booking of_clinic (key office, utc since)
SELECT id, booking_id, patient_id, patient, name, kana, birth_date, address, phone, vaccine, vaccine_name, place,
       clinic_name, clinic_address, clinic_phone, state, state_at, caller, caller_relation, caller_phone, wanted_1,
       wanted_2, wanted_3, wanted_note, offered_on, offered_time, offer_note, requested_at, requested_by, requester_name,
       clinic_id AS clinic_key
  FROM vaccination_booking_line
 WHERE clinic_id = :office AND (state IN ('requested', 'offered', 'booked') OR state_at > :since)
 ORDER BY FIELD(state, 'requested', 'booked', 'offered', 'done', 'cancelled'), offered_on, state_at, booking_id LIMIT 200;

--! many booking of_resident (key network, key patient)
SELECT id, booking_id, patient_id, patient, name, kana, birth_date, address, phone, vaccine, vaccine_name, place,
       clinic_name, clinic_address, clinic_phone, state, state_at, caller, caller_relation, caller_phone, wanted_1,
       wanted_2, wanted_3, wanted_note, offered_on, offered_time, offer_note, requested_at, requested_by, requester_name,
       clinic_id AS clinic_key
  FROM vaccination_booking_line
 WHERE network_id = :network AND patient_id = :patient ORDER BY booking_id DESC LIMIT 20;

--! one booking one (key network, key patient, ref id)
SELECT id, booking_id, patient_id, patient, name, kana, birth_date, address, phone, vaccine, vaccine_name, place,
       clinic_name, clinic_address, clinic_phone, state, state_at, caller, caller_relation, caller_phone, wanted_1,
       wanted_2, wanted_3, wanted_note, offered_on, offered_time, offer_note, requested_at, requested_by, requester_name,
       clinic_id AS clinic_key
  FROM vaccination_booking_line WHERE network_id = :network AND patient_id = :patient AND id = :id;

--! one booking asked_of (key office, ref id)
-- One that this clinic is asked for.
SELECT id, booking_id, patient_id, patient, name, kana, birth_date, address, phone, vaccine, vaccine_name, place,
       clinic_name, clinic_address, clinic_phone, state, state_at, caller, caller_relation, caller_phone, wanted_1,
       wanted_2, wanted_3, wanted_note, offered_on, offered_time, offer_note, requested_at, requested_by, requester_name,
       clinic_id AS clinic_key
  FROM vaccination_booking_line WHERE clinic_id = :office AND id = :id;

--! many step steps_of_town (key network, utc since)
SELECT s.booking_id, s.state, s.at, s.user_name, s.office_name, s.note
  FROM vaccination_booking b JOIN vaccination_booking_step s ON s.booking_id = b.id
 WHERE b.network_id = :network AND (b.state IN ('requested', 'offered', 'booked') OR b.state_at > :since)
 ORDER BY s.id LIMIT 2000;

--! many step steps_of_resident (key patient)
SELECT booking_id, state, at, user_name, office_name, note
  FROM vaccination_booking_step WHERE patient_id = :patient ORDER BY id LIMIT 400;

--! exec1 move (key patient, ref id, text was, text state, utc now)
-- From the state that was read: whoever else moved it meanwhile was first, and this is a 409.
UPDATE vaccination_booking SET state = :state, state_at = :now
 WHERE patient_id = :patient AND ref = :id AND state = :was;

--! exec offer (key patient, ref id, date offered_on, text offered_time, text? offer_note)
UPDATE vaccination_booking SET offered_on = :offered_on, offered_time = :offered_time, offer_note = :offer_note
 WHERE patient_id = :patient AND ref = :id;

--! one booking booked_for (key patient, key office, text vaccine)
-- What this clinic was booked for and has now given.
SELECT id, booking_id, patient_id, patient, name, kana, birth_date, address, phone, vaccine, vaccine_name, place,
       clinic_name, clinic_address, clinic_phone, state, state_at, caller, caller_relation, caller_phone, wanted_1,
       wanted_2, wanted_3, wanted_note, offered_on, offered_time, offer_note, requested_at, requested_by, requester_name,
       clinic_id AS clinic_key
  FROM vaccination_booking_line
 WHERE patient_id = :patient AND clinic_id = :office AND vaccine = :vaccine AND state = 'booked';

-- ---- who is told, and what heads a card ----

--! many colleague staff (key office)
SELECT user_id FROM care_staff WHERE office_id = :office AND left_at IS NULL;

--! one letterhead letterhead (key office)
SELECT o.name, o.address, o.phone, w.nickname
  FROM care_office o JOIN care_network w ON w.id = o.network_id WHERE o.id = :office;
