-- Who is told, and the outbox; nothing of a patient.
GRANT SELECT (id, ref, network_id, mail, mobile, mobile_bad_at, lang, suspended_at) ON care_user TO @account@;
-- Two messages that the carrier could not deliver: the number is marked.
GRANT UPDATE (mobile_bad_at) ON care_user TO @account@;
GRANT SELECT ON care_network TO @account@;
GRANT SELECT ON care_office TO @account@;
GRANT SELECT ON care_staff TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT UPDATE (state, owner, lease_until, attempts, crashes, acted_at, sent_at,
	acked_at, done_at, due_at, units, reason) ON care_notice TO @account@;
GRANT SELECT, INSERT, UPDATE ON sms_month TO @account@;
GRANT SELECT ON care_sms_stop TO @account@;
-- What phones send back.
GRANT INSERT, UPDATE, DELETE ON care_sms_stop TO @account@;
GRANT SELECT ON care_sms_keyword TO @account@;
GRANT SELECT, DELETE ON care_sms_question TO @account@;
GRANT SELECT, INSERT, DELETE ON care_sms_incoming TO @account@;
