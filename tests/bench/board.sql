-- Ten years of a joint body's review board: 145,560 applications in 4,340 sittings, of which
-- the last eight are in their pre-review with 46 each; users 1 to 40 are its members, five a
-- panel. A ref is a letter and the number, so that load.lua can say it: b of a
-- sitting, a of an application.
SET SESSION sql_log_bin = 0, foreign_key_checks = 0,
	max_statement_time = 0, idle_transaction_timeout = 0,
	time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_UNSIGNED_SUBTRACTION';

UPDATE care_user SET roles = 'crew,board_member' WHERE id <= 40;

INSERT INTO board_member (user_id, network_id, field, term_from, term_to)
SELECT seq, 1, ELT(1 + seq % 3, 'health', 'medicine', 'welfare'), '2016-04-01', '2099-03-31' FROM seq_1_to_40;

INSERT INTO board_panel (id, ref, network_id, name)
SELECT seq, UNHEX(CONCAT('c', LPAD(seq, 31, '0'))), 1, CONCAT('第', seq, '合議体') FROM seq_1_to_8;

INSERT INTO board_sitting (id, ref, network_id, panel_id, number, begins_at, closes_at, place, state, closed_at)
SELECT seq, UNHEX(CONCAT('b', LPAD(seq, 31, '0'))), 1, 1 + (seq + 3) % 8, seq,
       IF(seq > 4332, '2098-12-01', '2016-04-01' + INTERVAL seq * 20 HOUR), IF(seq > 4332, '2098-11-29', '2016-04-01' + INTERVAL seq * 20 - 48 HOUR),
       '第3会議室', IF(seq > 4332, 'prereview_open', 'purged'), IF(seq > 4332, NULL, '2016-04-01' + INTERVAL seq * 20 + 2 HOUR)
  FROM seq_1_to_4340;

INSERT INTO board_seat (sitting_id, user_id, letter, field, post, answer, attended, presides)
SELECT s.seq, (s.seq + 3) % 8 * 5 + k.seq, CHAR(64 + k.seq), ELT(1 + ((s.seq + 3) % 8 * 5 + k.seq) % 3, 'health', 'medicine', 'welfare'),
       ELT(k.seq, 'chair', 'deputy', 'member', 'member', 'member'), 'yes', 1, k.seq = 1
  FROM seq_1_to_4340 s JOIN seq_1_to_5 k;

INSERT INTO board_application (id, ref, network_id, sitting_id, serial_number, state, kind, insured_class, sex, age, applied_on,
       previous_level, previous_months, previous_to, survey_note, physician_opinion, checked_at)
SELECT seq, UNHEX(CONCAT('a', LPAD(seq, 31, '0'))), 1,
       IF(seq > 145192, 4333 + (seq - 145193) DIV 46, 1 + (seq - 1) % 4332), IF(seq > 145192, 1 + (seq - 145193) % 46, 1 + (seq - 1) DIV 4332),
       IF(seq > 145192, 'prereview', 'notified'), ELT(1 + seq % 3, 'new', 'renewal', 'change'), 'first', IF(seq % 3, 'female', 'male'), 70 + seq % 28,
       IF(seq > 145192, '2098-11-01', '2016-04-01' + INTERVAL seq DIV 40 DAY), ELT(1 + seq % 5, 'support2', 'care1', 'care2', 'care3', 'care4'), 12,
       '2098-12-31', REPEAT('歩行は手すりがあれば一人でできる。夜間の排尿に家族が毎晩一度付き添う。', 8),
       REPEAT('脳梗塞後遺症。再発予防の内服を続けており、安定している。', 5), '2016-04-01'
  FROM seq_1_to_145560;

INSERT INTO board_person (application_id, network_id, insurer_number, insured_number, family, given, kana, birth_date, applied_on)
SELECT id, 1, '999999', LPAD(id, 10, '0'), '試験', '花', 'しけん はな', '1940-01-01', applied_on FROM board_application;

INSERT INTO board_first_stage (application_id, number, level, tenths, answers, stability, probability, at, user_id)
SELECT id, 1, ELT(1 + id % 5, 'support2', 'care1', 'care2', 'care3', 'care4'), ELT(1 + id % 5, 400, 450, 600, 800, 1000), REPEAT('12', 37), 'stable', 40,
       '2016-04-01', 0 FROM (SELECT seq AS id FROM seq_1_to_145560) AS a;

INSERT INTO board_decision (ref, application_id, sitting_id, outcome, level, first_level, months, valid_from, valid_to, manner, ayes, voters, at, user_id,
       user_name, serial_number)
SELECT UNHEX(MD5(CONCAT('decision', id))), id, sitting_id, 'decided', ELT(1 + id % 5, 'support2', 'care1', 'care2', 'care3', 'care4'),
       ELT(1 + id % 5, 'support2', 'care1', 'care2', 'care3', 'care4'), 12, '2016-05-01', '2017-04-30', 'agreement', 5, 5, '2016-05-01', 1, '試験 花', serial_number
  FROM board_application WHERE state = 'notified';

-- Half of what is open has been proposed and read.
INSERT INTO board_proposal (application_id, sitting_id, user_id, level, months, comment, done, saved_at)
SELECT a.id, a.sitting_id, e.user_id, 'care2', 12, '一次判定どおり', 1, UTC_TIMESTAMP(3)
  FROM board_application a JOIN board_seat e ON e.sitting_id = a.sitting_id WHERE a.sitting_id > 4332 AND (a.serial_number + e.user_id) % 2;
INSERT INTO board_reading (application_id, sitting_id, user_id, first_at, last_at)
SELECT application_id, sitting_id, user_id, saved_at, saved_at FROM board_proposal;

ANALYZE TABLE board_application, board_sitting, board_seat, board_first_stage, board_decision, board_proposal, board_reading, board_person;
