-- Some networks open a page by nothing but a form that was signed and shown.
ALTER TABLE care_network
	ADD COLUMN IF NOT EXISTS consent_image TINYINT NOT NULL DEFAULT 0
		COMMENT 'a consent to share is recorded with the image of what was signed';
