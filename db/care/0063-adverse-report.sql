-- What happened within its window and has no report yet is looked for each minute.
ALTER TABLE care_adverse_event ADD KEY IF NOT EXISTS unreported (due_report, reported_at, recorded_at);
