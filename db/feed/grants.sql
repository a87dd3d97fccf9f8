-- The reader of public feeds sees nobody: no patient, no user.
GRANT SELECT, INSERT, UPDATE, DELETE ON care_bulletin_source TO @account@;
GRANT SELECT, INSERT ON care_bulletin TO @account@;
GRANT UPDATE (publisher, claimed, topic, severity, level, title, headline, link,
	understood, until_at, state, replaced_by) ON care_bulletin TO @account@;
GRANT SELECT, INSERT, DELETE ON care_bulletin_area TO @account@;
GRANT SELECT, INSERT, DELETE ON care_bulletin_figure TO @account@;
GRANT SELECT, INSERT, UPDATE, DELETE ON feed_poll TO @account@;
GRANT SELECT, INSERT ON feed_document TO @account@;
GRANT UPDATE (state, attempts, not_before, reason, telegram) ON feed_document TO @account@;
-- Telegrams are added; of one that is there only whether it can be read changes.
GRANT SELECT, INSERT, UPDATE (refused, unread) ON feed_telegram TO @account@;
GRANT SELECT, INSERT, UPDATE ON feed_series TO @account@;
GRANT SELECT, INSERT, UPDATE ON feed_item TO @account@;
