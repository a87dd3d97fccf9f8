-- The same bytes from two publishers are two telegrams; and what of a telegram was
-- not understood.
ALTER TABLE feed_telegram
	ADD authority VARCHAR(40) NOT NULL DEFAULT '' COMMENT 'publisher, as the file of sources has it' AFTER hash,
	ADD unread VARCHAR(200) NULL COMMENT 'what was not understood of it';
UPDATE feed_telegram SET authority = source;
ALTER TABLE feed_telegram DROP KEY hash, ADD UNIQUE KEY by_hash (hash, authority),
	ADD KEY by_time (received_at);
ALTER TABLE feed_series
	ADD unread_id BIGINT NOT NULL DEFAULT 0 COMMENT 'a newer bulletin that was not understood, beside the newest that was' AFTER bulletin_id;
