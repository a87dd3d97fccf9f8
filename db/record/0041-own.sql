-- Whose record a measuring or a paper is: the office for which somebody wrote it. 0: not
-- known (older rows, whose writer worked for one office alone: then that one's).
ALTER TABLE record_vital_sign
	ADD COLUMN IF NOT EXISTS writer_office_id BIGINT NOT NULL DEFAULT 0 COMMENT 'care_office; 0: not known';

-- A paper says what it said on its day: of whom, at which address, by which numbers. NULL:
-- it was issued before these were kept, and says what is known now.
ALTER TABLE record_paper
	ADD COLUMN IF NOT EXISTS issuer_office_id BIGINT NOT NULL DEFAULT 0 COMMENT 'care_office; 0: not known',
	ADD COLUMN IF NOT EXISTS subject_person VARCHAR(400) NULL COMMENT 'name, reading, sex, birth, age, as printed',
	ADD COLUMN IF NOT EXISTS subject_address VARCHAR(260) NULL,
	ADD COLUMN IF NOT EXISTS subject_numbers VARCHAR(40) NULL;

-- Who works, or ever worked, for no other office: what she wrote before offices were kept
-- with it was written for that one.
CREATE OR REPLACE VIEW record_only_office AS
SELECT f.user_id, f.office_id FROM care_staff f
 WHERE NOT EXISTS (SELECT 1 FROM care_staff g WHERE g.user_id = f.user_id AND g.office_id <> f.office_id);

-- What an office's own people measured and issued. Its manager reads all of it, for the
-- office must keep it; others what was there until they left (as db/timeline/0041-own-files.sql).
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW record_own_vital AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office, v.patient_id, v.id, v.ref, v.measured_at,
       v.temperature, v.systolic, v.diastolic, v.pulse, v.spo2, v.respiration, v.weight, v.glucose, v.jcs,
       v.note, v.outside, v.writer_name AS writer, v.ended_at
  FROM care_staff f JOIN record_vital_sign v
 WHERE f.left_at IS NULL
   AND (v.writer_office_id = f.office_id OR (v.writer_office_id = 0 AND EXISTS
       (SELECT 1 FROM record_only_office o WHERE o.user_id = v.written_by AND o.office_id = f.office_id)))
   AND (f.office_manager OR EXISTS (SELECT 1 FROM care_team t
         WHERE t.patient_id = v.patient_id AND t.office_id = f.office_id AND t.user_id IN (0, f.user_id)
           AND (t.left_at IS NULL OR t.left_at >= v.written_at)));

CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW record_own_paper AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office, p.patient_id, p.id, p.ref, p.kind,
       p.office_id, p.valid_from, p.valid_to, p.issued_at, p.issuer_name, p.issuer_office, p.issuer_address,
       p.issuer_phone, p.subject_person, p.subject_address, p.subject_numbers
  FROM care_staff f JOIN record_paper p
 WHERE f.left_at IS NULL
   AND (p.issuer_office_id = f.office_id OR (p.issuer_office_id = 0 AND EXISTS
       (SELECT 1 FROM record_only_office o WHERE o.user_id = p.issued_by AND o.office_id = f.office_id)))
   AND (f.office_manager OR EXISTS (SELECT 1 FROM care_team t
         WHERE t.patient_id = p.patient_id AND t.office_id = f.office_id AND t.user_id IN (0, f.user_id)
           AND (t.left_at IS NULL OR t.left_at >= p.issued_at)));
