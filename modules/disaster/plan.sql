-- Evacuation plans: the newest counts, the others stay.

--! row plan (ref id, text state, text? agreed_by, text? supporter, text? supporter_address, text? supporter_phone, bool supporter_agreed,
--!   text? second_supporter, text? second_phone, text? shelter, text? route, text? transport, i64? medicine_days, text? note,
--!   date review_on, utc written_at, text user_name, text office_name, calc bool due)
--! row registered (text name, text kana, date birth_date, text sex, text address, text? phone, bool why__care_level,
--!   bool why__physical_disability, bool why__intellectual_disability, bool why__mental_disability, bool why__intractable_disease,
--!   bool why__power_dependent, bool why__lives_alone, bool why__mayor, text care_level, bool lives_alone, text? district, calc i64 age)
--! row way_out (text? supporter, text? supporter_phone, text? second_supporter, text? second_phone, text? shelter, text? route,
--!   text? transport, text? note, utc written_at)

--! row wanted (key patient_id, ref id, text name, text address, text? district, bool power, text? state, date? review_on, bool team, bool planned)
--! row alone (key patient_id)

--! many wanted wanted (key network, ref? district, date today, i64 limit)
-- Of whom a plan is due: who needs power and has none first, then by the day of review.
SELECT g.patient_id, g.ref AS id, CONCAT(g.family, ' ', g.given) AS name, g.address, d.name AS district,
       FIND_IN_SET('power_dependent', g.reasons) > 0 AS power, CAST(n.state AS CHAR) AS state, n.review_on,
       EXISTS (SELECT 1 FROM care_team_member t WHERE t.patient_id = g.patient_id) AS team, n.review_on IS NOT NULL AS planned
  FROM disaster_registration g LEFT JOIN disaster_district d ON d.id = g.district_id
  LEFT JOIN disaster_plan n ON n.patient_id = g.patient_id AND n.id = (SELECT MAX(x.id) FROM disaster_plan x WHERE x.patient_id = g.patient_id)
 WHERE g.network_id = :network AND g.ended_at IS NULL AND (:district IS NULL OR d.ref = :district)
   AND (n.id IS NULL OR n.review_on <= :today)
 ORDER BY n.id IS NULL AND FIND_IN_SET('power_dependent', g.reasons) > 0 DESC, n.review_on IS NULL, n.review_on, g.patient_id LIMIT :limit;

--! one alone alone (key network, ref registration)
-- A registered resident whom no team looks after: her plan is an officer's to write.
SELECT g.patient_id FROM disaster_registration g
 WHERE g.network_id = :network AND g.ref = :registration AND g.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM care_team_member t WHERE t.patient_id = g.patient_id);

--! one plan newest (key patient)
SELECT ref AS id, CAST(state AS CHAR) AS state, agreed_by, supporter, supporter_address, supporter_phone, supporter_agreed, second_supporter,
       second_phone, shelter, route, CAST(transport AS CHAR) AS transport, medicine_days, note, review_on, written_at, user_name, office_name
  FROM disaster_plan n WHERE patient_id = :patient ORDER BY n.id DESC LIMIT 1;

--! exec1 put (ref id, key patient, text state, text? agreed_by, text? supporter, text? supporter_address, text? supporter_phone,
--!   bool supporter_agreed, text? second_supporter, text? second_phone, text? shelter, text? route, text? transport,
--!   i64? medicine_days, text? note, date review_on, utc now, key user, text writer, text office)
INSERT INTO disaster_plan (ref, patient_id, state, agreed_by, supporter, supporter_address, supporter_phone, supporter_agreed, second_supporter,
       second_phone, shelter, route, transport, medicine_days, note, review_on, written_at, user_id, user_name, office_name)
VALUES (:id, :patient, :state, :agreed_by, :supporter, :supporter_address, :supporter_phone, :supporter_agreed, :second_supporter,
       :second_phone, :shelter, :route, :transport, :medicine_days, :note, :review_on, :now, :user, :writer, :office);

--! one registered registered (key patient)
-- What the law wants on a plan of her herself; she may not be in the register.
SELECT CONCAT(g.family, ' ', g.given) AS name, CONCAT(g.kana_family, ' ', g.kana_given) AS kana, g.birth_date, CAST(g.sex AS CHAR) AS sex,
       g.address, g.phone,
       FIND_IN_SET('care_level', g.reasons) > 0 AS why__care_level, FIND_IN_SET('physical_disability', g.reasons) > 0 AS why__physical_disability,
       FIND_IN_SET('intellectual_disability', g.reasons) > 0 AS why__intellectual_disability, FIND_IN_SET('mental_disability', g.reasons) > 0 AS why__mental_disability,
       FIND_IN_SET('intractable_disease', g.reasons) > 0 AS why__intractable_disease, FIND_IN_SET('power_dependent', g.reasons) > 0 AS why__power_dependent,
       FIND_IN_SET('lives_alone', g.reasons) > 0 AS why__lives_alone, FIND_IN_SET('mayor', g.reasons) > 0 AS why__mayor,
       g.care_level, g.lives_alone, d.name AS district
  FROM disaster_registration g LEFT JOIN disaster_district d ON d.id = g.district_id
 WHERE g.patient_id = :patient AND g.ended_at IS NULL;

--! one way_out in_incident (key incident, key patient, key office, key viewer)
SELECT supporter, supporter_phone, second_supporter, second_phone, shelter, route, CAST(transport AS CHAR) AS transport, note, written_at
  FROM disaster_plan_seen
 WHERE incident_id = :incident AND patient_id = :patient AND viewer_id = :viewer AND viewer_office = :office;
