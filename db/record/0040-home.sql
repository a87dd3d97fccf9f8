-- Who goes where today is shown on the first page, too (db/care/0051-home.sql).
DELIMITER //
CREATE OR REPLACE TRIGGER record_visitor_goes AFTER INSERT ON record_visitor FOR EACH ROW
INSERT IGNORE INTO care_visit (user_id, starts_at, ref, patient_id, ends_at, kind)
SELECT NEW.user_id, v.starts_at, v.ref, v.patient_id, v.ends_at, v.kind FROM record_visit v
 WHERE v.patient_id = NEW.patient_id AND v.starts_at = NEW.starts_at AND v.id = NEW.visit_id
   AND v.cancelled_at IS NULL//
CREATE OR REPLACE TRIGGER record_visit_stands AFTER UPDATE ON record_visit FOR EACH ROW
IF NEW.cancelled_at IS NOT NULL AND OLD.cancelled_at IS NULL THEN
	DELETE FROM care_visit WHERE ref = NEW.ref;
END IF//
DELIMITER ;

INSERT IGNORE INTO care_visit (user_id, starts_at, ref, patient_id, ends_at, kind)
SELECT w.user_id, v.starts_at, v.ref, v.patient_id, v.ends_at, v.kind
  FROM record_visit v
  JOIN record_visitor w ON w.visit_id = v.id AND w.patient_id = v.patient_id
 WHERE v.cancelled_at IS NULL;
