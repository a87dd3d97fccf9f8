-- include care
-- What the provider has is the gateway's to say; whom mails told is tomozuna-mail's.
GRANT SELECT ON meeting_provider TO @account@;
GRANT SELECT (id, ref, network_id, patient_id, kind, title, agenda, starts_at, ends_at, open_signup, organizer_id,
	organizer_name, made_at, presence, consent_signer, consent_relation, consent_at, consent_by, recording, state,
	asked_at, cancelled_at, sequence, minutes, minutes_at, minutes_name, revision, act_due_at, act_reason)
	ON meeting_meeting TO @account@;
GRANT INSERT, UPDATE (title, agenda, starts_at, ends_at, consent_signer, consent_relation,
	consent_at, consent_by, state, asked_at, cancelled_at, sequence, minutes, minutes_at, minutes_name,
	revision, act_due_at, act_reason) ON meeting_meeting TO @account@;
GRANT SELECT, INSERT, UPDATE (removed_at, response, response_note, responded_at, joined_at, mail_due_at, mail_version, mail_attempts, token_used_at) ON meeting_invitation TO @account@;
