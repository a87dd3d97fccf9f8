-- The administrator's command. It never reads a note or a fact of a patient, of a
-- password only whether there is one, and can delete nothing but failed
-- attempts. Revoking a device is its right; certificates are tomozuna-ca's alone.
GRANT SELECT, INSERT, UPDATE (nickname, colour, sender, phone, patient_word,
	sms_monthly_cap, sms_unit_yen, named_receipts, registers, patient_approves,
	consent_image, keep_years, officer_office_id, urgent_again_minutes, urgent_again_times) ON care_network TO @account@;
GRANT SELECT, INSERT, DELETE ON care_network_municipality TO @account@;
GRANT SELECT ON care_bulletin_source TO @account@;
GRANT SELECT, INSERT, UPDATE (closed_at) ON care_office TO @account@;
GRANT SELECT, INSERT, UPDATE (password_hash, pin_hash, suspended_at, roles)
	ON care_user TO @account@;
-- ON DUPLICATE KEY UPDATE asks for UPDATE on every column that is inserted.
GRANT SELECT, INSERT, UPDATE ON care_staff TO @account@;
GRANT SELECT, INSERT, UPDATE (revoked_at) ON care_device TO @account@;
GRANT SELECT (token, user_id, office_id, device_id, ended_at), UPDATE (ended_at)
	ON care_session TO @account@;
GRANT SELECT (kind, subject), DELETE ON care_attempt TO @account@;
GRANT SELECT, INSERT, UPDATE (closed_at) ON care_disease_network TO @account@;
GRANT SELECT, INSERT, UPDATE (joined_at, left_at) ON care_disease_member TO @account@;
GRANT SELECT, INSERT, UPDATE ON care_network_choice TO @account@;
GRANT SELECT, INSERT, UPDATE ON care_notice_choice TO @account@;
GRANT SELECT, INSERT ON care_notice_switch TO @account@;
GRANT SELECT, INSERT, UPDATE ON care_network_module TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON care_network_right TO @account@;
GRANT SELECT (module) ON care_module TO @account@;
GRANT SELECT (id, network_id) ON care_patient TO @account@;
GRANT SELECT (patient_id, office_id, user_id, left_at), UPDATE (left_at)
	ON care_team TO @account@;
GRANT SELECT, INSERT, UPDATE (state, parcel, passphrase) ON ca_request TO @account@;
GRANT SELECT ON ca_crl TO @account@;
GRANT SELECT ON care_notice TO @account@;
GRANT SELECT ON lib_audit TO @account@;
GRANT SELECT ON lib_audit_seal TO @account@;
-- Deletion at the end of keeping: it may ask for it and may not delete. The
-- procedure refuses whoever's time has not come.
GRANT SELECT ON admin_deletable TO @account@;
GRANT SELECT ON admin_keeping TO @account@;
GRANT SELECT, INSERT ON admin_hold TO @account@;
GRANT SELECT ON admin_deletion TO @account@;
GRANT SELECT (ref) ON care_patient TO @account@;
GRANT EXECUTE ON PROCEDURE admin_delete_patient TO @account@;
-- Where meetings are held; of the meetings no more than that there are some.
GRANT SELECT, INSERT, UPDATE, DELETE ON meeting_provider TO @account@;
GRANT SELECT (network_id, begun, ends_at, act_due_at) ON meeting_meeting TO @account@;
