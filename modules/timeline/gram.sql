-- The search in a patient's entries: pairs of characters (gram.h).

--! row hit (key entry_id)

--! exec store (key patient, ref id, text grams)
-- In the transaction that writes the entry.
INSERT IGNORE INTO timeline_gram (patient_id, gram, entry_id)
SELECT e.patient_id, g.gram, e.id
  FROM timeline_entry e
  JOIN JSON_TABLE(:grams, '$[*]' COLUMNS (gram BIGINT PATH '$')) AS g
 WHERE e.ref = :id AND e.patient_id = :patient;

--! many hit with_all (key patient, key viewer, key office, text grams, i64 n, i64 before, i64 limit)
-- Entries that have each of `n` pairs, newest first.
SELECT e.id AS entry_id
  FROM (SELECT t.entry_id
          FROM JSON_TABLE(:grams, '$[*]' COLUMNS (gram BIGINT PATH '$')) AS g
          JOIN timeline_gram t ON t.patient_id = :patient AND t.gram = g.gram
         WHERE t.entry_id < :before
         GROUP BY t.entry_id HAVING COUNT(*) = :n) AS h
  JOIN timeline_seen e ON e.id = h.entry_id
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND e.patient_id = :patient AND e.gone IS NULL
 ORDER BY e.id DESC LIMIT :limit;

--! many hit with_first (key patient, key viewer, key office, i64 from, i64 to, i64 before, i64 limit)
-- Entries that have a character: pairs that begin with it.
SELECT e.id AS entry_id
  FROM (SELECT DISTINCT t.entry_id FROM timeline_gram t
         WHERE t.patient_id = :patient AND t.gram >= :from AND t.gram < :to
           AND t.entry_id < :before) AS h
  JOIN timeline_seen e ON e.id = h.entry_id
 WHERE e.viewer_id = :viewer AND e.viewer_office = :office
   AND e.patient_id = :patient AND e.gone IS NULL
 ORDER BY e.id DESC LIMIT :limit;
