-- What the evacuation register and disasters hold of a person. Asked only where that module is installed.

--! row registration (ref id, text? resident_number, text family, text given, text kana_family, text kana_given, date birth_date, text sex,
--!   text address, text? phone, text? district, i64? latitude, i64? longitude, text reasons, text care_level, bool lives_alone,
--!   i64 physical_grade, i64 intellectual_grade, i64 mental_grade, bool intractable, text? note, bool objects, utc registered_at,
--!   utc changed_at, utc? ended_at, text? end_reason)
--! row change (text what, text? words, utc at, text user)
--! row status (ref id, ref? incident, text status, text? place_kind, text? place, text needs, text? note, text method, bool settles,
--!   bool met, utc at, utc written_at, text user, text office)

--! many registration registrations (key patient)
SELECT g.ref AS id, g.resident_number, g.family, g.given, g.kana_family, g.kana_given, g.birth_date, CAST(g.sex AS CHAR) AS sex,
       g.address, g.phone, d.name AS district, g.latitude, g.longitude, CAST(g.reasons AS CHAR) AS reasons, g.care_level, g.lives_alone,
       g.physical_grade, g.intellectual_grade, g.mental_grade, g.intractable, g.note, g.objects, g.registered_at,
       g.changed_at, g.ended_at, CAST(g.end_reason AS CHAR) AS end_reason
  FROM disaster_registration g LEFT JOIN disaster_district d ON d.id = g.district_id WHERE g.patient_id = :patient;

--! many change changes (key patient)
SELECT CAST(what AS CHAR) AS what, words, at, user_name AS user FROM disaster_registration_change
 WHERE patient_id = :patient ORDER BY id;

--! many status statuses (key patient)
SELECT s.ref AS id, i.ref AS incident, CAST(s.status AS CHAR) AS status, CAST(s.place_kind AS CHAR) AS place_kind, s.place,
       CAST(s.needs AS CHAR) AS needs, s.note, CAST(s.method AS CHAR) AS method, s.settles, s.met, s.at, s.written_at, s.user_name AS user,
       s.office_name AS office
  FROM disaster_safety_status s LEFT JOIN disaster_incident i ON i.id = s.incident_id
 WHERE s.patient_id = :patient ORDER BY s.id;

--! row request (ref id, ref? incident, text? contact, text? mobile, utc asked_at, utc? answered_at, text? unclear)
--! row call (ref? incident, text result, utc at, text user)
--! row relative (ref id, text name, text relation, text mobile, text agreed_by, utc registered_at, text registered_name, utc? ended_at,
--!   text? ended_name)
--! row plan (ref id, text state, text? agreed_by, text? supporter, text? supporter_address, text? supporter_phone, bool supporter_agreed,
--!   text? second_supporter, text? second_phone, text? shelter, text? route, text? transport, i64? medicine_days, text? note,
--!   date review_on, utc written_at, text user, text office)

--! row code (ref id, ref? incident, text name, text relation, text known_by, utc given_at, text given_name, utc until, utc? used_at)

--! many request requests (key patient)
SELECT q.ref AS id, i.ref AS incident, q.contact, q.mobile, q.asked_at, q.answered_at, q.unclear
  FROM disaster_request q LEFT JOIN disaster_incident i ON i.id = q.incident_id WHERE q.patient_id = :patient ORDER BY q.id;

--! many call calls (key patient)
SELECT i.ref AS incident, CAST(k.result AS CHAR) AS result, k.at, k.user_name AS user
  FROM disaster_call k LEFT JOIN disaster_incident i ON i.id = k.incident_id WHERE k.patient_id = :patient ORDER BY k.id;

--! many relative relatives (key patient)
SELECT ref AS id, name, relation, mobile, agreed_by, registered_at, registered_name, ended_at, ended_name
  FROM disaster_relative WHERE patient_id = :patient ORDER BY disaster_relative.id;

--! many plan plans (key patient)
SELECT ref AS id, CAST(state AS CHAR) AS state, agreed_by, supporter, supporter_address, supporter_phone, supporter_agreed, second_supporter,
       second_phone, shelter, route, CAST(transport AS CHAR) AS transport, medicine_days, note, review_on, written_at, user_name AS user,
       office_name AS office
  FROM disaster_plan WHERE patient_id = :patient ORDER BY disaster_plan.id;

--! many code codes (key patient)
SELECT c.ref AS id, i.ref AS incident, c.name, c.relation, c.known_by, c.given_at, c.given_name, c.until, c.used_at
  FROM disaster_relative_code c LEFT JOIN disaster_incident i ON i.id = c.incident_id WHERE c.patient_id = :patient ORDER BY c.id;
