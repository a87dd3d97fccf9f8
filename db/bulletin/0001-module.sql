INSERT INTO care_module (module, place, path, label, position) VALUES
	('bulletin', 'main', '/bulletins', '公的情報', 40);
