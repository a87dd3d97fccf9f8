-- One-time codes by which a relative learns of one person.

--! row opened (key patient_id, ref code, bool drill, text subject, text status, utc? status_at, text nickname, text? town_phone)

--! exec1 put (ref id, key patient, key incident, text code, text name, text relation, text known_by, utc now, key user, text writer, utc until)
INSERT INTO disaster_relative_code (ref, patient_id, incident_id, code_hash, name, relation, known_by, given_at, given_by, given_name, until)
VALUES (:id, :patient, :incident, UNHEX(SHA2(:code, 256)), :name, :relation, :known_by, :now, :user, :writer, :until);

--! one opened by_code (text code)
SELECT o.patient_id, o.ref AS code, o.drill, o.title AS subject, CAST(o.status AS CHAR) AS status, o.status_at, n.nickname, n.phone AS town_phone
  FROM disaster_by_code o JOIN care_network n ON n.id = o.network_id WHERE o.code_hash = UNHEX(SHA2(:code, 256));

--! exec1 use (ref code, key patient, utc now)
-- Of two who type it at once one learns of her.
UPDATE disaster_relative_code SET used_at = :now WHERE ref = :code AND patient_id = :patient AND used_at IS NULL;
