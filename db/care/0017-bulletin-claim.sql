-- Who speaks is the administrator's word; what the document calls itself is a claim.
ALTER TABLE care_bulletin
	MODIFY publisher VARCHAR(120) NOT NULL COMMENT 'as the file of sources calls it: 気象庁',
	ADD claimed VARCHAR(120) NULL COMMENT 'as the document calls itself: 松江地方気象台' AFTER publisher,
	ADD understood TINYINT NOT NULL DEFAULT 1 COMMENT '0: only its headline can be believed';
-- Telegrams of which something was not understood.
ALTER TABLE care_bulletin_source
	ADD unread INT NOT NULL DEFAULT 0,
	ADD unread_at DATETIME(3) NULL,
	ADD unread_why VARCHAR(200) NULL;
