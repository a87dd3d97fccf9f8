-- What a hand-over leaves behind, so that after a crash one can tell what never
-- went from what may have gone; and urgent notices before all others.
ALTER TABLE care_notice
	ADD COLUMN priority TINYINT NOT NULL DEFAULT 1 COMMENT '0 before all others' AFTER kind,
	ADD COLUMN acted_at DATETIME(3) NULL COMMENT 'hand-over began: from here on a crash leaves it unknown' AFTER lease_until,
	ADD COLUMN acked_at DATETIME(3) NULL COMMENT 'first word from beyond: the SMSC has it' AFTER sent_at,
	ADD COLUMN crashes TINYINT NOT NULL DEFAULT 0 COMMENT 'leases that ran out before the hand-over' AFTER attempts,
	DROP KEY due,
	ADD KEY due (channel, state, priority, due_at);
