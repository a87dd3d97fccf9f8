-- include care
GRANT SELECT ON care_health_condition TO @account@;
GRANT SELECT ON care_advance_directive TO @account@;
GRANT SELECT ON care_emergency_contact TO @account@;
