-- What is said in forums (care_forum). Nothing of it is about a patient; nothing of
-- it is changed: who takes an entry back leaves a trace.
CREATE TABLE forum_entry (
	forum_id BIGINT NOT NULL,
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	author_id BIGINT NOT NULL,
	author_name VARCHAR(81) NOT NULL,
	author_profession CHAR(3) NOT NULL,
	author_office VARCHAR(80) NOT NULL,
	written_at DATETIME(3) NOT NULL,
	reply_to BIGINT NOT NULL DEFAULT 0 COMMENT 'the entry that it answers',
	body TEXT NOT NULL,
	gone_at DATETIME(3) NULL COMMENT 'taken back by its author',
	PRIMARY KEY (forum_id, id),
	UNIQUE KEY (ref),
	KEY by_id (id),
	KEY replies (forum_id, reply_to, id),
	FOREIGN KEY (forum_id) REFERENCES care_forum (id),
	FOREIGN KEY (author_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Up to which entry each of them has read: a row a person and forum.
CREATE TABLE forum_seen (
	forum_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	upto BIGINT NOT NULL COMMENT 'id of the newest entry that she had before her',
	at DATETIME(3) NOT NULL,
	PRIMARY KEY (forum_id, user_id),
	FOREIGN KEY (forum_id) REFERENCES care_forum (id),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What is taken back is read by nobody, the program included.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW forum_said AS
SELECT e.forum_id, e.id, e.ref, e.author_id, e.author_name, e.author_profession,
       e.author_office, e.written_at, e.reply_to, e.gone_at,
       IF(e.gone_at IS NULL, e.body, '') AS body
  FROM forum_entry e;

INSERT INTO care_module (module, place, path, label, position) VALUES
	('forum', 'main', '/forums', 'グループ', 90);
