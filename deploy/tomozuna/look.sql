--! row found (key id, key network_id)

--! row line (bytes token)

--! many line lines (key user, key office, key device)
-- Sessions that stand, of each that is not 0.
SELECT s.token FROM care_session s
 WHERE s.ended_at IS NULL AND (:user = 0 OR s.user_id = :user)
   AND (:office = 0 OR s.office_id = :office) AND (:device = 0 OR s.device_id = :device);

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
