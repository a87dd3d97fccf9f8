-- What a module with people needs for admission and the frame of its pages;
-- its own grants.sql asks for it by the line "include care". Nobody but
-- identity reads password or PIN.
GRANT SELECT ON care_network TO @account@;
GRANT SELECT ON care_office TO @account@;
GRANT SELECT (id, ref, network_id, login, family, given, kana_family, kana_given,
	mail, mobile, mobile_bad_at, lang, roles, suspended_at)
	ON care_user TO @account@;
GRANT SELECT ON care_staff TO @account@;
GRANT SELECT ON care_device TO @account@;
GRANT SELECT, UPDATE (seen_at, opened_patient) ON care_session TO @account@;
GRANT SELECT ON care_module TO @account@;
GRANT SELECT ON care_network_module TO @account@;
GRANT SELECT ON care_network_right TO @account@;
-- What the strip shows. A module that needs more of a patient, or her consents
-- and facts, says so itself.
GRANT SELECT (id, ref, network_id, family, given, kana_family, kana_given, sex,
	birth_date, whereabouts, care_level, strip_allergies, strip_blood_thinner,
	strip_equipment, strip_portrait) ON care_patient TO @account@;
GRANT SELECT ON care_team TO @account@;
GRANT SELECT ON care_team_now TO @account@;
GRANT SELECT ON care_incident TO @account@;
GRANT SELECT ON care_incident_patient TO @account@;
GRANT SELECT ON care_team_member TO @account@;
GRANT SELECT ON care_team_person TO @account@;
GRANT SELECT ON care_consent_open TO @account@;
GRANT SELECT ON care_mark TO @account@;
-- Public bulletins, which every page may name.
GRANT SELECT ON care_network_municipality TO @account@;
GRANT SELECT ON care_bulletin TO @account@;
GRANT SELECT ON care_bulletin_area TO @account@;
