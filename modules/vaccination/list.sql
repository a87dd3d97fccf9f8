-- The working list of the viewer's patients.

--! row waiting (ref patient, key patient_key, text name, text kana, ref id, text vaccine_name, date planned_on,
--!   text state, utc state_at, utc? wait_until, text? note, text? reason)

--! row asked (i64 n)

--! one asked asked_of (key office)
-- Bookings that wait for an answer of this office.
SELECT COUNT(*) AS n FROM vaccination_booking WHERE clinic_id = :office AND state = 'requested';

--! many waiting working_list (key viewer, key office, utc since)
-- Open visits: who waits after a dose first, then the day that was planned; and those not given, until
-- another visit for that vaccine was planned.
SELECT p.ref AS patient, p.id AS patient_key, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, v.ref AS id, v.vaccine_name, v.planned_on, v.state,
       v.state_at, v.wait_until, v.note,
       (SELECT n.reason FROM vaccination_not_given n WHERE n.patient_id = v.patient_id AND n.visit_id = v.id
         ORDER BY n.id DESC LIMIT 1) AS reason
  FROM (SELECT DISTINCT patient_id FROM care_team_member
         WHERE office_id = :office AND user_id IN (0, :viewer)) AS t
  JOIN care_patient p ON p.id = t.patient_id
  JOIN vaccination_visit v ON v.patient_id = t.patient_id
 WHERE v.state IN ('planned', 'screened', 'eligible', 'waiting')
    OR (v.state = 'not_given' AND v.state_at > :since AND NOT EXISTS
        (SELECT 1 FROM vaccination_visit w WHERE w.patient_id = v.patient_id AND w.vaccine = v.vaccine AND w.id > v.id))
 ORDER BY v.state = 'waiting' DESC, v.state = 'not_given', v.planned_on, v.id LIMIT 200;
