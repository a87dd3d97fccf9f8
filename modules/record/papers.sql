-- Papers: issued ones, and what the others are made of.

--! row issued (ref id, key paper_id, text kind, text? office, ref? station, date? valid_from, date? valid_to,
--!   utc issued_at, text issuer_name, text issuer_office, text? issuer_address, text? issuer_phone,
--!   text? subject_person, text? subject_address, text? subject_numbers)

--! row part (text label, text value)

--! row role (bool attending)

--! row station (ref id, text name)

--! row letterhead (text name, text? address, text? phone)

--! row subject (text name, text kana, text sex, date birth_date, text? address, text? phone,
--!   text? insurer_number, text? insured_number, text care_level)

--! row noted (utc written_at, text author, text body)

--! many issued papers (key patient)
-- Newest first.
SELECT p.ref AS id, p.id AS paper_id, p.kind, o.name AS office, o.ref AS station, p.valid_from, p.valid_to, p.issued_at,
       p.issuer_name, p.issuer_office, p.issuer_address, p.issuer_phone,
       p.subject_person, p.subject_address, p.subject_numbers
  FROM record_paper p LEFT JOIN care_office o ON o.id = p.office_id
 WHERE p.patient_id = :patient ORDER BY p.id DESC LIMIT 100;

--! one issued paper (key patient, ref id)
SELECT p.ref AS id, p.id AS paper_id, p.kind, o.name AS office, o.ref AS station, p.valid_from, p.valid_to, p.issued_at,
       p.issuer_name, p.issuer_office, p.issuer_address, p.issuer_phone,
       p.subject_person, p.subject_address, p.subject_numbers
  FROM record_paper p LEFT JOIN care_office o ON o.id = p.office_id
 WHERE p.ref = :id AND p.patient_id = :patient;

--! many issued own_papers (key patient, key viewer, key office)
-- What an office's own people issued, for it alone: db/record/0041-own.sql says who reads
-- which. Newest first.
SELECT p.ref AS id, p.id AS paper_id, p.kind, o.name AS office, o.ref AS station, p.valid_from, p.valid_to, p.issued_at,
       p.issuer_name, p.issuer_office, p.issuer_address, p.issuer_phone,
       p.subject_person, p.subject_address, p.subject_numbers
  FROM record_own_paper p LEFT JOIN care_office o ON o.id = p.office_id
 WHERE p.patient_id = :patient AND p.viewer_id = :viewer AND p.viewer_office = :office
 ORDER BY p.id DESC LIMIT 200;

--! one issued own_paper (key patient, key viewer, key office, ref id)
SELECT p.ref AS id, p.id AS paper_id, p.kind, o.name AS office, o.ref AS station, p.valid_from, p.valid_to, p.issued_at,
       p.issuer_name, p.issuer_office, p.issuer_address, p.issuer_phone,
       p.subject_person, p.subject_address, p.subject_numbers
  FROM record_own_paper p LEFT JOIN care_office o ON o.id = p.office_id
 WHERE p.patient_id = :patient AND p.viewer_id = :viewer AND p.viewer_office = :office AND p.ref = :id;

--! many part parts (key paper)
SELECT label, value FROM record_paper_field WHERE paper_id = :paper ORDER BY position;

--! one role role (key patient, key viewer, key office)
-- Whether the viewer is the attending physician (主治医) of this patient.
SELECT COUNT(*) > 0 AS attending FROM care_team_person
 WHERE patient_id = :patient AND user_id = :viewer AND office_id = :office
   AND team_role = 'attending_physician' AND (FIND_IN_SET('010', professions) OR FIND_IN_SET('020', professions));

--! many station stations (key patient)
-- Offices of the team that an order may be for.
SELECT DISTINCT o.ref AS id, o.name
  FROM care_team_person t JOIN care_office o ON o.id = t.office_id
 WHERE t.patient_id = :patient AND t.team_role = 'visiting_nurse' ORDER BY o.name;

--! one letterhead letterhead (key office)
SELECT name, address, phone FROM care_office WHERE id = :office;

--! one subject subject (key patient)
SELECT CONCAT(family, ' ', given) AS name, CONCAT(kana_family, ' ', kana_given) AS kana, sex,
       birth_date, address, phone, insurer_number, insured_number, care_level
  FROM care_patient WHERE id = :patient;

--! exec issue_one (key patient, ref id, text kind, ref? station, date? valid_from, date? valid_to,
--!   key user, text name, key office, utc now, text person, text address, text? numbers)
-- With the letterhead of the issuer's office and the patient's lines as they are now. 0 rows: no such station of the team.
INSERT INTO record_paper (patient_id, ref, kind, office_id, valid_from, valid_to, issued_at, issued_by,
       issuer_name, issuer_office, issuer_address, issuer_phone, issuer_office_id, subject_person, subject_address, subject_numbers)
SELECT :patient, :id, :kind, COALESCE((SELECT id FROM care_office WHERE ref = :station), 0), :valid_from, :valid_to,
       :now, :user, :name, o.name, o.address, o.phone, o.id, :person, :address, :numbers
  FROM care_office o
 WHERE o.id = :office
   AND (:station IS NULL OR EXISTS (SELECT 1 FROM care_team_person t JOIN care_office s ON s.id = t.office_id
         WHERE t.patient_id = :patient AND t.team_role = 'visiting_nurse' AND s.ref = :station));

--! exec1 add_part (key patient, ref paper, i64 position, text label, text value)
INSERT INTO record_paper_field (paper_id, position, patient_id, label, value)
SELECT id, :position, :patient, :label, :value FROM record_paper WHERE ref = :paper;

--! exec mark_station (key patient, ref paper, utc now)
-- An order waits for everyone of its station.
INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
SELECT DISTINCT t.user_id, t.patient_id, 'record', 'unread', p.ref, :now
  FROM record_paper p
  JOIN care_team_person t ON t.patient_id = p.patient_id AND t.office_id = p.office_id AND t.told
 WHERE p.ref = :paper AND p.patient_id = :patient;

--! many noted month (key patient, key viewer, key office, bool own_only, utc from, utc to)
-- What was written for the viewer's office (or by her for it) of a patient between two instants, and
-- she may read: the timeline's view decides which. What she wrote for another office where she works
-- is that one's to report. Only what is for the whole team: a paper goes to others.
SELECT e.written_at, e.author_name AS author, e.body
  FROM timeline_seen e
  JOIN timeline_own o ON o.patient_id = e.patient_id AND o.id = e.id AND o.office_id = :office
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND e.patient_id = :patient AND e.written_at >= :from AND e.written_at < :to
   AND e.gone IS NULL AND e.reach < 2
   AND (e.author_id = :viewer OR NOT :own_only)
 ORDER BY e.written_at LIMIT 300;
