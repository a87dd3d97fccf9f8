-- The secretariat's side: who applied, when it is due, who sits. Nothing here reads what
-- a member proposes.

--! row numbers (i64 notice_days, i64 reveal_days, i64 purge_hours, i64 longest_months, bool slight_simplified, bool hard_to_find, i64 chair_fee, i64 member_fee,
--!   bool by_physician, bool by_facility)
--! row insurer (text insurer_number, text name)
--! row attended (text letter, text name, text field, bool attended, bool presides)
--! row waiting (key application_id, ref id, text name, text insurer, text scheme, text kind, text state, i64 age, date applied_on, text? first_level, bool checked,
--!   i64? sitting_number, utc? begins_at, calc i64 days, calc i64 days_left, calc text urgency)
--! row panel (key panel_id, ref id, text name, text scheme, i64 members)
--! row membership (key panel_id, key user_id, ref user, text name, text field, text post)
--! row board_user (key user_id, ref id, text name, text? field, text? support_field, date? term_from, date? term_to, text? office, i64 panels)
--! row sitting (key sitting_id, key panel_id, ref id, i64 number, text panel, utc begins_at, utc closes_at, text place, text state, text scheme, ref? meeting)
--! row convened (key user_id, ref user, text name, text letter, text field, text post, bool substitute, text? answer, i64 proposed, i64 begun, i64 opened, utc? active_at,
--!   i64 conflicts, calc i64 left)
--! row substitute (key user_id, ref id, text name, text field, key office_id)
--! row application (key application_id, ref id, text state, text scheme, text kind, text insured_class, text? disability, text? disease, text sex, i64 age, date applied_on, text? previous_level,
--!   i64? previous_months, date? previous_to, text? survey_note, text? physician_opinion, utc? checked_at, bool simplified, i64? serial_number, key sitting_id)
--! row whose (text insurer_number, text insured_number, text family, text given, text kana, date birth_date, text? address, text? phone,
--!   text? facility, text? surveyor, text? physician, text municipality_code, text recipient_number)
--! row found (text reason, text name, text letter)
--! row letter (ref id, date expected_on, text reason, utc at)
--! row heading (text scheme, text field, text heading)
--! row imported (ref id, i64 taken, i64 known, utc at, text name)
--! row key_of (key id)
--! row counted (i64 n)
--! row departure (text scheme, text? first_level, text level, i64 n)
--! row by_item (text scheme, i64 item, i64 n)

--! row result (text insurer_number, text insured_number, date applied_on, text outcome, text? level_code, date? valid_from, date? valid_to, i64? months,
--!   text? state_image, text? reason, text? board_opinion, utc decided_at)

--! row paper (key file_id, ref id, ref application, text kind, i64 pages, text? words)

--! one numbers numbers (key network)
SELECT notice_days, reveal_days, purge_hours, longest_months, slight_simplified, hard_to_find, chair_fee, member_fee, by_physician, by_facility FROM board_setting WHERE network_id = :network;

--! exec put_numbers (key network, i64 notice_days, i64 reveal_days, i64 purge_hours, i64 longest_months, bool slight_simplified, bool hard_to_find, i64 chair_fee,
--!   i64 member_fee, bool by_physician, bool by_facility)
INSERT INTO board_setting (network_id, notice_days, reveal_days, purge_hours, longest_months, slight_simplified, hard_to_find, chair_fee, member_fee, by_physician,
       by_facility)
VALUES (:network, :notice_days, :reveal_days, :purge_hours, :longest_months, :slight_simplified, :hard_to_find, :chair_fee, :member_fee,
       :by_physician, :by_facility)
ON DUPLICATE KEY UPDATE notice_days = VALUES(notice_days), reveal_days = VALUES(reveal_days), purge_hours = VALUES(purge_hours),
       longest_months = VALUES(longest_months), slight_simplified = VALUES(slight_simplified),
       hard_to_find = VALUES(hard_to_find), chair_fee = VALUES(chair_fee), member_fee = VALUES(member_fee),
       by_physician = VALUES(by_physician), by_facility = VALUES(by_facility);

--! many waiting waiting (key network)
-- What is not decided, what is due first on top.
SELECT a.id AS application_id, a.ref AS id, CONCAT(w.family, ' ', w.given) AS name, COALESCE(n.name, IF(a.scheme = 'care_level', w.insurer_number, w.municipality_code)) AS insurer, a.scheme, a.kind, a.state, a.age, a.applied_on,
       a.first_level, a.checked_at IS NOT NULL AS checked, s.number AS sitting_number, s.begins_at
  FROM board_application a JOIN board_person w ON w.application_id = a.id
  LEFT JOIN board_insurer n ON n.network_id = a.network_id AND n.insurer_number = w.insurer_number
  LEFT JOIN board_sitting s ON s.id = a.sitting_id
 WHERE a.network_id = :network AND a.state IN ('registered','papers_ready','assigned','prereview','tabled','carried_over','re_survey','re_opinion')
 ORDER BY a.applied_on, a.id LIMIT 300;

--! many waiting listed (key sitting)
-- What is on the list of a sitting.
SELECT a.id AS application_id, a.ref AS id, CONCAT(w.family, ' ', w.given) AS name, COALESCE(n.name, IF(a.scheme = 'care_level', w.insurer_number, w.municipality_code)) AS insurer, a.scheme, a.kind, a.state, a.age, a.applied_on,
       a.first_level, a.checked_at IS NOT NULL AS checked, s.number AS sitting_number, s.begins_at
  FROM board_application a JOIN board_person w ON w.application_id = a.id
  LEFT JOIN board_insurer n ON n.network_id = a.network_id AND n.insurer_number = w.insurer_number
  LEFT JOIN board_sitting s ON s.id = a.sitting_id
 WHERE a.sitting_id = :sitting AND a.state NOT IN ('carried_over','withdrawn','deceased') ORDER BY a.serial_number LIMIT 300;

--! many waiting candidates (key network, text scheme)
-- What could be put on one.
SELECT a.id AS application_id, a.ref AS id, CONCAT(w.family, ' ', w.given) AS name, COALESCE(n.name, IF(a.scheme = 'care_level', w.insurer_number, w.municipality_code)) AS insurer, a.scheme, a.kind, a.state, a.age, a.applied_on,
       a.first_level, a.checked_at IS NOT NULL AS checked, s.number AS sitting_number, s.begins_at
  FROM board_application a JOIN board_person w ON w.application_id = a.id
  LEFT JOIN board_insurer n ON n.network_id = a.network_id AND n.insurer_number = w.insurer_number
  LEFT JOIN board_sitting s ON s.id = a.sitting_id
 WHERE a.network_id = :network AND a.scheme = :scheme AND a.state IN ('papers_ready','carried_over') ORDER BY a.applied_on, a.id LIMIT 100;

--! many panel panels (key network)
SELECT p.id AS panel_id, p.ref AS id, p.name, p.scheme, (SELECT COUNT(*) FROM board_panel_member m WHERE m.panel_id = p.id) AS members
  FROM board_panel p WHERE p.network_id = :network ORDER BY p.name LIMIT 100;

--! one panel panel (key network, ref panel)
SELECT p.id AS panel_id, p.ref AS id, p.name, p.scheme, (SELECT COUNT(*) FROM board_panel_member m WHERE m.panel_id = p.id) AS members
  FROM board_panel p WHERE p.network_id = :network AND p.ref = :panel;

--! many membership memberships (key network)
SELECT m.panel_id, m.user_id, u.ref AS user, CONCAT(u.family, ' ', u.given) AS name, IF(p.scheme = 'care_level', b.field, COALESCE(b.support_field, 'none')) AS field, m.post
  FROM board_panel p JOIN board_panel_member m ON m.panel_id = p.id JOIN care_user u ON u.id = m.user_id JOIN board_member b ON b.user_id = u.id
 WHERE p.network_id = :network ORDER BY m.panel_id, FIELD(m.post, 'chair', 'deputy', 'member'), u.id LIMIT 500;

--! many board_user members (key network)
-- Everybody with the role, whether her field is known or not.
SELECT u.id AS user_id, u.ref AS id, CONCAT(u.family, ' ', u.given) AS name, NULLIF(b.field, 'none') AS field, b.support_field, b.term_from, b.term_to, o.name AS office,
       (SELECT COUNT(*) FROM board_panel_member m WHERE m.user_id = u.id) AS panels
  FROM care_user u LEFT JOIN board_member b ON b.user_id = u.id LEFT JOIN care_office o ON o.id = b.office_id
 WHERE u.network_id = :network AND FIND_IN_SET('board_member', u.roles) AND u.suspended_at IS NULL
 ORDER BY u.kana_family, u.kana_given LIMIT 300;

--! one board_user member (key network, ref user)
SELECT u.id AS user_id, u.ref AS id, CONCAT(u.family, ' ', u.given) AS name, NULLIF(b.field, 'none') AS field, b.support_field, b.term_from, b.term_to, o.name AS office,
       (SELECT COUNT(*) FROM board_panel_member m WHERE m.user_id = u.id) AS panels
  FROM care_user u LEFT JOIN board_member b ON b.user_id = u.id LEFT JOIN care_office o ON o.id = b.office_id
 WHERE u.network_id = :network AND u.ref = :user AND FIND_IN_SET('board_member', u.roles);

--! exec put_member (key user, key network, text field, text? support_field, date term_from, date term_to, text? office_number)
INSERT INTO board_member (user_id, network_id, field, support_field, term_from, term_to, office_id)
SELECT :user, :network, :field, :support_field, :term_from, :term_to,
       COALESCE((SELECT o.id FROM care_office o WHERE o.network_id = :network AND o.office_number = :office_number), 0)
ON DUPLICATE KEY UPDATE field = VALUES(field), support_field = VALUES(support_field), term_from = VALUES(term_from), term_to = VALUES(term_to), office_id = VALUES(office_id);

--! one counted sits_on (key user, text scheme)
SELECT COUNT(*) AS n FROM board_panel_member m JOIN board_panel p ON p.id = m.panel_id WHERE m.user_id = :user AND p.scheme = :scheme;

--! exec1 add_panel (ref ref, key network, text name, text scheme)
INSERT INTO board_panel (ref, network_id, name, scheme) VALUES (:ref, :network, :name, :scheme);

--! exec seat_in_panel (key panel, key user, text post, date today)
INSERT INTO board_panel_member (panel_id, user_id, post, joined_on) VALUES (:panel, :user, :post, :today)
ON DUPLICATE KEY UPDATE post = VALUES(post);

--! exec demote (key panel, key user, text post)
-- One chair and one deputy a panel.
UPDATE board_panel_member SET post = 'member' WHERE panel_id = :panel AND user_id <> :user AND post = :post AND post <> 'member';

--! exec leave_panel (key panel, key user)
DELETE FROM board_panel_member WHERE panel_id = :panel AND user_id = :user;

--! one key_of add_sitting (ref ref, key network, key panel, utc begins_at, utc closes_at, text place)
-- Numbered on, each board for itself.
INSERT INTO board_sitting (ref, network_id, panel_id, scheme, number, begins_at, closes_at, place)
SELECT :ref, :network, :panel, p.scheme, 1 + (SELECT COALESCE(MAX(s.number), 0) FROM board_sitting s WHERE s.network_id = :network AND s.scheme = p.scheme),
       :begins_at, :closes_at, :place FROM board_panel p WHERE p.id = :panel
RETURNING id;

--! exec seat_panel (key sitting, key panel)
-- The panel as it is now, with a letter each; the chair is A.
INSERT INTO board_seat (sitting_id, user_id, letter, field, post)
SELECT :sitting, m.user_id, CHAR(64 + ROW_NUMBER() OVER (ORDER BY FIELD(m.post, 'chair', 'deputy', 'member'), m.user_id)),
       IF(p.scheme = 'care_level', b.field, b.support_field), m.post
  FROM board_panel p JOIN board_panel_member m ON m.panel_id = p.id JOIN board_member b ON b.user_id = m.user_id WHERE p.id = :panel;

--! one sitting sitting (key network, ref sitting)
SELECT s.id AS sitting_id, s.panel_id, s.ref AS id, s.number, p.name AS panel, s.begins_at, s.closes_at, s.place, s.state, s.scheme, s.meeting
  FROM board_sitting s JOIN board_panel p ON p.id = s.panel_id WHERE s.network_id = :network AND s.ref = :sitting;

--! many convened seats (key sitting)
-- Who answered, who has got how far: numbers, never levels.
SELECT e.user_id, u.ref AS user, CONCAT(u.family, ' ', u.given) AS name, e.letter, e.field, e.post, e.substitute, e.answer,
       COALESCE(g.proposed, 0) AS proposed, COALESCE(g.begun, 0) AS begun, COALESCE(g.opened, 0) AS opened,
       CAST(NULLIF(g.active_at, '1970-01-01') AS DATETIME(3)) AS active_at,
       (SELECT COUNT(*) FROM board_recusal r JOIN board_application a ON a.id = r.application_id
         WHERE r.user_id = e.user_id AND a.sitting_id = e.sitting_id) AS conflicts
  FROM board_seat e JOIN care_user u ON u.id = e.user_id JOIN board_progress g ON g.sitting_id = e.sitting_id AND g.user_id = e.user_id
 WHERE e.sitting_id = :sitting ORDER BY e.letter;

--! many attended attended (key sitting)
SELECT e.letter, CONCAT(u.family, ' ', u.given) AS name, e.field, e.attended, e.presides
  FROM board_seat e JOIN care_user u ON u.id = e.user_id WHERE e.sitting_id = :sitting ORDER BY e.letter;

--! exec1 go_on (key sitting, text was, text state, utc? closed_at)
UPDATE board_sitting SET state = :state, closed_at = COALESCE(:closed_at, closed_at) WHERE id = :sitting AND state = :was;

--! exec applications_go (key sitting, text was, text state)
UPDATE board_application SET state = :state WHERE sitting_id = :sitting AND state = :was;

--! exec give_back (key sitting)
-- A sitting that is called off keeps nothing.
UPDATE board_application SET state = 'papers_ready', sitting_id = NULL, serial_number = NULL
 WHERE sitting_id = :sitting AND state = 'assigned';

--! many substitute substitutes (key network, key sitting)
-- Who could sit instead: of the same board, term not over, not in this sitting.
SELECT b.user_id, u.ref AS id, CONCAT(u.family, ' ', u.given) AS name, IF(s.scheme = 'care_level', b.field, b.support_field) AS field, b.office_id
  FROM board_sitting s JOIN board_member b ON IF(s.scheme = 'care_level', b.field <> 'none', b.support_field IS NOT NULL) JOIN care_user u ON u.id = b.user_id
 WHERE s.id = :sitting AND b.network_id = :network AND u.suspended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM board_seat e WHERE e.sitting_id = :sitting AND e.user_id = b.user_id) ORDER BY field, u.kana_family LIMIT 100;

--! exec1 seat_substitute (key sitting, ref user, key network)
INSERT INTO board_seat (sitting_id, user_id, letter, field, post, substitute)
SELECT :sitting, b.user_id, CHAR(65 + (SELECT COUNT(*) FROM board_seat c WHERE c.sitting_id = :sitting)),
       IF(s.scheme = 'care_level', b.field, b.support_field), 'member', 1
  FROM board_sitting s JOIN board_member b JOIN care_user u ON u.id = b.user_id WHERE s.id = :sitting AND u.ref = :user AND b.network_id = :network;

--! exec1 put_in (key network, key sitting, ref application)
-- The next serial number of the sitting.
UPDATE board_application SET serial_number = 1 + (SELECT COALESCE(MAX(b.serial_number), 0)
         FROM (SELECT c.serial_number FROM board_application c WHERE c.sitting_id = :sitting) b), sitting_id = :sitting, state = 'assigned'
 WHERE network_id = :network AND ref = :application AND state IN ('papers_ready','carried_over')
   AND scheme = (SELECT s.scheme FROM board_sitting s WHERE s.id = :sitting);

--! exec1 take_out (key network, ref application)
UPDATE board_application SET sitting_id = NULL, serial_number = NULL, state = 'papers_ready'
 WHERE network_id = :network AND ref = :application AND state = 'assigned';

--! exec conflicts (key sitting, utc now)
-- Members whose office is in the team of the person, if she agreed to sharing with it; on
-- the secretariat's side, for it goes by her number.
INSERT IGNORE INTO board_recusal (application_id, user_id, reason, at, by_user)
SELECT a.id, e.user_id, 'service', :now, 0
  FROM board_application a JOIN board_person w ON w.application_id = a.id
  JOIN care_patient p ON p.network_id = a.network_id AND p.insurer_number = w.insurer_number AND p.insured_number = w.insured_number
  JOIN care_consent_open c ON c.patient_id = p.id AND c.purpose = 'share_team'
  JOIN care_team_member t ON t.patient_id = p.id
  JOIN board_member b ON b.office_id = t.office_id AND b.office_id > 0
  JOIN board_seat e ON e.sitting_id = a.sitting_id AND e.user_id = b.user_id
 WHERE a.sitting_id = :sitting;

--! exec conflicts_by_physician (key sitting, utc now)
-- The attending physician as the export names her, blanks apart.
INSERT IGNORE INTO board_recusal (application_id, user_id, reason, at, by_user)
SELECT a.id, e.user_id, 'attending_physician', :now, 0
  FROM board_application a JOIN board_person w ON w.application_id = a.id JOIN board_seat e ON e.sitting_id = a.sitting_id
  JOIN care_user u ON u.id = e.user_id
 WHERE a.sitting_id = :sitting AND REPLACE(REPLACE(w.physician, ' ', ''), '　', '') = CONCAT(u.family, u.given);

--! exec conflicts_by_facility (key sitting, utc now)
-- She lives or stays where a member works.
INSERT IGNORE INTO board_recusal (application_id, user_id, reason, at, by_user)
SELECT a.id, e.user_id, 'facility', :now, 0
  FROM board_application a JOIN board_person w ON w.application_id = a.id JOIN board_seat e ON e.sitting_id = a.sitting_id
  JOIN board_member b ON b.user_id = e.user_id JOIN care_office o ON o.id = b.office_id
 WHERE a.sitting_id = :sitting AND REPLACE(REPLACE(w.facility, ' ', ''), '　', '') = REPLACE(REPLACE(o.name, ' ', ''), '　', '');

--! many insurer insurers (key network)
-- Whose applications there are, named or not.
SELECT x.insurer_number, COALESCE(n.name, '') AS name
  FROM (SELECT insurer_number FROM board_person WHERE network_id = :network AND insurer_number <> '' GROUP BY insurer_number
        UNION SELECT insurer_number FROM board_insurer WHERE network_id = :network) x
  LEFT JOIN board_insurer n ON n.network_id = :network AND n.insurer_number = x.insurer_number ORDER BY x.insurer_number LIMIT 100;

--! exec put_insurer (key network, text insurer_number, text name)
INSERT INTO board_insurer (network_id, insurer_number, name) VALUES (:network, :insurer_number, :name) ON DUPLICATE KEY UPDATE name = VALUES(name);

--! row several (i64 n)
--! one several several (key network)
SELECT COUNT(*) AS n FROM board_insurer WHERE network_id = :network;

--! exec1 reopen (key application, key sitting, text reason, utc now, key viewer, text name)
-- The decision that stands is taken up again by another sitting; it is kept.
INSERT INTO board_reopening (decision_id, application_id, sitting_id, reason, at, user_id, user_name)
SELECT MAX(d.id), :application, :sitting, :reason, :now, :viewer, :name FROM board_decision d WHERE d.application_id = :application
HAVING MAX(d.id) IS NOT NULL;

--! row standing (text sitting_state)
--! one standing standing (key application)
-- The sitting that decided last.
SELECT s.state AS sitting_state FROM board_decision d JOIN board_sitting s ON s.id = d.sitting_id
 WHERE d.application_id = :application ORDER BY d.id DESC LIMIT 1;

--! one application application (key network, ref application)
SELECT a.id AS application_id, a.ref AS id, a.state, a.scheme, a.kind, a.insured_class, a.disability, a.disease, a.sex, a.age, a.applied_on, a.previous_level, a.previous_months,
       a.previous_to, a.survey_note, a.physician_opinion, a.checked_at, a.simplified, a.serial_number, COALESCE(a.sitting_id, 0) AS sitting_id
  FROM board_application a WHERE a.network_id = :network AND a.ref = :application;

--! one whose whose (key application)
SELECT insurer_number, insured_number, family, given, kana, birth_date, address, phone, facility, surveyor, physician, municipality_code, recipient_number
  FROM board_person WHERE application_id = :application;

--! many found conflicts_of (key application, key sitting)
SELECT r.reason, CONCAT(u.family, ' ', u.given) AS name, COALESCE(e.letter, '') AS letter FROM board_recusal r JOIN care_user u ON u.id = r.user_id
  LEFT JOIN board_seat e ON e.sitting_id = :sitting AND e.user_id = r.user_id WHERE r.application_id = :application ORDER BY e.letter;

--! exec recuse (key application, key user, text reason, utc now, key viewer)
INSERT IGNORE INTO board_recusal (application_id, user_id, reason, at, by_user) VALUES (:application, :user, :reason, :now, :viewer);

--! exec1 put_papers (key application, text? survey_note, text? physician_opinion)
-- New words want a new look at whom they name.
UPDATE board_application SET survey_note = :survey_note, physician_opinion = :physician_opinion, checked_at = NULL,
       state = IF(state = 'papers_ready', 'registered', state)
 WHERE id = :application AND state IN ('registered','papers_ready','re_survey','re_opinion');

--! many paper papers (key application)
SELECT p.file_id, p.ref AS id, a.ref AS application, p.kind, p.pages, p.words FROM board_paper p JOIN board_application a ON a.id = p.application_id
 WHERE p.application_id = :application AND p.removed_at IS NULL ORDER BY p.kind, p.id LIMIT 40;

--! one paper paper (key network, ref application, ref paper)
SELECT p.file_id, p.ref AS id, a.ref AS application, p.kind, p.pages, p.words FROM board_paper p JOIN board_application a ON a.id = p.application_id
 WHERE a.network_id = :network AND a.ref = :application AND p.ref = :paper AND p.removed_at IS NULL;

--! exec1 add_paper (ref ref, key application, text kind, key file, i64 pages, text? words, utc now, key viewer)
INSERT INTO board_paper (ref, application_id, kind, file_id, pages, words, added_at, added_by)
VALUES (:ref, :application, :kind, :file, :pages, :words, :now, :viewer);

--! exec1 remove_paper (key application, ref paper, utc now)
UPDATE board_paper SET removed_at = :now WHERE application_id = :application AND ref = :paper AND removed_at IS NULL;

--! exec1 look_again (key application)
-- Other papers want a new look at whom they name.
UPDATE board_application SET checked_at = NULL, state = IF(state = 'papers_ready', 'registered', state)
 WHERE id = :application AND state IN ('registered','papers_ready','re_survey','re_opinion');

--! exec1 put_checked (key application, utc now, key viewer)
UPDATE board_application SET checked_at = :now, checked_by = :viewer, state = 'papers_ready'
 WHERE id = :application AND state IN ('registered','re_survey','re_opinion');

--! exec1 put_simplified (key application, bool simplified)
UPDATE board_application SET simplified = :simplified WHERE id = :application AND state IN ('papers_ready','assigned','prereview');

--! exec1 application_goes (key application, text was, text state)
UPDATE board_application SET state = :state WHERE id = :application AND state = :was;

--! exec1 delay (key application, ref ref, date expected_on, text reason, utc now, key viewer)
INSERT INTO board_delay_letter (application_id, ref, expected_on, reason, at, user_id) VALUES (:application, :ref, :expected_on, :reason, :now, :viewer);

--! many letter letters (key application)
SELECT ref AS id, expected_on, reason, at FROM board_delay_letter WHERE application_id = :application ORDER BY board_delay_letter.id DESC LIMIT 20;

--! one letter letter (key application, ref letter)
SELECT ref AS id, expected_on, reason, at FROM board_delay_letter WHERE application_id = :application AND ref = :letter;

-- ---- the insurer's export ----

--! many heading headings (key network)
SELECT scheme, field, heading FROM board_heading WHERE network_id = :network ORDER BY scheme, field;

--! exec put_heading (key network, text scheme, text field, text heading)
INSERT INTO board_heading (network_id, scheme, field, heading) VALUES (:network, :scheme, :field, :heading) ON DUPLICATE KEY UPDATE heading = VALUES(heading);

--! one counted is_known (key network, text insurer_number, text insured_number, date applied_on)
SELECT COUNT(*) AS n FROM board_person
 WHERE network_id = :network AND insurer_number = :insurer_number AND insured_number = :insured_number AND applied_on = :applied_on AND scheme = 'care_level';

--! one counted is_known_recipient (key network, text municipality_code, text recipient_number, date applied_on)
SELECT COUNT(*) AS n FROM board_person
 WHERE network_id = :network AND municipality_code = :municipality_code AND recipient_number = :recipient_number AND applied_on = :applied_on;

--! one key_of add (ref ref, key network, text scheme, text kind, text insured_class, text? disability, text? disease, text sex, i64 age, date applied_on, text? previous_level,
--!   i64? previous_months, date? previous_to, text? survey_note, text? physician_opinion)
INSERT INTO board_application (ref, network_id, scheme, kind, insured_class, disability, disease, sex, age, applied_on, previous_level, previous_months, previous_to,
       survey_note, physician_opinion)
VALUES (:ref, :network, :scheme, :kind, :insured_class, :disability, :disease, :sex, :age, :applied_on, :previous_level, :previous_months, :previous_to,
       :survey_note, :physician_opinion) RETURNING id;

--! exec1 add_person (key application, key network, text scheme, text municipality_code, text recipient_number, text insurer_number, text insured_number, text family, text given, text kana, date birth_date,
--!   text? address, text? phone, text? facility, text? surveyor, text? physician, date applied_on)
INSERT INTO board_person (application_id, network_id, scheme, municipality_code, recipient_number, insurer_number, insured_number, family, given, kana, birth_date, address, phone, facility,
       surveyor, physician, applied_on)
VALUES (:application, :network, :scheme, :municipality_code, :recipient_number, :insurer_number, :insured_number, :family, :given, :kana, :birth_date, :address, :phone, :facility,
       :surveyor, :physician, :applied_on);

--! exec1 add_stage (key application, text level, i64 tenths, text parts, text answers, text? stability, i64? probability, text? physical,
--!   text? cognitive_survey, text? cognitive_opinion, utc now, key viewer)
INSERT INTO board_first_stage (application_id, number, level, tenths, parts, answers, stability, probability, physical, cognitive_survey,
       cognitive_opinion, at, user_id)
VALUES (:application, 1, :level, :tenths, :parts, :answers, :stability, :probability, :physical, :cognitive_survey, :cognitive_opinion, :now, :viewer);

--! exec1 add_import (ref ref, key network, key file, i64 taken, i64 known, utc now, key viewer)
INSERT INTO board_import (ref, network_id, file_id, taken, known, at, user_id) VALUES (:ref, :network, :file, :taken, :known, :now, :viewer);

--! many imported imports (key network)
SELECT i.ref AS id, i.taken, i.known, i.at, CONCAT(u.family, ' ', u.given) AS name FROM board_import i JOIN care_user u ON u.id = i.user_id
 WHERE i.network_id = :network ORDER BY i.id DESC LIMIT 5;

-- ---- results ----

--! many result results (key sitting)
-- For the insurer's system: codes as the LIFE interface has them.
SELECT w.insurer_number, w.insured_number, w.applied_on, d.outcome,
       ELT(FIELD(d.level, 'not_eligible','support1','support2','care1','care2','care3','care4','care5'), '01','12','13','21','22','23','24','25') AS level_code,
       d.valid_from, d.valid_to, d.months, d.state_image, d.reason, d.board_opinion, d.at AS decided_at
  FROM board_decision d JOIN board_person w ON w.application_id = d.application_id
 WHERE d.sitting_id = :sitting AND d.id = (SELECT MAX(n.id) FROM board_decision n WHERE n.application_id = d.application_id)
 ORDER BY w.insurer_number, w.insured_number LIMIT 500;

--! row support_result (text municipality_code, text recipient_number, date applied_on, text outcome, text? level_code, date? valid_from, date? valid_to, i64? months,
--!   text? reason, text? board_opinion, utc decided_at)
--! many support_result support_results (key sitting)
-- The same of support levels, for the municipality's: "0" is 非該当, else the number of the class.
SELECT w.municipality_code, w.recipient_number, w.applied_on, d.outcome,
       ELT(FIELD(d.level, 'not_eligible','class1','class2','class3','class4','class5','class6'), '0','1','2','3','4','5','6') AS level_code,
       d.valid_from, d.valid_to, d.months, d.reason, d.board_opinion, d.at AS decided_at
  FROM board_decision d JOIN board_person w ON w.application_id = d.application_id
 WHERE d.sitting_id = :sitting AND d.id = (SELECT MAX(n.id) FROM board_decision n WHERE n.application_id = d.application_id)
 ORDER BY w.municipality_code, w.recipient_number LIMIT 500;

-- ---- calibration ----

--! many departure departures (key network)
-- First stage and decision of two years.
SELECT a.scheme, d.first_level, COALESCE(d.level, '') AS level, COUNT(*) AS n FROM board_decision d JOIN board_application a ON a.id = d.application_id
 WHERE a.network_id = :network AND d.outcome = 'decided' AND d.at > UTC_TIMESTAMP(3) - INTERVAL 2 YEAR
   AND d.id = (SELECT MAX(n.id) FROM board_decision n WHERE n.application_id = d.application_id)
 GROUP BY a.scheme, d.first_level, d.level;

--! many by_item by_item (key network)
SELECT a.scheme, COALESCE(d.item, 0) AS item, COUNT(*) AS n FROM board_decision d JOIN board_application a ON a.id = d.application_id
 WHERE a.network_id = :network AND d.outcome = 'decided' AND d.level <> d.first_level AND d.item IS NOT NULL AND d.at > UTC_TIMESTAMP(3) - INTERVAL 2 YEAR
 GROUP BY a.scheme, d.item ORDER BY n DESC LIMIT 40;

--! row stage_now (text level, i64 tenths, text answers, text? stability, i64? probability, text? physical, text? cognitive_survey, text? cognitive_opinion)
--! one stage_now stage_now (key application)
SELECT level, tenths, answers, stability, probability, physical, cognitive_survey, cognitive_opinion
  FROM board_first_stage WHERE application_id = :application ORDER BY board_first_stage.number DESC LIMIT 1;
