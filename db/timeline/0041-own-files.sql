-- What hangs on an office's own entries stays with them: what was written for the office is
-- its record, pictures and papers, too. Who reads which of it stood in one statement
-- (modules/timeline/own.sql) and is asked by three now.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_own AS
SELECT e.author_office_id AS office_id, e.patient_id, e.id, e.ref, e.kind, e.written_at,
       e.urgent, e.author_name, e.author_profession, e.author_office,
       IF(e.gone IS NULL, e.body, '') AS body, e.author_id, e.reach, e.audience_of,
       COALESCE(e.team_kind, e.kind) AS team_kind, IF(e.gone IS NULL, e.attached, 0) AS attached
  FROM timeline_entry e
 WHERE e.author_office_id <> 0 AND e.recalled_at IS NULL;

-- The manager reads all that was written for the office, which has to keep it.
-- Others what they might read in the timeline, and nothing younger than their own
-- membership: leaving the team ends what colleagues write from then on.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_own_seen AS
SELECT f.user_id AS viewer_id, f.office_id AS viewer_office, e.patient_id, e.id, e.ref, e.kind, e.written_at,
       e.urgent, e.author_name, e.author_profession, e.body, e.attached
  FROM care_staff f
  JOIN timeline_reader g ON g.user_id = f.user_id AND g.office_id = f.office_id
  JOIN timeline_own e ON e.office_id = f.office_id
 WHERE f.left_at IS NULL
   AND (f.office_manager
        OR ((e.author_id = f.user_id
             OR (e.reach < 2 AND FIND_IN_SET(e.team_kind, g.sees) > 0)
             OR LOCATE(CONCAT(',u', f.user_id, ','), e.audience_of) > 0
             OR LOCATE(CONCAT(',p', g.profession, ','), e.audience_of) > 0
             OR (g.further IS NOT NULL AND e.audience_of REGEXP g.further))
            AND EXISTS (SELECT 1 FROM care_team t
                 WHERE t.patient_id = e.patient_id AND t.office_id = f.office_id
                   AND t.user_id IN (0, f.user_id)
                   AND (t.left_at IS NULL OR t.left_at >= e.written_at))));
