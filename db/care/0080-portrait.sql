-- Whether a small picture of her face heads her pages: admission reads it with the
-- strip, the table behind it is the module's that keeps the pictures.
ALTER TABLE care_patient
	ADD COLUMN IF NOT EXISTS strip_portrait TINYINT NOT NULL DEFAULT 0 COMMENT 'derived by triggers';
