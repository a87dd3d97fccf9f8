-- Statements of identity: the only program that reads passwords and PINs, and
-- that opens and ends sessions.

--! row account (key user_id, text? password_hash, bool crew)
--! row attempt (text kind, i64 failures, utc last_at)
--! row pin (text? pin_hash, i64 pin_failures)
--! row owned (ref id, text name, utc created_at, utc? not_after, utc? revoked_at,
--!   bool this_one, bool issued)
--! row owned_one (key device_key, bool revoked, bool this_one, bytes certificate)
--! row choice (text kind, text channel, bool wanted, bool network_off, utc? switched_at, text? how)
--! row stoppable (key user_id, key network_id, text kind)
--! row self (text? mail, text? mobile, bool mobile_bad, text lang, bool on_duty,
--!   bool may_stand_in)
--! row duty (ref id, text name, text profession_code, bool on_duty, bool may_stand_in,
--!   calc text profession)
--! row on_staff (key user_id)

--! one account account (text login, key office)
-- The user of a login, if she works at the office of the device.
SELECT u.id AS user_id, u.password_hash,
       FIND_IN_SET('crew', u.roles) OR FIND_IN_SET('dispatcher', u.roles) AS crew
  FROM care_user u JOIN care_staff f ON f.user_id = u.id
   AND f.office_id = :office AND f.left_at IS NULL
 WHERE u.login = :login AND u.suspended_at IS NULL;

--! many attempt attempts (bytes login, bytes certificate)
SELECT kind, failures, last_at FROM care_attempt
 WHERE (kind = 'login' AND subject = :login)
    OR (kind = 'certificate' AND subject = :certificate);

--! exec fail (text kind, bytes subject, utc now, utc forgotten)
-- One more wrong password; what was long ago is forgotten.
INSERT INTO care_attempt (kind, subject, failures, last_at)
VALUES (:kind, :subject, 1, :now)
    ON DUPLICATE KEY UPDATE
       failures = IF(last_at < :forgotten, 1, failures + 1), last_at = :now;

--! exec forgive (bytes login, bytes certificate)
DELETE FROM care_attempt
 WHERE (kind = 'login' AND subject = :login)
    OR (kind = 'certificate' AND subject = :certificate);

--! exec1 begin_session (bytes token, key user, key office, key device, utc now)
INSERT INTO care_session (token, user_id, office_id, device_id, door, created_at, seen_at)
VALUES (:token, :user, :office, :device, 0, :now, :now);

--! exec end_session (bytes token, utc now)
UPDATE care_session SET ended_at = :now WHERE token = :token AND ended_at IS NULL;

--! one pin pin (key user, bytes token)
SELECT u.pin_hash, s.pin_failures FROM care_user u
  JOIN care_session s ON s.user_id = u.id AND s.token = :token AND s.ended_at IS NULL
 WHERE u.id = :user;

--! exec wrong_pin (bytes token, utc now, i64 allowed)
-- One more wrong PIN; the last allowed one ends the session.
UPDATE care_session
   SET ended_at = IF(pin_failures + 1 >= :allowed, :now, ended_at),
       pin_failures = pin_failures + 1
 WHERE token = :token;

--! exec right_pin (bytes token, utc now)
UPDATE care_session SET pin_failures = 0, seen_at = :now WHERE token = :token;

--! many owned devices (key office, key this_one)
SELECT ref AS id, name, created_at, not_after, revoked_at,
       id = :this_one AS this_one, certificate IS NOT NULL AS issued
  FROM care_device WHERE office_id = :office
 ORDER BY revoked_at IS NOT NULL, name;

--! one owned_one device (key office, ref device, key this_one)
SELECT id AS device_key, revoked_at IS NOT NULL AS revoked,
       id = :this_one AS this_one, COALESCE(certificate, '') AS certificate
  FROM care_device WHERE office_id = :office AND ref = :device;

--! exec revoke (key device, key by, utc now)
UPDATE care_device SET revoked_at = :now, revoked_by = :by
 WHERE id = :device AND revoked_at IS NULL;

--! exec end_sessions_of (key device, utc now)
UPDATE care_session SET ended_at = :now
 WHERE device_id = :device AND ended_at IS NULL;

--! one self self (key user, key office)
SELECT u.mail, u.mobile, u.mobile_bad_at IS NOT NULL AS mobile_bad, u.lang,
       f.on_duty, f.may_stand_in
  FROM care_user u JOIN care_staff f ON f.user_id = u.id AND f.office_id = :office
 WHERE u.id = :user;

--! many choice choices (key user, key network)
-- What she and her network have switched; kinds without a row go as usual.
SELECT x.kind, x.channel, x.wanted, FALSE AS network_off, s.at AS switched_at, s.how
  FROM care_notice_choice x
  LEFT JOIN care_notice_switch s ON s.id = (SELECT MAX(l.id) FROM care_notice_switch l
        WHERE l.user_id = x.user_id AND l.kind = x.kind AND l.channel = x.channel)
 WHERE x.user_id = :user
 UNION ALL
SELECT y.kind, y.channel, y.wanted, TRUE, NULL, NULL
  FROM care_network_choice y WHERE y.network_id = :network AND NOT y.wanted;

--! exec record (key user, text kind, text channel, bool wanted, utc now, text how, ref request)
-- Who switched what, when; before `choose`, and only where that changes something.
INSERT INTO care_notice_switch (network_id, user_id, kind, channel, wanted, at, how, request)
SELECT u.network_id, u.id, :kind, :channel, :wanted, :now, :how, :request
  FROM care_user u
 WHERE u.id = :user AND NOT EXISTS (SELECT 1 FROM care_notice_choice x
       WHERE x.user_id = u.id AND x.kind = :kind AND x.channel = :channel AND x.wanted = :wanted);

--! one stoppable stoppable (bytes token, utc since)
-- Whom a mail of lately was for, and of what kind.
SELECT n.user_id, n.network_id, n.kind FROM care_notice n
 WHERE n.stop_token = :token AND n.created_at > :since;

--! exec choose (key user, text kind, text channel, bool wanted)
INSERT INTO care_notice_choice (user_id, kind, channel, wanted)
VALUES (:user, :kind, :channel, :wanted)
    ON DUPLICATE KEY UPDATE wanted = :wanted;

--! exec set_lang (key user, text lang)
UPDATE care_user SET lang = :lang WHERE id = :user;

--! many duty duties (key office)
SELECT u.ref AS id, CONCAT(u.family, ' ', u.given) AS name, f.profession AS profession_code,
       f.on_duty, f.may_stand_in
  FROM care_staff f JOIN care_user u ON u.id = f.user_id
 WHERE f.office_id = :office AND f.left_at IS NULL
 ORDER BY f.on_duty DESC, u.kana_family, u.kana_given;

--! one on_staff on_staff (key office, ref user)
SELECT u.id AS user_id FROM care_user u
  JOIN care_staff f ON f.user_id = u.id AND f.office_id = :office AND f.left_at IS NULL
 WHERE u.ref = :user;

--! exec allow_duty (key user, key office, bool allowed)
UPDATE care_staff SET may_stand_in = :allowed, on_duty = on_duty AND :allowed
 WHERE user_id = :user AND office_id = :office;

--! exec set_duty (key user, key office, bool on_duty)
UPDATE care_staff SET on_duty = :on_duty
 WHERE user_id = :user AND office_id = :office;
