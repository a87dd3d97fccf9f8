-- Statements of portraits. Who may see one: the team, which the routes ask for.

--! row portrait (key portrait, key file, key? thumbnail, bool crews, utc set_at, text set_name)
--! row gone (key portrait, key file, key? thumbnail)

--! one portrait current (key patient)
SELECT id AS portrait, COALESCE(file_id, 0) AS file, thumbnail_id AS thumbnail, crews, set_at, set_name
  FROM patient_portrait WHERE current_of = :patient;

--! exec1 lend (key file)
-- Before it is kept: a file without a day could never go again.
UPDATE care_file SET until_at = '9999-12-31' WHERE id = :file AND kept_at IS NULL;

--! exec1 set_it (ref id, key patient, key file, key? thumbnail, bool crews, utc now, key viewer, text name)
-- Of two at a time the second is a 409.
INSERT INTO patient_portrait (ref, patient_id, file_id, thumbnail_id, crews, set_at, set_by, set_name)
VALUES (:id, :patient, :file, :thumbnail, :crews, :now, :viewer, :name);

--! exec1 show_crews (key portrait, bool crews)
-- Her word on crews alone; the picture stays.
UPDATE patient_portrait SET crews = :crews WHERE id = :portrait AND ended_at IS NULL;

--! exec1 end (key portrait, utc now, key viewer, text name)
UPDATE patient_portrait SET ended_at = :now, ended_by = :viewer, ended_name = :name
 WHERE id = :portrait AND ended_at IS NULL;

--! exec lapse (key portrait, utc now)
UPDATE care_file f JOIN patient_portrait p ON f.id IN (p.file_id, p.thumbnail_id)
   SET f.until_at = :now
 WHERE p.id = :portrait AND f.until_at > :now;

--! many gone ended (i64 most)
-- Whose pictures are to go; the rows stay.
SELECT id AS portrait, COALESCE(file_id, 0) AS file, thumbnail_id AS thumbnail FROM patient_portrait
 WHERE ended_at IS NOT NULL AND file_id IS NOT NULL ORDER BY ended_at LIMIT :most;

--! exec let_go (key portrait)
UPDATE patient_portrait SET file_id = NULL, thumbnail_id = NULL WHERE id = :portrait;

--! exec drop_file (key file)
DELETE FROM care_file WHERE id = :file AND until_at <= UTC_TIMESTAMP(3);
