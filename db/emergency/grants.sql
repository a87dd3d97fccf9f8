-- include care
GRANT SELECT ON care_patient TO @account@;
GRANT SELECT ON care_emergency_contact TO @account@;
GRANT SELECT ON record_summary_now TO @account@;
GRANT SELECT ON timeline_crew TO @account@;
-- Doses of late, and what came after them.
GRANT SELECT ON care_immunization TO @account@;
GRANT SELECT ON care_adverse_event TO @account@;
-- Of pictures the small one of who agreed that crews see it.
GRANT SELECT ON patient_crew_face TO @account@;
-- Search keys: made of what others wrote, so made anew.
GRANT SELECT, DELETE ON emergency_due TO @account@;
GRANT SELECT, INSERT, UPDATE ON emergency_name TO @account@;
GRANT SELECT, INSERT, DELETE ON emergency_phone TO @account@;
GRANT SELECT, INSERT, UPDATE ON emergency_address TO @account@;
-- Who opened whom is never taken back; only its end, its one extension and its
-- dispatch number follow.
GRANT SELECT, INSERT, UPDATE (until, extended_at, ended_at, dispatch_number) ON emergency_opening TO @account@;
GRANT SELECT ON emergency_open_now TO @account@;
GRANT SELECT, INSERT ON emergency_review TO @account@;
GRANT SELECT, INSERT ON emergency_call TO @account@;
GRANT SELECT, INSERT ON emergency_report TO @account@;
GRANT SELECT, INSERT ON emergency_answer TO @account@;
GRANT INSERT, DELETE ON care_mark TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
-- The copy that answers while MariaDB does not.
GRANT SELECT, INSERT, UPDATE, DELETE ON care_follower TO @account@;
GRANT SELECT, DELETE ON care_followed TO @account@;
-- A card is ended, never changed.
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_name, end_reason) ON emergency_kit_card TO @account@;
-- What hospitals take, are asked and answer: a request is never changed but shut.
GRANT SELECT, INSERT, UPDATE ON emergency_service_status TO @account@;
GRANT SELECT, INSERT, UPDATE (closed_at) ON emergency_hospital_request TO @account@;
GRANT SELECT, INSERT, UPDATE (answer, answer_note, answered_at, answered_by, by_phone, chosen_at, called_off_at) ON emergency_hospital_asked TO @account@;
-- Contacts that are told, and the ledger of those who live alone: ended, never changed.
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_name) ON emergency_contact_told TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_name, end_reason) ON emergency_alone TO @account@;
-- Codes of relatives: given out and used, never read back.
GRANT SELECT (ref, patient_id, used_at), INSERT, UPDATE (used_at) ON emergency_look_code TO @account@;
GRANT SELECT ON emergency_by_code TO @account@;
-- An agreement that ends holds at once for what is queued.
GRANT SELECT, INSERT, UPDATE ON care_sms_stop TO @account@;
-- A device that was shut out while this database was away (copy_shut.c) is revoked first.
GRANT UPDATE (revoked_at) ON care_device TO @account@;
GRANT UPDATE (ended_at) ON care_session TO @account@;
