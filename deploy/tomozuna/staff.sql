--! exec again (key user, key office, text profession, bool manager)
-- Whoever is or was there: the same row. MariaDB wants UPDATE on every column
-- named for ON DUPLICATE KEY UPDATE, and keys are nobody's to change; so two.
UPDATE care_staff SET profession = :profession, office_manager = :manager,
       left_at = NULL
 WHERE user_id = :user AND office_id = :office;

--! exec1 add (key user, key office, text profession, bool manager)
INSERT INTO care_staff (user_id, office_id, profession, office_manager)
VALUES (:user, :office, :profession, :manager);

--! exec1 leave (key user, key office, utc now)
UPDATE care_staff SET left_at = :now, on_duty = 0
 WHERE user_id = :user AND office_id = :office AND left_at IS NULL;

--! exec leave_teams (key user, key office, utc now)
UPDATE care_team SET left_at = :now
 WHERE user_id = :user AND office_id = :office AND left_at IS NULL;

--! exec end_sessions (key user, key office, utc now)
UPDATE care_session SET ended_at = :now
 WHERE user_id = :user AND office_id = :office AND ended_at IS NULL;

--! exec1 duty (key user, key office, bool on)
UPDATE care_staff SET on_duty = :on
 WHERE user_id = :user AND office_id = :office AND left_at IS NULL;
