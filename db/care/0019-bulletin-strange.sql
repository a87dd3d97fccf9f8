-- Types of telegrams that a feed names and the gateway does not know: they are not
-- fetched, so they are not among what was not understood.
ALTER TABLE care_bulletin_source
	ADD strange VARCHAR(300) NULL COMMENT 'such as VPZZ50 VQZZ99',
	ADD strange_at DATETIME(3) NULL COMMENT 'when the last of them was new';
