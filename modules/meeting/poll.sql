-- Dates put to the invited, and what suits whom.

--! row offered (key date_key, ref id, utc starts_at, utc ends_at, i64 fits, i64 perhaps, i64 unfit, text? own, calc bool best)
--! row vote (key date_key, text name, text answer)
--! row asked (key user_id)

--! many offered dates (key meeting, key viewer)
SELECT d.id AS date_key, d.ref AS id, d.starts_at, d.ends_at, COALESCE(SUM(v.answer = 'fits'), 0) AS fits,
       COALESCE(SUM(v.answer = 'perhaps'), 0) AS perhaps, COALESCE(SUM(v.answer = 'unfit'), 0) AS unfit,
       MAX(IF(v.user_id = :viewer, CONCAT(v.answer), NULL)) AS own
  FROM meeting_date d LEFT JOIN meeting_vote v ON v.date_id = d.id
 WHERE d.meeting_id = :meeting GROUP BY d.id, d.ref, d.starts_at, d.ends_at ORDER BY d.starts_at, d.id LIMIT 20;

--! many vote votes (key meeting)
-- Who said what, for those who see the meeting.
SELECT d.id AS date_key, CONCAT(u.family, ' ', u.given) AS name, v.answer
  FROM meeting_date d JOIN meeting_vote v ON v.date_id = d.id JOIN care_user u ON u.id = v.user_id
 WHERE d.meeting_id = :meeting ORDER BY d.starts_at, d.id, v.answer, u.kana_family LIMIT 2000;

--! exec1 add_date (ref id, key meeting, utc starts_at, utc ends_at, i64 most)
-- Of a draft that nobody was invited to yet; each time once.
INSERT INTO meeting_date (ref, meeting_id, patient_id, starts_at, ends_at)
SELECT :id, m.id, m.patient_id, :starts_at, :ends_at FROM meeting_meeting m
 WHERE m.id = :meeting AND m.state = 'draft' AND m.asked_at IS NULL
   AND (SELECT COUNT(*) FROM meeting_date d WHERE d.meeting_id = m.id) < :most;

--! exec open (key meeting, utc now)
UPDATE meeting_meeting SET polled_at = :now WHERE id = :meeting AND polled_at IS NULL;

--! exec vote (key meeting, key viewer, text fits, text perhaps, utc now)
-- On all dates at once, by lists of refs: what is in neither does not suit.
INSERT INTO meeting_vote (date_id, user_id, patient_id, answer, voted_at)
SELECT d.id, :viewer, d.patient_id, IF(FIND_IN_SET(LOWER(HEX(d.ref)), LOWER(:fits)), 'fits',
       IF(FIND_IN_SET(LOWER(HEX(d.ref)), LOWER(:perhaps)), 'perhaps', 'unfit')), :now
  FROM meeting_date d WHERE d.meeting_id = :meeting
ON DUPLICATE KEY UPDATE answer = VALUES(answer), voted_at = VALUES(voted_at);

--! exec take_date (key meeting, ref date)
-- The draft takes that time; what is asked is over.
UPDATE meeting_meeting m JOIN meeting_date d ON d.meeting_id = m.id AND d.ref = :date
   SET m.starts_at = d.starts_at, m.ends_at = d.ends_at, m.polled_at = NULL
 WHERE m.id = :meeting AND m.state = 'draft' AND m.polled_at IS NOT NULL AND d.ends_at > UTC_TIMESTAMP(3);

--! exec take_votes (key meeting, ref date, utc now)
-- What she said of that date is her answer; she may change it.
UPDATE meeting_invitation i
  JOIN meeting_date d ON d.meeting_id = i.meeting_id AND d.ref = :date
  JOIN meeting_vote v ON v.date_id = d.id AND v.user_id = i.user_id
   SET i.response = CASE v.answer WHEN 'fits' THEN 'accepted' WHEN 'perhaps' THEN 'tentative' ELSE 'declined' END,
       i.responded_at = :now
 WHERE i.meeting_id = :meeting AND i.removed_at IS NULL;

--! many asked asked (key meeting, key viewer)
-- Whom to tell that dates are there, but for who put them.
SELECT u.id AS user_id FROM meeting_invitation i JOIN care_user u ON u.id = i.user_id
 WHERE i.meeting_id = :meeting AND i.user_id <> :viewer AND i.removed_at IS NULL;

--! exec mark (key user, key patient, ref meeting, utc now)
INSERT IGNORE INTO care_mark (user_id, patient_id, module, kind, ref, at)
VALUES (:user, :patient, 'meeting', 'question', :meeting, :now);

--! exec unmark (key user, key patient, ref meeting)
DELETE FROM care_mark WHERE user_id = :user AND patient_id = :patient AND module = 'meeting' AND kind = 'question' AND ref = :meeting;

--! exec unmark_all (key meeting, key patient, ref about)
DELETE k FROM meeting_invitation i
  JOIN care_mark k ON k.user_id = i.user_id AND k.patient_id = :patient AND k.module = 'meeting' AND k.ref = :about
 WHERE i.meeting_id = :meeting;
