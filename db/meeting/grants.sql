-- include care
-- What the provider has is the gateway's to say; whom mails told is tomozuna-mail's.
GRANT SELECT ON meeting_provider TO @account@;
GRANT SELECT (id, ref, network_id, patient_id, kind, title, agenda, starts_at, ends_at, open_signup, organizer_id,
	organizer_name, made_at, presence, consent_signer, consent_relation, consent_at, consent_by, consent_recording, recording, forum_id, state,
	asked_at, cancelled_at, sequence, minutes, minutes_at, minutes_name, revision, act_due_at, act_reason, polled_at)
	ON meeting_meeting TO @account@;
GRANT INSERT, UPDATE (title, agenda, starts_at, ends_at, consent_signer, consent_relation,
	consent_at, consent_by, consent_recording, recording, state, asked_at, cancelled_at, sequence, minutes, minutes_at, minutes_name,
	presence, revision, act_due_at, act_reason, polled_at) ON meeting_meeting TO @account@;
GRANT SELECT, INSERT, UPDATE (removed_at, response, response_note, responded_at, joined_at, mail_due_at, mail_version, mail_attempts, token_used_at, reminded_for) ON meeting_invitation TO @account@;
GRANT SELECT, INSERT ON meeting_date TO @account@;
-- ON DUPLICATE KEY UPDATE asks for UPDATE on every column that is inserted.
GRANT SELECT, INSERT, UPDATE ON meeting_vote TO @account@;
GRANT SELECT, INSERT, UPDATE (file_id) ON meeting_paper TO @account@;
GRANT SELECT ON meeting_calendar TO @account@;
-- Whom a forum means, and what it is called.
GRANT SELECT ON care_forum_reader TO @account@;
GRANT SELECT (id, ref, name) ON care_forum TO @account@;
GRANT INSERT, DELETE ON care_mark TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
-- Papers: their rows come, are finished, kept until their day, and then go (care/0038-file-until.sql).
GRANT SELECT, INSERT, DELETE ON care_file TO @account@;
GRANT UPDATE (patient_id, type, name, bytes, width, height, generation, wrapped_key, kept_at, until_at) ON care_file TO @account@;
GRANT SELECT, INSERT, DELETE ON care_file_chunk TO @account@;
