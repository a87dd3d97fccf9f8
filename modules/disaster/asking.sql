-- Asking by SMS, what relatives answer, and the list of whom to ring.

--! row unasked (key incident_id, key network, key user, bool drill, key patient_id)
--! row contact_number (text name, text relation, text phone, bool shared)
--! row request (key request, key incident_id, key patient_id, text contact)
--! row callee (key patient_id, ref id, i64 number, text name, text kana, date birth_date, text? phone, bool power_dependent,
--!   text? equipment, text why, text? unclear, text? contact, text? mobile, text? result, utc? called_at, calc i64 age)
--! row callee_contact (key patient_id, text name, text relation, text phone)
--! row room_asked (ref room)
--! row asked (i64 asked, i64 answered, i64 unreached)

--! exec1 begin_asking (key incident, utc now, key user)
UPDATE disaster_incident SET asking_at = :now, asking_by = :user WHERE id = :incident AND asking_at IS NULL;

--! many unasked next_unasked (i64 limit)
SELECT incident_id, network_id AS network, asking_by AS user, drill, patient_id
  FROM disaster_unasked ORDER BY incident_id, place_in_line LIMIT :limit;

--! many contact_number numbers (key patient, key incident)
-- Whom to ask, the first first; `shared`: she stands for somebody else of the list, too, and
-- an answer would not say for whom.
SELECT c.name, c.relation, c.phone,
       EXISTS (SELECT 1 FROM care_emergency_contact o JOIN disaster_person p ON p.patient_id = o.patient_id AND p.incident_id = :incident
                WHERE o.digits = c.digits AND o.patient_id <> c.patient_id AND o.ended_at IS NULL) AS shared
  FROM care_emergency_contact c WHERE c.patient_id = :patient AND c.ended_at IS NULL ORDER BY c.position LIMIT 10;

--! exec1 put_request (ref id, key patient, key incident, text? contact, text? mobile, utc now)
INSERT INTO disaster_request (patient_id, ref, incident_id, contact, mobile, asked_at)
VALUES (:patient, :id, :incident, :contact, :mobile, :now);

--! one request answered_request (ref about, utc now)
-- What an answer is to, while its incident is open.
SELECT q.id AS request, q.incident_id, q.patient_id, COALESCE(q.contact, '') AS contact
  FROM disaster_request q JOIN disaster_incident i ON i.id = q.incident_id
 WHERE q.ref = :about AND i.closed_at IS NULL AND i.until > :now;

--! one room_asked room_of (ref about)
SELECT i.ref AS room FROM disaster_request q JOIN disaster_incident i ON i.id = q.incident_id WHERE q.ref = :about;

--! exec put_answer (key request, key patient, utc now, text? unclear)
UPDATE disaster_request SET answered_at = :now, unclear = LEFT(:unclear, 200) WHERE id = :request AND patient_id = :patient;

--! one asked asked (key incident)
SELECT COUNT(q.mobile) AS asked, COUNT(q.answered_at) AS answered, COUNT(*) - COUNT(q.mobile) AS unreached
  FROM disaster_request q WHERE q.incident_id = :incident;

--! many callee callees (key incident, utc patience, utc since, i64 limit, key office, key viewer)
-- Of whom no word came by SMS: nobody to write to, it did not arrive, the answer says no
-- status, or none came within `patience`; but for who was rung since `since`.
SELECT s.patient_id, c.ref AS id, s.number, CONCAT(g.family, ' ', g.given) AS name, CONCAT(g.kana_family, ' ', g.kana_given) AS kana,
       g.birth_date, g.phone, s.power_dependent, s.equipment,
       CASE WHEN q.unclear IS NOT NULL THEN 'unclear' WHEN q.mobile IS NULL THEN 'nobody' WHEN n.id IS NOT NULL THEN 'failed' ELSE 'silent' END AS why,
       q.unclear, q.contact, q.mobile, CAST(k.result AS CHAR) AS result, k.at AS called_at
  FROM disaster_seen s
  JOIN disaster_request q ON q.incident_id = s.incident_id AND q.patient_id = s.patient_id
  JOIN disaster_registration g ON g.patient_id = s.patient_id
  JOIN care_patient c ON c.id = s.patient_id
  LEFT JOIN care_notice n ON n.cause = q.ref AND n.channel = 'sms' AND n.state IN ('failed', 'expired', 'unknown', 'suppressed')
  LEFT JOIN disaster_call k ON k.patient_id = s.patient_id
   AND k.id = (SELECT MAX(x.id) FROM disaster_call x WHERE x.patient_id = s.patient_id AND x.incident_id = :incident)
 WHERE s.incident_id = :incident AND s.viewer_id = :viewer AND s.viewer_office = :office AND s.waits = 2
   AND (q.mobile IS NULL OR q.unclear IS NOT NULL OR n.id IS NOT NULL OR (q.answered_at IS NULL AND q.asked_at < :patience))
   AND (k.id IS NULL OR k.at < :since)
 ORDER BY s.place_in_line LIMIT :limit;

--! many callee_contact callee_contacts (key incident, key office, key viewer)
-- Whom to ring of those on the viewer's list.
SELECT s.patient_id, c.name, c.relation, c.phone
  FROM disaster_seen s JOIN care_emergency_contact c ON c.patient_id = s.patient_id AND c.ended_at IS NULL
 WHERE s.incident_id = :incident AND s.viewer_id = :viewer AND s.viewer_office = :office AND s.waits = 2
 ORDER BY s.place_in_line, c.position LIMIT 2000;

--! exec1 put_call (key patient, key incident, text result, utc now, key user, text name)
INSERT INTO disaster_call (patient_id, incident_id, result, at, user_id, user_name)
VALUES (:patient, :incident, :result, :now, :user, :name);
