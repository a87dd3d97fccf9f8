-- include care
GRANT SELECT ON care_patient TO @account@;
-- Whom the residents' register names and care does not know.
GRANT INSERT ON care_patient TO @account@;
GRANT SELECT ON care_equipment TO @account@;
GRANT SELECT ON care_emergency_contact TO @account@;
-- An opening is never taken back: only its end moves.
GRANT INSERT, UPDATE (closed_at) ON care_incident TO @account@;
GRANT SELECT, INSERT, UPDATE ON disaster_town TO @account@;
GRANT SELECT, INSERT, DELETE ON disaster_criterion TO @account@;
GRANT SELECT, INSERT, UPDATE (name, outline) ON disaster_district TO @account@;
GRANT SELECT, INSERT, UPDATE (kind, name, outline, ended_at) ON disaster_hazard TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at) ON disaster_support_body TO @account@;
GRANT SELECT, INSERT, UPDATE ON disaster_registration TO @account@;
GRANT INSERT ON disaster_registration_change TO @account@;
GRANT SELECT, INSERT ON disaster_secrecy TO @account@;
GRANT SELECT, INSERT, UPDATE (basis, opened_at, opened_by, opened_name, until, longer, closed_at, closed_name, discarded_at)
	ON disaster_incident TO @account@;
GRANT SELECT, INSERT, UPDATE (outage_since) ON disaster_area TO @account@;
-- Who is on a list; what is known of her there is read through the view alone. What holds
-- now of a person is the trigger's.
GRANT SELECT ON disaster_seen TO @account@;
GRANT SELECT ON disaster_teamed TO @account@;
GRANT SELECT ON disaster_said TO @account@;
GRANT SELECT ON disaster_count TO @account@;
GRANT SELECT ON disaster_first_word TO @account@;
GRANT SELECT ON disaster_teller TO @account@;
GRANT INSERT ON care_incident_patient TO @account@;
GRANT SELECT (incident_id, patient_id, number, district_id), INSERT, UPDATE (tier, place_in_line, power_dependent, equipment, battery_until, assignee_id, assignee_name, assigned_until)
	ON disaster_person TO @account@;
GRANT INSERT ON disaster_safety_status TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
-- Questions by SMS, and what phones answer (care/sms_reply.h).
GRANT SELECT, INSERT ON care_sms_question TO @account@;
GRANT SELECT ON care_sms_incoming TO @account@;
GRANT SELECT ON disaster_unasked TO @account@;
GRANT UPDATE (asking_at, asking_by) ON disaster_incident TO @account@;
GRANT SELECT, INSERT, UPDATE (answered_at, unclear) ON disaster_request TO @account@;
GRANT SELECT, INSERT ON disaster_call TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_name) ON disaster_relative TO @account@;
GRANT SELECT ON disaster_to_tell TO @account@;
GRANT SELECT, INSERT ON disaster_plan TO @account@;
GRANT SELECT ON disaster_plan_seen TO @account@;
-- Shelters, and how they and offices stand: what was said stays.
GRANT SELECT, INSERT, UPDATE ON disaster_shelter TO @account@;
GRANT SELECT, INSERT ON disaster_shelter_word TO @account@;
GRANT SELECT, INSERT ON disaster_office_report TO @account@;
-- What an officer has given out stays as it is.
GRANT SELECT, INSERT, UPDATE (body, given_at, given_by, given_name) ON disaster_message TO @account@;
-- A code opens one row; which codes there are nobody reads.
GRANT SELECT (ref, patient_id, used_at), INSERT, UPDATE (used_at) ON disaster_relative_code TO @account@;
GRANT SELECT ON disaster_by_code TO @account@;
