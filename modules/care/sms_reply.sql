-- Questions by SMS and their answers; sms_reply.h.

--! row sms_said (text mobile, text words, utc received_at, ref? question, ref? about)

--! exec1 put_question (ref id, key network, text mobile, text code, text topic, ref about, utc now, utc until)
INSERT INTO care_sms_question (ref, network_id, mobile, code, topic, about, asked_at, until)
VALUES (:id, :network, :mobile, :code, :topic, :about, :now, :until);

--! exec put_message (key network, key user, text mobile, text kind, i64 priority, ref cause, utc due, utc now, text code)
INSERT IGNORE INTO care_notice
       (ref, network_id, user_id, channel, kind, priority, cause, request,
        due_at, created_at, resident_mobile, code)
VALUES (RANDOM_BYTES(16), :network, :user, 'sms', :kind, :priority, :cause, :cause,
        :due, :now, :mobile, :code);

--! one sms_said said (ref incoming)
-- What an event is about; the question is absent for a keyword and a stop word.
SELECT i.mobile, i.words, i.received_at, q.ref AS question, q.about
  FROM care_sms_incoming i LEFT JOIN care_sms_question q ON q.id = i.question_id
 WHERE i.ref = :incoming;
