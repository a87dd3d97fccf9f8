-- What every program may do, whatever it is: be audited, answer a repeated
-- request alike, publish events, and take its own due ones.
GRANT INSERT ON lib_audit TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON lib_idempotency TO @account@;
GRANT SELECT, INSERT ON lib_event TO @account@;
GRANT SELECT ON lib_reactor TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON lib_event_due TO @account@;
