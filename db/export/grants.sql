-- What a person, or a network that moves out, is handed: the export alone reads
-- all of a patient, and it changes nothing. `tomozuna export` is its only user.
GRANT SELECT ON care_network TO @account@;
GRANT SELECT ON care_office TO @account@;
GRANT SELECT (id, ref, network_id, login, family, given, kana_family, kana_given,
	mail, mobile, lang, roles, suspended_at) ON care_user TO @account@;
GRANT SELECT ON care_staff TO @account@;
GRANT SELECT (id, ref, office_id, name, not_after, created_at, revoked_at)
	ON care_device TO @account@;
GRANT SELECT ON care_patient TO @account@;
GRANT SELECT ON care_episode TO @account@;
GRANT SELECT ON care_team TO @account@;
GRANT SELECT ON care_consent TO @account@;
GRANT SELECT ON care_proxy TO @account@;
GRANT SELECT ON care_invitation TO @account@;
GRANT SELECT ON care_handover TO @account@;
GRANT SELECT ON care_allergy TO @account@;
GRANT SELECT ON care_health_condition TO @account@;
GRANT SELECT ON care_medication TO @account@;
GRANT SELECT ON care_equipment TO @account@;
GRANT SELECT ON care_advance_directive TO @account@;
GRANT SELECT ON care_emergency_contact TO @account@;
-- if timeline_entry
GRANT SELECT ON timeline_entry TO @account@;
-- if timeline_receipt
GRANT SELECT ON timeline_receipt TO @account@;
GRANT SELECT ON lib_audit TO @account@;
