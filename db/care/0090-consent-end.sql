-- Consents that end soon are looked for every few seconds: by their last day.
ALTER TABLE care_consent ADD KEY IF NOT EXISTS by_end (valid_until),
	ADD KEY IF NOT EXISTS by_disease (disease_network_id, valid_until);

DELIMITER //

-- A consent to a network for a disease ends on its last day, too. What is written for one
-- names it while the consent's row stands here (db/timeline/0032-disease-network.sql), so one that
-- is over has none: whoever touches the consent then (modules/team/episode.sql, `lapse_disease`) ends
-- the reading. All else is asked by its `until`, at each request.
CREATE OR REPLACE PROCEDURE care_consent_refresh(IN patient BIGINT)
	COMMENT 'makes the rows of care_consent_now of one patient, then those of the team'
BEGIN
	DELETE FROM care_consent_now WHERE patient_id = patient;
	-- Days are Japanese ones; the last day counts whole, but for a disease two minutes of it.
	INSERT INTO care_consent_now (patient_id, purpose, since, until, officer_until)
	SELECT patient, CONCAT_WS(' ', purpose, disease_network_id) AS bound, MIN(TIMESTAMP(given_on)) - INTERVAL 9 HOUR,
	       MAX(IF(valid_until IS NULL, '9999-12-31', TIMESTAMP(valid_until) + INTERVAL 15 HOUR)),
	       MAX(IF(officer = 0, '1000-01-01',
	           IF(valid_until IS NULL, '9999-12-31', TIMESTAMP(valid_until) + INTERVAL 15 HOUR)))
	  FROM care_consent
	 WHERE patient_id = patient AND withdrawn_at IS NULL
	   AND (disease_network_id IS NULL OR valid_until IS NULL
	     OR TIMESTAMP(valid_until) + INTERVAL 15 HOUR > UTC_TIMESTAMP(3) + INTERVAL 2 MINUTE)
	 GROUP BY bound;
	CALL care_team_refresh(patient);
END//

DELIMITER ;
