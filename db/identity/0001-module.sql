INSERT INTO care_module (module, place, path, label, position) VALUES
	('identity', 'main', '/account', '設定', 90);
