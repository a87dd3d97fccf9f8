-- What was sent on paper, and to whom.

--! row sent (ref id, text sent_to, text by_name, utc at)

--! exec record (key patient, key entry, ref id, key viewer, text sent_to, utc now)
INSERT INTO timeline_fax (patient_id, entry_id, ref, user_id, sent_to, at)
VALUES (:patient, :entry, :id, :viewer, :sent_to, :now);

--! many sent sent (key patient, key entry)
SELECT x.ref AS id, x.sent_to, CONCAT(u.family, ' ', u.given) AS by_name, x.at
  FROM timeline_fax x JOIN care_user u ON u.id = x.user_id
 WHERE x.patient_id = :patient AND x.entry_id = :entry ORDER BY x.id;

--! one sent one_sent (key patient, key entry, ref id)
SELECT x.ref AS id, x.sent_to, CONCAT(u.family, ' ', u.given) AS by_name, x.at
  FROM timeline_fax x JOIN care_user u ON u.id = x.user_id
 WHERE x.patient_id = :patient AND x.entry_id = :entry AND x.ref = :id;
