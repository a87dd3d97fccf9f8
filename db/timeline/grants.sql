-- include care
GRANT SELECT, INSERT ON timeline_entry TO @account@;
GRANT UPDATE (read_by, acknowledged_by, readers, acknowledgers) ON timeline_entry TO @account@;
GRANT SELECT, INSERT, UPDATE (acknowledged_at) ON timeline_receipt TO @account@;
GRANT INSERT, DELETE ON care_mark TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
-- Files: their rows come, are finished, kept and, until then, swept up; triggers
-- hold what is kept (care/0011-file.sql).
GRANT SELECT, INSERT, DELETE ON care_file TO @account@;
GRANT UPDATE (type, name, bytes, width, height, generation, wrapped_key, kept_at) ON care_file TO @account@;
GRANT SELECT, INSERT, DELETE ON care_file_chunk TO @account@;
GRANT SELECT, INSERT ON timeline_attachment TO @account@;
GRANT UPDATE (attached) ON timeline_entry TO @account@;
