-- What a member gets for a sitting, in yen, by the town's ordinance; 0: the sheet leaves it open.
ALTER TABLE board_setting
	ADD COLUMN chair_fee INT NOT NULL DEFAULT 0 COMMENT 'of who presides',
	ADD COLUMN member_fee INT NOT NULL DEFAULT 0;
