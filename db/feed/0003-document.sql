-- An address that two sources name is fetched once: the other has its bytes from
-- the telegram that came of it.
ALTER TABLE feed_document
	ADD plain BINARY(32) NULL COMMENT 'SHA-256 of the address alone' AFTER url_hash,
	ADD telegram BINARY(32) NULL COMMENT 'hash of what was fetched',
	ADD KEY by_plain (plain),
	MODIFY url_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of authority and address';
