-- Whether a meeting server of one's own answers: asked before a meeting is promised there, and
-- each minute. Not of one that only the users' browsers can reach.
ALTER TABLE meeting_provider
	ADD COLUMN IF NOT EXISTS probe TINYINT NOT NULL DEFAULT 1 COMMENT 'jitsi: 0: tomozuna-meet cannot reach it and does not ask',
	ADD COLUMN IF NOT EXISTS away_since DATETIME(3) NULL COMMENT 'it does not answer; NULL: it does, or is not asked';
