--! exec1 add (ref ref, key network, text login, text family, text given,
--!   text kana_family, text kana_given, text? mail, text? mobile, text roles)
INSERT INTO care_user (ref, network_id, login, family, given, kana_family, kana_given,
       mail, mobile, roles)
VALUES (:ref, :network, :login, :family, :given, :kana_family, :kana_given,
       :mail, :mobile, :roles);

--! exec1 suspend (key user, utc now)
UPDATE care_user SET suspended_at = :now WHERE id = :user AND suspended_at IS NULL;

--! exec1 resume (key user)
UPDATE care_user SET suspended_at = NULL WHERE id = :user AND suspended_at IS NOT NULL;

--! exec1 password (key user, text hash)
UPDATE care_user SET password_hash = :hash WHERE id = :user;

--! exec1 pin (key user, text hash)
UPDATE care_user SET pin_hash = :hash WHERE id = :user;

--! exec1 role (key user, text roles)
UPDATE care_user SET roles = :roles WHERE id = :user;

--! exec end_sessions (key user, utc now)
UPDATE care_session SET ended_at = :now WHERE user_id = :user AND ended_at IS NULL;

--! exec forget_attempts (key user)
-- Whoever gets a new password may try it at once, in each of her offices.
DELETE FROM care_attempt WHERE kind = 'login' AND subject IN
       (SELECT UNHEX(SHA2(CONCAT(f.office_id, ' ', u.login), 256))
          FROM care_staff f JOIN care_user u ON u.id = f.user_id
         WHERE f.user_id = :user);

--! row user (text login, text name, text network, text roles, bool has_password,
--!   bool has_pin, text? mobile, bool mobile_bad, utc? suspended_at, text? offices)

--! many user list (text? network)
SELECT u.login, CONCAT(u.family, ' ', u.given) AS name, n.code AS network, u.roles,
       u.password_hash IS NOT NULL AS has_password, u.pin_hash IS NOT NULL AS has_pin,
       u.mobile, u.mobile_bad_at IS NOT NULL AS mobile_bad, u.suspended_at,
       (SELECT GROUP_CONCAT(o.name ORDER BY o.name SEPARATOR '、')
          FROM care_staff f JOIN care_office o ON o.id = f.office_id
         WHERE f.user_id = u.id AND f.left_at IS NULL) AS offices
  FROM care_user u JOIN care_network n ON n.id = u.network_id
 WHERE :network IS NULL OR n.code = :network
 ORDER BY n.code, u.login;
