-- What all members of a sitting think, when the pre-review is over: for members, chair
-- and secretary alike. board_shown_proposal has nothing before.

--! row chair_seat (key user_id, text letter, text field, text post, bool attended, bool presides)
--! row tabled (key application_id, ref id, i64 serial_number, text state, text kind, text insured_class, text? disability, text sex, i64 age, date applied_on,
--!   text? previous_level, text? first_level, i64 tenths, bool simplified, calc text urgency, calc i64 days_left)
--! row shown (key application_id, key user_id, text letter, text field, text level, i64? months, text? state_image, text? comment)
--! row recused (key application_id, key user_id, text letter)

--! many chair_seat seats (key sitting)
SELECT user_id, letter, field, post, attended, presides FROM board_seat WHERE sitting_id = :sitting ORDER BY letter;

--! many tabled tabled (key sitting)
SELECT a.id AS application_id, a.ref AS id, COALESCE(a.serial_number, 0) AS serial_number, a.state, a.kind, a.insured_class, a.disability, a.sex, a.age, a.applied_on, a.previous_level,
       a.first_level, COALESCE(a.first_tenths, 0) AS tenths, a.simplified
  FROM board_application a
 WHERE a.sitting_id = :sitting AND a.state NOT IN ('withdrawn','deceased') ORDER BY a.serial_number LIMIT 200;

--! many shown shown (key sitting)
SELECT application_id, user_id, letter, field, COALESCE(level, '') AS level, months, state_image, comment FROM board_shown_proposal
 WHERE sitting_id = :sitting ORDER BY application_id, letter;

--! many recused recused (key sitting)
-- That there is a conflict, never why.
SELECT r.application_id, r.user_id, e.letter FROM board_recusal r
  JOIN board_application a ON a.id = r.application_id
  JOIN board_seat e ON e.sitting_id = a.sitting_id AND e.user_id = r.user_id
 WHERE a.sitting_id = :sitting ORDER BY r.application_id, e.letter;
