-- The sittings of a network, for its secretary: on the member's list and on the secretariat's
-- first page. Numbers only.

--! row held (key sitting_id, ref id, i64 number, text panel, utc begins_at, utc closes_at, text place, text state, text scheme, i64 applications, i64 open)

--! many held sittings (key network)
SELECT s.id AS sitting_id, s.ref AS id, s.number, p.name AS panel, s.begins_at, s.closes_at, s.place, s.state, s.scheme,
       (SELECT COUNT(*) FROM board_application a WHERE a.sitting_id = s.id) AS applications,
       (SELECT COUNT(*) FROM board_application a WHERE a.sitting_id = s.id AND a.state IN ('assigned','prereview','tabled')) AS open
  FROM board_sitting s JOIN board_panel p ON p.id = s.panel_id
 WHERE s.network_id = :network ORDER BY s.begins_at DESC, s.id DESC LIMIT 12;
