-- The sealer reads the trail and adds seals; it changes and deletes nothing.
GRANT SELECT ON lib_audit TO @account@;
GRANT SELECT, INSERT ON lib_audit_seal TO @account@;
GRANT SELECT, INSERT, UPDATE ON lib_lease TO @account@;
