-- Who is told, and the outbox; nothing of a patient.
GRANT SELECT (id, network_id, mail, mobile, mobile_bad_at, lang, suspended_at) ON care_user TO @account@;
GRANT SELECT ON care_network TO @account@;
GRANT SELECT ON care_office TO @account@;
GRANT SELECT ON care_staff TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
-- For the digest: how many, not what.
GRANT SELECT (user_id, kind) ON care_mark TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT UPDATE (state, owner, lease_until, attempts, crashes, acted_at, sent_at,
	done_at, due_at, units, reason, stop_token) ON care_notice TO @account@;
-- Whom a meeting's mails go to and what they say: the time and the kind, no title, no patient.
-- if meeting_meeting
GRANT SELECT (id, ref, network_id, kind, starts_at, ends_at, state, sequence) ON meeting_meeting TO @account@;
-- if meeting_invitation
GRANT SELECT (id, ref, meeting_id, user_id, guest, name, mail, removed_at, mail_due_at, mail_version, mail_owner,
	mail_lease_until, mail_attempts, told_sequence, told_method) ON meeting_invitation TO @account@;
-- if meeting_invitation
GRANT UPDATE (mail_due_at, mail_owner, mail_lease_until, mail_attempts, mail_reason, told_sequence, told_method,
	told_at, token, token_until, token_used_at) ON meeting_invitation TO @account@;
GRANT SELECT ON care_sms_stop TO @account@;
