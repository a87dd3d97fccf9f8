-- A visit, step by step: each step is rows that are only added.

--! row visit (ref id, key visit_id, text vaccine, text vaccine_name, date planned_on, text? note,
--!   utc planned_at, text planner_name, text state, utc state_at, key immunization_id, utc? given_at,
--!   i64? wait_minutes, utc? wait_until, utc? closed_at, text? watched_by, text? condition_after,
--!   text? early_reason)
--! row form (ref id, key form_id, utc written_at, text writer_name, text profession_code,
--!   i64? temperature_tenths, text? wish, text signer, text? signer_name, text? signer_relation,
--!   text? sign_reason, text? intent_confirmed_by, text? note, calc text profession)
--! row answered (text question, text answer)
--! row judged (ref id, key form_id, utc judged_at, text doctor_name, text doctor_office, bool possible,
--!   bool explained, bool remote, bool acute_illness, text? remark, text? reason)
--! row not_given (text reason, text? note, utc written_at, text writer_name, text profession_code,
--!   calc text profession)
--! row paper (ref id, text kind, text type, utc added_at, text adder_name)
--! row paper_file (key file_id)
--! row state (text state, utc state_at, i64 forms)
--! row person (date birth_date, i64 past_events, i64 past_anaphylaxis)

--! one person person (key patient)
-- What the rules ask of her besides her doses: what came after those that stand.
SELECT p.birth_date,
       COALESCE(a.events, 0) AS past_events, COALESCE(a.anaphylaxis, 0) AS past_anaphylaxis
  FROM care_patient p
  LEFT JOIN (SELECT COUNT(*) AS events, CAST(COALESCE(SUM(e.code = 'anaphylaxis'), 0) AS SIGNED) AS anaphylaxis
               FROM care_adverse_event e JOIN care_immunization i ON i.patient_id = e.patient_id AND i.id = e.immunization_id
              WHERE e.patient_id = :patient AND e.ended_at IS NULL AND i.ended_at IS NULL) AS a ON TRUE
 WHERE p.id = :patient;

--! one visit find (key patient, ref id)
SELECT ref AS id, id AS visit_id, vaccine, vaccine_name, planned_on, note, planned_at, planner_name,
       state, state_at, immunization_id, given_at, wait_minutes, wait_until, closed_at, watched_by,
       condition_after, early_reason
  FROM vaccination_visit WHERE patient_id = :patient AND ref = :id;

--! one visit lock (key patient, ref id)
-- The same, and whoever else would act on it waits.
SELECT ref AS id, id AS visit_id, vaccine, vaccine_name, planned_on, note, planned_at, planner_name,
       state, state_at, immunization_id, given_at, wait_minutes, wait_until, closed_at, watched_by,
       condition_after, early_reason
  FROM vaccination_visit WHERE patient_id = :patient AND ref = :id FOR UPDATE;

--! many visit visits (key patient)
-- Newest first.
SELECT ref AS id, id AS visit_id, vaccine, vaccine_name, planned_on, note, planned_at, planner_name,
       state, state_at, immunization_id, given_at, wait_minutes, wait_until, closed_at, watched_by,
       condition_after, early_reason
  FROM vaccination_visit WHERE patient_id = :patient ORDER BY vaccination_visit.id DESC LIMIT 30;

--! one state state_of (key patient, ref id)
-- Whether somebody else has gone on with it.
SELECT v.state, v.state_at, (SELECT COUNT(*) FROM vaccination_screening s
        WHERE s.patient_id = v.patient_id AND s.visit_id = v.id) AS forms
  FROM vaccination_visit v WHERE v.patient_id = :patient AND v.ref = :id;

--! exec1 plan_one (key patient, ref id, text vaccine, text vaccine_name, date planned_on, text? note,
--!   key user, text name, key office, utc now)
-- One that is open for this vaccine already is a duplicate key.
INSERT INTO vaccination_visit (patient_id, ref, vaccine, vaccine_name, planned_on, note, planned_at,
       planned_by, planner_name, office_id, state_at)
VALUES (:patient, :id, :vaccine, :vaccine_name, :planned_on, :note, :now, :user, :name, :office, :now);

--! exec1 move (key patient, key visit, text state, utc now)
UPDATE vaccination_visit SET state = :state, state_at = :now WHERE patient_id = :patient AND id = :visit;

--! exec1 screen_form (key patient, ref id, key visit, utc now, key user, text name, text profession,
--!   i64? temperature, text? wish, text signer, text? signer_name, text? signer_relation,
--!   text? sign_reason, text? intent_confirmed_by, text? note)
INSERT INTO vaccination_screening (patient_id, ref, visit_id, written_at, written_by, writer_name,
       writer_profession, temperature, wish, signer, signer_name, signer_relation, sign_reason,
       intent_confirmed_by, note)
VALUES (:patient, :id, :visit, :now, :user, :name, :profession, :temperature, :wish, :signer, :signer_name,
       :signer_relation, :sign_reason, :intent_confirmed_by, :note);

--! exec answers (key patient, ref form, text answers)
-- [{"q":"fainting","a":"no"}, …]
INSERT INTO vaccination_answer (patient_id, screening_id, question, answer)
SELECT s.patient_id, s.id, j.question, j.answer
  FROM vaccination_screening s
  JOIN JSON_TABLE(:answers, '$[*]' COLUMNS (question VARCHAR(24) PATH '$.q', answer VARCHAR(8) PATH '$.a')) AS j
 WHERE s.patient_id = :patient AND s.ref = :form;

--! one form newest_form (key patient, key visit)
SELECT ref AS id, id AS form_id, written_at, writer_name, writer_profession AS profession_code,
       temperature AS temperature_tenths, wish, signer, signer_name, signer_relation, sign_reason,
       intent_confirmed_by, note
  FROM vaccination_screening
 WHERE patient_id = :patient AND visit_id = :visit
   AND id = (SELECT MAX(m.id) FROM vaccination_screening m WHERE m.patient_id = :patient AND m.visit_id = :visit);

--! many answered answers_of (key patient, key form)
SELECT question, answer FROM vaccination_answer WHERE patient_id = :patient AND screening_id = :form;

--! exec1 judge_form (key patient, ref id, key visit, key form, utc now, key user, text name, text office,
--!   bool possible, bool explained, bool remote, bool acute_illness, text? remark, text? reason)
INSERT INTO vaccination_judgement (patient_id, ref, visit_id, screening_id, judged_at, doctor_id,
       doctor_name, doctor_office, possible, explained, remote, acute_illness, remark, reason)
VALUES (:patient, :id, :visit, :form, :now, :user, :name, :office, :possible, :explained, :remote,
       :acute_illness, :remark, :reason);

--! one judged newest_judgement (key patient, key visit)
SELECT ref AS id, screening_id AS form_id, judged_at, doctor_name, doctor_office, possible, explained,
       remote, acute_illness, remark, reason
  FROM vaccination_judgement
 WHERE patient_id = :patient AND visit_id = :visit
   AND id = (SELECT MAX(m.id) FROM vaccination_judgement m WHERE m.patient_id = :patient AND m.visit_id = :visit);

--! exec mark_doctors (ref about, key patient, key author, utc now)
-- A form waits for the physicians of the team.
INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
SELECT DISTINCT t.user_id, t.patient_id, 'vaccination', 'question', :about, :now
  FROM care_team_person t
 WHERE t.patient_id = :patient AND t.told AND t.user_id <> :author AND FIND_IN_SET('010', t.professions);

--! exec clear_doctors (ref about, key patient)
DELETE FROM care_mark WHERE patient_id = :patient AND ref = :about AND module = 'vaccination' AND kind = 'question';

--! exec1 give_dose (key patient, key visit, ref dose, utc now, utc given_at, i64 minutes, utc until)
UPDATE vaccination_visit v
   SET v.state = 'waiting', v.state_at = :now, v.given_at = :given_at, v.wait_minutes = :minutes, v.wait_until = :until,
       v.immunization_id = (SELECT i.id FROM care_immunization i WHERE i.patient_id = :patient AND i.ref = :dose)
 WHERE v.patient_id = :patient AND v.id = :visit;

--! exec1 close_one (key patient, key visit, utc now, key user, text watched_by, text condition_after,
--!   text? early_reason)
UPDATE vaccination_visit
   SET state = 'completed', state_at = :now, closed_at = :now, closed_by = :user, watched_by = :watched_by,
       condition_after = :condition_after, early_reason = :early_reason
 WHERE patient_id = :patient AND id = :visit;

--! exec1 not_give (key patient, ref id, key visit, text reason, text? note, utc now, key user,
--!   text name, text profession)
INSERT INTO vaccination_not_given (patient_id, ref, visit_id, reason, note, written_at, written_by,
       writer_name, writer_profession)
VALUES (:patient, :id, :visit, :reason, :note, :now, :user, :name, :profession);

--! one not_given why_not (key patient, key visit)
SELECT reason, note, written_at, writer_name, writer_profession AS profession_code
  FROM vaccination_not_given
 WHERE patient_id = :patient AND visit_id = :visit
   AND id = (SELECT MAX(m.id) FROM vaccination_not_given m WHERE m.patient_id = :patient AND m.visit_id = :visit);

--! exec1 add_paper (key patient, key visit, key file, text kind, utc now, text name)
INSERT INTO vaccination_paper (patient_id, visit_id, file_id, kind, added_at, adder_name)
VALUES (:patient, :visit, :file, :kind, :now, :name);

--! many paper papers (key patient, key visit)
SELECT f.ref AS id, p.kind, f.type, p.added_at, p.adder_name
  FROM vaccination_paper p JOIN care_file f ON f.id = p.file_id
 WHERE p.patient_id = :patient AND p.visit_id = :visit ORDER BY p.added_at, p.file_id;

--! one paper_file paper_of (key patient, key visit, ref id)
SELECT p.file_id FROM vaccination_paper p JOIN care_file f ON f.id = p.file_id
 WHERE p.patient_id = :patient AND p.visit_id = :visit AND f.ref = :id;
