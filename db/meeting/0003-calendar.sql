-- Who has which meeting when: what the list shows, a row a person and meeting, in one range
-- of one table. Followed from meeting_meeting and meeting_invitation it was planned anew at each
-- look, over seven tables. Kept by triggers, whoever writes those two (the secretariat, tomozuna-meet):
-- no program can forget it. Whether a patient's meeting may be seen is still asked of the team, at each look.
-- Every statement may run again.

CREATE TABLE IF NOT EXISTS meeting_calendar (
	network_id BIGINT NOT NULL COMMENT 'the meeting''s; its people may be of another',
	user_id BIGINT NOT NULL COMMENT '0: whoever of the network may sign up; never of a patient''s',
	starts_at DATETIME(3) NOT NULL,
	meeting_id BIGINT NOT NULL,
	patient_id BIGINT NULL COMMENT 'as of the meeting',
	ref BINARY(16) NOT NULL COMMENT 'of the meeting',
	kind ENUM('care_conference','discharge_conference','community_conference',
	    'training_course','sitting') NOT NULL,
	title VARCHAR(80) NOT NULL,
	ends_at DATETIME(3) NOT NULL,
	phase ENUM('draft','polling','preparing','refused','scheduled','cancelled') NOT NULL,
	organizer TINYINT NOT NULL,
	invited TINYINT NOT NULL,
	open_signup TINYINT NOT NULL,
	response ENUM('accepted','declined','tentative') NULL,
	PRIMARY KEY (user_id, starts_at, meeting_id),
	UNIQUE KEY once (meeting_id, user_id),
	KEY offered (network_id, user_id, starts_at),
	KEY by_patient (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id),
	CONSTRAINT offered_of_nobody CHECK (user_id <> 0 OR patient_id IS NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

DELIMITER //

CREATE OR REPLACE FUNCTION meeting_phase(state VARCHAR(12), polled_at DATETIME(3), asked_at DATETIME(3), reason VARCHAR(24))
	RETURNS VARCHAR(12) DETERMINISTIC NO SQL
	COMMENT 'what a meeting is, but for the clock: as modules/meeting/meeting.sql says of one'
RETURN CASE WHEN state = 'cancelled' THEN state WHEN polled_at IS NOT NULL THEN 'polling' WHEN state <> 'draft' THEN state
	WHEN asked_at IS NULL THEN 'draft' WHEN reason IS NULL THEN 'preparing' ELSE 'refused' END//

CREATE OR REPLACE TRIGGER meeting_calendar_made AFTER INSERT ON meeting_meeting FOR EACH ROW
	INSERT INTO meeting_calendar (network_id, user_id, starts_at, meeting_id, patient_id, ref, kind, title, ends_at, phase,
	       organizer, invited, open_signup)
	SELECT NEW.network_id, x.who, NEW.starts_at, NEW.id, NEW.patient_id, NEW.ref, NEW.kind, NEW.title, NEW.ends_at,
	       meeting_phase(NEW.state, NEW.polled_at, NEW.asked_at, NEW.act_reason), x.who <> 0, 0, NEW.open_signup
	  FROM (SELECT NEW.organizer_id AS who UNION ALL SELECT 0 WHERE NEW.open_signup AND NEW.patient_id IS NULL) AS x//

CREATE OR REPLACE TRIGGER meeting_calendar_changed AFTER UPDATE ON meeting_meeting FOR EACH ROW
IF NEW.starts_at <> OLD.starts_at OR NEW.ends_at <> OLD.ends_at OR NEW.title <> OLD.title OR
	meeting_phase(NEW.state, NEW.polled_at, NEW.asked_at, NEW.act_reason) <>
	meeting_phase(OLD.state, OLD.polled_at, OLD.asked_at, OLD.act_reason) THEN
	UPDATE meeting_calendar SET starts_at = NEW.starts_at, ends_at = NEW.ends_at, title = NEW.title,
	       phase = meeting_phase(NEW.state, NEW.polled_at, NEW.asked_at, NEW.act_reason)
	 WHERE meeting_id = NEW.id;
END IF//

CREATE OR REPLACE TRIGGER meeting_calendar_gone AFTER DELETE ON meeting_meeting FOR EACH ROW
	DELETE FROM meeting_calendar WHERE meeting_id = OLD.id//

-- The meeting is read under a lock, as INSERT … SELECT does: whoever moves it meanwhile waits.
CREATE OR REPLACE TRIGGER meeting_calendar_invited AFTER INSERT ON meeting_invitation FOR EACH ROW
IF NEW.user_id IS NOT NULL THEN
	INSERT INTO meeting_calendar (network_id, user_id, starts_at, meeting_id, patient_id, ref, kind, title, ends_at, phase,
	       organizer, invited, open_signup, response)
	SELECT m.network_id, NEW.user_id, m.starts_at, m.id, m.patient_id, m.ref, m.kind, m.title, m.ends_at,
	       meeting_phase(m.state, m.polled_at, m.asked_at, m.act_reason), m.organizer_id = NEW.user_id,
	       NEW.removed_at IS NULL, m.open_signup, NEW.response
	  FROM meeting_meeting m WHERE m.id = NEW.meeting_id
	ON DUPLICATE KEY UPDATE invited = VALUES(invited), response = VALUES(response);
END IF//

CREATE OR REPLACE TRIGGER meeting_calendar_answered AFTER UPDATE ON meeting_invitation FOR EACH ROW
IF NEW.user_id IS NOT NULL AND (NOT NEW.response <=> OLD.response OR (NEW.removed_at IS NULL) <> (OLD.removed_at IS NULL)) THEN
	UPDATE meeting_calendar SET invited = NEW.removed_at IS NULL, response = NEW.response
	 WHERE meeting_id = NEW.meeting_id AND user_id = NEW.user_id;
END IF//

CREATE OR REPLACE TRIGGER meeting_calendar_uninvited AFTER DELETE ON meeting_invitation FOR EACH ROW
	UPDATE meeting_calendar SET invited = 0, response = NULL WHERE meeting_id = OLD.meeting_id AND user_id = OLD.user_id//

DELIMITER ;

-- What was there before.
INSERT IGNORE INTO meeting_calendar (network_id, user_id, starts_at, meeting_id, patient_id, ref, kind, title, ends_at, phase,
       organizer, invited, open_signup, response)
SELECT m.network_id, x.who, m.starts_at, m.id, m.patient_id, m.ref, m.kind, m.title, m.ends_at,
       meeting_phase(m.state, m.polled_at, m.asked_at, m.act_reason), m.organizer_id = x.who, i.id IS NOT NULL, m.open_signup, i.response
  FROM (SELECT id AS meeting, organizer_id AS who FROM meeting_meeting
        UNION SELECT id, 0 FROM meeting_meeting WHERE open_signup AND patient_id IS NULL
        UNION SELECT meeting_id, user_id FROM meeting_invitation WHERE user_id IS NOT NULL) AS x
  JOIN meeting_meeting m ON m.id = x.meeting
  LEFT JOIN meeting_invitation i ON i.meeting_id = m.id AND i.user_id = x.who AND i.removed_at IS NULL;
