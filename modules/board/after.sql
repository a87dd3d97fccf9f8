-- Behind the scenes: what closes by itself, what is forgotten.

--! row due (key sitting_id, ref id, text state)
--! row gone (i64 proposals, i64 readings, i64 ballots)

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
