-- Incidents: the room, who is on its list, what is said of them.
--
-- Who is shown stands in one place, the view disaster_seen (db/disaster/0003-seen.sql),
-- past which this account cannot read.

--! row room (key incident_id, ref id, text subject, text kind, bool drill, text? basis, utc prepared_at, utc? opened_at,
--!   text? opened_name, utc? until, text? longer, utc? closed_at, text? closed_name, text? bulletin_title, text? publisher,
--!   utc? asking_at, bool open, bool discarded, bool body, bool team, bool accepted)
--! row incident (ref id, text subject, text kind, bool drill, utc prepared_at, utc? opened_at, utc? until, utc? closed_at,
--!   text? bulletin_title, text? publisher, bool open, i64 help, i64 unknown, i64 done)
--! row person (key patient_id, ref id, i64 number, text name, text kana, date birth_date, text address, text? phone, text? district,
--!   text care_level, bool lives_alone, i64 tier, bool power_dependent, text? equipment, utc? battery_until, text status,
--!   bool conflict, i64 waits, utc? status_at, text? status_by, text? assignee_name, utc? assigned_until, key assignee_id,
--!   i64 place_in_line, text? note, text needs, i64? latitude, i64? longitude, calc bool mine, calc i64 age, calc bool runs_out, calc bool over, calc i64 hours_left,
--!   calc i64 minutes_left, calc i64 assigned_minutes, calc bool need__water, calc bool need__food, calc bool need__medicine, calc bool need__power, calc bool need__oxygen,
--!   calc bool need__transport)
--! row said (key patient_id, ref id, text status, text? place_kind, text? place, text needs, text? note, text method, utc at,
--!   utc written_at, text user_name, text office_name, bool settles, bool met, calc bool need__water, calc bool need__food, calc bool need__medicine, calc bool need__power, calc bool need__oxygen,
--!   calc bool need__transport)
--! row counts (i64 help, i64 unknown, i64 done, i64 safe, i64 evacuated, i64 hospital, i64 people)
--! row area (ref id, key district_id, text name, text? outline, bool chosen, utc? outage_since, i64 people)
--! row dot (key patient_id, ref id, i64 number, text name, i64? latitude, i64? longitude, i64 waits, calc bool inside)
--! row hazard (ref id, text kind, text name, text outline, calc i64 people)
--! row contact (text name, text relation, text phone)
--! row numbered (ref id)
--! row recipient (key user_id)
--! row heard (utc at)
--! row teller (text office_name, text method, i64 words)
--! row officer (key user_id, ref incident)
--! row proposal (ref id, text subject, text publisher, utc issued_at)

--! one room room (ref incident, key network, key viewer, key office, bool on_duty, bool officer, utc now)
-- Of an officer nobody has to look whether she is of a team.
SELECT i.id AS incident_id, i.ref AS id, i.title AS subject, CAST(i.kind AS CHAR) AS kind, i.drill, i.basis, i.prepared_at, i.opened_at,
       i.opened_name, i.until, i.longer, i.closed_at, i.closed_name, i.bulletin_title, i.publisher, i.asking_at,
       i.opened_at IS NOT NULL AND i.closed_at IS NULL AND i.until > :now AS open,
       i.discarded_at IS NOT NULL AS discarded,
       EXISTS (SELECT 1 FROM disaster_support_body b
                WHERE b.network_id = i.network_id AND b.office_id = :office AND b.ended_at IS NULL) AS body,
       NOT :officer AND EXISTS (SELECT 1 FROM disaster_person p JOIN care_team_member t ON t.patient_id = p.patient_id AND t.office_id = :office
                  AND (t.user_id IN (0, :viewer) OR (t.user_id = -1 AND :on_duty))
                WHERE p.incident_id = i.id) AS team,
       EXISTS (SELECT 1 FROM disaster_secrecy s WHERE s.incident_id = i.id AND s.user_id = :viewer) AS accepted
  FROM disaster_incident i WHERE i.ref = :incident AND i.network_id = :network;

--! many incident incidents (key network, bool officer, key viewer, key office, bool on_duty, utc now, utc since)
-- An officer sees what is prepared, open and over; others what is open and concerns them.
SELECT i.ref AS id, i.title AS subject, CAST(i.kind AS CHAR) AS kind, i.drill, i.prepared_at, i.opened_at, i.until, i.closed_at,
       i.bulletin_title, i.publisher,
       i.opened_at IS NOT NULL AND i.closed_at IS NULL AND i.until > :now AS open,
       COALESCE(n.help, 0) AS help, COALESCE(n.unknown, 0) AS unknown, COALESCE(n.done, 0) AS done
  FROM disaster_incident i LEFT JOIN disaster_count n ON n.incident_id = i.id
 WHERE i.network_id = :network AND i.discarded_at IS NULL AND i.prepared_at > :since
   AND (:officer OR (i.opened_at IS NOT NULL AND i.closed_at IS NULL AND i.until > :now AND (
        EXISTS (SELECT 1 FROM disaster_support_body b
                 WHERE b.network_id = i.network_id AND b.office_id = :office AND b.ended_at IS NULL)
     OR EXISTS (SELECT 1 FROM disaster_person p JOIN care_team_member t ON t.patient_id = p.patient_id AND t.office_id = :office
                   AND (t.user_id IN (0, :viewer) OR (t.user_id = -1 AND :on_duty))
                 WHERE p.incident_id = i.id))))
 ORDER BY open DESC, i.opened_at IS NULL DESC, i.id DESC LIMIT 50;

-- ---- its life ----

--! exec1 put_room (ref id, key network, bool drill, text kind, text title, utc now, key viewer)
INSERT INTO disaster_incident (ref, network_id, drill, kind, title, prepared_at, prepared_by)
VALUES (:id, :network, :drill, :kind, :title, :now, :viewer);

--! exec1 put_opening (key incident, text basis, utc now, utc until, key viewer, text name)
UPDATE disaster_incident SET basis = :basis, opened_at = :now, until = :until, opened_by = :viewer, opened_name = :name
 WHERE id = :incident AND opened_at IS NULL AND discarded_at IS NULL;

--! exec1 open_teams (ref id, key network, bool drill, utc now, utc until)
-- By this the officers of the teams read, too, as db/care/0012 has it; it ends by itself.
INSERT INTO care_incident (ref, network_id, drill, opened_at, closed_at) VALUES (:id, :network, :drill, :now, :until);

--! exec open_pages (key network, utc now)
-- Whoever is on the list of an open incident: of them alone the officers of the teams read.
INSERT IGNORE INTO care_incident_patient (incident_id, patient_id)
SELECT c.id, p.patient_id FROM disaster_incident i
  JOIN care_incident c ON c.ref = i.ref
  JOIN disaster_person p ON p.incident_id = i.id
 WHERE i.network_id = :network AND i.opened_at IS NOT NULL AND i.closed_at IS NULL AND i.until > :now;

--! exec add_area (key incident, key network, ref district)
INSERT IGNORE INTO disaster_area (incident_id, district_id)
SELECT :incident, d.id FROM disaster_district d WHERE d.network_id = :network AND d.ref = :district;

--! exec add_every_area (key incident, key network)
-- The whole town, and who lives in no district of it.
INSERT IGNORE INTO disaster_area (incident_id, district_id)
SELECT :incident, d.id FROM disaster_district d WHERE d.network_id = :network UNION SELECT :incident, 0;

--! exec list_people (key network, utc now)
-- Whoever is registered in a district of an open incident and not on its list yet. A number
-- is kept: it stands on paper.
INSERT IGNORE INTO disaster_person (incident_id, patient_id, number, district_id)
SELECT i.id, g.patient_id, COALESCE((SELECT MAX(q.number) FROM disaster_person q WHERE q.incident_id = i.id), 0)
       + ROW_NUMBER() OVER (PARTITION BY i.id ORDER BY d.name, g.address, g.patient_id), g.district_id
  FROM disaster_incident i
  JOIN disaster_area a ON a.incident_id = i.id
  JOIN disaster_registration g ON g.network_id = i.network_id AND g.ended_at IS NULL AND g.district_id = a.district_id
  LEFT JOIN disaster_district d ON d.id = g.district_id
 WHERE i.network_id = :network AND i.opened_at IS NOT NULL AND i.closed_at IS NULL AND i.until > :now
   AND NOT EXISTS (SELECT 1 FROM disaster_person o WHERE o.incident_id = i.id AND o.patient_id = g.patient_id);

--! exec rank (key network, utc now)
-- The order of the list: whose battery ends first, who needs power, lives alone, needs much
-- care. Hours count from the outage, and only of what keeps alive: README.md.
UPDATE disaster_incident i
  JOIN disaster_person p ON p.incident_id = i.id
  JOIN disaster_registration g ON g.patient_id = p.patient_id
  LEFT JOIN disaster_area a ON a.incident_id = p.incident_id AND a.district_id = p.district_id
  LEFT JOIN (SELECT e.patient_id, GROUP_CONCAT(e.name ORDER BY e.battery_hours IS NULL, e.battery_hours SEPARATOR '、') AS names,
                    MIN(IF(e.name REGEXP '呼吸器|酸素濃縮|吸引|補助人工心臓|透析', e.battery_hours, NULL)) AS hours
               FROM care_equipment e WHERE e.ended_at IS NULL AND e.power_dependent GROUP BY e.patient_id) e
    ON e.patient_id = p.patient_id
   SET p.power_dependent = e.patient_id IS NOT NULL,
       p.equipment = LEFT(e.names, 200),
       p.battery_until = a.outage_since + INTERVAL ROUND(e.hours * 60) MINUTE,
       p.tier = CASE WHEN a.outage_since IS NOT NULL AND e.hours IS NOT NULL THEN 1 WHEN e.patient_id IS NOT NULL THEN 2
                     WHEN g.lives_alone THEN 3 WHEN g.care_level LIKE 'care_' THEN 4 ELSE 5 END,
       p.place_in_line = CASE WHEN a.outage_since IS NOT NULL AND e.hours IS NOT NULL THEN 1000000000000000
                                   + TIMESTAMPDIFF(SECOND, '2000-01-01', a.outage_since + INTERVAL ROUND(e.hours * 60) MINUTE) * 100000
                              WHEN e.patient_id IS NOT NULL THEN 2000000000000000 WHEN g.lives_alone THEN 3000000000000000
                              WHEN g.care_level LIKE 'care_' THEN 4000000000000000 ELSE 5000000000000000 END
                         + (NOT g.lives_alone) * 10000000 * (a.outage_since IS NULL OR e.hours IS NULL)
                         + (9 - IF(g.care_level LIKE 'care_', RIGHT(g.care_level, 1), 0)) * 1000000 * (a.outage_since IS NULL OR e.hours IS NULL)
                         + p.number
 WHERE i.network_id = :network AND i.opened_at IS NOT NULL AND i.closed_at IS NULL AND i.until > :now;

--! exec1 put_until (key incident, utc until, text reason)
UPDATE disaster_incident SET until = :until, longer = :reason WHERE id = :incident;

--! exec1 put_end (key incident, utc now, text name)
UPDATE disaster_incident SET closed_at = :now, closed_name = :name WHERE id = :incident AND closed_at IS NULL;

--! exec1 close_teams (ref id, utc until)
UPDATE care_incident SET closed_at = :until WHERE ref = :id;

--! exec1 put_away (key incident, utc now)
UPDATE disaster_incident SET discarded_at = :now WHERE id = :incident AND opened_at IS NULL AND discarded_at IS NULL;

--! many recipient recipients (key incident)
-- Who looks after somebody on the list.
SELECT DISTINCT t.user_id FROM disaster_person p JOIN care_team_person t ON t.patient_id = p.patient_id AND t.told
 WHERE p.incident_id = :incident LIMIT 2000;

--! many area areas (key incident, key network)
SELECT d.ref AS id, d.id AS district_id, d.name, d.outline, a.incident_id IS NOT NULL AS chosen, a.outage_since,
       (SELECT COUNT(*) FROM disaster_registration g
         WHERE g.network_id = d.network_id AND g.ended_at IS NULL AND g.district_id = d.id) AS people
  FROM disaster_district d LEFT JOIN disaster_area a ON a.incident_id = :incident AND a.district_id = d.id
 WHERE d.network_id = :network ORDER BY d.name LIMIT 400;

--! exec end_outages (key incident)
UPDATE disaster_area SET outage_since = NULL WHERE incident_id = :incident;

--! exec begin_outage (key incident, key network, ref district, utc since)
UPDATE disaster_area a JOIN disaster_district d ON d.id = a.district_id
   SET a.outage_since = :since
 WHERE a.incident_id = :incident AND d.network_id = :network AND d.ref = :district;

-- ---- the list ----

--! one counts counts (key incident, key office, key viewer)
SELECT CAST(COALESCE(SUM(p.waits = 1), 0) AS SIGNED) AS help, CAST(COALESCE(SUM(p.waits = 2), 0) AS SIGNED) AS unknown,
       CAST(COALESCE(SUM(p.waits = 3), 0) AS SIGNED) AS done,
       CAST(COALESCE(SUM(p.status = 'safe'), 0) AS SIGNED) AS safe, CAST(COALESCE(SUM(p.status = 'evacuated'), 0) AS SIGNED) AS evacuated,
       CAST(COALESCE(SUM(p.status = 'hospital'), 0) AS SIGNED) AS hospital, COUNT(*) AS people
  FROM disaster_seen p WHERE p.incident_id = :incident AND p.viewer_id = :viewer AND p.viewer_office = :office;

--! many person people (key incident, i64 waits, i64 after, utc now, i64 limit, key office, key viewer)
-- The next one first.
SELECT p.patient_id, c.ref AS id, p.number, CONCAT(g.family, ' ', g.given) AS name, CONCAT(g.kana_family, ' ', g.kana_given) AS kana,
       g.birth_date, g.address, g.phone, d.name AS district, g.care_level, g.lives_alone, p.tier, p.power_dependent, p.equipment,
       p.battery_until, CAST(p.status AS CHAR) AS status, p.conflict, p.waits, p.status_at, p.status_by,
       IF(p.assigned_until > :now, p.assignee_name, NULL) AS assignee_name,
       IF(p.assigned_until > :now, p.assigned_until, NULL) AS assigned_until,
       p.assignee_id, p.place_in_line, g.note,
       CAST(p.needs AS CHAR) AS needs, g.latitude, g.longitude
  FROM disaster_seen p JOIN disaster_registration g ON g.patient_id = p.patient_id
  JOIN care_patient c ON c.id = p.patient_id LEFT JOIN disaster_district d ON d.id = p.district_id
 WHERE p.incident_id = :incident AND p.waits = :waits AND p.place_in_line > :after AND p.viewer_id = :viewer AND p.viewer_office = :office
 ORDER BY p.place_in_line LIMIT :limit;

--! many person hers (key incident, utc now, key office, key viewer)
-- Everybody on the list whom the viewer's teams look after: those who wait for help first.
SELECT p.patient_id, c.ref AS id, p.number, CONCAT(g.family, ' ', g.given) AS name, CONCAT(g.kana_family, ' ', g.kana_given) AS kana,
       g.birth_date, g.address, g.phone, d.name AS district, g.care_level, g.lives_alone, p.tier, p.power_dependent, p.equipment,
       p.battery_until, CAST(p.status AS CHAR) AS status, p.conflict, p.waits, p.status_at, p.status_by,
       IF(p.assigned_until > :now, p.assignee_name, NULL) AS assignee_name,
       IF(p.assigned_until > :now, p.assigned_until, NULL) AS assigned_until,
       p.assignee_id, p.place_in_line, g.note,
       CAST(p.needs AS CHAR) AS needs, g.latitude, g.longitude
  FROM disaster_teamed p JOIN disaster_registration g ON g.patient_id = p.patient_id
  JOIN care_patient c ON c.id = p.patient_id LEFT JOIN disaster_district d ON d.id = p.district_id
 WHERE p.incident_id = :incident AND p.viewer_id = :viewer AND p.viewer_office = :office
 ORDER BY p.waits, p.place_in_line LIMIT 2000;

--! many person lacking (key incident, i64 after, utc now, i64 limit, key office, key viewer)
-- Who lacks something, safe or not.
SELECT p.patient_id, c.ref AS id, p.number, CONCAT(g.family, ' ', g.given) AS name, CONCAT(g.kana_family, ' ', g.kana_given) AS kana,
       g.birth_date, g.address, g.phone, d.name AS district, g.care_level, g.lives_alone, p.tier, p.power_dependent, p.equipment,
       p.battery_until, CAST(p.status AS CHAR) AS status, p.conflict, p.waits, p.status_at, p.status_by,
       IF(p.assigned_until > :now, p.assignee_name, NULL) AS assignee_name,
       IF(p.assigned_until > :now, p.assigned_until, NULL) AS assigned_until,
       p.assignee_id, p.place_in_line, g.note,
       CAST(p.needs AS CHAR) AS needs, g.latitude, g.longitude
  FROM disaster_seen p JOIN disaster_registration g ON g.patient_id = p.patient_id
  JOIN care_patient c ON c.id = p.patient_id LEFT JOIN disaster_district d ON d.id = p.district_id
 WHERE p.incident_id = :incident AND p.needs > '' AND p.place_in_line > :after AND p.viewer_id = :viewer AND p.viewer_office = :office
 ORDER BY p.place_in_line LIMIT :limit;

--! one person one_person (key incident, ref person, utc now, key office, key viewer)
SELECT p.patient_id, c.ref AS id, p.number, CONCAT(g.family, ' ', g.given) AS name, CONCAT(g.kana_family, ' ', g.kana_given) AS kana,
       g.birth_date, g.address, g.phone, d.name AS district, g.care_level, g.lives_alone, p.tier, p.power_dependent, p.equipment,
       p.battery_until, CAST(p.status AS CHAR) AS status, p.conflict, p.waits, p.status_at, p.status_by,
       IF(p.assigned_until > :now, p.assignee_name, NULL) AS assignee_name,
       IF(p.assigned_until > :now, p.assigned_until, NULL) AS assigned_until,
       p.assignee_id, p.place_in_line, g.note,
       CAST(p.needs AS CHAR) AS needs, g.latitude, g.longitude
  FROM disaster_seen p JOIN disaster_registration g ON g.patient_id = p.patient_id
  JOIN care_patient c ON c.id = p.patient_id LEFT JOIN disaster_district d ON d.id = p.district_id
 WHERE p.incident_id = :incident AND c.ref = :person AND p.viewer_id = :viewer AND p.viewer_office = :office;

--! one numbered by_number (key incident, i64 number)
SELECT c.ref AS id FROM disaster_person p JOIN care_patient c ON c.id = p.patient_id
 WHERE p.incident_id = :incident AND p.number = :number;

--! many person paper (key incident, ref? district, i64 after, utc now, i64 limit, key office, key viewer)
-- By number, of a district or of all.
SELECT p.patient_id, c.ref AS id, p.number, CONCAT(g.family, ' ', g.given) AS name, CONCAT(g.kana_family, ' ', g.kana_given) AS kana,
       g.birth_date, g.address, g.phone, d.name AS district, g.care_level, g.lives_alone, p.tier, p.power_dependent, p.equipment,
       p.battery_until, CAST(p.status AS CHAR) AS status, p.conflict, p.waits, p.status_at, p.status_by,
       IF(p.assigned_until > :now, p.assignee_name, NULL) AS assignee_name,
       IF(p.assigned_until > :now, p.assigned_until, NULL) AS assigned_until,
       p.assignee_id, p.place_in_line, g.note,
       CAST(p.needs AS CHAR) AS needs, g.latitude, g.longitude
  FROM disaster_seen p JOIN disaster_registration g ON g.patient_id = p.patient_id
  JOIN care_patient c ON c.id = p.patient_id LEFT JOIN disaster_district d ON d.id = p.district_id
 WHERE p.incident_id = :incident AND (:district IS NULL OR d.ref = :district) AND p.number > :after AND p.viewer_id = :viewer AND p.viewer_office = :office
 ORDER BY p.number LIMIT :limit;

--! many said said (key incident, key patient, key office, key viewer)
SELECT s.patient_id, s.ref AS id, CAST(s.status AS CHAR) AS status, CAST(s.place_kind AS CHAR) AS place_kind, s.place,
       CAST(s.needs AS CHAR) AS needs, s.note, CAST(s.method AS CHAR) AS method, s.at, s.written_at, s.user_name, s.office_name, s.settles, s.met
  FROM disaster_said s WHERE s.patient_id = :patient AND s.incident_id = :incident AND s.viewer_id = :viewer AND s.viewer_office = :office
 ORDER BY s.at DESC, s.id DESC LIMIT 100;

--! many said said_in_conflict (key incident, key office, key viewer)
-- What was said of those of whom two things are said.
SELECT s.patient_id, s.ref AS id, CAST(s.status AS CHAR) AS status, CAST(s.place_kind AS CHAR) AS place_kind, s.place,
       CAST(s.needs AS CHAR) AS needs, s.note, CAST(s.method AS CHAR) AS method, s.at, s.written_at, s.user_name, s.office_name, s.settles, s.met
  FROM disaster_said s
 WHERE s.incident_id = :incident AND s.viewer_id = :viewer AND s.viewer_office = :office AND s.waits = 1 AND s.conflict
   AND s.status NOT IN ('unknown', 'contacting') AND s.at > s.status_at - INTERVAL 30 MINUTE
 ORDER BY s.at DESC, s.id DESC LIMIT 400;

--! many contact contacts (key patient)
SELECT name, relation, phone FROM care_emergency_contact WHERE patient_id = :patient AND ended_at IS NULL ORDER BY position LIMIT 20;

--! exec take (key incident, key patient, key viewer, text name, utc until)
-- Somebody sees to her until then. Holds her row, as release does.
UPDATE disaster_person SET assignee_id = :viewer, assignee_name = :name, assigned_until = :until
 WHERE incident_id = :incident AND patient_id = :patient;

--! exec release (key incident, key patient)
-- Nobody has to, now that there is word. Her row is held from here on, so that of two who
-- say something at once the second sees what the first has said.
UPDATE disaster_person SET assignee_id = 0, assignee_name = NULL, assigned_until = NULL
 WHERE incident_id = :incident AND patient_id = :patient;

--! exec1 say (key patient, key incident, ref id, text status, text? place_kind, text? place, text needs, text? note, text method,
--!   bool settles, bool met, utc at, utc now, key viewer, text name, text office_name)
INSERT INTO disaster_safety_status (patient_id, incident_id, ref, status, place_kind, place, needs, note, method, settles, met, at, written_at,
       user_id, user_name, office_name)
VALUES (:patient, :incident, :id, :status, :place_kind, :place, :needs, :note, :method, :settles, :met, :at, :now, :viewer, :name, :office_name);

-- ---- afterwards: numbers alone ----

--! one counts totals (key incident)
SELECT help, unknown, done, safe, evacuated, hospital, people FROM disaster_count WHERE incident_id = :incident;

--! many heard first_words (key incident)
-- When there was word of each, the earliest first.
SELECT at FROM disaster_first_word WHERE incident_id = :incident ORDER BY at LIMIT 20000;

--! many teller tellers (key incident)
-- From whom word came, by office and way.
SELECT office_name, CAST(method AS CHAR) AS method, words FROM disaster_teller WHERE incident_id = :incident
 ORDER BY words DESC, office_name LIMIT 400;

-- ---- the map ----

--! many dot dots (key incident, i64 waits, i64 limit, key office, key viewer)
SELECT p.patient_id, c.ref AS id, p.number, CONCAT(g.family, ' ', g.given) AS name, g.latitude, g.longitude, p.waits
  FROM disaster_seen p JOIN disaster_registration g ON g.patient_id = p.patient_id JOIN care_patient c ON c.id = p.patient_id
 WHERE p.incident_id = :incident AND p.viewer_id = :viewer AND p.viewer_office = :office
 AND p.waits <= :waits
 ORDER BY p.waits, p.place_in_line LIMIT :limit;

--! many hazard hazards (key network)
SELECT ref AS id, CAST(kind AS CHAR) AS kind, name, outline FROM disaster_hazard
 WHERE network_id = :network AND ended_at IS NULL ORDER BY name LIMIT 200;

-- ---- what a bulletin proposes ----

--! exec propose (ref bulletin, utc now, utc since)
-- A room for each network whose towns it concerns, unless one of its kind was prepared of late.
INSERT INTO disaster_incident (ref, network_id, drill, kind, title, bulletin, bulletin_title, publisher, prepared_at)
SELECT RANDOM_BYTES(16), n.id, 0,
       IF(b.topic IN ('weather', 'landslide', 'flood', 'earthquake', 'tsunami', 'volcano', 'outage'), CAST(b.topic AS CHAR), 'other'),
       LEFT(b.title, 120), b.ref, b.title, b.publisher, :now
  FROM care_bulletin b JOIN care_network n
 WHERE b.ref = :bulletin AND b.status = 'actual' AND b.state = 'issued' AND b.from_at <= :now AND b.until_at > :now
   AND b.topic NOT IN ('health', 'heat')
   AND EXISTS (SELECT 1 FROM care_bulletin_area a JOIN care_network_municipality m ON m.network_id = n.id
        AND a.municipality IN (m.municipality, CONCAT(LEFT(m.municipality, 2), '000'), '00000')
        WHERE a.bulletin_id = b.id AND a.kind NOT IN ('none', 'outlook') AND (a.severity IN ('severe', 'extreme') OR b.topic = 'outage'))
   AND NOT EXISTS (SELECT 1 FROM disaster_incident i WHERE i.network_id = n.id AND NOT i.drill
        AND (i.bulletin = b.ref OR (i.kind = IF(b.topic IN ('weather', 'landslide', 'flood', 'earthquake', 'tsunami', 'volcano', 'outage'),
             CAST(b.topic AS CHAR), 'other') AND i.discarded_at IS NULL AND i.prepared_at > :since AND i.closed_at IS NULL
             AND (i.until IS NULL OR i.until > :now))));

--! many officer proposed (ref bulletin, utc now)
-- The officers whom it concerns.
SELECT u.id AS user_id, i.ref AS incident FROM disaster_incident i
  JOIN care_user u ON u.network_id = i.network_id AND FIND_IN_SET('disaster_officer', u.roles) AND u.suspended_at IS NULL
 WHERE i.bulletin = :bulletin AND i.prepared_at = :now LIMIT 200;

--! exec withdraw (ref bulletin, utc now)
-- 取消: what was only prepared goes; what an officer has opened is hers.
UPDATE disaster_incident SET discarded_at = :now WHERE bulletin = :bulletin AND opened_at IS NULL AND discarded_at IS NULL;

--! many proposal exercises (key network, utc now)
-- 訓練 telegrams: an officer may make a drill of one; by themselves they do nothing.
SELECT b.ref AS id, b.title AS subject, b.publisher, b.issued_at FROM care_bulletin b
 WHERE b.status = 'exercise' AND b.state = 'issued' AND b.until_at > :now
   AND b.id IN (SELECT a.bulletin_id FROM care_network_municipality m JOIN care_bulletin_area a ON a.municipality = m.municipality
                 WHERE m.network_id = :network)
 ORDER BY b.id DESC LIMIT 10;
