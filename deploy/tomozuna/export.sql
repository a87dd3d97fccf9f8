-- What a person, or a network, is handed. Instants are UTC, dates Japanese.
-- The administrator may see all of it: no statement takes a viewer, and each
-- export is a row of the audit trail, with its patient.

--! row subject (key patient_id, key network_id, ref id)

--! one subject subject (ref patient)
SELECT id AS patient_id, network_id, ref AS id FROM care_patient WHERE ref = :patient;

--! many subject subjects (text code)
SELECT p.id AS patient_id, p.network_id, p.ref AS id
  FROM care_patient p JOIN care_network n ON n.id = p.network_id
 WHERE n.code = :code ORDER BY p.id;

--! row patient (ref id, text network, text family, text given, text kana_family, text kana_given,
--!   text sex, date birth_date, text? address, text? phone, text? insurer_number,
--!   text? insured_number, text care_level, bool lives_alone, text whereabouts, date? whereabouts_since,
--!   text? managing_office, utc? registered_at)

--! many patient patients (key patient)
SELECT p.ref AS id, n.nickname AS network, p.family, p.given, p.kana_family, p.kana_given,
       p.sex, p.birth_date, p.address, p.phone, p.insurer_number, p.insured_number,
       p.care_level, p.lives_alone, p.whereabouts, p.whereabouts_since,
       o.name AS managing_office, p.registered_at
  FROM care_patient p JOIN care_network n ON n.id = p.network_id
  LEFT JOIN care_office o ON o.id = p.managing_office_id WHERE p.id = :patient;

--! row episode (ref id, utc opened_at, utc? ended_at, text? end_reason, utc? closes_at, date? keep_until)

--! many episode episodes (key patient)
SELECT ref AS id, opened_at, ended_at, end_reason, closes_at, keep_until FROM care_episode WHERE patient_id = :patient ORDER BY id;

--! row member (ref id, text office, text? office_number, text? user, text team_role,
--!   utc joined_at, utc? left_at, text? left_reason)

--! many member team (key patient)
-- Who may see, or could: an office, by a named user or as a whole.
SELECT t.ref AS id, o.name AS office, o.office_number, CONCAT(u.family, ' ', u.given) AS user,
       t.team_role, t.joined_at, t.left_at, t.left_reason
  FROM care_team t JOIN care_office o ON o.id = t.office_id
  LEFT JOIN care_user u ON u.id = t.user_id WHERE t.patient_id = :patient ORDER BY t.id;

--! row consent (ref id, text purpose, text form, text signer, text signer_relation,
--!   date given_on, date? valid_until, bool officer, ref? proxy, text? sign_reason, text explainer,
--!   utc? withdrawn_at, text? withdrawn_by, text? withdrawn_relation, text? withdrawal_effect)

--! many consent consents (key patient)
SELECT c.ref AS id, c.purpose, c.form, c.signer, c.signer_relation, c.given_on, c.valid_until,
       c.officer, p.ref AS proxy, c.sign_reason, c.explainer, c.withdrawn_at, c.withdrawn_by,
       c.withdrawn_relation, c.withdrawal_effect
  FROM care_consent c LEFT JOIN care_proxy p ON p.id = c.proxy_id
 WHERE c.patient_id = :patient ORDER BY c.id;

--! row proxy (ref id, text kind, text name, text relation, text? phone, text scope,
--!   date valid_from, date ends_on, utc recorded_at, utc? ended_at)

--! many proxy proxies (key patient)
SELECT ref AS id, kind, name, relation, phone, scope, valid_from, ends_on, recorded_at, ended_at
  FROM care_proxy WHERE patient_id = :patient ORDER BY id;

--! row invitation (ref id, text office, text team_role, text reason, text state, utc invited_at,
--!   date? approved_on, text? approved_by, utc? accepted_at, utc? ended_at, text? answer)

--! many invitation invitations (key patient)
SELECT i.ref AS id, o.name AS office, i.team_role, i.reason, i.state, i.invited_at, i.approved_on,
       i.approved_by, i.accepted_at, i.ended_at, i.answer
  FROM care_invitation i JOIN care_office o ON o.id = i.office_id
 WHERE i.patient_id = :patient ORDER BY i.id;

--! row handover (ref id, text from_office, text to_office, text reason, text state,
--!   utc offered_at, utc? answered_at)

--! many handover handovers (key patient)
SELECT h.ref AS id, f.name AS from_office, t.name AS to_office, h.reason, h.state, h.offered_at,
       h.answered_at
  FROM care_handover h JOIN care_office f ON f.id = h.from_office_id
  JOIN care_office t ON t.id = h.to_office_id
 WHERE h.patient_id = :patient ORDER BY h.id;

--! row allergy (ref id, text substance, text? reaction, utc? confirmed_at, text? confirmed_by, utc? ended_at)

--! many allergy allergies (key patient)
SELECT a.ref AS id, a.substance, a.reaction, a.confirmed_at,
       CONCAT(u.family, ' ', u.given) AS confirmed_by, a.ended_at
  FROM care_allergy a LEFT JOIN care_user u ON u.id = a.confirmed_by
 WHERE a.patient_id = :patient ORDER BY a.id;

--! row condition (ref id, text name, text? since, utc? confirmed_at, text? confirmed_by, utc? ended_at)

--! many condition health_conditions (key patient)
SELECT c.ref AS id, c.name, c.since, c.confirmed_at,
       CONCAT(u.family, ' ', u.given) AS confirmed_by, c.ended_at
  FROM care_health_condition c LEFT JOIN care_user u ON u.id = c.confirmed_by
 WHERE c.patient_id = :patient ORDER BY c.id;

--! row medication (ref id, text name, text? dose, text? dosage, bool blood_thinner,
--!   utc? confirmed_at, text? confirmed_by, utc? ended_at)

--! many medication medications (key patient)
SELECT m.ref AS id, m.name, m.dose, m.dosage, m.blood_thinner, m.confirmed_at,
       CONCAT(u.family, ' ', u.given) AS confirmed_by, m.ended_at
  FROM care_medication m LEFT JOIN care_user u ON u.id = m.confirmed_by
 WHERE m.patient_id = :patient ORDER BY m.id;

--! row equipment (ref id, text name, bool power_dependent, text? battery_hours,
--!   utc? confirmed_at, text? confirmed_by, utc? ended_at)

--! many equipment equipment (key patient)
SELECT e.ref AS id, e.name, e.power_dependent, CAST(e.battery_hours AS CHAR) AS battery_hours,
       e.confirmed_at, CONCAT(u.family, ' ', u.given) AS confirmed_by, e.ended_at
  FROM care_equipment e LEFT JOIN care_user u ON u.id = e.confirmed_by
 WHERE e.patient_id = :patient ORDER BY e.id;

--! row directive (ref id, text summary, text author, date stated_on, utc? ended_at)

--! many directive advance_directives (key patient)
SELECT ref AS id, summary, author, stated_on, ended_at
  FROM care_advance_directive WHERE patient_id = :patient ORDER BY id;

--! row contact (ref id, i64 position, text name, text relation, text phone, text? hours,
--!   bool key_person, utc? confirmed_at, text? confirmed_by)

--! many contact emergency_contacts (key patient)
SELECT c.ref AS id, c.position, c.name, c.relation, c.phone, c.hours, c.key_person,
       c.confirmed_at, CONCAT(u.family, ' ', u.given) AS confirmed_by
  FROM care_emergency_contact c LEFT JOIN care_user u ON u.id = c.confirmed_by
 WHERE c.patient_id = :patient ORDER BY c.position, c.id;

--! row present (i64 n)

--! one present has_timeline ()
-- Whether that module is installed, and may be read.
SELECT COUNT(*) AS n FROM information_schema.tables
 WHERE table_schema = DATABASE() AND table_name = 'timeline_entry';

--! row entry (key entry_id, ref id, utc written_at, text author, text author_profession,
--!   text author_office, bool stand_in, text kind, text audience, bool urgent, ref? reply_to, text body)

--! many entry entries_of (key patient, i64 after, i64 limit)
-- In the order of their making, a batch at a time.
SELECT e.id AS entry_id, e.ref AS id, e.written_at, e.author_name AS author, e.author_profession,
       e.author_office, e.stand_in, e.kind, e.audience, e.urgent, r.ref AS reply_to, e.body
  FROM timeline_entry e
  LEFT JOIN timeline_entry r ON r.patient_id = e.patient_id AND r.id = e.reply_to
 WHERE e.patient_id = :patient AND e.id > :after ORDER BY e.id LIMIT :limit;

--! row receipt (key entry_id, key user_id, ref entry, text user, utc read_at, utc? acknowledged_at)

--! many receipt receipts (key patient, i64 after, i64 upto)
-- Of the entries of a batch.
SELECT r.entry_id, r.user_id, e.ref AS entry, CONCAT(u.family, ' ', u.given) AS user,
       r.read_at, r.acknowledged_at
  FROM timeline_receipt r
  JOIN timeline_entry e ON e.patient_id = r.patient_id AND e.id = r.entry_id
  JOIN care_user u ON u.id = r.user_id
 WHERE r.patient_id = :patient AND r.entry_id > :after AND r.entry_id <= :upto
 ORDER BY r.entry_id, r.user_id;

--! row access (key audit_id, ref id, utc at, text? user, text? office, text program, text method, text route,
--!   bool list, i64 status, i64 outcome, text purpose, bool stand_in)

--! many access accesses_of (key patient, text patient_text, i64 after, i64 upto)
-- Who looked, or wanted to: acts on this patient, and lists that showed her. The
-- trail is read in pieces of so many rows, because nothing may take for ever.
SELECT a.id AS audit_id, a.request AS id, a.at, CONCAT(u.family, ' ', u.given) AS user,
       o.name AS office, a.program, a.method, a.route, a.subject_id <> :patient AS list,
       a.status, a.outcome, a.purpose, a.stand_in
  FROM lib_audit a LEFT JOIN care_user u ON u.id = a.user_id
  LEFT JOIN care_office o ON o.id = a.office_id
 WHERE a.id > :after AND a.id <= :upto
   AND (a.subject_id = :patient OR (a.subjects IS NOT NULL AND JSON_CONTAINS(a.subjects, :patient_text)))
 ORDER BY a.id;

--! row newest (i64 id)

--! one newest newest_access ()
SELECT COALESCE(MAX(id), 0) AS id FROM lib_audit;

--! row network (ref id, text code, text nickname, text colour, text sender, text phone,
--!   text patient_word, i64 sms_monthly_cap, bool named_receipts)

--! many network networks (text code)
SELECT ref AS id, code, nickname, colour, sender, phone, patient_word, sms_monthly_cap, named_receipts
  FROM care_network WHERE code = :code;

--! row office (ref id, text kind, text name, text? office_number, text? phone, text? address, utc? closed_at)

--! many office offices (text code)
SELECT o.ref AS id, o.kind, o.name, o.office_number, o.phone, o.address, o.closed_at
  FROM care_office o JOIN care_network n ON n.id = o.network_id
 WHERE n.code = :code ORDER BY o.id;

--! row user (ref id, text login, text family, text given, text kana_family, text kana_given,
--!   text? mail, text? mobile, text lang, text roles, utc? suspended_at)

--! many user users (text code)
-- Passwords and PINs stay: nobody can use their hashes elsewhere, and need not.
SELECT u.ref AS id, u.login, u.family, u.given, u.kana_family, u.kana_given, u.mail,
       u.mobile, u.lang, u.roles, u.suspended_at
  FROM care_user u JOIN care_network n ON n.id = u.network_id
 WHERE n.code = :code ORDER BY u.id;

--! row staff (ref user, ref office, text profession, bool office_manager, bool on_duty, utc? left_at)

--! many staff staff (text code)
SELECT u.ref AS user, o.ref AS office, s.profession, s.office_manager, s.on_duty, s.left_at
  FROM care_staff s JOIN care_user u ON u.id = s.user_id JOIN care_office o ON o.id = s.office_id
  JOIN care_network n ON n.id = o.network_id
 WHERE n.code = :code ORDER BY o.id, u.id;

--! row device (ref id, ref office, text name, utc created_at, utc? not_after, utc? revoked_at)

--! many device devices (text code)
SELECT d.ref AS id, o.ref AS office, d.name, d.created_at, d.not_after, d.revoked_at
  FROM care_device d JOIN care_office o ON o.id = d.office_id JOIN care_network n ON n.id = o.network_id
 WHERE n.code = :code ORDER BY d.id;
