-- Circulars: the desk sends, a clinic's people say that they have read.

--! row circular (ref id, key circular_id, text subject, text body, utc sent_at, text sender_name, utc? ended_at, text? ended_name,
--!   i64 offices, i64 offices_read)
--! row recipient (key office_id, text office, text? phone, bool has_read)
--! row reader (key office_id, text reader_name, utc read_at)
--! row unread (i64 n)
--! row addressee (key user_id)
--! row attached (key circular_id, ref circular, ref id, text name)
--! row attached_file (key file_id)

--! many circular of_town (key network)
-- Newest first.
SELECT c.ref AS id, c.id AS circular_id, c.subject, c.body, c.sent_at, c.sender_name, c.ended_at, c.ended_name,
       (SELECT COUNT(*) FROM vaccination_circular_office o WHERE o.circular_id = c.id) AS offices,
       (SELECT COUNT(DISTINCT r.office_id) FROM vaccination_circular_reader r WHERE r.circular_id = c.id) AS offices_read
  FROM vaccination_circular c WHERE c.network_id = :network ORDER BY c.id DESC LIMIT 50;

--! one circular one (key network, ref id)
SELECT c.ref AS id, c.id AS circular_id, c.subject, c.body, c.sent_at, c.sender_name, c.ended_at, c.ended_name,
       (SELECT COUNT(*) FROM vaccination_circular_office o WHERE o.circular_id = c.id) AS offices,
       (SELECT COUNT(DISTINCT r.office_id) FROM vaccination_circular_reader r WHERE r.circular_id = c.id) AS offices_read
  FROM vaccination_circular c WHERE c.network_id = :network AND c.ref = :id;

--! exec1 add (key network, ref id, text subject, text body, utc now, key user, text name)
INSERT INTO vaccination_circular (network_id, ref, subject, body, sent_at, sent_by, sender_name)
VALUES (:network, :id, :subject, :body, :now, :user, :name);

--! exec address (key network, ref id)
-- To every clinic and hospital that there is now.
INSERT INTO vaccination_circular_office (circular_id, office_id)
SELECT c.id, o.id FROM vaccination_circular c JOIN care_office o ON o.network_id = c.network_id
 WHERE c.network_id = :network AND c.ref = :id AND o.kind IN ('clinic', 'hospital') AND o.closed_at IS NULL;

--! many addressee addressed (ref id)
-- All who work where it went.
SELECT DISTINCT f.user_id FROM vaccination_circular c
  JOIN vaccination_circular_office o ON o.circular_id = c.id
  JOIN care_staff f ON f.office_id = o.office_id AND f.left_at IS NULL
 WHERE c.ref = :id;

--! exec1 attach (key network, ref circular, i64 position, key file)
INSERT INTO vaccination_circular_file (circular_id, position, file_id)
SELECT id, :position, :file FROM vaccination_circular WHERE network_id = :network AND ref = :circular;

--! many attached files_of (key circular)
SELECT a.circular_id, c.ref AS circular, f.ref AS id, f.name FROM vaccination_circular_file a
  JOIN vaccination_circular c ON c.id = a.circular_id JOIN care_file f ON f.id = a.file_id
 WHERE a.circular_id = :circular ORDER BY a.position;

--! one attached_file file_of_town (key network, ref circular, ref id)
SELECT a.file_id FROM care_file f JOIN vaccination_circular_file a ON a.file_id = f.id
  JOIN vaccination_circular c ON c.id = a.circular_id AND c.network_id = :network AND c.ref = :circular
 WHERE f.ref = :id;

--! exec1 take_back (key network, ref id, utc now, text name)
UPDATE vaccination_circular SET ended_at = :now, ended_name = :name
 WHERE network_id = :network AND ref = :id AND ended_at IS NULL;

--! many recipient recipients (key circular)
-- Who has not read it first.
SELECT o.office_id, p.name AS office, p.phone,
       EXISTS (SELECT 1 FROM vaccination_circular_reader r WHERE r.circular_id = o.circular_id AND r.office_id = o.office_id) AS has_read
  FROM vaccination_circular_office o JOIN care_office p ON p.id = o.office_id
 WHERE o.circular_id = :circular ORDER BY has_read, p.name;

--! many reader readers_of (key circular)
SELECT office_id, reader_name, read_at FROM vaccination_circular_reader WHERE circular_id = :circular ORDER BY read_at;

-- ---- a clinic ----

--! row received (ref id, key circular_id, text subject, text body, utc sent_at, text sender_name, utc? ended_at, utc? read_at)

--! many received of_office (key office, key viewer)
-- What the viewer has not read first, then the newest.
SELECT c.ref AS id, c.id AS circular_id, c.subject, c.body, c.sent_at, c.sender_name, c.ended_at, r.read_at
  FROM vaccination_circular_office o JOIN vaccination_circular c ON c.id = o.circular_id
  LEFT JOIN vaccination_circular_reader r ON r.circular_id = c.id AND r.office_id = o.office_id AND r.user_id = :viewer
 WHERE o.office_id = :office ORDER BY r.read_at IS NOT NULL OR c.ended_at IS NOT NULL, c.id DESC LIMIT 50;

--! many attached files_of_office (key office)
-- Of the circulars that of_office lists, and older ones.
SELECT a.circular_id, c.ref AS circular, f.ref AS id, f.name FROM vaccination_circular_office o
  JOIN vaccination_circular_file a ON a.circular_id = o.circular_id
  JOIN vaccination_circular c ON c.id = a.circular_id JOIN care_file f ON f.id = a.file_id
 WHERE o.office_id = :office ORDER BY a.circular_id, a.position;

--! one attached_file file_for (key office, ref circular, ref id)
SELECT a.file_id FROM care_file f JOIN vaccination_circular_file a ON a.file_id = f.id
  JOIN vaccination_circular c ON c.id = a.circular_id AND c.ref = :circular
  JOIN vaccination_circular_office o ON o.circular_id = c.id AND o.office_id = :office
 WHERE f.ref = :id;

--! one unread unread (key office, key viewer)
SELECT COUNT(*) AS n
  FROM vaccination_circular_office o JOIN vaccination_circular c ON c.id = o.circular_id AND c.ended_at IS NULL
  LEFT JOIN vaccination_circular_reader r ON r.circular_id = c.id AND r.office_id = o.office_id AND r.user_id = :viewer
 WHERE o.office_id = :office AND r.circular_id IS NULL;

--! row went (key circular_id)

--! one went sent_to (key office, ref id)
SELECT c.id AS circular_id FROM vaccination_circular c
  JOIN vaccination_circular_office o ON o.circular_id = c.id AND o.office_id = :office WHERE c.ref = :id;

--! exec note_read (key circular, key office, key viewer, text name, utc now)
INSERT IGNORE INTO vaccination_circular_reader (circular_id, office_id, user_id, reader_name, read_at)
VALUES (:circular, :office, :viewer, :name, :now);
