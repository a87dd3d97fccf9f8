-- What was answered to a change under a key, so that the same request sent
-- again has one effect and one answer.

--! row stored (bytes inputs, i64? status, text? location, ref? id)

--! exec claim (bytes scope, bytes inputs, utc at)
-- One row, or none when the key has been used: IGNORE waits for whoever is
-- using it now. Nothing else about this row can fail.
INSERT IGNORE INTO lib_idempotency (scope, inputs, at)
 VALUES (:scope, :inputs, :at);

--! one stored find (bytes scope)
SELECT inputs, status, location, ref AS id
  FROM lib_idempotency WHERE scope = :scope;

--! exec1 store (bytes scope, i64 status, text? location, ref? ref)
UPDATE lib_idempotency SET status = :status, location = :location, ref = :ref
 WHERE scope = :scope;

--! exec purge (utc before, i64 most)
DELETE FROM lib_idempotency WHERE at < :before ORDER BY at LIMIT :most;

--! exec forget (bytes scope)
DELETE FROM lib_idempotency WHERE scope = :scope;
