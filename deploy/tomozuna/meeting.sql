-- Where a network holds its video meetings. No secret is here: keys are files of tomozuna-meet's.

--! row provider (text code, text kind, text origin, text? login_origin, text client, text? tenant, text? organizer, bool recording, bool probe,
--!   utc? away_since)

--! many provider list ()
SELECT n.code, p.kind, p.origin, p.login_origin, p.client, p.tenant, p.organizer, p.recording, p.probe, p.away_since
  FROM meeting_provider p JOIN care_network n ON n.id = p.network_id ORDER BY n.code;

--! exec set (key network, text kind, text origin, text? login_origin, text client, text? tenant, text? organizer, bool recording, bool probe)
-- All of it anew; what is due is tried at once.
INSERT INTO meeting_provider (network_id, kind, origin, login_origin, client, tenant, organizer, recording, probe)
VALUES (:network, :kind, :origin, :login_origin, :client, :tenant, :organizer, :recording, :probe)
ON DUPLICATE KEY UPDATE kind = VALUES(kind), origin = VALUES(origin), login_origin = VALUES(login_origin), client = VALUES(client),
       tenant = VALUES(tenant), organizer = VALUES(organizer), recording = VALUES(recording), probe = VALUES(probe),
       pause_until = NULL, away_since = NULL;

--! row waiting (i64 n)

--! one waiting waiting (key network)
-- Meetings that the present provider still has: they would be left behind there.
SELECT COUNT(*) AS n FROM meeting_meeting
 WHERE network_id = :network AND begun AND (ends_at > UTC_TIMESTAMP(3) OR act_due_at IS NOT NULL);

--! one waiting elsewhere (key network, text kind, text origin, text? organizer)
-- The same, if the provider to come is another one.
SELECT COUNT(*) AS n FROM meeting_meeting m JOIN meeting_provider p ON p.network_id = m.network_id
   AND (p.kind <> :kind OR p.origin <> :origin OR NOT p.organizer <=> :organizer)
 WHERE m.network_id = :network AND m.begun AND (m.ends_at > UTC_TIMESTAMP(3) OR m.act_due_at IS NOT NULL);

--! exec clear (key network)
DELETE FROM meeting_provider WHERE network_id = :network;
