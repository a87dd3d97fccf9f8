INSERT INTO care_module (module, place, path, label, position) VALUES
	('patient', 'main', '/patients', '受け持ち', 10),
	('patient', 'patient', '/patients/{patient}', '基本情報', 20);
