-- Shelters, what state they are in, and how offices stand: places, nobody's name but the writer's.

--! row shelter (ref id, text name, bool welfare, text municipality, text address, text? phone, date? designated_on, text targets,
--!   bool target__elderly, bool target__disabled, bool target__medical_care, bool target__maternity, bool target__infant,
--!   i64 capacity, i64? family_most, bool generator, bool wheelchair_toilet, bool medical_staff, text? office, ref? office_ref,
--!   text state, i64 people, text? note, utc? at, text? user_name, bool may, i64? latitude, i64? longitude)
--! row municipality (text code)
--! row known_shelter (text name)
--! row place (key shelter_id)
--! row totals (i64 open, i64 people, i64 capacity)
--! row answer (ref id, text name, text? phone, bool? quick, text? service, text? damage, i64? hurt, text? needs, text? note,
--!   bool need__water, bool need__food, bool need__medicine, bool need__power, bool need__oxygen, bool need__transport,
--!   text? told_by, utc? at, text? user_name, i64 times, bool own)
--! row tally (i64 offices, i64 normal, i64 reduced, i64 stopped, i64 unheard, i64 hurt)
--! row office_named (key office_id)
--! row at_work (ref id, text subject, bool drill)

-- ---- what there is ----

--! many municipality municipalities (key network)
SELECT municipality AS code FROM care_network_municipality WHERE network_id = :network ORDER BY municipality LIMIT 200;

--! many known_shelter names (key network)
SELECT name FROM disaster_shelter WHERE network_id = :network AND ended_at IS NULL ORDER BY name LIMIT 400;

--! exec1 add (ref id, key network, text name, bool welfare, text municipality, text address, text? phone, date? designated_on, text targets,
--!   i64 capacity, i64? family_most, bool generator, bool wheelchair_toilet, bool medical_staff, ref? office, utc now, key viewer)
INSERT INTO disaster_shelter (ref, network_id, name, welfare, municipality, address, phone, designated_on, targets, capacity, family_most,
       generator, wheelchair_toilet, medical_staff, office_id, changed_at, changed_by)
SELECT :id, m.network_id, :name, :welfare, m.municipality, :address, :phone, :designated_on, :targets, :capacity, :family_most,
       :generator, :wheelchair_toilet, :medical_staff, COALESCE(o.id, 0), :now, :viewer
  FROM care_network_municipality m LEFT JOIN care_office o ON o.network_id = m.network_id AND o.ref = :office
 WHERE m.network_id = :network AND m.municipality = :municipality AND (:office IS NULL OR o.id IS NOT NULL);

--! exec1 change (ref shelter, key network, text name, bool welfare, text municipality, text address, text? phone, date? designated_on,
--!   text targets, i64 capacity, i64? family_most, bool generator, bool wheelchair_toilet, bool medical_staff, ref? office, utc now, key viewer)
UPDATE disaster_shelter h JOIN care_network_municipality m ON m.network_id = h.network_id AND m.municipality = :municipality
  LEFT JOIN care_office o ON o.network_id = h.network_id AND o.ref = :office
   SET h.name = :name, h.welfare = :welfare, h.municipality = m.municipality, h.address = :address, h.phone = :phone,
       h.designated_on = :designated_on, h.targets = :targets, h.capacity = :capacity, h.family_most = :family_most, h.generator = :generator,
       h.wheelchair_toilet = :wheelchair_toilet, h.medical_staff = :medical_staff, h.office_id = COALESCE(o.id, 0), h.changed_at = :now,
       h.changed_by = :viewer
 WHERE h.ref = :shelter AND h.network_id = :network AND h.ended_at IS NULL AND (:office IS NULL OR o.id IS NOT NULL);

--! exec1 end (ref shelter, key network, utc now, key viewer)
UPDATE disaster_shelter SET ended_at = :now, changed_at = :now, changed_by = :viewer
 WHERE ref = :shelter AND network_id = :network AND ended_at IS NULL;

-- ---- in an incident ----

--! many shelter in_incident (key incident, key network, key office, bool anywhere)
-- Welfare shelters first; all not open yet of an incident that is none (0). Who may say something of one: an officer or a support body of any, the office that runs it of its own.
SELECT h.ref AS id, h.name, h.welfare, h.municipality, h.address, h.phone, h.designated_on, CAST(h.targets AS CHAR) AS targets,
       FIND_IN_SET('elderly', h.targets) > 0 AS target__elderly, FIND_IN_SET('disabled', h.targets) > 0 AS target__disabled,
       FIND_IN_SET('medical_care', h.targets) > 0 AS target__medical_care, FIND_IN_SET('maternity', h.targets) > 0 AS target__maternity,
       FIND_IN_SET('infant', h.targets) > 0 AS target__infant, h.capacity, h.family_most, h.generator, h.wheelchair_toilet, h.medical_staff,
       o.name AS office, o.ref AS office_ref, CAST(COALESCE(w.state, 'not_open') AS CHAR) AS state, COALESCE(w.people, 0) AS people, w.note,
       w.at, w.user_name, :anywhere OR h.office_id = :office AS may, h.latitude, h.longitude
  FROM disaster_shelter h LEFT JOIN care_office o ON o.id = h.office_id
  LEFT JOIN disaster_shelter_word w ON w.incident_id = :incident AND w.shelter_id = h.id
   AND w.id = (SELECT MAX(x.id) FROM disaster_shelter_word x WHERE x.incident_id = :incident AND x.shelter_id = h.id)
 WHERE h.network_id = :network AND h.ended_at IS NULL ORDER BY h.welfare DESC, h.name LIMIT 400;

--! one place place (ref shelter, key network, key office, bool anywhere)
SELECT h.id AS shelter_id FROM disaster_shelter h
 WHERE h.ref = :shelter AND h.network_id = :network AND h.ended_at IS NULL AND (:anywhere OR h.office_id = :office);

--! exec1 say (ref id, key incident, key shelter, text state, i64 people, text? note, utc now, key user, text name, text office)
INSERT INTO disaster_shelter_word (incident_id, shelter_id, ref, state, people, note, at, user_id, user_name, office_name)
VALUES (:incident, :shelter, :id, :state, :people, :note, :now, :user, :name, :office);

--! one totals totals (key incident, key network)
SELECT COUNT(*) AS open, CAST(COALESCE(SUM(w.people), 0) AS SIGNED) AS people, CAST(COALESCE(SUM(h.capacity), 0) AS SIGNED) AS capacity
  FROM disaster_shelter h JOIN disaster_shelter_word w ON w.incident_id = :incident AND w.shelter_id = h.id
   AND w.id = (SELECT MAX(x.id) FROM disaster_shelter_word x WHERE x.incident_id = :incident AND x.shelter_id = h.id)
 WHERE h.network_id = :network AND h.ended_at IS NULL AND w.state IN ('open', 'full');

-- ---- offices ----

--! many answer offices (key incident, key network, key office, bool all)
-- Who has not answered stands first, then who cannot work: for an officer; for others their own office.
SELECT o.ref AS id, o.name, o.phone, w.quick, CAST(w.service AS CHAR) AS service, CAST(w.damage AS CHAR) AS damage,
       w.hurt, CAST(w.needs AS CHAR) AS needs, w.note,
       COALESCE(FIND_IN_SET('water', w.needs) > 0, 0) AS need__water, COALESCE(FIND_IN_SET('food', w.needs) > 0, 0) AS need__food, COALESCE(FIND_IN_SET('medicine', w.needs) > 0, 0) AS need__medicine,
       COALESCE(FIND_IN_SET('power', w.needs) > 0, 0) AS need__power, COALESCE(FIND_IN_SET('oxygen', w.needs) > 0, 0) AS need__oxygen, COALESCE(FIND_IN_SET('transport', w.needs) > 0, 0) AS need__transport,
       w.told_by, w.at, w.user_name,
       (SELECT COUNT(*) FROM disaster_office_report y WHERE y.incident_id = :incident AND y.office_id = o.id) AS times, o.id = :office AS own
  FROM care_office o LEFT JOIN disaster_office_report w ON w.incident_id = :incident AND w.office_id = o.id
   AND w.id = (SELECT MAX(x.id) FROM disaster_office_report x WHERE x.incident_id = :incident AND x.office_id = o.id)
 WHERE o.network_id = :network AND o.closed_at IS NULL AND (:all OR o.id = :office)
 ORDER BY w.id IS NOT NULL, FIELD(w.service, 'stopped', 'unknown', 'reduced', 'normal'), o.name LIMIT 400;

--! one office_named office_of (ref office, key network)
SELECT id AS office_id FROM care_office WHERE ref = :office AND network_id = :network AND closed_at IS NULL;

--! exec1 report (ref id, key incident, key office, bool quick, text service, text damage, i64 hurt, text needs, text? note, text? told_by,
--!   utc now, key user, text name)
INSERT INTO disaster_office_report (incident_id, office_id, ref, quick, service, damage, hurt, needs, note, told_by, at, user_id, user_name)
VALUES (:incident, :office, :id, :quick, :service, :damage, :hurt, :needs, :note, :told_by, :now, :user, :name);

--! one tally tally (key incident, key network)
SELECT COUNT(*) AS offices, CAST(COALESCE(SUM(w.service = 'normal'), 0) AS SIGNED) AS normal,
       CAST(COALESCE(SUM(w.service = 'reduced'), 0) AS SIGNED) AS reduced, CAST(COALESCE(SUM(w.service = 'stopped'), 0) AS SIGNED) AS stopped,
       CAST(SUM(w.id IS NULL) AS SIGNED) AS unheard, CAST(COALESCE(SUM(w.hurt), 0) AS SIGNED) AS hurt
  FROM care_office o LEFT JOIN disaster_office_report w ON w.incident_id = :incident AND w.office_id = o.id
   AND w.id = (SELECT MAX(x.id) FROM disaster_office_report x WHERE x.incident_id = :incident AND x.office_id = o.id)
 WHERE o.network_id = :network AND o.closed_at IS NULL;

--! many at_work open_rooms (key network, utc now)
-- Where every office says how it stands.
SELECT ref AS id, title AS subject, drill FROM disaster_incident
 WHERE network_id = :network AND opened_at IS NOT NULL AND closed_at IS NULL AND until > :now ORDER BY disaster_incident.id DESC LIMIT 20;
