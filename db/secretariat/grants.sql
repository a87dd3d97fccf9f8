-- include care
-- The secretariat: who applied, who sits, what is due. What members propose it cannot read,
-- before the close nor after it: who has proposed how many is board_progress.
GRANT SELECT, INSERT, UPDATE ON board_setting TO @account@;
GRANT SELECT, INSERT, UPDATE ON board_member TO @account@;
GRANT SELECT, INSERT ON board_panel TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON board_panel_member TO @account@;
GRANT SELECT, INSERT, UPDATE (state, closes_at, closed_at, meeting) ON board_sitting TO @account@;
GRANT SELECT, INSERT ON board_seat TO @account@;
-- What was applied for stays as it came; states go by the triggers.
GRANT SELECT, INSERT, UPDATE (sitting_id, serial_number, state, checked_at, checked_by, simplified,
	survey_note, physician_opinion) ON board_application TO @account@;
GRANT SELECT, INSERT ON board_person TO @account@;
GRANT SELECT, INSERT ON board_first_stage TO @account@;
GRANT SELECT ON board_progress TO @account@;
GRANT SELECT, INSERT ON board_recusal TO @account@;
GRANT SELECT, INSERT ON board_reopening TO @account@;
GRANT SELECT, INSERT, UPDATE ON board_insurer TO @account@;
GRANT SELECT ON board_decision TO @account@;
GRANT SELECT, INSERT ON board_delay_letter TO @account@;
GRANT SELECT, INSERT, UPDATE ON board_heading TO @account@;
GRANT SELECT, INSERT ON board_import TO @account@;
GRANT SELECT, INSERT, UPDATE (removed_at) ON board_paper TO @account@;
-- Its video meeting, which is the module meeting's from then on.
GRANT SELECT ON meeting_provider TO @account@;
GRANT SELECT (id, ref, network_id, kind, state, sequence), INSERT (ref, network_id, kind, title, starts_at, ends_at, organizer_id, organizer_name,
	made_at, room, asked_at, act_due_at), UPDATE (state, cancelled_at, sequence, act_due_at) ON meeting_meeting TO @account@;
-- Users alone: no guest, no address.
GRANT SELECT (id, meeting_id, removed_at, told_at, told_method, mail_due_at, mail_version), INSERT (ref, meeting_id, patient_id, user_id, name,
	profession, office, invited_at, invited_by, response, responded_at), UPDATE (mail_due_at, mail_version, mail_attempts) ON meeting_invitation TO @account@;
-- Conflicts are found by number.
GRANT SELECT (insurer_number, insured_number) ON care_patient TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
-- Files: the export as it came, papers.
GRANT SELECT, INSERT, DELETE ON care_file TO @account@;
GRANT UPDATE (patient_id, type, name, bytes, width, height, generation, wrapped_key, kept_at) ON care_file TO @account@;
GRANT SELECT, INSERT, DELETE ON care_file_chunk TO @account@;
