-- What a member sees and proposes. No statement here names a table that says whose an
-- application is (tests/board/blind.t), and before the close none reads a proposal of
-- another's: board_shown_proposal has none then.

--! row seat (key sitting_id, ref id, i64 number, text panel, utc begins_at, utc closes_at, text place, text state, text letter, text? answer,
--!   i64 applications, i64 proposed, calc i64 left, calc i64 days_left, calc bool open, calc bool shown)
--! row listed (key application_id, ref id, i64 serial_number, text kind, text insured_class, text sex, i64 age, date applied_on, text? previous_level,
--!   text? first_level, i64 tenths, bool simplified, bool conflict, bool opened, bool begun, bool done, text? level)
--! row seen (key application_id, key sitting_id, ref id, ref sitting, text sitting_state, utc closes_at, i64 serial_number, text kind, text insured_class,
--!   text? disease, text sex, i64 age, date applied_on, text? previous_level, i64? previous_months, date? previous_to, text? survey_note,
--!   text? physician_opinion, bool simplified, bool conflict)
--! row stage (text level, i64 tenths, text parts, text answers, text? stability, i64? probability, text? physical, text? cognitive_survey, text? cognitive_opinion)
--! row own (text? level, i64? months, text? state_image, text? comment, bool done, utc saved_at)
--! row next (ref id)

--! many seat sittings (key viewer)
-- Hers, the newest first; until they are over she need not look for them.
SELECT s.id AS sitting_id, s.ref AS id, s.number, p.name AS panel, s.begins_at, s.closes_at, s.place, s.state, e.letter, e.answer,
       (SELECT COUNT(*) FROM board_seen v WHERE v.viewer_id = e.user_id AND v.sitting_id = s.id) AS applications,
       (SELECT COUNT(*) FROM board_own_proposal o WHERE o.user_id = :viewer AND o.sitting_id = s.id AND o.done) AS proposed
  FROM board_seat e JOIN board_sitting s ON s.id = e.sitting_id JOIN board_panel p ON p.id = s.panel_id
 WHERE e.user_id = :viewer AND s.state NOT IN ('draft','cancelled','purged')
 ORDER BY s.begins_at DESC LIMIT 20;

--! one seat sitting (key viewer, ref sitting)
SELECT s.id AS sitting_id, s.ref AS id, s.number, p.name AS panel, s.begins_at, s.closes_at, s.place, s.state, e.letter, e.answer,
       (SELECT COUNT(*) FROM board_seen v WHERE v.viewer_id = e.user_id AND v.sitting_id = s.id) AS applications,
       (SELECT COUNT(*) FROM board_own_proposal o WHERE o.user_id = :viewer AND o.sitting_id = s.id AND o.done) AS proposed
  FROM board_seat e JOIN board_sitting s ON s.id = e.sitting_id JOIN board_panel p ON p.id = s.panel_id
 WHERE e.user_id = :viewer AND s.ref = :sitting AND s.state NOT IN ('draft','cancelled','purged');

--! exec1 answer (key sitting, key viewer, text answer, utc now)
UPDATE board_seat SET answer = :answer, answered_at = :now WHERE sitting_id = :sitting AND user_id = :viewer;

--! many listed listed (key viewer, key sitting)
-- With what she has done herself.
SELECT v.id AS application_id, v.ref AS id, COALESCE(v.serial_number, 0) AS serial_number, v.kind, v.insured_class, v.sex, v.age, v.applied_on, v.previous_level,
       f.level AS first_level, COALESCE(f.tenths, 0) AS tenths, v.simplified, r.user_id IS NOT NULL AS conflict,
       g.user_id IS NOT NULL AS opened, o.user_id IS NOT NULL AND NOT o.done AS begun, COALESCE(o.done, 0) AS done, o.level
  FROM board_seen v
  LEFT JOIN board_first_stage f ON f.application_id = v.id
   AND f.number = (SELECT MAX(n.number) FROM board_first_stage n WHERE n.application_id = v.id)
  LEFT JOIN board_recusal r ON r.application_id = v.id AND r.user_id = :viewer
  LEFT JOIN board_reading g ON g.application_id = v.id AND g.sitting_id = v.sitting_id AND g.user_id = :viewer
  LEFT JOIN board_own_proposal o ON o.application_id = v.id AND o.sitting_id = v.sitting_id AND o.user_id = :viewer
 WHERE v.viewer_id = :viewer AND v.sitting_id = :sitting ORDER BY v.serial_number LIMIT 200;

--! one seen application (key viewer, ref application)
SELECT v.id AS application_id, COALESCE(v.sitting_id, 0) AS sitting_id, v.ref AS id, v.sitting, v.sitting_state, v.closes_at, COALESCE(v.serial_number, 0) AS serial_number, v.kind, v.insured_class,
       v.disease, v.sex, v.age, v.applied_on, v.previous_level, v.previous_months, v.previous_to, v.survey_note, v.physician_opinion,
       v.simplified, r.user_id IS NOT NULL AS conflict
  FROM board_seen v LEFT JOIN board_recusal r ON r.application_id = v.id AND r.user_id = :viewer
 WHERE v.viewer_id = :viewer AND v.ref = :application;

--! one stage stage (key application)
SELECT level, tenths, parts, answers, stability, probability, physical, cognitive_survey, cognitive_opinion
  FROM board_first_stage WHERE application_id = :application ORDER BY number DESC LIMIT 1;

--! one own own (key viewer, key application, key sitting)
SELECT level, months, state_image, comment, done, saved_at FROM board_own_proposal
 WHERE user_id = :viewer AND application_id = :application AND sitting_id = :sitting;

--! one next next (key viewer, key sitting, i64 serial_number)
-- The next one that she has not proposed for: behind this one, then from the beginning.
SELECT v.ref AS id FROM board_seen v
  LEFT JOIN board_own_proposal o ON o.application_id = v.id AND o.sitting_id = v.sitting_id AND o.user_id = :viewer
  LEFT JOIN board_recusal r ON r.application_id = v.id AND r.user_id = :viewer
 WHERE v.viewer_id = :viewer AND v.sitting_id = :sitting AND v.serial_number <> :serial_number
   AND COALESCE(o.done, 0) = 0 AND r.user_id IS NULL
 ORDER BY v.serial_number < :serial_number, v.serial_number LIMIT 1;

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

--! row limits (i64 longest_months)
--! one limits limits (key viewer)
-- The town's own longest validity.
SELECT n.longest_months FROM board_setting n JOIN care_user u ON u.network_id = n.network_id WHERE u.id = :viewer;
