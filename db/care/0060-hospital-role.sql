-- Who answers for a hospital when an ambulance crew asks whether it takes somebody.
ALTER TABLE care_user
	MODIFY roles SET('operator','privacy_officer','officer','disaster_officer','clerk',
	    'crew','dispatcher','secretary','board_member','welfare_volunteer','hospital_desk')
	    NOT NULL DEFAULT '';
