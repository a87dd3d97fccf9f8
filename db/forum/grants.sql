-- include care
GRANT SELECT ON care_forum_reader TO @account@;
GRANT SELECT, INSERT, UPDATE (closed_at, closed_by) ON care_forum TO @account@;
GRANT SELECT, INSERT, UPDATE (joined_at, added_by, left_at) ON care_forum_member TO @account@;
-- Never what was written, by whom and when; what it says is read through the view.
GRANT SELECT ON forum_said TO @account@;
GRANT SELECT (forum_id, id, ref, author_id, gone_at) ON forum_entry TO @account@;
GRANT INSERT, UPDATE (gone_at) ON forum_entry TO @account@;
GRANT SELECT, INSERT, UPDATE (upto, at) ON forum_seen TO @account@;
