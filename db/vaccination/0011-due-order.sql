-- The list to ring goes over all vaccines by the day on which their windows end.
ALTER TABLE vaccination_due ADD KEY IF NOT EXISTS by_end (network_id, last_on, patient_id, due_on, vaccine);
