-- What becomes of an entry after it was written, and whom it is for. Nothing of
-- it replaces what was written: a correction is a row of its own, a withdrawal
-- and a move leave the row with its text, of which timeline_seen (0004) shows
-- only that there was one.
ALTER TABLE timeline_entry
	ADD COLUMN reach TINYINT NOT NULL DEFAULT 1
	    COMMENT '0 everyone of the team, 1 whoever writes care there, 2 only audience_of',
	ADD COLUMN audience_of VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ','
	    COMMENT 'for whom besides: users ,u12, and professions ,p040,',
	ADD COLUMN audience_names VARCHAR(1000) NULL
	    COMMENT 'the same in words, as they were',
	ADD COLUMN replies INT NOT NULL DEFAULT 0,
	ADD COLUMN kept VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT ','
	    COMMENT 'keys of those who want to see it again: marked as unread',
	ADD COLUMN corrects BINARY(16) NULL COMMENT 'ref of the one that this corrects',
	ADD COLUMN corrected_by BINARY(16) NULL COMMENT 'ref of its correction',
	ADD COLUMN gone ENUM('withdrawn','moved') NULL,
	ADD COLUMN gone_at DATETIME(3) NULL,
	ADD COLUMN gone_reason VARCHAR(100) NULL,
	ADD COLUMN recalled_at DATETIME(3) NULL
	    COMMENT 'taken back by its author before anyone had read it: nobody sees it',
	ADD COLUMN moved_in TINYINT NOT NULL DEFAULT 0
	    COMMENT 'came from the page of another patient',
	ADD COLUMN special TINYINT AS (moved_in OR kept <> ',' OR corrects IS NOT NULL
	    OR corrected_by IS NOT NULL OR gone IS NOT NULL OR audience_names IS NOT NULL) PERSISTENT
	    COMMENT 'has any of these: looked at apart, because seven more columns of every row of a page cost';
