-- The secretariat's side: who applied, when it is due, who sits. Nothing here reads what
-- a member proposes.

--! row numbers (i64 notice_days, i64 reveal_days, i64 purge_hours, i64 longest_months, bool slight_simplified, bool hard_to_find)
--! row waiting (key application_id, ref id, text name, text insurer_number, text kind, text state, i64 age, date applied_on, text? first_level, bool checked,
--!   i64? sitting_number, utc? begins_at, calc i64 days, calc i64 days_left, calc text urgency)
--! row held (key sitting_id, ref id, i64 number, text panel, utc begins_at, utc closes_at, text place, text state, i64 applications, i64 open)
--! row panel (key panel_id, ref id, text name, i64 members)
--! row membership (key panel_id, key user_id, ref user, text name, text field, text post)
--! row board_user (key user_id, ref id, text name, text? field, date? term_from, date? term_to, text? office, i64 panels)
--! row sitting (key sitting_id, key panel_id, ref id, i64 number, text panel, utc begins_at, utc closes_at, text place, text state)
--! row convened (key user_id, ref user, text name, text letter, text field, text post, bool substitute, text? answer, i64 proposed, i64 begun, i64 opened, utc? active_at,
--!   i64 conflicts, calc i64 left)
--! row substitute (key user_id, ref id, text name, text field, key office_id)
--! row application (key application_id, ref id, text state, text kind, text insured_class, text? disease, text sex, i64 age, date applied_on, text? previous_level,
--!   i64? previous_months, date? previous_to, text? survey_note, text? physician_opinion, utc? checked_at, bool simplified, i64? serial_number, key sitting_id)
--! row whose (text insurer_number, text insured_number, text family, text given, text kana, date birth_date, text? address, text? phone,
--!   text? facility, text? surveyor, text? physician)
--! row found (text reason, text name, text letter)
--! row letter (ref id, date expected_on, text reason, utc at)
--! row heading (text field, text heading)
--! row imported (ref id, i64 taken, i64 known, utc at, text name)
--! row key_of (key id)
--! row counted (i64 n)
--! row departure (text? first_level, text level, i64 n)
--! row by_item (i64 item, i64 n)

--! one numbers numbers (key network)
SELECT notice_days, reveal_days, purge_hours, longest_months, slight_simplified, hard_to_find FROM board_setting WHERE network_id = :network;

--! exec put_numbers (key network, i64 notice_days, i64 reveal_days, i64 purge_hours, i64 longest_months, bool slight_simplified, bool hard_to_find)
INSERT INTO board_setting (network_id, notice_days, reveal_days, purge_hours, longest_months, slight_simplified, hard_to_find)
VALUES (:network, :notice_days, :reveal_days, :purge_hours, :longest_months, :slight_simplified, :hard_to_find)
ON DUPLICATE KEY UPDATE notice_days = VALUES(notice_days), reveal_days = VALUES(reveal_days), purge_hours = VALUES(purge_hours),
       longest_months = VALUES(longest_months), slight_simplified = VALUES(slight_simplified),
       hard_to_find = VALUES(hard_to_find);

--! many waiting waiting (key network)
-- What is not decided, what is due first on top.
SELECT a.id AS application_id, a.ref AS id, CONCAT(w.family, ' ', w.given) AS name, w.insurer_number, a.kind, a.state, a.age, a.applied_on,
       f.level AS first_level, a.checked_at IS NOT NULL AS checked, s.number AS sitting_number, s.begins_at
  FROM board_application a JOIN board_person w ON w.application_id = a.id
  LEFT JOIN board_sitting s ON s.id = a.sitting_id
  LEFT JOIN board_first_stage f ON f.application_id = a.id
   AND f.number = (SELECT MAX(n.number) FROM board_first_stage n WHERE n.application_id = a.id)
 WHERE a.network_id = :network AND a.state IN ('registered','papers_ready','assigned','prereview','tabled','carried_over','re_survey','re_opinion')
 ORDER BY a.applied_on, a.id LIMIT 300;

--! many waiting listed (key sitting)
-- What is on the list of a sitting.
SELECT a.id AS application_id, a.ref AS id, CONCAT(w.family, ' ', w.given) AS name, w.insurer_number, a.kind, a.state, a.age, a.applied_on,
       f.level AS first_level, a.checked_at IS NOT NULL AS checked, s.number AS sitting_number, s.begins_at
  FROM board_application a JOIN board_person w ON w.application_id = a.id
  LEFT JOIN board_sitting s ON s.id = a.sitting_id
  LEFT JOIN board_first_stage f ON f.application_id = a.id
   AND f.number = (SELECT MAX(n.number) FROM board_first_stage n WHERE n.application_id = a.id)
 WHERE a.sitting_id = :sitting AND a.state NOT IN ('carried_over','withdrawn','deceased') ORDER BY a.serial_number LIMIT 300;

--! many waiting candidates (key network)
-- What could be put on one.
SELECT a.id AS application_id, a.ref AS id, CONCAT(w.family, ' ', w.given) AS name, w.insurer_number, a.kind, a.state, a.age, a.applied_on,
       f.level AS first_level, a.checked_at IS NOT NULL AS checked, s.number AS sitting_number, s.begins_at
  FROM board_application a JOIN board_person w ON w.application_id = a.id
  LEFT JOIN board_sitting s ON s.id = a.sitting_id
  LEFT JOIN board_first_stage f ON f.application_id = a.id
   AND f.number = (SELECT MAX(n.number) FROM board_first_stage n WHERE n.application_id = a.id)
 WHERE a.network_id = :network AND a.state IN ('papers_ready','carried_over') ORDER BY a.applied_on, a.id LIMIT 100;

--! many held sittings (key network)
SELECT s.id AS sitting_id, s.ref AS id, s.number, p.name AS panel, s.begins_at, s.closes_at, s.place, s.state,
       (SELECT COUNT(*) FROM board_application a WHERE a.sitting_id = s.id) AS applications,
       (SELECT COUNT(*) FROM board_application a WHERE a.sitting_id = s.id AND a.state IN ('assigned','prereview','tabled')) AS open
  FROM board_sitting s JOIN board_panel p ON p.id = s.panel_id
 WHERE s.network_id = :network ORDER BY s.begins_at DESC LIMIT 12;

--! many panel panels (key network)
SELECT p.id AS panel_id, p.ref AS id, p.name, (SELECT COUNT(*) FROM board_panel_member m WHERE m.panel_id = p.id) AS members
  FROM board_panel p WHERE p.network_id = :network ORDER BY p.name LIMIT 100;

--! one panel panel (key network, ref panel)
SELECT p.id AS panel_id, p.ref AS id, p.name, (SELECT COUNT(*) FROM board_panel_member m WHERE m.panel_id = p.id) AS members
  FROM board_panel p WHERE p.network_id = :network AND p.ref = :panel;

--! many membership memberships (key network)
SELECT m.panel_id, m.user_id, u.ref AS user, CONCAT(u.family, ' ', u.given) AS name, b.field, m.post
  FROM board_panel p JOIN board_panel_member m ON m.panel_id = p.id JOIN care_user u ON u.id = m.user_id JOIN board_member b ON b.user_id = u.id
 WHERE p.network_id = :network ORDER BY m.panel_id, FIELD(m.post, 'chair', 'deputy', 'member'), u.id LIMIT 500;

--! many board_user members (key network)
-- Everybody with the role, whether her field is known or not.
SELECT u.id AS user_id, u.ref AS id, CONCAT(u.family, ' ', u.given) AS name, b.field, b.term_from, b.term_to, o.name AS office,
       (SELECT COUNT(*) FROM board_panel_member m WHERE m.user_id = u.id) AS panels
  FROM care_user u LEFT JOIN board_member b ON b.user_id = u.id LEFT JOIN care_office o ON o.id = b.office_id
 WHERE u.network_id = :network AND FIND_IN_SET('board_member', u.roles) AND u.suspended_at IS NULL
 ORDER BY u.kana_family, u.kana_given LIMIT 300;

--! one board_user member (key network, ref user)
SELECT u.id AS user_id, u.ref AS id, CONCAT(u.family, ' ', u.given) AS name, b.field, b.term_from, b.term_to, o.name AS office,
       (SELECT COUNT(*) FROM board_panel_member m WHERE m.user_id = u.id) AS panels
  FROM care_user u LEFT JOIN board_member b ON b.user_id = u.id LEFT JOIN care_office o ON o.id = b.office_id
 WHERE u.network_id = :network AND u.ref = :user AND FIND_IN_SET('board_member', u.roles);

--! exec put_member (key user, key network, text field, date term_from, date term_to, text? office_number)
INSERT INTO board_member (user_id, network_id, field, term_from, term_to, office_id)
SELECT :user, :network, :field, :term_from, :term_to,
       COALESCE((SELECT o.id FROM care_office o WHERE o.network_id = :network AND o.office_number = :office_number), 0)
ON DUPLICATE KEY UPDATE field = VALUES(field), term_from = VALUES(term_from), term_to = VALUES(term_to), office_id = VALUES(office_id);

--! exec1 add_panel (ref ref, key network, text name)
INSERT INTO board_panel (ref, network_id, name) VALUES (:ref, :network, :name);

--! exec seat_in_panel (key panel, key user, text post, date today)
INSERT INTO board_panel_member (panel_id, user_id, post, joined_on) VALUES (:panel, :user, :post, :today)
ON DUPLICATE KEY UPDATE post = VALUES(post);

--! exec demote (key panel, key user, text post)
-- One chair and one deputy a panel.
UPDATE board_panel_member SET post = 'member' WHERE panel_id = :panel AND user_id <> :user AND post = :post AND post <> 'member';

--! exec leave_panel (key panel, key user)
DELETE FROM board_panel_member WHERE panel_id = :panel AND user_id = :user;

--! one key_of add_sitting (ref ref, key network, key panel, utc begins_at, utc closes_at, text place)
-- Numbered on.
INSERT INTO board_sitting (ref, network_id, panel_id, number, begins_at, closes_at, place)
SELECT :ref, :network, :panel, COALESCE(MAX(s.number), 0) + 1, :begins_at, :closes_at, :place FROM board_sitting s WHERE s.network_id = :network
RETURNING id;

--! exec seat_panel (key sitting, key panel)
-- The panel as it is now, with a letter each; the chair is A.
INSERT INTO board_seat (sitting_id, user_id, letter, field, post)
SELECT :sitting, m.user_id, CHAR(64 + ROW_NUMBER() OVER (ORDER BY FIELD(m.post, 'chair', 'deputy', 'member'), m.user_id)), b.field, m.post
  FROM board_panel_member m JOIN board_member b ON b.user_id = m.user_id WHERE m.panel_id = :panel;

--! one sitting sitting (key network, ref sitting)
SELECT s.id AS sitting_id, s.panel_id, s.ref AS id, s.number, p.name AS panel, s.begins_at, s.closes_at, s.place, s.state
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

--! exec1 go_on (key sitting, text was, text state, utc? closed_at)
UPDATE board_sitting SET state = :state, closed_at = COALESCE(:closed_at, closed_at) WHERE id = :sitting AND state = :was;

--! exec applications_go (key sitting, text was, text state)
UPDATE board_application SET state = :state WHERE sitting_id = :sitting AND state = :was;

--! exec give_back (key sitting)
-- A sitting that is called off keeps nothing.
UPDATE board_application SET state = 'papers_ready', sitting_id = NULL, serial_number = NULL
 WHERE sitting_id = :sitting AND state = 'assigned';

--! many substitute substitutes (key network, key sitting)
-- Who could sit instead: of the network, term not over, not in this sitting.
SELECT b.user_id, u.ref AS id, CONCAT(u.family, ' ', u.given) AS name, b.field, b.office_id
  FROM board_member b JOIN care_user u ON u.id = b.user_id
 WHERE b.network_id = :network AND u.suspended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM board_seat e WHERE e.sitting_id = :sitting AND e.user_id = b.user_id) ORDER BY b.field, u.kana_family LIMIT 100;

--! exec1 seat_substitute (key sitting, ref user, key network)
INSERT INTO board_seat (sitting_id, user_id, letter, field, post, substitute)
SELECT :sitting, b.user_id, CHAR(65 + (SELECT COUNT(*) FROM board_seat c WHERE c.sitting_id = :sitting)), b.field, 'member', 1
  FROM board_member b JOIN care_user u ON u.id = b.user_id WHERE u.ref = :user AND b.network_id = :network;

--! exec1 put_in (key network, key sitting, ref application)
-- The next serial number of the sitting.
UPDATE board_application SET serial_number = 1 + (SELECT COALESCE(MAX(b.serial_number), 0)
         FROM (SELECT c.serial_number FROM board_application c WHERE c.sitting_id = :sitting) b), sitting_id = :sitting, state = 'assigned'
 WHERE network_id = :network AND ref = :application AND state IN ('papers_ready','carried_over');

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

--! one application application (key network, ref application)
SELECT a.id AS application_id, a.ref AS id, a.state, a.kind, a.insured_class, a.disease, a.sex, a.age, a.applied_on, a.previous_level, a.previous_months,
       a.previous_to, a.survey_note, a.physician_opinion, a.checked_at, a.simplified, a.serial_number, COALESCE(a.sitting_id, 0) AS sitting_id
  FROM board_application a WHERE a.network_id = :network AND a.ref = :application;

--! one whose whose (key application)
SELECT insurer_number, insured_number, family, given, kana, birth_date, address, phone, facility, surveyor, physician
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
SELECT field, heading FROM board_column WHERE network_id = :network ORDER BY field;

--! exec put_heading (key network, text field, text heading)
INSERT INTO board_column (network_id, field, heading) VALUES (:network, :field, :heading) ON DUPLICATE KEY UPDATE heading = VALUES(heading);

--! one counted is_known (key network, text insurer_number, text insured_number, date applied_on)
SELECT COUNT(*) AS n FROM board_person
 WHERE network_id = :network AND insurer_number = :insurer_number AND insured_number = :insured_number AND applied_on = :applied_on;

--! one key_of add (ref ref, key network, text kind, text insured_class, text? disease, text sex, i64 age, date applied_on, text? previous_level,
--!   i64? previous_months, date? previous_to, text? survey_note, text? physician_opinion)
INSERT INTO board_application (ref, network_id, kind, insured_class, disease, sex, age, applied_on, previous_level, previous_months, previous_to,
       survey_note, physician_opinion)
VALUES (:ref, :network, :kind, :insured_class, :disease, :sex, :age, :applied_on, :previous_level, :previous_months, :previous_to,
       :survey_note, :physician_opinion) RETURNING id;

--! exec1 add_person (key application, key network, text insurer_number, text insured_number, text family, text given, text kana, date birth_date,
--!   text? address, text? phone, text? facility, text? surveyor, text? physician, date applied_on)
INSERT INTO board_person (application_id, network_id, insurer_number, insured_number, family, given, kana, birth_date, address, phone, facility,
       surveyor, physician, applied_on)
VALUES (:application, :network, :insurer_number, :insured_number, :family, :given, :kana, :birth_date, :address, :phone, :facility,
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

-- ---- calibration ----

--! many departure departures (key network)
-- First stage and decision of two years.
SELECT d.first_level, COALESCE(d.level, '') AS level, COUNT(*) AS n FROM board_decision d JOIN board_application a ON a.id = d.application_id
 WHERE a.network_id = :network AND d.outcome = 'decided' AND d.at > UTC_TIMESTAMP(3) - INTERVAL 2 YEAR
   AND d.id = (SELECT MAX(n.id) FROM board_decision n WHERE n.application_id = d.application_id)
 GROUP BY d.first_level, d.level ORDER BY FIELD(d.first_level, 'not_eligible','support1','support2','care1','care2','care3','care4','care5'), 2;

--! many by_item by_item (key network)
SELECT COALESCE(d.item, 0) AS item, COUNT(*) AS n FROM board_decision d JOIN board_application a ON a.id = d.application_id
 WHERE a.network_id = :network AND d.outcome = 'decided' AND d.level <> d.first_level AND d.item IS NOT NULL AND d.at > UTC_TIMESTAMP(3) - INTERVAL 2 YEAR
 GROUP BY d.item ORDER BY n DESC LIMIT 20;

--! row stage_now (text level, i64 tenths, text answers, text? stability, i64? probability, text? physical, text? cognitive_survey, text? cognitive_opinion)
--! one stage_now stage_now (key application)
SELECT level, tenths, answers, stability, probability, physical, cognitive_survey, cognitive_opinion
  FROM board_first_stage WHERE application_id = :application ORDER BY board_first_stage.number DESC LIMIT 1;
