-- What every program writes to the audit trail. Grants (db/lib/grants.sql):
--
--   each program      INSERT on lib_audit but for its id, nothing else on it
--   the sealer        SELECT on lib_audit; SELECT, INSERT on lib_audit_seal;
--                     SELECT, INSERT, UPDATE on lib_lease (seal_chain.sql)
--   `audit verify`    SELECT on lib_audit and lib_audit_seal
--
-- No account has UPDATE or DELETE on lib_audit or lib_audit_seal.

--! exec record_change (utc at, ref request, text program, text method, text route, i64 status, i64 outcome, i64 network, i64 user, i64 office, i64 device, i64 subject, text purpose, i64 stand_in, text? subjects)
-- One row, in the transaction of the change that it tells of.
INSERT INTO lib_audit (at, request, program, method, route, status, outcome,
       network_id, user_id, office_id, device_id, subject_id, purpose,
       stand_in, subjects)
VALUES (:at, :request, :program, :method, :route, :status, :outcome,
       :network, :user, :office, :device, :subject, :purpose,
       :stand_in, :subjects);

--! exec ship (ref journal, text records)
-- A batch from the journal. IGNORE, because a batch whose commit was not heard
-- of is sent again: UNIQUE (journal, journal_seq) keeps each record single.
-- It is a bulk insert: innodb_autoinc_lock_mode = 2 lets others pass it.
INSERT IGNORE INTO lib_audit (at, request, program, method, route, purpose,
       status, outcome, network_id, user_id, office_id, device_id, subject_id,
       stand_in, subjects, journal, journal_seq)
SELECT r.at, UNHEX(r.request), r.program, r.method, r.route, r.purpose,
       r.status, r.outcome, r.network_id, r.user_id, r.office_id, r.device_id,
       r.subject_id, r.stand_in, r.subjects, :journal, r.seq
  FROM JSON_TABLE(:records, '$[*]' COLUMNS (
       seq BIGINT PATH '$[0]',
       at DATETIME(3) PATH '$[1]',
       request VARCHAR(32) PATH '$[2]',
       program VARCHAR(32) PATH '$[3]',
       method VARCHAR(8) PATH '$[4]',
       route VARCHAR(160) PATH '$[5]',
       purpose VARCHAR(16) PATH '$[6]',
       status INT PATH '$[7]',
       outcome INT PATH '$[8]',
       network_id BIGINT PATH '$[9]',
       user_id BIGINT PATH '$[10]',
       office_id BIGINT PATH '$[11]',
       device_id BIGINT PATH '$[12]',
       subject_id BIGINT PATH '$[13]',
       stand_in INT PATH '$[14]',
       subjects TEXT PATH '$[15]')) AS r;
