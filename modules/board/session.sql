-- The sitting itself, on the projector: by its secretary, or by who presides. Nothing here
-- says whose an application is.

--! row session (key sitting_id, ref id, i64 number, text panel, utc begins_at, text place, text state, utc? closed_at, key network_id, text scheme, ref? meeting)
--! row present (key user_id, ref user, text name, text letter, text field, text post, bool substitute, text? answer, bool attended, bool presides)
--! row heard (key application_id, key sitting_id, ref id, i64 serial_number, text state, text kind, text insured_class, text? disability, text? disease, text sex, i64 age,
--!   date applied_on, text? previous_level, i64? previous_months, date? previous_to, text? survey_note, text? physician_opinion, bool simplified)
--! row run (i64 number, text level, i64 tenths, text parts, text answers, text? stability, i64? probability, text? physical, text? cognitive_survey, text? cognitive_opinion,
--!   text? reason)
--! row step (i64 step)
--! row decision (ref id, text outcome, text? level, text? first_level, i64? months, date? valid_from, date? valid_to, text? state_image, text? reason,
--!   i64? item, text? board_opinion, text? manner, i64? ayes, i64? voters, utc at, text user_name)
--! row minute (key application_id, i64 serial_number, text kind, text outcome, text? level, text? first_level, i64? months, text? state_image, text? reason, i64? item,
--!   text? board_opinion, text? manner, i64? ayes, i64? voters)
--! row absent (i64 serial_number, text letter)
--! row sheet (ref id, text kind, i64 pages)
--! row cap (i64 longest_months)
--! row remaining (i64 n)

--! one session session (ref sitting, key viewer, key network, bool secretary)
-- For the secretary, and for chair and deputy of the sitting.
SELECT s.id AS sitting_id, s.ref AS id, s.number, p.name AS panel, s.begins_at, s.place, s.state, s.closed_at, s.network_id, s.scheme,
       (SELECT m.ref FROM meeting_meeting m WHERE m.ref = s.meeting AND m.state = 'scheduled') AS meeting
  FROM board_sitting s JOIN board_panel p ON p.id = s.panel_id
 WHERE s.ref = :sitting AND s.network_id = :network
   AND s.state IN ('prereview_closed','in_session','suspended','closed','minutes_approved','purged')
   AND (:secretary OR EXISTS (SELECT 1 FROM board_seat e WHERE e.sitting_id = s.id AND e.user_id = :viewer AND e.post <> 'member'));

--! many present present (key sitting)
SELECT e.user_id, u.ref AS user, CONCAT(u.family, ' ', u.given) AS name, e.letter, e.field, e.post, e.substitute, e.answer, e.attended, e.presides
  FROM board_seat e JOIN care_user u ON u.id = e.user_id WHERE e.sitting_id = :sitting ORDER BY e.letter;

--! exec all_absent (key sitting)
UPDATE board_seat SET attended = 0, presides = 0 WHERE sitting_id = :sitting;

--! exec attends (key sitting, text letters)
-- Those whose letters are named.
UPDATE board_seat SET attended = 1 WHERE sitting_id = :sitting AND FIND_IN_SET(letter, :letters);

--! exec presides (key sitting)
-- The chair, or the deputy while the chair is away.
UPDATE board_seat SET presides = 1 WHERE sitting_id = :sitting AND attended AND post <> 'member' ORDER BY FIELD(post, 'chair', 'deputy') LIMIT 1;

--! exec1 go_on (key sitting, text was, text state, utc? closed_at)
UPDATE board_sitting SET state = :state, closed_at = COALESCE(:closed_at, closed_at) WHERE id = :sitting AND state = :was;

--! exec put_on_table (key sitting)
UPDATE board_application SET state = 'tabled' WHERE sitting_id = :sitting AND state = 'prereview';

--! one remaining still_open (key sitting)
SELECT COUNT(*) AS n FROM board_application WHERE board_application.sitting_id = :sitting AND state IN ('prereview','tabled');

--! one heard heard (key sitting, ref application)
SELECT id AS application_id, COALESCE(board_application.sitting_id, 0) AS sitting_id, ref AS id, COALESCE(serial_number, 0) AS serial_number, state, kind, insured_class, disability, disease, sex, age, applied_on, previous_level,
       previous_months, previous_to, survey_note, physician_opinion, simplified
  FROM board_application WHERE board_application.sitting_id = :sitting AND ref = :application AND state NOT IN ('withdrawn','deceased');

--! one heard next (key sitting, i64 serial_number)
SELECT id AS application_id, COALESCE(board_application.sitting_id, 0) AS sitting_id, ref AS id, COALESCE(serial_number, 0) AS serial_number, state, kind, insured_class, disability, disease, sex, age, applied_on, previous_level,
       previous_months, previous_to, survey_note, physician_opinion, simplified
  FROM board_application WHERE board_application.sitting_id = :sitting AND state = 'tabled' AND board_application.serial_number <> :serial_number
 ORDER BY board_application.serial_number < :serial_number, board_application.serial_number LIMIT 1;

--! one run stage (key application)
SELECT number, level, tenths, parts, answers, stability, probability, physical, cognitive_survey, cognitive_opinion, reason
  FROM board_first_stage WHERE application_id = :application ORDER BY number DESC LIMIT 1;

--! exec1 rerun (key application, i64 number, text level, i64 tenths, text reason, utc now, key viewer)
-- The insurer's software was run again with a corrected answer; all else stays.
INSERT INTO board_first_stage (application_id, number, level, tenths, parts, answers, stability, probability, physical, cognitive_survey,
       cognitive_opinion, reason, at, user_id)
SELECT application_id, :number + 1, :level, :tenths, '', answers, stability, probability, physical, cognitive_survey, cognitive_opinion, :reason, :now, :viewer
  FROM board_first_stage WHERE application_id = :application AND board_first_stage.number = :number;

--! many step steps (key application, key sitting)
SELECT step FROM board_step WHERE application_id = :application AND sitting_id = :sitting ORDER BY step;

--! exec take_step (key application, key sitting, i64 step, utc now, key viewer)
INSERT INTO board_step (application_id, sitting_id, step, at, user_id) VALUES (:application, :sitting, :step, :now, :viewer);

--! exec ballot (key application, key sitting, key user, text level)
INSERT INTO board_ballot (application_id, sitting_id, user_id, level) VALUES (:application, :sitting, :user, :level)
ON DUPLICATE KEY UPDATE level = VALUES(level);

--! exec1 decide (ref ref, key application, key sitting, text outcome, text? level, text? first_level, i64? months, date? valid_from, date? valid_to, text? state_image,
--!   text? reason, i64? item, text? board_opinion, text? manner, i64? ayes, i64? voters, utc now, key viewer, text name, i64 serial_number)
INSERT INTO board_decision (ref, application_id, sitting_id, outcome, level, first_level, months, valid_from, valid_to, state_image, reason, item,
       board_opinion, manner, ayes, voters, at, user_id, user_name, serial_number)
VALUES (:ref, :application, :sitting, :outcome, :level, :first_level, :months, :valid_from, :valid_to, :state_image, :reason, :item,
       :board_opinion, :manner, :ayes, :voters, :now, :viewer, :name, :serial_number);

--! exec1 application_goes (key application, text was, text state)
UPDATE board_application SET state = :state WHERE id = :application AND state = :was;

--! many decision decisions (key application)
-- The newest first; none is ever changed.
SELECT ref AS id, outcome, level, first_level, months, valid_from, valid_to, state_image, reason, item, board_opinion, manner, ayes, voters, at,
       user_name
  FROM board_decision WHERE application_id = :application ORDER BY board_decision.id DESC LIMIT 10;

--! many minute minutes (key sitting)
-- As it was in this sitting, wherever the application has gone since.
SELECT d.application_id, COALESCE(d.serial_number, a.serial_number, 0) AS serial_number, a.kind, d.outcome, d.level, d.first_level, d.months, d.state_image, d.reason, d.item, d.board_opinion,
       d.manner, d.ayes, d.voters
  FROM board_decision d JOIN board_application a ON a.id = d.application_id
 WHERE d.sitting_id = :sitting
   AND d.id = (SELECT MAX(n.id) FROM board_decision n WHERE n.application_id = d.application_id AND n.sitting_id = d.sitting_id)
 ORDER BY 2 LIMIT 300;

--! row reopened (i64 serial_number, text? level, text reason, utc at, text user_name)
--! many reopened reopenings (key sitting)
-- What was decided here and taken up again, and why.
SELECT COALESCE(d.serial_number, 0) AS serial_number, d.level, o.reason, o.at, o.user_name
  FROM board_reopening o JOIN board_decision d ON d.id = o.decision_id
 WHERE o.sitting_id = :sitting ORDER BY o.at LIMIT 300;

--! exec1 reopen (key application, key sitting, text reason, utc now, key viewer, text name)
-- The decision that stands; it is kept, and a new one follows.
INSERT INTO board_reopening (decision_id, application_id, sitting_id, reason, at, user_id, user_name)
SELECT MAX(d.id), :application, :sitting, :reason, :now, :viewer, :name FROM board_decision d WHERE d.application_id = :application
HAVING MAX(d.id) IS NOT NULL;

--! many absent recusals (key sitting)
-- As it was in this sitting: of what was decided here, wherever it has gone since, those recused by then; of the rest, all.
SELECT COALESCE(d.serial_number, a.serial_number, 0) AS serial_number, e.letter
  FROM board_decision d JOIN board_application a ON a.id = d.application_id
  JOIN board_recusal r ON r.application_id = d.application_id AND r.at <= d.at
  JOIN board_seat e ON e.sitting_id = d.sitting_id AND e.user_id = r.user_id
 WHERE d.sitting_id = :sitting
   AND d.id = (SELECT MAX(n.id) FROM board_decision n WHERE n.application_id = d.application_id AND n.sitting_id = d.sitting_id)
UNION ALL
SELECT COALESCE(a.serial_number, 0), e.letter FROM board_recusal r JOIN board_application a ON a.id = r.application_id
  JOIN board_seat e ON e.sitting_id = a.sitting_id AND e.user_id = r.user_id
 WHERE a.sitting_id = :sitting AND NOT EXISTS (SELECT 1 FROM board_decision d WHERE d.application_id = a.id AND d.sitting_id = a.sitting_id)
 ORDER BY 1, 2;

--! many sheet papers (key application)
SELECT ref AS id, kind, pages FROM board_paper WHERE application_id = :application AND removed_at IS NULL
 ORDER BY board_paper.kind, board_paper.id LIMIT 40;

--! one cap limits (key network)
SELECT longest_months FROM board_setting WHERE network_id = :network;
