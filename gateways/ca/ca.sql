-- All that the signer ever asks or tells the database.

--! row request (key request_id, ref ref, key device_id, ref device, bytes? csr,
--!   text packing, bool barred)

--! one request next_request ()
-- The oldest request that waits. Barred: device revoked, or office closed.
SELECT r.id AS request_id, r.ref, r.device_id, d.ref AS device, r.csr, r.packing,
       (d.revoked_at IS NOT NULL OR o.closed_at IS NOT NULL) AS barred
  FROM ca_request r
  JOIN care_device d ON d.id = r.device_id
  JOIN care_office o ON o.id = d.office_id
 WHERE r.state = 'asked' ORDER BY r.id LIMIT 1;

--! exec1 refuse (key request, text reason, utc now)
UPDATE ca_request SET state = 'refused', reason = :reason, ready_at = :now
 WHERE id = :request AND state = 'asked';

--! exec1 ready (key request, bytes parcel, bytes? phrase, utc now)
UPDATE ca_request SET state = 'ready', parcel = :parcel, passphrase = :phrase,
       ready_at = :now
 WHERE id = :request AND state = 'asked';

--! exec supersede (key device, utc now)
-- A device has one certificate; the one before it ends with the new one.
UPDATE ca_certificate SET revoked_at = :now
 WHERE device_id = :device AND revoked_at IS NULL;

--! exec1 certificate (bytes serial, key device, bytes hash, bytes der, utc not_before, utc not_after)
INSERT INTO ca_certificate (serial, device_id, certificate, der, not_before, not_after)
VALUES (:serial, :device, :hash, :der, :not_before, :not_after);

--! exec1 device (key device, bytes hash, utc not_after)
UPDATE care_device SET certificate = :hash, not_after = :not_after
 WHERE id = :device AND revoked_at IS NULL;

--! exec expire (utc ready_before, utc asked_before)
-- Parcels that nobody fetched, and requests that nobody served.
UPDATE ca_request SET state = 'expired', parcel = NULL, passphrase = NULL
 WHERE (state = 'ready' AND ready_at < :ready_before)
    OR (state = 'asked' AND asked_at < :asked_before);

--! exec mark_revoked (utc now)
-- Devices that were shut out: their certificates go on the list.
UPDATE ca_certificate c JOIN care_device d ON d.id = c.device_id
   SET c.revoked_at = :now
 WHERE d.revoked_at IS NOT NULL AND c.revoked_at IS NULL;

--! row revoked (bytes serial, utc? revoked_at)

--! many revoked revoked (utc now)
-- What a list names: until the certificate's own end, and a day longer.
SELECT serial, revoked_at FROM ca_certificate
 WHERE revoked_at IS NOT NULL AND not_after > :now - INTERVAL 1 DAY
 ORDER BY serial;

--! row state (i64? number, utc? issued_at, text? probe, bool waiting)

--! one state state ()
-- The newest list, and whether a revocation is not on it yet.
SELECT l.number, l.issued_at, l.probe,
       (EXISTS (SELECT 1 FROM ca_certificate c
                 WHERE c.revoked_at > COALESCE(l.issued_at, '1970-01-01')) OR
        EXISTS (SELECT 1 FROM ca_certificate c
                  JOIN care_device d ON d.id = c.device_id
                 WHERE c.revoked_at IS NULL AND d.revoked_at IS NOT NULL)) AS waiting
  FROM (SELECT MAX(number) AS newest FROM ca_crl) AS n
  LEFT JOIN ca_crl l ON l.number = n.newest;

--! exec1 list (i64 number, utc issued_at, utc next_update, i64 revoked)
INSERT INTO ca_crl (number, issued_at, next_update, revoked)
VALUES (:number, :issued_at, :next_update, :revoked);

--! exec1 probed (i64 number, text probe, text? reason, utc now)
UPDATE ca_crl SET probe = :probe, probe_reason = :reason, probed_at = :now
 WHERE number = :number;
