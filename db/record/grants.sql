-- include care
-- Facts are added; what ended is noted beside them, their words stay.
GRANT SELECT ON care_patient TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_name, end_reason) ON care_allergy TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_name, end_reason) ON care_health_condition TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_name, end_reason) ON care_medication TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_name, end_reason) ON care_equipment TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_name, end_reason) ON care_advance_directive TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by, ended_name, end_reason) ON care_emergency_contact TO @account@;
GRANT SELECT, INSERT ON care_field TO @account@;
GRANT SELECT, INSERT ON care_whereabouts TO @account@;
GRANT SELECT, INSERT ON care_level TO @account@;
GRANT SELECT, INSERT ON record_change TO @account@;
GRANT SELECT, INSERT, UPDATE ON record_seen TO @account@;
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by) ON record_vital_sign TO @account@;
GRANT SELECT ON record_vital_day TO @account@;
GRANT SELECT ON record_summary_now TO @account@;
GRANT SELECT, INSERT ON record_vital_limit TO @account@;
GRANT SELECT, INSERT, DELETE ON record_vital_watcher TO @account@;
GRANT SELECT, INSERT ON record_care_plan TO @account@;
GRANT SELECT, INSERT ON record_care_plan_receipt TO @account@;
GRANT SELECT, INSERT, UPDATE (cancelled_at, sequence, changed_at) ON record_visit TO @account@;
GRANT SELECT, INSERT ON record_visitor TO @account@;
GRANT SELECT, INSERT, UPDATE (revoked_at) ON record_calendar TO @account@;
GRANT UPDATE (phone, fax, address, lat, lon, hours, services, corrected_at, corrected_name) ON care_office TO @account@;
GRANT SELECT, INSERT ON record_reminder TO @account@;
-- Of who has died nobody is reminded.
GRANT SELECT (patient_id, ended_at) ON care_episode TO @account@;
GRANT SELECT, INSERT ON record_paper TO @account@;
GRANT SELECT, INSERT ON record_paper_field TO @account@;
-- What one's own office measured and issued, after it has left.
GRANT SELECT ON record_own_vital TO @account@;
GRANT SELECT ON record_own_paper TO @account@;
-- A report is made of what the own office wrote.
GRANT SELECT ON timeline_seen TO @account@;
GRANT SELECT (office_id, patient_id, id) ON timeline_own TO @account@;
GRANT INSERT, DELETE ON care_mark TO @account@;
GRANT SELECT, INSERT ON care_notice TO @account@;
GRANT SELECT ON care_notice_choice TO @account@;
GRANT SELECT ON care_network_choice TO @account@;
