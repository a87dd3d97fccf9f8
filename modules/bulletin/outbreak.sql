-- What goes round: public figures, and what offices of a network report. Of a
-- report the newest of its outbreak says what it is; of a day the newest counts.
-- Welfare volunteers read daily life and no illness: they see no office's report.

--! row figure (text disease, text area, text source, text publisher, text? link, utc issued_at,
--!   date week_on, i64 hundredths)
--! row outbreak (key outbreak_id, ref id, text disease, text office, text place, date began_on, date? ended_on,
--!   date counted_on, i64 ill_users, i64 ill_staff, utc reported_at, bool own)
--! row tally (key outbreak_id, text disease, date counted_on, i64 ill_users, i64 ill_staff)
--! row report (date counted_on, i64 ill_users, i64 ill_staff, text disease, text place,
--!   date began_on, date? ended_on, bool withdrawn, utc reported_at, calc text label)

--! many figure figures (key network, date since)
-- By disease, then place (the town before the prefecture before Japan) and source; of
-- a week the newest word first.
SELECT f.disease, f.municipality AS area, b.source, b.publisher, b.link, b.issued_at,
       f.week_on, f.hundredths
  FROM (SELECT municipality AS code FROM care_network_municipality
         WHERE network_id = :network
         UNION SELECT CONCAT(LEFT(municipality, 2), '000')
          FROM care_network_municipality WHERE network_id = :network
         UNION SELECT '00000') AS t
  JOIN care_bulletin_figure f ON f.municipality = t.code AND f.week_on >= :since
  JOIN care_bulletin b ON b.id = f.bulletin_id AND b.state = 'issued' AND b.status = 'actual'
 ORDER BY f.disease, f.municipality DESC, b.source, f.week_on DESC, b.issued_at DESC, b.id DESC
 LIMIT 5000;

--! many outbreak outbreaks (key user, key network, key office, date since, i64 limit)
-- Those that go on, and that ended since; the newest first.
SELECT o.id AS outbreak_id, o.ref AS id, n.disease, f.name AS office, CAST(n.place AS CHAR) AS place,
       n.began_on, n.ended_on, n.counted_on, n.ill_users, n.ill_staff, n.reported_at,
       o.office_id = :office AS own
  FROM care_user u
  JOIN bulletin_outbreak o ON o.network_id = u.network_id
  JOIN care_office f ON f.id = o.office_id
  JOIN bulletin_outbreak_report n ON n.outbreak_id = o.id
   AND n.id = (SELECT MAX(x.id) FROM bulletin_outbreak_report x WHERE x.outbreak_id = o.id)
 WHERE u.id = :user AND u.network_id = :network AND NOT FIND_IN_SET('welfare_volunteer', u.roles)
   AND n.withdrawn = 0 AND (n.ended_on IS NULL OR n.ended_on >= :since)
 ORDER BY n.ended_on IS NOT NULL, n.reported_at DESC, o.id DESC LIMIT :limit;

--! many tally tallies (key user, key network, date since)
-- How many had fallen ill by when, in each outbreak, in the order of days.
SELECT o.id AS outbreak_id, n.disease, r.counted_on, r.ill_users, r.ill_staff
  FROM care_user u
  JOIN bulletin_outbreak o ON o.network_id = u.network_id
  JOIN bulletin_outbreak_report n ON n.outbreak_id = o.id
   AND n.id = (SELECT MAX(x.id) FROM bulletin_outbreak_report x WHERE x.outbreak_id = o.id)
  JOIN bulletin_outbreak_report r ON r.outbreak_id = o.id
   AND r.id = (SELECT MAX(y.id) FROM bulletin_outbreak_report y
                WHERE y.outbreak_id = o.id AND y.counted_on = r.counted_on)
 WHERE u.id = :user AND u.network_id = :network AND NOT FIND_IN_SET('welfare_volunteer', u.roles)
   AND n.withdrawn = 0 AND n.counted_on >= :since
 ORDER BY o.id, r.counted_on LIMIT 20000;

--! one outbreak outbreak (key user, key network, key office, ref outbreak)
SELECT o.id AS outbreak_id, o.ref AS id, n.disease, f.name AS office, CAST(n.place AS CHAR) AS place,
       n.began_on, n.ended_on, n.counted_on, n.ill_users, n.ill_staff, n.reported_at,
       o.office_id = :office AS own
  FROM care_user u
  JOIN bulletin_outbreak o ON o.network_id = u.network_id
  JOIN care_office f ON f.id = o.office_id
  JOIN bulletin_outbreak_report n ON n.outbreak_id = o.id
   AND n.id = (SELECT MAX(x.id) FROM bulletin_outbreak_report x WHERE x.outbreak_id = o.id)
 WHERE o.ref = :outbreak AND u.id = :user AND u.network_id = :network
   AND NOT FIND_IN_SET('welfare_volunteer', u.roles);

--! many report reports (key outbreak)
-- All that was said of it, the newest first.
SELECT counted_on, ill_users, ill_staff, disease, CAST(place AS CHAR) AS place, began_on,
       ended_on, withdrawn, reported_at
  FROM bulletin_outbreak_report WHERE outbreak_id = :outbreak
 ORDER BY id DESC LIMIT 200;

--! exec1 begin (ref id, key network, key office, utc now)
INSERT INTO bulletin_outbreak (ref, network_id, office_id, made_at)
SELECT :id, o.network_id, o.id, :now FROM care_office o
 WHERE o.id = :office AND o.network_id = :network AND o.closed_at IS NULL;

--! exec report (ref outbreak, key office, key user, utc now, text disease, text place, date counted_on,
--!   i64 ill_users, i64 ill_staff, date began_on, date? ended_on, bool withdrawn)
-- Only of one's own office; a new row, whatever was said before.
INSERT INTO bulletin_outbreak_report (outbreak_id, user_id, reported_at, disease, place,
       counted_on, ill_users, ill_staff, began_on, ended_on, withdrawn)
SELECT o.id, u.id, :now, :disease, :place, :counted_on, :ill_users, :ill_staff, :began_on,
       :ended_on, :withdrawn
  FROM bulletin_outbreak o JOIN care_user u ON u.id = :user AND u.network_id = o.network_id
 WHERE o.ref = :outbreak AND o.office_id = :office
   AND NOT FIND_IN_SET('welfare_volunteer', u.roles);
