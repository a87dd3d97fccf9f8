-- What a member sees and proposes. No statement here names a table that says whose an
-- application is (tests/board/blind.t), and before the close none reads a proposal of
-- another's: board_shown_proposal has none then.

--! row seat (key sitting_id, ref id, i64 number, text panel, utc begins_at, utc closes_at, text place, text state, text letter, text? answer, text scheme, ref? meeting,
--!   i64 applications, i64 proposed, calc i64 left, calc i64 days_left, calc bool open, calc bool shown)
--! row listed (key application_id, ref id, i64 serial_number, text kind, text insured_class, text? disability, text sex, i64 age, date applied_on, text? previous_level,
--!   text? first_level, i64 tenths, bool simplified, bool conflict, bool opened, bool begun, bool done, text? level)
--! row seen (key application_id, key sitting_id, ref id, ref sitting, text sitting_state, utc closes_at, text scheme, i64 serial_number, text kind, text insured_class,
--!   text? disability, text? disease, text sex, i64 age, date applied_on, text? previous_level, i64? previous_months, date? previous_to, text? survey_note,
--!   text? physician_opinion, bool simplified, bool conflict, key longest_months, key sheets,
--!   text? stage__level, i64? stage__tenths, text? stage__parts, text? stage__answers, text? stage__stability, i64? stage__probability, text? stage__physical,
--!   text? stage__cognitive_survey, text? stage__cognitive_opinion,
--!   text? own__level, i64? own__months, text? own__state_image, text? own__comment, bool? own__done, utc? own__saved_at)
--! row next (ref id)

--! many seat sittings (key viewer)
-- Hers, the newest first; until they are over she need not look for them. By state: in ten years she has sat in
-- hundreds that are purged.
SELECT s.id AS sitting_id, s.ref AS id, s.number, p.name AS panel, s.begins_at, s.closes_at, s.place, s.state, e.letter, e.answer, s.scheme,
       (SELECT m.ref FROM meeting_meeting m WHERE m.ref = s.meeting AND m.state = 'scheduled') AS meeting,
       IF(s.state = 'notice_sent', 0, (SELECT COUNT(*) FROM board_application a WHERE a.sitting_id = s.id AND a.state NOT IN ('withdrawn','deceased'))) AS applications,
       (SELECT COUNT(*) FROM board_own_proposal o WHERE o.user_id = :viewer AND o.sitting_id = s.id AND o.done) AS proposed
  FROM board_seat e JOIN board_sitting s ON s.id = e.sitting_id JOIN board_panel p ON p.id = s.panel_id
 WHERE e.user_id = :viewer
   AND s.state IN ('notice_sent','prereview_open','prereview_closed','in_session','suspended','closed','minutes_approved')
 ORDER BY s.begins_at DESC, s.id DESC LIMIT 20;

--! one seat sitting (key viewer, ref sitting)
SELECT s.id AS sitting_id, s.ref AS id, s.number, p.name AS panel, s.begins_at, s.closes_at, s.place, s.state, e.letter, e.answer, s.scheme,
       (SELECT m.ref FROM meeting_meeting m WHERE m.ref = s.meeting AND m.state = 'scheduled') AS meeting,
       IF(s.state = 'notice_sent', 0, (SELECT COUNT(*) FROM board_application a WHERE a.sitting_id = s.id AND a.state NOT IN ('withdrawn','deceased'))) AS applications,
       (SELECT COUNT(*) FROM board_own_proposal o WHERE o.user_id = :viewer AND o.sitting_id = s.id AND o.done) AS proposed
  FROM board_seat e JOIN board_sitting s ON s.id = e.sitting_id JOIN board_panel p ON p.id = s.panel_id
 WHERE e.user_id = :viewer AND s.ref = :sitting AND s.state NOT IN ('draft','cancelled','purged');

--! exec1 answer (key sitting, key viewer, text answer, utc now)
UPDATE board_seat SET answer = :answer, answered_at = :now WHERE sitting_id = :sitting AND user_id = :viewer;

--! many listed listed (key viewer, key sitting)
-- With what she has done herself.
SELECT v.id AS application_id, v.ref AS id, COALESCE(v.serial_number, 0) AS serial_number, v.kind, v.insured_class, v.disability, v.sex, v.age, v.applied_on, v.previous_level,
       v.first_level, COALESCE(v.first_tenths, 0) AS tenths, v.simplified, r.user_id IS NOT NULL AS conflict,
       g.user_id IS NOT NULL AS opened, o.user_id IS NOT NULL AND NOT o.done AS begun, COALESCE(o.done, 0) AS done, o.level
  FROM board_seen v
  LEFT JOIN board_recusal r ON r.application_id = v.id AND r.user_id = :viewer
  LEFT JOIN board_reading g ON g.application_id = v.id AND g.sitting_id = v.sitting_id AND g.user_id = :viewer
  LEFT JOIN board_own_proposal o ON o.application_id = v.id AND o.sitting_id = v.sitting_id AND o.user_id = :viewer
 WHERE v.viewer_id = :viewer AND v.sitting_id = :sitting ORDER BY v.serial_number LIMIT 200;

--! one seen application (key viewer, key network, ref application)
-- With the newest first stage, what she has proposed herself and the town's own longest validity: a page of one
-- statement. Of its papers how many there are.
SELECT v.id AS application_id, COALESCE(v.sitting_id, 0) AS sitting_id, v.ref AS id, v.sitting, v.sitting_state, v.closes_at, v.scheme, COALESCE(v.serial_number, 0) AS serial_number, v.kind, v.insured_class,
       v.disability, v.disease, v.sex, v.age, v.applied_on, v.previous_level, v.previous_months, v.previous_to, v.survey_note, v.physician_opinion,
       v.simplified, r.user_id IS NOT NULL AS conflict, COALESCE(n.longest_months, 0) AS longest_months,
       (SELECT COUNT(*) FROM board_paper p WHERE p.application_id = v.id AND p.removed_at IS NULL) AS sheets,
       f.level AS stage__level, f.tenths AS stage__tenths, f.parts AS stage__parts, f.answers AS stage__answers, f.stability AS stage__stability,
       f.probability AS stage__probability, f.physical AS stage__physical, f.cognitive_survey AS stage__cognitive_survey, f.cognitive_opinion AS stage__cognitive_opinion,
       o.level AS own__level, o.months AS own__months, o.state_image AS own__state_image, o.comment AS own__comment, o.done AS own__done, o.saved_at AS own__saved_at
  FROM board_seen v
  LEFT JOIN board_recusal r ON r.application_id = v.id AND r.user_id = :viewer
  LEFT JOIN board_own_proposal o ON o.application_id = v.id AND o.sitting_id = v.sitting_id AND o.user_id = :viewer
  LEFT JOIN board_first_stage f ON f.application_id = v.id AND f.number = v.first_number
  LEFT JOIN board_setting n ON n.network_id = :network
 WHERE v.viewer_id = :viewer AND v.ref = :application;

--! one next next (key viewer, key sitting, i64 behind, i64 before)
-- The first between two numbers that she has not proposed for, along the list as its key has it.
SELECT v.ref AS id FROM board_seen v
  LEFT JOIN board_own_proposal o ON o.application_id = v.id AND o.sitting_id = v.sitting_id AND o.user_id = :viewer
  LEFT JOIN board_recusal r ON r.application_id = v.id AND r.user_id = :viewer
 WHERE v.viewer_id = :viewer AND v.sitting_id = :sitting AND v.serial_number > :behind AND v.serial_number < :before
   AND COALESCE(o.done, 0) = 0 AND r.user_id IS NULL
 ORDER BY v.serial_number LIMIT 1;

--! exec change (key application, key sitting, key viewer, text? level, i64? months, text? state_image, text? comment, bool done, utc now)
UPDATE board_proposal SET level = :level, months = :months, state_image = :state_image, comment = :comment, done = :done, saved_at = :now
 WHERE application_id = :application AND sitting_id = :sitting AND user_id = :viewer;

--! exec1 propose (key application, key sitting, key viewer, text? level, i64? months, text? state_image, text? comment, bool done, utc now)
INSERT INTO board_proposal (application_id, sitting_id, user_id, level, months, state_image, comment, done, saved_at)
VALUES (:application, :sitting, :viewer, :level, :months, :state_image, :comment, :done, :now);

--! exec read (key application, key sitting, key viewer, utc now)
INSERT INTO board_reading (application_id, sitting_id, user_id, first_at, last_at)
VALUES (:application, :sitting, :viewer, :now, :now) ON DUPLICATE KEY UPDATE last_at = VALUES(last_at);

--! exec declare (key application, key viewer, utc now)
-- By herself: she may not vote. Nobody asks why.
INSERT IGNORE INTO board_recusal (application_id, user_id, reason, at, by_user) VALUES (:application, :viewer, 'declared', :now, :viewer);

--! row paper (key file_id, ref id, ref application, text kind, i64 pages)
--! many paper papers (key viewer, key application)
SELECT file_id, ref AS id, application, kind, pages FROM board_seen_paper
 WHERE viewer_id = :viewer AND application_id = :application ORDER BY board_seen_paper.kind, board_seen_paper.id LIMIT 40;

--! one paper paper (key viewer, ref application, ref paper)
SELECT file_id, ref AS id, application, kind, pages FROM board_seen_paper
 WHERE viewer_id = :viewer AND application = :application AND ref = :paper;
