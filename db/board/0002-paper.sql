-- Survey note and physician's opinion as PDF. The file is sealed as all files are; its words,
-- as far as it has any, are kept for the look at whom they name.
CREATE TABLE board_paper (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	application_id BIGINT NOT NULL,
	kind ENUM('survey_note','physician_opinion') NOT NULL,
	file_id BIGINT NOT NULL,
	pages SMALLINT NOT NULL,
	words MEDIUMTEXT NULL COMMENT 'the secretariat''s alone',
	added_at DATETIME(3) NOT NULL,
	added_by BIGINT NOT NULL,
	removed_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), UNIQUE KEY (file_id), KEY (application_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What of them a member has before her: as long as the application itself.
CREATE VIEW board_seen_paper AS
SELECT v.viewer_id, v.id AS application_id, v.ref AS application, p.id, p.ref, p.kind, p.pages, p.file_id
  FROM board_seen v JOIN board_paper p ON p.application_id = v.id WHERE p.removed_at IS NULL;
