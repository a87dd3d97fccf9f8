-- A decision is corrected by a new one: it is taken up again for a reason, once, and stays
-- where it is. Its number on the list of its sitting goes with it.
ALTER TABLE board_decision ADD COLUMN serial_number INT NULL;

CREATE TABLE board_reopening (
	decision_id BIGINT NOT NULL,
	application_id BIGINT NOT NULL,
	sitting_id BIGINT NOT NULL,
	reason VARCHAR(400) NOT NULL,
	at DATETIME(3) NOT NULL,
	user_id BIGINT NOT NULL,
	user_name VARCHAR(81) NOT NULL,
	PRIMARY KEY (decision_id), KEY (application_id), KEY (sitting_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- In the same sitting, or by another; after the result was sent by another alone.
INSERT IGNORE INTO board_application_step VALUES
	('decided','tabled'), ('decided','papers_ready'), ('notified','papers_ready');

DELIMITER //
CREATE OR REPLACE TRIGGER board_application_reopens BEFORE UPDATE ON board_application FOR EACH ROW
BEGIN
	IF OLD.state IN ('decided','notified') AND NEW.state IN ('tabled','papers_ready') AND NOT EXISTS (SELECT 1
	    FROM board_reopening o WHERE o.application_id = OLD.id
	     AND o.decision_id = (SELECT MAX(d.id) FROM board_decision d WHERE d.application_id = OLD.id)) THEN
		SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a decision is taken up again for a reason';
	END IF;
END//
DELIMITER ;
