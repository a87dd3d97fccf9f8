-- Groups that are about no patient (グループ: 職能団体, a committee, an office). Who is
-- in one stands here, beside teams, so that another module can ask for it: a meeting
-- that invites a forum.
CREATE TABLE IF NOT EXISTS care_forum (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	name VARCHAR(60) NOT NULL,
	about VARCHAR(200) NULL COMMENT 'what it is for',
	open_to ENUM('network','profession','office','members') NOT NULL,
	office_id BIGINT NULL COMMENT 'open_to office: its people',
	profession CHAR(3) NOT NULL DEFAULT '' COMMENT 'open_to profession: all of the network',
	made_by BIGINT NOT NULL,
	made_at DATETIME(3) NOT NULL,
	closed_at DATETIME(3) NULL COMMENT 'read no more; what was written stays',
	closed_by BIGINT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY (ref),
	KEY (network_id, closed_at),
	FOREIGN KEY (network_id) REFERENCES care_network (id),
	FOREIGN KEY (office_id) REFERENCES care_office (id),
	FOREIGN KEY (made_by) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Of a forum of named members, and of no other.
CREATE TABLE IF NOT EXISTS care_forum_member (
	forum_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	joined_at DATETIME(3) NOT NULL,
	added_by BIGINT NOT NULL,
	left_at DATETIME(3) NULL,
	PRIMARY KEY (forum_id, user_id),
	FOREIGN KEY (forum_id) REFERENCES care_forum (id),
	FOREIGN KEY (user_id) REFERENCES care_user (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Everybody to whom a forum is open at this instant, by the office for which she
-- may have signed in.
CREATE OR REPLACE ALGORITHM = MERGE VIEW care_forum_reader AS
SELECT f.id AS forum_id, f.ref, s.user_id, s.office_id, s.profession
  FROM care_forum f
  JOIN care_office o ON o.network_id = f.network_id AND o.closed_at IS NULL
  JOIN care_staff s ON s.office_id = o.id AND s.left_at IS NULL
  JOIN care_user u ON u.id = s.user_id AND u.suspended_at IS NULL
  LEFT JOIN care_forum_member m ON m.forum_id = f.id AND m.user_id = s.user_id AND m.left_at IS NULL
 WHERE f.closed_at IS NULL
   AND (f.open_to = 'network' OR (f.open_to = 'office' AND s.office_id = f.office_id)
        OR (f.open_to = 'profession' AND s.profession = f.profession)
        OR (f.open_to = 'members' AND m.user_id IS NOT NULL));
