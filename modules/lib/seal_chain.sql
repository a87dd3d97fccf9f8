-- The seals over the audit trail: for the sealer's and the verifier's accounts
-- only (grants: audit.sql).

--! row lease (ref owner, i64 fence, utc until)
--! one lease lease (text name)
-- Locks the lease until the transaction ends: there is one sealer at a time.
SELECT owner, fence, until FROM lib_lease WHERE name = :name FOR UPDATE;

--! exec first_lease (text name, ref owner, utc until)
INSERT IGNORE INTO lib_lease (name, owner, fence, until)
VALUES (:name, :owner, 1, :until);

--! exec1 take_lease (text name, ref owner, i64 fence, utc until)
UPDATE lib_lease SET owner = :owner, fence = :fence, until = :until
 WHERE name = :name;

--! row seal (i64 seq, i64 audit_id, bytes head, utc sealed_at)
--! one seal last_seal ()
SELECT seq, audit_id, head, sealed_at
  FROM lib_audit_seal ORDER BY seq DESC LIMIT 1;

--! one seal seal_at (i64 seq)
SELECT seq, audit_id, head, sealed_at FROM lib_audit_seal WHERE seq = :seq;

--! many seal seals_after (i64 seq, i64 limit)
SELECT seq, audit_id, head, sealed_at
  FROM lib_audit_seal WHERE seq > :seq ORDER BY seq LIMIT :limit;

--! row record (i64 id, utc at, ref request, text program, text method, text route, i64 status, i64 outcome, i64 network_id, i64 user_id, i64 office_id, i64 device_id, i64 subject_id, text purpose, i64 stand_in, text? subjects, ref? journal, i64? journal_seq)
--! many record unsealed_records (i64 above, i64 upto, i64 limit)
-- Rows without a seal, in the order of ids. Both sides are read by index.
SELECT a.id, a.at, a.request, a.program, a.method, a.route, a.status,
       a.outcome, a.network_id, a.user_id, a.office_id, a.device_id,
       a.subject_id, a.purpose, a.stand_in, a.subjects, a.journal,
       a.journal_seq
  FROM lib_audit a LEFT JOIN lib_audit_seal s ON s.audit_id = a.id
 WHERE a.id > :above AND a.id <= :upto AND s.audit_id IS NULL
 ORDER BY a.id LIMIT :limit;

--! many record sealed_records (i64 after, i64 upto)
-- The rows that a stretch of seals covers, in the order of the seals.
SELECT a.id, a.at, a.request, a.program, a.method, a.route, a.status,
       a.outcome, a.network_id, a.user_id, a.office_id, a.device_id,
       a.subject_id, a.purpose, a.stand_in, a.subjects, a.journal,
       a.journal_seq
  FROM lib_audit_seal s JOIN lib_audit a ON a.id = s.audit_id
 WHERE s.seq > :after AND s.seq <= :upto
 ORDER BY s.seq;

--! exec insert_seals (utc now, text seals)
INSERT INTO lib_audit_seal (seq, audit_id, head, sealed_at)
SELECT t.seq, t.audit_id, UNHEX(t.head), :now
  FROM JSON_TABLE(:seals, '$[*]' COLUMNS (
       seq BIGINT PATH '$[0]',
       audit_id BIGINT PATH '$[1]',
       head VARCHAR(64) PATH '$[2]')) AS t;

--! row newest (i64? id)
--! one newest newest_record ()
SELECT MAX(id) AS id FROM lib_audit;

--! row unsealed (i64 n, i64? first)
--! one unsealed count_unsealed (i64 above, i64 upto)
SELECT COUNT(*) AS n, MIN(a.id) AS first
  FROM lib_audit a LEFT JOIN lib_audit_seal s ON s.audit_id = a.id
 WHERE a.id > :above AND a.id <= :upto AND s.audit_id IS NULL;
