-- Behind the sitting and behind the scenes: what insurers get, what closes by itself, what
-- is forgotten.

--! row result (text insurer_number, text insured_number, date applied_on, text outcome, text? level_code, date? valid_from, date? valid_to, i64? months,
--!   text? state_image, text? reason, text? board_opinion, utc decided_at)
--! row due (key sitting_id, ref id, text state)
--! row gone (i64 proposals, i64 readings, i64 ballots)

--! many result results (key sitting)
-- For the insurer's system: codes as the LIFE interface has them.
SELECT w.insurer_number, w.insured_number, w.applied_on, d.outcome,
       ELT(FIELD(d.level, 'not_eligible','support1','support2','care1','care2','care3','care4','care5'), '01','12','13','21','22','23','24','25') AS level_code,
       d.valid_from, d.valid_to, d.months, d.state_image, d.reason, d.board_opinion, d.at AS decided_at
  FROM board_decision d JOIN board_person w ON w.application_id = d.application_id
 WHERE d.sitting_id = :sitting AND d.id = (SELECT MAX(n.id) FROM board_decision n WHERE n.application_id = d.application_id)
 ORDER BY w.insurer_number, w.insured_number LIMIT 500;

--! many due to_close (utc now)
-- The pre-review is over: from now on everybody sees what all think.
SELECT id AS sitting_id, ref AS id, state FROM board_sitting WHERE state = 'prereview_open' AND closes_at <= :now LIMIT 20;

--! exec close (key sitting)
UPDATE board_sitting SET state = 'prereview_closed' WHERE id = :sitting AND state = 'prereview_open';

--! many due to_purge (utc now)
SELECT s.id AS sitting_id, s.ref AS id, s.state FROM board_sitting s LEFT JOIN board_setting n ON n.network_id = s.network_id
 WHERE s.state = 'minutes_approved' AND s.closed_at + INTERVAL COALESCE(n.purge_hours, 24) HOUR <= :now LIMIT 20;

--! one gone what_goes (key sitting)
SELECT (SELECT COUNT(*) FROM board_proposal WHERE sitting_id = :sitting) AS proposals,
       (SELECT COUNT(*) FROM board_reading WHERE sitting_id = :sitting) AS readings,
       (SELECT COUNT(*) FROM board_ballot WHERE sitting_id = :sitting) AS ballots;

--! exec drop_proposals (key sitting)
DELETE FROM board_proposal WHERE sitting_id = :sitting;

--! exec drop_readings (key sitting)
DELETE FROM board_reading WHERE sitting_id = :sitting;

--! exec drop_ballots (key sitting)
DELETE FROM board_ballot WHERE sitting_id = :sitting;

--! exec1 purged (key sitting, i64 proposals, i64 readings, i64 ballots, utc now)
INSERT INTO board_purge (sitting_id, at, proposals, readings, ballots) VALUES (:sitting, :now, :proposals, :readings, :ballots);

--! exec purge (key sitting)
UPDATE board_sitting SET state = 'purged' WHERE id = :sitting AND state = 'minutes_approved';
