-- An entry for a network for a disease names it as `,n7,`, beside its author, while the
-- patient agrees to that network, and as `,x7,` while not: triggers turn the one into the
-- other in the transaction of the consent, so that reading asks no table more. A subquery
-- in the view, which few entries would need, made each page of everybody's third dearer.
-- Whoever is of a network has it in her pattern.
ALTER TABLE timeline_reader
	MODIFY COLUMN further VARCHAR(400) NULL
		COMMENT 'pattern of her further professions and networks in an audience: ,(p150|n7),';

CREATE OR REPLACE VIEW timeline_reader_due AS
SELECT f.user_id, f.office_id,
       SUBSTRING_INDEX(GROUP_CONCAT(g.profession ORDER BY g.profession <> f.profession, g.profession), ',', 1) AS profession,
       BIT_OR(COALESCE(n.sees + 0, g.sees + 0)) AS sees, MAX(o.network_id) AS network_id,
       CONCAT(',(', NULLIF(CONCAT_WS('|', NULLIF(SUBSTR(GROUP_CONCAT('p', g.profession
           ORDER BY g.profession <> f.profession, g.profession SEPARATOR '|'), 6), ''),
           (SELECT GROUP_CONCAT('n', d.disease_network_id ORDER BY d.disease_network_id SEPARATOR '|')
              FROM care_disease_member d JOIN care_disease_network w ON w.id = d.disease_network_id AND w.closed_at IS NULL
             WHERE d.user_id = f.user_id AND d.office_id = f.office_id AND d.left_at IS NULL)), ''), '),') AS further
  FROM care_staff f
  JOIN care_office o ON o.id = f.office_id
  JOIN timeline_right g ON FIND_IN_SET(g.profession, CONCAT_WS(',', f.profession, f.further_professions))
  LEFT JOIN care_network_right n ON n.network_id = o.network_id AND n.profession = g.profession
 WHERE f.left_at IS NULL
 GROUP BY f.user_id, f.office_id;

DELIMITER //

CREATE OR REPLACE FUNCTION timeline_disease_audience(patient BIGINT, audience TEXT) RETURNS TEXT READS SQL DATA
	COMMENT 'an audience with its network as the consent is now'
BEGIN
	DECLARE network BIGINT DEFAULT TRIM(TRAILING ',' FROM SUBSTR(REGEXP_SUBSTR(audience, ',[nx][0-9]+,'), 3));

	RETURN REGEXP_REPLACE(audience, ',[nx][0-9]+,', CONCAT(IF(EXISTS
	       (SELECT 1 FROM care_consent_now c WHERE c.patient_id = patient
	           AND c.purpose = CONCAT('disease_network ', network)), ',n', ',x'), network, ','));
END//

CREATE OR REPLACE TRIGGER timeline_entry_disease BEFORE INSERT ON timeline_entry FOR EACH ROW
IF NEW.audience = 'disease_network' THEN
	SET NEW.audience_of = timeline_disease_audience(NEW.patient_id, NEW.audience_of);
END IF//

-- What is read no more waits for nobody: a badge would tell of it.
CREATE OR REPLACE PROCEDURE timeline_disease_again(IN patient BIGINT)
	COMMENT 'a patient agrees to other networks for a disease than before'
BEGIN
	UPDATE timeline_entry e SET e.audience_of = timeline_disease_audience(patient, e.audience_of)
	 WHERE e.patient_id = patient AND e.audience = 'disease_network';
	DELETE m FROM care_mark m
	  JOIN timeline_entry e ON e.patient_id = m.patient_id AND e.ref = m.ref AND e.audience = 'disease_network'
	 WHERE m.patient_id = patient AND m.module = 'timeline'
	   AND NOT EXISTS (SELECT 1 FROM timeline_seen s
	        WHERE s.viewer_id = m.user_id AND s.patient_id = m.patient_id AND s.ref = m.ref);
END//

CREATE OR REPLACE TRIGGER timeline_disease_agreed AFTER INSERT ON care_consent FOR EACH ROW
IF NEW.disease_network_id IS NOT NULL THEN CALL timeline_disease_again(NEW.patient_id); END IF//
CREATE OR REPLACE TRIGGER timeline_disease_withdrawn AFTER UPDATE ON care_consent FOR EACH ROW
IF COALESCE(NEW.disease_network_id, OLD.disease_network_id) IS NOT NULL THEN CALL timeline_disease_again(NEW.patient_id); END IF//

CREATE OR REPLACE TRIGGER timeline_disease_joined AFTER INSERT ON care_disease_member FOR EACH ROW
CALL timeline_reader_again(NEW.user_id, NEW.office_id)//
CREATE OR REPLACE TRIGGER timeline_disease_gone AFTER DELETE ON care_disease_member FOR EACH ROW
CALL timeline_reader_again(OLD.user_id, OLD.office_id)//
CREATE OR REPLACE TRIGGER timeline_disease_left AFTER UPDATE ON care_disease_member FOR EACH ROW
BEGIN
	CALL timeline_reader_again(NEW.user_id, NEW.office_id);
	DELETE m FROM care_mark m
	  JOIN timeline_entry e ON e.patient_id = m.patient_id AND e.ref = m.ref AND e.audience = 'disease_network'
	 WHERE m.user_id = NEW.user_id AND m.module = 'timeline'
	   AND NOT EXISTS (SELECT 1 FROM timeline_seen s
	        WHERE s.viewer_id = m.user_id AND s.patient_id = m.patient_id AND s.ref = m.ref);
END//
CREATE OR REPLACE TRIGGER timeline_disease_closed AFTER UPDATE ON care_disease_network FOR EACH ROW
CALL timeline_readers_again()//

DELIMITER ;

CALL timeline_readers_again();
