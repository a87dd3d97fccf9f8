-- Who is invited, and what each of them answered.

--! row invited (ref id, text name, text? profession_code, text? office, text? guest, text? response, text? response_note,
--!   utc? responded_at, utc? joined_at, bool mine, bool told, text? mail, calc text profession)

--! many invited invited (key meeting, key viewer)
-- In the order of what they answered.
SELECT i.ref AS id, i.name, i.profession AS profession_code, i.office, i.guest, i.response, i.response_note,
       i.responded_at, i.joined_at, COALESCE(i.user_id = :viewer, 0) AS mine, i.told_at IS NOT NULL AS told, i.mail
  FROM meeting_invitation i
 WHERE i.meeting_id = :meeting AND i.removed_at IS NULL
 ORDER BY FIELD(COALESCE(i.response, 'none'), 'accepted', 'tentative', 'none', 'declined'), i.id LIMIT 600;

--! exec add_team (ref meeting, key viewer, utc now)
-- Everyone of the patient's team who is told of things; who is invited already stays as she is.
INSERT IGNORE INTO meeting_invitation (ref, meeting_id, patient_id, user_id, name, profession, office, invited_at, invited_by)
SELECT RANDOM_BYTES(16), m.id, m.patient_id, u.id, CONCAT(u.family, ' ', u.given), f.profession, o.name, :now, :viewer
  FROM meeting_meeting m
  JOIN (SELECT patient_id, user_id, MIN(profession) AS profession, MIN(office_id) AS office_id
          FROM care_team_person
         WHERE told AND patient_id = (SELECT x.patient_id FROM meeting_meeting x WHERE x.ref = :meeting)
         GROUP BY patient_id, user_id) AS f ON f.patient_id = m.patient_id
  JOIN care_user u ON u.id = f.user_id AND u.suspended_at IS NULL
  JOIN care_office o ON o.id = f.office_id
 WHERE m.ref = :meeting;

--! exec add_forum (ref meeting, key viewer, utc now)
-- Everyone to whom its forum is open now; who is invited already stays as she is.
INSERT IGNORE INTO meeting_invitation (ref, meeting_id, patient_id, user_id, name, profession, office, invited_at, invited_by)
SELECT RANDOM_BYTES(16), m.id, NULL, u.id, CONCAT(u.family, ' ', u.given), f.profession, o.name, :now, :viewer
  FROM meeting_meeting m
  JOIN (SELECT user_id, MIN(profession) AS profession, MIN(office_id) AS office_id
          FROM care_forum_reader
         WHERE forum_id = (SELECT x.forum_id FROM meeting_meeting x WHERE x.ref = :meeting)
         GROUP BY user_id) AS f
  JOIN care_user u ON u.id = f.user_id
  JOIN care_office o ON o.id = f.office_id
 WHERE m.ref = :meeting AND m.forum_id IS NOT NULL;

--! exec add_self (ref meeting, key viewer, key office, utc now)
-- Who holds the meeting, or signs up for it.
INSERT INTO meeting_invitation (ref, meeting_id, patient_id, user_id, name, profession, office, invited_at, invited_by,
       response, responded_at)
SELECT RANDOM_BYTES(16), m.id, m.patient_id, u.id, CONCAT(u.family, ' ', u.given), f.profession, o.name, :now, :viewer,
       'accepted', :now
  FROM meeting_meeting m
  JOIN care_user u ON u.id = :viewer
  JOIN care_staff f ON f.user_id = u.id AND f.office_id = :office
  JOIN care_office o ON o.id = f.office_id
 WHERE m.ref = :meeting;

--! exec come_back (key meeting, key viewer, utc now)
-- Who was invited before, and signs up herself.
UPDATE meeting_invitation SET removed_at = NULL, response = 'accepted', responded_at = :now
 WHERE meeting_id = :meeting AND user_id = :viewer;

--! exec add_office (ref meeting, ref office, key network, key viewer, utc now)
-- All of an office of the network; for a meeting of no patient. 0 rows: no such office, or nobody new.
INSERT IGNORE INTO meeting_invitation (ref, meeting_id, patient_id, user_id, name, profession, office, invited_at, invited_by)
SELECT RANDOM_BYTES(16), m.id, NULL, u.id, CONCAT(u.family, ' ', u.given), f.profession, o.name, :now, :viewer
  FROM meeting_meeting m
  JOIN care_office o ON o.ref = :office AND o.network_id = :network AND o.closed_at IS NULL
  JOIN care_staff f ON f.office_id = o.id AND f.left_at IS NULL
  JOIN care_user u ON u.id = f.user_id AND u.suspended_at IS NULL
 WHERE m.ref = :meeting AND m.patient_id IS NULL;

--! exec1 add_guest (ref id, key meeting, key? patient, text guest, text name, text? office, text mail, key viewer, utc now)
INSERT INTO meeting_invitation (ref, meeting_id, patient_id, guest, name, office, mail, invited_at, invited_by)
VALUES (:id, :meeting, :patient, :guest, :name, :office, :mail, :now, :viewer);

--! exec tell_new (ref meeting, utc now)
-- Of a meeting that the provider has: whoever was not told of it yet.
UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id
   SET i.mail_due_at = :now, i.mail_version = i.mail_version + 1, i.mail_attempts = 0
 WHERE m.ref = :meeting AND m.state = 'scheduled' AND m.asked_at IS NOT NULL AND i.removed_at IS NULL AND i.told_at IS NULL AND i.mail_due_at IS NULL;

--! exec answer (key meeting, key viewer, text response, text? note, utc now)
UPDATE meeting_invitation SET response = :response, response_note = :note, responded_at = :now
 WHERE meeting_id = :meeting AND user_id = :viewer AND removed_at IS NULL;

--! exec remove (key meeting, ref invitation, utc now)
-- One alone, who is told that it is off for her if she was told of it at all.
UPDATE meeting_invitation
   SET removed_at = :now, mail_due_at = IF(told_method = 'REQUEST', :now, NULL),
       mail_version = mail_version + 1, mail_attempts = 0
 WHERE meeting_id = :meeting AND ref = :invitation AND removed_at IS NULL;

--! row office (ref id, text name)

--! many office offices (key network)
-- Whom to invite to what is of no patient.
SELECT ref AS id, name FROM care_office WHERE network_id = :network AND closed_at IS NULL ORDER BY name LIMIT 500;
