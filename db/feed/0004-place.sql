-- The name of its file says what a telegram is, whatever its title; relative links
-- go from its address. Both must be there when it is read again.
ALTER TABLE feed_telegram
	ADD place VARCHAR(1000) NULL COMMENT 'address or name of the file; NULL: from before this' AFTER charset;
