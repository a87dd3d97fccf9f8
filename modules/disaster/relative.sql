-- Relatives who are told when there is word of somebody.

--! row relative (ref id, text name, text relation, text mobile, text agreed_by, utc registered_at, text registered_name)
--! row to_tell (key network, key user, text mobile)

--! many relative relatives (key patient)
SELECT ref AS id, name, relation, mobile, agreed_by, registered_at, registered_name
  FROM disaster_relative WHERE patient_id = :patient AND ended_at IS NULL ORDER BY disaster_relative.id LIMIT 20;

--! exec1 add (ref id, key patient, text name, text relation, text mobile, text agreed_by, utc now, key user, text writer)
-- A second one that is open with the same number is a duplicate key.
INSERT INTO disaster_relative (ref, patient_id, name, relation, mobile, agreed_by, registered_at, registered_by, registered_name)
VALUES (:id, :patient, :name, :relation, :mobile, :agreed_by, :now, :user, :writer);

--! exec1 end (ref relative, key patient, utc now, text writer)
UPDATE disaster_relative SET ended_at = :now, ended_name = :writer
 WHERE ref = :relative AND patient_id = :patient AND ended_at IS NULL;

--! many to_tell to_tell (key patient, key incident, text status)
-- Asked before the new word is written: whoever was told the same is not told again.
SELECT network_id AS network, registered_by AS user, mobile FROM disaster_to_tell
 WHERE patient_id = :patient AND incident_id = :incident AND was <> :status
   AND :status NOT IN ('unknown', 'contacting') LIMIT 20;
