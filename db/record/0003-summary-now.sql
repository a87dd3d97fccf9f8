-- What the one screen shows of a patient now, a row a thing, in one range of one
-- table: a statement over the eleven tables it follows from was planned anew at
-- each look, which cost five times the reading. Kept by triggers: no program can
-- forget it. Every statement may run again.

-- `section` says what a row is and so what its columns hold
-- (modules/record/record.sql, `summary`); `id` is that of the row it is made of.
CREATE TABLE IF NOT EXISTS record_summary_now (
	patient_id BIGINT NOT NULL,
	section VARCHAR(24) NOT NULL,
	id BIGINT NOT NULL,
	ref BINARY(16) NOT NULL,
	a VARCHAR(4000) NULL, b VARCHAR(200) NULL, c VARCHAR(400) NULL, d VARCHAR(120) NULL,
	n INT NULL, flag INT NULL,
	begins_on DATE NULL, ends_on DATE NULL,
	at DATETIME(3) NULL, by_name VARCHAR(81) NULL, by_profession CHAR(3) NULL,
	PRIMARY KEY (patient_id, section, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

DELIMITER //

CREATE OR REPLACE PROCEDURE record_summary_refresh(IN patient BIGINT, IN wanted VARCHAR(24))
	COMMENT 'makes the rows of one section of one patient'
BEGIN
	DELETE FROM record_summary_now WHERE patient_id = patient AND section = wanted;
	CASE wanted
	-- The greatest id of each field counts.
	WHEN 'field' THEN
		INSERT INTO record_summary_now
		SELECT patient, wanted, f.id, f.ref, f.field, f.state, f.value, NULL, NULL, NULL, NULL, NULL,
		       f.confirmed_at, f.confirmed_name, f.confirmed_profession
		  FROM (SELECT field, MAX(id) AS id FROM care_field WHERE patient_id = patient GROUP BY field) AS newest
		  JOIN care_field f ON f.patient_id = patient AND f.field = newest.field AND f.id = newest.id;
	WHEN 'allergies' THEN
		INSERT INTO record_summary_now
		SELECT patient, wanted, t.id, t.ref, t.substance, t.reaction, t.category, t.criticality, NULL, NULL, NULL, NULL,
		       t.confirmed_at, t.confirmed_name, t.confirmed_profession
		  FROM care_allergy t WHERE t.patient_id = patient AND t.ended_at IS NULL;
	WHEN 'health_conditions' THEN
		INSERT INTO record_summary_now
		SELECT patient, wanted, t.id, t.ref, t.name, t.since, t.facility, NULL, NULL, t.past, NULL, NULL,
		       t.confirmed_at, t.confirmed_name, t.confirmed_profession
		  FROM care_health_condition t WHERE t.patient_id = patient AND t.ended_at IS NULL;
	WHEN 'medications' THEN
		INSERT INTO record_summary_now
		SELECT patient, wanted, t.id, t.ref, t.name, t.dose, t.dosage, t.prescriber, NULL, t.blood_thinner, t.dispensed_on, NULL,
		       t.confirmed_at, t.confirmed_name, t.confirmed_profession
		  FROM care_medication t WHERE t.patient_id = patient AND t.ended_at IS NULL;
	WHEN 'equipment' THEN
		INSERT INTO record_summary_now
		SELECT patient, wanted, t.id, t.ref, t.name, CAST(t.battery_hours AS CHAR), t.settings, t.supplier_phone, NULL, t.power_dependent, NULL, NULL,
		       t.confirmed_at, t.confirmed_name, t.confirmed_profession
		  FROM care_equipment t WHERE t.patient_id = patient AND t.ended_at IS NULL;
	WHEN 'advance_directives' THEN
		INSERT INTO record_summary_now
		SELECT patient, wanted, t.id, t.ref, t.summary, t.author, t.place, t.resuscitation, NULL, NULL, t.stated_on, t.review_on,
		       t.confirmed_at, t.confirmed_name, t.confirmed_profession
		  FROM care_advance_directive t WHERE t.patient_id = patient AND t.ended_at IS NULL;
	WHEN 'emergency_contacts' THEN
		INSERT INTO record_summary_now
		SELECT patient, wanted, t.id, t.ref, t.name, t.relation, t.phone, t.hours, t.position, t.key_person + 2 * t.lives_with, NULL, NULL,
		       t.confirmed_at, t.confirmed_name, t.confirmed_profession
		  FROM care_emergency_contact t WHERE t.patient_id = patient AND t.ended_at IS NULL;
	WHEN 'care_level' THEN
		INSERT INTO record_summary_now
		SELECT patient, wanted, t.id, t.ref, t.care_level, NULL, NULL, NULL, NULL, NULL, t.valid_from, t.valid_to,
		       t.confirmed_at, t.confirmed_name, t.confirmed_profession
		  FROM care_level t WHERE t.patient_id = patient ORDER BY t.id DESC LIMIT 1;
	WHEN 'whereabouts' THEN
		INSERT INTO record_summary_now
		SELECT patient, wanted, t.id, t.ref, t.whereabouts, t.place, t.note, NULL, NULL, NULL, t.since_on, NULL,
		       t.confirmed_at, t.confirmed_name, t.confirmed_profession
		  FROM care_whereabouts t WHERE t.patient_id = patient ORDER BY t.id DESC LIMIT 1;
	WHEN 'vital_sign' THEN
		INSERT INTO record_summary_now
		SELECT patient, wanted, t.id, t.ref, CONCAT_WS(',', COALESCE(t.temperature, ''), COALESCE(t.systolic, ''),
		       COALESCE(t.diastolic, ''), COALESCE(t.pulse, ''), COALESCE(t.spo2, ''), COALESCE(t.respiration, ''),
		       COALESCE(t.weight, ''), COALESCE(t.glucose, '')), t.note, NULL, NULL, t.jcs, t.outside, NULL, NULL,
		       t.measured_at, t.writer_name, t.writer_profession
		  FROM record_vital_sign t WHERE t.patient_id = patient AND t.ended_at IS NULL
		 ORDER BY t.measured_at DESC, t.id DESC LIMIT 1;
	WHEN 'care_plan' THEN
		INSERT INTO record_summary_now
		SELECT patient, wanted, t.id, t.ref, LEFT(t.policy, 4000), NULL, NULL, NULL, t.version, NULL, t.valid_from, t.valid_to,
		       t.written_at, t.writer_name, t.writer_profession
		  FROM record_care_plan t WHERE t.patient_id = patient ORDER BY t.id DESC LIMIT 1;
	END CASE;
END//

-- A measuring of long ago changes nothing, nor the end of one that is not shown.
CREATE OR REPLACE TRIGGER record_vital_sign_shown AFTER INSERT ON record_vital_sign FOR EACH ROW
IF NOT EXISTS (SELECT 1 FROM record_summary_now s WHERE s.patient_id = NEW.patient_id
	   AND s.section = 'vital_sign' AND s.at > NEW.measured_at) THEN
	CALL record_summary_refresh(NEW.patient_id, 'vital_sign');
END IF//
CREATE OR REPLACE TRIGGER record_vital_sign_not_shown AFTER DELETE ON record_vital_sign FOR EACH ROW
IF EXISTS (SELECT 1 FROM record_summary_now s WHERE s.patient_id = OLD.patient_id
	   AND s.section = 'vital_sign' AND s.id = OLD.id) THEN
	CALL record_summary_refresh(OLD.patient_id, 'vital_sign');
END IF//

DELIMITER ;

CREATE OR REPLACE TRIGGER record_vital_sign_reshown AFTER UPDATE ON record_vital_sign FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'vital_sign');
CREATE OR REPLACE TRIGGER care_field_shown AFTER INSERT ON care_field FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'field');
CREATE OR REPLACE TRIGGER care_field_reshown AFTER UPDATE ON care_field FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'field');
CREATE OR REPLACE TRIGGER care_field_not_shown AFTER DELETE ON care_field FOR EACH ROW CALL record_summary_refresh(OLD.patient_id, 'field');
CREATE OR REPLACE TRIGGER care_allergy_shown AFTER INSERT ON care_allergy FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'allergies');
CREATE OR REPLACE TRIGGER care_allergy_reshown AFTER UPDATE ON care_allergy FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'allergies');
CREATE OR REPLACE TRIGGER care_allergy_not_shown AFTER DELETE ON care_allergy FOR EACH ROW CALL record_summary_refresh(OLD.patient_id, 'allergies');
CREATE OR REPLACE TRIGGER care_health_condition_shown AFTER INSERT ON care_health_condition FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'health_conditions');
CREATE OR REPLACE TRIGGER care_health_condition_reshown AFTER UPDATE ON care_health_condition FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'health_conditions');
CREATE OR REPLACE TRIGGER care_health_condition_not_shown AFTER DELETE ON care_health_condition FOR EACH ROW CALL record_summary_refresh(OLD.patient_id, 'health_conditions');
CREATE OR REPLACE TRIGGER care_medication_shown AFTER INSERT ON care_medication FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'medications');
CREATE OR REPLACE TRIGGER care_medication_reshown AFTER UPDATE ON care_medication FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'medications');
CREATE OR REPLACE TRIGGER care_medication_not_shown AFTER DELETE ON care_medication FOR EACH ROW CALL record_summary_refresh(OLD.patient_id, 'medications');
CREATE OR REPLACE TRIGGER care_equipment_shown AFTER INSERT ON care_equipment FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'equipment');
CREATE OR REPLACE TRIGGER care_equipment_reshown AFTER UPDATE ON care_equipment FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'equipment');
CREATE OR REPLACE TRIGGER care_equipment_not_shown AFTER DELETE ON care_equipment FOR EACH ROW CALL record_summary_refresh(OLD.patient_id, 'equipment');
CREATE OR REPLACE TRIGGER care_advance_directive_shown AFTER INSERT ON care_advance_directive FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'advance_directives');
CREATE OR REPLACE TRIGGER care_advance_directive_reshown AFTER UPDATE ON care_advance_directive FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'advance_directives');
CREATE OR REPLACE TRIGGER care_advance_directive_not_shown AFTER DELETE ON care_advance_directive FOR EACH ROW CALL record_summary_refresh(OLD.patient_id, 'advance_directives');
CREATE OR REPLACE TRIGGER care_emergency_contact_shown AFTER INSERT ON care_emergency_contact FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'emergency_contacts');
CREATE OR REPLACE TRIGGER care_emergency_contact_reshown AFTER UPDATE ON care_emergency_contact FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'emergency_contacts');
CREATE OR REPLACE TRIGGER care_emergency_contact_not_shown AFTER DELETE ON care_emergency_contact FOR EACH ROW CALL record_summary_refresh(OLD.patient_id, 'emergency_contacts');
CREATE OR REPLACE TRIGGER care_level_shown AFTER INSERT ON care_level FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'care_level');
CREATE OR REPLACE TRIGGER care_level_reshown AFTER UPDATE ON care_level FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'care_level');
CREATE OR REPLACE TRIGGER care_level_not_shown AFTER DELETE ON care_level FOR EACH ROW CALL record_summary_refresh(OLD.patient_id, 'care_level');
CREATE OR REPLACE TRIGGER care_whereabouts_shown AFTER INSERT ON care_whereabouts FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'whereabouts');
CREATE OR REPLACE TRIGGER care_whereabouts_reshown AFTER UPDATE ON care_whereabouts FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'whereabouts');
CREATE OR REPLACE TRIGGER care_whereabouts_not_shown AFTER DELETE ON care_whereabouts FOR EACH ROW CALL record_summary_refresh(OLD.patient_id, 'whereabouts');
CREATE OR REPLACE TRIGGER record_care_plan_shown AFTER INSERT ON record_care_plan FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'care_plan');
CREATE OR REPLACE TRIGGER record_care_plan_reshown AFTER UPDATE ON record_care_plan FOR EACH ROW CALL record_summary_refresh(NEW.patient_id, 'care_plan');
CREATE OR REPLACE TRIGGER record_care_plan_not_shown AFTER DELETE ON record_care_plan FOR EACH ROW CALL record_summary_refresh(OLD.patient_id, 'care_plan');

-- What was there before, a patient a transaction, so that nobody waits long.
DELIMITER //
BEGIN NOT ATOMIC
	FOR patient IN (SELECT id FROM care_patient) DO
		START TRANSACTION;
		FOR part IN (SELECT 'field' AS section UNION ALL SELECT 'allergies' UNION ALL SELECT 'health_conditions'
		     UNION ALL SELECT 'medications' UNION ALL SELECT 'equipment' UNION ALL SELECT 'advance_directives'
		     UNION ALL SELECT 'emergency_contacts' UNION ALL SELECT 'care_level' UNION ALL SELECT 'whereabouts'
		     UNION ALL SELECT 'vital_sign' UNION ALL SELECT 'care_plan') DO
			CALL record_summary_refresh(patient.id, part.section);
		END FOR;
		COMMIT;
	END FOR;
END//
DELIMITER ;
