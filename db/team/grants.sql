-- include care
-- team alone says who belongs to whom: patients, consents, episodes, teams. What
-- holds of it now, triggers keep; nobody may write that.
GRANT SELECT, INSERT ON care_patient TO @account@;
GRANT UPDATE (managing_office_id) ON care_patient TO @account@;
-- A correction of who she is keeps what it was.
GRANT UPDATE (family, given, kana_family, kana_given, kana_folded, sex, birth_date, address, phone,
	insurer_number, insured_number, lives_alone) ON care_patient TO @account@;
GRANT SELECT, INSERT ON team_correction TO @account@;
GRANT SELECT (id, ref, patient_id, whereabouts, since_on), INSERT ON care_whereabouts TO @account@;
GRANT SELECT, INSERT ON care_consent TO @account@;
GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_relation, withdrawn_recorded_by,
	withdrawal_effect, file_id, document_hash) ON care_consent TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at) ON care_proxy TO @account@;
GRANT SELECT, INSERT ON care_episode TO @account@;
GRANT UPDATE (ended_at, end_reason, ended_by, closes_at, keep_until) ON care_episode TO @account@;
GRANT INSERT, UPDATE (left_at, left_by, left_reason, approved_on, approved_by, approved_relation) ON care_team TO @account@;
GRANT SELECT, INSERT ON care_invitation TO @account@;
GRANT UPDATE (state, sent_at, sent, notice, approved_on, approved_by, approved_relation,
	accepted_at, accepted_by, accepted_user, ended_at, ended_by, answer)
	ON care_invitation TO @account@;
GRANT SELECT, INSERT, UPDATE (state, answered_by, answered_at) ON care_handover TO @account@;
-- Images of consents: as for the timeline's files (care/0011-file.sql).
GRANT SELECT, INSERT, DELETE ON care_file TO @account@;
GRANT UPDATE (patient_id, type, name, bytes, width, height, generation, wrapped_key, kept_at, until_at) ON care_file TO @account@;
GRANT SELECT, INSERT, DELETE ON care_file_chunk TO @account@;
-- A list of consents goes; what was done with it stays.
GRANT SELECT, INSERT, UPDATE (file_id, applied_at, applied_by, recorded, known, refused) ON team_import TO @account@;
GRANT SELECT, INSERT ON team_reminder TO @account@;
GRANT SELECT ON care_team_reader TO @account@;
GRANT SELECT ON care_consent_now TO @account@;
GRANT SELECT ON care_register_reader TO @account@;
GRANT SELECT ON care_disease_network TO @account@;
GRANT SELECT ON care_disease_reader TO @account@;
GRANT SELECT ON team_manager TO @account@;
GRANT SELECT ON team_spokesman TO @account@;
GRANT DELETE ON care_mark TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
