-- Statements of the patient module. Lists take the viewer and her office.

--! row listed (ref id, key patient_key, text name, text kana, text initial, date birth_date,
--!   text whereabouts, date? whereabouts_since, i64 unread, i64 urgent,
--!   i64 open_questions, i64 mentions, utc? marked_at, bool stand_in, date? immunized_on, calc i64 age, calc text birth_era)

--! row visit (key patient_key, ref patient_id, text patient, utc starts_at, utc ends_at, text kind,
--!   calc bool over)

--! row opened (key patient_key, ref id, text name, text kana)

--! row record (ref id, text name, text kana, text sex, date birth_date,
--!   text? address, text? phone, text? insurer_number, text? insured_number,
--!   text care_level, bool lives_alone, text whereabouts,
--!   date? whereabouts_since, calc i64 age)

--! row member (text office, text office_phone, text user, text profession_code,
--!   text team_role, bool on_duty, utc since, calc text profession)

--! row consent (text purpose, text form, text signer, text signer_relation,
--!   date given_on, date? valid_until, utc? withdrawn_at)

--! row allergy (text substance, text? reaction, utc? confirmed_at)
--! row condition (text name, text? since, utc? confirmed_at)
--! row medication (text name, text? dose, text? dosage, bool blood_thinner, utc? confirmed_at)
--! row equipment (text name, bool power_dependent, text? battery_hours, utc? confirmed_at)
--! row directive (text summary, text author, date stated_on)
--! row contact (text name, text relation, text phone, text? hours, bool key_person, utc? confirmed_at)

--! many listed list (key viewer, key office, bool on_duty, i64 limit)
-- The viewer's patients, most pressing first; whom she stands in for, last.
SELECT p.ref AS id, p.id AS patient_key, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, LEFT(p.family, 1) AS initial,
       p.birth_date, p.whereabouts, p.whereabouts_since,
       COALESCE(m.unread, 0) AS unread, COALESCE(m.urgent, 0) AS urgent,
       COALESCE(m.questions, 0) AS open_questions,
       COALESCE(m.mentions, 0) AS mentions, m.marked_at,
       t.stand_in, IF(p.immunized_on > UTC_DATE() - INTERVAL 1 YEAR, p.immunized_on, NULL) AS immunized_on
  FROM (SELECT patient_id, COALESCE(MIN(user_id = -1), 0) AS stand_in
          FROM care_team_member
         WHERE office_id = :office
           AND user_id IN (0, :viewer, IF(:on_duty, -1, 0))
         GROUP BY patient_id) AS t
  JOIN care_patient p ON p.id = t.patient_id
  LEFT JOIN (SELECT patient_id, SUM(kind = 'unread') AS unread,
                    SUM(kind = 'urgent') AS urgent,
                    SUM(kind = 'question') AS questions,
                    SUM(kind = 'mention') AS mentions, MAX(at) AS marked_at
               FROM care_mark WHERE user_id = :viewer
              GROUP BY patient_id) AS m ON m.patient_id = p.id
 ORDER BY t.stand_in, urgent DESC, open_questions DESC, mentions DESC, unread DESC,
          p.kana_family, p.kana_given LIMIT :limit;

--! many listed search (key viewer, key office, bool on_duty, text? kana_from,
--!   text? kana_to, text? written, date? born, text? number)
-- The same, by folded reading (a prefix as a range), part of the written name,
-- birth date or insured number.
SELECT p.ref AS id, p.id AS patient_key, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, LEFT(p.family, 1) AS initial,
       p.birth_date, p.whereabouts, p.whereabouts_since,
       COALESCE(m.unread, 0) AS unread, COALESCE(m.urgent, 0) AS urgent,
       COALESCE(m.questions, 0) AS open_questions,
       COALESCE(m.mentions, 0) AS mentions, m.marked_at,
       t.stand_in, IF(p.immunized_on > UTC_DATE() - INTERVAL 1 YEAR, p.immunized_on, NULL) AS immunized_on
  FROM (SELECT patient_id, COALESCE(MIN(user_id = -1), 0) AS stand_in
          FROM care_team_member
         WHERE office_id = :office
           AND user_id IN (0, :viewer, IF(:on_duty, -1, 0))
         GROUP BY patient_id) AS t
  JOIN care_patient p ON p.id = t.patient_id
  LEFT JOIN (SELECT patient_id, SUM(kind = 'unread') AS unread,
                    SUM(kind = 'urgent') AS urgent,
                    SUM(kind = 'question') AS questions,
                    SUM(kind = 'mention') AS mentions, MAX(at) AS marked_at
               FROM care_mark WHERE user_id = :viewer
              GROUP BY patient_id) AS m ON m.patient_id = p.id
 WHERE (:kana_from IS NOT NULL AND p.kana_folded >= :kana_from AND p.kana_folded < :kana_to)
    OR (:written IS NOT NULL AND LOCATE(:written, CONCAT(p.family, p.given)) > 0)
    OR (:born IS NOT NULL AND p.birth_date = :born)
    OR (:number IS NOT NULL AND p.insured_number = :number)
 ORDER BY t.stand_in, p.kana_family, p.kana_given LIMIT 100;

--! many visit visits (key viewer, key office, utc from, utc to, i64 limit)
-- Where the viewer goes between two instants, of patients whose team she is of.
SELECT p.id AS patient_key, p.ref AS patient_id, CONCAT(p.family, ' ', p.given) AS patient,
       v.starts_at, v.ends_at, v.kind
  FROM care_visit v
  JOIN care_patient p ON p.id = v.patient_id
 WHERE v.user_id = :viewer AND v.starts_at >= :from AND v.starts_at < :to
   AND EXISTS (SELECT 1 FROM care_team_person f WHERE f.patient_id = v.patient_id
                  AND f.user_id = :viewer AND f.office_id = :office)
 ORDER BY v.starts_at LIMIT :limit;

--! many opened opened (key viewer, key office, bool on_duty, i64 limit)
-- Whose page the viewer had open last, of those whom her list may have.
SELECT p.id AS patient_key, p.ref AS id, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana
  FROM care_opened o
  JOIN care_patient p ON p.id = o.patient_id
 WHERE o.user_id = :viewer
   AND EXISTS (SELECT 1 FROM care_team_member t
                WHERE t.patient_id = o.patient_id AND t.office_id = :office
                  AND t.user_id IN (0, :viewer, IF(:on_duty, -1, 0)))
 ORDER BY o.at DESC LIMIT :limit;

--! one record record (key patient)
SELECT ref AS id, CONCAT(family, ' ', given) AS name,
       CONCAT(kana_family, ' ', kana_given) AS kana, sex, birth_date, address,
       phone, insurer_number, insured_number, care_level, lives_alone,
       whereabouts, whereabouts_since
  FROM care_patient WHERE id = :patient;

--! many member team (key patient)
-- Who may see this patient: named users, and offices as a whole (user empty).
SELECT o.name AS office, COALESCE(o.phone, '') AS office_phone,
       COALESCE(CONCAT(u.family, ' ', u.given), '') AS user,
       COALESCE(f.profession, '') AS profession_code, t.team_role,
       COALESCE(f.on_duty, 0) AS on_duty, t.joined_at AS since
  FROM care_team t
  JOIN care_office o ON o.id = t.office_id
  LEFT JOIN care_user u ON u.id = t.user_id
  LEFT JOIN care_staff f ON f.user_id = t.user_id AND f.office_id = t.office_id
 WHERE t.patient_id = :patient AND t.left_at IS NULL
 ORDER BY t.id;

--! many consent consents (key patient)
SELECT purpose, form, signer, signer_relation, given_on, valid_until, withdrawn_at
  FROM care_consent WHERE patient_id = :patient ORDER BY given_on, id;

--! many allergy allergies (key patient, bool medical)
SELECT substance, reaction, confirmed_at FROM care_allergy
 WHERE patient_id = :patient AND ended_at IS NULL AND :medical ORDER BY id;

--! many condition conditions (key patient, bool medical)
SELECT name, since, confirmed_at FROM care_health_condition
 WHERE patient_id = :patient AND ended_at IS NULL AND :medical ORDER BY id;

--! many medication medications (key patient, bool medical)
SELECT name, dose, dosage, blood_thinner, confirmed_at FROM care_medication
 WHERE patient_id = :patient AND ended_at IS NULL AND :medical ORDER BY blood_thinner DESC, id;

--! many equipment equipment (key patient)
SELECT name, power_dependent, CAST(battery_hours AS CHAR) AS battery_hours, confirmed_at
  FROM care_equipment WHERE patient_id = :patient AND ended_at IS NULL ORDER BY id;

--! many directive directives (key patient, bool medical)
SELECT summary, author, stated_on FROM care_advance_directive
 WHERE patient_id = :patient AND ended_at IS NULL AND :medical ORDER BY stated_on DESC;

--! many contact contacts (key patient)
SELECT name, relation, phone, hours, key_person, confirmed_at
  FROM care_emergency_contact WHERE patient_id = :patient AND ended_at IS NULL ORDER BY position;
