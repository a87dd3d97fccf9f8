-- What gateways/feed remembers. Telegrams stay as they came, so that they can be
-- read again by a better reader.

-- Each feed's own marks; another address than before begins anew.
CREATE TABLE feed_poll (
	source VARCHAR(40) NOT NULL,
	catch_up TINYINT NOT NULL COMMENT '0 the feed, 1 its longer one',
	url VARCHAR(1000) NOT NULL,
	etag VARCHAR(300) NOT NULL DEFAULT '',
	last_modified VARCHAR(300) NOT NULL DEFAULT '',
	wanted TINYINT NOT NULL DEFAULT 0 COMMENT 'of the longer one: must be read',
	PRIMARY KEY (source, catch_up)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Each telegram that a feed has named, once: what was fetched is never asked for
-- again, so no row is ever deleted. No cursor: dates in feeds are not to be trusted.
CREATE TABLE feed_document (
	url_hash BINARY(32) NOT NULL COMMENT 'SHA-256',
	source VARCHAR(40) NOT NULL,
	state ENUM('due','fetched','refused','gone') NOT NULL DEFAULT 'due'
	    COMMENT 'refused: fetched, but nothing that we can read',
	url VARCHAR(1000) NOT NULL,
	listed_at DATETIME(3) NOT NULL COMMENT 'newest first; never after we saw it',
	attempts INT NOT NULL DEFAULT 0,
	not_before DATETIME(3) NOT NULL,
	reason VARCHAR(200) NULL,
	PRIMARY KEY (url_hash),
	KEY due (source, state, listed_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE feed_telegram (
	id BIGINT NOT NULL AUTO_INCREMENT,
	hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the bytes: the same twice is one',
	source VARCHAR(40) NOT NULL,
	charset VARCHAR(40) NULL COMMENT 'as HTTP said',
	received_at DATETIME(3) NOT NULL,
	bytes INT NOT NULL,
	packed MEDIUMBLOB NOT NULL COMMENT 'the bytes, zlib (RFC 1950)',
	refused VARCHAR(200) NULL COMMENT 'why it could not be read',
	PRIMARY KEY (id),
	UNIQUE KEY (hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What was said one after the other about one thing, and the newest of it.
CREATE TABLE feed_series (
	series BINARY(32) NOT NULL,
	bulletin_id BIGINT NOT NULL DEFAULT 0 COMMENT 'the newest; 0: only a retraction so far',
	reported_at DATETIME(3) NOT NULL,
	sent_at DATETIME(3) NOT NULL COMMENT 'orders what was reported at one time',
	retracted_at DATETIME(3) NULL COMMENT 'nothing reported until then holds',
	content BINARY(32) NOT NULL COMMENT 'SHA-256 of what the newest says',
	PRIMARY KEY (series)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Which item went into which series and bulletin. An item is known once; one that
-- another refers to (CAP) is known before it comes.
CREATE TABLE feed_item (
	item BINARY(32) NOT NULL COMMENT 'SHA-256 of source and id',
	series BINARY(32) NOT NULL,
	bulletin_id BIGINT NOT NULL DEFAULT 0 COMMENT '0: none was made',
	telegram_id BIGINT NOT NULL DEFAULT 0 COMMENT '0: only referred to',
	PRIMARY KEY (item)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
