-- Until when what is kept, line by line: each law its own. A patient goes when the last of
-- her lines has passed; a line that has no day yet (she lives, is looked after, is listed)
-- keeps her.

DELIMITER //

-- Years after a day, by the rule of this program: the same day, or the 1st of the next month
-- where there is none (29 February; INTERVAL would say the 28th).
CREATE OR REPLACE FUNCTION admin_years_after(day DATE, years INT) RETURNS DATE DETERMINISTIC
	COMMENT 'the first day after so many whole years'
RETURN day + INTERVAL years YEAR + INTERVAL IF(DAY(day) = DAY(day + INTERVAL years YEAR), 1, 2) DAY//

DELIMITER ;

-- `until` is the first day on which the line asks for nothing more; NULL: not known yet.
CREATE OR REPLACE VIEW admin_keeping AS
-- Service records: from the end of the last episode, as the network says, five years at least.
SELECT e.patient_id, 'care' AS line, IF(COUNT(*) = COUNT(e.keep_until), MAX(e.keep_until), NULL) AS until
  FROM care_episode e GROUP BY e.patient_id
UNION ALL
-- A doctor's records (診療録, 医師法24条2項; 歯科医師法23条2項): five years from their completion,
-- which is when the doctor left, or the team wrote no more.
SELECT t.patient_id, 'medical',
       IF(COUNT(*) = COUNT(LEAST(COALESCE(t.left_at, e.closes_at), COALESCE(e.closes_at, t.left_at))),
          admin_years_after(DATE(MAX(LEAST(COALESCE(t.left_at, e.closes_at), COALESCE(e.closes_at, t.left_at))) + INTERVAL 9 HOUR), 5), NULL)
  FROM care_team t JOIN care_episode e ON e.id = t.episode_id
 WHERE t.team_role IN ('attending_physician', 'deputy_physician', 'dentist', 'vaccinating_physician')
 GROUP BY t.patient_id
UNION ALL
-- Vaccination (予防接種法施行規則, from June 2026): until five years after her death. What is
-- not known to have happened has no day.
SELECT i.patient_id, 'vaccination',
       IF(p.whereabouts = 'deceased', admin_years_after(p.whereabouts_since, 5), NULL)
  FROM care_immunization i JOIN care_patient p ON p.id = i.patient_id
 GROUP BY i.patient_id, p.whereabouts, p.whereabouts_since
UNION ALL
-- Whom a town's register names now.
SELECT l.patient_id, 'register', NULL FROM care_register_listed l
UNION ALL
-- Whoever never had an episode (registers of the town, bookings, certification): as long as
-- service records, from the last that anybody wrote of her; not while a consent of hers holds.
SELECT p.id, 'known',
       IF(EXISTS (SELECT 1 FROM care_consent_now c WHERE c.patient_id = p.id AND c.until > UTC_TIMESTAMP(3)), NULL,
          admin_years_after(DATE(GREATEST(p.registered_at,
              COALESCE((SELECT MAX(a.at) FROM lib_audit a WHERE a.subject_id = p.id AND a.method <> 'GET'), p.registered_at),
              COALESCE((SELECT MAX(COALESCE(c.withdrawn_at, TIMESTAMP(c.valid_until) + INTERVAL 15 HOUR, c.recorded_at)) FROM care_consent c
                         WHERE c.patient_id = p.id), p.registered_at)) + INTERVAL 9 HOUR), GREATEST(n.keep_years, 5)))
  FROM care_patient p JOIN care_network n ON n.id = p.network_id
 WHERE NOT EXISTS (SELECT 1 FROM care_episode e WHERE e.patient_id = p.id);

-- Patients whose time has come: every line has a day, all of them have passed, and nothing
-- holds them.
CREATE OR REPLACE VIEW admin_deletable AS
SELECT p.id AS patient_id, p.ref, p.network_id, MAX(k.until) AS kept_until
  FROM care_patient p
  JOIN admin_keeping k ON k.patient_id = p.id
 WHERE NOT EXISTS (SELECT 1 FROM admin_hold h WHERE h.patient_id = p.id
           AND h.until >= DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR))
 GROUP BY p.id, p.ref, p.network_id
HAVING COUNT(*) = COUNT(k.until)
   AND MAX(k.until) <= DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR);
