-- The team of a patient, and what waits for one's office.

--! row managed_patient (key patient_id, key network_id, ref id, text name, text kana, text family, date birth_date,
--!   text sex, text office, text? office_phone, calc i64 age)
--! row person (text name, text kana, date birth_date, text? manager, text? manager_phone, key? manager_id, bool wants_approval)
--! row member (ref id, text office, text? office_phone, text user, text user_kana, text profession_code,
--!   text team_role, bool on_duty, utc since, bool mine, bool open, date? approved_on, text? approved_by, calc text profession)
--! row former (text office, text user, text team_role, utc since, utc left_at, text left_reason)
--! row colleague (ref id, text name, text profession_code, calc text profession)
--! row one (key team_id, key patient_id, key office_id, key user_id, text team_role)
--! row choice (ref id, text name, text kind)
--! row draft (ref id, key patient_key, text name, text kana, date birth_date, utc? registered_at)
--! row left_one (ref id, key patient_key, text name, utc left_at)

--! one managed_patient managed (ref patient, key viewer, key office)
-- The patient, if the viewer acts for the office that manages her.
SELECT p.id AS patient_id, p.network_id, p.ref AS id, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, p.family, p.birth_date, p.sex,
       o.name AS office, o.phone AS office_phone
  FROM care_patient p
  JOIN team_manager g ON g.patient_id = p.id AND g.user_id = :viewer AND g.office_id = :office
  JOIN care_office o ON o.id = p.managing_office_id
 WHERE p.ref = :patient;

--! one person person (key patient)
SELECT CONCAT(p.family, ' ', p.given) AS name, CONCAT(p.kana_family, ' ', p.kana_given) AS kana,
       p.birth_date, o.name AS manager, o.phone AS manager_phone, o.id AS manager_id,
       n.patient_approves AS wants_approval
  FROM care_patient p JOIN care_network n ON n.id = p.network_id LEFT JOIN care_office o ON o.id = p.managing_office_id
 WHERE p.id = :patient;

--! many member members (key patient, key office)
-- Everyone who has not left; `open` says whether consent lets her see anything.
SELECT t.ref AS id, o.name AS office, o.phone AS office_phone,
       COALESCE(CONCAT(u.family, ' ', u.given), '') AS user,
       COALESCE(CONCAT(u.kana_family, ' ', u.kana_given), '') AS user_kana,
       COALESCE(f.profession, '') AS profession_code, t.team_role,
       COALESCE(f.on_duty, 0) AS on_duty, t.joined_at AS since, t.office_id = :office AS mine,
       EXISTS (SELECT 1 FROM care_team_member m WHERE m.patient_id = t.patient_id
           AND m.office_id = t.office_id AND m.user_id = t.user_id) AS open,
       t.approved_on, t.approved_by
  FROM care_team t
  JOIN care_office o ON o.id = t.office_id
  LEFT JOIN care_user u ON u.id = t.user_id
  LEFT JOIN care_staff f ON f.user_id = t.user_id AND f.office_id = t.office_id
 WHERE t.patient_id = :patient AND t.left_at IS NULL
 ORDER BY FIELD(t.team_role, 'visiting_nurse', 'care_manager', 'deputy_physician', 'attending_physician') DESC,
          t.team_role IN ('officer', 'welfare_volunteer', 'stay'), t.id;

--! row further (ref id, text code, calc text profession)
--! many further further (key patient)
-- Professions that a member has beside her first.
SELECT t.ref AS id, COALESCE(j.code, '') AS code
  FROM care_team t
  JOIN care_staff f ON f.user_id = t.user_id AND f.office_id = t.office_id
  JOIN JSON_TABLE(CONCAT('["', REPLACE(f.further_professions, ',', '","'), '"]'), '$[*]' COLUMNS (code CHAR(3) PATH '$')) AS j
 WHERE t.patient_id = :patient AND t.left_at IS NULL AND f.further_professions IS NOT NULL;

--! many former former (key patient)
SELECT o.name AS office, COALESCE(CONCAT(u.family, ' ', u.given), '') AS user, t.team_role,
       t.joined_at AS since, COALESCE(t.left_at, t.joined_at) AS left_at,
       COALESCE(t.left_reason, 'left') AS left_reason
  FROM care_team t JOIN care_office o ON o.id = t.office_id
  LEFT JOIN care_user u ON u.id = t.user_id
 WHERE t.patient_id = :patient AND t.left_at IS NOT NULL
   AND NOT (t.left_reason <=> 'changed')
 ORDER BY t.left_at DESC, t.id DESC LIMIT 50;

--! many colleague colleagues (key patient, key office)
-- Of one's own office, and not named yet.
SELECT u.ref AS id, CONCAT(u.family, ' ', u.given) AS name, f.profession AS profession_code
  FROM care_staff f JOIN care_user u ON u.id = f.user_id AND u.suspended_at IS NULL
 WHERE f.office_id = :office AND f.left_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM care_team t WHERE t.patient_id = :patient
       AND t.office_id = f.office_id AND t.user_id = f.user_id AND t.left_at IS NULL)
 ORDER BY u.kana_family, u.kana_given;

--! row staff (key user_id)
--! one staff staff (key office, ref user)
SELECT u.id AS user_id FROM care_user u
  JOIN care_staff f ON f.user_id = u.id AND f.office_id = :office AND f.left_at IS NULL
 WHERE u.ref = :user AND u.suspended_at IS NULL;

--! one one taken (key patient, key office, key user)
-- Whether she, or the office as a whole, is of the team already.
SELECT id AS team_id, patient_id, office_id, user_id, team_role FROM care_team
 WHERE patient_id = :patient AND office_id = :office AND user_id = :user AND left_at IS NULL
 LIMIT 1;

--! one one attending (key patient)
SELECT id AS team_id, patient_id, office_id, user_id, team_role FROM care_team
 WHERE patient_id = :patient AND team_role = 'attending_physician' AND left_at IS NULL LIMIT 1;

--! one one to_end (ref patient, ref member, key viewer, key office, bool manager)
-- A membership that the viewer may end: of her own office, or as the managing one.
SELECT t.id AS team_id, t.patient_id, t.office_id, t.user_id, t.team_role
  FROM care_team t JOIN care_patient p ON p.id = t.patient_id AND p.ref = :patient
 WHERE t.ref = :member AND t.left_at IS NULL
   AND (EXISTS (SELECT 1 FROM team_manager g WHERE g.patient_id = p.id
            AND g.user_id = :viewer AND g.office_id = :office)
     OR (t.office_id = :office AND (t.user_id = :viewer OR :manager
         OR EXISTS (SELECT 1 FROM care_team_member m WHERE m.patient_id = p.id
             AND m.office_id = :office AND m.user_id IN (0, :viewer)))));

--! exec1 leave (key team, utc now, key viewer, text reason)
UPDATE care_team SET left_at = :now, left_by = :viewer, left_reason = :reason
 WHERE id = :team AND left_at IS NULL;

--! exec1 approve (key patient, ref member, date on, text by, text relation)
-- The patient's word, with the membership that it is about.
UPDATE care_team SET approved_on = :on, approved_by = :by, approved_relation = :relation
 WHERE patient_id = :patient AND ref = :member AND approved_on IS NULL;

--! many choice offices (key network, key patient)
-- Offices that could be invited.
SELECT o.ref AS id, o.name, o.kind FROM care_office o
 WHERE o.network_id = :network AND o.closed_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM care_invitation i WHERE i.patient_id = :patient
       AND i.open_office = o.id)
   AND NOT EXISTS (SELECT 1 FROM care_team t WHERE t.patient_id = :patient
       AND t.office_id = o.id AND t.left_at IS NULL)
 ORDER BY o.kind, o.name;

--! many choice member_offices (key patient)
-- Offices of the team that could manage her instead; officers do not.
SELECT DISTINCT o.ref AS id, o.name, o.kind
  FROM care_team t JOIN care_office o ON o.id = t.office_id AND o.closed_at IS NULL
  JOIN care_patient p ON p.id = t.patient_id AND NOT (p.managing_office_id <=> o.id)
 WHERE t.patient_id = :patient AND t.left_at IS NULL
   AND t.team_role NOT IN ('officer', 'welfare_volunteer')
 ORDER BY o.name;

--! many draft drafts (key viewer, key office)
-- Patients that the office manages and whose page is not open.
SELECT p.ref AS id, p.id AS patient_key, CONCAT(p.family, ' ', p.given) AS name,
       CONCAT(p.kana_family, ' ', p.kana_given) AS kana, p.birth_date, p.registered_at
  FROM care_patient p
  JOIN team_manager g ON g.patient_id = p.id AND g.user_id = :viewer AND g.office_id = :office
 WHERE p.managing_office_id = :office
   AND NOT EXISTS (SELECT 1 FROM care_episode e WHERE e.patient_id = p.id
       AND (e.closes_at IS NULL OR e.closes_at > UTC_TIMESTAMP(3)))
 ORDER BY p.registered_at DESC, p.id DESC LIMIT 100;

--! many left_one left_ones (key viewer, key office, bool manager)
-- Patients whose page the office saw and does not any more: what its own people
-- wrote stays theirs.
SELECT p.ref AS id, p.id AS patient_key, CONCAT(p.family, ' ', p.given) AS name,
       COALESCE(MAX(t.left_at), MAX(t.joined_at)) AS left_at
  FROM care_team t JOIN care_patient p ON p.id = t.patient_id
 WHERE t.office_id = :office
   AND (t.user_id IN (0, :viewer) OR (:manager AND NOT EXISTS
       (SELECT 1 FROM care_team_member m WHERE m.patient_id = p.id
           AND m.office_id = :office AND m.user_id = -1)))
   AND NOT EXISTS (SELECT 1 FROM care_team_member m WHERE m.patient_id = p.id
       AND m.office_id = :office AND m.user_id IN (0, :viewer))
 GROUP BY p.id, p.ref, p.family, p.given ORDER BY left_at DESC LIMIT 100;
