-- Public bulletins: what the weather service, health bodies and power companies
-- say, by town. gateways/feed writes them; any module may read them. What they
-- mean and how to join them is in modules/care/README.md.

-- The municipalities of a network; the trigger puts its seat.
CREATE TABLE care_network_municipality (
	network_id BIGINT NOT NULL,
	municipality CHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
	    COMMENT 'JIS X 0402: municipality_code without its check digit',
	PRIMARY KEY (network_id, municipality),
	FOREIGN KEY (network_id) REFERENCES care_network (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
INSERT INTO care_network_municipality (network_id, municipality)
SELECT id, LEFT(code, 5) FROM care_network;
CREATE TRIGGER care_network_seat AFTER INSERT ON care_network FOR EACH ROW
INSERT INTO care_network_municipality (network_id, municipality)
VALUES (NEW.id, LEFT(NEW.code, 5));

-- Where bulletins come from, and whether they still come.
CREATE TABLE care_bulletin_source (
	name VARCHAR(40) NOT NULL COMMENT 'as the file of sources has it',
	label VARCHAR(80) NOT NULL COMMENT 'who speaks: 気象庁',
	topic ENUM('weather','health','outage','other') NOT NULL,
	interval_s INT NOT NULL,
	stale_after_s INT NOT NULL COMMENT 'without a good answer',
	silent_after_s INT NOT NULL COMMENT 'without anything new; 0: never',
	since DATETIME(3) NOT NULL COMMENT 'when it was first asked for',
	asked_at DATETIME(3) NULL,
	good_at DATETIME(3) NULL COMMENT 'last answer that could be read, or 304',
	news_at DATETIME(3) NULL COMMENT 'last answer with something new in it',
	failures INT NOT NULL DEFAULT 0 COMMENT 'in a row',
	reason VARCHAR(200) NULL COMMENT 'of the last failure',
	waiting INT NOT NULL DEFAULT 0 COMMENT 'telegrams known but not fetched yet',
	stale_at DATETIME(3) NULL COMMENT 'the alarm, while it lasts',
	PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A bulletin. It holds from from_at until until_at, which is moved to the
-- present when it is replaced, retracted or ended; so `from_at <= now AND
-- until_at > now AND status = 'actual'` is all that holds now.
CREATE TABLE care_bulletin (
	id BIGINT NOT NULL AUTO_INCREMENT,
	ref BINARY(16) NOT NULL,
	kind ENUM('feed','circular','outbreak','supply','local_event') NOT NULL DEFAULT 'feed',
	source VARCHAR(40) NOT NULL COMMENT 'care_bulletin_source.name',
	publisher VARCHAR(120) NOT NULL COMMENT '松江地方気象台 …',
	topic ENUM('weather','landslide','flood','earthquake','tsunami','volcano',
	    'heat','health','outage','other') NOT NULL,
	type VARCHAR(12) NULL COMMENT 'of a telegram: VPWW54 …',
	status ENUM('actual','exercise','test') NOT NULL,
	severity ENUM('unknown','minor','moderate','severe','extreme') NOT NULL,
	level TINYINT NOT NULL DEFAULT 0 COMMENT 'equivalent to this alert level; 0: none. Never an evacuation order: that is the mayor''s',
	title VARCHAR(300) NOT NULL,
	headline TEXT NULL,
	link VARCHAR(1000) NULL,
	correction TINYINT NOT NULL DEFAULT 0 COMMENT '訂正',
	issued_at DATETIME(3) NOT NULL COMMENT 'as it says, but never after received_at',
	received_at DATETIME(3) NOT NULL,
	from_at DATETIME(3) NOT NULL,
	until_at DATETIME(3) NOT NULL,
	state ENUM('issued','replaced','retracted','ended') NOT NULL
	    COMMENT 'retracted: 取消; ended: 解除. One that is issued ends by until_at, too',
	replaced_by BIGINT NOT NULL DEFAULT 0,
	PRIMARY KEY (id),
	UNIQUE KEY (ref), KEY by_end (until_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Where, and what there. Kept until a few days after the bulletin's end.
-- 23000 is all of prefecture 23, 00000 all of Japan: a town is concerned by its
-- own five digits, by its prefecture's, and by 00000.
CREATE TABLE care_bulletin_area (
	municipality CHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	bulletin_id BIGINT NOT NULL,
	n SMALLINT NOT NULL COMMENT 'orders them as the bulletin does',
	area VARCHAR(120) NOT NULL COMMENT 'as it names the place; may be a part of the town',
	kind VARCHAR(24) NOT NULL COMMENT 'advisory warning danger emergency earthquake … none: no longer',
	code VARCHAR(12) NOT NULL COMMENT 'means something with type and kind only',
	name VARCHAR(120) NOT NULL COMMENT '大雨警報 …',
	level TINYINT NOT NULL DEFAULT 0,
	severity ENUM('unknown','minor','moderate','severe','extreme') NOT NULL,
	PRIMARY KEY (municipality, bulletin_id, n),
	KEY (bulletin_id),
	FOREIGN KEY (bulletin_id) REFERENCES care_bulletin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
