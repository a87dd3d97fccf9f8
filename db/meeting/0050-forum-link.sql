-- A meeting set from a forum's page; whether who is present agreed to being recorded; the
-- link of a guest that a newer one has replaced; links that die when a meeting is over.
-- Every statement may run again.

ALTER TABLE meeting_meeting
	ADD COLUMN IF NOT EXISTS forum_id BIGINT NULL COMMENT 'set from the page of that forum, whose people are invited',
	ADD COLUMN IF NOT EXISTS consent_recording TINYINT NULL COMMENT 'who is present agrees to being recorded, too; NULL: nobody is, or was asked yet',
	MODIFY COLUMN recording TINYINT NOT NULL DEFAULT 0 COMMENT '1 allowed; 2 not any more: the provider is told so at each act',
	ADD KEY IF NOT EXISTS by_forum (forum_id, starts_at);

ALTER TABLE meeting_invitation
	ADD COLUMN IF NOT EXISTS token_before BINARY(32) NULL COMMENT 'the link before the newest: it admits nobody, and says so',
	ADD UNIQUE KEY IF NOT EXISTS replaced (token_before);

DELIMITER //

-- Whoever gives a link: tomozuna-mail is told nothing of this.
CREATE OR REPLACE TRIGGER meeting_link_replaced BEFORE UPDATE ON meeting_invitation FOR EACH ROW
IF OLD.token IS NOT NULL AND NOT NEW.token <=> OLD.token THEN
	SET NEW.token_before = OLD.token;
END IF//

DELIMITER ;

-- Meetings that a provider has, and that are not over, or whose links may still lead somewhere.
UPDATE meeting_meeting SET act_due_at = ends_at + INTERVAL 30 MINUTE
 WHERE state = 'scheduled' AND begun AND act_due_at IS NULL AND ends_at > UTC_TIMESTAMP(3) - INTERVAL 60 DAY;
