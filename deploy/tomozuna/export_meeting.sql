-- A person's meetings and who was invited. Asked only where that module is installed.

--! row meeting (ref id, text kind, text title, text? agenda, utc starts_at, utc ends_at, text organizer_name, utc made_at,
--!   text presence, text? consent_signer, text? consent_relation, utc? consent_at, bool recording, bool open_signup, text state,
--!   utc? asked_at, utc? cancelled_at, i64 sequence, text? minutes, utc? minutes_at, text? minutes_name)
--! row invitation (ref id, ref? meeting, text? guest, text name, text? profession, text? office, text? mail, utc invited_at,
--!   utc? removed_at, text? response, text? response_note, utc? responded_at, utc? joined_at, utc? told_at)

--! many meeting meetings (key patient)
SELECT ref AS id, kind, title, agenda, starts_at, ends_at, organizer_name, made_at, presence, consent_signer, consent_relation,
       consent_at, recording, open_signup, state, asked_at, cancelled_at, sequence, minutes, minutes_at, minutes_name
  FROM meeting_meeting m WHERE m.patient_id = :patient ORDER BY m.id;

--! many invitation invitations (key patient)
SELECT i.ref AS id, m.ref AS meeting, i.guest, i.name, i.profession, i.office, i.mail, i.invited_at, i.removed_at, i.response,
       i.response_note, i.responded_at, i.joined_at, i.told_at
  FROM meeting_invitation i LEFT JOIN meeting_meeting m ON m.id = i.meeting_id
 WHERE i.patient_id = :patient ORDER BY i.id;
