--! row found (key id, key network_id)

--! one found network (text code)
SELECT id, id AS network_id FROM care_network WHERE code = :code;

--! one found office (text number, ref? ref)
-- By number or ref; closed ones too. Two networks may know the same number.
SELECT id, network_id FROM care_office
 WHERE ref = :ref OR (:ref IS NULL AND office_number = :number);

--! one found user (text login)
SELECT id, network_id FROM care_user WHERE login = :login;

--! one found device (ref ref)
SELECT d.id, o.network_id FROM care_device d JOIN care_office o ON o.id = d.office_id
 WHERE d.ref = :ref;
