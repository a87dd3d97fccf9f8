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
	done_at, due_at, units, reason) ON care_notice TO @account@;
GRANT SELECT ON care_sms_stop TO @account@;
