-- What public health bodies count: so many patients a sentinel clinic in a week
-- (定点当たり報告数). gateways/feed takes them out of the words of items whose topic
-- is health; source, link and state are the bulletin's. They outlive the rows of
-- its areas, because a trend wants the weeks before.
CREATE TABLE care_bulletin_figure (
	municipality CHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
	    COMMENT 'as in care_bulletin_area: 23000 a prefecture, 00000 all of Japan',
	disease VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'code of care/disease.h',
	week_on DATE NOT NULL COMMENT 'Monday of the week that was counted',
	bulletin_id BIGINT NOT NULL,
	hundredths INT NOT NULL COMMENT '1234: 12.34 patients a sentinel',
	PRIMARY KEY (municipality, disease, week_on, bulletin_id),
	KEY (bulletin_id),
	FOREIGN KEY (bulletin_id) REFERENCES care_bulletin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
