-- The meeting as the provider has to have it: no title, no agenda, no patient.
-- if meeting_provider
GRANT SELECT, UPDATE (pause_until, away_since) ON meeting_provider TO @account@;
-- if meeting_meeting
GRANT SELECT (id, ref, network_id, kind, starts_at, ends_at, recording, state, room, revision, done,
	begun, provider_id, provider_url, act_due_at, act_unsure_until, act_owner, act_lease_until,
	act_attempts, act_reason) ON meeting_meeting TO @account@;
-- if meeting_meeting
GRANT UPDATE (state, done, begun, provider_id, provider_url, act_due_at, act_unsure_until, act_owner,
	act_lease_until, act_attempts, act_reason) ON meeting_meeting TO @account@;
-- if meeting_invitation
GRANT SELECT (id, ref, meeting_id, name, guest, removed_at, join_url, mail_due_at, mail_version, mail_attempts, told_at)
	ON meeting_invitation TO @account@;
-- if meeting_invitation
GRANT UPDATE (join_url, mail_due_at, mail_version, mail_attempts) ON meeting_invitation TO @account@;
GRANT SELECT (id, code) ON care_network TO @account@;
