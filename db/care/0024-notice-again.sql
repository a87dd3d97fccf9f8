-- An urgent entry that nobody acknowledges is told of again. Mattermost's
-- persistent notifications, the known precedent, come every 5 minutes, 6 times; a
-- text message costs money here and wakes people, so 10 minutes, 3 times, unless a
-- network decides otherwise.
ALTER TABLE care_network
	ADD COLUMN IF NOT EXISTS urgent_again_minutes INT NOT NULL DEFAULT 10,
	ADD COLUMN IF NOT EXISTS urgent_again_times INT NOT NULL DEFAULT 3
	    COMMENT '0 to 6; 0: once is enough';

ALTER TABLE care_notice
	ADD COLUMN IF NOT EXISTS again TINYINT NOT NULL DEFAULT 0 COMMENT '0 the first, 1 … its repetitions',
	DROP KEY once,
	ADD UNIQUE KEY once (cause, user_id, channel, kind, again);
