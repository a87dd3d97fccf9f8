-- include care
-- identity alone reads passwords and opens and ends sessions. It sets neither
-- password nor PIN: the administrator's command does.
GRANT SELECT (password_hash, pin_hash) ON care_user TO @account@;
GRANT UPDATE (lang) ON care_user TO @account@;
GRANT UPDATE (on_duty, may_stand_in) ON care_staff TO @account@;
GRANT INSERT, UPDATE (pin_failures, ended_at) ON care_session TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON care_attempt TO @account@;
GRANT UPDATE (revoked_at, revoked_by) ON care_device TO @account@;
GRANT SELECT, INSERT, UPDATE ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
-- What somebody switched stays as it was recorded.
GRANT SELECT, INSERT ON care_notice_switch TO @account@;
