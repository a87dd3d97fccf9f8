-- Where a shelter is, for the map. Every statement may run again.
ALTER TABLE disaster_shelter ADD COLUMN IF NOT EXISTS latitude INT NULL COMMENT 'millionths of a degree',
	ADD COLUMN IF NOT EXISTS longitude INT NULL;
