-- Events and who has still to react to them.

--! row due (key event_id, i64 attempts)
--! row registered (text topic)
--! row told (text topic, i64 patient, ref about, i64 actor, utc at, text sentence_ja, text sentence_en)

--! exec insert (text topic, i64 patient, ref about, i64 actor, utc at, text ja, text en)
INSERT INTO lib_event
 (topic, patient_id, about, actor_id, at, sentence_ja, sentence_en)
 VALUES (:topic, :patient, :about, :actor, :at, :ja, :en);

--! exec make_due (text topic, utc at)
-- For the event that this connection has just inserted.
INSERT INTO lib_event_due (program, event_id, not_before)
 SELECT program, LAST_INSERT_ID(), :at FROM lib_reactor WHERE topic = :topic;

--! one due claim (text program, utc now)
-- Whoever else looks meanwhile takes another one.
SELECT event_id, attempts FROM lib_event_due
 WHERE program = :program AND parked IS NULL AND not_before <= :now
 ORDER BY not_before, event_id LIMIT 1 FOR UPDATE SKIP LOCKED;

--! one told find (i64 event)
SELECT topic, patient_id AS patient, about, actor_id AS actor, at,
       sentence_ja, sentence_en
  FROM lib_event WHERE id = :event;

--! one registered registered (text program, text topic)
SELECT topic FROM lib_reactor WHERE program = :program AND topic = :topic;

--! exec1 done (text program, i64 event)
DELETE FROM lib_event_due WHERE program = :program AND event_id = :event;

--! exec put_off (text program, i64 event, i64 attempts, utc not_before, text? parked)
UPDATE lib_event_due
   SET attempts = :attempts, not_before = :not_before, parked = :parked
 WHERE program = :program AND event_id = :event;
