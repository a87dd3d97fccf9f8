-- What of the timeline an ambulance crew may read once it has opened a patient:
-- entries for the whole team, of what concerns her body and her medication, as they
-- hold now. Not what was meant for some, nor daily life and plans. The emergency
-- summary reads entries through this view and in no other way.
CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW timeline_crew AS
SELECT e.patient_id, e.id, e.ref, e.kind, e.written_at, e.urgent, e.body,
       e.author_name, e.author_profession
  FROM timeline_entry e
 WHERE e.reach <= 1 AND e.gone IS NULL AND e.recalled_at IS NULL
   AND e.corrected_by IS NULL AND e.reply_to = 0
   AND (e.urgent OR e.kind IN ('observation', 'diagnosis', 'medication'));
