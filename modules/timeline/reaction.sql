-- What other modules tell, as an entry by whoever did it.

--! exec write (key patient, ref id, key actor, utc at, text body)
-- For whoever of the team writes care there; in the office by which she is of the team, or,
-- of a stand-in, in her own.
INSERT INTO timeline_entry (patient_id, ref, network_id, author_id, author_name,
       author_profession, author_office, author_office_id, written_at, kind, body)
SELECT :patient, :id, u.network_id, u.id, CONCAT(u.family, ' ', u.given), f.profession, o.name, o.id,
       :at, 'report', :body
  FROM care_user u
  JOIN care_staff f ON f.user_id = u.id AND f.left_at IS NULL
  JOIN care_office o ON o.id = f.office_id
  LEFT JOIN care_team_person t ON t.user_id = u.id AND t.office_id = f.office_id AND t.patient_id = :patient
 WHERE u.id = :actor ORDER BY t.user_id IS NULL, f.office_id LIMIT 1;

--! row minutes (text title, utc starts_at, utc ends_at, text minutes, text? present, text? absent)

--! one minutes minutes (key patient, ref meeting)
SELECT m.title, m.starts_at, m.ends_at, COALESCE(m.minutes, '') AS minutes,
       (SELECT GROUP_CONCAT(i.name ORDER BY i.id SEPARATOR '、') FROM meeting_invitation i
         WHERE i.meeting_id = m.id AND i.removed_at IS NULL AND i.joined_at IS NOT NULL) AS present,
       (SELECT GROUP_CONCAT(i.name ORDER BY i.id SEPARATOR '、') FROM meeting_invitation i
         WHERE i.meeting_id = m.id AND i.removed_at IS NULL AND i.joined_at IS NULL) AS absent
  FROM meeting_meeting m WHERE m.ref = :meeting AND m.patient_id = :patient AND m.minutes_at IS NOT NULL;
