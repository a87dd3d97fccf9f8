-- A tab for some roles alone: a crew's search, a privacy officer's reviews.
ALTER TABLE care_module
	ADD COLUMN IF NOT EXISTS roles VARCHAR(120) NULL COMMENT 'words of care_user.roles, by commas; NULL: everyone';
