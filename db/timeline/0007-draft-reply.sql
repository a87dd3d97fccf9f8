-- A draft each: of the page, and of each reply that somebody has begun there.
-- The programs of before write and find the page's, whose reply_to is zero.
ALTER TABLE timeline_draft
	ADD COLUMN reply_to BINARY(16) NOT NULL DEFAULT 0x00000000000000000000000000000000
	    COMMENT 'ref of the entry that it answers; zero: it answers none' AFTER patient_id,
	DROP PRIMARY KEY,
	ADD PRIMARY KEY (user_id, patient_id, reply_to);
