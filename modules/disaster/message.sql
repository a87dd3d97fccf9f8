-- What an officer says to everybody at work: drafts, and what was given out.

--! row message (ref id, text audience, text body, utc prepared_at, utc? given_at, text? given_name)
--! row manager (key user_id)

--! exec draft (key network, ref? bulletin, ref? incident, utc now)
-- For each room that was prepared at this instant, by a bulletin or by hand: one for teams, one for offices.
INSERT INTO disaster_message (ref, incident_id, audience, body, prepared_at)
SELECT RANDOM_BYTES(16), i.id, a.audience, LEFT(CONCAT(IF(i.drill, '【訓練】', ''), '「', i.title, '」', COALESCE(CONCAT('（', i.publisher, '）'), ''),
       IF(a.audience = 'teams', 'の対応です。受け持ちの方の安否を確かめ、災害の画面に入れてください。電源が必要な方からお願いします。',
          'の対応です。事業所の状況と被害を、まず一押しの速報で入れてください。人手や電源が足りないときは、その旨を書いてください。')), 400), :now
  FROM disaster_incident i JOIN (SELECT 'teams' AS audience UNION SELECT 'offices') a
 WHERE i.prepared_at = :now AND (i.bulletin = :bulletin OR (i.ref = :incident AND i.network_id = :network));

--! many message drafts (key incident)
SELECT ref AS id, CAST(audience AS CHAR) AS audience, body, prepared_at, given_at, given_name FROM disaster_message
 WHERE incident_id = :incident AND given_at IS NULL ORDER BY disaster_message.id LIMIT 20;

--! many message given (key incident)
SELECT ref AS id, CAST(audience AS CHAR) AS audience, body, prepared_at, given_at, given_name FROM disaster_message
 WHERE incident_id = :incident AND given_at IS NOT NULL ORDER BY given_at DESC, disaster_message.id DESC LIMIT 100;

--! exec1 give (ref message, key incident, text body, utc now, key user, text name)
UPDATE disaster_message SET body = :body, given_at = :now, given_by = :user, given_name = :name
 WHERE ref = :message AND incident_id = :incident AND given_at IS NULL;

--! exec1 say (ref id, key incident, text audience, text body, utc now, key user, text name)
INSERT INTO disaster_message (ref, incident_id, audience, body, prepared_at, given_at, given_by, given_name)
VALUES (:id, :incident, :audience, :body, :now, :now, :user, :name);

--! many manager managers (key network)
SELECT DISTINCT f.user_id FROM care_staff f JOIN care_user u ON u.id = f.user_id
 WHERE u.network_id = :network AND f.office_manager AND f.left_at IS NULL AND u.suspended_at IS NULL LIMIT 2000;
