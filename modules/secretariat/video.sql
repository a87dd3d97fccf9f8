-- The video meeting of a sitting. Its rows are modules/meeting's kind "sitting"; nothing in
-- them says what the sitting is about.

--! row provider (text kind)

--! one provider provider (key network)
SELECT kind FROM meeting_provider WHERE network_id = :network;

--! exec1 add (ref id, key network, text title, utc starts_at, utc ends_at, key viewer, text name, utc now, text room)
-- Wanted at once: the provider is asked, and invitations leave when it has the meeting.
INSERT INTO meeting_meeting (ref, network_id, kind, title, starts_at, ends_at, organizer_id, organizer_name, made_at, room, asked_at, act_due_at)
VALUES (:id, :network, 'sitting', :title, :starts_at, :ends_at, :viewer, :name, :now, :room, :now, :now);

--! exec invite_self (ref meeting, key viewer, key office, utc now)
INSERT INTO meeting_invitation (ref, meeting_id, patient_id, user_id, name, profession, office, invited_at, invited_by, response, responded_at)
SELECT RANDOM_BYTES(16), m.id, NULL, u.id, CONCAT(u.family, ' ', u.given), f.profession, o.name, :now, :viewer, 'accepted', :now
  FROM meeting_meeting m JOIN care_user u ON u.id = :viewer
  JOIN care_staff f ON f.user_id = u.id AND f.office_id = :office JOIN care_office o ON o.id = f.office_id
 WHERE m.ref = :meeting;

--! exec invite_seats (ref meeting, key sitting, key viewer, utc now)
-- All who have a seat, once each.
INSERT IGNORE INTO meeting_invitation (ref, meeting_id, patient_id, user_id, name, invited_at, invited_by)
SELECT RANDOM_BYTES(16), m.id, NULL, u.id, CONCAT(u.family, ' ', u.given), :now, :viewer
  FROM meeting_meeting m JOIN board_seat e ON e.sitting_id = :sitting JOIN care_user u ON u.id = e.user_id
 WHERE m.ref = :meeting;

--! exec tell_new (ref meeting, utc now)
-- Of a meeting that the provider has: whoever was not told of it yet.
UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id
   SET i.mail_due_at = :now, i.mail_version = i.mail_version + 1, i.mail_attempts = 0
 WHERE m.ref = :meeting AND m.state = 'scheduled' AND i.removed_at IS NULL AND i.told_at IS NULL AND i.mail_due_at IS NULL;

--! exec1 link (key sitting, ref meeting)
UPDATE board_sitting SET meeting = :meeting WHERE id = :sitting AND meeting IS NULL;

--! exec cancel (ref meeting, utc now)
UPDATE meeting_meeting SET state = 'cancelled', cancelled_at = :now, sequence = sequence + 1, act_due_at = :now
 WHERE ref = :meeting AND state <> 'cancelled';

--! exec tell_cancelled (ref meeting, utc now)
UPDATE meeting_invitation i JOIN meeting_meeting m ON m.id = i.meeting_id
   SET i.mail_due_at = IF(i.told_method = 'REQUEST', :now, NULL), i.mail_version = i.mail_version + 1, i.mail_attempts = 0
 WHERE m.ref = :meeting AND i.removed_at IS NULL;
