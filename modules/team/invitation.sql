-- Invitations to a team and the hand-over of its management.

--! row invited (ref id, text office, text? office_phone, text team_role, text reason, utc invited_at,
--!   utc sent_at, i64 sent, text by, bool wants_approval, date? approved_on, text? approved_by,
--!   utc? accepted_at, text? coming, text waits_for)
--! row offered (ref id, text from_office, text to_office, text reason, utc offered_at, text by)
--! row inbox (ref id, key patient_key, text name, text kana, date birth_date, text office,
--!   text? office_phone, text team_role, text reason, utc invited_at, bool accepted)
--! row handed (ref id, key patient_key, text name, text kana, text office, text reason, utc offered_at)
--! row mine (key invitation_id, key patient_id, ref patient, key office_id, text team_role, bool wants_approval,
--!   bool approved, bool accepted, key accepted_user, key invited_by)
--! row handover (key handover_id, key patient_id, key to_office)
--! row office (key office_id)
--! row spokesman (key user_id)

--! one office office (key network, ref office)
SELECT id AS office_id FROM care_office
 WHERE ref = :office AND network_id = :network AND closed_at IS NULL;

--! exec1 invite (ref id, key patient, key office, text role, text reason, key viewer, utc now,
--!   ref notice)
INSERT INTO care_invitation (ref, patient_id, office_id, team_role, reason, invited_by,
       invited_at, sent_at, notice)
VALUES (:id, :patient, :office, :role, :reason, :viewer, :now, :now, :notice);

--! many spokesman spokesmen (key office)
SELECT s.user_id FROM team_spokesman s
  JOIN care_user u ON u.id = s.user_id AND u.suspended_at IS NULL
 WHERE s.office_id = :office;

--! many invited pending (key patient)
-- What each waits for: the patient's word, or an answer; and when none can come,
-- because no mail arrives there.
SELECT i.ref AS id, o.name AS office, o.phone AS office_phone, i.team_role, i.reason, i.invited_at, i.sent_at,
       i.sent, CONCAT(u.family, ' ', u.given) AS `by`, n.patient_approves AS wants_approval,
       i.approved_on, i.approved_by, i.accepted_at,
       (SELECT CONCAT(a.family, ' ', a.given) FROM care_user a WHERE a.id = i.accepted_user) AS coming,
       CASE WHEN i.accepted_at IS NOT NULL THEN 'patient'
            WHEN NOT EXISTS (SELECT 1 FROM care_notice x WHERE x.cause = i.notice) THEN 'no_address'
            WHEN NOT EXISTS (SELECT 1 FROM care_notice x WHERE x.cause = i.notice
                     AND x.state IN ('queued', 'sending', 'sent', 'delivered', 'unknown')) THEN 'not_delivered'
            WHEN n.patient_approves AND i.approved_on IS NULL THEN 'both'
            ELSE 'office' END AS waits_for
  FROM care_invitation i
  JOIN care_patient p ON p.id = i.patient_id
  JOIN care_network n ON n.id = p.network_id
  JOIN care_office o ON o.id = i.office_id
  JOIN care_user u ON u.id = i.invited_by
 WHERE i.patient_id = :patient AND i.state = 'pending'
 ORDER BY i.id;

--! many inbox inbox (key viewer, key office)
-- To the viewer's office, if she may answer for it.
SELECT i.ref AS id, i.patient_id AS patient_key, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, p.birth_date,
       COALESCE(o.name, '') AS office, o.phone AS office_phone, i.team_role, i.reason, i.invited_at,
       i.accepted_at IS NOT NULL AS accepted
  FROM care_invitation i
  JOIN team_spokesman s ON s.office_id = i.office_id AND s.user_id = :viewer
  JOIN care_patient p ON p.id = i.patient_id
  LEFT JOIN care_office o ON o.id = p.managing_office_id
 WHERE i.office_id = :office AND i.state = 'pending' ORDER BY i.id LIMIT 100;

--! one mine to_answer (ref invitation, key viewer, key office)
SELECT i.id AS invitation_id, i.patient_id, p.ref AS patient, i.office_id, i.team_role,
       n.patient_approves AS wants_approval, i.approved_on IS NOT NULL AS approved,
       i.accepted_at IS NOT NULL AS accepted, i.accepted_user, i.invited_by
  FROM care_invitation i
  JOIN team_spokesman s ON s.office_id = i.office_id AND s.user_id = :viewer
  JOIN care_patient p ON p.id = i.patient_id
  JOIN care_network n ON n.id = p.network_id
 WHERE i.ref = :invitation AND i.office_id = :office AND i.state = 'pending';

--! one mine to_manage (ref invitation, key viewer, key office)
-- As the office that invited.
SELECT i.id AS invitation_id, i.patient_id, p.ref AS patient, i.office_id, i.team_role,
       n.patient_approves AS wants_approval, i.approved_on IS NOT NULL AS approved,
       i.accepted_at IS NOT NULL AS accepted, i.accepted_user, i.invited_by
  FROM care_invitation i
  JOIN care_patient p ON p.id = i.patient_id
  JOIN team_manager g ON g.patient_id = p.id AND g.user_id = :viewer AND g.office_id = :office
  JOIN care_network n ON n.id = p.network_id
 WHERE i.ref = :invitation AND i.state = 'pending';

--! exec1 accept (key invitation, utc now, key viewer, key user)
UPDATE care_invitation SET accepted_at = :now, accepted_by = :viewer, accepted_user = :user
 WHERE id = :invitation AND state = 'pending' AND accepted_at IS NULL;

--! exec1 approve (key invitation, date on, text by, text relation)
UPDATE care_invitation SET approved_on = :on, approved_by = :by, approved_relation = :relation
 WHERE id = :invitation AND state = 'pending' AND approved_on IS NULL;

--! exec1 finish (key invitation, text state, utc now, key viewer, text? answer)
UPDATE care_invitation SET state = :state, ended_at = :now, ended_by = :viewer, answer = :answer
 WHERE id = :invitation AND state = 'pending';

--! exec1 resend (key invitation, utc now, ref notice)
UPDATE care_invitation SET sent_at = :now, sent = sent + 1, notice = :notice
 WHERE id = :invitation AND state = 'pending';

--! many offered offers (key patient)
SELECT h.ref AS id, a.name AS from_office, b.name AS to_office, h.reason, h.offered_at,
       CONCAT(u.family, ' ', u.given) AS `by`
  FROM care_handover h
  JOIN care_office a ON a.id = h.from_office_id JOIN care_office b ON b.id = h.to_office_id
  JOIN care_user u ON u.id = h.offered_by
 WHERE h.patient_id = :patient AND h.state = 'pending';

--! many handed handed (key viewer, key office)
SELECT h.ref AS id, h.patient_id AS patient_key, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, o.name AS office, h.reason, h.offered_at
  FROM care_handover h
  JOIN team_spokesman s ON s.office_id = h.to_office_id AND s.user_id = :viewer
  JOIN care_patient p ON p.id = h.patient_id
  JOIN care_office o ON o.id = h.from_office_id
 WHERE h.to_office_id = :office AND h.state = 'pending' ORDER BY h.id LIMIT 100;

--! exec1 offer (ref id, key patient, key from, key to, text reason, key viewer, utc now)
-- Only to an office that is of the team.
INSERT INTO care_handover (ref, patient_id, from_office_id, to_office_id, reason, offered_by,
       offered_at)
SELECT :id, p.id, :from, :to, :reason, :viewer, :now FROM care_patient p
 WHERE p.id = :patient AND p.managing_office_id = :from AND :to <> :from
   AND EXISTS (SELECT 1 FROM care_team t WHERE t.patient_id = p.id AND t.office_id = :to
       AND t.left_at IS NULL AND t.team_role NOT IN ('officer', 'welfare_volunteer'));

--! one handover to_take (ref handover, key viewer, key office)
SELECT h.id AS handover_id, h.patient_id, h.to_office_id AS to_office
  FROM care_handover h
  JOIN team_spokesman s ON s.office_id = h.to_office_id AND s.user_id = :viewer
 WHERE h.ref = :handover AND h.to_office_id = :office AND h.state = 'pending';

--! one handover to_take_back (ref handover, key viewer, key office)
SELECT h.id AS handover_id, h.patient_id, h.to_office_id AS to_office
  FROM care_handover h
  JOIN team_manager g ON g.patient_id = h.patient_id AND g.user_id = :viewer AND g.office_id = :office
 WHERE h.ref = :handover AND h.state = 'pending';

--! exec1 answer (key handover, text state, utc now, key viewer)
UPDATE care_handover SET state = :state, answered_at = :now, answered_by = :viewer
 WHERE id = :handover AND state = 'pending';

--! exec1 manage (key patient, key office)
UPDATE care_patient SET managing_office_id = :office WHERE id = :patient;
