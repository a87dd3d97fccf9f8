-- include care
GRANT SELECT, INSERT, UPDATE ON board_setting TO @account@;
GRANT SELECT, INSERT, UPDATE ON board_member TO @account@;
GRANT SELECT, INSERT ON board_panel TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON board_panel_member TO @account@;
GRANT SELECT, INSERT, UPDATE (state, closes_at, closed_at) ON board_sitting TO @account@;
GRANT SELECT, INSERT, UPDATE (answer, answered_at, attended, presides) ON board_seat TO @account@;
-- What was applied for stays as it came; states go by the triggers.
GRANT SELECT, INSERT, UPDATE (sitting_id, serial_number, state, checked_at, checked_by, simplified,
	survey_note, physician_opinion) ON board_application TO @account@;
GRANT SELECT, INSERT ON board_person TO @account@;
GRANT SELECT, INSERT ON board_first_stage TO @account@;
GRANT SELECT ON board_first_stage_now TO @account@;
-- What a member proposes is read through the views: before the close her own alone.
GRANT INSERT, UPDATE (level, months, state_image, comment, done, saved_at), DELETE ON board_proposal TO @account@;
GRANT SELECT (application_id, sitting_id, user_id, done) ON board_proposal TO @account@;
GRANT SELECT ON board_seen TO @account@;
GRANT SELECT ON board_own_proposal TO @account@;
GRANT SELECT ON board_shown_proposal TO @account@;
GRANT SELECT ON board_progress TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON board_reading TO @account@;
GRANT SELECT, INSERT ON board_recusal TO @account@;
GRANT SELECT, INSERT ON board_step TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON board_ballot TO @account@;
-- Never changed, never taken away.
GRANT SELECT, INSERT ON board_decision TO @account@;
GRANT SELECT, INSERT ON board_delay_letter TO @account@;
GRANT SELECT, INSERT ON board_purge TO @account@;
GRANT SELECT, INSERT, UPDATE ON board_column TO @account@;
GRANT SELECT, INSERT ON board_import TO @account@;
-- Conflicts are found by number, on the secretariat's side.
GRANT SELECT (insurer_number, insured_number) ON care_patient TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
-- Files: the export as it came.
GRANT SELECT, INSERT, DELETE ON care_file TO @account@;
GRANT UPDATE (patient_id, type, name, bytes, width, height, generation, wrapped_key, kept_at) ON care_file TO @account@;
GRANT SELECT, INSERT, DELETE ON care_file_chunk TO @account@;
