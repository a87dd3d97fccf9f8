-- include care
GRANT SELECT, INSERT ON timeline_entry TO @account@;
GRANT UPDATE (read_by, acknowledged_by, readers, acknowledgers) ON timeline_entry TO @account@;
GRANT SELECT, INSERT, UPDATE (acknowledged_at) ON timeline_receipt TO @account@;
GRANT INSERT, DELETE ON care_mark TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
