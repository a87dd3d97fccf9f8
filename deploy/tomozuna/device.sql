--! exec1 add (ref ref, key office, text name, utc now)
INSERT INTO care_device (ref, office_id, name, created_at)
SELECT :ref, id, :name, :now FROM care_office WHERE id = :office AND closed_at IS NULL;

--! exec1 revoke (key device, utc now)
UPDATE care_device SET revoked_at = :now WHERE id = :device AND revoked_at IS NULL;

--! exec end_sessions (key device, utc now)
UPDATE care_session SET ended_at = :now WHERE device_id = :device AND ended_at IS NULL;

--! row device (ref ref, text name, text office, bool has_certificate, utc? not_after, utc? revoked_at)

--! many device list (text? network)
SELECT d.ref, d.name, o.name AS office, d.certificate IS NOT NULL AS has_certificate,
       d.not_after, d.revoked_at
  FROM care_device d
  JOIN care_office o ON o.id = d.office_id
  JOIN care_network n ON n.id = o.network_id
 WHERE :network IS NULL OR n.code = :network
 ORDER BY o.name, d.name, d.id;
