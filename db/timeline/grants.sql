-- include care
-- What an entry says is read through the view alone, which knows who may; of the
-- table itself only what statements join and count by.
GRANT SELECT ON timeline_seen TO @account@;
GRANT SELECT ON timeline_own_seen TO @account@;
-- The program of before 0041 asks it, and goes on beside the new one.
GRANT SELECT ON timeline_own TO @account@;
GRANT SELECT (patient_id, id, ref, author_id, written_at, urgent, reply_to, replies, read_by,
	acknowledged_by, readers, acknowledgers, kept, corrected_by, gone, recalled_at) ON timeline_entry TO @account@;
GRANT INSERT ON timeline_entry TO @account@;
-- Never what was written, by whom, when and for whom.
GRANT UPDATE (read_by, acknowledged_by, readers, acknowledgers, kept, replies, corrected_by, gone,
	gone_at, gone_reason, recalled_at, mentions, mention_names) ON timeline_entry TO @account@;
GRANT SELECT ON timeline_right TO @account@;
GRANT SELECT ON timeline_right_now TO @account@;
GRANT SELECT ON timeline_reader TO @account@;
GRANT SELECT ON care_disease_network TO @account@;
GRANT SELECT ON care_disease_reader TO @account@;
GRANT SELECT, INSERT, UPDATE (acknowledged_at) ON timeline_receipt TO @account@;
GRANT SELECT, INSERT ON timeline_reply TO @account@;
GRANT SELECT, INSERT ON timeline_gram TO @account@;
GRANT SELECT, INSERT ON timeline_fax TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON timeline_draft TO @account@;
GRANT INSERT, DELETE ON care_mark TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
-- An acknowledgement calls off what has not left.
GRANT UPDATE (state, reason, done_at) ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
-- Files: their rows come, are finished, kept and, until then, swept up; triggers
-- hold what is kept (care/0011-file.sql).
GRANT SELECT, INSERT, DELETE ON care_file TO @account@;
GRANT UPDATE (patient_id, type, name, bytes, width, height, generation, wrapped_key, kept_at) ON care_file TO @account@;
GRANT SELECT, INSERT, DELETE ON care_file_chunk TO @account@;
-- Moved with an entry that was the wrong patient's.
GRANT SELECT, INSERT, UPDATE (patient_id, entry_id) ON timeline_attachment TO @account@;
GRANT UPDATE (attached) ON timeline_entry TO @account@;
-- Minutes of a meeting, which become an entry, and who was there.
GRANT SELECT (id, ref, patient_id, title, starts_at, ends_at, minutes, minutes_at) ON meeting_meeting TO @account@;
GRANT SELECT (id, meeting_id, name, joined_at, removed_at) ON meeting_invitation TO @account@;
-- What becomes of a question; whom it asks and by when stays.
GRANT SELECT, INSERT, UPDATE (answered_by, closed_at, told_at) ON timeline_question TO @account@;
