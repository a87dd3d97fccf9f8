-- What every program may do, whatever it is: be audited, answer a repeated
-- request alike, publish events, and take its own due ones.
-- Not their keys: one row with the greatest would be the last.
GRANT INSERT (at, request, program, method, route, status, outcome, network_id,
	user_id, office_id, device_id, subject_id, purpose, stand_in, subjects,
	journal, journal_seq) ON lib_audit TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON lib_idempotency TO @account@;
GRANT SELECT, INSERT (topic, patient_id, about, actor_id, at, sentence_ja,
	sentence_en) ON lib_event TO @account@;
GRANT SELECT ON lib_reactor TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON lib_event_due TO @account@;
