-- A consent that runs out ends what its withdrawal would, from the moment when it ran out.
ALTER TABLE care_episode
	MODIFY COLUMN end_reason ENUM('discharge','moved','deceased','consent_withdrawn','consent_expired') NULL;
ALTER TABLE care_team
	MODIFY COLUMN left_reason ENUM('left','removed','changed','end','consent_withdrawn','consent_expired') NULL;
-- Found by whoever ends it.
ALTER TABLE care_consent_now ADD KEY IF NOT EXISTS by_until (purpose, until);
