-- Doses and adverse events: facts that others read, written here alone.

--! row immunization (ref id, key immunization_id, text vaccine, text vaccine_name, text? product, text? product_name,
--!   text? programme, i64? dose_number, date given_on, utc? given_at, text? lot_number, date? expires_on,
--!   text? site, text? route, text? dose_ml, text? vaccinator_name, text? profession_code, text? doctor_name,
--!   text? place, key office_id, key visit_id, bool reported, utc recorded_at, text writer_name, text writer_office, bool corrected,
--!   text? correction_reason, utc? ended_at, text? ended_name, text? end_reason, calc text? profession)
--! row past (text vaccine, text? product, date given_on, bool anaphylaxis)
--! row adverse (key immunization_id, ref id, text code, text name, utc began_at, text? note, bool due_report,
--!   text writer_name, text? report_reference, utc? reported_at)
--! row lot (ref id, key lot_id, text product, text product_name, text lot_number, date expires_on, i64 stock,
--!   utc received_at, text receiver_name, calc bool expired)
--! row strike (utc struck_at, text striker_name, text reason)
--! row kept (i64 lots)
--! row last (text? product, text? lot_number, date? expires_on)

--! many past doses (key patient)
-- Those that stand, oldest first, for the rules.
SELECT i.vaccine, i.product, i.given_on, EXISTS (SELECT 1 FROM care_adverse_event a
        WHERE a.patient_id = i.patient_id AND a.immunization_id = i.id AND a.code = 'anaphylaxis' AND a.ended_at IS NULL) AS anaphylaxis
  FROM care_immunization i
 WHERE i.patient_id = :patient AND i.ended_at IS NULL ORDER BY i.given_on, i.id;

--! many immunization immunizations (key patient)
-- Newest first, also those that stand no more.
SELECT ref AS id, id AS immunization_id, vaccine, vaccine_name, product, product_name, programme, dose_number,
       given_on, given_at, lot_number, expires_on, site, route, CAST(dose_ml AS CHAR) AS dose_ml, vaccinator_name,
       vaccinator_profession AS profession_code, doctor_name, place, office_id, visit_id, reported, recorded_at, writer_name,
       writer_office, replaces IS NOT NULL AS corrected, correction_reason, ended_at, ended_name, end_reason
  FROM care_immunization WHERE patient_id = :patient ORDER BY given_on DESC, care_immunization.id DESC LIMIT 200;

--! one immunization find (key patient, ref id)
SELECT ref AS id, id AS immunization_id, vaccine, vaccine_name, product, product_name, programme, dose_number,
       given_on, given_at, lot_number, expires_on, site, route, CAST(dose_ml AS CHAR) AS dose_ml, vaccinator_name,
       vaccinator_profession AS profession_code, doctor_name, place, office_id, visit_id, reported, recorded_at, writer_name,
       writer_office, replaces IS NOT NULL AS corrected, correction_reason, ended_at, ended_name, end_reason
  FROM care_immunization WHERE patient_id = :patient AND ref = :id;

--! one immunization of_visit (key patient, key immunization)
-- The dose of a visit, or what took its place.
SELECT ref AS id, id AS immunization_id, vaccine, vaccine_name, product, product_name, programme, dose_number,
       given_on, given_at, lot_number, expires_on, site, route, CAST(dose_ml AS CHAR) AS dose_ml, vaccinator_name,
       vaccinator_profession AS profession_code, doctor_name, place, office_id, visit_id, reported, recorded_at, writer_name,
       writer_office, replaces IS NOT NULL AS corrected, correction_reason, ended_at, ended_name, end_reason
  FROM care_immunization
 WHERE patient_id = :patient AND id = :immunization;

--! exec1 add (key patient, ref id, text vaccine, text vaccine_name, text? product, text? product_name,
--!   text? standard_code, text? programme, i64? dose_number, date given_on, utc? given_at, text? lot_number,
--!   date? expires_on, text? site, text? route, i64? dose_ml, text? vaccinator_name, text? vaccinator_profession,
--!   text? doctor_name, text? place, key office, bool reported, key visit, utc now, key user, text name,
--!   text profession, text office_name, ref? replaces, text? correction_reason, text? municipality, text? voucher)
-- A correction keeps what the voucher said. The same vaccine on the same day is a duplicate key, whoever else records it.
INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, product, product_name, standard_code,
       programme, dose_number, given_on, given_at, lot_number, expires_on, site, route, dose_ml, vaccinator_name,
       vaccinator_profession, doctor_name, place, office_id, reported, visit_id, recorded_at, recorded_by,
       writer_name, writer_profession, writer_office, replaces, correction_reason, municipality_code, voucher_number)
SELECT :patient, :id, :vaccine, :vaccine_name, :product, :product_name, :standard_code, :programme, :dose_number,
       :given_on, :given_at, :lot_number, :expires_on, :site, :route, :dose_ml / 100, :vaccinator_name,
       :vaccinator_profession, :doctor_name, :place, :office, :reported, :visit, :now, :user, :name, :profession,
       :office_name, (SELECT o.id FROM care_immunization o WHERE o.patient_id = :patient AND o.ref = :replaces),
       :correction_reason,
       COALESCE(:municipality, (SELECT o.municipality_code FROM care_immunization o WHERE o.patient_id = :patient AND o.ref = :replaces)),
       COALESCE(:voucher, (SELECT o.voucher_number FROM care_immunization o WHERE o.patient_id = :patient AND o.ref = :replaces))
  FROM DUAL;

--! exec1 end (key patient, ref id, utc now, key user, text name, text reason)
-- Only what still stands: whoever else corrects it meanwhile comes too late.
UPDATE care_immunization
   SET ended_at = :now, ended_by = :user, ended_name = :name, end_reason = :reason
 WHERE patient_id = :patient AND ref = :id AND ended_at IS NULL;

--! exec drop_visit (key patient, key immunization, utc now)
-- Whoever waits after a dose that was never given waits no more.
UPDATE vaccination_visit SET state = 'cancelled', state_at = :now
 WHERE patient_id = :patient AND immunization_id = :immunization AND state = 'waiting';

--! exec give_back (key office, text? product, text? lot_number, utc since)
-- It is in the refrigerator still; of a lot that came later it was none.
UPDATE vaccination_lot SET stock = stock + 1
 WHERE office_id = :office AND product = :product AND lot_number = :lot_number AND received_at <= :since;

--! exec1 strike (key patient, ref id, text struck, ref what, utc now, key user, text name, text reason)
INSERT INTO vaccination_strike (patient_id, ref, struck, struck_ref, struck_at, struck_by, striker_name, reason)
VALUES (:patient, :id, :struck, :what, :now, :user, :name, :reason);

--! one strike strike_of (key patient, ref what)
SELECT struck_at, striker_name, reason FROM vaccination_strike WHERE patient_id = :patient AND struck_ref = :what;

--! exec end_event (key patient, ref id, utc now)
UPDATE care_adverse_event SET ended_at = :now WHERE patient_id = :patient AND ref = :id AND ended_at IS NULL;

--! exec1 add_adverse (key patient, ref id, key immunization, text code, text what, utc began_at, text? note,
--!   bool due_report, utc now, key user, text name, text profession)
INSERT INTO care_adverse_event (patient_id, ref, immunization_id, code, name, began_at, note, due_report,
       recorded_at, recorded_by, writer_name, writer_profession)
VALUES (:patient, :id, :immunization, :code, :what, :began_at, :note, :due_report, :now, :user, :name, :profession);

--! many adverse adverse_events (key patient)
SELECT immunization_id, ref AS id, code, name, began_at, note, due_report, writer_name, report_reference, reported_at
  FROM care_adverse_event WHERE patient_id = :patient AND ended_at IS NULL ORDER BY began_at;

--! many adverse adverse_events_of (key patient, key immunization)
SELECT immunization_id, ref AS id, code, name, began_at, note, due_report, writer_name, report_reference, reported_at
  FROM care_adverse_event WHERE patient_id = :patient AND immunization_id = :immunization AND ended_at IS NULL
 ORDER BY began_at;

--! exec move_visit (key patient, key was, ref now_is)
-- A visit, and what came after the dose, belong to what took its place.
UPDATE vaccination_visit
   SET immunization_id = (SELECT i.id FROM care_immunization i WHERE i.patient_id = :patient AND i.ref = :now_is)
 WHERE patient_id = :patient AND immunization_id = :was;

--! exec move_events (key patient, key was, ref now_is)
UPDATE care_adverse_event
   SET immunization_id = (SELECT i.id FROM care_immunization i WHERE i.patient_id = :patient AND i.ref = :now_is)
 WHERE patient_id = :patient AND immunization_id = :was;

--! exec report (key patient, ref id, text reference, utc now)
-- The report's own number, once.
UPDATE care_adverse_event SET report_reference = :reference, reported_at = :now
 WHERE patient_id = :patient AND ref = :id AND report_reference IS NULL AND ended_at IS NULL;

--! many lot lots (key office)
-- Of an office: what has a stock first, what runs out first.
SELECT ref AS id, id AS lot_id, product, product_name, lot_number, expires_on, stock, received_at, receiver_name
  FROM vaccination_lot WHERE office_id = :office ORDER BY stock = 0, expires_on, vaccination_lot.id LIMIT 200;

--! many lot lots_of (key office, text vaccine, date today)
-- What may be given today: the one that was given last first.
SELECT l.ref AS id, l.id AS lot_id, l.product, l.product_name, l.lot_number, l.expires_on, l.stock, l.received_at,
       l.receiver_name
  FROM vaccination_lot l
  LEFT JOIN (SELECT product, lot_number FROM care_immunization
              WHERE office_id = :office AND vaccine = :vaccine ORDER BY care_immunization.id DESC LIMIT 1) AS last
    ON last.product = l.product AND last.lot_number = l.lot_number
 WHERE l.office_id = :office AND l.vaccine = :vaccine AND l.stock > 0 AND l.expires_on >= :today
 ORDER BY last.product IS NULL, l.expires_on, l.id LIMIT 40;

--! one last last_lot (key office, text vaccine, date today)
-- What the office gave last of it, if that has not expired.
SELECT product, lot_number, expires_on FROM care_immunization
 WHERE office_id = :office AND vaccine = :vaccine AND expires_on >= :today AND lot_number IS NOT NULL
 ORDER BY id DESC LIMIT 1;

--! one kept keeps_stock (key office)
SELECT COUNT(*) AS lots FROM vaccination_lot WHERE office_id = :office;

--! one lot lot (key office, text product, text lot_number)
SELECT ref AS id, id AS lot_id, product, product_name, lot_number, expires_on, stock, received_at, receiver_name
  FROM vaccination_lot WHERE office_id = :office AND product = :product AND lot_number = :lot_number;

--! exec1 take (key office, key lot)
-- One dose of it; 409 when somebody else took the last one.
UPDATE vaccination_lot SET stock = stock - 1 WHERE office_id = :office AND id = :lot AND stock > 0;

--! one lot lot_by (key office, ref id)
SELECT ref AS id, id AS lot_id, product, product_name, lot_number, expires_on, stock, received_at, receiver_name
  FROM vaccination_lot WHERE office_id = :office AND ref = :id;

--! exec1 receive (key office, ref id, text vaccine, text product, text product_name, text lot_number, date expires_on,
--!   i64 stock, utc now, text name)
INSERT INTO vaccination_lot (office_id, ref, vaccine, product, product_name, lot_number, expires_on, stock, received_at, receiver_name)
VALUES (:office, :id, :vaccine, :product, :product_name, :lot_number, :expires_on, :stock, :now, :name);

--! exec count (key office, ref id, i64 stock)
-- What is really there, as somebody has counted.
UPDATE vaccination_lot SET stock = :stock WHERE office_id = :office AND ref = :id;
