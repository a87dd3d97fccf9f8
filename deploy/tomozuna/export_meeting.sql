-- A person's meetings and who was invited. Asked only where that module is installed.

--! row meeting (ref id, text kind, text title, text? agenda, utc starts_at, utc ends_at, text organizer_name, utc made_at,
--!   text presence, text? consent_signer, text? consent_relation, utc? consent_at, bool? consent_recording, bool recording, bool open_signup, text state,
--!   utc? asked_at, utc? cancelled_at, i64 sequence, text? minutes, utc? minutes_at, text? minutes_name)
--! row invitation (ref id, ref? meeting, text? guest, text name, text? profession, text? office, text? mail, utc invited_at,
--!   utc? removed_at, text? response, text? response_note, utc? responded_at, utc? joined_at, utc? told_at)

--! many meeting meetings (key patient)
SELECT ref AS id, kind, title, agenda, starts_at, ends_at, organizer_name, made_at, presence, consent_signer, consent_relation,
       consent_at, consent_recording, recording = 1 AS recording, open_signup, state, asked_at, cancelled_at, sequence, minutes, minutes_at, minutes_name
  FROM meeting_meeting m WHERE m.patient_id = :patient ORDER BY m.id;

--! many invitation invitations (key patient)
SELECT i.ref AS id, m.ref AS meeting, i.guest, i.name, i.profession, i.office, i.mail, i.invited_at, i.removed_at, i.response,
       i.response_note, i.responded_at, i.joined_at, i.told_at
  FROM meeting_invitation i LEFT JOIN meeting_meeting m ON m.id = i.meeting_id
 WHERE i.patient_id = :patient ORDER BY i.id;

--! row date (ref id, ref? meeting, utc starts_at, utc ends_at)
--! row vote (ref? date, text user, text answer, utc voted_at)
--! row paper (ref id, ref? meeting, ref? file, text name, text owner_name, utc added_at, date last_on)

--! many date dates (key patient)
SELECT d.ref AS id, m.ref AS meeting, d.starts_at, d.ends_at
  FROM meeting_date d LEFT JOIN meeting_meeting m ON m.id = d.meeting_id WHERE d.patient_id = :patient ORDER BY d.id;

--! many vote votes (key patient)
SELECT d.ref AS date, CONCAT(u.family, ' ', u.given) AS user, v.answer, v.voted_at
  FROM meeting_vote v LEFT JOIN meeting_date d ON d.id = v.date_id JOIN care_user u ON u.id = v.user_id
 WHERE v.patient_id = :patient ORDER BY v.date_id, v.user_id;

--! many paper papers (key patient)
SELECT p.ref AS id, m.ref AS meeting, f.ref AS file, p.name, p.owner_name, p.added_at, p.last_on
  FROM meeting_paper p LEFT JOIN meeting_meeting m ON m.id = p.meeting_id LEFT JOIN care_file f ON f.id = p.file_id
 WHERE p.patient_id = :patient ORDER BY p.id;
