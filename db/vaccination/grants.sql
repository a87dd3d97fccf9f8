-- include care
-- Facts are added; what ended is noted beside them, their words stay.
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_name, end_reason) ON care_immunization TO @account@;
GRANT SELECT, INSERT, UPDATE (immunization_id, report_reference, reported_at, ended_at) ON care_adverse_event TO @account@;
GRANT SELECT, INSERT ON vaccination_visit TO @account@;
GRANT UPDATE (state, state_at, immunization_id, given_at, wait_minutes, wait_until, closed_at, closed_by, watched_by, condition_after, early_reason) ON vaccination_visit TO @account@;
GRANT SELECT, INSERT ON vaccination_screening TO @account@;
GRANT SELECT, INSERT ON vaccination_answer TO @account@;
GRANT SELECT, INSERT ON vaccination_judgement TO @account@;
GRANT SELECT, INSERT ON vaccination_not_given TO @account@;
GRANT SELECT, INSERT ON vaccination_paper TO @account@;
GRANT SELECT, INSERT, UPDATE (stock) ON vaccination_lot TO @account@;
GRANT INSERT, DELETE ON care_mark TO @account@;
GRANT SELECT, INSERT ON vaccination_strike TO @account@;
-- Files: their rows come, are finished, kept and, until then, swept up.
GRANT SELECT, INSERT, DELETE ON care_file TO @account@;
GRANT UPDATE (patient_id, type, name, bytes, width, height, generation, wrapped_key, kept_at, until_at) ON care_file TO @account@;
GRANT SELECT, INSERT, DELETE ON care_file_chunk TO @account@;
GRANT SELECT (address, phone, kana_folded) ON care_patient TO @account@;
-- Bookings: each step is added, the row says where it stands.
GRANT SELECT, INSERT ON vaccination_booking TO @account@;
GRANT UPDATE (state, state_at, offered_on, offered_time, offer_note) ON vaccination_booking TO @account@;
GRANT SELECT, INSERT ON vaccination_booking_step TO @account@;
GRANT SELECT ON vaccination_booking_line TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
-- Reminders: who agreed, since when not any more; what waits then goes no more.
GRANT SELECT, INSERT ON vaccination_agreement TO @account@;
GRANT UPDATE (ended_at, ended_by, ended_name, end_reason) ON vaccination_agreement TO @account@;
GRANT SELECT, INSERT ON vaccination_reminder TO @account@;
GRANT SELECT, INSERT ON vaccination_call TO @account@;
GRANT SELECT, INSERT, UPDATE ON care_sms_stop TO @account@;
-- What is due is made anew each night.
GRANT SELECT, INSERT, UPDATE, DELETE ON vaccination_due TO @account@;
GRANT SELECT, INSERT, DELETE ON vaccination_due_count TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON vaccination_due_tally TO @account@;
GRANT SELECT, INSERT ON vaccination_pass TO @account@;
GRANT UPDATE (ended_at, after_id, people, looked, changed) ON vaccination_pass TO @account@;
-- The report of an adverse event: each saving is a row.
GRANT SELECT, INSERT ON vaccination_report TO @account@;
GRANT SELECT, INSERT ON vaccination_alarm TO @account@;
-- Coverage is counted anew each night; the town names its areas.
GRANT SELECT, INSERT, DELETE ON vaccination_area TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON vaccination_coverage TO @account@;
-- Circulars: their words stay; one is taken back, and read.
GRANT SELECT, INSERT, UPDATE (ended_at, ended_name) ON vaccination_circular TO @account@;
GRANT SELECT, INSERT ON vaccination_circular_office TO @account@;
GRANT SELECT, INSERT ON vaccination_circular_reader TO @account@;
GRANT SELECT, INSERT ON vaccination_circular_file TO @account@;
-- The town's register: its numbers and columns, and files of it that go after some days.
GRANT SELECT, INSERT, DELETE ON vaccination_resident TO @account@;
GRANT SELECT, INSERT, UPDATE ON vaccination_column TO @account@;
GRANT SELECT, INSERT, UPDATE (file_id, entries_done, added, known, faulty, ended_at) ON vaccination_import TO @account@;
-- A stop word from a phone (care/sms_reply.h).
GRANT SELECT, INSERT ON care_sms_question TO @account@;
GRANT SELECT ON care_sms_incoming TO @account@;
