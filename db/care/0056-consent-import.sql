-- What a consent is about, as its paper says (E3), a hash of the image as it is stored,
-- and by which list of the town it came.
ALTER TABLE care_consent
	ADD COLUMN IF NOT EXISTS scope VARCHAR(200) NULL COMMENT 'to whom and what, in the words of the paper',
	ADD COLUMN IF NOT EXISTS document_hash BINARY(32) NULL COMMENT 'SHA-256 of the image that file_id names',
	ADD COLUMN IF NOT EXISTS import_id BIGINT NULL COMMENT 'team_import';
