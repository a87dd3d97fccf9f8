--! exec1 add (ref ref, key network, text kind, text name, text? number, text? phone, text? address)
INSERT INTO care_office (ref, network_id, kind, name, office_number, phone, address)
VALUES (:ref, :network, :kind, :name, :number, :phone, :address);

--! exec1 close (key office, utc now)
-- Closed offices keep their rows; admission refuses their people at once.
UPDATE care_office SET closed_at = :now WHERE id = :office AND closed_at IS NULL;

--! exec leave_teams (key office, utc now)
UPDATE care_team SET left_at = :now WHERE office_id = :office AND left_at IS NULL;

--! exec revoke_devices (key office, utc now)
UPDATE care_device SET revoked_at = :now WHERE office_id = :office AND revoked_at IS NULL;

--! row office (ref ref, text network, text kind, text name, text? number, text? phone,
--!   utc? closed_at, i64 staff, i64 devices, i64 patients)

--! many office list (text? network)
SELECT o.ref, n.code AS network, o.kind, o.name, o.office_number AS number, o.phone,
       o.closed_at,
       (SELECT COUNT(*) FROM care_staff f WHERE f.office_id = o.id
           AND f.left_at IS NULL) AS staff,
       (SELECT COUNT(*) FROM care_device d WHERE d.office_id = o.id
           AND d.revoked_at IS NULL) AS devices,
       (SELECT COUNT(DISTINCT t.patient_id) FROM care_team t WHERE t.office_id = o.id
           AND t.left_at IS NULL) AS patients
  FROM care_office o JOIN care_network n ON n.id = o.network_id
 WHERE :network IS NULL OR n.code = :network
 ORDER BY n.code, o.kind, o.name;
