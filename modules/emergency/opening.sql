-- Who opened whom, why, until when; what the team is told and says; reviews.

--! row openable (key patient_id, bool consented)
--! row opening (key patient_id, ref opening, ref id, text basis, text? reason, text? reason_text, text? dispatch_number,
--!   utc opened_at, utc until, utc? extended_at, text family, text given, text kana, text sex, date birth_date, text? address, text? phone,
--!   text care_level, bool lives_alone, text whereabouts, text? insurer_number, text? insured_number, ref network_ref, text network)
--! row holder (key user_id, key office_id, key device_id, key network_id,
--!   ref id, text login, text family, text given, text profession,
--!   text professions, text office_name, bool office_manager, bool on_duty, text roles,
--!   text lang, utc created_at, utc seen_at,
--!   key? patient_id, ref? opening, text? basis, text? reason, text? reason_text, text? dispatch_number,
--!   utc? opened_at, utc? until, utc? extended_at, bool copied)
--! row mine (ref id, text name, date birth_date, utc opened_at, utc until, text? dispatch_number, calc i64 age, calc i64 minutes)
--! row seen (ref id, key opening_id, utc opened_at, utc until, utc? ended_at, text user_name, text profession_code, text office_name, text basis,
--!   text? reason, text? reason_text, text? dispatch_number, text? verdict, text? review_note, utc? reviewed_at, text? reviewer,
--!   bool open, calc text profession)
--! row waiting (ref id, ref patient, text name, utc opened_at, text user_name, text profession_code, text office_name, text? reason,
--!   text? reason_text, text? dispatch_number, text? verdict, text? review_note, utc? reviewed_at, calc text profession, calc i64 days_left, calc bool late)
--! row month (text month, i64 openings, i64 consent, i64 break_glass, i64 justified, i64 unjustified, i64 needs_info)
--! row reviewed (key patient_id, key opening_id)
--! row officer (key user_id)
--! row teller (key patient_id, key opening_id, ref opening)
--! row said (ref id, key opening_id, text kind, text? hospital, text? note, utc at, text user_name)
--! row answer (ref id, key opening_id, text body, utc at, text user_name, text profession_code, text office_name, calc text profession)

--! one openable openable (ref patient, key network)
-- Of the viewer's own network alone; whether she agreed to crews beforehand.
SELECT p.id AS patient_id,
       EXISTS (SELECT 1 FROM care_consent_open c WHERE c.patient_id = p.id AND c.purpose = 'emergency') AS consented
  FROM care_patient p WHERE p.ref = :patient AND p.network_id = :network;

--! one holder holder (bytes token, bytes certificate, ref patient, utc now, ref copy, i64 met)
-- The admission of a crew to a patient: care's `session`, and beside it the viewer's own
-- opening that is not over, if the local copy has met this database and taken every change
-- of hers that is committed (`copied`): then the copy has the rest. Each table is found by a
-- whole key, and read before MariaDB plans anything. What rests on her consent to crews is
-- over with it, at this request.
SELECT s.user_id, s.office_id, s.device_id, s.network_id, s.user_ref AS id,
       s.login, s.family, s.given, s.profession, s.professions, s.office_name,
       s.office_manager, s.on_duty, s.roles, s.lang, s.created_at, s.seen_at,
       o.patient_id, o.opening, o.basis, o.reason, o.reason_text, o.dispatch_number,
       o.opened_at, o.until, o.extended_at,
       COALESCE(o.until > :now AND (o.basis = 'break_glass' OR c.patient_id IS NOT NULL) AND f.id IS NOT NULL AND d.follower_id IS NULL, 0) AS copied
  FROM care_session s
  LEFT JOIN emergency_open_now o ON o.user_id = s.user_id AND o.patient_ref = :patient
  LEFT JOIN care_consent_open c ON c.patient_id = o.patient_id AND c.purpose = 'emergency'
  LEFT JOIN care_follower f ON f.ref = :copy AND f.meetings = :met
  LEFT JOIN care_followed d ON d.follower_id = f.id AND d.subject_id = o.patient_id
 WHERE s.token = :token AND s.certificate = :certificate AND s.door = 0
   AND s.barred = 0 AND s.ended_at IS NULL;

--! one opening open_now (ref patient, key viewer, utc now)
-- The viewer's own opening that is not over, and who she is: the row by which a
-- crew may read. None: for her there is no such patient.
SELECT o.patient_id, o.ref AS opening, p.ref AS id, o.basis, o.reason, o.reason_text, o.dispatch_number,
       o.opened_at, o.until, o.extended_at, p.family, p.given, CONCAT(p.kana_family, ' ', p.kana_given) AS kana, p.sex,
       p.birth_date, p.address, p.phone, p.care_level, p.lives_alone, p.whereabouts, p.insurer_number, p.insured_number, n.ref AS network_ref, n.nickname AS network
  FROM care_patient p JOIN emergency_opening o ON o.patient_id = p.id JOIN care_network n ON n.id = p.network_id
 WHERE p.ref = :patient AND o.user_id = :viewer AND o.until > :now AND o.ended_at IS NULL
   AND (o.basis = 'break_glass' OR EXISTS
       (SELECT 1 FROM care_consent_open c WHERE c.patient_id = o.patient_id AND c.purpose = 'emergency'))
 ORDER BY o.id DESC LIMIT 1;

--! exec1 open (key patient, ref ref, key network, key viewer, text name, text profession, key office, text office_name, text basis,
--!   text? reason, text? reason_text, text? dispatch_number, utc now, utc until)
INSERT INTO emergency_opening (patient_id, ref, network_id, user_id, user_name, profession, office_id, office_name, basis,
       reason, reason_text, dispatch_number, opened_at, until)
VALUES (:patient, :ref, :network, :viewer, :name, :profession, :office, :office_name, :basis,
       :reason, :reason_text, :dispatch_number, :now, :until);

--! exec1 shut (key patient, ref opening, utc now)
UPDATE emergency_opening SET ended_at = :now WHERE patient_id = :patient AND ref = :opening AND ended_at IS NULL;

--! exec1 lengthen (key patient, ref opening, utc until, utc now)
-- Once.
UPDATE emergency_opening SET until = :until, extended_at = :now
 WHERE patient_id = :patient AND ref = :opening AND extended_at IS NULL;

--! exec1 put_number (key patient, ref opening, text dispatch_number)
UPDATE emergency_opening SET dispatch_number = :dispatch_number WHERE patient_id = :patient AND ref = :opening;

--! many mine mine (key viewer, utc now)
-- What this crew has open.
SELECT p.ref AS id, CONCAT(p.family, ' ', p.given) AS name, p.birth_date, o.opened_at, o.until, o.dispatch_number
  FROM emergency_opening o JOIN care_patient p ON p.id = o.patient_id
 WHERE o.user_id = :viewer AND o.until > :now AND o.ended_at IS NULL
   AND (o.basis = 'break_glass' OR EXISTS
       (SELECT 1 FROM care_consent_open c WHERE c.patient_id = o.patient_id AND c.purpose = 'emergency'))
 ORDER BY o.id DESC LIMIT 20;

--! many officer privacy_officers (key network)
SELECT id AS user_id FROM care_user
 WHERE network_id = :network AND FIND_IN_SET('privacy_officer', roles) AND suspended_at IS NULL;

--! exec call (key patient, ref ref, ref opening, ref callee, text result, utc now, key viewer, text name)
-- Only a contact of hers, or an office of her team.
INSERT INTO emergency_call (patient_id, ref, opening_id, callee, result, at, user_id, user_name)
SELECT :patient, :ref, n.id, :callee, :result, :now, :viewer, :name
  FROM emergency_opening n
 WHERE n.patient_id = :patient AND n.ref = :opening
   AND (EXISTS (SELECT 1 FROM care_emergency_contact c WHERE c.ref = :callee AND c.patient_id = :patient)
    OR EXISTS (SELECT 1 FROM care_office o JOIN care_team_member t ON t.office_id = o.id
                WHERE o.ref = :callee AND t.patient_id = :patient));

--! exec1 report (key patient, ref ref, ref opening, text kind, text? hospital, text? note, utc now, key viewer, text name)
INSERT INTO emergency_report (patient_id, ref, opening_id, kind, hospital, note, at, user_id, user_name)
SELECT :patient, :ref, n.id, :kind, :hospital, :note, :now, :viewer, :name
  FROM emergency_opening n WHERE n.patient_id = :patient AND n.ref = :opening;

-- ---- the team's side ----

--! many seen openings (key patient, utc now)
-- Who has opened this patient, newest first, with the privacy officer's word.
SELECT o.ref AS id, o.id AS opening_id, o.opened_at, o.until, o.ended_at, o.user_name, o.profession AS profession_code, o.office_name,
       o.basis, o.reason, o.reason_text, o.dispatch_number, v.verdict, v.note AS review_note, v.at AS reviewed_at, v.user_name AS reviewer,
       o.until > :now AND o.ended_at IS NULL AND (o.basis = 'break_glass' OR EXISTS
       (SELECT 1 FROM care_consent_open c WHERE c.patient_id = o.patient_id AND c.purpose = 'emergency')) AS open
  FROM emergency_opening o
  LEFT JOIN emergency_review v ON v.patient_id = o.patient_id AND v.opening_id = o.id
   AND v.id = (SELECT MAX(n.id) FROM emergency_review n WHERE n.patient_id = o.patient_id AND n.opening_id = o.id)
 WHERE o.patient_id = :patient ORDER BY o.id DESC LIMIT 50;

--! many said reports (key patient)
SELECT ref AS id, opening_id, kind, hospital, note, at, user_name FROM emergency_report
 WHERE patient_id = :patient ORDER BY emergency_report.id LIMIT 400;

--! many answer answers (key patient)
SELECT ref AS id, opening_id, body, at, user_name, profession AS profession_code, office_name FROM emergency_answer
 WHERE patient_id = :patient ORDER BY emergency_answer.id LIMIT 400;

--! one teller newest (key patient, utc since)
-- The opening to which the team's answer goes: the newest of these hours.
SELECT o.patient_id, o.id AS opening_id, o.ref AS opening FROM emergency_opening o
 WHERE o.patient_id = :patient AND o.opened_at > :since ORDER BY o.id DESC LIMIT 1;

--! exec1 add_answer (key patient, ref ref, key opening, text body, utc now, key viewer, text name, text profession, text office_name)
INSERT INTO emergency_answer (patient_id, ref, opening_id, body, at, user_id, user_name, profession, office_name)
VALUES (:patient, :ref, :opening, :body, :now, :viewer, :name, :profession, :office_name);

--! exec clear_marks (key patient, key viewer)
DELETE FROM care_mark WHERE user_id = :viewer AND patient_id = :patient AND module = 'emergency';

-- ---- the privacy officer's side ----

--! many waiting reviews (key network)
-- Openings without consent: those that nobody has judged first, the oldest first.
SELECT o.ref AS id, p.ref AS patient, CONCAT(p.family, ' ', p.given) AS name, o.opened_at, o.user_name,
       o.profession AS profession_code, o.office_name, o.reason, o.reason_text, o.dispatch_number,
       v.verdict, v.note AS review_note, v.at AS reviewed_at
  FROM emergency_opening o JOIN care_patient p ON p.id = o.patient_id
  LEFT JOIN emergency_review v ON v.patient_id = o.patient_id AND v.opening_id = o.id
   AND v.id = (SELECT MAX(n.id) FROM emergency_review n WHERE n.patient_id = o.patient_id AND n.opening_id = o.id)
 WHERE o.network_id = :network AND o.basis = 'break_glass'
 ORDER BY IF(v.verdict IS NULL OR v.verdict = 'needs_info', 0, 1),
          IF(v.verdict IS NULL OR v.verdict = 'needs_info', o.opened_at, NULL), o.opened_at DESC
 LIMIT 100;

--! one reviewed find_opening (ref opening, key network)
SELECT patient_id, id AS opening_id FROM emergency_opening
 WHERE ref = :opening AND network_id = :network AND basis = 'break_glass';

--! exec1 review (key patient, key opening, text verdict, text? note, utc now, key viewer, text name)
INSERT INTO emergency_review (patient_id, opening_id, verdict, note, at, user_id, user_name)
VALUES (:patient, :opening, :verdict, :note, :now, :viewer, :name);

--! many month months (key network)
-- For the council: by month, a year back; Japanese months.
SELECT DATE_FORMAT(o.opened_at + INTERVAL 9 HOUR, '%Y-%m') AS month, COUNT(*) AS openings,
       CAST(SUM(o.basis = 'consent') AS SIGNED) AS consent, CAST(SUM(o.basis = 'break_glass') AS SIGNED) AS break_glass,
       CAST(COALESCE(SUM(v.verdict = 'justified'), 0) AS SIGNED) AS justified,
       CAST(COALESCE(SUM(v.verdict = 'unjustified'), 0) AS SIGNED) AS unjustified,
       CAST(COALESCE(SUM(v.verdict = 'needs_info'), 0) AS SIGNED) AS needs_info
  FROM emergency_opening o
  LEFT JOIN emergency_review v ON v.patient_id = o.patient_id AND v.opening_id = o.id
   AND v.id = (SELECT MAX(n.id) FROM emergency_review n WHERE n.patient_id = o.patient_id AND n.opening_id = o.id)
 WHERE o.network_id = :network
 GROUP BY month ORDER BY month DESC LIMIT 12;
