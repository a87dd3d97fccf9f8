-- include care
-- Members and the sitting. Whose an application is, and why a member is recused, is the
-- secretariat's account's (db/secretariat/grants.sql) and not this one's.
GRANT SELECT (network_id, longest_months, purge_hours) ON board_setting TO @account@;
GRANT SELECT (id, name) ON board_panel TO @account@;
GRANT SELECT, UPDATE (state, closed_at) ON board_sitting TO @account@;
GRANT SELECT, UPDATE (answer, answered_at, attended, presides) ON board_seat TO @account@;
-- What was applied for stays as it came; states go by the triggers.
GRANT SELECT, UPDATE (state) ON board_application TO @account@;
GRANT SELECT, INSERT ON board_first_stage TO @account@;
-- What a member proposes is read through the views: before the close her own alone.
GRANT INSERT, UPDATE (level, months, state_image, comment, done, saved_at), DELETE ON board_proposal TO @account@;
GRANT SELECT (application_id, sitting_id, user_id, done) ON board_proposal TO @account@;
GRANT SELECT ON board_seen TO @account@;
GRANT SELECT ON board_own_proposal TO @account@;
GRANT SELECT ON board_shown_proposal TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON board_reading TO @account@;
-- The link of a video meeting, once it is one.
GRANT SELECT (ref, state) ON meeting_meeting TO @account@;
-- Papers as PDF: pages of those before her; never their words.
GRANT SELECT ON board_seen_paper TO @account@;
GRANT SELECT (id, ref, application_id, kind, pages, removed_at) ON board_paper TO @account@;
GRANT SELECT ON care_file TO @account@;
GRANT SELECT ON care_file_chunk TO @account@;
-- That there is a conflict, never its ground; her own she declares.
GRANT SELECT (application_id, user_id, at), INSERT ON board_recusal TO @account@;
GRANT SELECT, INSERT ON board_step TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON board_ballot TO @account@;
-- Never changed, never taken away.
GRANT SELECT, INSERT ON board_decision TO @account@;
GRANT SELECT, INSERT ON board_reopening TO @account@;
GRANT SELECT, INSERT ON board_purge TO @account@;
