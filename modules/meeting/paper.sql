-- Papers of a meeting. Who may see one is decided by the statement that finds the meeting.

--! row listed_paper (ref id, text name, utc added_at, date last_on, bool mine, bool gone, text owner_name, i64 bytes)
--! row held_paper (key paper, key file, bool mine)
--! row lapsed (key paper, key file)

--! many listed_paper papers (key meeting, key viewer)
SELECT p.ref AS id, p.name, p.added_at, p.last_on, p.owner_id = :viewer AS mine,
       f.id IS NULL OR f.until_at <= UTC_TIMESTAMP(3) AS gone, p.owner_name, COALESCE(f.bytes, 0) AS bytes
  FROM meeting_paper p LEFT JOIN care_file f ON f.id = p.file_id
 WHERE p.meeting_id = :meeting ORDER BY p.id LIMIT 50;

--! one held_paper find (key meeting, ref paper, key viewer)
SELECT p.id AS paper, f.id AS file, p.owner_id = :viewer AS mine
  FROM meeting_paper p JOIN care_file f ON f.id = p.file_id AND f.until_at > UTC_TIMESTAMP(3)
 WHERE p.meeting_id = :meeting AND p.ref = :paper;

--! exec1 own_file (key file, key patient, utc until)
-- Before it is kept: from then on the day can only come nearer.
UPDATE care_file SET patient_id = :patient, until_at = :until WHERE id = :file AND kept_at IS NULL;

--! exec1 add (ref id, key meeting, key? patient, key file, key viewer, text name, utc now, date last_on, i64 most)
INSERT INTO meeting_paper (ref, meeting_id, patient_id, file_id, name, owner_id, owner_name, added_at, last_on)
SELECT :id, :meeting, :patient, f.id, f.name, :viewer, :name, :now, :last_on FROM care_file f
 WHERE f.id = :file AND (SELECT COUNT(*) FROM meeting_paper p WHERE p.meeting_id = :meeting AND p.file_id IS NOT NULL) < :most;

--! exec take_back (key file, utc now)
UPDATE care_file SET until_at = :now WHERE id = :file AND until_at > :now;

--! many lapsed lapsed (i64 most)
-- Whose day has passed: content and file go, the row stays.
SELECT p.id AS paper, f.id AS file FROM care_file f JOIN meeting_paper p ON p.file_id = f.id
 WHERE f.until_at <= UTC_TIMESTAMP(3) ORDER BY f.until_at LIMIT :most;

--! exec let_go (key paper)
UPDATE meeting_paper SET file_id = NULL WHERE id = :paper;

--! exec drop_file (key file)
DELETE FROM care_file WHERE id = :file AND until_at <= UTC_TIMESTAMP(3);
