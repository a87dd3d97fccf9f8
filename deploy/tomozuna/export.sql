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
--!   text? managing_office, utc? registered_at, text? registered_by)

--! many patient patients (key patient)
SELECT p.ref AS id, n.nickname AS network, p.family, p.given, p.kana_family, p.kana_given,
       p.sex, p.birth_date, p.address, p.phone, p.insurer_number, p.insured_number,
       p.care_level, p.lives_alone, p.whereabouts, p.whereabouts_since,
       o.name AS managing_office, p.registered_at,
       (SELECT CONCAT(u.family, ' ', u.given) FROM care_user u WHERE u.id = p.registered_by) AS registered_by
  FROM care_patient p JOIN care_network n ON n.id = p.network_id
  LEFT JOIN care_office o ON o.id = p.managing_office_id WHERE p.id = :patient;

--! row episode (ref id, utc opened_at, utc? ended_at, text? ended_by, text? end_reason,
--!   utc? closes_at, date? keep_until)

--! many episode episodes (key patient)
SELECT e.ref AS id, e.opened_at, e.ended_at, CONCAT(u.family, ' ', u.given) AS ended_by,
       e.end_reason, e.closes_at, e.keep_until
  FROM care_episode e LEFT JOIN care_user u ON u.id = e.ended_by
 WHERE e.patient_id = :patient ORDER BY e.id;

--! row correction (ref id, text field, text? was, text? became, text reason, utc at, text user, text office)

--! many correction corrections_of (key patient)
SELECT c.ref AS id, CAST(c.field AS CHAR) AS field, c.was, c.became, c.reason, c.at, c.user_name AS user, c.office_name AS office
  FROM team_correction c WHERE c.patient_id = :patient ORDER BY c.id;

--! row hold (date until, text reason, utc made_at)

--! many hold holds_of (key patient)
-- Why she is kept longer than her last episode asks for.
SELECT until, reason, made_at FROM admin_hold WHERE patient_id = :patient ORDER BY id;

--! row portrait (ref id, ref? file, ref? thumbnail, bool crews, utc set_at, text set_name, utc? ended_at, text? ended_name)

--! many portrait portraits_of (key patient)
-- Who set a picture of her face; of those before, the picture is gone.
SELECT p.ref AS id, f.ref AS file, t.ref AS thumbnail, p.crews, p.set_at, p.set_name, p.ended_at, p.ended_name
  FROM patient_portrait p LEFT JOIN care_file f ON f.id = p.file_id
  LEFT JOIN care_file t ON t.id = p.thumbnail_id
 WHERE p.patient_id = :patient ORDER BY p.id;

--! row member (ref id, ref episode, text office, text? office_number, text? user, text team_role,
--!   utc joined_at, text? joined_by, utc? left_at, text? left_by, text? left_reason,
--!   date? approved_on, text? approved_by, text? approved_relation)

--! many member team (key patient)
-- Who may see, or could: an office, by a named user or as a whole.
SELECT t.ref AS id, e.ref AS episode, o.name AS office, o.office_number,
       CONCAT(u.family, ' ', u.given) AS user, t.team_role,
       t.joined_at, CONCAT(j.family, ' ', j.given) AS joined_by,
       t.left_at, CONCAT(l.family, ' ', l.given) AS left_by, t.left_reason,
       t.approved_on, t.approved_by, t.approved_relation
  FROM care_team t JOIN care_office o ON o.id = t.office_id
  JOIN care_episode e ON e.id = t.episode_id
  LEFT JOIN care_user u ON u.id = t.user_id
  LEFT JOIN care_user j ON j.id = t.joined_by
  LEFT JOIN care_user l ON l.id = t.left_by WHERE t.patient_id = :patient ORDER BY t.id;

--! row consent (ref id, text purpose, text? disease_network, text form, text signer, text signer_relation,
--!   date given_on, date? valid_until, bool officer, ref? proxy, text? sign_reason, text explainer,
--!   text? scope, ref? file, text? document_hash, utc? recorded_at, text? recorded_by, utc? withdrawn_at, text? withdrawn_by,
--!   text? withdrawn_relation, text? withdrawn_recorded_by, text? withdrawal_effect)

--! many consent consents (key patient)
SELECT c.ref AS id, c.purpose, d.name AS disease_network, c.form, c.signer, c.signer_relation, c.given_on, c.valid_until,
       c.officer, p.ref AS proxy, c.sign_reason, c.explainer, c.scope, f.ref AS file,
       LOWER(HEX(c.document_hash)) AS document_hash,
       c.recorded_at, CONCAT(u.family, ' ', u.given) AS recorded_by,
       c.withdrawn_at, c.withdrawn_by, c.withdrawn_relation,
       CONCAT(w.family, ' ', w.given) AS withdrawn_recorded_by, c.withdrawal_effect
  FROM care_consent c LEFT JOIN care_proxy p ON p.id = c.proxy_id
  LEFT JOIN care_file f ON f.id = c.file_id
  LEFT JOIN care_disease_network d ON d.id = c.disease_network_id
  LEFT JOIN care_user u ON u.id = c.recorded_by
  LEFT JOIN care_user w ON w.id = c.withdrawn_recorded_by
 WHERE c.patient_id = :patient ORDER BY c.id;

--! row proxy (ref id, text kind, text name, text relation, text? phone, text scope,
--!   date valid_from, date ends_on, utc recorded_at, text? recorded_by, utc? ended_at)

--! many proxy proxies (key patient)
SELECT p.ref AS id, p.kind, p.name, p.relation, p.phone, p.scope, p.valid_from, p.ends_on,
       p.recorded_at, CONCAT(u.family, ' ', u.given) AS recorded_by, p.ended_at
  FROM care_proxy p LEFT JOIN care_user u ON u.id = p.recorded_by
 WHERE p.patient_id = :patient ORDER BY p.id;

--! row invitation (ref id, text office, text team_role, text reason, text state, utc invited_at,
--!   text? invited_by, utc sent_at, i64 sent, date? approved_on, text? approved_by,
--!   text? approved_relation, utc? accepted_at, text? accepted_by, text? accepted_user,
--!   utc? ended_at, text? ended_by, text? answer)

--! many invitation invitations (key patient)
SELECT i.ref AS id, o.name AS office, i.team_role, i.reason, i.state, i.invited_at,
       CONCAT(u.family, ' ', u.given) AS invited_by, i.sent_at, i.sent, i.approved_on,
       i.approved_by, i.approved_relation, i.accepted_at,
       CONCAT(a.family, ' ', a.given) AS accepted_by,
       CONCAT(n.family, ' ', n.given) AS accepted_user, i.ended_at,
       CONCAT(e.family, ' ', e.given) AS ended_by, i.answer
  FROM care_invitation i JOIN care_office o ON o.id = i.office_id
  LEFT JOIN care_user u ON u.id = i.invited_by
  LEFT JOIN care_user a ON a.id = i.accepted_by
  LEFT JOIN care_user n ON n.id = i.accepted_user
  LEFT JOIN care_user e ON e.id = i.ended_by
 WHERE i.patient_id = :patient ORDER BY i.id;

--! row handover (ref id, text from_office, text to_office, text reason, text state,
--!   utc offered_at, text? offered_by, utc? answered_at, text? answered_by)

--! many handover handovers (key patient)
SELECT h.ref AS id, f.name AS from_office, t.name AS to_office, h.reason, h.state,
       h.offered_at, CONCAT(u.family, ' ', u.given) AS offered_by,
       h.answered_at, CONCAT(a.family, ' ', a.given) AS answered_by
  FROM care_handover h JOIN care_office f ON f.id = h.from_office_id
  JOIN care_office t ON t.id = h.to_office_id
  LEFT JOIN care_user u ON u.id = h.offered_by
  LEFT JOIN care_user a ON a.id = h.answered_by
 WHERE h.patient_id = :patient ORDER BY h.id;

-- ---- facts: what was said once stays, beside what took its place ----

--! row allergy (ref id, text substance, text? reaction, text? category, text? criticality,
--!   utc? confirmed_at, text? confirmed_by, text? confirmed_name, text? confirmed_profession,
--!   utc? ended_at, text? ended_name, text? end_reason, ref? replaces)

--! many allergy allergies (key patient)
SELECT a.ref AS id, a.substance, a.reaction, a.category, a.criticality,
       a.confirmed_at, CONCAT(u.family, ' ', u.given) AS confirmed_by, a.confirmed_name,
       a.confirmed_profession, a.ended_at, a.ended_name, a.end_reason, r.ref AS replaces
  FROM care_allergy a LEFT JOIN care_user u ON u.id = a.confirmed_by
  LEFT JOIN care_allergy r ON r.id = a.replaces
 WHERE a.patient_id = :patient ORDER BY a.id;

--! row condition (ref id, text name, text? since, bool past, text? facility,
--!   utc? confirmed_at, text? confirmed_by, text? confirmed_name, text? confirmed_profession,
--!   utc? ended_at, text? ended_name, text? end_reason, ref? replaces)

--! many condition health_conditions (key patient)
SELECT c.ref AS id, c.name, c.since, c.past, c.facility,
       c.confirmed_at, CONCAT(u.family, ' ', u.given) AS confirmed_by, c.confirmed_name,
       c.confirmed_profession, c.ended_at, c.ended_name, c.end_reason, r.ref AS replaces
  FROM care_health_condition c LEFT JOIN care_user u ON u.id = c.confirmed_by
  LEFT JOIN care_health_condition r ON r.id = c.replaces
 WHERE c.patient_id = :patient ORDER BY c.id;

--! row medication (ref id, text name, text? dose, text? dosage, text? prescriber, date? dispensed_on,
--!   text? code, text? code_kind, bool blood_thinner,
--!   utc? confirmed_at, text? confirmed_by, text? confirmed_name, text? confirmed_profession,
--!   utc? ended_at, text? ended_name, text? end_reason, ref? replaces)

--! many medication medications (key patient)
SELECT m.ref AS id, m.name, m.dose, m.dosage, m.prescriber, m.dispensed_on, m.code, m.code_kind, m.blood_thinner,
       m.confirmed_at, CONCAT(u.family, ' ', u.given) AS confirmed_by, m.confirmed_name,
       m.confirmed_profession, m.ended_at, m.ended_name, m.end_reason, r.ref AS replaces
  FROM care_medication m LEFT JOIN care_user u ON u.id = m.confirmed_by
  LEFT JOIN care_medication r ON r.id = m.replaces
 WHERE m.patient_id = :patient ORDER BY m.id;

--! row equipment (ref id, text name, bool power_dependent, text? battery_hours, text? settings,
--!   text? supplier, text? supplier_phone,
--!   utc? confirmed_at, text? confirmed_by, text? confirmed_name, text? confirmed_profession,
--!   utc? ended_at, text? ended_name, text? end_reason, ref? replaces)

--! many equipment equipment (key patient)
SELECT e.ref AS id, e.name, e.power_dependent, CAST(e.battery_hours AS CHAR) AS battery_hours, e.settings, e.supplier, e.supplier_phone,
       e.confirmed_at, CONCAT(u.family, ' ', u.given) AS confirmed_by, e.confirmed_name,
       e.confirmed_profession, e.ended_at, e.ended_name, e.end_reason, r.ref AS replaces
  FROM care_equipment e LEFT JOIN care_user u ON u.id = e.confirmed_by
  LEFT JOIN care_equipment r ON r.id = e.replaces
 WHERE e.patient_id = :patient ORDER BY e.id;

--! row directive (ref id, text summary, text author, date stated_on, text? place, text? resuscitation,
--!   date? review_on,
--!   utc? confirmed_at, text? confirmed_by, text? confirmed_name, text? confirmed_profession,
--!   utc? ended_at, text? ended_name, text? end_reason, ref? replaces)

--! many directive advance_directives (key patient)
SELECT d.ref AS id, d.summary, d.author, d.stated_on, d.place, d.resuscitation, d.review_on,
       d.confirmed_at, CONCAT(u.family, ' ', u.given) AS confirmed_by, d.confirmed_name,
       d.confirmed_profession, d.ended_at, d.ended_name, d.end_reason, r.ref AS replaces
  FROM care_advance_directive d LEFT JOIN care_user u ON u.id = d.confirmed_by
  LEFT JOIN care_advance_directive r ON r.id = d.replaces
 WHERE d.patient_id = :patient ORDER BY d.id;

--! row contact (ref id, i64 position, text name, text relation, text phone, text? hours,
--!   bool key_person, bool lives_with,
--!   utc? confirmed_at, text? confirmed_by, text? confirmed_name, text? confirmed_profession,
--!   utc? ended_at, text? ended_name, text? end_reason, ref? replaces)

--! many contact emergency_contacts (key patient)
SELECT c.ref AS id, c.position, c.name, c.relation, c.phone, c.hours, c.key_person, c.lives_with,
       c.confirmed_at, CONCAT(u.family, ' ', u.given) AS confirmed_by, c.confirmed_name,
       c.confirmed_profession, c.ended_at, c.ended_name, c.end_reason, r.ref AS replaces
  FROM care_emergency_contact c LEFT JOIN care_user u ON u.id = c.confirmed_by
  LEFT JOIN care_emergency_contact r ON r.id = c.replaces
 WHERE c.patient_id = :patient ORDER BY c.position, c.id;

--! row field (ref id, text field, text state, text? value, ref? replaces, utc confirmed_at,
--!   text confirmed_name, text confirmed_profession)

--! many field fields (key patient)
-- What is asked of every patient, each answer a row; the last of a field counts.
SELECT f.ref AS id, f.field, f.state, f.value, r.ref AS replaces, f.confirmed_at, f.confirmed_name,
       f.confirmed_profession
  FROM care_field f LEFT JOIN care_field r
    ON r.patient_id = f.patient_id AND r.field = f.field AND r.id = f.replaces
 WHERE f.patient_id = :patient ORDER BY f.field, f.id;

--! row place (ref id, text whereabouts, date since_on, text? place, text? note,
--!   utc confirmed_at, text confirmed_name, text confirmed_profession)

--! many place places (key patient)
SELECT ref AS id, whereabouts, since_on, place, note, confirmed_at, confirmed_name,
       confirmed_profession
  FROM care_whereabouts WHERE patient_id = :patient ORDER BY care_whereabouts.id;

--! row level (ref id, text care_level, date? valid_from, date? valid_to, utc confirmed_at,
--!   text confirmed_name, text confirmed_profession)

--! many level levels (key patient)
SELECT ref AS id, care_level, valid_from, valid_to, confirmed_at, confirmed_name,
       confirmed_profession
  FROM care_level WHERE patient_id = :patient ORDER BY care_level.id;

-- ---- files: their rows, and their sealed content ----

--! row file (key file_id, key network_id, ref id, text name, text type, i64 bytes,
--!   i64 width, i64 height, text? uploader, utc made_at, utc? kept_at, key generation,
--!   bytes? wrapped_key, calc text path)

--! many file files_of (key patient)
-- What nobody keeps is nobody's. export_files.c fills in where it is in the folder.
SELECT f.id AS file_id, f.network_id, f.ref AS id, f.name, f.type, f.bytes, f.width, f.height,
       CONCAT(u.family, ' ', u.given) AS uploader, f.made_at, f.kept_at, f.generation, f.wrapped_key
  FROM care_file f LEFT JOIN care_user u ON u.id = f.uploader_id
 WHERE f.patient_id = :patient AND f.kept_at IS NOT NULL ORDER BY f.id;

--! row chunk (bytes sealed)

--! one chunk chunk_of (key file, i64 number)
SELECT sealed FROM care_file_chunk WHERE file_id = :file AND number = :number;

--! row present (i64 n)

--! one present has (text name)
-- Whether a module is installed: one of its tables, which may be read.
SELECT COUNT(*) AS n FROM information_schema.tables
 WHERE table_schema = DATABASE() AND table_name = :name;

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
--!   text patient_word, i64 sms_monthly_cap, text sms_unit_yen, bool named_receipts,
--!   text registers, bool patient_approves, bool consent_image, i64 keep_years, ref? officer_office)

--! many network networks (text code)
SELECT n.ref AS id, n.code, n.nickname, n.colour, n.sender, n.phone, n.patient_word,
       n.sms_monthly_cap, CAST(n.sms_unit_yen AS CHAR) AS sms_unit_yen, n.named_receipts,
       n.registers, n.patient_approves, n.consent_image, n.keep_years, o.ref AS officer_office
  FROM care_network n LEFT JOIN care_office o ON o.id = n.officer_office_id
 WHERE n.code = :code;

--! row feature (text module, bool enabled)

--! many feature features (text code)
SELECT m.module, m.enabled FROM care_network_module m JOIN care_network n ON n.id = m.network_id
 WHERE n.code = :code ORDER BY m.module;

--! row choice (text kind, text channel, bool wanted)

--! many choice choices (text code)
SELECT c.kind, c.channel, c.wanted FROM care_network_choice c JOIN care_network n ON n.id = c.network_id
 WHERE n.code = :code ORDER BY c.kind, c.channel;

--! row switched (utc at, ref? user, text kind, text channel, bool wanted, text how)

--! many switched switched (text code)
-- The record of who switched which notice; without a user, the network for all.
SELECT s.at, u.ref AS user, s.kind, s.channel, s.wanted, s.how
  FROM care_notice_switch s JOIN care_network n ON n.id = s.network_id LEFT JOIN care_user u ON u.id = s.user_id
 WHERE n.code = :code ORDER BY s.id;

--! row right (text profession, text? sees, text? writes)

--! many right rights (text code)
SELECT r.profession, r.sees, r.writes FROM care_network_right r JOIN care_network n ON n.id = r.network_id
 WHERE n.code = :code ORDER BY r.profession;

--! row incident (ref id, bool drill, utc opened_at, utc? closed_at)

--! many incident incidents (text code)
SELECT i.ref AS id, i.drill, i.opened_at, i.closed_at
  FROM care_incident i JOIN care_network n ON n.id = i.network_id
 WHERE n.code = :code ORDER BY i.id;

--! row office (ref id, text kind, text name, text? office_number, text? phone, text? fax,
--!   text? address, text? lat, text? lon, text? hours, text? services, utc? corrected_at,
--!   text? corrected_name, utc? closed_at)

--! many office offices (text code)
SELECT o.ref AS id, o.kind, o.name, o.office_number, o.phone, o.fax, o.address,
       CAST(o.lat AS CHAR) AS lat, CAST(o.lon AS CHAR) AS lon, o.hours, o.services,
       o.corrected_at, o.corrected_name, o.closed_at
  FROM care_office o JOIN care_network n ON n.id = o.network_id
 WHERE n.code = :code ORDER BY o.id;

--! row user (ref id, text login, text family, text given, text kana_family, text kana_given,
--!   text? mail, text? mobile, utc? mobile_bad_at, text lang, text roles, utc? suspended_at)

--! many user users (text code)
-- Passwords and PINs stay: nobody can use their hashes elsewhere, and need not.
SELECT u.ref AS id, u.login, u.family, u.given, u.kana_family, u.kana_given, u.mail,
       u.mobile, u.mobile_bad_at, u.lang, u.roles, u.suspended_at
  FROM care_user u JOIN care_network n ON n.id = u.network_id
 WHERE n.code = :code ORDER BY u.id;

--! row staff (ref user, ref office, text profession, text? further_professions, bool office_manager, bool may_stand_in,
--!   bool on_duty, utc? left_at)

--! many staff staff (text code)
SELECT u.ref AS user, o.ref AS office, s.profession, s.further_professions, s.office_manager, s.may_stand_in, s.on_duty, s.left_at
  FROM care_staff s JOIN care_user u ON u.id = s.user_id JOIN care_office o ON o.id = s.office_id
  JOIN care_network n ON n.id = o.network_id
 WHERE n.code = :code ORDER BY o.id, u.id;

--! row device (ref id, ref office, text name, utc created_at, utc? not_after, utc? revoked_at,
--!   text? revoked_by)

--! many device devices (text code)
SELECT d.ref AS id, o.ref AS office, d.name, d.created_at, d.not_after, d.revoked_at,
       CONCAT(u.family, ' ', u.given) AS revoked_by
  FROM care_device d JOIN care_office o ON o.id = d.office_id JOIN care_network n ON n.id = o.network_id
  LEFT JOIN care_user u ON u.id = d.revoked_by
 WHERE n.code = :code ORDER BY d.id;
