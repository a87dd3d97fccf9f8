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
GRANT SELECT ON disaster_district TO @account@;
GRANT SELECT ON disaster_hazard TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at) ON disaster_support_body TO @account@;
GRANT SELECT, INSERT, UPDATE ON disaster_registration TO @account@;
GRANT INSERT ON disaster_registration_change TO @account@;
GRANT SELECT, INSERT ON disaster_secrecy TO @account@;
GRANT SELECT, INSERT, UPDATE (basis, opened_at, opened_by, opened_name, until, longer, closed_at, closed_name, discarded_at)
	ON disaster_incident TO @account@;
GRANT SELECT, INSERT, UPDATE (outage_since) ON disaster_area TO @account@;
-- What holds now of a person is the trigger's.
GRANT SELECT, INSERT, UPDATE (tier, place_in_line, power_dependent, equipment, battery_until, assignee_id, assignee_name, assigned_until)
	ON disaster_person TO @account@;
GRANT SELECT, INSERT ON disaster_safety_status TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
