-- Coverage: counted by the pass, read by the desk.

--! row area (key network_id, text name)
--! row covered_cell (text area, i64 age, i64 people, i64 given, i64 elsewhere)
--! row counted_on (date on_day)

--! many area all_areas ()
SELECT network_id, name FROM vaccination_area ORDER BY network_id, position;

--! many area areas (key network)
SELECT network_id, name FROM vaccination_area WHERE network_id = :network ORDER BY position;

--! exec drop_areas (key network)
DELETE FROM vaccination_area WHERE network_id = :network;

--! exec put_area (key network, text name, i64 position)
-- A name that comes twice is one area.
INSERT IGNORE INTO vaccination_area (network_id, name, position) VALUES (:network, :name, :position);

--! exec add (date day, text rows)
-- [[network,"vaccine","area",age,people,given,elsewhere], …]
INSERT INTO vaccination_coverage (network_id, on_day, vaccine, area, age, people, given, elsewhere)
SELECT j.network, :day, j.vaccine, j.area, j.age, j.p, j.g, j.e
  FROM JSON_TABLE(:rows, '$[*]' COLUMNS (network BIGINT PATH '$[0]', vaccine VARCHAR(24) PATH '$[1]', area VARCHAR(40) PATH '$[2]',
       age INT PATH '$[3]', p INT PATH '$[4]', g INT PATH '$[5]', e INT PATH '$[6]')) AS j
    ON DUPLICATE KEY UPDATE people = people + VALUES(people), given = given + VALUES(given),
       elsewhere = elsewhere + VALUES(elsewhere);

--! exec forget_day (date day)
DELETE FROM vaccination_coverage WHERE on_day = :day;

--! exec drop_older (date day)
DELETE FROM vaccination_coverage WHERE on_day <> :day;

--! one counted_on newest (key network)
-- Of the newest pass that is over.
SELECT c.on_day FROM vaccination_coverage c JOIN vaccination_pass p ON p.on_day = c.on_day AND p.ended_at IS NOT NULL
 WHERE c.network_id = :network ORDER BY c.on_day DESC LIMIT 1;

--! many covered_cell cells (key network, date day, text vaccine)
SELECT area, age, people, given, elsewhere FROM vaccination_coverage
 WHERE network_id = :network AND on_day = :day AND vaccine = :vaccine;
