-- Where the network asks for it, the patient approves each person who joins her team: whose word it
-- was, and when (landscape: each new member).
ALTER TABLE care_team
	ADD COLUMN IF NOT EXISTS approved_on DATE NULL,
	ADD COLUMN IF NOT EXISTS approved_by VARCHAR(80) NULL,
	ADD COLUMN IF NOT EXISTS approved_relation VARCHAR(40) NULL;
