-- Statements of stored files. Who may see one is decided by the row that owns
-- it: the statements of its module.

--! row made_file (key file)

--! row stored_file (key file, ref id, key network, text type, text name,
--!   i64 bytes, i64 generation, bytes? wrapped_key)

--! row sealed_chunk (bytes sealed)

--! row unkept_file (key file)

--! one made_file begin (ref ref, key network, key patient, key uploader, utc now)
INSERT INTO care_file (ref, network_id, patient_id, uploader_id, type, name, bytes,
       generation, made_at)
VALUES (:ref, :network, :patient, :uploader, '', '', 0, 0, :now)
RETURNING id AS file;

--! exec put_chunk (key file, i64 number, bytes sealed)
INSERT INTO care_file_chunk (file_id, number, sealed)
VALUES (:file, :number, :sealed);

--! exec1 finish (key file, text type, text name, i64 bytes, i64 width, i64 height,
--!   i64 generation, bytes wrapped_key)
UPDATE care_file SET type = :type, name = :name, bytes = :bytes, width = :width,
       height = :height, generation = :generation, wrapped_key = :wrapped_key
 WHERE id = :file AND wrapped_key IS NULL;

--! exec1 keep_it (key file, key viewer, utc now)
-- Gives it an owner: once, by who sent it, whole.
UPDATE care_file SET kept_at = :now
 WHERE id = :file AND uploader_id = :viewer AND kept_at IS NULL
   AND wrapped_key IS NOT NULL;

--! one stored_file stored (key file)
SELECT id AS file, ref AS id, network_id AS network, type, name, bytes,
       generation, wrapped_key
  FROM care_file WHERE id = :file AND kept_at IS NOT NULL
   AND wrapped_key IS NOT NULL;

--! many sealed_chunk chunks_of (key file, i64 from, i64 to)
-- Some that lie together: [from, to).
SELECT sealed FROM care_file_chunk
 WHERE file_id = :file AND number >= :from AND number < :to ORDER BY number;

--! many unkept_file unkept (utc before, i64 limit)
SELECT id AS file FROM care_file WHERE kept_at IS NULL AND made_at < :before
 ORDER BY made_at LIMIT :limit;

--! exec drop_chunks (key file, i64 limit)
DELETE FROM care_file_chunk WHERE file_id = :file LIMIT :limit;

--! exec drop (key file)
DELETE FROM care_file WHERE id = :file AND kept_at IS NULL;

--! many stored_file older (i64 generation, i64 limit)
-- Whose key is sealed under another generation.
SELECT id AS file, ref AS id, network_id AS network, type, name, bytes,
       generation, wrapped_key
  FROM care_file WHERE wrapped_key IS NOT NULL AND generation < :generation
 LIMIT :limit;

--! exec rewrap (key file, i64 was, i64 generation, bytes wrapped_key)
UPDATE care_file SET generation = :generation, wrapped_key = :wrapped_key
 WHERE id = :file AND generation = :was;
