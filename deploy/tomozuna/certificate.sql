--! exec1 ask (ref ref, key device, text packing, utc now)
INSERT INTO ca_request (ref, device_id, asked_at, packing)
SELECT :ref, id, :now, :packing FROM care_device WHERE id = :device AND revoked_at IS NULL;

--! row answer (text state, text? reason, bytes? parcel, bytes? phrase)

--! one answer answer (ref ref)
SELECT state, reason, parcel, passphrase AS phrase FROM ca_request WHERE ref = :ref;

--! exec1 taken (ref ref)
-- Taken once: the parcel is gone with it.
UPDATE ca_request SET state = 'taken', parcel = NULL, passphrase = NULL
 WHERE ref = :ref AND state = 'ready';
