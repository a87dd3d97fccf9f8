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
GRANT SELECT, UPDATE (seen_at) ON care_session TO @account@;
GRANT SELECT ON care_module TO @account@;
GRANT SELECT ON care_patient TO @account@;
GRANT SELECT ON care_episode TO @account@;
GRANT SELECT ON care_team TO @account@;
GRANT SELECT ON care_consent TO @account@;
GRANT SELECT ON care_allergy TO @account@;
GRANT SELECT ON care_medication TO @account@;
GRANT SELECT ON care_equipment TO @account@;
GRANT SELECT ON care_mark TO @account@;
