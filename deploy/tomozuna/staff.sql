--! exec again (key user, key office, text profession, bool manager)
-- Whoever is or was there: the same row. MariaDB wants UPDATE on every column
-- named for ON DUPLICATE KEY UPDATE, and keys are nobody's to change; so two.
-- What she becomes first she is no more besides.
UPDATE care_staff SET profession = :profession, office_manager = :manager,
       left_at = NULL,
       further_professions = NULLIF(TRIM(BOTH ',' FROM REPLACE(CONCAT(',', further_professions, ','), CONCAT(',', :profession, ','), ',')), '')
 WHERE user_id = :user AND office_id = :office;

--! exec1 add (key user, key office, text profession, bool manager)
INSERT INTO care_staff (user_id, office_id, profession, office_manager)
VALUES (:user, :office, :profession, :manager);

--! exec1 gain (key user, key office, text profession)
UPDATE care_staff SET further_professions = CONCAT_WS(',', further_professions, :profession)
 WHERE user_id = :user AND office_id = :office AND left_at IS NULL
   AND NOT FIND_IN_SET(:profession, CONCAT_WS(',', profession, further_professions));

--! exec1 lose (key user, key office, text profession)
-- The next one takes the place of the first.
UPDATE care_staff
   SET profession = IF(profession = :profession, LEFT(further_professions, 3), profession),
       further_professions = NULLIF(TRIM(BOTH ',' FROM
           REPLACE(CONCAT(',', further_professions, ','), CONCAT(',', IF(LOCATE(profession, further_professions), profession, :profession), ','), ',')), '')
 WHERE user_id = :user AND office_id = :office AND further_professions IS NOT NULL
   AND FIND_IN_SET(:profession, CONCAT_WS(',', profession, further_professions));

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
