-- Consent, episode and team: who may see what, since when, on whose word.

-- What a network decides for itself.
ALTER TABLE care_network
	ADD COLUMN registers ENUM('office','officer') NOT NULL DEFAULT 'office'
		COMMENT 'who may register a patient: any office, or the town''s officers',
	ADD COLUMN patient_approves TINYINT NOT NULL DEFAULT 0
		COMMENT 'the patient approves each office that joins her team',
	ADD COLUMN keep_years TINYINT NOT NULL DEFAULT 5
		COMMENT 'from the end of an episode to its deletion; at least 5 (医師法24条)',
	ADD COLUMN officer_office_id BIGINT NULL
		COMMENT 'joins every team as officer; NULL: none does';

-- Who may be on duty, which opens the pages of all whom the office looks after: the
-- manager says so, she herself begins and ends it.
ALTER TABLE care_staff
	ADD COLUMN may_stand_in TINYINT NOT NULL DEFAULT 0 COMMENT 'the manager lets her be on duty';

-- A patient may be known without consent (registers of the town, bookings,
-- certification). The managing office keeps her papers and invites others.
ALTER TABLE care_patient
	ADD COLUMN managing_office_id BIGINT NULL,
	ADD COLUMN registered_at DATETIME(3) NULL,
	ADD COLUMN registered_by BIGINT NOT NULL DEFAULT 0,
	ADD KEY by_manager (managing_office_id);

-- The team writes and reads until closes_at: 30 days after death, discharge or
-- move; at once when consent was withdrawn.
ALTER TABLE care_episode
	ADD COLUMN end_reason ENUM('discharge','moved','deceased','consent_withdrawn') NULL,
	ADD COLUMN ended_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN closes_at DATETIME(3) NULL,
	ADD COLUMN keep_until DATE NULL COMMENT 'first day on which it may be deleted';

ALTER TABLE care_team
	ADD COLUMN joined_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN left_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN left_reason ENUM('left','removed','changed','end','consent_withdrawn') NULL;

-- Whoever may sign for the patient, until when.
CREATE TABLE care_proxy (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	kind ENUM('guardian','curator','assistant','voluntary_guardian','family') NOT NULL
		COMMENT '成年後見人 保佐人 補助人 任意後見人 家族',
	name VARCHAR(80) NOT NULL,
	relation VARCHAR(40) NOT NULL,
	phone VARCHAR(20) NULL,
	scope VARCHAR(200) NOT NULL COMMENT 'what for, as the paper says',
	valid_from DATE NOT NULL,
	ends_on DATE NOT NULL COMMENT 'the last day',
	recorded_at DATETIME(3) NOT NULL,
	recorded_by BIGINT NOT NULL,
	ended_at DATETIME(3) NULL COMMENT 'before its time',
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY (patient_id),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A consent is a row that is never changed but by its withdrawal.
ALTER TABLE care_consent
	ADD COLUMN officer TINYINT NOT NULL DEFAULT 0
		COMMENT 'share_team: officer and volunteer of the team may read too',
	ADD COLUMN proxy_id BIGINT NULL,
	ADD COLUMN sign_reason VARCHAR(200) NULL COMMENT 'why not the patient herself',
	ADD COLUMN explainer VARCHAR(80) NOT NULL DEFAULT '',
	ADD COLUMN file_id BIGINT NULL COMMENT 'care_file: the image of what was signed',
	ADD COLUMN recorded_at DATETIME(3) NULL,
	ADD COLUMN recorded_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN withdrawn_by VARCHAR(80) NULL COMMENT 'whose word it was',
	ADD COLUMN withdrawn_relation VARCHAR(40) NULL,
	ADD COLUMN withdrawn_recorded_by BIGINT NOT NULL DEFAULT 0,
	ADD COLUMN withdrawal_effect VARCHAR(400) NULL COMMENT 'what ended by it, in words';

-- An office asked to join a team. Nobody of it sees more of the patient than
-- her name until it has joined.
CREATE TABLE care_invitation (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	team_role VARCHAR(32) NOT NULL,
	reason VARCHAR(200) NOT NULL COMMENT 'why they are asked, to them',
	state ENUM('pending','joined','declined','cancelled') NOT NULL DEFAULT 'pending',
	invited_by BIGINT NOT NULL,
	invited_at DATETIME(3) NOT NULL,
	sent_at DATETIME(3) NOT NULL COMMENT 'last told',
	sent INT NOT NULL DEFAULT 1,
	notice BINARY(16) NOT NULL COMMENT 'cause of the last notices',
	approved_on DATE NULL COMMENT 'the patient said yes, where she is asked',
	approved_by VARCHAR(80) NULL,
	approved_relation VARCHAR(40) NULL,
	accepted_at DATETIME(3) NULL,
	accepted_by BIGINT NOT NULL DEFAULT 0,
	accepted_user BIGINT NOT NULL DEFAULT 0 COMMENT 'who will look after her; 0: the whole office',
	ended_at DATETIME(3) NULL,
	ended_by BIGINT NOT NULL DEFAULT 0,
	answer VARCHAR(200) NULL COMMENT 'why declined or cancelled',
	open_office BIGINT AS (IF(state = 'pending', office_id, NULL)) PERSISTENT,
	PRIMARY KEY (id), UNIQUE KEY (ref),
	UNIQUE KEY one_open (patient_id, open_office),
	KEY by_office (office_id, state),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id),
	FOREIGN KEY (office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Another office is to manage the patient: one offers, the other accepts.
CREATE TABLE care_handover (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	patient_id BIGINT NOT NULL,
	from_office_id BIGINT NOT NULL,
	to_office_id BIGINT NOT NULL,
	reason VARCHAR(200) NOT NULL,
	state ENUM('pending','accepted','declined','cancelled') NOT NULL DEFAULT 'pending',
	offered_by BIGINT NOT NULL,
	offered_at DATETIME(3) NOT NULL,
	answered_by BIGINT NOT NULL DEFAULT 0,
	answered_at DATETIME(3) NULL,
	open_patient BIGINT AS (IF(state = 'pending', patient_id, NULL)) PERSISTENT,
	PRIMARY KEY (id), UNIQUE KEY (ref), UNIQUE KEY one_open (open_patient),
	KEY by_receiver (to_office_id, state),
	FOREIGN KEY (patient_id) REFERENCES care_patient (id),
	FOREIGN KEY (from_office_id) REFERENCES care_office (id),
	FOREIGN KEY (to_office_id) REFERENCES care_office (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A disaster that is being answered: while one is open, and is no drill, the
-- officers on the teams of that network may read.
CREATE TABLE care_incident (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	network_id BIGINT NOT NULL,
	drill TINYINT NOT NULL DEFAULT 0,
	opened_at DATETIME(3) NOT NULL,
	closed_at DATETIME(3) NULL,
	PRIMARY KEY (id), UNIQUE KEY (ref), KEY (network_id, closed_at),
	FOREIGN KEY (network_id) REFERENCES care_network (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- ---- what holds now, kept by triggers: no program can forget it ----

-- Until when each purpose is consented to. A row an open purpose, found by its
-- key; `until` passes by itself.
CREATE TABLE care_consent_now (
	patient_id BIGINT NOT NULL,
	purpose VARCHAR(32) NOT NULL,
	since DATETIME(3) NOT NULL,
	until DATETIME(3) NOT NULL COMMENT 'not any more at this instant',
	officer_until DATETIME(3) NOT NULL COMMENT 'likewise for officers',
	PRIMARY KEY (patient_id, purpose)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Until when whom the patient's page is open to: a named user, the office as a
-- whole (user_id 0), and for stand-ins the office at all (user_id -1). The
-- earliest of leaving, the end of the episode and that of the consent, so that
-- admission asks for one row by its key and compares one instant.
CREATE TABLE care_team_now (
	patient_id BIGINT NOT NULL,
	office_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	network_id BIGINT NOT NULL COMMENT 'the patient''s',
	team_role VARCHAR(32) NOT NULL,
	told TINYINT NOT NULL COMMENT 'gets marks and notices: not officers',
	since DATETIME(3) NOT NULL,
	until DATETIME(3) NOT NULL,
	incident_until DATETIME(3) NOT NULL COMMENT 'while a disaster is open, until then',
	PRIMARY KEY (patient_id, office_id, user_id),
	KEY by_office (office_id, user_id, patient_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

DELIMITER //

CREATE PROCEDURE care_team_refresh(IN patient BIGINT)
	COMMENT 'makes the rows of care_team_now of one patient'
BEGIN
	DELETE FROM care_team_now WHERE patient_id = patient;
	INSERT INTO care_team_now (patient_id, office_id, user_id, network_id,
	       team_role, told, since, until, incident_until)
	WITH member AS (
	SELECT t.id, t.office_id, t.user_id, t.team_role, t.joined_at,
	       t.team_role IN ('officer', 'welfare_volunteer') AS restricted,
	       COALESCE(e.closes_at, '9999-12-31') AS closes_at,
	       COALESCE(IF(t.team_role IN ('officer', 'welfare_volunteer'), c.officer_until, c.until), '1000-01-01') AS agreed,
	       IF(o.network_id = p.network_id, '9999-12-31', COALESCE(w.until, '1000-01-01')) AS wide,
	       p.network_id
	  FROM care_team t
	  JOIN care_episode e ON e.id = t.episode_id
	  JOIN care_office o ON o.id = t.office_id
	  JOIN care_patient p ON p.id = t.patient_id
	  LEFT JOIN care_consent_now c ON c.patient_id = t.patient_id AND c.purpose = 'share_team'
	  LEFT JOIN care_consent_now w ON w.patient_id = t.patient_id AND w.purpose = 'share_wide_area'
	 WHERE t.patient_id = patient AND t.left_at IS NULL)
	SELECT patient, m.office_id, k.user_id, MAX(m.network_id),
	       SUBSTRING_INDEX(GROUP_CONCAT(m.team_role ORDER BY m.restricted, m.id DESC), ',', 1),
	       MAX(NOT m.restricted), MIN(m.joined_at),
	       MAX(LEAST(m.closes_at, m.agreed, m.wide)),
	       MAX(IF(m.restricted, m.closes_at, '1000-01-01'))
	  FROM member m
	  JOIN (SELECT id, user_id FROM member UNION ALL SELECT id, -1 FROM member) AS k ON k.id = m.id
	 GROUP BY m.office_id, k.user_id;
END//

CREATE PROCEDURE care_consent_refresh(IN patient BIGINT)
	COMMENT 'makes the rows of care_consent_now of one patient, then those of the team'
BEGIN
	DELETE FROM care_consent_now WHERE patient_id = patient;
	-- Days are Japanese ones; the last day counts whole.
	INSERT INTO care_consent_now (patient_id, purpose, since, until, officer_until)
	SELECT patient, purpose, MIN(TIMESTAMP(given_on)) - INTERVAL 9 HOUR,
	       MAX(IF(valid_until IS NULL, '9999-12-31', TIMESTAMP(valid_until) + INTERVAL 15 HOUR)),
	       MAX(IF(officer = 0, '1000-01-01',
	           IF(valid_until IS NULL, '9999-12-31', TIMESTAMP(valid_until) + INTERVAL 15 HOUR)))
	  FROM care_consent
	 WHERE patient_id = patient AND withdrawn_at IS NULL
	 GROUP BY purpose;
	CALL care_team_refresh(patient);
END//

-- A network that has officers on every team from now on has them on those of now,
-- too; another office takes the place of the one before.
CREATE TRIGGER care_network_officers AFTER UPDATE ON care_network FOR EACH ROW
IF NOT (NEW.officer_office_id <=> OLD.officer_office_id) THEN
	UPDATE care_team SET left_at = UTC_TIMESTAMP(3), left_reason = 'changed'
	 WHERE office_id = OLD.officer_office_id AND user_id = 0 AND team_role = 'officer'
	   AND left_at IS NULL;
	INSERT INTO care_team (ref, patient_id, episode_id, office_id, user_id, team_role, joined_at)
	SELECT RANDOM_BYTES(16), e.patient_id, e.id, NEW.officer_office_id, 0, 'officer', UTC_TIMESTAMP(3)
	  FROM care_episode e JOIN care_patient p ON p.id = e.patient_id AND p.network_id = NEW.id
	 WHERE NEW.officer_office_id IS NOT NULL AND e.ended_at IS NULL
	   AND NOT EXISTS (SELECT 1 FROM care_team t WHERE t.episode_id = e.id
	       AND t.office_id = NEW.officer_office_id AND t.team_role = 'officer' AND t.left_at IS NULL);
END IF//

DELIMITER ;

CREATE TRIGGER care_team_added AFTER INSERT ON care_team FOR EACH ROW CALL care_team_refresh(NEW.patient_id);
CREATE TRIGGER care_team_changed AFTER UPDATE ON care_team FOR EACH ROW CALL care_team_refresh(NEW.patient_id);
CREATE TRIGGER care_team_gone AFTER DELETE ON care_team FOR EACH ROW CALL care_team_refresh(OLD.patient_id);
CREATE TRIGGER care_episode_changed AFTER UPDATE ON care_episode FOR EACH ROW CALL care_team_refresh(NEW.patient_id);
CREATE TRIGGER care_consent_added AFTER INSERT ON care_consent FOR EACH ROW CALL care_consent_refresh(NEW.patient_id);
CREATE TRIGGER care_consent_changed AFTER UPDATE ON care_consent FOR EACH ROW CALL care_consent_refresh(NEW.patient_id);
CREATE TRIGGER care_consent_gone AFTER DELETE ON care_consent FOR EACH ROW CALL care_consent_refresh(OLD.patient_id);

-- ---- what every statement on patient data joins ----

-- Purposes that a patient agrees to at this instant.
CREATE VIEW care_consent_open AS
SELECT patient_id, purpose, since, until FROM care_consent_now
 WHERE until > UTC_TIMESTAMP(3) AND since <= UTC_TIMESTAMP(3);

-- Memberships that are open at this instant: a named user, an office as a whole
-- (user_id 0), or an office at all (user_id -1), where colleagues on duty may
-- stand in. An officer's opens by consent or while a disaster is.
CREATE VIEW care_team_member AS
SELECT t.patient_id, t.office_id, t.user_id, t.team_role, t.told, t.since
  FROM care_team_now t
 WHERE t.until > UTC_TIMESTAMP(3)
    OR (t.incident_until > UTC_TIMESTAMP(3) AND EXISTS
        (SELECT 1 FROM care_incident i
          WHERE i.network_id = t.network_id AND NOT i.drill
            AND i.opened_at <= UTC_TIMESTAMP(3)
            AND (i.closed_at IS NULL OR i.closed_at > UTC_TIMESTAMP(3))));

-- The people behind them: each user who is of a team at this instant, by name
-- or by her office as a whole.
CREATE VIEW care_team_person AS
SELECT t.patient_id, f.user_id, t.office_id, t.user_id AS named, t.team_role, t.told,
       f.profession, f.on_duty
  FROM care_team_member t
  JOIN care_staff f ON f.office_id = t.office_id AND f.left_at IS NULL
   AND (t.user_id = f.user_id OR t.user_id = 0);
