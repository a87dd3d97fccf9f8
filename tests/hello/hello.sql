-- Statements of the hello module.

--! row visit (ref id, text name, text? note, utc at)

--! exec1 note_visit (ref ref, text name, text? note, utc at)
INSERT INTO hello_visit (ref, name, note, at) VALUES (:ref, :name, :note, :at);

--! many visit recent_visits (i64 limit)
-- Newest first; the caller caps `limit`.
SELECT ref AS id, name, note, at FROM hello_visit
 ORDER BY hello_visit.id DESC LIMIT :limit;

--! exec1 greet (ref ref, utc at)
UPDATE hello_visit SET greeted_at = :at WHERE ref = :ref;
