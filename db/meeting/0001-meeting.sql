-- Its tables are in db/care: tomozuna-mail reads them whether this module is there or not.
INSERT INTO care_module (module, place, path, label, position) VALUES
	('meeting', 'main', '/meeting', '会議', 30),
	('meeting', 'patient', '/meeting/of/{patient}', '会議', 50);
