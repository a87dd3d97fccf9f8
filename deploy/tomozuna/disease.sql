--! row member (text name, text login, text office)

--! exec1 add (ref ref, key network, text name)
INSERT INTO care_disease_network (ref, network_id, name) VALUES (:ref, :network, :name);

--! exec1 close (key network, text name, utc now)
UPDATE care_disease_network SET closed_at = :now
 WHERE network_id = :network AND name = :name AND closed_at IS NULL;

--! exec join_again (key network, text name, key user, key office, utc now)
-- Who was of it before: the same row.
UPDATE care_disease_member m JOIN care_disease_network n ON n.id = m.disease_network_id
   SET m.left_at = NULL, m.joined_at = :now
 WHERE n.network_id = :network AND n.name = :name AND m.user_id = :user AND m.office_id = :office
   AND m.left_at IS NOT NULL;

--! exec1 join (key network, text name, key user, key office, utc now)
INSERT INTO care_disease_member (disease_network_id, user_id, office_id, joined_at)
SELECT n.id, f.user_id, f.office_id, :now
  FROM care_disease_network n JOIN care_staff f ON f.user_id = :user AND f.office_id = :office AND f.left_at IS NULL
 WHERE n.network_id = :network AND n.name = :name AND n.closed_at IS NULL;

--! exec1 leave (key network, text name, key user, key office, utc now)
UPDATE care_disease_member m JOIN care_disease_network n ON n.id = m.disease_network_id
   SET m.left_at = :now
 WHERE n.network_id = :network AND n.name = :name AND m.user_id = :user AND m.office_id = :office
   AND m.left_at IS NULL;

--! many member members (key network)
SELECT n.name, COALESCE(u.login, '') AS login, COALESCE(o.name, '') AS office
  FROM care_disease_network n
  LEFT JOIN care_disease_member m ON m.disease_network_id = n.id AND m.left_at IS NULL
  LEFT JOIN care_user u ON u.id = m.user_id
  LEFT JOIN care_office o ON o.id = m.office_id
 WHERE n.network_id = :network AND n.closed_at IS NULL ORDER BY n.name, u.login;
