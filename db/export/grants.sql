-- What a person, or a network that moves out, is handed: the export alone reads
-- all of a patient, and it changes nothing. `tomozuna export` is its only user.
GRANT SELECT ON care_network TO @account@;
GRANT SELECT ON care_office TO @account@;
GRANT SELECT (id, ref, network_id, login, family, given, kana_family, kana_given,
	mail, mobile, mobile_bad_at, lang, roles, suspended_at) ON care_user TO @account@;
GRANT SELECT ON care_staff TO @account@;
GRANT SELECT (id, ref, office_id, name, not_after, created_at, revoked_at, revoked_by)
	ON care_device TO @account@;
GRANT SELECT ON care_patient TO @account@;
GRANT SELECT ON care_episode TO @account@;
GRANT SELECT ON care_team TO @account@;
GRANT SELECT ON care_consent TO @account@;
GRANT SELECT ON care_disease_network TO @account@;
GRANT SELECT ON care_proxy TO @account@;
GRANT SELECT ON care_invitation TO @account@;
GRANT SELECT ON care_handover TO @account@;
GRANT SELECT ON care_allergy TO @account@;
GRANT SELECT ON care_health_condition TO @account@;
GRANT SELECT ON care_medication TO @account@;
GRANT SELECT ON care_equipment TO @account@;
GRANT SELECT ON care_advance_directive TO @account@;
GRANT SELECT ON care_emergency_contact TO @account@;
GRANT SELECT ON care_network_module TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
GRANT SELECT ON care_notice_switch TO @account@;
GRANT SELECT ON care_network_right TO @account@;
GRANT SELECT ON care_incident TO @account@;
GRANT SELECT ON care_field TO @account@;
GRANT SELECT ON care_whereabouts TO @account@;
GRANT SELECT ON care_level TO @account@;
GRANT SELECT ON care_file TO @account@;
GRANT SELECT ON care_file_chunk TO @account@;
-- if team_import
GRANT SELECT (id, ref) ON team_import TO @account@;
-- if team_correction
GRANT SELECT ON team_correction TO @account@;
-- if admin_hold
GRANT SELECT ON admin_hold TO @account@;
-- if timeline_entry
GRANT SELECT ON timeline_entry TO @account@;
-- if timeline_receipt
GRANT SELECT ON timeline_receipt TO @account@;
-- if timeline_attachment
GRANT SELECT ON timeline_attachment TO @account@;
-- if timeline_fax
GRANT SELECT ON timeline_fax TO @account@;
-- if timeline_question
GRANT SELECT ON timeline_question TO @account@;
-- if record_vital_sign
GRANT SELECT ON record_vital_sign TO @account@;
-- if record_vital_limit
GRANT SELECT ON record_vital_limit TO @account@;
-- if record_vital_watcher
GRANT SELECT ON record_vital_watcher TO @account@;
-- if record_care_plan
GRANT SELECT ON record_care_plan TO @account@;
-- if record_care_plan_receipt
GRANT SELECT ON record_care_plan_receipt TO @account@;
-- if record_visit
GRANT SELECT ON record_visit TO @account@;
-- if record_visitor
GRANT SELECT ON record_visitor TO @account@;
-- if record_paper
GRANT SELECT ON record_paper TO @account@;
-- if record_paper_field
GRANT SELECT ON record_paper_field TO @account@;
-- if record_change
GRANT SELECT ON record_change TO @account@;
-- if record_seen
GRANT SELECT ON record_seen TO @account@;
-- if emergency_opening
GRANT SELECT ON emergency_opening TO @account@;
-- if emergency_look_code
GRANT SELECT (patient_id, id, ref, name, relation, known_by, given_at, given_name, until, used_at) ON emergency_look_code TO @account@;
-- if emergency_kit_card
GRANT SELECT ON emergency_kit_card TO @account@;
-- if emergency_hospital_request
GRANT SELECT ON emergency_hospital_request TO @account@;
-- if emergency_hospital_asked
GRANT SELECT ON emergency_hospital_asked TO @account@;
-- if emergency_contact_told
GRANT SELECT ON emergency_contact_told TO @account@;
-- if emergency_alone
GRANT SELECT ON emergency_alone TO @account@;
-- if emergency_review
GRANT SELECT ON emergency_review TO @account@;
-- if emergency_call
GRANT SELECT ON emergency_call TO @account@;
-- if emergency_report
GRANT SELECT ON emergency_report TO @account@;
-- if emergency_answer
GRANT SELECT ON emergency_answer TO @account@;
-- if care_immunization
GRANT SELECT ON care_immunization TO @account@;
-- if care_adverse_event
GRANT SELECT ON care_adverse_event TO @account@;
-- if vaccination_visit
GRANT SELECT ON vaccination_visit TO @account@;
-- if vaccination_screening
GRANT SELECT ON vaccination_screening TO @account@;
-- if vaccination_answer
GRANT SELECT ON vaccination_answer TO @account@;
-- if vaccination_judgement
GRANT SELECT ON vaccination_judgement TO @account@;
-- if vaccination_not_given
GRANT SELECT ON vaccination_not_given TO @account@;
-- if vaccination_paper
GRANT SELECT ON vaccination_paper TO @account@;
-- if vaccination_booking
GRANT SELECT ON vaccination_booking TO @account@;
-- if vaccination_booking_step
GRANT SELECT ON vaccination_booking_step TO @account@;
-- if vaccination_agreement
GRANT SELECT ON vaccination_agreement TO @account@;
-- if vaccination_reminder
GRANT SELECT ON vaccination_reminder TO @account@;
-- if vaccination_call
GRANT SELECT ON vaccination_call TO @account@;
-- if disaster_registration
GRANT SELECT ON disaster_registration TO @account@;
-- if disaster_registration_change
GRANT SELECT ON disaster_registration_change TO @account@;
-- if disaster_safety_status
GRANT SELECT ON disaster_safety_status TO @account@;
-- if disaster_request
GRANT SELECT ON disaster_request TO @account@;
-- if disaster_call
GRANT SELECT ON disaster_call TO @account@;
-- if disaster_relative
GRANT SELECT ON disaster_relative TO @account@;
-- if disaster_relative_code
GRANT SELECT (patient_id, id, ref, incident_id, name, relation, known_by, given_at, given_name, until, used_at) ON disaster_relative_code TO @account@;
-- if disaster_plan
GRANT SELECT ON disaster_plan TO @account@;
-- if disaster_district
GRANT SELECT ON disaster_district TO @account@;
-- if disaster_incident
GRANT SELECT ON disaster_incident TO @account@;
GRANT SELECT ON lib_audit TO @account@;
-- if meeting_meeting
GRANT SELECT ON meeting_meeting TO @account@;
-- if meeting_invitation
GRANT SELECT ON meeting_invitation TO @account@;
-- if meeting_date
GRANT SELECT ON meeting_date TO @account@;
-- if meeting_vote
GRANT SELECT ON meeting_vote TO @account@;
-- if meeting_paper
GRANT SELECT ON meeting_paper TO @account@;
-- if vaccination_report
GRANT SELECT ON vaccination_report TO @account@;
-- if vaccination_strike
GRANT SELECT ON vaccination_strike TO @account@;
-- if vaccination_alarm
GRANT SELECT ON vaccination_alarm TO @account@;
-- if vaccination_resident
GRANT SELECT ON vaccination_resident TO @account@;
-- if patient_portrait
GRANT SELECT ON patient_portrait TO @account@;
