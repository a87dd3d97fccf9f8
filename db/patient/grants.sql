-- include care
GRANT SELECT ON care_patient TO @account@;
GRANT SELECT ON care_consent TO @account@;
GRANT SELECT ON care_allergy TO @account@;
GRANT SELECT ON care_medication TO @account@;
GRANT SELECT ON care_equipment TO @account@;
GRANT SELECT ON care_health_condition TO @account@;
GRANT SELECT ON care_advance_directive TO @account@;
GRANT SELECT ON care_emergency_contact TO @account@;
