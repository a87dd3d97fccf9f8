-- The directory of offices of a network.

--! row listing (ref id, text name, text kind, text? phone, text? address, text? lat, text? lon,
--!   text? hours, bool own)

--! row office (ref id, text name, text kind, text? office_number, text? phone, text? fax,
--!   text? address, text? lat, text? lon, text? hours, text? services, utc? corrected_at,
--!   text? corrected_name, bool own)

--! many listing list (key network, key office)
-- All that work, by kind.
SELECT ref AS id, name, kind, phone, address, CAST(lat AS CHAR) AS lat, CAST(lon AS CHAR) AS lon,
       hours, care_office.id = :office AS own
  FROM care_office WHERE network_id = :network AND closed_at IS NULL
 ORDER BY kind, name LIMIT 1000;

--! one office one (key network, key office, ref id)
SELECT ref AS id, name, kind, office_number, phone, fax, address, CAST(lat AS CHAR) AS lat,
       CAST(lon AS CHAR) AS lon, hours, services, corrected_at, corrected_name,
       care_office.id = :office AS own
  FROM care_office WHERE ref = :id AND network_id = :network AND closed_at IS NULL;

--! exec1 correct (key office, text? phone, text? fax, text? address, text? lat, text? lon,
--!   text? hours, text? services, text name, utc now)
UPDATE care_office
   SET phone = :phone, fax = :fax, address = :address, lat = :lat, lon = :lon, hours = :hours,
       services = :services, corrected_at = :now, corrected_name = :name
 WHERE id = :office AND closed_at IS NULL;
